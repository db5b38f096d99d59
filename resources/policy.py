"""The policy of a fleet: one file for everybody on this laptop, which only an administrator may write.

It fixes the working county and the roles to choose from, says whether the directory may be edited here, how
long backups are kept, when providers are called again and whose updates are believed. A setting that is wrong
is named with its line and left out; while anything about trust is wrong, nobody new is believed. Without a
file all is as people set it.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from resources import overlay
from resources import policy_fields as fields
from resources import settings as settings_file
from resources.administrators import only_administrators_write
from resources.errors import ToolkitError
from resources.files import bad_line
from resources.settings import Settings

NAME = "policy.toml"
MOST_BYTES = 1 << 18
TRUST_FIELDS = frozenset(("agency", "issuers", "releasers"))  # never from a stick


@dataclass(frozen=True)
class Policy:
    """What an agency fixed. `file` is empty where there is no policy.

    `issuers` are names and public keys of the agencies that are believed, None where people decide; `closed`
    means that the trust part is wrong. `releasers` are minisign keys that sign new versions of the program.
    """

    file: str = ""
    county: str = ""
    roles: tuple[str, ...] = ()
    reader: bool = False
    backups: int = fields.BACKUPS
    backup_days: int = 0
    urgent_days: int = 0
    check_days: int = 0
    agency: str = ""
    issuers: tuple[tuple[str, str], ...] | None = None
    releasers: tuple[str, ...] = ()
    closed: bool = False
    given: frozenset[str] = frozenset()  # the names of the fields that the file sets
    problems: tuple[ToolkitError, ...] = ()

    @property
    def fixed(self) -> frozenset[str]:
        """The names of settings that a person cannot change here."""
        found = {"place"} if self.county else set()
        found |= {name for name in ("urgent_days", "check_days") if getattr(self, name)}
        return frozenset(found | ({"role"} if len(self.roles) == 1 else set()))

    def over(self, settings: Settings) -> Settings:
        """These settings as the policy lets them be."""
        role = settings.role if settings.role in (self.roles or (settings.role,)) else self.roles[0]
        fixed = settings.changed(place=self.county or settings.place, role=role)
        urgent, others = self.urgent_days or settings.urgent_days, self.check_days or settings.check_days
        return replace(fixed, urgent_days=urgent, check_days=others)

    def allowed(self, values: Mapping[str, object]) -> dict[str, object]:
        """Of these new settings, the ones a person may choose here."""
        return {
            name: value
            for name, value in values.items()
            if name not in self.fixed and not (name == "role" and self.roles and value not in self.roles)
        }

    def refuse_closed(self) -> None:
        """Raises ToolkitError while the trust part of the policy is wrong."""
        if self.closed:
            raise ToolkitError("policy.closed", file=self.file)


def path() -> Path:
    """Where an administrator puts the policy."""
    if sys.platform == "win32":
        from platformdirs import site_data_path

        return site_data_path("Porchlight", appauthor=False) / NAME
    return Path("/etc/porchlight") / NAME


def current() -> Policy:
    """The policy of this laptop, read anew when its file changes."""
    carried = overlay.current().policy
    return _administrators() if carried is None else below(_administrators(), _carried(carried))


def below(ours: Policy, carried: Policy) -> Policy:
    """An administrator's policy over one that came with an edition: what ours leaves open, that one fills."""
    more = {name: getattr(carried, name) for name in carried.given - ours.given}
    return replace(ours, file=ours.file or carried.file, given=ours.given | carried.given, **more)


def _administrators() -> Policy:
    file = path()
    try:
        about = file.stat()
    except FileNotFoundError:
        return Policy()
    except OSError:
        return _broken(file, ToolkitError("policy.unreadable", file=str(file)))
    return _cached(file, about.st_mtime_ns, about.st_size)


def settings(data: Path) -> Settings:
    """The settings of this person, as the policy lets them be."""
    return current().over(settings_file.read(data))


@lru_cache(maxsize=4)
def _carried(file: Path) -> Policy:
    """A policy that came with a signed edition: everything but whom to believe."""
    found = read(file)
    return replace(found, given=found.given - TRUST_FIELDS, closed=False)


@lru_cache(maxsize=4)
def _cached(file: Path, _changed: int, _size: int) -> Policy:
    if not only_administrators_write(file):
        return _broken(file, ToolkitError("policy.not_administrators", file=str(file)))
    return read(file)


def read(file: Path) -> Policy:
    """A policy from this file, whoever owns it: what is wrong in it is in its `problems`."""
    raw = b""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise OSError
        text = raw.decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError:
        return _broken(file, ToolkitError("policy.unreadable", file=str(file)))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        return _broken(file, ToolkitError("policy.not_toml", file=str(file), line=bad_line(problem, raw)))
    return _checked(file, table, fields.Lines(text))


def _broken(file: Path, problem: ToolkitError) -> Policy:
    return Policy(file=str(file), issuers=(), closed=True, problems=(problem,))


def _checked(file: Path, table: Mapping[str, Any], lines: fields.Lines) -> Policy:
    found: dict[str, Any] = {}
    problems: list[ToolkitError] = []
    closed = False
    for section, name, value in fields.settings(table):
        try:
            found |= fields.checked(section, name, value)
        except fields.Wrong as wrong:
            closed |= fields.TRUST in (section, name) or wrong.why in ("unknown", "section")
            line = lines.of(*(wrong.at or (section, name)))
            data = {"name": name, "file": str(file), "line": line, **wrong.data}
            problems.append(ToolkitError(f"policy.{wrong.why}", **data))
    if closed:
        found |= {"issuers": (), "releasers": ()}
    given = frozenset(found)
    return Policy(file=str(file), closed=closed, given=given, problems=tuple(problems), **found)
