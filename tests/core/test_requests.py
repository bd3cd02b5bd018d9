"""How much a request may hold: little in general, much where files are taken, nothing more for strangers."""

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kloss_intranet.core.db import writing
from kloss_intranet.core.language import size
from kloss_intranet.core.security import LARGEST_FORM, LARGEST_UPLOAD, MOST_FIELDS
from tests import page

MUCH = b"a" * (LARGEST_FORM + 1)


def upload(client, path, content, token):
    """The status of the answer to one file, sent without a passing file of the test's own."""
    file = FileStorage(io.BytesIO(content), "a.txt")
    boundary, body = encode_multipart({"csrf_token": token, "submission": "nyckel", "file": file})
    return client.raw.post(
        path, data=body, content_type=f"multipart/form-data; boundary={boundary}"
    ).status_code


def test_an_ordinary_form_has_a_limit_that_is_told(client, cast):
    client.sign_in(cast.representative)
    answer = client.post("/settings/password", {"password": MUCH.decode()}, form_on="/settings/")
    assert answer.status == 413
    assert "högst 8 MB" in answer.text
    assert client.post("/settings/password", {"password": "a"}, form_on="/settings/").status == 422


@pytest.mark.parametrize(("fields", "status"), [(MOST_FIELDS - 20, 422), (MOST_FIELDS, 413)])
def test_a_form_has_a_bound_to_its_fields(client, fields, status):
    data = {"csrf_token": client.token()} | {f"field{number}": "" for number in range(fields)}
    assert client.raw.post("/auth/login", data=data).status_code == status


def test_a_view_for_files_reads_more(client, cast):
    client.sign_in(cast.representative)
    path = f"/threads/{cast.thread.id}/attachments"
    assert upload(client, path, MUCH, client.token()) == 200


def test_a_stranger_cannot_make_it_read_more(client, cast):
    path = f"/threads/{cast.thread.id}/attachments"
    assert upload(client, path, MUCH, client.token()) == 413
    assert upload(client, path, b"a", client.token()) == 401


def test_a_view_for_files_has_a_limit_too(client, cast):
    client.sign_in(cast.representative)
    lying = {"CONTENT_LENGTH": str(LARGEST_UPLOAD + 1)}
    answer = client.raw.post(f"/threads/{cast.thread.id}/attachments", data={}, environ_overrides=lying)
    assert answer.status_code == 413
    assert "högst 208 MB" in page.read(answer.get_data(as_text=True)).text


def test_a_view_for_files_still_asks_for_the_token(client, cast):
    client.sign_in(cast.representative)
    assert upload(client, f"/threads/{cast.thread.id}/attachments", b"a", "forged") == 403


@pytest.mark.parametrize(
    ("bytes_", "swedish", "english"),
    [
        (1, "1 byte", "1 byte"),
        (999, "999 byte", "999 byte"),
        (1_499, "1 kB", "1 kB"),
        (1_234_567, "1,2 MB", "1.2 MB"),
        (20_000_000, "20 MB", "20 MB"),
        (1_234_567_890, "1\xa0234,6 MB", "1,234.6 MB"),
    ],
)
def test_a_size_is_written_as_the_reader_counts(app, bytes_, swedish, english):
    for language, words in (("sv", swedish), ("en", english)):
        with app.test_request_context(headers={"Accept-Language": language}):
            assert size(bytes_) == words


def test_reading_a_page_leaves_the_next_transaction_free_to_write(client):
    assert client.get("/rules").status == 200
    assert writing.get()  # or SQLite would refuse, unwaited, what reads first and then writes


def test_single_words_are_kept_when_the_session_is_gone_and_secrets_never(client, cast):
    sent = {"title": "Middag", "password": "hemligt ord", "csrf_token": "nyckeln", "submission": "s-1"}
    page = client.post("/meetings/bjorko/parts", sent | {"version": "77", "responsible": "Vera"})
    assert page.status == 401
    [kept] = [field.text for field in page.root.all("textarea")]
    assert kept.split() == ["Middag", "Vera"]
    for secret in ("hemligt ord", "nyckeln", "s-1"):
        assert secret not in page.html
