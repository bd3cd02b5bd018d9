"""Letters about minutes and closings go to those who want them and may read what they tell of."""

from datetime import timedelta

import pytest

from kloss_intranet.core import clock
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.members.models import Mandate
from kloss_intranet.threads.models import Following, Level
from tests.minutes.held import everyone, hold, page_of, told, write
from tests.minutes.test_correcting import OTHER, TWO, correct


def publish_and_close(client, cast, meeting):
    """Publish minutes, close, and tell of a correction of both."""
    at, minutes = f"/meetings/{meeting.slug}", page_of(meeting)
    write(client.sign_in(cast.coordinator), cast.item, "Tre sätt hördes.")
    client.post(f"{minutes}/publications", {}, f"{minutes}/publish")
    write(client, cast.item, "Fyra sätt hördes.")
    client.post(f"{minutes}/announcements", {}, f"{minutes}/publish")
    client.post(f"{at}/closings", TWO, f"{at}/close")
    correct(client, meeting, **OTHER, tell="1")


@pytest.mark.any_database
@pytest.mark.parametrize("level", [Level.NONE, Level.MENTIONS])
def test_who_chose_no_mail_about_the_meeting_gets_none(client, make, cast, level):
    held = hold(make, cast.meeting)
    for member in (cast.representative, cast.convenor):
        about = {"member_id": member.id, "meeting_id": held.id}
        make.add(Following(**about, level=level, changed_at=clock.now()))
    elsewhere = {"member_id": cast.steering.id, "meeting_id": cast.old_meeting.id, "level": Level.NONE}
    make.add(Following(**elsewhere, changed_at=clock.now()))
    publish_and_close(client, cast, held)
    spared = {cast.representative.id, cast.convenor.id} if level is Level.NONE else set()
    for kind in ("minutes:", "closing:"):
        letters = told(make, kind)
        assert letters.keys() == everyone(cast) - spared
        assert f"/meetings/{held.slug}#following" in letters[cast.steering.id].plain


@pytest.mark.any_database
def test_what_is_told_anew_takes_the_place_of_what_waits(client, make, cast):
    held = hold(make, cast.meeting)
    publish_and_close(client, cast, held)
    assert told(make, "minutes:").keys() == told(make, f"minutes:{held.id}:changed").keys()
    assert told(make, f"minutes:{held.id}:{cast.steering.id}") == {}
    assert told(make, f"closing:{held.id}:{cast.steering.id}") == {}
    page = client.sign_in(cast.steering).get("/")
    lines = [link.text for link in page.root.all("a") if "Träff i Björkö" in link.text]
    assert any("Ändrade minnesanteckningar" in line for line in lines)
    assert any("Ändrat avslut" in line for line in lines)


@pytest.mark.any_database
def test_a_letter_that_waits_does_not_go_to_one_who_has_left(client, make, cast):
    held = hold(make, cast.meeting)
    standing = make.member("Ingrid Mo")
    admission = make.admission(held, standing, "stand_in")
    publish_and_close(client, cast, held)
    letters = told(make, "minutes:") | {-key: one for key, one in told(make, "closing:").items()}
    assert standing.id in letters
    ids = {one.id for one in letters.values()}
    with make.session():
        assert drop_stopped(ids) == set()
    with make.session() as session:
        yesterday = clock.today() - timedelta(days=1)
        session.merge(admission).ends_on = yesterday
        session.get(Mandate, cast.mandate.id).ends_on = yesterday
    gone = {letters[key].id for key in (standing.id, cast.representative.id, -cast.representative.id)}
    with make.session():
        assert drop_stopped(ids) == gone


def test_changes_are_told_of_once(client, make, cast):
    held = hold(make, cast.meeting)
    minutes = page_of(held)
    write(client.sign_in(cast.coordinator), cast.item, "Tre sätt hördes.")
    client.post(f"{minutes}/publications", {}, f"{minutes}/publish")
    assert "redan fått veta" in client.get(f"{minutes}/publish").text
    assert "redan fått veta" in client.post(f"{minutes}/announcements").text
    write(client, cast.item, "Fyra sätt hördes.")
    assert "Berätta om ändringarna" in client.get(minutes).text
    assert "får veta att anteckningarna har ändrats" in client.post(f"{minutes}/announcements").text
    assert "Berätta om ändringarna" not in client.get(minutes).text
    assert "redan fått veta" in client.post(f"{minutes}/announcements").text
