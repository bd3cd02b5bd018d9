"""The themes' pages."""


def test_themes_are_named_in_the_readers_language(cast, client):
    assert "Digitala prov" in client.sign_in(cast.representative).get("/themes/").text
    in_english = client.another().sign_in(cast.other_representative).get("/themes/digitala-prov")
    assert in_english.root.all("h1")[0].text == "Digitala prov (en)"


def test_a_theme_that_is_not_there_is_not_found(cast, client):
    assert client.sign_in(cast.representative).get("/themes/ingen").status == 404
