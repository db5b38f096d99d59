"""Whatever is typed is answered, as text and nothing else, the quick way and the plain way alike
(threat model test 40)."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from resources.directory import places, search
from resources.directory.provider import Provider

NOON = datetime(2026, 11, 25, 12)
PIECES = (
    '"', "'", "''", "*", "NEAR(", "col:", "{name} :", "AND", " NOT ", " OR ", "(", ")", "^", "+", "--", ";",
    "\\", "\0", "%", "_", "?1", "St. Mary's", "a-z", "shelter", "bed tonight", "406", "555-0142", "\u202e",
    "\u0301", "\ufeff", "\ud83d", "\U0001f600", "ß", "İ", "ﬁ", "٤٠٦", "日本", " ", "\t", "\n",
)  # fmt: skip


def anything(chance: random.Random) -> str:
    """Signs that mean something to some program, and signs from anywhere in Unicode, halves of pairs too."""
    parts = [
        chance.choice(PIECES) if chance.random() < 0.7 else chr(chance.randrange(sys.maxunicode + 1))
        for _ in range(chance.randint(1, 12))
    ]
    return "".join(parts) * (chance.choice((500, 2000)) if chance.random() < 0.05 else 1)


@pytest.mark.parametrize("seed", range(3))
def test_any_text_is_answered_alike_by_the_index_and_in_memory(
    many: Any, many_providers: list[Provider], seed: int
) -> None:
    chance, kept = random.Random(seed), search.Shortlists()
    for _ in range(120):
        near = places.county(chance.choice(many_providers).place.county)
        text = anything(chance)
        query = search.Query(text, near=chance.choice((None, near)), accepts=("men",), moment=NOON)
        assert search.find(many, query, kept) == search.find(many, query), ascii(text)
        search.find(many, search.Query(needs=(text,), language=text, county=text, accepts=(text,)), kept)


@pytest.mark.parametrize(
    ("name", "typed", "as_a_query"),
    [
        ('The "Safe" House', 'the "safe" h', '"qqq" OR safe'),
        ("St. Mary's Home", "St. Mary's", "mary* OR qqq"),
        ("A-Z Legal Aid", "a-z", "legal NOT qqq"),
        ("NEAR(Field) Clinic", "NEAR(fi", "NEAR(field clinic, 9)"),
        ("col:umn House", "col:umn", "name:house"),
        ("Five * Refuge", "five * refuge", "fi*e"),
        ("Not Alone AND Safe", "not alone AND", "safe NOT qqq"),
    ],
)
def test_signs_of_a_query_language_are_only_text(
    index_of: Callable[..., Any], name: str, typed: str, as_a_query: str
) -> None:
    connection = index_of([Provider("a", name), Provider("b", "Quiet Harbor")])
    assert [found.name for found in search.find(connection, search.Query(typed)).found] == [name]
    assert search.find(connection, search.Query(as_a_query)).found == []
