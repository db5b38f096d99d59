"""What must stay whole on paper: telephone numbers, times and dates keep their order and one line."""

from __future__ import annotations

import re

ISOLATES = "\u2066\u2067\u2068"
ISOLATE, POP = "\u2066", "\u2069"
# Digits with separators; blanks only count when there are digits enough for a telephone number.
NUMBER = re.compile(
    r"(?<![\w+(])[+(]?\d(?:[\d().,:/\-\u2010-\u2013\u00a0]|[ ](?=[(\d]))*\d(?!\w)"
    r"(?:[ \u00a0]?(?:ext\.?|x)[ \u00a0]?\d+)?"
)
BLANKS = re.compile(r"[ \u00a0]")


def numbers(text: str) -> list[tuple[int, int]]:
    """Where numbers with separators stand in the text."""
    found = []
    for match in NUMBER.finditer(text):
        start, end = match.span()
        digits = sum(character.isdigit() for character in match.group())
        if BLANKS.search(match.group()) and digits < 7:
            continue
        if digits < end - start and end - start <= 40:
            found.append((start, end))
    return found


def isolated(text: str) -> str:
    """The text with each number wrapped so that right-to-left text around it cannot reorder it."""
    at, parts = 0, []
    for start, end in numbers(text):
        if start and text[start - 1] in ISOLATES:
            continue
        parts += [text[at:start], ISOLATE, text[start:end], POP]
        at = end
    return "".join([*parts, text[at:]]) if parts else text


def unbroken(text: str) -> list[tuple[int, int]]:
    """Stretches in which no line may end: the numbers, and short isolates that hold a digit."""
    found = numbers(text)
    start = -1
    for at, character in enumerate(text):
        if character == ISOLATE and start < 0:
            start = at
        elif character == POP and start >= 0:
            held = text[start:at]
            if at - start <= 30 and any(inner.isdigit() for inner in held):
                found.append((start, at))
            start = -1
    return sorted(found)
