"""The desk shows what waits for the coordinator, each line one click from done, and to nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.auth.models import EntryLink, LinkKind
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Host, Meeting, MeetingState
from kloss_intranet.moderation.models import Ground, Report, SubjectKind
from kloss_intranet.rules.models import RulesKind, RulesVersion

DESK = "/desk/"


def failed(make, address="borta@example.org", **columns):
    now = clock.now()
    row = {
        "key": f"prov:{next(make.numbers)}",
        "address": address,
        "subject": "Prov",
        "plain": "Prov",
        "html": "<p>Prov</p>",
        "language": "sv",
        "created_at": now - timedelta(days=2),
        "due_at": now + timedelta(hours=3),
        "attempts": 5,
        "last_error": "SMTPRecipientsRefused: 550 no such user",
    }
    return make.add(Letter(**row | columns))


def invited(make, days=8, left=6, **columns):
    member = make.member("Ingrid Sen", password_hash=None, **columns)
    now = clock.now()
    make.add(
        EntryLink(
            kind=LinkKind.INVITATION,
            token_hash=f"x{next(make.numbers)}",
            member_id=member.id,
            created_at=now - timedelta(days=days),
            expires_at=now + timedelta(days=left),
        )
    )
    return member


def reported(make, cast, post=None, who=None):
    return make.add(
        Report(
            subject_kind=SubjectKind.POST,
            subject_id=(post or cast.post).id,
            version=1,
            member_id=(who or cast.other_representative).id,
            ground=Ground.HURTFUL,
            words="Hemligt skrivet av den som anmäler.",
            reported_at=clock.now() - timedelta(hours=1),
        )
    )


def rows(make, table):
    with make.session() as session:
        return session.scalars(select(table).order_by(table.id)).all()


def acts(make):
    with make.session() as session:
        return session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()


def test_nothing_waits(client, make, cast):
    client.sign_in(cast.coordinator)
    page = client.get(DESK)
    assert "Inget väntar." in page.text
    assert "Just nu är allt gjort." in page.text
    for way in (
        "/moderation/",
        "/moderation/record",
        "/records/audit",
        "/announcements/",
        "/rules/moderation",
    ):
        assert way in page.links, way


def test_only_the_coordinator_has_a_desk(client, make, cast):
    letter = failed(make)
    for who in (cast.representative, cast.steering, cast.guest, cast.host):
        client.sign_in(who)
        assert client.get(DESK).status == 403
        assert "Arbetsbordet" not in client.get("/").text
        assert client.post(f"/desk/letters/{letter.id}/retries").status in (403, 404)
        assert client.post(f"/desk/letters/{letter.id}/dismissals").status in (403, 404)
        assert client.post(f"/desk/members/{cast.representative.id}/invitations").status in (403, 404)
    assert [one.due_at for one in rows(make, Letter)] == [letter.due_at]
    client.sign_in(cast.coordinator)
    assert client.get(DESK).status == 200
    nav = [link for link in client.get(DESK).root.all("a") if link.attrs.get("aria-current") == "page"]
    assert [link.text for link in nav] == ["Arbetsbordet"]


def test_a_report_waits_one_click_away_without_its_words(client, make, cast):
    reported(make, cast)
    reported(make, cast, who=cast.steering)
    page = client.sign_in(cast.coordinator).get(DESK)
    for said in ("Inlägg av Agnes Björk i «Prov på egen dator»", "2 anmälningar", "1 sak väntar."):
        assert said in page.text
    assert "Hemligt skrivet" not in page.text
    assert "Birger Åsling" not in page.text
    assert f"/moderation/posts/{cast.post.id}" in page.links
    assert client.get(f"/moderation/posts/{cast.post.id}").status == 200


@pytest.mark.any_database
def test_an_empty_seat_leads_to_an_invitation_with_the_seat_chosen(client, make, cast):
    empty = make.institution("Nytorps högskola")
    make.mandate(institution=empty, ends_on=clock.today() - timedelta(days=9))
    filled = make.institution("Snart högskola")
    make.mandate(institution=filled, starts_on=clock.today() + timedelta(days=9))
    page = client.sign_in(cast.coordinator).get(DESK)
    assert ("Nytorps högskola" in page.text, "Snart högskola" in page.text) == (True, False)
    form = client.get(f"/auth/invitations?institution={empty.id}").form("/auth/invitations")
    assert (form["institution_id"], form["starts_on"]) == (str(empty.id), clock.today().isoformat())
    assert f"/auth/invitations?institution={empty.id}" in page.links
    assert client.get("/auth/invitations?institution=x&starts=y").status == 200


@pytest.mark.any_database
def test_a_mandate_that_ends_is_told_of_in_time_until_there_is_another(client, make, cast):
    client.sign_in(cast.coordinator)
    soon, later = (clock.today() + timedelta(days=days) for days in (90, 91))
    seat = make.institution("Bytets högskola")
    ends = make.mandate(make.member("Snart Slut"), seat, ends_on=soon)
    make.mandate(make.member("Senare Slut"), ends_on=later)
    make.mandate(make.member("Slut Förut"), cast.institution, starts_on=date(2020, 1, 1), ends_on=soon)
    page = client.get(DESK)
    assert [name in page.text for name in ("Snart Slut", "Senare Slut", "Slut Förut")] == [True, False, False]
    starts = (soon + timedelta(days=1)).isoformat()
    way = f"/auth/invitations?institution={ends.institution_id}&starts={starts}"
    assert way in page.links
    assert client.get(way).form("/auth/invitations")["starts_on"] == starts
    assert f"/members/mandates/{ends.id}/endings" in page.links
    make.mandate(institution=seat, starts_on=soon + timedelta(days=1))
    assert "Snart Slut" not in client.get(DESK).text


@pytest.mark.any_database
def test_an_invitation_without_an_answer_is_sent_again_once(client, make, cast):
    waits = invited(make, email="ingrid@example.org")
    make.mandate(waits)
    invited(make, email="plats@example.org")  # has no place here any more
    make.mandate(invited(make, days=6, email="nyss@example.org"))
    client.sign_in(cast.coordinator)
    page = client.get(DESK)
    assert page.text.count("Ingrid Sen") == 2  # the name, and what its button says for those who listen
    way = f"/desk/members/{waits.id}/invitations"
    page = client.post(way, form_on=DESK)
    assert "Inbjudan är skickad till Ingrid Sen." in page.text
    assert "Inget väntar." in page.text
    again = client.post(way)
    assert "redan skickad" in again.text
    assert client.post(f"/desk/members/{cast.representative.id}/invitations").status == 200
    letters = rows(make, Letter)
    assert [letter.member_id for letter in letters] == [waits.id]
    assert acts(make).count("invitation.send") == 1


@pytest.mark.any_database
def test_mail_that_fails_is_tried_again_or_set_aside(client, make, cast):
    client.sign_in(cast.coordinator)
    failed(make, member_id=cast.representative.id)
    second = failed(make, member_id=cast.representative.id)
    failed(make, "tidigt@example.org", attempts=1)
    failed(make, "framme@example.org", sent_at=clock.now(), last_error=None)
    page = client.get(DESK)
    for said in ("Agnes Björk", "2 mail till borta@example.org", "550 no such user", "1 sak väntar."):
        assert said in page.text
    assert "tidigt@" not in page.text
    first = rows(make, Letter)[0]
    page = client.post(f"/desk/letters/{first.id}/retries", form_on=DESK)
    assert "2 mail skickas på nytt" in page.text
    assert "inom kort" in page.text
    now = clock.now()
    assert [letter.due_at <= now for letter in rows(make, Letter)][:3] == [True, True, False]
    assert "skickas redan" in client.post(f"/desk/letters/{first.id}/retries").text
    page = client.post(f"/desk/letters/{first.id}/dismissals", form_on=DESK)
    assert "Inget väntar." in page.text
    assert client.post(f"/desk/letters/{first.id}/dismissals").status == 200
    assert all(letter.sent_at is None for letter in rows(make, Letter)[:3])
    assert [act for act in acts(make) if act.startswith("letter:")] == ["letter:retry", "letter:set-aside"]
    with make.session() as session:
        session.get(Letter, second.id).last_error = "OSError: again"
    assert "1 mail till borta@example.org" in client.get(DESK).text


def test_a_letter_that_is_being_sent_is_left_alone(client, make, cast):
    letter = failed(make, leased_until=clock.now() + timedelta(minutes=5))
    client.sign_in(cast.coordinator).post(f"/desk/letters/{letter.id}/retries")
    assert rows(make, Letter)[0].due_at == letter.due_at


@pytest.mark.any_database
def test_meetings_without_hosts_or_not_open_in_time(client, make, cast):
    now = clock.now()
    without = make.meeting("Utan värd", starts_at=now + timedelta(days=200))
    closed = make.meeting("Inte öppnad", state=MeetingState.PLANNED, starts_at=now + timedelta(days=59))
    make.add(Host(meeting_id=closed.id, position=1, institution_id=cast.institution.id))
    far = make.meeting("Långt bort", state=MeetingState.PLANNED, starts_at=now + timedelta(days=61))
    make.add(Host(meeting_id=far.id, position=1, institution_id=None))
    make.meeting("Inställd", state=MeetingState.CANCELLED, starts_at=now + timedelta(days=9))
    make.meeting("Förbi", starts_at=now - timedelta(days=9))
    page = client.sign_in(cast.coordinator).get(DESK)
    names = ("Utan värd", "Inte öppnad", "Långt bort", "Inställd", "Förbi")
    assert [name in page.text for name in names] == [True, True, False, False, False]
    ways = [f"/meetings/{without.slug}/edit", f"/meetings/{closed.slug}/publish"]
    for way in ways:
        assert way in page.links, sorted(page.links)
        assert client.get(way).status == 200
    with make.session() as session:
        session.get(Meeting, closed.id).state = MeetingState.OPEN
    assert "Inte öppnad" not in client.get(DESK).text


def test_rules_that_are_due_are_looked_through_in_one_click(client, make, cast):
    words = {"body_sv": "Skriv.", "body_en": "Write.", "html_sv": "<p>Skriv.</p>", "html_en": "<p>Write.</p>"}
    for number, review in ((1, date(2020, 1, 1)), (2, clock.today())):
        make.add(
            RulesVersion(
                kind=RulesKind.MODERATION,
                number=number,
                policy=2,
                note="Ny.",
                published_at=clock.now(),
                published_by_id=cast.coordinator.id,
                review_on=review,
                **words,
            )
        )
    client.sign_in(cast.coordinator)
    assert "Modereringsregler" in client.get(DESK).root.all("main")[0].text
    assert client.post("/rules/moderation/reviews", form_on=DESK).path == "/rules/moderation"
    assert "Inget väntar." in client.get(DESK).text
    assert rows(make, RulesVersion)[0].review_on == date(2020, 1, 1)


def fill(make, cast):
    """One of everything that can wait."""
    reported(make, cast, make.post(cast.thread, cast.representative))
    make.mandate(invited(make, email=f"i{next(make.numbers)}@example.org"))
    make.mandate(ends_on=clock.today() + timedelta(days=9))
    make.institution()
    make.meeting()
    failed(make, f"b{next(make.numbers)}@example.org")


def test_as_few_statements_for_much_as_for_little(client, make, cast, statements):
    client.sign_in(cast.coordinator)
    fill(make, cast)
    client.get(DESK)
    with statements() as few:
        client.get(DESK)
    for _ in range(12):
        fill(make, cast)
    with statements() as many:
        page = client.get(DESK)
    assert len(many) == len(few) <= 20
    assert "Visa 5 till" in page.text
