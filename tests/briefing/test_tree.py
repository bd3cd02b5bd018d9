"""What a briefing tells, in its order, and that page, PDF and Word file say the same."""

import io
from datetime import UTC, datetime

import pytest
from docx.api import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from sqlalchemy import select, update

from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.briefing import models as tree
from kloss_intranet.briefing.queries import gathered
from kloss_intranet.briefing.services import composing
from kloss_intranet.briefing.views.speech import Spoken
from kloss_intranet.core import clock
from kloss_intranet.meetings.models import Meeting, MeetingState, ProgrammeItem
from kloss_intranet.meetings.queries import meeting as find
from kloss_intranet.steering.models import Objection
from kloss_intranet.threads.models import Post
from tests.briefing.reading import Reading
from tests.briefing.ready import OTHER, PASSAGE, SECRET, come, here, ready, said, squeezed
from tests.steering.desk import change

LINE = "Nätverket tar inte ställning. Det som sägs är enskilda lärosätens erfarenheter."


def composed(app, cast) -> tree.Document:
    with app.test_request_context():
        return composing.briefing(gathered(find(cast.meeting.slug), clock.today()), Spoken())


def files(client, cast):
    """The words of the page, of the PDF in the order of its tags, and of the Word file with its notes."""
    page = client.get(here(cast))
    pdf = Reading(client.get(f"{here(cast)}.pdf").response.get_data())
    word = WordFile(io.BytesIO(client.get(f"{here(cast)}.docx").response.get_data()))
    notes = next(part for part in word.part.package.iter_parts() if part.partname == "/word/footnotes.xml")
    roots = (word.element, parse_xml(notes.blob))
    words = "".join(each.text or "" for root in roots for each in root.iter(qn("w:t")))
    return page.text, pdf.root.words, words


def test_it_opens_with_the_line_and_goes_on_in_order(app, make, cast):
    ready(make, cast)
    document = composed(app, cast)
    assert document.blocks[0] == tree.Paragraph((tree.Run(LINE),), tree.Manner.LEAD)
    first = [block.text for block in document.blocks if isinstance(block, tree.Heading) and block.level == 1]
    assert first == ["När och var", "Program", "Dagordning", "Frågor", "Praktiskt", "Deltagare"]
    assert [note.number for note in document.notes] == [1, 2]


def test_page_pdf_and_word_file_say_the_same(app, make, cast, client):
    ready(make, cast)
    document = composed(app, cast)
    told = said(document.title, document.blocks, tuple(note.runs for note in document.notes))
    assert len(told) > 60
    client.sign_in(cast.representative)
    for words in map(squeezed, files(client, cast)):
        place = 0
        for piece in said(document.blocks):
            assert piece in words[place:], piece
            place = words.index(piece, place)
        assert all(piece in words for piece in told)


def test_it_tells_clock_minutes_guest_question_and_who_comes(app, make, cast, client):
    ready(make, cast)
    client.sign_in(cast.representative)
    page = client.get(here(cast))
    begins = cast.meeting.starts_at
    agenda = page.text.split("Dagordning")[2]
    for words in ("45", "Agnes Björk", "Gäst: Gustav Ek, Institutet för prov", "Fråga: Hur ordnar vi"):
        assert words in agenda
    assert begins.strftime("%M") in agenda
    people = page.text.split("Deltagare")[-1]
    assert "Björkö universitet Agnes Björk Studiebesök i provsalarna" in people
    assert "Birger Åsling Studiebesök i provsalarna (står i kö)" in people
    assert "Gustav Ek, ersätter Cecilia Älv Middag" in people
    assert people.index("Agnes Björk") < people.index("Birger Åsling")
    history = page.text.split("Frågan genom träffarna")[1]
    assert "Åsnes högskola: punkt" in history
    assert "Salar för prov" in history.split("Underlag")[0]
    dossier = history.split("Underlag", 1)[1]
    order = ("Utgåva 1", "Det som hjälpte", "Styrgruppens ord", "Styrgruppen har läst", PASSAGE, OTHER)
    assert [dossier.index(words) for words in order] == sorted(dossier.index(words) for words in order)


