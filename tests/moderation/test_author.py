"""The author meets what was done, why and in which role, and answers; the reporter is thanked."""

from datetime import date

import pytest
from sqlalchemy import select, update

from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import drop_stopped
from kloss_intranet.members.models import Member, Role
from kloss_intranet.moderation.models import Answer, Report
from kloss_intranet.threads.models import Post
from tests.moderation.measures import REASON, letters, reply, report, take, way

OWN = "/moderation/own"


def hide(make, post):
    with make.session() as session:
        session.execute(update(Post).where(Post.id == post.id).values(hidden_at=clock.now()))


@pytest.mark.any_database
def test_the_author_is_told_and_answers_and_the_answer_waits_until_it_is_settled(app, client, make, cast):
    report(make, cast.other_representative, cast.post)
    hide(make, cast.post)
    number = take(app, cast.coordinator, "hide", cast.post, cast.representative)

    (letter,) = letters(make, cast.representative, way(number))
    assert letter.subject == f"Om ditt inlägg: {cast.thread.title}"
    assert REASON in letter.plain
    assert REASON in letter.html
    assert "i rollen som koordinator" in letter.plain
    assert cast.other_representative.name not in letter.plain + letter.html
    assert cast.post.body not in letter.plain + letter.html
    assert cast.coordinator.name not in letter.plain

    author = client.sign_in(cast.representative)
    assert way(number) in author.get("/").links
    page = author.get(way(number))
    assert REASON in page.text
    assert cast.post.body in page.text
    assert cast.other_representative.name not in page.text
    page = reply(author, number)
    assert page.path == way(number)
    assert "Svaret väntar på en koordinator." in page.text
    assert way(number) not in {line.path for line in letters(make, cast.representative) if not line.seen_at}
    (told,) = letters(make, cast.coordinator, f"/moderation/posts/{cast.post.id}")[-1:]
    assert told.subject == "Ett svar väntar i modereringen"
    assert "sagt ja" not in told.plain

    # The same words again change nothing; others are refused.
    assert (
        author.post(f"{way(number)}/answers", {"body": "Hon har själv sagt ja till att vara med."}).status
        == 200
    )
    page = author.post(f"{way(number)}/answers", {"body": "Något annat."})
    assert (page.status, "Du har redan svarat" in page.text) == (409, True)
    with make.session() as session:
        assert session.scalars(select(Answer.body)).all() == ["Hon har själv sagt ja till att vara med."]

    later = take(app, cast.coordinator, "restore", cast.post, cast.representative, "Hon har sagt ja.")
    assert "Koordinatorn har läst ditt svar." in letters(make, cast.representative, way(later))[0].plain
    assert "Läst och prövat: Visat igen" in author.get(way(number)).text
    unseen = {line.path for line in letters(make, cast.representative) if not line.seen_at}
    assert unseen == {way(later)}
    with make.session() as session:
        # Nobody had begun to send the letter about the answer.
        assert session.scalar(select(Letter.id).where(Letter.key.startswith("moderation-answer:"))) is None


@pytest.mark.any_database
def test_a_measure_is_read_by_its_author_the_steering_group_and_coordinators(app, client, make, cast):
    number = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    for member in (cast.other_representative, cast.host, cast.guest, cast.former):
        assert client.sign_in(member).get(way(number)).status == 404
        assert client.post(f"{way(number)}/answers", {"body": "Jag."}).status == 404
    for member in (cast.steering, cast.convenor, cast.coordinator):
        page = client.sign_in(member).get(way(number))
        assert REASON in page.text
        assert cast.coordinator.name in page.text
        assert cast.representative.name in page.text
        assert cast.post.body not in page.text
        assert client.post(f"{way(number)}/answers", {"body": "Jag."}).status == 403
    assert f"/moderation/posts/{cast.post.id}" in page.links
    with make.session() as session:
        assert session.scalars(select(Answer)).all() == []
    page = client.sign_in(cast.representative).post(f"{way(number)}/answers", {"body": " "}, way(number))
    assert (page.status, "Skriv ditt svar." in page.text) == (422, True)
    page = reply(client, number, "x" * 4001)
    assert (page.status, "högst 4000 tecken" in page.text) == (422, True)
    assert reply(client, number, "x" * 4000).status == 200


@pytest.mark.parametrize(
    ("act", "kind"),
    [("ask", "post"), ("hide", "attachment"), ("ask", "member"), ("lock", "thread"), ("keep", "post")],
)
def test_each_thing_is_named_in_the_letter_and_on_the_page(app, client, make, cast, act, kind):
    thing = {"post": cast.post, "attachment": cast.attachment, "member": cast.representative}.get(
        kind, cast.thread
    )
    asked = "Ta bort namnet på skolan." if act == "ask" else None
    number = take(app, cast.coordinator, act, thing, cast.representative, to_author=asked)
    (letter,) = letters(make, cast.representative, way(number))
    name = {"member": "din presentation"}.get(kind, f"«{cast.thread.title}»")
    page = client.sign_in(cast.representative).get(way(number))
    for said in (letter.plain, letter.html, page.text):
        assert name in said
        assert asked is None or asked in said
    assert ("anteckningar.txt" in page.text) == (kind == "attachment")
    assert (f"/posts/{cast.post.id}/edit" in page.links) == ((act, kind) == ("ask", "post"))
    row = client.get(OWN)
    assert way(number) in row.links
    assert name in row.text


