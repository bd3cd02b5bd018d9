"""Whatever is sent, the answer is a page and never a fault; what is refused leaves no trace."""

from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core.db import Base
from kloss_intranet.threads.models import Post
from tests.architecture.routes import address, rules

# Failed tries are counted, which is what stops them, and are on record.
COUNTED = {"failed_tries"}
TRIED = AuditEntry.act.like("%.refuse")
# Fields that our forms have, for addresses whose form no page of the cast happens to show.
FIELDS = {
    *("aspect", "audience", "body", "context", "email", "factor", "institution", "introduction"),
    *("language", "meeting", "name", "next", "parent", "password", "relation", "seq", "starts_on"),
    *("format", "submission", "theme", "title", "version"),
    *("carried_on", "file", "mark", "not_before", "observation1", "only_one_view", "readers", "was"),
    *("anyway", "for_guests", "question", "write_first"),
    *("due", "ends_on", "ends_time", "hosts", "kind", "link_url", "minutes", "mode", "part", "place"),
    *("keep", "not_for_quoting"),
    *("owner", "next_step", "next_step_on", "prepared", "responsible", "minutes", "state"),
    *("low_end", "high_end", "place", "sentence"),
    *("into", "join"),
    *("act", "case", "ground", "to_author", "words"),
    *("first", "label", "post", "posts", "scope", "why"),
    *("capacity", "note", "previous", "questions", "reason", "seen", "sign_up_by", "slug", "step", "term"),
    *("starts_time", "starts_which", "time_zone", "to", "was", "way", "guest_name_1"),
}
BAD = {
    # Together less than a form may hold, so that each field has to refuse its own.
    "much too long": "x" * 25_000,
    "an unknown choice": "no-such-choice",
    "nothing": "",
    "a character that is no text": "nul\0here",
    "a number without end": "9" * 40,
    "a negative number": "-1",
    "a script": "<script>alert(1)</script>",
    "somebody else's address": "//elsewhere.example/\\",
}
ANSWERS = {303, 400, 401, 403, 404, 409, 410, 413, 422, 429}


def everything(make):
    with make.session() as session:
        return {
            table.name: session.execute(rows(table)).all()
            for table in Base.metadata.sorted_tables
            if table.name not in COUNTED
        }


def rows(table):
    found = table.select().order_by(*table.primary_key)
    return found.where(~TRIED) if table.name == "audit_entries" else found


def send(client, make, path, data):
    """Post, and return the answer; fails when a refused request stored something."""
    before = everything(make)
    page = client.post(path, data, follow=False)
    assert page.status in ANSWERS, f"{path}: {page.status}"
    if page.status != 303:
        assert everything(make) == before, path
    return page


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_bad_values_are_refused(app, make, cast, client, value):
    for rule in rules(app, "POST"):
        client.sign_in(cast.coordinator)
        send(client, make, address(rule, cast), dict.fromkeys(FIELDS, value))


def test_a_heap_of_markup_is_refused(app, make, cast, client):
    heap = {"body": "<blockquote>" * 40_000, "format": "html", "aspect": "method"}
    for rule in rules(app, "POST"):
        client.sign_in(cast.coordinator)
        send(client, make, address(rule, cast), heap)
    with make.session() as session:
        assert max(html.count("<blockquote>") for html in session.scalars(select(Post.body_html))) <= 3


def test_broken_markup_is_made_harmless(app, make, cast, client):
    client.sign_in(cast.coordinator)
    broken = "<p>hel<b onclick=x>t\u202e<svg><a href=//elsewhere.example>text"
    path = f"/threads/{cast.thread.id}/posts"
    assert send(client, make, path, {"body": broken, "format": "html", "aspect": "method"}).status == 303
    with make.session() as session:
        last = session.scalars(select(Post).order_by(Post.id.desc())).first()
        assert (last.body, last.body_html) == ("helt", "<p>hel<strong>t</strong></p>")


def test_missing_fields_are_refused(app, make, cast, client):
    for rule in rules(app, "POST"):
        client.sign_in(cast.coordinator)
        send(client, make, address(rule, cast), {})


def test_broken_text_is_refused(app, make, cast, client):
    for rule in rules(app, "POST"):
        client.sign_in(cast.coordinator)
        path, token = address(rule, cast), client.token()
        body = urlencode({"csrf_token": token}) + "".join(f"&{name}=%ff%fe%80" for name in FIELDS)
        before = everything(make)
        answer = client.raw.post(path, data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in ANSWERS, f"{path}: {answer.status_code}"
        if answer.status_code != 303:
            assert everything(make) == before


def test_forms_without_a_token_are_refused(app, make, cast, client):
    for rule in rules(app, "POST"):
        client.sign_in(cast.coordinator)
        before = everything(make)
        assert client.raw.post(address(rule, cast), data={}).status_code == 403, rule.rule
        assert everything(make) == before


@pytest.mark.parametrize("number", ["0", "999", "9" * 19, "9" * 40])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_there_is_not_found(app, make, cast, client, method, number):
    client.sign_in(cast.coordinator)
    for rule in rules(app, method):
        if "<int:" in rule.rule:
            path = "/".join(number if part.startswith("<int:") else part for part in rule.rule.split("/"))
            answer = client.get(path) if method == "GET" else send(client, make, path, {})
            assert answer.status == 404, path


@pytest.mark.parametrize("slug", ["no-such", "%00", "%ff", "'", quote("å" * 3000), "<script>"])
def test_a_name_that_is_not_there_is_not_found(app, cast, client, slug):
    client.sign_in(cast.coordinator)
    for rule in rules(app, "GET"):
        if "<string:slug>" in rule.rule:
            assert client.get(rule.rule.replace("<string:slug>", slug)).status == 404, rule.rule


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_bad_questions_in_the_address_are_harmless(app, cast, client, value):
    client.sign_in(cast.coordinator)
    query = urlencode(dict.fromkeys(("view", "meeting", "theme", "page", "next", "year", "q"), value[:500]))
    for rule in rules(app, "GET"):
        page = client.get(f"{address(rule, cast)}?{query}", follow=False)
        assert page.status < 500, f"{page.path}: {page.status}"
        assert not (page.location or "").startswith(("//", "http")), page.location
