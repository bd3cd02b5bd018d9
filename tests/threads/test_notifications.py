"""Who is told of a post, why, in which words, and that nobody else learns anything of it."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from kloss_intranet.auth.queries import actor
from kloss_intranet.core import clock
from kloss_intranet.core.policy import Permission, may
from kloss_intranet.mail import transport
from kloss_intranet.mail.models import Letter
from kloss_intranet.meetings.models import Admission, Phase
from kloss_intranet.members.models import Mandate, Member, Role
from kloss_intranet.threads import notifications, queries
from kloss_intranet.threads.models import Audience, Following, Level, Post, Unfolding
from tests import page

MARKER = "Zebrafinken sjöng i valvet."
EVERYBODY = (
    *("representative", "other_representative", "steering", "convenor", "coordinator"),
    *("host", "guest", "former"),
)


@pytest.fixture
def follow(make):
    def put(member, level="all", **subject):
        row = {f"{name}_id": thing.id for name, thing in subject.items()}
        row |= {"member_id": member.id, "level": Level(level), "changed_at": clock.now()}
        return make.add(Following(**row))

    return put


@pytest.fixture
def tell(app, make):
    """Publishes a post behind the pages' back, and tells of it as they do; gives its letters by reader."""

    def publish(thread, author, body=MARKER, parent=None, reached=(), **columns):
        post = make.post(thread, author, body, parent=parent, **columns)
        with app.test_request_context(), make.session() as session:
            whole = queries.thread(thread.id)
            kept = session.get(Post, post.id)
            notifications.tell_of_post(kept, whole, session.get(Post, parent.id) if parent else None, reached)
            session.commit()
        return {letter.member_id: letter for letter in letters(make) if letter.path == f"/posts/{post.id}"}

    return publish


def letters(make):
    with make.session() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def ids(cast, *names):
    return {getattr(cast, name).id for name in names}


@pytest.mark.any_database
def test_each_is_told_once_for_the_first_reason_that_fits(cast, follow, tell):
    post = cast.post
    follow(cast.representative, thread=cast.thread)
    follow(cast.steering, thread=cast.thread)
    follow(cast.convenor, meeting=cast.meeting)
    follow(cast.coordinator, theme=cast.theme)
    named = [cast.steering.id, cast.representative.id, cast.other_representative.id]
    told = tell(cast.thread, cast.other_representative, parent=post, reached=named)
    reasons = {
        cast.representative.id: "för att någon svarade på ditt inlägg",
        cast.steering.id: "för att inlägget nämner dig eller ditt lärosäte, eller citerar dig",
        cast.convenor.id: "för att du följer träffen Träff i Björkö",
        cast.coordinator.id: "för att du följer temat Digitala prov",
    }
    assert told.keys() == reasons.keys()
    for reader, reason in reasons.items():
        assert reason in told[reader].plain
        assert sum(other in told[reader].plain for other in reasons.values()) == 1
    alone = tell(cast.thread, cast.convenor)
    assert "för att du följer tråden." in alone[cast.steering.id].plain


def test_nothing_means_nothing(cast, follow, tell):
    follow(cast.representative, "none", theme=cast.theme)
    follow(cast.steering, "none", thread=cast.thread)
    follow(cast.steering, "all", meeting=cast.meeting)
    assert tell(cast.thread, cast.convenor, parent=cast.post, reached=[cast.steering.id]) == {}


def test_what_is_addressed_is_told_without_any_choice(cast, tell):
    told = tell(cast.thread, cast.steering, parent=cast.post, reached=[cast.convenor.id])
    assert told.keys() == ids(cast, "representative", "convenor")
    assert tell(cast.thread, cast.representative) == {}


