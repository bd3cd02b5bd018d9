"""A meeting with everything that a briefing tells, and things beside it that no briefing may tell."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kloss_intranet.attendance.models import Answer, Needs, SignUp, StandIn
from kloss_intranet.briefing import models as tree
from kloss_intranet.core import clock, text
from kloss_intranet.meetings.models import Guest, ProgrammeItem, ProgrammeKind
from kloss_intranet.steering.models import Citation, Dossier, Edition, Part, PartKind, Preparation

SECRET = "Kvarnstensfisk"
"""Stands in all that is not for a briefing."""
PASSAGE = "Salarna räckte inte till, och det märktes först i maj."
OTHER = "Hos oss räckte salarna."


@dataclass(frozen=True)
class Ready:
    first: Any
    second: Any
    """The two posts that are cited."""
    edition: Edition
    visit: ProgrammeItem


def ready(make, cast) -> Ready:
    """Fill the cast's meeting."""
    meeting, now = cast.meeting, clock.now()
    visit = part(make, meeting, 1, "Studiebesök i provsalarna", capacity=1, description="Vi går ihop.")
    dinner = part(make, meeting, 2, "Middag", kind=ProgrammeKind.DINNER, place="Kårhuset")
    with make.session() as session:
        item = session.merge(cast.item)
        item.minutes, item.responsible, item.programme_item_id = 45, "Agnes Björk", visit.id
        item.description = "Vi hör tre erfarenheter."
    make.add(Guest(agenda_item_id=cast.item.id, name="Gustav Ek", organisation="Institutet för prov"))
    come(make, visit, cast.representative, cast.institution)
    come(make, visit, cast.other_representative, None, Answer.WAITING)
    come(make, dinner, cast.guest, None)
    needs = {"diet": SECRET, "access": SECRET, "written_at": now}
    make.add(Needs(meeting_id=meeting.id, member_id=cast.representative.id, **needs))
    make.add(
        StandIn(meeting_id=meeting.id, absent_id=cast.steering.id, member_id=cast.guest.id, named_at=now)
    )
    first = make.post(cast.thread, cast.representative, PASSAGE, mandate=cast.mandate)
    second = make.post(cast.thread, cast.other_representative, OTHER, mandate=cast.other_mandate)
    edition = publish(make, cast, cast.question, [first, second])
    make.add(
        Preparation(
            question_id=cast.question.id,
            owner_id=cast.steering.id,
            next_step=SECRET,
            changed_at=now,
            changed_by_id=cast.steering.id,
        )
    )
    return Ready(first, second, edition, visit)


def part(make, meeting, position: int, title: str, **columns: Any) -> ProgrammeItem:
    starts = meeting.starts_at + timedelta(hours=position)
    row = {"kind": ProgrammeKind.STUDY_VISIT, "starts_at": starts, "ends_at": starts + timedelta(minutes=90)}
    row |= {"meeting_id": meeting.id, "position": position, "title": title, "takes_sign_ups": True}
    return make.add(ProgrammeItem(**row | columns))


def come(make, item, member, institution, answer: Answer = Answer.COMING) -> None:
    now = clock.now()
    row = {"programme_item_id": item.id, "member_id": member.id, "queued_at": now, "answered_at": now}
    make.add(SignUp(**row, institution_id=institution.id if institution else None, answer=answer))


def publish(make, cast, question, posts, words: str = "Styrgruppen har läst det här.") -> Edition:
    """A dossier with a heading, marked words and a passage from each post; a draft goes on after it."""
    now, by = clock.now(), cast.convenor.id
    dossier = make.add(Dossier(question_id=question.id, begun_at=now, begun_by_id=by))
    content: list[dict[str, Any]] = []
    html = text.to_html(words)
    heading = _part(make, dossier, PartKind.HEADING, 1, by, body="Det som hjälpte", body_html="")
    content.append({"kind": "heading", "part": heading.id, "text": "Det som hjälpte"})
    said = _part(make, dossier, PartKind.WORDS, 2, by, body=words, body_html=html, is_steering=True)
    wording = {"plain": words, "html": html, "policy": text.POLICY, "is_steering": True}
    content.append({"kind": "words", "part": said.id} | wording)
    for position, post in enumerate(posts, 3):
        held = _part(make, dossier, PartKind.PASSAGE, position, by, body="", body_html="")
        row = {"part_id": held.id, "post_id": post.id, "post_version": post.version, "passage": post.body}
        citation = make.add(Citation(**row, picked_at=now, picked_by_id=by))
        source = {"citation": citation.id, "post": post.id, "version": post.version, "passage": post.body}
        content.append({"kind": "passage", "part": held.id} | source)
    made = {"number": 1, "content": content, "published_at": now, "published_by_id": by}
    edition = make.add(Edition(dossier_id=dossier.id, **made))
    _part(make, dossier, PartKind.WORDS, 9, by, body=SECRET, body_html=f"<p>{SECRET}</p>", is_steering=True)
    return edition


def _part(make, dossier, kind: PartKind, position: int, by: int, **columns: Any) -> Part:
    row = {"dossier_id": dossier.id, "kind": kind, "position": position, "policy": text.POLICY}
    return make.add(Part(**row, written_at=clock.now(), written_by_id=by, **columns))


def here(cast) -> str:
    return f"/meetings/{cast.meeting.slug}/briefing"


def document(*blocks: tree.Block, notes: tuple[tree.Note, ...] = (), **named: Any) -> tree.Document:
    """A document by itself, for what is drawn."""
    row = {
        "kind": "Mötesbok",
        "title": "Träff i Björkö",
        "subtitle": "13–14 april 2027",
        "language": "sv",
        "address": "https://kloss.example.org/meetings/bjorko/briefing",
        "contents": "Innehåll",
        "notes_title": "Noter",
    }
    lead = tree.Paragraph((tree.Run("Nätverket tar inte ställning."),), tree.Manner.LEAD)
    return tree.Document(**row | named, blocks=(lead, *blocks), notes=notes)


def said(*parts: Any) -> list[str]:
    """All that a tree says, piece by piece, in the order of the page; a note where the notes stand."""
    data = [tree.as_data(part) for part in parts]
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, list):
            for each in part:
                walk(each)
        elif isinstance(part, dict):
            # A term of facts and the head of a table are bare strings; what else is bare is not said.
            for name, value in part.items():
                if name in ("text", "head", "rows", "items", "blocks", "runs", "signature"):
                    walk(value)
        elif isinstance(part, str):
            found.append(part)

    walk(json.loads(json.dumps(data)))
    return [words for each in found if (words := squeezed(each))]


def squeezed(words: str) -> str:
    """Without what lines and hyphenation put in between."""
    return "".join(words.replace("\u00ad", "").replace("\u2060", "").replace("\u200b", "").split())
