"""Any member reports a post, a file or a presentation, gets a receipt, and every coordinator is told."""

import pytest
from sqlalchemy import delete

from kloss_intranet.core import clock
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.members.models import Role
from kloss_intranet.moderation.models import Ground, SubjectKind
from kloss_intranet.moderation.services.reporting import MOST_OPEN
from tests.moderation.cases import act, letters, report, reports

WORDS = "Här står en uppgift som är hemlig."


def places(cast):
    return {
        SubjectKind.POST: f"/posts/{cast.post.id}",
        SubjectKind.ATTACHMENT: f"/attachments/{cast.attachment.id}",
        SubjectKind.MEMBER: f"/members/{cast.representative.id}",
    }


@pytest.fixture
def other_coordinator(make):
    member = make.member("Filippa Kansli", email="filippa@example.org", language="en")
    make.role(member, "coordinator")
    return member


@pytest.mark.any_database
def test_each_kind_of_thing_can_be_reported(client, make, cast, other_coordinator):
    client.sign_in(cast.steering)
    for kind, place in places(cast).items():
        page = report(client, place)
        assert (page.status, "Tack. Koordinatorn har fått din anmälan" in page.text) == (200, True)
        made = reports(make)[-1]
        assert (made.subject_kind, made.member_id, made.ground) == (
            kind,
            cast.steering.id,
            Ground.CONFIDENTIAL,
        )
        assert (made.words, made.settled_by_id) == (WORDS, None)
        receipt = letters(make, f"receipt:{made.id}")
        assert list(receipt) == [cast.steering.id]
        assert WORDS in receipt[cast.steering.id].plain
        assert receipt[cast.steering.id].path is None
        told = letters(make, f"report:{made.id}:")
        assert told.keys() == {cast.coordinator.id, other_coordinator.id}
        for letter in told.values():
            assert letter.path == f"/moderation{place}"
            assert cast.steering.name not in letter.plain + letter.html + letter.subject
            assert WORDS not in letter.plain + letter.html
    assert reports(make)[0].version == 1
    # Only those whom it concerns are told: nobody else, and above all not the author.
    assert cast.representative.id not in letters(make, "")


def test_the_form_says_what_happens_and_where_the_rules_are(client, cast):
    client.sign_in(cast.steering)
    page = client.get(f"/posts/{cast.post.id}/report")
    assert {"/rules", "/rules/moderation"} <= page.links
    assert "Vi började i det lilla." in page.text
    assert "Den som har skrivit får aldrig veta vem som har anmält." in page.text


@pytest.mark.any_database
def test_one_report_waits_at_a_time(client, make, cast):
    place = places(cast)[SubjectKind.POST]
    client.sign_in(cast.steering)
    report(client, place)
    again = {"ground": "confidential", "words": WORDS}
    assert client.post(f"{place}/reports", again).status == 200
    page = client.post(f"{place}/reports", again | {"words": "Något annat än förut."})
    assert (page.status, "Du har redan anmält det här" in page.text) == (409, True)
    assert "Något annat än förut." in page.html
    assert len(reports(make)) == len(letters(make, "receipt:")) == 1
    page = client.get(f"{place}/report")
    assert "En koordinator läser det så snart det går" in page.text
    assert all(not form.attrs.get("action", "").endswith("/reports") for form in page.root.all("form"))
    # Somebody else has their own say.
    client.sign_in(cast.convenor)
    report(client, place)
    assert [one.member_id for one in reports(make)] == [cast.steering.id, cast.convenor.id]
    # The newer letter stands for both.
    told = letters(make, "report:")
    assert len(told) == 1


def test_what_is_missing_is_asked_for(client, make, cast):
    place = places(cast)[SubjectKind.POST]
    client.sign_in(cast.steering)
    page = client.post(f"{place}/reports", {"words": "Hjälp."})
    assert (page.status, "Välj vad det gäller." in page.text, "Hjälp." in page.html) == (422, True, True)
    page = client.post(f"{place}/reports", {"ground": "other", "words": "  "})
    assert (page.status, "Skriv med egna ord vad det gäller." in page.text) == (422, True)
    page = client.post(f"{place}/reports", {"ground": "hurtful", "words": "å" * 2001})
    assert page.status == 422
    assert (reports(make), letters(make, "")) == ([], {})
    assert client.post(f"{place}/reports", {"ground": "hurtful", "words": ""}).status == 200
    assert len(reports(make)) == 1


