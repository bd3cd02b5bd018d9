"""What one may not see stands in no answer: every address, with every number there is, for every reader."""

import itertools
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock, text
from kloss_intranet.core.db import Base
from kloss_intranet.mail.models import Letter
from kloss_intranet.minutes.models import Entry
from kloss_intranet.moderation.models import Act, Answer, Decision, Ground, Report, SubjectKind
from kloss_intranet.questions.models import QuestionState
from kloss_intranet.steering.models import Citation, Objection
from kloss_intranet.threads.models import (
    Audience,
    Draft,
    Following,
    Level,
    Place,
    Reference,
    ReferenceKind,
    Revision,
    Saved,
)
from tests.architecture.routes import MADE_UP, rules
from tests.breadth.strips import axis, dot
from tests.briefing.reading import unpacked
from tests.steering.desk import plant
from tests.steering.room import noted

STEERING, WITHDRAWN, FOLDED, NETWORK = "Xylofonsten", "Yxhammarkväll", "Zinkplåtstak", "Wolframlampa"
HIDDEN = "Ugglemantelspänne"
"""Stands in what a coordinator has hidden: a post with its file, and a file beside a post that stands."""
UNSEEN = "Violinstråksharts"
"""The reason for a dot that nobody sees who has neither placed one nor chosen to look."""
WORDS = "Årshjulets kvarnsten"
"""Stands in the steering thread's title beside its marker, so that a search has something to find."""

CALLED = {"parts": "dossier_parts", "measures": "decisions"}
"""Tables that are not called what their nouns in addresses are."""


@dataclass(frozen=True)
class Planted:
    hidden: int
    """The steering group's thread."""
    first: int
    """The thread where one writes first."""
    letters: int
    """Letters with a higher number were written afterwards."""


@pytest.fixture
def planted(client, make, cast):
    """The markers, in every place where a marker of its kind can stand."""
    links = f"/threads/{cast.thread.id} /posts/{cast.post.id} /meetings/{cast.meeting.slug} /themes/x"
    links += f" /questions/{cast.question.id} /members/{cast.representative.id} /members/{cast.guest.id}"
    hidden = make.thread(
        cast.meeting,
        cast.theme,
        title=f"{WORDS} {STEERING}",
        introduction=STEERING,
        audience=Audience.STEERING,
        question_id=cast.question.id,
    )
    said = make.post(hidden, cast.convenor, f"{STEERING} {links}", context=STEERING)
    answer = make.post(hidden, cast.steering, f"{STEERING}, svarar jag.", parent=said)
    make.attachment(said, f"{STEERING}\n".encode(), name=f"{STEERING}.txt")
    refer(make, said, cast)
    folder = make.folder(cast.meeting, STEERING, "steering")
    make.material(folder, cast.convenor, f"{STEERING}\n".encode(), f"{STEERING}.txt", title=STEERING)
    for item_id in (None, cast.item.id):
        wording = {"body": STEERING, "body_html": f"<p>{STEERING}</p>", "policy": text.POLICY}
        about = {"meeting_id": cast.meeting.id, "agenda_item_id": item_id, "written_by_id": cast.convenor.id}
        make.add(Entry(**about, **wording, written_at=clock.now()))
    make.material(cast.folder, cast.convenor, f"{WITHDRAWN}\n".encode(), withdrawn_at=clock.now())
    gone = make.post(cast.thread, cast.convenor, WITHDRAWN, context=WITHDRAWN, withdrawn_at=clock.now())
    make.attachment(gone, f"{WITHDRAWN}\n".encode(), name=f"{WITHDRAWN}.txt")
    make.post(cast.thread, cast.steering, "Svar på det som togs bort.", parent=gone)
    refer(make, gone, cast)
    out = plant_hidden(make, cast)
    first = make.thread(cast.meeting, cast.theme, title="Skriv först här", write_first=True, for_guests=True)
    fold = make.post(first, cast.convenor, f"{FOLDED} {links}", context=FOLDED)
    make.attachment(fold, f"{FOLDED}\n".encode(), name=f"{FOLDED}.txt")
    refer(make, fold, cast)
    plant(make, cast.question, cast.convenor, STEERING, gone, WITHDRAWN)
    for question in (cast.question, make.question("Den utvalda", state=QuestionState.CHOSEN)):
        step = {"next_step": STEERING, "next_step_on": clock.today(), "owner_id": cast.steering.id}
        noted(make, question, cast.convenor, **step)
    with make.session() as session:
        cited = session.scalars(select(Citation.id)).one()
        session.add(Objection(citation_id=cited, reason=STEERING, made_at=clock.now()))
    plant(make, make.question("Om det dolda"), cast.convenor, STEERING, out, HIDDEN)
    axis(make, cast)
    dot(make, cast, cast.convenor, 40, UNSEEN)
    only = make.thread(cast.meeting, cast.theme, title=NETWORK, introduction=NETWORK)
    make.post(only, cast.convenor, NETWORK)
    now = clock.now()
    with make.session() as session:
        for post in (said, gone, fold, out):
            wording = {name: getattr(post, name) for name in ("body", "body_html", "policy", "context")}
            session.add(Revision(post_id=post.id, number=1, written_at=now - timedelta(hours=1), **wording))
            for member in (cast.representative, cast.former, cast.guest, cast.host):
                session.add(Saved(member_id=member.id, post_id=post.id, saved_at=now))
        for member in (cast.representative, cast.former, cast.guest, cast.host):
            for thread in (hidden, first):
                session.add(
                    Following(member_id=member.id, thread_id=thread.id, level=Level.ALL, changed_at=now)
                )
        for member in (cast.representative, cast.former, cast.guest, cast.host):
            begun = [(Place.EXPERIENCE, thread.id) for thread in (hidden, first)]
            begun += [(Place.REPLY, post.id) for post in (said, gone, fold, out)]
            for place, subject_id in begun:
                own = {"member_id": member.id, "fields": {"body": "Mitt eget."}, "saved_at": now}
                session.add(Draft(place=place, subject_id=subject_id, **own))
        theirs = {"member_id": cast.convenor.id, "fields": {"body": STEERING}, "saved_at": now}
        session.add(Draft(place=Place.REPLY, subject_id=answer.id, **theirs))
        # What was sent while she still sat in the steering group.
        for number, (about, path) in enumerate(
            ((f"thread-{hidden.id}", f"/posts/{said.id}"), ("preparation-1", "/steering/"))
        ):
            session.add(
                Letter(
                    key=f"long-ago-{number}",
                    member_id=cast.representative.id,
                    address=cast.representative.email,
                    subject=STEERING,
                    plain="",
                    html="",
                    language="sv",
                    conversation=about,
                    path=path,
                    created_at=now,
                    due_at=now,
                )
            )
    with make.session() as session:
        return Planted(hidden.id, first.id, max(session.scalars(select(Letter.id))))


