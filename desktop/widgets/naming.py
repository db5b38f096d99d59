"""How providers are spoken of on the screen: age of the last check, kinds of help, languages, areas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QLocale

from resources.directory import due, needs, places
from resources.directory.synonyms import language_names
from resources.words import Words, load

_BAD = {"wrong-number": "wrong", "closed": "closed", "no-answer": "silent"}


def check_state(
    words: Words, needs: Iterable[str], confirmed: date | None, last_result: str, today: date
) -> tuple[str, str, str]:
    """Icon, color token and sentence for the last check; a warning once the clock of these needs ran out."""
    if last_result in ("wrong-number", "closed"):
        return "warn", "warn", words.say(f"desk.check.{_BAD[last_result]}")
    if confirmed is None:
        silent = last_result == "no-answer"
        return "clock", "mute", words.say("desk.check.silent" if silent else "desk.check.never")
    days = (today - confirmed).days
    if days < -1:  # dated by a wrong clock: it proves nothing
        return "warn", "warn", words.say("desk.check.ahead")
    if days >= due.lasts(needs):
        unit, n = ("months", days // 30) if days >= 60 else ("days", days)
        return "warn", "warn", words.say(f"desk.check.{unit}", n=n)
    if last_result == "no-answer":
        return "clock", "mute", words.say("desk.check.silent")
    return "ok", "ok", words.say("desk.check.fresh", n=days) if days > 0 else words.say("desk.check.today")


def day(value: date) -> str:
    """ "Nov 25, 2026"."""
    return f"{value:%b} {value.day}, {value.year}"


def kinds(words: Words, codes: tuple[str, ...] | frozenset[str], most: int = 2) -> str:
    """The kinds of help in the order of the list of needs, the first `most` of them."""
    known = [code for code in needs.codes() if code in codes]
    return ", ".join(words.say(needs.get(code).short_key) for code in known[:most])


def language(code: str) -> str:
    """The English name of a language code; the code itself when nobody knows it."""
    names, words = language_names(), load("en")
    if words.has(f"desk.language_name.{code}"):
        return words.say(f"desk.language_name.{code}")
    known = QLocale(code).language()
    if known not in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return QLocale.languageToString(known)
    return names[code].split()[0].capitalize() if code in names else code


def languages(codes: frozenset[str]) -> str:
    first = [code for code in ("en", "es") if code in codes]
    return ", ".join(language(code) for code in first + sorted(codes - {"en", "es"}, key=language))


def areas(words: Words, serves: frozenset[str]) -> str:
    """The counties and states that are served, by name."""
    if "US" in serves:
        return words.say("desk.detail.everywhere")
    states = sorted(places.STATES.get(code, code) for code in serves if len(code) == 2)
    counties = sorted(places.county_name(code) for code in serves if len(code) == 5)
    return "; ".join(states + counties)


def distance(words: Words, miles: float | None, about: bool, remote: bool) -> str:
    if remote:
        return words.say("desk.find.by_phone")
    if miles is None:
        return ""
    if about and miles < 1:
        return words.say("desk.find.in_county")
    return words.say("desk.find.about_miles" if about else "desk.find.miles", miles=f"{miles:.0f}")
