"""The network shares experiences; words for agreeing, deciding and winning do not belong to its pages."""

import re

import pytest
from sqlalchemy import select

from kloss_intranet.mail.models import Letter
from tests.architecture.catalogue import PACKAGE, ROOT, english, messages, templates

STATIC = ROOT / "static"

FORBIDDEN = {
    "sv": ("beslut", "majoritet", "enighet", "konsensus", "vinnare"),
    "en": ("decision", "consensus", "winner", "top", "best", "like", "vote", "majority"),
}
# A message or file that may hold a forbidden word, and why.
ALLOWED: dict[str, str] = {}


def found(sentence, language):
    words = FORBIDDEN[language]
    # Swedish builds words together: «beslutsfattare» is one of them; English words stand alone.
    pattern = "|".join(words) if language == "sv" else rf"\b({'|'.join(words)})s?\b"
    return re.search(pattern, sentence, re.IGNORECASE)


def test_the_swedish_pages_avoid_the_words():
    for message, place in messages().items():
        for sentence in (message,) if isinstance(message, str) else message:
            assert sentence in ALLOWED or not found(sentence, "sv"), f"{place}: {sentence}"


def test_the_english_pages_avoid_the_words():
    for entry in english():
        for sentence in entry.string if isinstance(entry.string, tuple) else (entry.string,):
            if entry.id:
                assert sentence in ALLOWED or not found(sentence, "en"), sentence


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_documents_avoid_the_words(language):
    for path in templates():
        if path.name.endswith(f".{language}.html"):
            text = re.sub(r"<[^>]*>|{[{%#].*?[}%#]}", " ", path.read_text("utf-8"), flags=re.DOTALL)
            assert path.name in ALLOWED or not found(text, language), f"{path}: {found(text, language)}"


SCRIPTS = [path for folder in ("js", "editor") for path in sorted((STATIC / folder).glob("*.js"))]
MAILS = [path for path in templates() if path.parent.name == "mail"]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_scripts_avoid_the_words(path):
    said = re.findall(r""""[^"\n]*"|'[^'\n]*'|`[^`]*`""", path.read_text("utf-8"))
    for sentence in (re.sub(r"\${[^}]*}", "", each) for each in said):
        # A name of the document's own, such as a class or an event, is one word without a space.
        if " " in sentence and not re.search(r"[<\[#]", sentence):
            assert not any(found(sentence, language) for language in FORBIDDEN), sentence


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name)
def test_the_mails_avoid_the_words(path):
    """What a letter says outside its messages; its messages are read with those of the pages."""
    said = re.sub(r"<[^>]*>|{[{%#].*?[}%#]}", " ", path.read_text("utf-8"), flags=re.DOTALL)
    assert not any(found(said, language) for language in FORBIDDEN), path


def test_the_letters_that_are_written_avoid_the_words(client, cast, make):
    """In both languages, with all that a letter is put together from."""
    client.sign_in(cast.representative)
    at = f"/threads/{cast.thread.id}"
    named = f"/members/{cast.other_representative.id} /members/{cast.steering.id}"
    sent = {"aspect": "method", "factor": "helping", "body": f"Så gör vi. {named}"}
    assert client.post(f"{at}/posts", sent, form_on=at).status == 200
    client.sign_in(cast.other_representative)
    answer = {"body": f"Så gör vi med. {named}", "relation": "similar", "reply_to": cast.post.id}
    form = f"{at}?reply_to={cast.post.id}"
    assert client.post(f"{at}/posts", answer, form_on=form).status == 200
    with make.session() as session:
        letters = session.scalars(select(Letter)).all()
    assert {letter.language for letter in letters} == {"sv", "en"}
    for letter in letters:
        said = letter.subject + letter.plain + re.sub(r"<[^>]*>", " ", letter.html)
        assert not found(said, letter.language), letter.key


def test_no_field_lets_the_reader_choose_such_a_word(app):
    """Fields are named and their choices valued in English, and both stand in addresses and drafts."""
    for module in (path for path in PACKAGE.rglob("forms.py")):
        for word in re.findall(r"^    (\w+) = \w+Field\(|\(\"(\w+)\", lazy", module.read_text("utf-8"), re.M):
            name = "".join(word).replace("_", " ")
            assert not found(name, "en"), f"{module}: {name}"


def test_a_forbidden_word_is_found():
    assert found("Beslutsfattare", "sv")
    assert found("Two votes", "en")
    assert not found("Likewise unlike a topic", "en")