def plant_hidden(make, cast):
    """A post that was reported and hidden, with what was said about it, and a file that was hidden alone."""
    now, writer = clock.now(), cast.convenor
    hidden = {"context": HIDDEN, "hidden_at": now, "milestone": HIDDEN}
    out = make.post(cast.thread, writer, HIDDEN, **hidden)
    make.attachment(out, f"{HIDDEN}\n".encode(), name=f"{HIDDEN}.txt", alt=HIDDEN)
    make.post(cast.thread, cast.steering, "Svar på det som doldes.", parent=out)
    refer(make, out, cast)
    stands = make.post(cast.thread, writer, "Det här står kvar, utan sin fil.")
    file = {"name": f"{HIDDEN}.txt", "alt": HIDDEN, "hidden_at": now}
    alone = make.attachment(stands, f"{HIDDEN}, för sig\n".encode(), **file)
    for kind, thing in ((SubjectKind.POST, out), (SubjectKind.ATTACHMENT, alone)):
        about = {"subject_kind": kind, "subject_id": thing.id}
        by = {"decided_at": now, "decided_by_id": cast.coordinator.id, "role": "coordinator"}
        reason = "Nämner en enskild person."
        hiding = make.add(Decision(act=Act.HIDE, author_id=writer.id, reason=reason, **about, **by))
        told = {"words": "Det står ett namn där.", "reported_at": now, "settled_by_id": hiding.id}
        make.add(Report(member_id=cast.representative.id, ground=Ground.PERSONAL_DATA, **about, **told))
        said = {"body": "Jag tar bort namnet.", "answered_at": now}
        make.add(Answer(decision_id=hiding.id, member_id=writer.id, **said))
    return out


def refer(make, post, cast):
    """Let the post link to all that it could be mentioned by."""
    targets = {
        ReferenceKind.THREAD: cast.thread.id,
        ReferenceKind.POST: cast.post.id,
        ReferenceKind.MEETING: cast.meeting.id,
        ReferenceKind.QUESTION: cast.question.id,
        ReferenceKind.MEMBER: cast.representative.id,
        ReferenceKind.INSTITUTION: cast.institution.id,
    }
    with make.session() as session:
        for kind, target_id in targets.items():
            session.add(Reference(post_id=post.id, kind=kind, target_id=target_id, is_quote=True))


