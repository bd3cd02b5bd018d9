"""What was told is a line on the reader's home page until it is seen, and a row on a page of its own."""

import pytest
from sqlalchemy import select

from kloss_intranet.core import clock
from kloss_intranet.mail import services as mail
from kloss_intranet.mail.models import Letter
from kloss_intranet.mail.services import Draft, enqueue, enqueue_all
from kloss_intranet.threads.models import Following, Level, Post

EXPERIENCE = {"aspect": "method", "factor": "helping", "body": "Vi prövade samtal."}


@pytest.fixture
def reader(client, cast, make):
    """Follows the thread, and has read it."""
    make.add(
        Following(
            member_id=cast.representative.id,
            thread_id=cast.thread.id,
            level=Level.ALL,
            changed_at=clock.now(),
        )
    )
    client.sign_in(cast.representative)
    return client


@pytest.fixture
def write(client, cast, make):
    """Somebody else publishes in the thread, by the page; gives the post."""
    writer = client.another().sign_in(cast.other_representative)

    def publish(thread=None, **fields):
        thread = thread or cast.thread
        page = f"/threads/{thread.id}" + (f"?reply_to={fields['reply_to']}" if "reply_to" in fields else "")
        writer.post(f"/threads/{thread.id}/posts", EXPERIENCE | fields, form_on=page)
        with make.session() as session:
            return session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()

    return publish


def told(page):
    """The rows under «Till dig»: (address, words)."""
    part = [each for each in page.root.all("section") if each.attrs.get("aria-labelledby") == "told"]
    return [(row.all("a")[0].attrs["href"], row.text) for row in part[0].all("li")] if part else []


def unseen(make):
    with make.session() as session:
        return session.scalars(select(Letter.path).where(Letter.seen_at.is_(None)).order_by(Letter.id)).all()


@pytest.mark.any_database
def test_posts_of_one_thread_make_one_line(reader, write, cast):
    assert told(reader.get("/")) == []
    first = write()
    (line,) = told(reader.get("/"))
    assert line == (f"/posts/{first.id}", f"{cast.thread.title} Nytt inlägg av Birger Åsling")
    write(body="Ett till.")
    answer = write(body="Ett svar.", reply_to=cast.post.id)
    (line,) = told(reader.get("/"))
    assert line == (f"/posts/{first.id}", f"{cast.thread.title} 3 nya inlägg, 1 svarar dig")
    assert answer.parent_id == cast.post.id


def test_an_answer_alone_says_that_it_answers(reader, write, cast):
    write(body="Ett svar.", reply_to=cast.post.id)
    ((_address, words),) = told(reader.get("/"))
    assert words == f"{cast.thread.title} Birger Åsling har svarat dig"


def test_threads_have_lines_of_their_own_the_latest_first(reader, write, cast, make):
    other = make.thread(cast.meeting, cast.theme, title="En annan tråd")
    reader.post(f"/threads/{other.id}/followings", {"level": "all"})
    write()
    write(other)
    assert [words.split(" Nytt")[0] for _, words in told(reader.get("/"))] == [other.title, cast.thread.title]


def test_what_a_line_says_is_not_said_again_as_new(reader, write, cast, make):
    write()
    assert reader.get("/").text.count(cast.thread.title) == 1
    make.post(cast.thread, cast.steering, "Detta följde inget brev med.")
    assert reader.get("/").text.count(cast.thread.title) == 2


@pytest.mark.any_database
def test_reading_takes_away_what_was_read_and_no_more(reader, write, cast, make):
    posts = [write(body=f"Inlägg {number}.") for number in range(3)]
    page = f"/threads/{cast.thread.id}"
    reader.get(page)
    reader.get(f"/posts/{posts[0].id}")
    assert len(unseen(make)) == 3
    filled = reader.get(page).form(f"{page}/readings")
    reader.post(f"{page}/readings", filled | {"seq": posts[1].seq, "csrf_token": reader.token()})
    assert unseen(make) == [f"/posts/{posts[2].id}"]
    assert "Nytt inlägg av" in told(reader.get("/"))[0][1]
    reader.post(f"{page}/readings", {}, form_on=page)
    assert unseen(make) == []
    assert told(reader.get("/")) == []


