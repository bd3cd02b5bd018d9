"""One of the two servers, in a process of its own: writes its port and process id, then serves."""

import json
import os
import signal
import sys
from pathlib import Path

from flask import Flask
from waitress.server import create_server

from kloss_intranet import create_app
from kloss_intranet.commands import THREADS
from kloss_intranet.core.config import Settings, read_settings
from tests.bench.ceiling import create_ceiling

SECRET = "the secret of a bench that ends in a minute"


def settings(folder: Path) -> Settings:
    url = f"sqlite:///{folder / 'kloss.sqlite'}"
    return read_settings(
        instance=folder,
        database_url=url,
        secret_key=SECRET,
        base_url="http://127.0.0.1",
        mail=f"folder:{folder / 'mail'}",
    )


def application(which: str, folder: Path) -> Flask:
    if which == "product":
        return create_app(settings(folder))
    sizes = json.loads((folder / "sizes.json").read_text())
    return create_ceiling(settings(folder).database_url, SECRET, sizes)


def main(which: str, folder: Path) -> None:
    # As `kloss-intranet serve` does it; both servers alike.
    server = create_server(application(which, folder), host="127.0.0.1", port=0, threads=THREADS, ident=None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    ready = folder / f"{which}.part"
    ready.write_text(f"{server.effective_port} {os.getpid()}")
    ready.rename(folder / f"{which}.ready")
    server.run()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
