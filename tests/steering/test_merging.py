"""What the closed room keeps of a question follows it into another."""

import pytest

from kloss_intranet.core import clock
from kloss_intranet.steering.models import Dossier, Objection, Part, PartKind, Preparation
from kloss_intranet.steering.services import drafting, parts
from tests.questions.asking import at, raised, rows
from tests.steering.desk import add, citations, draft, pick, press, publish


def prepare(make, cast, question, *words):
    """An owner and a dossier with these headings."""
    now = {"changed_at": clock.now(), "changed_by_id": cast.steering.id}
    make.add(Preparation(question_id=question.id, owner_id=cast.steering.id, next_step=words[0], **now))
    begun = {"begun_at": clock.now(), "begun_by_id": cast.steering.id}
    dossier = make.add(Dossier(question_id=question.id, **begun))
    by = {"written_at": clock.now(), "written_by_id": cast.steering.id}
    for position, body in enumerate(words, 1):
        said = {"kind": PartKind.HEADING, "body": body, "body_html": "", "policy": 1, "is_steering": True}
        make.add(Part(dossier_id=dossier.id, position=position, **said, **by))
    return dossier


def merge(client, one, into):
    sent = {"into": str(into.id), "reason": "De frågar samma sak."}
    return client.post(f"{at(one)}/mergers", sent, f"{at(one)}/mergers/new")


@pytest.mark.any_database
def test_it_follows_where_the_other_has_none(client, make, cast):
    one = raised(make, "Årshjul")
    dossier = prepare(make, cast, one, "Läget", "Exempel")
    merge(client.sign_in(cast.steering), one, cast.question)
    assert [(row.id, row.question_id) for row in rows(make, Dossier)] == [(dossier.id, cast.question.id)]
    assert [row.question_id for row in rows(make, Preparation)] == [cast.question.id]


@pytest.mark.any_database
def test_where_both_have_one_the_parts_come_last(client, make, cast):
    one = raised(make, "Årshjul")
    prepare(make, cast, one, "Läget", "Exempel")
    kept = prepare(make, cast, cast.question, "Bakgrund")
    merge(client.sign_in(cast.steering), one, cast.question)
    parts = sorted(rows(make, Part), key=lambda part: part.position)
    assert [(part.dossier_id, part.body) for part in parts] == [
        (kept.id, "Bakgrund"),
        (kept.id, "Läget"),
        (kept.id, "Exempel"),
    ]
    assert next(row.version for row in rows(make, Dossier, Dossier.id == kept.id)) == 2
    assert {row.question_id for row in rows(make, Preparation)} == {one.id, cast.question.id}


@pytest.mark.any_database
def test_what_authors_have_asked_and_what_was_published_follow(client, make, cast):
    one = raised(make, "Årshjul")
    client.sign_in(cast.convenor)
    for question in (one, cast.question):
        add(client, question, "Inledning", "heading")
    pick(client, cast.post, "det lilla", f"question-{one.id}")
    publish(client, one)
    pick(client, cast.post, "Vi började", f"question-{one.id}")
    shown, asked = citations(make)
    granted = {"answered_at": clock.now(), "is_granted": True}
    make.add(Objection(citation_id=asked.id, made_at=clock.now(), **granted))
    press(client, client.get(draft(one)), f"/steering/parts/{asked.part_id}/removals?version=1")
    merge(client, one, cast.question)
    assert pick(client, cast.post, "Vi började", f"question-{cast.question.id}").status == 409
    author = client.another().sign_in(cast.representative)
    page = author.get("/contributions")
    assert f"{at(one)}/dossier" in page.links
    assert "I det publicerade underlaget" in page.text
    assert f"/citations/{shown.id}/objections/new" in page.links
    here = f"/citations/{shown.id}/objections"
    assert "dolt tills styrgruppen har svarat" in author.post(here, {}, f"{here}/new").text
    assert "det lilla" not in author.get(f"{at(one)}/dossier").text


@pytest.mark.any_database
def test_the_address_of_what_was_published_leads_to_the_same_words(client, make, cast):
    one = raised(make, "Årshjul")
    client.sign_in(cast.convenor)
    pick(client, cast.post, "det lilla", f"question-{one.id}")
    publish(client, one)
    merge(client, one, cast.question)
    for ending in ("", ".docx"):
        assert client.get(f"{at(one)}/dossier{ending}").status == 200
    assert "det lilla" in client.get(f"{at(one)}/dossier").text


@pytest.mark.any_database
def test_nothing_is_written_where_the_parts_have_left(client, make, cast):
    one = raised(make, "Årshjul")
    left = prepare(make, cast, one, "Läget")
    prepare(make, cast, cast.question, "Bakgrund")
    merge(client.sign_in(cast.steering), one, cast.question)
    with make.session(), pytest.raises(drafting.Changed):
        # As for one whose words waited while the questions became one.
        parts.add(left, PartKind.HEADING, parts.heading("För sent"), cast.steering.id)
    assert "För sent" not in [part.body for part in rows(make, Part)]
