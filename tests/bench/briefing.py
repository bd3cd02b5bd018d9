"""`python -m tests.bench.briefing`: how long a briefing of some forty pages takes, from request to file."""

import argparse
import io
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, insert, select, update
from sqlalchemy.pool import NullPool

from kloss_intranet import create_app
from kloss_intranet.briefing.services import drawing
from kloss_intranet.core import clock, text
from kloss_intranet.meetings.models import AgendaItem
from kloss_intranet.questions.models import Question, QuestionState, Treatment
from kloss_intranet.steering.models import Citation, Dossier, Edition, Part, PartKind
from tests.bench.__main__ import _cookie
from tests.bench.data import MEETINGS, SENTENCES, fill
from tests.bench.server import settings

CITED = 10
"""Passages in each dossier; each is a whole post of the bench, of some six hundred characters."""
LINE = "{:<6} {:>6} {:>9} {:>14} {:>14} {:>14}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.briefing", description=__doc__)
    parser.add_argument("--questions", type=int, default=12, help="questions with dossiers on the agenda")
    parser.add_argument("--rounds", type=int, default=5, help="how often each file is drawn")
    asked = parser.parse_args()
    if not (1 <= asked.questions <= 90 and 1 <= asked.rounds <= 50):
        parser.error("1 to 90 questions and 1 to 50 rounds")
    drawing.AT_ONCE = 10**9  # every one is waited for, however long
    with tempfile.TemporaryDirectory(prefix="kloss-bench-") as name:
        folder = Path(name)
        url = settings(folder).database_url
        fill(url)
        _agenda(url, asked.questions)
        app = create_app(settings(folder))
        app.config["SESSION_COOKIE_SECURE"] = False
        print(LINE.format("file", "pages", "bytes", "answer", "processor", "drawn before"))
        for kind in ("pdf", "docx"):
            print(_measured(app, folder, kind, asked.rounds))
        with open("/proc/self/status") as status:
            held = next(int(row.split()[1]) for row in status if row.startswith("VmRSS"))
        print(f"memory afterwards: {held // 1024} MiB")
    return 0


def _measured(app: Flask, folder: Path, kind: str, rounds: int) -> str:
    client, path = app.test_client(), f"/meetings/traff-{MEETINGS}/briefing.{kind}"
    name, value = _cookie(folder).split("=", 1)
    client.set_cookie(name, value)
    first, worked, kept = [], [], []
    content = b""
    for turn in range(rounds):
        _reword(settings(folder).database_url, turn)
        begin, processor = time.perf_counter(), _worked()
        content = _fetch(client, path)
        first.append(time.perf_counter() - begin)
        worked.append(_worked() - processor)
        processor = _worked()
        _fetch(client, path)
        kept.append(_worked() - processor)
    pages = str(len(pikepdf.open(io.BytesIO(content)).pages)) if kind == "pdf" else ""
    times = [f"{median(each):.2f} s ({max(each):.2f})" for each in (first, worked, kept)]
    return LINE.format(kind, pages, len(content), *times)


def _worked() -> float:
    """Seconds of processor time used so far, by this process and those that it has waited for."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def _fetch(client: FlaskClient, path: str) -> bytes:
    answer = client.get(path, buffered=True)
    if answer.status_code != 200:
        sys.exit(f"No figures: {path} answered {answer.status_code}")
    return answer.get_data()


def _agenda(url: str, questions: int) -> None:
    """Give the meeting to come an agenda where each item treats a question with a published dossier."""
    engine = create_engine(url, poolclass=NullPool)
    now, numbers = clock.now(), range(1, questions + 1)
    with engine.begin() as connection:
        for table, rows in (
            (AgendaItem, [_item(n) for n in numbers]),
            (Question, [_question(n) for n in numbers]),
            (Treatment, [{"agenda_item_id": n, "question_id": n} for n in numbers]),
            (Dossier, [{"id": n, "question_id": n, "begun_at": now, "begun_by_id": 1} for n in numbers]),
            (Part, [_part(n, place) for n in numbers for place in range(1, CITED + 1)]),
            (Citation, [_citation(n, place) for n in numbers for place in range(1, CITED + 1)]),
            (Edition, [_edition(n, 0) for n in numbers]),
        ):
            connection.execute(insert(table), rows)


def _reword(url: str, turn: int) -> None:
    """Change every sentence: neither our files nor what the typesetter remembers helps the next drawing."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        for number in connection.scalars(select(Edition.dossier_id)).all():
            content = _edition(number, turn)["content"]
            connection.execute(update(Edition).where(Edition.dossier_id == number).values(content=content))


def _item(n: int) -> dict[str, Any]:
    told = {"title": f"Punkt {n} om salar och tider", "minutes": 30, "responsible": "Person Ortsson"}
    return {"id": n, "meeting_id": MEETINGS, "position": n} | told


def _question(n: int) -> dict[str, Any]:
    told = {"title": f"Hur ordnar vi salarna i orten {n}?", "state": QuestionState.CHOSEN}
    return {"id": n, "slug": f"fraga-{n}", "raised_at": clock.now(), "reason": SENTENCES[n % 6]} | told


def _part(n: int, place: int) -> dict[str, Any]:
    row = {"id": n * 100 + place, "dossier_id": n, "position": place, "kind": PartKind.PASSAGE}
    return row | {"body": "", "body_html": "", "policy": 1, "written_at": clock.now(), "written_by_id": 1}


def _citation(n: int, place: int) -> dict[str, Any]:
    row = {"id": n * 100 + place, "part_id": n * 100 + place, "post_id": n * 10 + place, "post_version": 1}
    return row | {"passage": "x", "picked_at": clock.now(), "picked_by_id": 1}


def _edition(n: int, turn: int) -> dict[str, Any]:
    """A heading and marked words before each second passage."""
    content: list[dict[str, Any]] = []
    for place in range(1, CITED + 1):
        said = [f"{turn}{n}{place} {SENTENCES[(place + step) % len(SENTENCES)]}" for step in range(8)]
        if place % 2:
            html = text.to_html(" ".join(said[:3]))
            content.append({"kind": "heading", "part": n * 1000 + place, "text": said[0]})
            words = {"kind": "words", "part": n * 1000 + 500 + place, "plain": "", "html": html}
            content.append(words | {"policy": text.POLICY, "is_steering": True})
        passage = " ".join(said[:4]) + "\n\n" + " ".join(said[4:])
        held = {"kind": "passage", "part": n * 100 + place, "citation": n * 100 + place}
        content.append(held | {"post": n * 10 + place, "version": 1, "passage": passage})
    row = {"dossier_id": n, "number": 1, "content": content}
    return row | {"published_at": clock.now(), "published_by_id": 1}


if __name__ == "__main__":
    sys.exit(main())
