"""A page asks only for scripts that are there."""

import pytest


@pytest.mark.parametrize("is_built", [True, False])
def test_the_rich_editor_is_offered_where_it_is_built(app, client, cast, monkeypatch, is_built):
    monkeypatch.setitem(app.jinja_env.globals, "has_script", lambda name: is_built)
    page = client.sign_in(cast.representative).get(f"/threads/{cast.thread.id}")
    assert ("built/editor.js" in page.html) is is_built
    assert ("js/editor-loader.js" in page.html) is is_built
    assert page.form(f"/threads/{cast.thread.id}/posts")["format"] == "text"


def test_a_script_is_known_by_its_file(app):
    has_script = app.jinja_env.globals["has_script"]
    assert has_script("js/insert.js")
    assert not has_script("js/gone.js")