def test_who_comes_to_all_parts_is_told_so_in_two_words(app, make, cast, client):
    visit = ready(make, cast).visit
    with make.session() as session:
        dinner = session.scalars(select(ProgrammeItem).where(ProgrammeItem.title == "Middag")).one()
    come(make, dinner, cast.representative, cast.institution)
    come(make, visit, cast.guest, None, Answer.WAITING)
    client.sign_in(cast.representative)
    people = client.get(here(cast)).text.split("Deltagare")[-1]
    assert "Björkö universitet Agnes Björk alla delar" in people
    assert "Gustav Ek, ersätter Cecilia Älv Studiebesök i provsalarna (står i kö) Middag" in people


def test_the_day_of_an_edition_is_that_of_sweden(app, make, cast, client):
    edition = ready(make, cast).edition
    change(make, edition, published_at=datetime(2026, 6, 9, 22, 30, tzinfo=UTC))
    client.sign_in(cast.representative)
    assert "Utgåva 1, publicerad 10 juni 2026." in client.get(here(cast)).text
    page = client.get(f"/questions/{cast.question.id}/dossier")
    assert "Utgåva 1, 10 juni 2026" in page.text


def test_each_citation_leads_to_the_exact_post(app, make, cast, client):
    made = ready(make, cast)
    base = app.config["SETTINGS"].base_url
    client.sign_in(cast.representative)
    page = client.get(here(cast))
    for number, post in enumerate((made.first, made.second), 1):
        assert f"{base}/posts/{post.id}" in page.links
        assert {f"#note-{number}", f"#mark-{number}"} <= page.links


@pytest.mark.parametrize("way", ["withdrawn", "hidden", "not for quoting", "left out"])
def test_a_passage_that_may_not_be_drawn_is_in_no_file(app, make, cast, client, way):
    made = ready(make, cast)
    client.sign_in(cast.representative)
    assert all(squeezed(PASSAGE) in squeezed(words) for words in files(client, cast))
    with make.session() as session:
        if way == "left out":
            citation = made.edition.content[2]["citation"]
            session.add(Objection(citation_id=citation, made_at=clock.now(), is_granted=True))
        else:
            column = {"withdrawn": Post.withdrawn_at, "hidden": Post.hidden_at}.get(way, Post.not_for_quoting)
            value = True if way == "not for quoting" else clock.now()
            session.execute(update(Post).where(Post.id == made.first.id).values({column: value}))
    for words in map(squeezed, files(client, cast)):
        assert squeezed(PASSAGE) not in words
        assert f"/posts/{made.first.id}" not in words.replace(f"/posts/{made.second.id}", "")
        assert squeezed("1 citat har tagits bort sedan dess.") in words


def test_nothing_of_needs_or_of_the_closed_room_is_told(app, make, cast, client):
    ready(make, cast)
    make.question("Oprövad fråga med underlag")
    client.sign_in(cast.coordinator)
    for words in files(client, cast):
        assert SECRET not in words


def test_what_is_missing_is_said(app, make, cast, client):
    empty = make.meeting("Tom träff", place=None)
    client.sign_in(cast.representative)
    page = client.get(f"/meetings/{empty.slug}/briefing").text
    for words in (
        "inte satt ännu",
        "Programmet är inte satt ännu.",
        "Dagordningen är inte satt ännu.",
        "Inga frågor står på dagordningen.",
        "Träffen har ingen del som man anmäler sig till.",
    ):
        assert words in page
    part = ready(make, cast).visit
    with make.session() as session:
        session.query(SignUp).delete()
        assert part.takes_sign_ups
    assert "Ingen har anmält sig än." in client.get(here(cast)).text


def test_a_cancelled_meeting_says_so_first(make, cast, client):
    with make.session() as session:
        meeting = session.merge(Meeting(id=cast.meeting.id, state=MeetingState.CANCELLED))
        meeting.cancelled_reason = "Tågen står."
    client.sign_in(cast.representative)
    page = client.get(here(cast)).text
    assert page.index("Träffen är inställd.") < page.index("Tågen står.") < page.index("Innehåll")


def test_it_is_drawn_in_few_statements_however_long_it_is(make, cast, client, statements):
    ready(make, cast)
    client.sign_in(cast.representative)
    client.get(here(cast))
    with statements() as few:
        client.get(here(cast))
    for number in range(8):
        item = make.agenda_item(cast.meeting, f"Punkt {number} till")
        make.question(f"Fråga {number} till", items=(item,))
    with statements() as many:
        client.get(here(cast))
    assert len(many) == len(few) <= 24
