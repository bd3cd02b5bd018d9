"""Questions on their way, and who is told of them."""

from sqlalchemy import select

from kloss_intranet.mail.models import Letter
from kloss_intranet.questions.models import Change, Proposal, Question, QuestionState

ASKED = {"title": "Vem äger ett prov på egen dator?", "reason": "Studenterna undrar.\n\nVi också."}


def raised(make, title="Vem vaktar på distans?", **columns):
    """A question that nobody has treated."""
    return make.question(title, **{"state": QuestionState.RAISED} | columns)


def proposal(make, question, member, institution=None, **columns):
    """A member's own words for the question."""
    row = {
        "title": question.title,
        "reason": "Det är viktigt hos oss.",
        "member_id": member.id,
        "institution_id": institution.id if institution else None,
        "signed_name": member.name,
        "proposed_at": question.raised_at,
    }
    return make.add(Proposal(question_id=question.id, **row | columns))


def told(make, begins):
    """The letters whose keys begin so, by reader."""
    with make.session() as session:
        letters = session.scalars(select(Letter).where(Letter.key.startswith(begins)).order_by(Letter.id))
        return {letter.member_id: letter for letter in letters}


def rows(make, table, *which):
    with make.session() as session:
        return session.scalars(select(table).where(*which).order_by(*table.__table__.primary_key)).all()


def at(question):
    return f"/questions/{question.id}"


def step(client, question, state, reason="Det passar nu.", **data):
    """Send the form for a new state, from its page."""
    here = at(question)
    return client.post(f"{here}/changes", {"state": state, "reason": reason} | data, f"{here}/changes/new")


def kept(make, question):
    with make.session() as session:
        return session.get(Question, question.id)


def reasons(make, question):
    return [(row.became.value, row.reason) for row in rows(make, Change, Change.question_id == question.id)]
