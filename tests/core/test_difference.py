"""Two texts are compared word by word, and never for long."""

import time

import pytest

from kloss_intranet.core.difference import difference


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Ett två tre.", "Ett tre.", "Ett -två- tre."),
        ("Ett tre.", "Ett två tre.", "Ett +två+ tre."),
        ("Ett två.", "Ett fyra.", "Ett -två.- +fyra.+"),
        ("Ett\n\ntvå", "Ett två", "Ett -¶- två"),
        ("", "Allt är nytt.", "+Allt är nytt.+"),
        ("Allt är\nsom förut.", "Allt är\nsom förut.", "Allt är\nsom förut."),
    ],
)
def test_what_came_and_went(old, new, said):
    signs = {"": "", "del": "-", "ins": "+"}
    parts = difference(old, new)
    assert " ".join(f"{signs[part.kind]}{part.text}{signs[part.kind]}" for part in parts) == said


def test_a_difference_of_two_long_texts_has_a_bound():
    signs = [chr(0x4E00 + number) for number in range(110)]
    hard = " ".join(signs * 91), " ".join(list(reversed(signs)) * 91)
    for old, new in (hard, ("a " * 10_000, "b " * 10_000), ("a\n" * 10_000, "a a\n" * 5_000)):
        begun = time.perf_counter()
        parts = difference(old[:20_000], new[:20_000])
        assert time.perf_counter() - begun < 2
        assert parts
