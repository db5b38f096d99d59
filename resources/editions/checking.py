"""Looks at an edition as `porchlight check` looks at content, before anything of it is used."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from resources import overlay, policy
from resources.check import Check, blanks, content_problems
from resources.directory import phones
from resources.editions.differences import numbers
from resources.editions.edition import Edition
from resources.editions.kinds import AGENCY, of_program
from resources.editions.layers import POLICY, in_force, layer
from resources.errors import ToolkitError
from resources.guidance.agency import SLOTS
from resources.guidance.check import agency_problems
from resources.starter import LINES, hotlines
from resources.words import load

_TURNING = "\u202a\u202b\u202c\u202d\u202e"  # signs that make a text read otherwise than it is written


def problems(
    edition: Edition, files: Mapping[str, bytes], scratch: Path, more: Sequence[Check] = ()
) -> list[str]:
    """What must be mended in these files before they may be used, one sentence each.

    They are looked at upon the content of the program, in a folder below `scratch` that is gone afterwards.
    Pages must have been in date on the day the edition was made: what passes later shows its own warning.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="look-", dir=scratch))
    try:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        found = list(_texts(files))
        if not found:
            check = _agency if edition.role == AGENCY else _guidance
            found = check(folder, files, date.fromisoformat(edition.made_on), more)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [sentence.replace(f"{folder}/", "") for sentence in found]


def _texts(files: Mapping[str, bytes]) -> Iterator[str]:
    """What is no text, or no table where a table must be."""
    say = load("en").say
    for name, data in files.items():
        try:
            said = data.decode("utf-8-sig")
            if name.endswith(".toml"):
                tomllib.loads(said)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
            yield say("content.check.unreadable", file=name)
            continue
        odd = any(
            sign in _TURNING or (unicodedata.category(sign) == "Cc" and sign not in "\n\t\r") for sign in said
        )
        if odd:
            yield say("content.check.signs", file=name)


def _guidance(folder: Path, files: Mapping[str, bytes], made: date, more: Sequence[Check]) -> list[str]:
    with overlay.trying(layer(folder, files)):
        found = [*_safely(lambda: content_problems(more, today=made)), *_english(files)]
        found += _lines(folder / LINES.name, made) if LINES.name in files else []
        found += _old_numbers(files)
    ours = _of_program(tuple(more), made) if found else frozenset()
    return [sentence for sentence in found if sentence not in ours]


@lru_cache(maxsize=8)
def _of_program(more: tuple[Check, ...], made: date) -> frozenset[str]:
    """What the checks say of the program's own content: no fault of an edition."""
    with overlay.trying(layer()):
        return frozenset(content_problems(more, today=made))


def _safely(check: Callable[[], list[str]]) -> list[str]:
    """What a check says; content so odd that a check gives up is named too."""
    try:
        return check()
    except ToolkitError as problem:
        return [load("en").explain(problem)]
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as problem:
        return [load("en").say("content.check.odd", what=str(problem)[:80])]


def _english(files: Mapping[str, bytes]) -> Iterator[str]:
    """English sentences are the measure of all others, so they are measured by the program's."""
    for name in files:
        if not name.startswith("words/en/"):
            continue
        area = name.removeprefix("words/en/").removesuffix(".toml")
        theirs = load("en")
        with overlay.trying(layer()):
            ours = load("en")
            keys = sorted(key for key in iter(ours.keys()) if key.startswith(f"{area}."))
            wanted = {key: ours.sentence(key) for key in keys}
        for key, sentence in wanted.items():
            there = theirs.sentence(key)
            if isinstance(there, dict) != isinstance(sentence, dict) or blanks(there) != blanks(sentence):
                yield theirs.say("guidance.check.words_blanks", language="en", area=area, name=key)


def _lines(path: Path, made: date) -> list[str]:
    """National lines: each with numbers that can be dialled, a source and its date."""
    say, found = load("en").say, []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        for row in table["line"]:
            name = str(row.get("name", row.get("key", "")))
            if not str(row.get("source", "")).strip() or not _past(row.get("source_date"), made):
                found.append(say("content.check.line_source", name=name))
            if not row.get("phones") or not all(_dials(phone) for phone in row["phones"]):
                found.append(say("content.check.line_number", name=name))
        keys = [row["key"] for row in table["line"]]
        if len(set(keys)) != len(keys) or not _past(table.get("reviewed_on"), made):
            found.append(say("content.check.lines_dates"))
        if not found:
            hotlines(LINES)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as problem:
        found.append(say("content.check.odd", what=str(problem)[:80]))
    return found


def _old_numbers(files: Mapping[str, bytes]) -> Iterator[str]:
    """Texts in force that still hold the number of a national line that no longer has it."""
    if LINES.name not in files:
        return
    gone = numbers(LINES.read_bytes()) - numbers(files[LINES.name])
    for name in sorted({*of_program(), *files} - {LINES.name}) if gone else ():
        for number in sorted(gone & numbers(in_force(name))):
            yield load("en").say("content.check.old_number", file=name, number=number)


def _past(day: object, made: date) -> bool:
    try:
        return date.fromisoformat(str(day)) <= made
    except ValueError:
        return False


def _dials(phone: Mapping[str, Any]) -> bool:
    """A number as it is stored, or a short one; digits only, in our own digits."""
    number = str(phone.get("number", ""))
    digits = number.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return False
    return len(digits) <= 6 if digits == number else bool(phones.read(number).phones)


def _agency(folder: Path, files: Mapping[str, bytes], made: date, _more: Sequence[Check]) -> list[str]:
    """The agency's own texts: readable, of slots that exist, leading nowhere but here; a policy without
    a word about whom to believe."""
    say = load("en").say
    found = _safely(lambda: agency_problems(folder, today=made))
    if "agency.toml" in files:
        table = tomllib.loads(files["agency.toml"].decode("utf-8-sig"))
        unknown = sorted(set(table) - {*SLOTS, "checked"})
        found += [say("content.check.slot", slot=slot) for slot in unknown]
    if POLICY in files:
        read = policy.read(folder / POLICY)
        found += [load("en").explain(problem) for problem in read.problems]
        if read.given & policy.TRUST_FIELDS:
            found.append(say("content.check.policy_trust"))
    return found
