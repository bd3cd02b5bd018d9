"""The history can be imported again without undoing what the network has done with its questions."""

import pytest

from kloss_intranet.history.importer import import_history
from kloss_intranet.history.reader import DATA, read
from kloss_intranet.questions.models import Question, QuestionState, Treatment
from tests.questions.asking import at, kept, rows, step


@pytest.mark.any_database
def test_states_and_mergers_stay_when_the_history_is_imported_again(make, client):
    with make.session():
        import_history(read(DATA))
    steering = make.member()
    make.role(steering, "steering")
    client.sign_in(steering)
    by_slug = {question.slug: question for question in rows(make, Question)}
    k3, forms, gone = (by_slug[slug] for slug in ("k3-projects", "working-forms", "suhf-expert-group"))
    step(client, forms, "followed_up", "Vi har hört hur det gick.")
    sent = {"into": str(k3.id), "reason": "De hör ihop."}
    assert client.post(f"{at(gone)}/mergers", sent, f"{at(gone)}/mergers/new").path == at(k3)
    before = [(row.agenda_item_id, row.question_id) for row in rows(make, Treatment)]
    with make.session():
        counts = import_history(read(DATA))
    assert (counts.new, counts.changed, counts.removed) == (0, 0, 0)
    assert kept(make, forms).state is QuestionState.FOLLOWED_UP
    assert [(row.agenda_item_id, row.question_id) for row in rows(make, Treatment)] == before
    assert gone.id not in {question_id for _, question_id in before}
