"""Guidance text (CommonMark with tables, no HTML) as blocks for paper."""

from __future__ import annotations

import re

from reports.blocks import Block, Bullets, Heading, Para, Table

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|(\d+)[.)])\s+(\[[ xX]\]\s+)?(.*)$")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BREAK = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")


def plain(text: str) -> str:
    """A line without its marks: emphasis, code, images and link addresses (words of a link stay)."""
    text = re.sub(r"!?\[((?:\\.|[^\]\\])*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"<((?:https?|mailto):[^>\s]+)>", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*(?![\w*])", r"\1", text)
    text = re.sub(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)", r"\1", text)
    text = re.sub(r"`([^`]+)`", r"\1", text)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).strip()


def blocks(text: str) -> list[Block]:
    """Headings, paragraphs, lists, quotes (as notices) and tables, in order."""
    lines = text.replace("\r\n", "\n").split("\n")
    found: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip() or _BREAK.match(line):
            at += 1
        elif match := _HEADING.match(line):
            found.append(Heading(plain(match[2]), min(len(match[1]), 3)))
            at += 1
        elif at + 1 < len(lines) and "|" in line and _RULE.match(lines[at + 1]):
            at = _table(lines, at, found)
        elif _ITEM.match(line):
            at = _list(lines, at, found)
        else:
            at = _para(lines, at, found)
    return found


def _cells(line: str) -> tuple[str, ...]:
    inner = re.sub(r"^\s*\||\|\s*$", "", line)
    return tuple(plain(cell) for cell in re.split(r"(?<!\\)\|", inner))


def _table(lines: list[str], at: int, found: list[Block]) -> int:
    head = _cells(lines[at])
    at += 2
    rows = []
    while at < len(lines) and "|" in lines[at] and lines[at].strip():
        cells = _cells(lines[at])
        rows.append((*cells[: len(head)], *([""] * (len(head) - len(cells)))))
        at += 1
    found.append(Table(head, tuple(rows)))
    return at


def _list(lines: list[str], at: int, found: list[Block]) -> int:
    items: list[str] = []
    first = _ITEM.match(lines[at])
    ordered, boxes = bool(first and first[1]), bool(first and first[2])
    while at < len(lines) and lines[at].strip():
        match = _ITEM.match(lines[at])
        if match:
            items.append(match[3])
        elif _HEADING.match(lines[at]):
            break
        else:
            items[-1] += " " + lines[at].strip()
        at += 1
    found.append(Bullets(tuple(plain(item) for item in items), ordered, boxes))
    return at


def _para(lines: list[str], at: int, found: list[Block]) -> int:
    said: list[str] = []
    quote = lines[at].lstrip().startswith(">")
    while at < len(lines) and lines[at].strip():
        if said and (_HEADING.match(lines[at]) or _ITEM.match(lines[at])):
            break
        said.append(re.sub(r"^\s*>\s?", "", lines[at]).strip() if quote else lines[at].strip())
        at += 1
    found.append(Para(plain(" ".join(said)), "notice" if quote else "body"))
    return at