@pytest.mark.any_database
def test_a_new_choice_has_effect_on_threads_that_were_there(client, cast, make):
    """From the page of the theme to the letter, and back."""
    reader, writer = client.sign_in(cast.other_representative), client.another().sign_in(cast.representative)
    thread, theme = f"/threads/{cast.thread.id}", f"/themes/{cast.theme.slug}"
    sent = {"aspect": "method", "factor": "helping", "body": MARKER}

    def letters_after_a_post():
        before = len(letters(make))
        writer.post(f"{thread}/posts", sent, form_on=thread)
        return len(letters(make)) - before

    assert letters_after_a_post() == 0
    reader.post(f"{theme}/followings", {"level": "all"}, form_on=theme)
    assert letters_after_a_post() == 1
    reader.post(f"{thread}/followings", {"level": "mentions"}, form_on=thread)
    assert letters_after_a_post() == 0
    reader.post(f"{thread}/followings", {"level": "default"}, form_on=thread)
    assert letters_after_a_post() == 1


@pytest.mark.any_database
@pytest.mark.parametrize("shared", [False, True], ids=["for the network", "shared with guests"])
@pytest.mark.parametrize("audience", list(Audience))
def test_letters_reach_those_who_may_read_and_nobody_else(
    app, client, cast, make, follow, tell, audience, shared
):
    thread = make.thread(cast.meeting, cast.theme, audience=audience, for_guests=shared)
    everybody = {name: getattr(cast, name) for name in EVERYBODY}
    make.add(Member(name="Ivar Borta", email="ivar@example.org", sort_key="i", created_at=clock.now()))
    closed = make.member("Jon Stängd", closed_at=clock.now())
    make.mandate(closed)
    for member in [*everybody.values(), closed]:
        follow(member, thread=thread)
    told = tell(thread, make.member("Kajsa Skrivare"), reached=[member.id for member in everybody.values()])
    readable = set()
    for name, member in everybody.items():
        browser = client.another().sign_in(member)
        with app.app_context(), browser.raw.session_transaction() as cookie:
            person = actor(cookie["_user_id"])
        if may(person, Permission.THREAD_READ, thread) and name != "former":
            readable.add(member.id)
            assert browser.get(f"/threads/{thread.id}").status == 200
    if audience is Audience.STEERING:
        readable -= ids(cast, "guest")
    assert told.keys() == readable


@pytest.mark.any_database
def test_a_steering_thread_leaves_no_trace_with_others(client, cast, make, follow, tell):
    for member in (cast.representative, cast.guest, cast.former, cast.host, cast.steering):
        for subject in ({"thread": cast.steering_thread}, {"meeting": cast.meeting}, {"theme": cast.theme}):
            follow(member, **subject)
    everybody = [getattr(cast, name).id for name in EVERYBODY]
    own = make.post(cast.steering_thread, cast.representative, "Från när jag satt i gruppen.")
    told = tell(cast.steering_thread, cast.convenor, parent=own, reached=everybody)
    assert told.keys() == ids(cast, "steering", "coordinator")
    hidden = (MARKER, cast.steering_thread.title)
    for name in ("representative", "guest", "former", "host"):
        browser = client.another().sign_in(getattr(cast, name))
        for path in ("/", "/notices", "/following", "/settings/"):
            shown = browser.get(path)
            assert shown.status == 200
            assert not any(words in shown.html for words in hidden), (name, path)
            assert "Till dig" not in shown.text
    inside = client.sign_in(cast.steering).get("/")
    assert cast.steering_thread.title in inside.text


def test_one_who_left_the_group_sees_no_more_of_it(app, client, cast, make, follow, tell, tmp_path):
    """Neither the line, nor the list, nor the letter that still waited."""
    follow(cast.steering, theme=cast.theme)
    assert tell(cast.steering_thread, cast.convenor).keys() == ids(cast, "steering")
    assert tell(cast.thread, cast.convenor).keys() == ids(cast, "steering")
    client.sign_in(cast.steering)
    assert cast.steering_thread.title in client.get("/").html
    yesterday = clock.today() - timedelta(days=1)
    with make.session() as session:
        session.scalars(select(Role).where(Role.member_id == cast.steering.id)).one().ends_on = yesterday
    for path in ("/", "/notices"):
        shown = client.get(path)
        assert cast.steering_thread.title not in shown.html
        assert cast.thread.title in shown.text
    with app.app_context():
        assert transport.deliver(app.config["SETTINGS"], clock.now()) == 1
    (sent,) = (tmp_path / "mail").iterdir()
    assert cast.thread.title in message_from_bytes(sent.read_bytes(), policy=policy.default)["Subject"]


