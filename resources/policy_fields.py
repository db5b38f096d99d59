"""The settings of a policy file, one by one: what each may hold, and on which line it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from resources.settings import ROLES

BACKUPS = 10
MOST_NAME = 80
TRUST, ISSUER = "trust", "trust.issuer"
_KEY = re.compile(r"[0-9a-f]{64}")
_SECTION = re.compile(r"\s*(\[\[?)\s*([\w.\- ]+?)\s*\]\]?\s*(?:#.*)?")
_SETTING = re.compile(r"\s*[\"']?([\w\-]+)[\"']?\s*=")


class Wrong(Exception):
    """A value that cannot be; `why` names a sentence of the policy area, `at` the part of a list it is in."""

    def __init__(self, why: str, at: tuple[str, str] | None = None, **data: object) -> None:
        super().__init__(why)
        self.why, self.at, self.data = why, at, data


class Lines:
    """Where each setting stands in the file, for messages that can be followed."""

    def __init__(self, text: str) -> None:
        self._found: dict[tuple[str, str], int] = {}
        section, turns = "", Counter[str]()
        for number, line in enumerate(text.splitlines(), 1):
            if head := _SECTION.fullmatch(line):
                section = head[2]
                if head[1] == "[[":
                    turns[section] += 1
                    section = f"{section}.{turns[section]}"
                self._found.setdefault((section, ""), number)
            elif setting := _SETTING.match(line):
                self._found.setdefault((section, setting[1]), number)

    def of(self, section: str, name: str) -> int:
        """The line of a setting; of its section when it has none of its own."""
        near = ((section, name), (section, ""), (name, ""), (f"{name}.1", ""))
        return next((self._found[place] for place in near if place in self._found and any(place)), 1)


def settings(table: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Section, name and value of each setting. All issuers are one setting, so that a list is taken whole."""
    for name, value in table.items():
        if name in _KNOWN and isinstance(value, dict):
            yield from ((name, inner, held) for inner, held in value.items())
        else:
            yield "", name, value


def checked(section: str, name: str, value: Any) -> dict[str, Any]:
    """The fields of Policy that this setting fills. Raises Wrong."""
    known = _KNOWN[section]
    if not section and name in _KNOWN:
        raise Wrong("section")
    if name not in known:
        raise Wrong("unknown", known=", ".join(known))
    return known[name](value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("text")
    return value.strip()


def _county(value: Any) -> dict[str, Any]:
    from resources.directory import places

    place = places.find(_text(value))
    if place is None or place.kind != "county":
        raise Wrong("county", value=value)
    return {"county": place.label}


def _roles(value: Any) -> dict[str, Any]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not given:
        raise Wrong("roles_list", known=", ".join(ROLES))
    for role in given:
        if role not in ROLES:
            raise Wrong("role", value=role, known=", ".join(ROLES))
    return {"roles": tuple(dict.fromkeys(given))}


def _access(value: Any) -> dict[str, Any]:
    if value not in ("reader", "editor"):
        raise Wrong("access", value=value)
    return {"reader": value == "reader"}


def _number(field: str, least: int, most: int) -> Callable[[Any], dict[str, Any]]:
    def check(value: Any) -> dict[str, Any]:
        if type(value) is not int or not least <= value <= most:
            raise Wrong("number", value=value, least=least, most=most)
        return {field: value}

    return check


def _agency(value: Any) -> dict[str, Any]:
    return {"agency": _key(value)}


def _key(value: Any, at: tuple[str, str] | None = None) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value.strip().lower()):
        raise Wrong("key", at)
    return value.strip().lower()


def _issuers(value: Any) -> dict[str, Any]:
    if not isinstance(value, list):
        raise Wrong("issuer_table")
    return {"issuers": tuple(_issuer(one, f"{ISSUER}.{n}") for n, one in enumerate(value, 1))}


def _issuer(one: Any, section: str) -> tuple[str, str]:
    if not isinstance(one, dict) or set(one) != {"name", "key"}:
        raise Wrong("issuer_table", (section, ""))
    name = one["name"]
    if not isinstance(name, str) or not name.strip() or not name.isprintable() or len(name) > MOST_NAME:
        raise Wrong("issuer_table", (section, "name"))
    return name.strip(), _key(one["key"], (section, "key"))


def _releasers(value: Any) -> dict[str, Any]:
    from resources.release.signature import read_key

    if not isinstance(value, list):
        raise Wrong("releaser")
    for one in value:
        try:
            read_key(one if isinstance(one, str) else "")
        except ValueError as wrong:
            raise Wrong("releaser") from wrong
    return {"releasers": tuple(value)}


_KNOWN: Mapping[str, Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    "": {"county": _county, "roles": _roles, "access": _access},
    "retention": {"backups": _number("backups", 1, 100), "backup_days": _number("backup_days", 1, 3660)},
    "calls": {
        "urgent_days": _number("urgent_days", 1, 3660),
        "check_days": _number("check_days", 1, 3660),
    },
    TRUST: {"agency": _agency, "issuer": _issuers, "releasers": _releasers},
}
