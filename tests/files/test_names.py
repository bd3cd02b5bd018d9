"""A name is shown and sent, and never a place."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kloss_intranet.core.words import Refusal
from kloss_intranet.files.services.names import LONGEST_NAME, ending_of, tidy_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("rapport.pdf", "rapport.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\anna\\Skrivbord\\a.docx", "a.docx"),
        ("/a/b\\c/d.txt", "d.txt"),
        ("Bokslut\u202egpj.exe", "Bokslutgpj.exe"),
        ("a\u200b\u00ad\ufeff\ud800.txt", "a.txt"),
        ("a\r\nContent-Type: text/html.txt", "html.txt"),
        ("a\0.txt", "a.txt"),
        ("A\u030angra.txt", "Ångra.txt"),
        ("  två\u00a0 \tord .txt", "två ord .txt"),
        (".htaccess", "htaccess"),
        ('a:b"c<d>|?*.txt', "a_b_c_d____.txt"),
        ("å" * 300 + ".docx", "å" * (LONGEST_NAME - 5) + ".docx"),
    ],
)
def test_a_name_is_its_last_part_in_one_form(given, kept):
    assert tidy_name(given) == kept


@pytest.mark.parametrize("given", [None, "", "/", "..", "a/", ". .", "\u202e"])
def test_a_name_of_nothing_is_refused(given):
    with pytest.raises(Refusal, match="saknar namn"):
        tidy_name(given)


@given(st.text(max_size=400))
def test_no_name_leads_anywhere(given):
    try:
        name = tidy_name(given)
    except Refusal:
        return
    assert 0 < len(name) <= LONGEST_NAME
    assert not set('/\\\0\r\n<>:"|?*') & set(name)
    assert not name.startswith(".")
    assert unicodedata.is_normalized("NFC", name)
    assert tidy_name(name) == name


def test_the_ending_is_what_follows_the_last_dot():
    assert [ending_of(name) for name in ("a.PDF", "a.pdf.exe", "a", "a.")] == ["pdf", "exe", "", ""]


def test_a_name_of_accents_alone_takes_no_time():
    start = time.process_time()
    assert len(tidy_name("a" + "\u0300\u0316" * 200_000 + ".txt")) <= LONGEST_NAME
    assert time.process_time() - start < 3