@pytest.mark.any_database
@pytest.mark.parametrize("ending", ["mandate", "account"])
def test_a_letter_that_waited_does_not_go_to_one_who_has_left(app, cast, make, follow, tell, ending):
    follow(cast.representative, thread=cast.thread)
    follow(cast.other_representative, thread=cast.thread)
    tell(cast.thread, cast.steering)
    with make.session() as session:
        if ending == "mandate":
            session.get(Mandate, cast.mandate.id).ends_on = clock.today() - timedelta(days=1)
        else:
            session.get(Member, cast.representative.id).closed_at = clock.now()
    with app.app_context():
        assert transport.deliver(app.config["SETTINGS"], clock.now()) == 1
    (left,) = letters(make)
    assert left.member_id == cast.other_representative.id
    assert left.sent_at is not None


def test_a_guest_is_told_of_what_is_shared_while_the_admission_lasts(app, client, cast, make, follow, tell):
    shared = make.thread(cast.meeting, cast.theme, title="Delad med gäster", for_guests=True)
    follow(cast.guest, meeting=cast.meeting)
    assert tell(cast.thread, cast.steering) == {}
    assert tell(shared, cast.steering).keys() == ids(cast, "guest")
    client.sign_in(cast.guest)
    assert shared.title in client.get("/").text
    assert cast.thread.title not in client.get("/").html
    with make.session() as session:
        admission = session.scalars(select(Admission).where(Admission.member_id == cast.guest.id)).one()
        admission.ends_on = clock.today() - timedelta(days=1)
    for path in ("/", "/notices", "/following"):
        assert shared.title not in client.get(path).html
    assert tell(shared, cast.steering) == {}
    with app.app_context():
        assert transport.deliver(app.config["SETTINGS"], clock.now()) == 0
    assert letters(make) == []


def test_a_letter_that_waited_does_not_go_when_its_post_is_withdrawn(app, cast, make, follow, tell):
    follow(cast.representative, thread=cast.thread)
    gone = tell(cast.thread, cast.steering)[cast.representative.id]
    stays = tell(cast.thread, cast.steering, "Detta står kvar.")[cast.representative.id]
    with make.session() as session:
        session.get(Post, int(gone.path.rsplit("/", 1)[1])).withdrawn_at = clock.now()
    with app.app_context():
        assert transport.deliver(app.config["SETTINGS"], clock.now()) == 1
    assert [letter.id for letter in letters(make)] == [stays.id]


@pytest.mark.parametrize("name", ["representative", "other_representative"])
def test_the_letter_says_what_where_and_why_in_the_readers_language(cast, follow, tell, name):
    reader = getattr(cast, name)
    follow(reader, theme=cast.theme)
    body = "Vi prövade «salar».\n\n- ett & annat\n- två <b>\n\nSe https://example.org/a."
    letter = tell(cast.thread, cast.steering, body, context="Få lärare", mandate=None)[reader.id]
    assert letter.subject.count(cast.thread.title) == letter.subject.count(cast.meeting.title) == 1
    for part in (cast.steering.name, "Vi prövade «salar».", "Få lärare", cast.thread.title, letter.path):
        assert part in letter.plain
    links = re.findall(r"https?://\S+/(?:following|threads/\d+#following)\b", letter.plain)
    assert [link.rsplit("/", 1)[1] for link in links] == [f"{cast.thread.id}#following", "following"]
    assert "<b>" not in letter.html
    assert words(page.read(letter.html).all("body")[0].text) == words(letter.plain)
    english = name == "other_representative"
    assert f'<html lang="{"en" if english else "sv"}">' in letter.html
    assert ("Digitala prov (en)" in letter.plain) == english
    assert letter.conversation == f"thread-{cast.thread.id}"