def test_there_must_be_something_to_report(client, make, cast):
    client.sign_in(cast.representative)
    place = places(cast)[SubjectKind.POST]
    assert "Det är ditt eget." in client.get(f"{place}/report").text
    assert client.post(f"{place}/reports", {"ground": "hurtful"}).status == 409
    gone = make.post(cast.thread, cast.convenor, "Borta.", withdrawn_at=clock.now())
    hidden = make.post(cast.thread, cast.convenor, "Undan.", hidden_at=clock.now())
    for post in (gone, hidden):
        page = client.get(f"/posts/{post.id}/report")
        assert "finns inget kvar att anmäla" in page.text
        assert post.body not in page.html
        page = client.post(f"/posts/{post.id}/reports", {"ground": "hurtful"})
        assert (page.status, post.body in page.html) == (409, False)
    assert reports(make) == []


def test_nobody_reports_what_they_cannot_see(client, make, cast):
    first = make.thread(cast.meeting, cast.theme, write_first=True)
    folded = make.post(first, cast.convenor, "Vikt.")
    for who, paths in (
        (cast.representative, [f"/posts/{cast.steering_post.id}", f"/posts/{folded.id}"]),
        (cast.guest, list(places(cast).values())),
        (cast.former, [places(cast)[SubjectKind.MEMBER]]),
    ):
        client.sign_in(who)
        for path in paths:
            assert client.get(f"{path}/report").status in (403, 404), path
            assert client.post(f"{path}/reports", {"ground": "hurtful"}).status in (403, 404), path
    client.sign_in(cast.convenor)
    assert client.get(f"/posts/{cast.steering_post.id}/report").status == 200
    assert reports(make) == []


def test_a_coordinator_is_not_told_of_reports_of_their_own(client, make, cast, other_coordinator):
    own = make.post(cast.thread, cast.coordinator, "Kansliets ord.")
    client.sign_in(cast.steering)
    report(client, f"/posts/{own.id}")
    assert letters(make, "report:").keys() == {other_coordinator.id}
    client.sign_in(cast.coordinator)
    page = client.get(f"/moderation/posts/{own.id}").text + client.get("/moderation/").text
    assert WORDS not in page
    assert cast.steering.name not in page
    assert "Vem som har anmält visas inte för den det gäller." in page
    client.sign_in(other_coordinator)
    page = client.get(f"/moderation/posts/{own.id}").text
    assert WORDS in page
    assert cast.steering.name in page


def test_one_who_coordinates_no_more_gets_no_letter(client, make, cast, other_coordinator):
    client.sign_in(cast.steering)
    report(client, f"/posts/{cast.post.id}")
    told = letters(make, "report:")
    with make.session() as session:
        session.execute(delete(Role).where(Role.member_id == other_coordinator.id))
    with make.session():
        ids = [letter.id for letter in told.values()]
        assert drop_stopped(ids) == {told[other_coordinator.id].id}
    assert letters(make, "report:").keys() == {cast.coordinator.id}


def test_one_member_has_only_so_many_reports_waiting(client, make, cast):
    client.sign_in(cast.steering)
    posts = [make.post(cast.thread, cast.representative, f"Inlägg {n}.") for n in range(MOST_OPEN + 1)]
    for post in posts[:MOST_OPEN]:
        assert report(client, f"/posts/{post.id}").status == 200
    page = report(client, f"/posts/{posts[-1].id}")
    assert page.status == 429
    assert "20 anmälningar som väntar" in page.text
    assert WORDS in page.html
    act(client.sign_in(cast.coordinator), f"/posts/{posts[0].id}/hidings")
    assert report(client.sign_in(cast.steering), f"/posts/{posts[-1].id}").status == 200
