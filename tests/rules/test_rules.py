"""Everyone reads the rules, the coordinator alone words them anew, and they stay readable as they were."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.core import clock
from kloss_intranet.mail.models import Letter
from kloss_intranet.rules import queries
from kloss_intranet.rules.models import RulesKind, RulesVersion

EDIT, SEND = "/rules/ground/edit", "/rules/ground/versions"
SV = "<h3>Hur vi skriver</h3><p>Skriv kort. Se <a href='/rules/moderation'>modereringsreglerna</a>.</p>"
EN = "<h3>How we write</h3><p>Write briefly.</p>"


def sent(**more):
    day = (clock.today() + timedelta(days=200)).isoformat()
    fields = {"body_sv": SV, "body_en": EN, "format": "html", "note": "Kortare.", "review_on": day}
    return fields | more


def versions(make):
    with make.session() as session:
        return session.scalars(select(RulesVersion).order_by(RulesVersion.kind, RulesVersion.number)).all()


def letters(make):
    with make.session() as session:
        return session.scalars(select(Letter).order_by(Letter.member_id)).all()


@pytest.mark.parametrize(
    ("path", "language", "said"),
    [
        ("/rules", "sv", "Om något är fel"),
        ("/rules", "en", "If something is wrong"),
        ("/rules/moderation", "sv", "Så anmäler du"),
        ("/rules/moderation", "en", "How you report"),
    ],
)
def test_everyone_reads_the_rules_that_come_with_the_software(client, path, language, said):
    page = client.get(path, headers={"Accept-Language": language})
    assert (page.status, said in page.text) == (200, True)
    assert said in [heading.text for heading in page.root.all("h2")]
    links = {link.attrs.get("href") for link in page.root.all("a")}
    assert {"/rules", "/rules/moderation"} <= links
    assert any(link.startswith("mailto:") for link in links)
    if path == "/rules":
        told = {link.attrs.get("href") for main in page.root.all("main") for link in main.all("a")}
        assert {"/privacy", "/permissions", "/rules/moderation"} <= told


@pytest.mark.any_database
def test_a_new_wording_holds_and_the_old_one_stays_readable(client, make, cast):
    client.sign_in(cast.coordinator)
    page = client.post(SEND, sent(), EDIT)
    assert (page.status, page.path) == (200, "/rules")
    assert "Den nya lydelsen gäller." in page.text
    assert "Skriv kort." in page.text
    kept = versions(make)
    assert [(one.kind, one.number) for one in kept] == [("ground", 0), ("ground", 1)]
    assert "Varför intranätet finns" in kept[0].body_sv
    reader = client.another().sign_in(cast.other_representative)
    history = reader.get("/rules/ground/versions")
    for said in ("Why the intranet exists", "briefly.", "Kortare.", "Elin Kvist"):
        assert said in history.text
    assert reader.get("/rules/moderation/versions").status == 200
    assert client.another().get("/rules").text.count("Skriv kort.") == 1
    with make.session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "rules:publish")).one()
        assert (entry.subject, entry.details["before"], entry.details["after"]) == ("rules:ground", 0, 1)


def test_only_the_coordinator_words_them_anew(client, make, cast):
    client.sign_in(cast.representative)
    for path in (EDIT, "/rules/moderation/edit"):
        assert client.get(path).status == 403
    assert client.post(SEND, sent()).status == 403
    assert "Ändra reglerna" not in client.get("/rules").text
    assert client.get("/rules/other/versions").status == 404
    assert client.another().get("/rules/ground/versions").path == "/auth/login"
    client.sign_in(cast.coordinator)
    assert "Ändra reglerna" in client.get("/rules").text
    assert client.get(EDIT).status == 200
    assert versions(make) == []


def test_a_preview_shows_both_languages_and_publishes_nothing(client, make, cast):
    client.sign_in(cast.coordinator)
    page = client.post(SEND, sent(preview="1"), EDIT)
    for said in ("Förhandsgranskning", "Skriv kort.", "Write briefly."):
        assert said in page.text
    assert page.form(SEND)["note"] == "Kortare."
    assert versions(make) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"body_en": ""}, "Skriv reglerna på engelska."),
        ({"body_sv": "", "format": "text"}, "Skriv reglerna på svenska."),
        ({"body_sv": "<p></p>"}, "Det finns ingen text här."),
        ({"note": ""}, "Skriv vad som är annorlunda."),
        ({"review_on": "2020-01-01"}, "Välj en dag som inte har varit"),
        ({"review_on": ""}, "Välj en dag för nästa genomgång."),
        ({"body_sv": "å" * 20_001, "format": "text"}, "får ha högst"),
    ],
)
def test_what_is_missing_or_too_much_is_refused_and_kept(client, make, cast, fields, said):
    client.sign_in(cast.coordinator)
    page = client.post(SEND, sent(**fields), EDIT)
    assert (page.status, said in page.text) == (422, True)
    assert page.title.startswith("Fel:")
    assert versions(make) == []


@pytest.mark.any_database
def test_of_two_who_publish_the_second_sees_what_differs(client, make, cast):
    client.sign_in(cast.coordinator)
    client.post(SEND, sent(), EDIT)
    clash = client.post(SEND, sent(body_sv="<p>Skriv långt.</p>", version="0"), EDIT)
    assert clash.status == 409
    for said in ("har ändrats sedan du öppnade", "Skriv kort.", "Skriv långt."):
        assert said in clash.text
    assert clash.form(SEND)["version"] == "1"
    assert [one.number for one in versions(make)] == [0, 1]
    with make.session() as session:
        noted = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "rules:publish")
        assert session.scalar(noted) == 1
    assert client.post(SEND, sent(body_sv="<p>Skriv långt.</p>", version="1"), EDIT).status == 200
    assert [one.number for one in versions(make)] == [0, 1, 2]


def test_the_same_wording_again_is_no_new_version(client, make, cast):
    client.sign_in(cast.coordinator)
    client.post(SEND, sent(), EDIT)
    again = client.post(SEND, sent(version="1"), EDIT)
    assert (again.status, "densamma" in again.text) == (422, True)
    assert [one.number for one in versions(make)] == [0, 1]


def test_words_left_as_they_were_keep_their_looks_without_the_editor(client, make, cast):
    """Also through a preview: an editor far down the page is not even fetched."""
    client.sign_in(cast.coordinator)
    client.post(SEND, sent(), EDIT)
    first = versions(make)[1]
    looks = {"looks_sv": first.html_sv, "looks_en": first.html_en}
    typed = {"body_sv": first.body_sv, "body_en": "Write.", "format": "text", "version": "1"}
    assert {name: client.get(EDIT).form(SEND)[name] for name in looks} == looks
    preview = client.post(SEND, sent(preview="1", **typed), EDIT)
    assert preview.form(SEND)["looks_sv"] == first.html_sv
    client.post(SEND, sent(**typed), EDIT)
    second = versions(make)[2]
    assert (second.html_sv, second.html_en) == (first.html_sv, "<p>Write.</p>")


def test_what_the_editor_sent_stands_as_words_in_the_box_after_a_preview(client, make, cast):
    client.sign_in(cast.coordinator)
    form = client.post(SEND, sent(preview="1", version="0"), EDIT).form(SEND)
    assert "<" not in form["body_sv"] + form["body_en"]
    assert form["looks_en"] == EN
    words = {"body_sv": "Annat.", "body_en": "How we write\n\nWrite briefly.", "format": "html"}
    client.post(SEND, form | words)  # one from the editor would begin with a tag: these were both typed
    assert versions(make)[1].html_en == EN


def test_forged_looks_are_made_harmless(client, make, cast):
    client.sign_in(cast.coordinator)
    forged = {"looks_en": "<p onclick='x()'>Write.<script>evil()</script></p>", "body_en": "Write."}
    client.post(SEND, sent(format="text", **forged), EDIT)
    assert versions(make)[1].html_en == "<p>Write.</p>"


def test_what_is_harmful_is_not_published(client, make, cast):
    client.sign_in(cast.coordinator)
    body = "<h3>A</h3><p onclick='x()'>b<script>evil()</script> <a href='javascript:x'>c</a></p>"
    page = client.post(SEND, sent(body_sv=body), EDIT)
    assert "evil" not in page.html
    assert versions(make)[1].html_sv == "<h3>A</h3><p>b c</p>"


@pytest.mark.any_database
def test_members_are_told_when_the_coordinator_says_so(client, make, cast):
    client.sign_in(cast.coordinator)
    client.post(SEND, sent(), EDIT)  # the box is ticked from the start
    first = letters(make)
    told = {letter.member_id for letter in first}
    assert {cast.representative.id, cast.other_representative.id, cast.steering.id} <= told
    assert told.isdisjoint({cast.coordinator.id, cast.guest.id, cast.former.id})
    subjects = {letter.member_id: letter.subject for letter in first}
    assert subjects[cast.representative.id] == "Spelreglerna har ändrats"
    assert all("Kortare." in letter.plain and letter.path == "/rules" for letter in first)
    reader = client.another().sign_in(cast.representative)
    assert "Spelreglerna har ändrats" in reader.get("/").text
    form = client.get(EDIT).form(SEND)
    form.pop("tell")
    quiet = form | sent(body_sv="<p>Tyst.</p>", version="1")
    assert client.post(SEND, quiet).status == 200
    assert [letter.key for letter in letters(make)] == [letter.key for letter in first]
    client.post(SEND, sent(body_sv="<p>Igen.</p>", version="2", note="Igen."), EDIT)
    now = letters(make)
    assert len(now) == len(first)
    assert {letter.key.split(":")[2] for letter in now} == {"3"}


@pytest.mark.any_database
def test_a_review_moves_the_day_once(app, client, make, cast):
    client.sign_in(cast.coordinator)
    client.post(SEND, sent(), EDIT)
    with app.app_context():
        assert queries.due(clock.today()) == []
        (due,) = queries.due(clock.today() + timedelta(days=200))
        assert (due.kind, due.number) == (RulesKind.GROUND, 1)
    for _ in range(2):
        assert client.post("/rules/ground/reviews", {"version": "1"}).status == 200
    assert versions(make)[1].review_on == clock.today() + timedelta(days=365)
    assert client.post("/rules/moderation/reviews", {"version": "0"}).status == 200
    assert client.another().sign_in(cast.steering).post("/rules/ground/reviews").status == 403
    with make.session() as session:
        noted = select(func.count()).select_from(AuditEntry).where(AuditEntry.act == "rules:review")
        assert session.scalar(noted) == 1
