"""Files beside posts: sent by script or form, fetched by readers, replaced and withdrawn by their owner."""

import io
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core.db import db
from kloss_intranet.core.words import Refusal
from kloss_intranet.files.models import StoredFile
from kloss_intranet.files.services import keeping
from kloss_intranet.members.models import Member
from kloss_intranet.threads.models import Attachment, AttachmentVersion, Post, Thread
from kloss_intranet.threads.queries.attachments import attachments_of, pending
from kloss_intranet.threads.services import attaching
from tests import page, samples

KEY = "ett-formulär"
EXPERIENCE = {"aspect": "method", "factor": "helping", "body": "Vi bifogar vad vi skrev."}


def given(content, name):
    return io.BytesIO(content), name


def send(client, thread, content=samples.PDF, name="plan.pdf", key=KEY, **data):
    """What the composer's script sends for one file."""
    data = {"csrf_token": client.token(), "submission": key, "file": given(content, name)} | data
    return client.raw.post(f"/threads/{thread.id}/attachments", data=data)


def fetched(client, path):
    return client.get(path).response.data


def names(response):
    """The names of the files in the list that came back."""
    root = page.read(response.get_data(as_text=True))
    return [item.attrs["data-file"] for item in root.all("li")]


def number_of(make, table):
    with make.session() as session:
        return session.scalar(select(func.count()).select_from(table))


def newest_post(make):
    with make.session() as session:
        return session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()


def bound(make, post):
    with make.session():
        return attachments_of([post.id]).get(post.id, ())


@pytest.mark.any_database
def test_files_sent_by_the_script_follow_the_post(client, cast, make):
    client.sign_in(cast.representative)
    page_of = f"/threads/{cast.thread.id}"
    filled = client.get(page_of).form(f"{page_of}/posts")
    key = filled["submission"]
    assert names(send(client, cast.thread, key=key)) == ["plan.pdf"]
    answer = send(client, cast.thread, samples.photo(), "/bilder/sal.jpg", key=key)
    assert (answer.status_code, names(answer)) == (200, ["plan.pdf", "sal.jpg"])
    assert names(send(client, cast.thread, key=key)) == ["plan.pdf", "sal.jpg"]
    with make.session():
        picture = pending(cast.representative.id, key)[1]
    published = client.post(f"{page_of}/posts", filled | EXPERIENCE | {f"alt-{picture.id}": "Salen  tom"})
    assert published.status == 200
    rows = bound(make, newest_post(make))
    assert [(row.name, row.media_type, row.alt) for row in rows] == [
        ("plan.pdf", "application/pdf", None),
        ("sal.jpg", "image/jpeg", "Salen tom"),
    ]
    for said in ("plan.pdf", "PDF", "sal.jpg", "bild (JPEG)", "Salen tom"):
        assert said in published.text
    with make.session() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
        assert acts.count("attachment.add") == 2
        assert pending(cast.representative.id, key) == ()
    send(client, cast.thread, key=key)
    client.post(f"{page_of}/posts", filled | EXPERIENCE)
    assert bound(make, newest_post(make)) == rows


@pytest.mark.any_database
def test_files_sent_with_the_text_survive_its_errors(client, cast, make):
    client.sign_in(cast.representative)
    place = f"/threads/{cast.thread.id}"
    posts = number_of(make, Post)
    chosen = [given(samples.TEXT, "a.txt"), given(samples.PDF, "b.pdf"), given(samples.HTML, "c.html")]
    back = client.post(f"{place}/posts", {"body": "Kvar", "files": chosen}, form_on=place)
    assert back.status == 422
    assert "c.html innehåller HTML" in back.text
    filled = back.form(f"{place}/posts")
    first, second = [entry for entry in back.root.all("input") if entry.attrs.get("name") == "drop"]
    assert number_of(make, Post) == posts
    published = client.post(f"{place}/posts", filled | EXPERIENCE | {"drop": first.attrs["value"]})
    assert published.status == 200
    assert [row.name for row in bound(make, newest_post(make))] == ["b.pdf"]
    assert second.attrs["value"] != first.attrs["value"]


def test_a_picture_sent_with_the_text_is_asked_about_once(client, cast, make):
    client.sign_in(cast.representative)
    place = f"/threads/{cast.thread.id}"
    sent = EXPERIENCE | {"files": [given(samples.picture(), "sal.png")]}
    back = client.post(f"{place}/posts", sent, form_on=place)
    assert back.status == 422
    assert "Beskriv dem" in back.text
    (alt,) = [
        entry.attrs["name"]
        for entry in back.root.all("input")
        if entry.attrs.get("name", "").startswith("alt-")
    ]
    filled = back.form(f"{place}/posts") | EXPERIENCE
    assert client.post(f"{place}/posts", filled | {alt: "x" * 301}).status == 422
    client.post(f"{place}/posts", filled | {alt: "En sal"})
    assert [row.alt for row in bound(make, newest_post(make))] == ["En sal"]


