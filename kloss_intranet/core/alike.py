"""Titles that are much alike, by their word stems: what Swedish hangs on a word does not count."""

import re
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_

ENOUGH = 0.5
"""The share of the lesser title's word stems that must be found in the other one."""
_COMMON_WORDS = """
about alla and att bli blir den det die dig din ditt ett era ert för från gjort gör göra han har hos hur här
igen inom inte into kan med men mellan mot not och oss our over ser själv ska som the till vad var vem vid
vilka vilken vår vårt våra with your
"""
COMMON = frozenset(_COMMON_WORDS.split())
# What Swedish, and some English, hangs on a word: plural, definite form, genitive.
ENDINGS = re.compile(
    r"(?:heterna|arnas|ernas|ornas|andet|heten|heter|arna|erna|orna|ande|else|ens|ets|ing|ar|er|or|en|et|na|"
    r"es|a|e|n|t|s)$"
)
SHORTEST = 4
"""A stem is never cut shorter than this."""


def stems(title: str) -> frozenset[str]:
    """The words of `title` that carry its matter, without their endings."""
    words = re.findall(r"[^\W_]+", title.casefold())
    return frozenset(stem(word) for word in words if len(word) > 2 and word not in COMMON)


def stem(word: str) -> str:
    """`word` without its endings: `meriteringsmodellen`, `meriteringsmodellerna` → `meriteringsmodell`."""
    while len(word) > SHORTEST:
        shorter = ENDINGS.sub("", word)
        if shorter == word or len(shorter) < SHORTEST:
            break
        word = shorter
    return word


def nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the lesser of two titles stands in the other, 0 to 1; one shared short word is nothing."""
    lesser, greater = sorted((one, other), key=len)
    shared = [word for word in lesser if any(_same(word, each) for each in greater)]
    if len(shared) == 1 and len(greater) > 1 and len(shared[0]) < (6 if len(lesser) == 1 else 9):
        return 0.0
    return len(shared) / len(lesser) if lesser else 0.0


def _same(one: str, other: str) -> bool:
    """One stem begins with the other, and what is left over is no more than an ending."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= SHORTEST and long.startswith(short) and len(long) - len(short) <= 3)


def mentions(column: Any, wanted: frozenset[str]) -> ColumnElement[bool]:
    """The column holds the beginning of one of the four longest stems.

    Databases fold the case of å, ä and ö or do not, so such letters stand for any letter.
    """
    longest = sorted(wanted, key=lambda word: (-len(word), word))[:4]
    if not longest:
        return false()
    return or_(*(func.lower(column).like(f"%{_pattern(word)}%", escape="\\") for word in longest))


def _pattern(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "_", word[:6])
