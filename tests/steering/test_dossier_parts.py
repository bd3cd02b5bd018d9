"""The steering group writes a dossier part by part: in order, undone as easily, and never over each other."""

import pytest
from sqlalchemy import select

from kloss_intranet.audit.models import AuditEntry
from kloss_intranet.steering.services import parts as writing
from tests.steering.desk import add, dossiers, draft, parts, press


def revise(client, part, body, **data):
    here = f"/steering/parts/{part.id}"
    return client.post(f"{here}/revisions", {"body": body} | data, f"{here}/edit")


def written(make):
    return [part.body for part in parts(make)]


@pytest.mark.any_database
def test_headings_and_words_are_added_and_changed(client, make, cast):
    client.sign_in(cast.steering)
    assert "tomt" in client.get(draft(cast.question)).text
    assert dossiers(make) == []
    assert add(client, cast.question, "  Vad vi har  hört ", "heading").status == 200
    assert add(client, cast.question, "Vi hörde tre sätt.", is_steering="y").status == 200
    page = add(client, cast.question, "Och ett till.\n\n- Punkt", after=parts(make)[0].id)
    assert written(make) == ["Vad vi har hört", "Och ett till.\n\n- Punkt", "Vi hörde tre sätt."]
    assert [part.is_steering for part in parts(make)] == [False, False, True]
    assert (page.path, page.text.count("Styrgruppens ord")) == (draft(cast.question), 1)
    assert "sparad" in revise(client, parts(make)[2], "Vi hörde fyra sätt.").text
    assert "Inget var ändrat" in revise(client, parts(make)[2], "Vi hörde fyra sätt.").text
    with make.session() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
        assert (acts.count("dossier:begin"), acts.count("dossier:add")) == (1, 3)
        assert "hörde" not in str([entry.details for entry in session.scalars(select(AuditEntry))])


@pytest.mark.parametrize(
    ("kind", "body"),
    [("heading", ""), ("heading", "å" * 161), ("words", ""), ("words", "å" * (writing.LONGEST_WORDS + 1))],
)
def test_nothing_and_too_much_are_refused_and_kept(client, make, cast, kind, body):
    client.sign_in(cast.steering)
    refused = add(client, cast.question, body, kind)
    assert (refused.status, parts(make), dossiers(make)) == (422, [], [])
    assert refused.form(f"{draft(cast.question)}/parts")["body"] == body
    assert refused.title.startswith("Fel:")


def test_a_preview_writes_nothing_and_looks_are_harmless(client, make, cast):
    client.sign_in(cast.steering)
    page = add(client, cast.question, "<p>Hel<b onclick=x>t</b></p>", format="html", preview="1")
    assert ("Förhandsgranskning" in page.text, parts(make)) == (True, [])
    add(client, cast.question, "<p>Hel<b onclick=x>t</b></p>", format="html")
    assert parts(make)[0].body_html == "<p>Hel<strong>t</strong></p>"
    revise(client, parts(make)[0], "Helt", is_steering="y")
    assert (parts(make)[0].body_html, parts(make)[0].is_steering) == ("<p>Hel<strong>t</strong></p>", True)


@pytest.mark.any_database
def test_parts_are_moved_removed_and_laid_back(client, make, cast):
    client.sign_in(cast.steering)
    for body in ("Ett", "Två", "Tre"):
        page = add(client, cast.question, body)
    first, second, third = parts(make)
    page = press(client, page, f"/steering/parts/{third.id}/moves", way="up")
    assert written(make) == ["Ett", "Tre", "Två"]
    page = press(client, page, f"/steering/parts/{second.id}/moves", way="down")
    assert written(make) == ["Ett", "Tre", "Två"]
    page = press(client, page, f"/steering/parts/{third.id}/removals?version={third.version}")
    assert written(make) == ["Ett", "Två"]
    assert "Borttaget" in page.text
    page = press(client, page, f"/steering/parts/{second.id}/moves", way="up")
    assert written(make) == ["Två", "Ett"]
    client.post(f"/steering/parts/{third.id}/restorations", {}, draft(cast.question))
    assert sorted(written(make)) == ["Ett", "Tre", "Två"]
    assert first.id in {part.id for part in parts(make)}
    assert client.post(f"/steering/parts/{third.id}/restorations").status == 200
    assert press(client, page, f"/steering/parts/{third.id}/moves", way="sideways").status == 422


@pytest.mark.any_database
def test_of_two_who_write_the_second_sees_both_texts(client, make, cast):
    add(client.sign_in(cast.steering), cast.question, "Först stod det så här.")
    (part,) = parts(make)
    other = client.another().sign_in(cast.coordinator)
    revise(other, part, "Först stod det så.")
    clash = revise(client, part, "Först stod det alls inte så här.", version="1")
    assert clash.status == 409
    for said in ("har ändrats sedan du öppnade", "Först stod det så.", "alls inte", "Elin Kvist"):
        assert said in clash.text
    assert written(make) == ["Först stod det så."]
    filled = clash.form(f"/steering/parts/{part.id}/revisions")
    assert (filled["body"], filled["version"]) == ("Först stod det alls inte så här.", "2")
    assert client.post(f"/steering/parts/{part.id}/revisions", filled).status == 200
    assert written(make) == ["Först stod det alls inte så här."]


