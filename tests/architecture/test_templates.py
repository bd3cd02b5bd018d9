"""Every template compiles, is used, is safe, and says nothing that cannot be translated."""

import re

import pytest

from tests.architecture.catalogue import PACKAGE, TEMPLATES, templates

NAMES = [path.relative_to(TEMPLATES).as_posix() for path in templates()]
DOCUMENT = re.compile(r"\.(sv|en)\.")
# The same in every language: the name, and pieces of attributes that macros put together.
PLAIN = {"KLOSSnet", "KLOSS", "net", "· KLOSSnet", "-hint -error", 'lang="sv"'}


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(app, name):
    app.jinja_env.get_template(name)


def test_every_template_is_used():
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    sources += [path.read_text("utf-8") for path in templates()]
    for name in NAMES:
        # A document or a letter is named without its language or its kind.
        stem = DOCUMENT.split(name)[0] if DOCUMENT.search(name) else name
        used = any(name in source or stem in source or _made_of(stem) in source for source in sources)
        assert used, f"nothing uses {name}"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_safe(name):
    source = (TEMPLATES / name).read_text("utf-8")
    for bad in (
        r"\|\s*safe\b",
        r"<style",
        r"\sstyle=",
        r"<script(?![^>]*src=)",
        r"\son[a-z]+=",
        "autoescape",
    ):
        # A letter has no style sheet of its own to point at, so its HTML carries its style.
        if name.startswith("mail/") and "style" in bad:
            continue
        assert not re.search(bad, source), f"{name} holds {bad}"


@pytest.mark.parametrize("name", [name for name in NAMES if not DOCUMENT.search(name)])
def test_it_is_short(name):
    assert len((TEMPLATES / name).read_text("utf-8").splitlines()) <= 90


@pytest.mark.parametrize("name", [name for name in NAMES if not DOCUMENT.search(name)])
def test_it_says_nothing_untranslated(name):
    source = (TEMPLATES / name).read_text("utf-8")
    if name.endswith(".txt"):
        return
    source = re.sub(r"{#.*?#}", "", source, flags=re.DOTALL)
    source = re.sub(r"{% block body_class %}.*?{% endblock %}", "", source)
    source = re.sub(r"{%-?\s*trans\b.*?endtrans\s*-?%}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', source)
    spoken += re.sub(r"<[^>]*>", "\n", source, flags=re.DOTALL).split("\n")
    said = [words.strip() for words in spoken if re.search(r"[^\W\d_]{2,}", words)]
    assert [words for words in said if words not in PLAIN] == []


def _made_of(name):
    """The folder of a name put together from parts, as in f"threads/{kind}.html"."""
    return re.sub(r"[^/]+$", "{", name)