def addresses(app, make):
    """Every address to be got, with the number or name of every row of the table that its noun names."""
    found = []
    with make.session() as session:
        for rule in rules(app, "GET"):
            holes = re.findall(r"([a-z-]+)/<(?:[a-z]+:)?([a-z_]+)>", rule.rule)
            choices = [values(session, noun, name) for noun, name in holes]
            for chosen in itertools.product(*choices):
                filled = iter(chosen)
                found.append(re.sub(r"<[^>]+>", lambda _: str(next(filled)), rule.rule))  # noqa: B023
    posts = values_of(make, "posts")
    for thread, post in itertools.product(values_of(make, "threads"), posts):
        found.append(f"/threads/{thread}?reply_to={post}&quote={post}")
    for thread in values_of(make, "threads"):
        found += [
            f"/threads/{thread}?view=sides",
            f"/threads/{thread}?at=last",
            f"/threads/{thread}?aspect=method",
        ]
    asked = WORDS.split(maxsplit=1)[0]
    return [
        *found,
        f"/threads/similar?title={asked}",
        f"/questions/similar?title={asked}",
        f"/references?q={asked}",
        f"/mentions?q={asked}",
    ]


def values(session, noun, name):
    table = Base.metadata.tables.get(CALLED.get(noun, noun.replace("-", "_")))
    if name in MADE_UP:
        return [MADE_UP[name]]
    if table is None or name == "number":
        return [1]
    # A thing may be called by another's number, as a dossier is by its question's.
    return list(session.scalars(select(table.c.get(name, table.c.id))))


def values_of(make, table):
    with make.session() as session:
        return values(session, table, "id")


def places(app, make, client, markers):
    """For each marker, the addresses whose answers hold it, in the words or in the way onwards."""
    found = {marker: [] for marker in markers}
    for path in addresses(app, make):
        answer = client.raw.get(path, buffered=True)
        assert answer.status_code < 500, path
        said = unpacked(answer.get_data()) + "".join(map(str, answer.headers)).encode()
        for marker in markers:
            if marker.encode() in said:
                found[marker].append(path)
    return found


@pytest.mark.parametrize(
    ("who", "markers"),
    [
        ("guest", (STEERING, WITHDRAWN, HIDDEN, FOLDED, NETWORK, UNSEEN)),
        ("host", (STEERING, WITHDRAWN, HIDDEN, FOLDED, NETWORK, UNSEEN)),
        ("former", (STEERING, WITHDRAWN, HIDDEN, FOLDED, NETWORK, UNSEEN)),
        ("representative", (STEERING, WITHDRAWN, HIDDEN, FOLDED, UNSEEN)),
        ("steering", (WITHDRAWN, HIDDEN, FOLDED, UNSEEN)),
    ],
)
def test_what_is_not_for_the_reader_stands_nowhere(app, make, cast, client, planted, who, markers):
    client.sign_in(getattr(cast, who))
    assert places(app, make, client, markers) == {marker: [] for marker in markers}


EVIDENCE = re.compile(
    r"/moderation/(\w+/\d+)?|/posts/\d+/(moderation|revisions|attachments)|/attachments/\d+(/versions/1)?"
)
"""Where coordinators look into what is hidden."""


def test_what_is_hidden_stands_for_coordinators_among_the_evidence_alone(app, make, cast, client, planted):
    client.sign_in(cast.coordinator)
    seen = places(app, make, client, (HIDDEN,))[HIDDEN]
    assert seen
    assert [path for path in seen if not EVIDENCE.fullmatch(path)] == []


def test_the_search_would_find_a_leak(app, make, cast, client, planted):
    client.sign_in(cast.convenor)  # who wrote it all
    seen = places(app, make, client, (STEERING, WITHDRAWN, HIDDEN, FOLDED, NETWORK, UNSEEN))
    parts = ("/threads/", "/meetings/", "/themes/", "/questions/", "/attachments/", "/drafts", "/materials/")
    inside = ("dossiers/", "parts/", "questions/")
    parts += ("/material-folders/", "/agenda-items/", *(f"/steering/{part}" for part in inside))
    for part in parts:
        assert any(path.startswith(part) for path in seen[STEERING]), part
    assert "/steering/" in seen[STEERING]
    assert all(seen.values())


def test_no_letter_tells_of_what_its_reader_may_not_see(make, cast, client, planted):
    client.sign_in(cast.steering)
    for thread, marker in ((planted.hidden, STEERING), (planted.first, FOLDED)):
        at = f"/threads/{thread}"
        named = f"/members/{cast.representative.id} /members/{cast.guest.id} /posts/{cast.post.id}"
        sent = {"aspect": "method", "factor": "neither", "body": f"{marker} {named}", "context": marker}
        assert client.post(f"{at}/posts", sent, form_on=at).status == 200
    with make.session() as session:
        letters = session.scalars(select(Letter).where(Letter.id > planted.letters)).all()
    in_steering = {cast.steering.id, cast.convenor.id, cast.coordinator.id}
    assert any(letter.member_id == cast.representative.id for letter in letters)
    for letter in letters:
        words = letter.subject + letter.plain + letter.html
        assert STEERING not in words or letter.member_id in in_steering, letter.key
        # The convenor has written in that thread, and reads all of it.
        assert FOLDED not in words or letter.member_id == cast.convenor.id, letter.key
