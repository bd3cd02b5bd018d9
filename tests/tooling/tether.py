"""Starts a server that ends when the test run ends, however the run ends."""

import contextlib
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

# The shell waits on a pipe that only this process holds: it closes on a clean exit and on kill -9 alike.
LEASH = 'ending=$1; shift; "$@" </dev/null & read _; kill -"$ending" $!; wait $!'


@contextlib.contextmanager
def tethered(
    command: Sequence[str | Path], *, log: Path, cwd: Path, ending: str = "TERM", user: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` with its output in `log`, and send it the signal `ending` on leaving.

    `user` is a uid, for root only.
    """
    with (
        log.open("wb") as output,
        subprocess.Popen(
            ["/bin/sh", "-c", LEASH, "sh", ending, *command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            user=user,
            group=user,
            extra_groups=None if user is None else (),
        ) as process,
    ):
        try:
            yield process
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
