"""A coordinator looks into a case and dismisses it, asks for a change, hides, shows again or lets it stay."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.moderation.models import Act, Answer
from kloss_intranet.threads.models import Attachment, Post
from tests.moderation.cases import REASON, act, letters, measures, report, reports, rows
from tests.moderation.measures import take

BODY = "Vi började i det lilla."


def case(post):
    return f"/moderation/posts/{post.id}"


def kept(make, table, number):
    with make.session() as session:
        return session.get(table, number)


@pytest.fixture
def reported(client, cast):
    """The post, reported; a coordinator has the browser."""
    client.sign_in(cast.steering)
    report(client, f"/posts/{cast.post.id}")
    client.sign_in(cast.coordinator)
    return cast.post


def test_a_case_shows_the_post_in_its_thread_and_who_wrote_it(client, make, cast, reported):
    make.post(cast.thread, cast.convenor, "Jag undrar över det där.", parent=reported)
    make.post(cast.thread, cast.convenor, "Borttaget svar.", parent=reported, hidden_at=reported.posted_at)
    page = client.get(case(reported))
    for said in (
        BODY,
        "Jag undrar över det där.",
        cast.institution.name_sv,
        cast.mandate.title,
        cast.steering.name,
        "Uppgifter som inte får spridas",
        "Här står en uppgift som är hemlig.",
        "Tillbakadraget eller dolt.",
    ):
        assert said in page.text, said
    assert "Borttaget svar." not in page.html
    assert {f"/posts/{reported.id}", f"/members/{cast.representative.id}"} <= page.links
    client.sign_in(cast.steering)
    assert client.get(case(reported)).status == 403
    assert client.get("/moderation/").status == 403


@pytest.mark.any_database
def test_dismissing_settles_the_report_and_tells_the_author_nothing(client, make, cast, reported):
    page = act(client, f"{case(reported)}/dismissals")
    assert (page.path, "avslutad utan åtgärd" in page.text) == (case(reported), True)
    (measure,) = measures(make)
    assert (measure.act, measure.reason, measure.role) == (Act.DISMISS, REASON, "coordinator")
    assert (measure.author_id, measure.decided_by_id) == (cast.representative.id, cast.coordinator.id)
    assert measure.details == {"version": 1, "reports": 1}
    assert reports(make)[0].settled_by_id == measure.id
    assert cast.representative.id not in letters(make, "")
    # Whoever presses the same button once more changes nothing.
    page = act(client, f"{case(reported)}/dismissals", "En gång till.")
    assert (page.status, "Det var redan gjort" in page.text) == (409, True)
    assert len(measures(make)) == 1


@pytest.mark.any_database
def test_hiding_and_showing_again_with_reasons(client, make, cast, reported):
    client.sign_in(cast.convenor)
    report(client, f"/posts/{reported.id}")
    client.sign_in(cast.coordinator)
    page = act(client, f"/posts/{reported.id}/hidings")
    assert (page.path, "Det är dolt." in page.text) == (case(reported), True)
    assert kept(make, Post, reported.id).hidden_at is not None
    assert BODY in page.text  # the evidence is kept, and shown here
    client.sign_in(cast.steering)
    assert BODY not in client.get(f"/threads/{cast.thread.id}").html
    client.sign_in(cast.coordinator)
    assert act(client, f"/posts/{reported.id}/hidings").status == 409
    act(client, f"/posts/{reported.id}/unhidings", "Uppgiften är inte hemlig längre.")
    assert kept(make, Post, reported.id).hidden_at is None
    assert act(client, f"/posts/{reported.id}/unhidings").status == 409
    hidden, shown = measures(make)
    assert (hidden.act, shown.act) == (Act.HIDE, Act.RESTORE)
    assert hidden.details == {"version": 1, "reports": 2, "before": "shown", "after": "hidden"}
    assert shown.details["after"] == "shown"
    # How many reported is kept through the undoing.
    assert {one.settled_by_id for one in reports(make)} == {hidden.id}
    assert "2 prövade anmälningar" in client.get(case(reported)).text
    client.sign_in(cast.steering)
    assert BODY in client.get(f"/threads/{cast.thread.id}").html
    with make.session() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert [one for one in acts if one.startswith("moderation.")] == ["moderation.hide", "moderation.restore"]


@pytest.mark.any_database
def test_a_file_is_hidden_by_itself(client, make, cast):
    client.sign_in(cast.coordinator)
    place = f"/attachments/{cast.attachment.id}"
    assert "anteckningar.txt" in client.get(f"/moderation{place}").text
    assert act(client, f"{place}/hidings").status == 200
    assert kept(make, Attachment, cast.attachment.id).hidden_at is not None
    assert kept(make, Post, cast.post.id).hidden_at is None
    client.sign_in(cast.steering)
    assert client.get(place).status in (403, 404)
    client.sign_in(cast.coordinator)
    assert act(client, f"{place}/unhidings").status == 200
    client.sign_in(cast.steering)
    assert client.get(place).status == 200


@pytest.mark.any_database
def test_asking_for_a_change_waits_for_the_author(client, make, cast, reported):
    page = act(client, f"{case(reported)}/requests")
    assert (page.status, "Skriv vad du ber om." in page.text, REASON in page.html) == (422, True, True)
    assert measures(make) == []
    asked = "Skriv om meningen så att personen inte går att känna igen."
    act(client, f"{case(reported)}/requests", to_author=asked)
    letter = letters(make, "")[cast.representative.id]
    assert asked in letter.plain
    assert cast.steering.name not in letter.plain + letter.html
    page = client.get("/moderation/")
    assert "Väntar på den som har skrivit" in page.text
    assert "inte gjord än" in page.text
    assert act(client, f"{case(reported)}/requests", to_author=asked).status == 409
    with make.session() as session:
        post = session.get(Post, reported.id)
        post.body, post.version = "Vi började i det allra minsta.", 2
    assert "Ändrat efter begäran" in client.get("/moderation/").text
    act(client, f"{case(reported)}/keepings", "Nu går personen inte att känna igen.")
    assert [one.act for one in measures(make)] == [Act.ASK, Act.KEEP]
    page = client.get("/moderation/").text
    assert "Ändrat efter begäran" not in page
    assert "Inget väntar." in page


@pytest.mark.any_database
def test_an_answer_waits_in_the_queue_until_it_is_looked_into(client, make, cast, reported):
    act(client, f"/posts/{reported.id}/hidings")
    (measure,) = measures(make)
    author = client.another().sign_in(cast.representative)
    here = f"/moderation/measures/{measure.id}"
    author.post(f"{here}/answers", {"body": "Det är redan känt, se vår webbplats."}, here)
    page = client.get("/moderation/")
    assert "Det är redan känt, se vår webbplats." in page.text
    assert "1 sak väntar." in page.text
    act(client, f"/posts/{reported.id}/unhidings", "Du har rätt, det är känt.")
    (answer,) = rows(make, Answer)
    assert answer.settled_by_id == measures(make)[-1].id
    assert "Inget väntar." in client.get("/moderation/").text


def test_an_answer_about_a_thread_is_looked_into_too(app, client, make, cast):
    thread = make.thread(cast.meeting, cast.theme, opened_by_id=cast.representative.id)
    measure = take(app, cast.coordinator, Act.LOCK, thread, cast.representative)
    client.sign_in(cast.representative)
    here = f"/moderation/measures/{measure}"
    client.post(f"{here}/answers", {"body": "Vi var inte klara."}, here)
    client.sign_in(cast.coordinator)
    assert f"/moderation/threads/{thread.id}" in client.get("/moderation/").links
    assert "Vi var inte klara." in client.get(f"/moderation/threads/{thread.id}").text
    assert act(client, f"/moderation/threads/{thread.id}/keepings").status == 200
    assert "Inget väntar." in client.get("/moderation/").text
    assert [one.act for one in measures(make)] == [Act.LOCK, Act.KEEP]
    assert act(client, f"/threads/{thread.id}/hidings").status == 404


def test_a_measure_needs_a_reason_and_something_to_be_done(client, make, cast, reported):
    for place in ("hidings", "unhidings"):
        page = client.post(f"/posts/{reported.id}/{place}", {"reason": " "})
        assert (page.status, "Skälet står i protokollet." in page.text) == (422, True)
    assert act(client, f"/posts/{reported.id}/hidings", "å" * 2001).status == 422
    for place in (f"{case(reported)}/keepings", f"/moderation/threads/{cast.thread.id}/dismissals"):
        assert act(client, place).status == 409
    assert (measures(make), kept(make, Post, reported.id).hidden_at) == ([], None)
    for who in (cast.representative, cast.steering, cast.convenor, cast.host, cast.guest, cast.former):
        client.sign_in(who)
        assert act(client, f"/posts/{reported.id}/hidings").status in (403, 404)
        assert act(client, f"{case(reported)}/dismissals").status in (403, 404)
    assert measures(make) == []


def test_what_is_refused_is_said_where_there_is_no_field_left(client, make, cast):
    client.sign_in(cast.coordinator)
    for place, data in (
        (f"/moderation/threads/{cast.thread.id}/keepings", {}),
        (f"/moderation/threads/{cast.thread.id}/requests", {"reason": REASON, "to_author": "å" * 2001}),
        ("/moderation/measures", {"act": "hide"}),
    ):
        assert client.post(place, data).status == 422
    page = act(client, f"/moderation/threads/{cast.thread.id}/keepings")
    assert (page.status, "Det var redan gjort" in page.text) == (409, True)


def test_what_is_withdrawn_keeps_its_words_to_itself(client, make, cast, reported):
    with make.session() as session:
        session.get(Post, reported.id).withdrawn_at = reported.posted_at
    for page in (client.get(case(reported)), client.get("/moderation/")):
        assert BODY not in page.html
        assert "Tillbakadraget av den som skrev det." in page.text
    assert act(client, f"/posts/{reported.id}/hidings").status == 409
    assert act(client, f"{case(reported)}/dismissals").status == 200


def test_the_letters_of_a_settled_report_leave_the_home_page(client, make, cast, reported):
    assert "Anmält: Prov på egen dator" in client.get("/").text
    act(client, f"{case(reported)}/dismissals")
    assert "Anmält: Prov på egen dator" not in client.get("/").text
    assert letters(make, "report:") == {}


@pytest.mark.any_database
@pytest.mark.parametrize("way", ["/posts/{}/hidings", "/moderation/posts/{}/dismissals"])
def test_two_coordinators_at_once_make_one_measure(client, make, cast, reported, way):
    other = make.member("Filippa Kansli")
    make.role(other, "coordinator")
    browsers = [client.another().sign_in(who) for who in (cast.coordinator, other) * 3]
    sent = [{"csrf_token": each.token(), "reason": REASON} for each in browsers]
    together = threading.Barrier(len(browsers))

    def press(browser, data):
        together.wait()
        return browser.raw.post(way.format(reported.id), data=data).status_code

    with ThreadPoolExecutor(len(browsers)) as pool:
        assert sorted(pool.map(press, browsers, sent)) == [303] + [409] * 5
    assert len(measures(make)) == 1
    assert reports(make)[0].settled_by_id == measures(make)[0].id
