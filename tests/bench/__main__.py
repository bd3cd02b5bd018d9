"""`python -m tests.bench`: both servers on one database, page by page in turn; prints the ratios last."""

import argparse
import contextlib
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from kloss_intranet import create_app
from tests.bench.data import PAGES, TOKEN, Page, fill
from tests.bench.driver import Target, Wrong, fetch, measure
from tests.bench.server import settings
from tests.tooling.tether import tethered

ROOT = Path(__file__).parents[2]
LINE = "{:<12} {:>9} {:>9}   {:<18} {:<18} {:>5} {:>8} {:>8}"


def main() -> int:
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="kloss-bench-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        fill(settings(folder).database_url)
        cookie = _cookie(folder)
        product = stack.enter_context(_server("product", folder, cookie))
        _, cookie = fetch(product, PAGES[0].path)  # it keeps the form's secret from now on, as a browser does
        product = Target(product.port, product.process, cookie)
        pages = {page: _checked(product, page) for page in PAGES}
        (folder / "sizes.json").write_text(json.dumps({page.name: size for page, size in pages.items()}))
        ceiling = stack.enter_context(_server("ceiling", folder, cookie))
        lines = [
            _measured(page, size, ceiling, product, asked.rounds, asked.seconds)
            for page, size in pages.items()
        ]
        held = f"memory after load: ceiling {ceiling.memory()} MiB, product {product.memory()} MiB (goal 120)"
    print(LINE.format("page", "ceiling/s", "product/s", "ratio", "by processor", "goal", "bytes", "gzip"))
    print("\n".join(lines))
    print(held)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is measured")
    parser.add_argument("--seconds", type=float, default=1.5, help="how long each measurement takes")
    asked = parser.parse_args()
    if not (1 <= asked.rounds <= 50 and 0.1 <= asked.seconds <= 30):
        parser.error("1 to 50 rounds of 0.1 to 30 seconds")
    return asked


def _cookie(folder: Path) -> str:
    """The cookie of a signed-in browser, signed as the application signs it."""
    app = create_app(settings(folder))
    signer = app.session_interface.get_signing_serializer(app)
    value = signer.dumps({"_user_id": TOKEN, "_fresh": True, "_permanent": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


@contextlib.contextmanager
def _server(which: str, folder: Path, cookie: str) -> Iterator[Target]:
    """The server `which`, answering; ended on leaving."""
    log, ready = folder / f"{which}.log", folder / f"{which}.ready"
    with tethered([sys.executable, "-m", "tests.bench.server", which, folder], log=log, cwd=ROOT) as process:
        deadline = time.monotonic() + 30
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Wrong(f"the {which} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        port, number = ready.read_text().split()
        try:
            yield Target(int(port), int(number), cookie)
        except Wrong as wrong:
            raise Wrong(f"{which}: {wrong}\n{log.read_text()[-2000:]}") from wrong


def _checked(product: Target, page: Page) -> int:
    """The bytes of a page that holds what it should."""
    body, _ = fetch(product, page.path)
    if (found := body.count(page.content)) < page.count:
        raise Wrong(f"{page.path} holds {found} of {page.count} {page.content}")
    return len(body.encode())


def _measured(page: Page, size: int, ceiling: Target, product: Target, rounds: int, seconds: float) -> str:
    """A line of the table; the two are measured in turn, so that a busy machine slows both."""
    path = f"/{page.name}"
    fetch(ceiling, path)  # the first answer is unpadded
    padded = len(fetch(ceiling, path)[0].encode())
    if abs(padded - size) > size / 10:
        raise Wrong(f"{page.name}: {padded} bytes beside {size}")
    pairs = []
    for _ in range(rounds):
        bare = measure(ceiling, path, padded, seconds)
        pairs.append((bare, measure(product, page.path, size, seconds)))
    return LINE.format(
        page.name,
        f"{median(bare.rate for bare, _ in pairs):.0f}",
        f"{median(ours.rate for _, ours in pairs):.0f}",
        _spread([ours.rate / bare.rate for bare, ours in pairs]),
        _spread([bare.work / max(ours.work, 0.001) for bare, ours in pairs]),
        f"{page.goal}",
        size,
        len(gzip.compress(fetch(product, page.path)[0].encode())),
    )


def _spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} [{min(ratios):.2f}–{max(ratios):.2f}]"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Wrong as wrong:
        sys.exit(f"No figures: {wrong}")