def test_a_preview_keeps_the_files(client, cast, make):
    client.sign_in(cast.representative)
    place = f"/threads/{cast.thread.id}"
    sent = EXPERIENCE | {"preview": "1", "files": [given(samples.TEXT, "a.txt")]}
    shown = client.post(f"{place}/posts", sent, form_on=place)
    assert "Inget är publicerat än" in shown.text
    client.post(f"{place}/posts", shown.form(f"{place}/posts") | EXPERIENCE)
    assert [row.name for row in bound(make, newest_post(make))] == ["a.txt"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (samples.SVG, "a.svg", "SVG"),
        (samples.HTML, "a.txt", "HTML"),
        (samples.EXE, "a.pdf", "EXE"),
        (samples.bomb(), "a.png", "bildpunkter"),
        (b"", "a.txt", "tom"),
        (samples.PDF, "/", "saknar namn"),
    ],
)
def test_what_is_refused_is_said_in_the_list_and_leaves_nothing(client, cast, make, content, name, said):
    client.sign_in(cast.representative)
    before = [number_of(make, table) for table in (Attachment, AttachmentVersion, StoredFile)]
    answer = send(client, cast.thread, content, name)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert [number_of(make, table) for table in (Attachment, AttachmentVersion, StoredFile)] == before


def test_a_name_with_path_parts_leads_nowhere(client, cast, make):
    client.sign_in(cast.representative)
    folder = client.app.config["SETTINGS"].files
    assert names(send(client, cast.thread, name="../../../kloss.pdf")) == ["kloss.pdf"]
    laid = [path for path in folder.parent.rglob("*") if "kloss.pdf" in path.name]
    assert laid == []


@pytest.mark.any_database
def test_a_post_has_ten_files_and_no_more(client, cast, make):
    client.sign_in(cast.representative)
    for number in range(attaching.MOST_FILES):
        assert (
            send(client, cast.thread, samples.TEXT + bytes([65 + number]), f"{number}.txt").status_code == 200
        )
    full = send(client, cast.thread, samples.TEXT, "11.txt")
    assert full.status_code == 422
    assert "högst 10 filer" in full.get_data(as_text=True)
    assert len(names(full)) == attaching.MOST_FILES


def test_what_waits_is_nobody_elses(client, cast, make):
    client.sign_in(cast.representative)
    send(client, cast.thread)
    with make.session():
        (row,) = pending(cast.representative.id, KEY)
        assert pending(cast.coordinator.id, KEY) == ()
    assert client.get(f"/attachments/{row.id}").status == 200
    for other in (cast.coordinator, cast.steering, cast.other_representative, cast.guest):
        stranger = client.another().sign_in(other)
        assert stranger.get(f"/attachments/{row.id}").status == 404
        assert stranger.post(f"/attachments/{row.id}/withdrawals").status == 404
        own = send(stranger, cast.thread, samples.TEXT, "egen.txt")
        if other is cast.guest:
            assert own.status_code == 404
            continue
        assert names(own) == ["egen.txt"]
        sent = EXPERIENCE | {"submission": KEY, "drop": str(row.id), f"alt-{row.id}": "min"}
        stranger.post(f"/threads/{cast.thread.id}/posts", sent)
        assert [at.name for at in bound(make, newest_post(make))] == ["egen.txt"]
    with make.session():
        assert pending(cast.representative.id, KEY) == (row,)
    gone = client.raw.post(f"/attachments/{row.id}/withdrawals", data={"csrf_token": client.token()})
    assert (gone.status_code, names(gone)) == (200, [])


def test_a_file_waiting_has_no_versions_and_no_page(client, cast, make):
    held = make.attachment(None, member_id=cast.representative.id, submission=KEY)
    client.sign_in(cast.representative)
    for noun in ("versions", "descriptions"):
        assert (
            client.post(f"/attachments/{held.id}/{noun}", {"file": given(samples.PDF, "a.pdf")}).status == 404
        )


