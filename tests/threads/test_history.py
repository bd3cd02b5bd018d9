"""What a post said before can be read, with all that differs."""

from sqlalchemy import func, select

from kloss_intranet.threads.models import Revision, Thread
from tests.threads.wordings import NEW, OLD, change, stored


def test_looks_change_too(client, cast, make):
    client.sign_in(cast.representative)
    marked = "<p>Vi började i det <strong>lilla</strong>.</p>"
    change(client, cast.post, body=marked, format="html")
    assert stored(make, cast.post).body_html == marked
    assert "formatering ändrades" in client.get(f"/posts/{cast.post.id}/revisions").text
    page = client.get(f"/posts/{cast.post.id}/edit")
    assert OLD in page.root.all("textarea")[0].text
    assert [part.text for part in page.root.all("template") if "data-html" in part.attrs] == [marked]
    assert "noscript" in {element.tag for element in page.root.all()}
    assert "Inget var ändrat." in change(client, cast.post).html
    assert stored(make, cast.post).body_html == marked


def test_a_link_with_its_title_is_no_change(client, cast, make):
    client.sign_in(cast.representative)
    change(client, cast.post, body=f"Se /threads/{cast.old_thread.id} för mer.")
    after = stored(make, cast.post)
    assert cast.old_thread.title in after.body_html
    for same in ({}, {"body": after.body_html, "format": "html"}):
        assert "Inget var ändrat." in change(client, cast.post, **same).html
    longer = after.body_html.replace("mer.", "mycket mer.")
    change(client, cast.post, body=longer, format="html")
    history = client.get(f"/posts/{cast.post.id}/revisions")
    assert next(part.text for part in history.root.all("ins")) == "[tillagt: mycket ]"


def test_a_folded_post_has_no_history_to_read(client, cast, make):
    client.sign_in(cast.representative)
    change(client, cast.post, body=NEW)
    with make.session() as session:
        session.get(Thread, cast.thread.id).write_first = True
    reader = client.another().sign_in(cast.steering)
    page = reader.get(f"/posts/{cast.post.id}/revisions")
    assert page.path == f"/threads/{cast.thread.id}"
    assert OLD not in page.html
    assert NEW not in page.html


def test_a_long_history_is_read_a_page_at_a_time(client, cast, make):
    client.sign_in(cast.representative)
    for number in range(1, 13):
        change(client, cast.post, body=f"Lydelse med ordet nummer{number}.")
    path = f"/posts/{cast.post.id}/revisions"
    first = client.get(path)
    (older,) = {link for link in first.links if "below=" in link}
    second = client.get(older)
    numbers = [heading.attrs["id"] for page in (first, second) for heading in page.root.all("h2")]
    assert numbers == [f"w{number}" for number in range(13, 0, -1)]
    assert OLD in second.text
    assert not {link for link in second.links if "below=" in link}


def test_the_history_costs_the_same_however_long(client, cast, make, statements):
    client.sign_in(cast.representative)
    path = f"/posts/{cast.post.id}/revisions"
    change(client, cast.post, body=NEW)
    client.get(path)
    with statements() as few:
        client.get(path)
    for number in range(5):
        change(client, cast.post, body=f"{NEW} {number}")
    with statements() as many:
        client.get(path)
    assert len(many) == len(few)
    with make.session() as session:
        assert session.scalar(select(func.count()).select_from(Revision)) == 6