def test_what_was_changed_or_removed_meanwhile_is_not_overwritten(client, make, cast):
    page = add(client.sign_in(cast.steering), cast.question, "Mitt.")
    (part,) = parts(make)
    other = client.another().sign_in(cast.coordinator)
    revise(other, part, "Ditt.")
    refused = press(client, page, f"/steering/parts/{part.id}/removals?version=1")
    assert (refused.status, written(make)) == (409, ["Ditt."])
    assert "har ändrats sedan du öppnade" in refused.text
    form = client.get(f"/steering/parts/{part.id}/edit").form(f"/steering/parts/{part.id}/revisions")
    press(other, other.get(draft(cast.question)), f"/steering/parts/{part.id}/removals?version=2")
    refused = client.post(f"/steering/parts/{part.id}/revisions", form | {"body": "Mitt igen."})
    assert (refused.status, written(make)) == (409, [])
    assert refused.form(f"/steering/parts/{part.id}/revisions")["body"] == "Mitt igen."


def test_an_older_order_is_refused(client, make, cast):
    client.sign_in(cast.steering)
    for body in ("Ett", "Två", "Tre"):
        page = add(client, cast.question, body)
    other = client.another().sign_in(cast.coordinator)
    moved = parts(make)[2]
    press(other, other.get(draft(cast.question)), f"/steering/parts/{moved.id}/moves", way="up")
    refused = press(client, page, f"/steering/parts/{moved.id}/moves", way="up")
    assert (refused.status, written(make)) == (409, ["Ett", "Tre", "Två"])
    assert "Någon annan har ändrat underlaget" in refused.text
    press(client, refused, f"/steering/parts/{moved.id}/moves", way="up")
    assert written(make) == ["Tre", "Ett", "Två"]


def test_only_the_steering_group_knows_of_it(client, make, cast):
    add(client.sign_in(cast.steering), cast.question, "Än så länge för oss.")
    (part,) = parts(make)
    paths = [draft(cast.question), f"{draft(cast.question)}/parts/new", f"{draft(cast.question)}/publish"]
    paths += [f"/steering/parts/{part.id}/edit", f"/posts/{cast.post.id}/citations/new"]
    for who in ("guest", "host", "former", "representative", "other_representative"):
        client.sign_in(getattr(cast, who))
        assert [client.get(path).status for path in paths] == [404] * len(paths), who
        assert client.get(f"/questions/{cast.question.id}/dossier").status == 404
        for verb in ("revisions", "moves", "removals", "restorations", "settlements", "wordings"):
            sent = {"body": "Mitt", "version": "1", "way": "up", "dossier_version": "1"}
            assert client.post(f"/steering/parts/{part.id}/{verb}", sent).status == 404, verb
        for path in (f"{draft(cast.question)}/parts", f"{draft(cast.question)}/editions"):
            assert client.post(path, {"body": "Mitt"}).status == 404
        assert client.post(f"/posts/{cast.post.id}/citations", {"body": "litet"}).status == 404
    assert written(make) == ["Än så länge för oss."]


@pytest.mark.parametrize("value", ["", "-1", "9" * 40, "//elsewhere.example/\\", "nul\0here"])
def test_bad_numbers_are_refused(client, make, cast, value):
    client.sign_in(cast.steering)
    for body in ("Ett", "Två"):
        add(client, cast.question, body)
    here = f"/steering/parts/{parts(make)[1].id}"
    sent = dict.fromkeys(("version", "dossier_version", "way", "seen", "body", "after", "kind"), value)
    for verb in ("revisions", "moves", "removals", "settlements", "wordings"):
        assert client.post(f"{here}/{verb}", sent).status in (409, 422), verb
    assert client.post(f"{here}/moves", sent | {"way": "up"}).status == 409
    assert written(make) == ["Ett", "Två"]
    assert client.get(f"{draft(cast.question)}?removed={value}").status == 200
    assert client.get(f"{draft(cast.question)}/parts/new?kind={value}&after={value}").status == 200


def test_typed_words_outlive_the_session(client, make, cast):
    add(client.sign_in(cast.steering), cast.question, "Ett")
    (part,) = parts(make)
    filled = client.get(f"/steering/parts/{part.id}/edit").form(f"/steering/parts/{part.id}/revisions")
    with client.raw.session_transaction() as cookie:
        cookie.clear()
    for path in (f"/steering/parts/{part.id}/revisions", f"/posts/{cast.post.id}/citations"):
        page = client.post(path, filled | {"body": "Länge tänkta ord."})
        assert page.status == 401
        assert "Länge tänkta ord." in page.html
    assert written(make) == ["Ett"]
