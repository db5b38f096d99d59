"""Reading order of mixed text, held against an implementation of the standard that others wrote."""

from __future__ import annotations

import random
import unicodedata

import pytest
from bidi import get_display

from reports.engine.levels import levels, visual_order

ISOLATES = "\u2066\u2067\u2068\u2069"
LETTERS = "abאבعس12۱٢ ,.:-+()[]$%!/\u0301"
ENDING = ("WS", "S", "LRI", "RLI", "FSI", "PDI")


def shown(text: str, right_to_left: bool) -> str:
    """The text from left to right, invisible signs left out."""
    found = levels(text, right_to_left) or [0] * len(text)
    end = len(text)
    while end and unicodedata.bidirectional(text[end - 1]) in ENDING:
        end -= 1
    found = found[:end] + [int(right_to_left)] * (len(text) - end)
    return "".join(text[at] for at in visual_order(found) if text[at] not in ISOLATES)


@pytest.mark.parametrize("seed", range(4))
def test_order_agrees_with_the_standard(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(1500):
        text = "".join(dice.choice(LETTERS + ISOLATES) for _ in range(dice.randint(1, 16)))
        right = dice.random() < 0.5
        expected = get_display(text, base_dir="R" if right else "L")
        assert shown(text, right) == "".join(c for c in expected if c not in ISOLATES), ascii(text)


def test_an_isolated_number_keeps_its_order() -> None:
    assert "+1 406 555-0142" in shown("اتصل \u2066+1 406 555-0142\u2069 الآن", True)
    assert "+1 406 555-0142" not in shown("اتصل +1 406 555-0142 الآن", True)


def test_plain_latin_text_costs_nothing() -> None:
    assert levels("Call (406) 555-0142", False) is None
