"""A Provider: one service at one place, as an officer needs it (HSDS names in shared field reference)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from resources.directory.hours import Hours

INTAKE_RULES = (
    "men",
    "women",
    "minors",
    "families",
    "pets",
    "substance_use",
    "no_id",
    "no_police_report",
    "transport",
    "out_of_county",
)
STATUSES = ("active", "inactive", "temporarily closed", "defunct")
CHECK_RESULTS = ("answered", "wrong-number", "no-answer", "closed")

UNKNOWN_HOURS = Hours()


@dataclass(frozen=True)
class Phone:
    """One number. `number` is E.164 ("+14065550142") or a short code ("988"); empty when only `shown`
    (the text as it came, cleaned) could be kept because a person must look at it."""

    id: str
    number: str = ""
    extension: str = ""
    label: str = ""
    kind: str = "voice"
    shown: str = ""


@dataclass(frozen=True)
class Place:
    """Where the service is. A confidential place has no street and no point, by construction (R4).

    `county` is a five-digit FIPS code; `state` two letters; latitude and longitude in degrees (WGS 84).
    """

    street: str = ""
    city: str = ""
    county: str = ""
    state: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    confidential: bool = False

    def __post_init__(self) -> None:
        if self.confidential:
            object.__setattr__(self, "street", "")
            object.__setattr__(self, "latitude", None)
            object.__setattr__(self, "longitude", None)


@dataclass(frozen=True)
class Check:
    """One call by a person: `result` is one of CHECK_RESULTS, `by` their initials. Imports never make one."""

    id: str
    on: date
    result: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Provider:
    """One service at one place. Sets hold codes: needs (content/needs.toml), languages (ISO 639),
    serves ("30087" a county, "MT" a state, "US"). `intake` maps a rule of INTAKE_RULES to yes or no;
    a rule that is absent is unknown. `enforcement` marks a tip line, which never goes on
    survivor paper (dossier section 14). `kept` holds incoming columns that we do not show (HSDS rule 3)."""

    id: str
    name: str = ""
    organization: str = ""
    description: str = ""
    cover_name: str = ""
    alert: str = ""
    needs: frozenset[str] = frozenset()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    website: str = ""
    place: Place = Place()
    remote: bool = False
    serves: frozenset[str] = frozenset()
    hours: Hours = UNKNOWN_HOURS
    languages: frozenset[str] = frozenset()
    interpretation: str = ""
    intake: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    minimum_age: int | None = None
    maximum_age: int | None = None
    eligibility: str = ""
    how_to_reach: str = ""
    documents: str = ""
    cost: str = ""
    status: str = "active"
    owner: str = ""
    source: str = ""
    source_id: str = ""
    enforcement: bool = False
    training: bool = False
    kept: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    checks: tuple[Check, ...] = ()

    @property
    def retired(self) -> bool:
        return self.status == "defunct"

    @property
    def phone(self) -> Phone | None:
        """The first number that can be dialled."""
        return next((p for p in self.phones if p.number and p.kind != "fax"), None)

    @property
    def last_check(self) -> Check | None:
        """The newest check; of several on one day, the one that was added last."""
        return max(reversed(self.checks), key=lambda check: check.on, default=None)

    @property
    def confirmed_on(self) -> date | None:
        """When a person last heard this number answered."""
        if not self.checks:
            return None
        return max((c.on for c in self.checks if c.result == "answered"), default=None)

    def problems(self) -> list[str]:
        """Keys of sentences about what is missing; empty when the entry is usable."""
        found = []
        if not self.name.strip():
            found.append("directory.problem.name_missing")
        if not any(p.number or p.shown for p in self.phones):
            found.append("directory.problem.phone_missing")
        return found