@pytest.mark.parametrize(
    ("who", "network", "steering", "old"),
    [
        ("guest", 404, 404, 404),
        ("host", 404, 404, 404),
        ("former", 404, 404, 200),
        ("representative", 200, 404, 200),
        ("other_representative", 200, 404, 200),
        ("steering", 200, 200, 200),
        ("coordinator", 200, 200, 200),
    ],
)
def test_each_person_fetches_what_they_may_read(client, cast, make, who, network, steering, old):
    others = [
        cast.attachment,
        make.attachment(cast.steering_post),
        make.attachment(cast.old_post, added_at=cast.old_post.posted_at),
    ]
    client.sign_in(getattr(cast, who))
    for attachment, status in zip(others, (network, steering, old), strict=True):
        for path in (f"/attachments/{attachment.id}", f"/attachments/{attachment.id}/versions/1"):
            assert client.get(path).status == status
        assert client.get(f"/attachments/{attachment.id}/versions/2").status == 404
        assert client.get(f"/posts/{attachment.post_id}/attachments").status == status
    assert client.another().get(f"/attachments/{cast.attachment.id}", follow=False).status == 303


def test_a_file_is_saved_and_never_drawn(client, cast, make):
    client.sign_in(cast.other_representative)
    name = 'Årsplan ”ny", utkast.csv'
    attachment = make.attachment(cast.post, samples.CSV, name)
    answer = client.raw.get(f"/attachments/{attachment.id}", buffered=True)
    assert answer.data == samples.CSV
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert f"filename*=UTF-8''{quote(name, safe='')}" in answer.headers["Content-Disposition"].replace(
        "%2C", quote(",")
    )
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = client.raw.get(
        f"/attachments/{attachment.id}", buffered=True, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    with make.session() as session:
        digest = session.scalars(select(StoredFile.digest).where(StoredFile.media_type == "text/csv")).one()
    keeping.place_of(digest, client.app.config["SETTINGS"].files).unlink()
    assert client.get(f"/attachments/{attachment.id}").status == 404


def test_a_withdrawn_post_takes_its_files_along(client, cast, make):
    with make.session() as session:
        session.get(Post, cast.post.id).withdrawn_at = cast.post.posted_at
    for who, status in (("representative", 200), ("coordinator", 404), ("other_representative", 404)):
        reader = client.another().sign_in(getattr(cast, who))
        assert reader.get(f"/attachments/{cast.attachment.id}").status == status
    client.sign_in(cast.representative)
    assert client.post(f"/attachments/{cast.attachment.id}/withdrawals").status == 403
    assert "anteckningar.txt" not in client.get(f"/threads/{cast.thread.id}").text


@pytest.mark.any_database
def test_a_new_version_leaves_the_old_one(client, cast, make):
    client.sign_in(cast.representative)
    place, at = f"/posts/{cast.post.id}/attachments", f"/attachments/{cast.attachment.id}"
    changes = thread(make, cast).changes
    done = client.post(f"{at}/versions", {"file": given(samples.PDF, "plan.pdf")}, form_on=place)
    assert (done.status, done.path) == (200, place)
    assert "Version 2: plan.pdf" in done.text
    assert "Version 1: anteckningar.txt" in done.text
    assert thread(make, cast).changes == changes + 1
    reader = client.another().sign_in(cast.other_representative)
    assert fetched(reader, at) == fetched(reader, f"{at}/versions/2") == samples.PDF
    assert fetched(reader, f"{at}/versions/1") == b"Vad vi skrev upp.\n"
    shown = reader.get(f"/threads/{cast.thread.id}").text
    assert "version 2" in shown
    assert "anteckningar.txt" not in shown
    refused = client.post(f"{at}/versions", {"file": given(samples.SVG, "plan.svg")}, form_on=place)
    assert refused.status == 422
    assert "SVG" in refused.text
    assert client.post(f"{at}/versions").status == 422
    assert reader.post(f"{at}/versions", {"file": given(samples.PDF, "x.pdf")}).status == 403
    assert number_of(make, AttachmentVersion) == 2


@pytest.mark.any_database
def test_a_file_is_added_described_and_withdrawn(client, cast, make):
    client.sign_in(cast.representative)
    place = f"/posts/{cast.post.id}/attachments"
    sent = {"file": given(samples.picture(), "sal.png"), "alt": "En sal"}
    added = client.post(place, sent, form_on=place)
    assert "En sal" in added.text
    row = bound(make, cast.post)[1]
    client.post(f"/attachments/{row.id}/descriptions", {"alt": "En tom sal"}, form_on=place)
    assert bound(make, cast.post)[1].alt == "En tom sal"
    assert client.post(f"/attachments/{row.id}/descriptions", {"alt": "x" * 301}).status == 422
    for wrong in (
        {},
        {"file": given(samples.HTML, "a.html")},
        {"file": given(samples.PDF, "a.pdf"), "alt": "x" * 301},
    ):
        assert client.post(place, wrong, form_on=place).status == 422
    other = client.another().sign_in(cast.steering)
    assert other.post(place, {"file": given(samples.PDF, "a.pdf")}).status == 403
    assert other.post(f"/attachments/{row.id}/withdrawals").status == 403
    assert other.post(f"/attachments/{row.id}/descriptions", {"alt": "x"}).status == 403
    gone = client.post(f"/attachments/{row.id}/withdrawals", form_on=place)
    assert "sal.png" not in gone.text
    assert [at.name for at in bound(make, cast.post)] == ["anteckningar.txt"]
    assert other.get(f"/attachments/{row.id}").status == 404
    with make.session() as session:
        done = select(AuditEntry.act).where(AuditEntry.act.like("attachment.%"))
        acts = session.scalars(done.order_by(AuditEntry.id)).all()
    assert acts == ["attachment.add", "attachment.describe", "attachment.withdraw"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_file_waits_for_no_letter_to_its_owner(app, client, cast):
    """Who writes to the owner and waits for the thread would else wait for the file, and it for them."""
    client.sign_in(cast.representative)
    token = client.token()
    owner = select(Member.id).where(Member.id == cast.representative.id)
    with app.app_context(), db.engine.connect() as letter:
        letter.execute(owner.with_for_update(read=True, key_share=True))
        file = {"csrf_token": token, "file": given(samples.TEXT, "a.txt")}
        path = f"/posts/{cast.post.id}/attachments"
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(client.raw.post, path, data=file)
            try:
                assert answer.result(timeout=10).status_code == 303
            finally:
                letter.rollback()


def test_a_description_is_kept_without_what_nobody_sees(client, cast, make):
    client.sign_in(cast.representative)
    path = f"/attachments/{cast.attachment.id}/descriptions"
    assert client.post(path, {"alt": " Sal\0en\x02 är\x1a \u202etom\n"}).status == 200
    assert [row.alt for row in bound(make, cast.post)] == ["Salen är tom"]


def test_one_who_has_left_does_not_see_what_is_attached_afterwards(client, cast, make):
    attachment = make.attachment(cast.old_post)
    old = f"/threads/{cast.old_thread.id}"
    shown = f"/attachments/{attachment.id}"
    assert shown in client.sign_in(cast.representative).get(old).links
    left = client.another().sign_in(cast.former)
    for page_of in (old, f"/posts/{cast.old_post.id}/attachments"):
        assert shown not in left.get(page_of).links


def test_a_closed_thread_takes_no_files(client, cast, make):
    with make.session() as session:
        session.get(Thread, cast.thread.id).closed_at = cast.post.posted_at
    client.sign_in(cast.representative)
    assert send(client, cast.thread).status_code == 403
    assert (
        client.post(f"/posts/{cast.post.id}/attachments", {"file": given(samples.PDF, "a.pdf")}).status == 403
    )
    assert client.post(f"/attachments/{cast.attachment.id}/withdrawals").status == 403


@pytest.mark.any_database
def test_a_transaction_that_fails_leaves_no_row(app, cast, make):
    folder = app.config["SETTINGS"].files
    before = [number_of(make, table) for table in (Attachment, StoredFile)]
    with app.app_context():
        attaching.hold(cast.representative.id, KEY, "a.pdf", io.BytesIO(samples.PDF), folder)
        db.session.rollback()
    assert [number_of(make, table) for table in (Attachment, StoredFile)] == before
    with make.session():
        attaching.hold(cast.representative.id, KEY, "a.pdf", io.BytesIO(samples.PDF), folder)
        with pytest.raises(Refusal):
            attaching.hold(cast.representative.id, KEY, "a.svg", io.BytesIO(samples.SVG), folder)
    assert [number_of(make, table) for table in (Attachment, StoredFile)] == [count + 1 for count in before]


def test_the_files_of_a_page_cost_one_statement(cast, make, statements):
    posts = [cast.post.id]
    for _ in range(12):
        post = make.post(cast.thread, cast.representative)
        make.attachment(post)
        posts.append(post.id)
    with make.session(), statements() as sent:
        assert len(attachments_of(posts)) == 13
        assert attachments_of([]) == {}
    assert len([statement for statement in sent if "SELECT" in statement]) == 1


def thread(make, cast):
    with make.session() as session:
        return session.get(Thread, cast.thread.id)
