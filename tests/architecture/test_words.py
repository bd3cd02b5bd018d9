"""The network shares experiences; words for agreeing, deciding and winning do not belong to its pages."""

import re

import pytest

from tests.architecture.catalogue import english, messages, templates

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