def words(text):
    return re.findall(r"[^\W_]+", text)


def test_own_links_of_a_post_lead_to_the_site_from_a_letter(app, cast, follow, tell):
    follow(cast.representative, thread=cast.thread)
    letter = tell(cast.thread, cast.steering, f"Jämför /posts/{cast.post.id} hos oss.")[
        cast.representative.id
    ]
    base = app.config["SETTINGS"].base_url
    assert f'href="{base}/posts/{cast.post.id}"' in letter.html
    assert f"{base}/posts/{cast.post.id}" in letter.plain
    assert 'href="/' not in letter.html


def test_a_title_of_several_lines_makes_a_letter_that_can_be_sent(app, cast, make, follow, tell):
    thread = make.thread(cast.meeting, cast.theme, title="Ett\nBcc: någon@example.org")
    follow(cast.representative, thread=thread)
    assert "\n" not in tell(thread, cast.steering)[cast.representative.id].subject
    with app.app_context():
        assert transport.deliver(app.config["SETTINGS"], clock.now()) == 1


@pytest.mark.any_database
def test_where_one_writes_first_the_letter_waits_with_the_text(cast, make, follow, tell):
    thread = make.thread(cast.meeting, cast.theme, write_first=True)
    wrote, chose, neither, before = (
        *(cast.representative, cast.convenor, cast.other_representative),
        cast.coordinator,
    )
    for member in (wrote, chose, neither, before):
        follow(member, thread=thread)
    make.post(thread, wrote, "Mitt eget.")
    make.post(thread, before, "Efteråt.", posted_at=cast.meeting.ends_at + timedelta(days=1))
    make.add(Unfolding(member_id=chose.id, thread_id=thread.id, phase=Phase.BEFORE))
    make.add(Unfolding(member_id=neither.id, thread_id=thread.id, phase=Phase.AFTER))
    told = tell(thread, cast.steering, context="Okänt för andra")
    with_text = {
        reader for reader, letter in told.items() if MARKER in letter.plain and MARKER in letter.html
    }
    assert with_text == {wrote.id, chose.id}
    for reader in (neither, before):
        letter = told[reader.id]
        assert not any(hint in letter.plain + letter.html for hint in (MARKER, "Okänt för andra"))
        assert words(page.read(letter.html).all("body")[0].text) == words(letter.plain)
    assert "skriver var och en själv innan de läser" in told[before.id].plain


@pytest.mark.any_database
@pytest.mark.parametrize("write_first", [False, True])
def test_telling_forty_costs_what_telling_four_costs(
    app, cast, make, follow, statements, monkeypatch, write_first
):
    few, many = (make.thread(cast.meeting, cast.theme, write_first=write_first) for _ in range(2))
    for number in range(40):
        member = make.member(language="sv" if number % 2 else "en")
        make.mandate(member)
        follow(member, thread=many)
        if number < 4:
            follow(member, thread=few)
    drawn = []
    real = notifications.render_template
    monkeypatch.setattr(
        notifications, "render_template", lambda name, **said: drawn.append(name) or real(name, **said)
    )
    spent = []
    for thread, number in ((few, 4), (many, 40)):
        post = make.post(thread, cast.steering, MARKER)
        with app.test_request_context(), make.session() as session:
            whole, kept = queries.thread(thread.id), session.get(Post, post.id)
            drawn.clear()
            with statements() as sent:
                notifications.tell_of_post(kept, whole, None)
            session.commit()
        spent.append(len(sent))
        assert len([letter for letter in letters(make) if letter.path == f"/posts/{post.id}"]) == number
        assert len(drawn) == 4  # text and HTML in two languages
    assert spent[0] == spent[1] <= (4 if write_first else 3)
