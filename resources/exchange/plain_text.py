"""Text as a person reads it: markup taken out, entities decoded, invisible signs removed."""

from __future__ import annotations

import html
import re
import unicodedata

NOTHING = frozenset(
    {"na", "n/a", "null", "none", "nan", "nil", "-", "--", "#n/a", "\\n", "(none)", "unknown", "not given"}
)
_LONGEST_NOTHING = max(map(len, NOTHING)) + 2
MAY_SAY_NOTHING = frozenset(sign for word in NOTHING for sign in (word[0], word[0].upper())) | frozenset(
    " \t\n\r"
)
_SPECIAL = re.compile(r"[&<]|[^ -~]|  ")
_MARKUP = re.compile(r"<(?:!--|/?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SILENT = re.compile(r"(?is)<(script|style)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)")
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr|/h[1-6]|p|div|li|tr|ul|ol|h[1-6])\b[^<>]*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SEEN_AS_SPACE = str.maketrans("\n\t\xa0", "   ")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def is_plain(text: str) -> bool:
    """True for text in which `plain` would change nothing but white space at its ends."""
    return not _SPECIAL.search(text)


def plain(text: str) -> str:
    """Several lines of plain text: HTML stripped, entities decoded at most twice, paragraphs kept."""
    if not _SPECIAL.search(text):
        return text.strip()
    said = text
    if "&" in said:
        for _ in range(2):
            if _ENTITY.search(said):
                said = html.unescape(said)
    if "<" in said and _MARKUP.search(said):
        said = _TAG.sub(" ", _BREAK.sub("\n", _SILENT.sub(" ", said)))
    if said.isascii() and said.isprintable():
        return said.strip() if "  " not in said else re.sub(r" {2,}", " ", said).strip()
    said = _LINE_ENDS.sub("\n", said)
    if not said.translate(_SEEN_AS_SPACE).isprintable():
        said = "".join(sign for sign in said if not _unseen(sign))
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in said.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def line(text: str) -> str:
    """One line of plain text."""
    if not text:  # as most cells of a long list
        return ""
    said = plain(text)
    return " ".join(said.split()) if "\n" in said else said


def given(text: str) -> str:
    """The text of a cell, or nothing when it only says that nothing is known ("N/A", "null")."""
    if text[:1] not in MAY_SAY_NOTHING or len(text) > _LONGEST_NOTHING:
        return text
    return "" if text.strip().casefold() in NOTHING else text


def _unseen(sign: str) -> bool:
    """Control, direction and unassigned signs; joiners between letters stay (R22)."""
    kind = unicodedata.category(sign)
    return (kind in ("Cc", "Cs", "Co", "Cn") and sign not in "\n\t") or (
        kind == "Cf" and sign not in "\u200c\u200d"
    )
