"""The closed room in a browser, and the rows it makes."""

from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.members.models import Role
from kloss_intranet.questions.models import QuestionState
from kloss_intranet.steering.models import Preparation

ROOM = "/steering/"


def preparation_of(question):
    return f"/steering/questions/{question.id}/preparation"


def uptake_of(question):
    return f"/steering/questions/{question.id}/uptakes"


def items_of(meeting):
    return f"/steering/meetings/{meeting.slug}/agenda-items"


def prepare(client, question, **data):
    here = preparation_of(question)
    return client.post(here, data, here)


def take_up(client, question, reason="Flera undrar.", **data):
    here = uptake_of(question)
    return client.post(here, {"reason": reason} | data, f"{here}/new")


def place(client, meeting, asked, **data):
    here = items_of(meeting)
    return client.post(here, data, f"{here}/new?question={asked.id}")


def question(make, state, title="Vem vaktar på distans?", **columns):
    return make.question(title, **{"state": QuestionState(state), "raised_at": clock.now()} | columns)


def noted(make, question, by, **columns):
    row = {"question_id": question.id, "changed_at": clock.now(), "changed_by_id": by.id}
    return make.add(Preparation(**row | columns))


def stored(make, question):
    with make.session() as session:
        return session.get(Preparation, question.id)


def letters(make, key="preparation:"):
    with make.session() as session:
        return list(session.scalars(select(Letter).where(Letter.key.startswith(key)).order_by(Letter.id)))


def dismiss(make, member):
    """The member's roles end with yesterday."""
    with make.session() as session:
        for role in session.scalars(select(Role).where(Role.member_id == member.id)):
            session.delete(role)