def test_the_letter_speaks_the_language_of_the_author(app, make, cast):
    post = make.post(cast.thread, cast.other_representative, "Vi också.", mandate=cast.other_mandate)
    number = take(app, cast.coordinator, "hide", post, cast.other_representative)
    (letter,) = letters(make, cast.other_representative, way(number))
    assert letter.language == "en"
    assert 'lang="en"' in letter.html


def test_nobody_is_told_of_the_quiet_acts_or_of_their_own_or_behind_a_closed_account(app, make, cast):
    for act in ("pin", "unpin", "mark", "unmark", "dismiss"):
        take(app, cast.coordinator, act, cast.post, cast.representative)
    assert letters(make, cast.representative) == []
    take(app, cast.coordinator, "hide", cast.steering_post, cast.coordinator)
    assert letters(make, cast.coordinator) == []
    take(app, cast.coordinator, "lock", cast.thread)
    with make.session() as session:
        session.get(Member, cast.representative.id).closed_at = clock.now()
    take(app, cast.coordinator, "hide", cast.post, cast.representative)
    assert letters(make, cast.representative) == []


def test_an_author_who_has_left_is_not_told_the_title_of_the_thread(app, client, make, cast):
    with make.session() as session:
        role = session.scalar(select(Role).where(Role.member_id == cast.steering.id))
        role.ends_on = date(2024, 1, 1)
    number = take(app, cast.coordinator, "hide", cast.steering_post, cast.steering)
    (letter,) = letters(make, cast.steering, way(number))
    page = client.sign_in(cast.steering).get(way(number))
    own = client.get(OWN)
    for said in (letter.subject, letter.plain, letter.html, page.html, own.html):
        assert cast.steering_thread.title not in said
    assert "Koordinatorn har dolt ditt inlägg." in letter.plain
    assert "Koordinatorn har dolt ditt inlägg." in page.text
    assert reply(client, number).status == 200


@pytest.mark.any_database
def test_those_who_reported_are_thanked_once_and_learn_nothing_of_the_author(app, client, make, cast):
    for member in (cast.other_representative, cast.steering, cast.coordinator):
        report(make, member, cast.post)
    take(app, cast.coordinator, "hide", cast.post, cast.representative)
    for member in (cast.other_representative, cast.steering):
        (letter,) = letters(make, member, OWN)
        assert REASON not in letter.plain
        assert cast.representative.name not in letter.plain
    assert letters(make, cast.coordinator, OWN) == []
    take(app, cast.coordinator, "restore", cast.post, cast.representative)
    assert len(letters(make, cast.steering, OWN)) == 1
    page = client.sign_in(cast.steering).get(OWN)
    assert "En koordinator gick igenom det" in page.text
    assert REASON not in page.text
    report(make, cast.steering, cast.old_post)
    assert "Väntar på en koordinator." in client.get(OWN).text


def test_own_matters_show_only_what_is_the_readers_and_are_linked_when_there_are_any(app, client, make, cast):
    author = client.sign_in(cast.representative)
    assert OWN not in author.get("/settings/").links | author.get("/").links
    assert "Inget av ditt har modererats." in author.get(OWN).text
    number = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    assert OWN in author.get("/settings/").links & author.get("/").links
    assert way(number) in author.get(OWN).links
    other = client.another().sign_in(cast.other_representative)
    assert way(number) not in other.get(OWN).links
    assert OWN not in other.get("/settings/").links | other.get("/").links
    report(make, cast.other_representative, cast.post)
    assert OWN in other.get("/settings/").links
    for member in (cast.guest, cast.former, cast.host):
        assert client.another().sign_in(member).get(OWN).status == 200
    with make.session() as session:
        assert session.scalar(select(Report.settled_by_id)) is None


def test_a_letter_about_an_answer_does_not_go_to_one_who_moderates_no_more(app, client, make, cast):
    number = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    reply(client.sign_in(cast.representative), number)
    letter = letters(make, cast.coordinator)[-1]
    with app.app_context():
        assert drop_stopped([letter.id]) == set()
    with make.session() as session:
        session.scalar(select(Role).where(Role.member_id == cast.coordinator.id)).ends_on = date(2024, 1, 1)
    with app.app_context():
        assert drop_stopped([letter.id]) == {letter.id}


def test_own_matters_take_as_few_statements_for_many_as_for_one(app, client, make, cast, statements):
    author, spent = client.sign_in(cast.representative), []
    for number in (1, 8):
        for _ in range(number):
            post = make.post(cast.thread, cast.representative, mandate=cast.mandate)
            report(make, cast.representative, post)
            take(app, cast.coordinator, "hide", post, cast.representative)
        with statements() as sent:
            author.get(OWN)
        spent.append(len(sent))
    assert spent[0] == spent[1]


@pytest.mark.any_database
@pytest.mark.parametrize(
    "value", ["å" * 100_000, "", "\0", "9" * 40, "-1", "\u202e", "<script>alert(1)</script>"]
)
def test_bad_values_give_a_page_and_do_no_harm(app, client, make, cast, value):
    number = take(app, cast.coordinator, "hide", cast.post, cast.representative)
    page = client.sign_in(cast.representative).post(f"{way(number)}/answers", {"body": value})
    assert page.status in (200, 422)
    assert "<script>alert" not in page.html
    client.sign_in(cast.steering)
    for name in ("act", "thing", "period", "before"):
        assert client.get("/moderation/record", query_string={name: value[:2000]}).status == 200
