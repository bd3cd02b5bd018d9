"""People who act on one strip in the same moment: one look is kept, and no dot lands between other ends."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kloss_intranet.breadth.models import Axis, Dot, Look
from tests.breadth.strips import HIGH, axis, dots, page_of


def together(sends):
    """The statuses of the answers to `sends`, pairs of a browser and what it posts, all sent at once."""
    gate = threading.Barrier(len(sends))

    def send(browser, path, data):
        gate.wait()
        return browser.post(path, data=data).status_code

    with ThreadPoolExecutor(len(sends)) as pool:
        return [each.result() for each in [pool.submit(send, *one) for one in sends]]


@pytest.mark.any_database
def test_many_presses_make_one_look(app, client, make, cast):
    axis(make, cast)
    client.sign_in(cast.representative)
    sent, cookie = {"csrf_token": client.token()}, client.raw.get_cookie("kloss")
    browsers = [app.test_client() for _ in range(6)]
    for browser in browsers:
        browser.set_cookie("kloss", cookie.value)
    assert set(together([(browser, f"{page_of(cast)}/looks", sent) for browser in browsers])) == {303}
    with make.session() as session:
        assert len(session.scalars(select(Look)).all()) == 1


@pytest.mark.any_database
def test_ends_named_anew_and_a_dot_placed_at_once_never_both_stand(client, make, cast):
    here = page_of(cast)
    axis(make, cast)
    steering, member = client.another().sign_in(cast.steering), client.sign_in(cast.representative)
    for number in range(6):
        with make.session() as session:
            session.execute(Dot.__table__.delete())
        ends = steering.get(f"{here}/edit").form(f"{here}/revisions")
        ends |= {"low_end": f"Ände {number}", "high_end": HIGH}
        placed = member.get(here).form(f"{here}/dots") | {"place": "40", "sentence": "Därför."}
        answers = together([(steering.raw, f"{here}/revisions", ends), (member.raw, f"{here}/dots", placed)])
        assert sorted(answers) == [303, 409]
        with make.session() as session:
            named = session.scalars(select(Axis.low_end)).one() == f"Ände {number}"
        assert (named, len(dots(make))) == ((True, 0) if answers[0] == 303 else (False, 1))


@pytest.mark.any_database
def test_of_two_who_set_the_first_axis_at_once_one_is_told(client, make, cast):
    here = page_of(cast)
    senders = [client.another().sign_in(who) for who in (cast.steering, cast.convenor)]
    forms = [sender.get(f"{here}/edit").form(f"{here}/revisions") for sender in senders]
    sends = [
        (sender.raw, f"{here}/revisions", form | {"low_end": f"Ände {number}", "high_end": HIGH})
        for number, (sender, form) in enumerate(zip(senders, forms, strict=True))
    ]
    answers = together(sends)
    assert sorted(answers) == [303, 409]
    with make.session() as session:
        assert session.scalars(select(Axis.low_end)).all() == [f"Ände {answers.index(303)}"]
