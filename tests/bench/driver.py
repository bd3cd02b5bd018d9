"""Fetches a page over and over on kept connections to this machine, for so long or so often."""

import http.client
import os
import threading
import time
from dataclasses import dataclass

CONNECTIONS, MOST = 3, 20_000


@dataclass(frozen=True)
class Target:
    """A running server and the cookie to show it."""

    port: int
    process: int
    cookie: str

    def memory(self) -> int:
        """What the process holds in memory, in MiB."""
        with open(f"/proc/{self.process}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) // 1024

    def worked(self) -> float:
        """Seconds of processor time the process has used in all its threads."""
        with open(f"/proc/{self.process}/stat") as file:
            user, system = file.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Speed:
    """Answers a second, and the milliseconds the server's processor worked for each."""

    rate: float
    work: float


class Wrong(Exception):
    """A server did not answer as it should, so that no figure would mean anything."""


def fetch(target: Target, path: str) -> tuple[str, str]:
    """The page, and the cookie as the server wants it shown from now on."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Cookie": target.cookie})
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise Wrong(f"{path} answered {answer.status}")
        return body, (answer.headers.get("Set-Cookie") or target.cookie).split(";")[0]
    finally:
        connection.close()


def measure(target: Target, path: str, size: int, seconds: float) -> Speed:
    """Fetch and count; every answer must be a whole page of `size` bytes."""
    faults: list[str] = []
    counts = [0] * CONNECTIONS
    before, begin = target.worked(), time.perf_counter()
    end = begin + seconds

    def run(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
        headers = {"Cookie": target.cookie}
        try:
            while time.perf_counter() < end and counts[number] < MOST and not faults:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200 or abs(len(body) - size) > 200:
                    faults.append(f"{path} answered {answer.status} with {len(body)} bytes, not {size}")
                counts[number] += 1
        except OSError as error:
            faults.append(f"{path}: {error!r}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise Wrong(faults[0])
    total = sum(counts)
    return Speed(total / (time.perf_counter() - begin), (target.worked() - before) * 1000 / total)
