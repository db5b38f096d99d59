"""The index answers exactly what looking at every provider answers."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from resources.directory import needs, places, search
from resources.directory.provider import INTAKE_RULES, Provider
from tests.resources.directory.find import oracle

ASKED = ("shelter", "bed tonight", "rape kit", "lawyer", "spanish", "papers", "mary's", "pena", "obrien")


def _question(chance: random.Random, provider: Provider, moment: datetime) -> search.Query:
    base = chance.choice(
        [
            provider.name,
            provider.organization,
            provider.place.city,
            provider.description[:25],
            chance.choice(ASKED),
            f"{provider.place.city} {chance.choice(ASKED)}",
            provider.phones[0].number[2:],
            " ".join(reversed(provider.name.split())),
            "",
        ]
    )
    near = chance.choice(
        [None, places.find(provider.place.postal_code), places.county(provider.place.county)]
    )
    return search.Query(
        text=base[: chance.randint(1, max(1, len(base)))],
        needs=tuple(chance.sample(needs.codes(), chance.choice((0, 0, 0, 1, 2)))),
        near=near,
        within=chance.choice((None, 15.0, 60.0, 200.0)) if near else None,
        language=chance.choice(("", "", "", "es", "mam")),
        open_now=chance.random() < 0.2,
        open_tonight=chance.random() < 0.1,
        accepts=tuple(chance.sample(INTAKE_RULES, chance.choice((0, 0, 0, 1, 2)))),
        county=chance.choice(("", "", "", provider.place.county)),
        include_retired=chance.random() < 0.2,
        limit=5000,
        moment=moment,
    )


@pytest.mark.parametrize("seed", range(6))
def test_searching_equals_looking_at_everything(many: Any, many_providers: list[Provider], seed: int) -> None:
    chance, hits = random.Random(seed), 0
    for _ in range(50):
        moment = datetime(2026, 11, 23) + timedelta(minutes=chance.randrange(7 * 1440))
        query = _question(chance, chance.choice(many_providers), moment)
        results = search.find(many, query)
        found = [] if results.corrected else [entry.provider_id for entry in results.found]
        assert len(set(found)) == len(found)
        assert set(found) == oracle.expected(many_providers, query, moment), query
        if not results.corrected:
            assert results.total == len(found)
        hits += len(found)
    assert hits > 100
