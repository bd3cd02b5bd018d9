"""Every sentence has its English, and says the same things in the same places."""

import re

from tests.architecture.catalogue import english, messages

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%")


def placeholders(sentence):
    return sorted(PLACEHOLDER.findall(sentence))


def test_every_message_is_translated():
    known = english()
    missing = []
    for message, place in messages().items():
        singular = message if isinstance(message, str) else message[0]
        entry = known.get(singular)
        words = entry.string if entry else ""
        complete = all(words) if isinstance(words, tuple) else bool(words)
        if not complete or entry.fuzzy:
            missing.append(f"{place}: {singular}")
    assert missing == []


def test_no_translation_is_left_over():
    wanted = {message if isinstance(message, str) else message[0] for message in messages()}
    assert [entry.id for entry in english() if entry.id and _first(entry.id) not in wanted] == []


def test_translations_hold_the_same_placeholders():
    for entry in english():
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        words = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for sentence in words:
            assert placeholders(sentence) in [placeholders(id_) for id_ in ids], f"{entry.id} → {sentence}"


def _first(id_):
    return id_ if isinstance(id_, str) else id_[0]
