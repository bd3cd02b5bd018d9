"""Cancelling a meeting, and saying that it has taken place."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.attendance.models import Answer, SignUp
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Meeting, MeetingState, Phase, ProgrammeItem, ProgrammeKind

REASON = "Värden kan inte ta emot."


def of(make, cast):
    with make.session() as session:
        return session.get(Meeting, cast.meeting.id)


@pytest.mark.any_database
def test_everyone_concerned_is_told_once_and_phases_stay(client, cast, make):
    at = f"/meetings/{cast.meeting.slug}"
    part = make.add(
        ProgrammeItem(meeting_id=cast.meeting.id, position=1, kind=ProgrammeKind.DINNER, title="Middag")
    )
    coming, absent = make.member("Signe Anmäld"), make.member("Nils Nej")
    for member, answer in ((coming, Answer.COMING), (absent, Answer.NOT_COMING)):
        now = clock.now()
        row = {"programme_item_id": part.id, "member_id": member.id, "queued_at": now, "answered_at": now}
        make.add(SignUp(answer=answer, **row))
    client.sign_in(cast.coordinator)
    assert f"{at}/cancel" in client.get(at).links
    page = client.post(f"{at}/cancellations", {"reason": " "}, form_on=f"{at}/cancel")
    assert page.status == 422
    page = client.post(f"{at}/cancellations", {"reason": REASON}, form_on=f"{at}/cancel")
    assert page.path == at
    assert "Träffen är inställd" in page.text
    assert REASON in page.text
    meeting = of(make, cast)
    assert (meeting.state, meeting.cancelled_reason, meeting.sequence) == (MeetingState.CANCELLED, REASON, 1)
    assert meeting.phase_at(cast.post.posted_at) is Phase.BEFORE
    with make.session() as session:
        letters = session.scalars(select(Letter)).all()
    told = {letter.member_id for letter in letters}
    everyone = (cast.representative, cast.other_representative, cast.steering, cast.convenor)
    assert told == {member.id for member in (*everyone, cast.host, cast.guest, coming)}
    assert len(letters) == len(told)
    for letter in letters:
        assert REASON in letter.plain
        assert REASON in letter.html
        assert letter.path == at
    again = client.post(f"{at}/cancellations", {"reason": "En gång till"})
    assert again.status == 409
    assert of(make, cast).cancelled_reason == REASON
    assert client.get(f"{at}/cancel").path == at


def test_the_line_stands_on_the_home_page(client, cast):
    at = f"/meetings/{cast.meeting.slug}"
    client.sign_in(cast.coordinator)
    client.post(f"{at}/cancellations", {"reason": REASON}, form_on=f"{at}/cancel")
    client.sign_in(cast.representative)
    home = client.get("/")
    assert f"Träffen är inställd: {cast.meeting.title}" in home.text
    assert home.root.all("h1")[0].text == "Ingen träff är planerad än"
    assert "Nästa träff" not in client.get("/meetings/").text


@pytest.mark.any_database
def test_a_meeting_is_held_once_it_has_begun(client, cast, make):
    at = f"/meetings/{cast.meeting.slug}"
    client.sign_in(cast.coordinator)
    assert f"{at}/hold" not in client.get(at).links
    early = client.post(f"{at}/holdings", form_on=f"{at}/hold")
    assert early.status == 422
    assert "har inte börjat" in early.text
    assert of(make, cast).state is MeetingState.OPEN
    with make.session() as session:
        meeting = session.get(Meeting, cast.meeting.id)
        meeting.starts_at = clock.now() - timedelta(hours=1)
    assert f"{at}/hold" in client.get(at).links
    assert client.post(f"{at}/holdings", form_on=f"{at}/hold").path == at
    assert of(make, cast).state is MeetingState.HELD
    assert client.post(f"{at}/holdings").status == 200
    assert client.post(f"{at}/cancellations", {"reason": REASON}).status == 409
    assert client.get(f"{at}/hold").path == at


def test_only_the_coordinator_cancels_and_holds(client, cast, make):
    for who in (cast.representative, cast.steering, cast.host):
        client.sign_in(who)
        assert client.post(f"/meetings/{cast.meeting.slug}/cancellations", {"reason": "x"}).status == 403
        assert client.post(f"/meetings/{cast.meeting.slug}/holdings").status == 403
    assert of(make, cast).state is MeetingState.OPEN


@pytest.mark.parametrize(("state", "words"), [("cancelled", "inställd"), ("closed", "avslutad")])
def test_the_pages_of_what_is_over_show_without_forms_that_are_refused(client, cast, make, state, words):
    make.add(ProgrammeItem(meeting_id=cast.meeting.id, position=1, kind=ProgrammeKind.DINNER, title="Middag"))
    at = f"/meetings/{cast.meeting.slug}"
    client.sign_in(cast.coordinator)
    for page in ("edit", "parts", "agenda", "helpers", "guests"):
        shown = client.get(f"{at}/{page}")
        assert [form for form in forms_to(shown, at) if "endings" not in form], page
    with make.session() as session:
        session.get(Meeting, cast.meeting.id).state = MeetingState(state)
    for page in ("edit", "parts", "agenda", "helpers", "guests"):
        shown = client.get(f"{at}/{page}")
        assert shown.status == 200
        assert words in shown.text
        # What is still possible is to close the way in for somebody.
        assert all("endings" in form for form in forms_to(shown, at)), page
        assert not [link for link in shown.links if link.endswith(f"/{cast.item.id}/edit")]


def forms_to(page, at):
    """Where the forms of the page that are about the meeting are sent."""
    actions = [form.attrs.get("action", "") for form in page.root.all("form")]
    return [action for action in actions if action.startswith(at)]
