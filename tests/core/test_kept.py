"""What is kept is drawn once, and a hole is never filled with what was meant for somebody else."""

import itertools

from flask import render_template_string

from kloss_intranet.core import kept


def test_a_piece_is_drawn_once_for_its_key(app):
    numbers = itertools.count(1)
    with app.test_request_context("/"):
        assert kept.piece(("a", 1), lambda: f"<p>{next(numbers)}</p>") == "<p>1</p>"
        assert kept.piece(("a", 1), lambda: f"<p>{next(numbers)}</p>") == "<p>1</p>"
        assert kept.piece(("a", 2), lambda: f"<p>{next(numbers)}</p>") == "<p>2</p>"


def test_a_hole_is_filled_anew_and_not_escaped_twice(app):
    fillings = iter(["&amp;1", "&amp;2", "&amp;3"])
    opening = kept.hole("tested", lambda: next(fillings))
    with app.test_request_context("/"):

        def draw():
            return render_template_string("<p>{{ opening() }}</p>", opening=opening)

        assert kept.piece("holed", draw) == "<p>&amp;1</p>"
        assert kept.piece("holed", draw) == "<p>&amp;2</p>"
        assert draw() == "<p>&amp;3</p>"


def test_a_piece_within_a_piece_keeps_its_holes(app):
    fillings = iter("xyz")
    opening = kept.hole("nested", lambda: next(fillings))
    with app.test_request_context("/"):

        def outer():
            return f"[{kept.piece('inner', opening)}]"

        assert kept.piece("outer", outer) == "[x]"
        assert kept.piece("outer", outer) == "[y]"


def test_what_failed_to_draw_is_not_kept(app):
    with app.test_request_context("/"):
        for _ in range(2):
            try:
                kept.piece("broken", lambda: 1 / 0)
            except ZeroDivisionError:
                continue
            raise AssertionError("a broken piece was kept")


def test_the_shelf_has_a_bound_in_characters(app, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 10 * (kept.SLIGHT + 100))
    with app.test_request_context("/"):
        for number in range(12):
            assert kept.remembered(number, lambda: "x" * 100, len) == "x" * 100
        assert kept.remembered(0, lambda: "drawn again", len) == "drawn again"
        assert kept.remembered(11, lambda: "y", len) == "x" * 100
        assert kept.remembered("vast", lambda: "z" * kept.MOST, len) == "z" * kept.MOST
        assert kept.remembered("vast", lambda: "not kept", len) == "not kept"


def test_every_browser_gets_its_own_token_in_the_kept_frame(cast, client):
    first = client.sign_in(cast.representative)
    second = client.another().sign_in(cast.representative)
    tokens = [browser.get("/").form("/auth/logout")["csrf_token"] for browser in (first, second, first)]
    assert tokens[0] != tokens[1]
    assert first.post("/auth/logout", {"csrf_token": tokens[1]}, follow=False).status == 403
    assert "\x1a" not in second.get("/").html
    assert second.get("/meetings/?year=2023").form("/settings/language")["next"] == "/meetings/?year=2023"


def test_a_filling_is_not_looked_through_for_other_holes(app):
    said = kept.hole("said", lambda: "\x1asecret\x1a")
    secret = kept.hole("secret", lambda: "the token")
    with app.test_request_context("/"):
        assert kept.piece("said and secret", lambda: f"{said()}|{secret()}") == "\x1asecret\x1a|the token"
