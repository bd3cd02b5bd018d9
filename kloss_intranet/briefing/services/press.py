"""Run as a process of its own, which gives back the memory that setting many pages takes.

From standard input: JSON with the path of the look, the instant, the document as data, and the bounds of
this process. To standard output: the PDF; or the diagnostic on standard error, and status 1.
"""

import json
import resource
import sys
from pathlib import Path

import typst


def main() -> int:
    asked = json.load(sys.stdin.buffer)
    # They hold even where the process that asked is gone and nobody waits for the end.
    _bound(resource.RLIMIT_CPU, asked["bounds"]["seconds"])
    _bound(resource.RLIMIT_DATA, asked["bounds"]["bytes"])
    _bound(resource.RLIMIT_CORE, 0)
    look = Path(asked["look"])
    try:
        # No font of the machine and no package from anywhere: the same everywhere.
        drawn = typst.compile(
            look,
            root=look.parent,
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(asked["document"])},
            format="pdf",
            pdf_standards=["ua-1", "a-3a"],
            timestamp=asked["at"],
        )
    except typst.TypstError as error:
        sys.stderr.buffer.write(str(error.diagnostic).encode())
        return 1
    sys.stdout.buffer.write(drawn)
    return 0


def _bound(what: int, most: int) -> None:
    hardest = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hardest == resource.RLIM_INFINITY else min(most, hardest), hardest))


if __name__ == "__main__":
    sys.exit(main())
