"""Providers and handoffs for sheet tests: every field can hold a canary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import Check, Phone, Place, Provider
from resources.handoff import Handoff

TODAY = date(2026, 11, 25)


def provider(number: int = 42, **changes: Any) -> Provider:
    """An ordinary, checked helper; changes are fields."""
    plain = Provider(
        id=f"p{number}",
        name=f"Helper {number}",
        cover_name=f"Cover {number}",
        needs=frozenset({"food"}),
        phones=(Phone("1", f"+1406555{100 + number % 100:04}"),),
        hours=Hours(always=True),
        languages=frozenset({"en"}),
        checks=(Check("c", date(2026, 11, 1), "answered", "AB"),),
    )
    return replace(plain, **changes)


@pytest.fixture
def make_provider() -> Callable[..., Provider]:
    return provider


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def canary() -> Provider:
    """A helper with a different canary in every field that can hold text."""
    return Provider(
        id="ZZid",
        name="ZZname",
        organization="ZZorganization",
        description="ZZdescription",
        cover_name="ZZcover",
        alert="ZZalert",
        needs=frozenset({"food", "ZZneed"}),
        phones=(
            Phone("ZZphoneid", "+14065550142", label="ZZlabel", extension="77"),
            Phone("f", "+14065550199", label="ZZfax", kind="fax"),
        ),
        email="ZZemail@example.org",
        website="ZZwebsite",
        place=Place("ZZstreet", "ZZcity", "30087", "ZS", "ZZzip", 46.25, -106.75),
        serves=frozenset({"ZZserves"}),
        hours=Hours(
            spans=(Span(0, 480, 1020),),
            closures=(Closure(TODAY, TODAY, "ZZclosure"),),
            text="ZZhourstext",
            rules=("ZZrule",),
        ),
        languages=frozenset({"en", "ZZlanguage"}),
        interpretation="ZZinterpretation",
        intake=MappingProxyType({"men": True, "minors": False}),
        minimum_age=18,
        eligibility="ZZeligibility",
        how_to_reach="ZZreach",
        documents="ZZdocuments",
        cost="ZZcost",
        owner="ZZowner",
        source="ZZsource",
        source_id="ZZsourceid",
        kept=MappingProxyType({"ZZkey": "ZZkept"}),
        checks=(Check("ZZcheckid", date(2026, 11, 1), "answered", "ZZby", "ZZnote"),),
    )


ANSWERS = {
    "release_recipient": "Partner Agency",
    "release_purpose": "Find a bed",
    "release_items": "alias, speaks, need",
    "release_until": "2026-12-20",
    "release_signed": "yes",
    "alias": "ZZalias",
    "speaks": "ZZspeaks",
    "need": "ZZwhat",
    "urgency": "now",
    "safe_contact": "ZZsafe",
    "caller_says": "ZZcaller",
    "danger": "ZZdanger",
    "companions": "ZZcompanions",
    "transport": "ZZtransport",
    "message": "call_back",
    "offered": "ZZoffered",
    "officer": "ZZofficer",
}


@pytest.fixture
def partner() -> Handoff:
    """A partner handoff with a good release for three items."""
    return Handoff("partner_handoff", answers=MappingProxyType(ANSWERS))
