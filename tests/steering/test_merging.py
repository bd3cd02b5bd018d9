"""What the closed room keeps of a question follows it into another."""

import pytest

from kloss_intranet.core import clock
from kloss_intranet.steering.models import Dossier, Part, PartKind, Preparation
from tests.questions.asking import at, raised, rows


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
