"""Several sheets or languages in one go: each the same bytes as alone, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import MappingProxyType

import pytest

from reports import batch, sheet
from resources.directory.provider import Provider
from resources.errors import ToolkitError
from resources.handoff import Handoff

Make = Callable[..., Provider]


def test_each_paper_has_the_bytes_it_has_alone(make_provider: Make, today: date) -> None:
    base = Handoff(providers=(make_provider(),), note="Sam")
    wanted = batch.handoffs(base, ["wallet_card", "full_page"], ["en", "es", "ar", "es"])
    assert len(wanted) == 6
    for one in batch.make(wanted, today=today):
        assert one.paper is not None
        assert one.paper.pdf == sheet.make(one.handoff, today=today).pdf


def test_a_refusal_is_kept_beside_the_papers_that_could_be_made(make_provider: Make, today: date) -> None:
    base = Handoff(providers=(make_provider(),))
    made = batch.make(batch.handoffs(base, ["wallet_card", "partner_handoff"], ["en", "my"]), today=today)
    assert [(one.paper is None, one.refused and one.refused.key) for one in made] == [
        (False, None),
        (False, None),
        (True, "paper_desk.refused.answers"),
        (True, "paper_desk.refused.language"),
    ]
    assert batch.file_names(made) == ("resources-01.pdf", "resources-02.pdf")


def test_answers_reach_only_the_sheet_that_asks_for_them(make_provider: Make) -> None:
    answers = MappingProxyType({"alias": "Ana", "topic": "interpreters"})
    wanted = batch.handoffs(Handoff(answers=answers), ["partner_handoff", "topic", "wallet_card"], ["en"])
    assert [set(one.answers) for one in wanted] == [{"alias"}, {"topic"}, set()]


def test_a_batch_can_be_stopped(make_provider: Make, today: date) -> None:
    seen: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        seen.append((done, of))
        if done == 2:
            raise InterruptedError

    wanted = batch.handoffs(Handoff(providers=(make_provider(),)), ["wallet_card"], ["en", "es", "fr", "pt"])
    with pytest.raises(InterruptedError):
        batch.make(wanted, today=today, progress=stop)
    assert seen == [(0, 4), (1, 4), (2, 4)]


def test_a_sheet_that_does_not_exist_is_named_at_once() -> None:
    with pytest.raises(ToolkitError):
        batch.handoffs(Handoff(), ["wallet_card", "poster"], ["en"])


@pytest.mark.parametrize("name", ["booklet", "call_list", "wallet_card"])
def test_a_long_paper_says_how_far_it_is_and_can_be_stopped(
    name: str, make_provider: Make, today: date
) -> None:
    helpers = tuple(make_provider(n) for n in range(90))
    told: list[tuple[int, int]] = []
    made = sheet.make(Handoff(name, providers=helpers), today=today, progress=lambda *at: told.append(at))
    assert made.pages > 2
    assert len(told) > made.pages and any(of for _, of in told)

    def stop(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        sheet.make(Handoff(name, providers=helpers), today=today, progress=stop)