@pytest.mark.any_database
def test_all_can_be_marked_as_seen(reader, write, cast, make, client):
    write()
    other = client.another().sign_in(cast.steering)
    with make.session():
        enqueue("own", cast.steering, subject="Ditt", plain="Ditt", html="<p>Ditt</p>", path="/themes/")
    assert reader.post("/notices/seen", form_on="/").path == "/"
    assert told(reader.get("/")) == []
    assert unseen(make) == ["/themes/"]
    assert told(other.get("/")) == [("/themes/", "Ditt")]
    assert reader.another().post("/notices/seen").status == 401


def test_a_withdrawn_post_is_no_line(reader, write, make):
    post = write()
    with make.session() as session:
        session.get(Post, post.id).withdrawn_at = clock.now()
    assert told(reader.get("/")) == []


def test_letters_without_a_page_are_no_lines(reader, cast, make):
    with make.session():
        enqueue("recovery:1", cast.representative, subject="Nytt lösenord", plain="x", html="<p>x</p>")
    assert told(reader.get("/")) == []
    assert "Nytt lösenord" not in reader.get("/notices").html
    mail_of_the_door = reader.another().post(
        "/auth/recover", {"email": cast.steering.email}, form_on="/auth/recover"
    )
    assert mail_of_the_door.status == 200
    with make.session() as session:
        assert set(session.scalars(select(Letter.path))) == {None}


def test_the_page_of_notices(reader, write, cast, make):
    assert "Här finns inget än." in reader.get("/notices").text
    post = write()
    page = reader.get("/notices")
    assert f"/posts/{post.id}" in page.links
    assert "Nytt ·" in page.text
    reader.post("/notices/seen", form_on="/notices")
    page = reader.get("/notices")
    assert f"/posts/{post.id}" in page.links
    assert "Nytt ·" not in page.text
    with pytest.raises(KeyError):
        page.form("/notices/seen")
    with make.session():
        enqueue_all([draft(cast.representative, number, path="/themes/") for number in range(120)])
    rows = [
        part for part in reader.get("/notices").root.all("ul") if "notices" in part.attrs.get("class", "")
    ]
    assert len(rows[0].all("li")) == 100
    assert reader.get("/").text.count("Brev 1") <= 20


def draft(member, number, **more):
    return Draft(f"bulk:{number}", member, f"Brev {number}", "Hej", "<p>Hej</p>", **more)


@pytest.mark.any_database
def test_many_letters_take_two_statements_and_none_comes_twice(app, cast, make, statements):
    drafts = [draft(cast.representative, number) for number in range(60)]
    spent = []
    for some in (drafts[:5], drafts):
        with make.session() as session, statements() as sent:
            enqueue_all(some)
            session.commit()
        spent.append(len([each for each in sent if "letters" in each]))
    assert spent == [2, 2]
    with make.session() as session:
        enqueue_all(drafts)
        enqueue_all([])
        assert len(session.scalars(select(Letter)).all()) == 60


@pytest.mark.any_database
def test_the_home_page_asks_once_however_much_is_new(reader, write, cast, make, statements):
    costs = []
    for _ in range(3):
        write()
        reader.get("/")
        with statements() as sent:
            reader.get("/")
        costs.append(sum("letters" in each for each in sent))
    assert costs == [1, 1, 1]


def test_marking_is_one_members_own(cast, make):
    with make.session():
        for member in (cast.representative, cast.steering):
            enqueue(f"x:{member.id}", member, subject="x", plain="x", html="<p>x</p>", path="/themes/")
    with make.session():
        mail.seen(cast.steering.id)
    with make.session() as session:
        (left,) = session.scalars(select(Letter).where(Letter.seen_at.is_(None))).all()
    assert left.member_id == cast.representative.id
