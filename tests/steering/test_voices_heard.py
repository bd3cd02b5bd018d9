"""Who is heard: in full for the steering group, by kind for members, and nobody's silence for them."""

import pytest

from kloss_intranet.core import clock
from kloss_intranet.members.models import InstitutionKind
from kloss_intranet.steering.models import Objection
from kloss_intranet.threads.models import Audience, Factor, Relation
from tests.steering.desk import change, citations, draft, pick

PANEL = "Vilka hörs"


def panel(page):
    """The text of the panel, or nothing."""
    return next((each.text for each in page.root.all("section") if each.attrs.get("class") == "heard"), "")


def seat(make, name, kind):
    found = make.institution(name, kind=kind)
    make.mandate(make.member(f"{name} talar"), found)
    return found


@pytest.fixture
def kinds(make, cast):
    """Universities of which one is heard, three silent colleges, and one silent school of the arts."""
    change(make, cast.institution, kind=InstitutionKind.UNIVERSITY)
    silent = [seat(make, f"Tysta {number}", InstitutionKind.UNIVERSITY_COLLEGE) for number in (1, 2, 3)]
    return [*silent, seat(make, "Tysta konstskolan", InstitutionKind.ARTS)]


@pytest.mark.any_database
def test_members_see_kinds_and_nobodys_silence(client, make, cast, kinds):
    client.sign_in(cast.representative)
    page = client.get(f"/questions/{cast.question.id}")
    said = panel(page)
    assert "Universitet hörda" in said
    assert "Högskolor ännu inte" in said
    # There is only one school of the arts: to say that the kind is silent would be to say who.
    assert "Konstnärliga" not in said
    assert not any(each.name_sv in page.text for each in kinds)
    former = client.another().sign_in(cast.former)
    assert panel(former.get(f"/questions/{cast.question.id}")) == ""


@pytest.mark.any_database
@pytest.mark.parametrize("gone", ["withdrawn_at", "hidden_at"])
def test_nothing_is_said_where_nobody_is_heard(client, make, cast, kinds, gone):
    change(make, cast.post, **{gone: clock.now()})
    thread = make.thread(cast.meeting, cast.theme, audience=Audience.STEERING, question_id=cast.question.id)
    make.post(thread, cast.representative, mandate=cast.mandate)
    client.sign_in(cast.representative)
    assert panel(client.get(f"/questions/{cast.question.id}")) == ""


@pytest.mark.any_database
def test_the_steering_group_sees_who_is_heard_where_and_who_is_not(client, make, cast, kinds):
    client.sign_in(cast.steering)
    pick(client, cast.post, "det lilla.", f"question-{cast.question.id}")
    make.post(
        cast.thread,
        cast.other_representative,
        "Tvärtom.",
        cast.post,
        mandate=cast.other_mandate,
        relation=Relation.OPPOSITE,
    )
    said = panel(client.get(draft(cast.question)))
    assert "Björkö universitet i trådarna och utkastet" in said
    assert "Åsnes högskola i trådarna" in said
    assert "Inte ännu: Tysta 1, Tysta 2, Tysta 3" in said
    assert "Inte ännu: Tysta konstskolan" in said
    assert said.index("Universitet") < said.index("Högskolor") < said.index("Utan angiven typ")
    assert "Främjande" in said
    assert "Motsatt erfarenhet" in said
    assert "Inte ännu: kritisk" in said
    assert not any(character.isdigit() for character in said.replace("Tysta 1, Tysta 2, Tysta 3", ""))


def test_one_whose_passage_will_not_be_printed_is_not_heard_in_the_draft(client, make, cast, kinds):
    client.sign_in(cast.steering)
    pick(client, cast.post, "det lilla.", f"question-{cast.question.id}")
    (citation,) = citations(make)
    assert "Björkö universitet i trådarna och utkastet" in panel(client.get(draft(cast.question)))
    change(make, cast.post, not_for_quoting=True)
    assert "Björkö universitet i trådarna" in (said := panel(client.get(draft(cast.question))))
    assert "och utkastet" not in said
    change(make, cast.post, not_for_quoting=False)
    make.add(Objection(citation_id=citation.id, made_at=clock.now(), is_granted=True))
    assert "och utkastet" not in panel(client.get(draft(cast.question)))


def test_it_takes_one_statement_more_for_members(client, cast, kinds, statements):
    client.sign_in(cast.representative)
    client.get(f"/questions/{cast.question.id}")
    with statements() as sent:
        client.get(f"/questions/{cast.question.id}")
    assert len([each for each in sent if "institutions.kind" in each and "GROUP BY" in each]) == 1


def test_what_is_folded_for_the_reader_is_not_told(client, make, cast, kinds):
    first = make.thread(cast.meeting, cast.theme, write_first=True, question_id=cast.question.id)
    make.post(first, cast.representative, "Dolt.", mandate=cast.mandate, factor=Factor.HINDERING)
    client.sign_in(cast.steering)
    assert "Kritisk" not in panel(client.get(draft(cast.question)))
    make.post(first, cast.steering, "Mitt.")
    assert "Kritisk" in panel(client.get(draft(cast.question)))
