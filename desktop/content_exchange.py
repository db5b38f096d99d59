"""Content editions beside the updates of the directory: one exchange carries both."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from resources.directory.store import Directory
from resources.editions import exchange as editions
from resources.editions.exchange import Looked
from resources.editions.review import EditionReview
from resources.editions.shelf import Placed
from resources.updates.exchange import Exchange, keep_refusals
from resources.updates.medium import Medium
from resources.words import load


@dataclass(frozen=True)
class ToTake:
    """An edition that a person decided to take, and the numbers in it that were accepted (None: all)."""

    review: EditionReview
    numbers: Collection[str] | None = ()


def look(directory: Directory, data: Path, medium: Medium, *, again: bool = False) -> Looked:
    """What content a medium brings; each edition has proved itself and passed every check."""
    return editions.look(directory, data, medium, CHECKS, again=again)


def waiting(directory: Directory, data: Path) -> Looked:
    """The editions that came with an exchange and wait for a person."""
    return editions.waiting(directory, data, CHECKS)


def take(directory: Directory, data: Path, one: ToTake) -> Placed:
    return editions.take(directory, data, one.review, one.numbers, CHECKS)


def complete(
    directory: Directory, data: Path, medium: Medium, looked: Looked, wanted: Iterable[ToTake], done: Exchange
) -> Exchange:
    """Take the editions a person wants, give those the medium lacks, and add that to what happened."""
    return replace(
        taken(directory, data, looked, wanted, done), editions=editions.give(directory, data, medium)
    )


def taken(
    directory: Directory, data: Path, looked: Looked, wanted: Iterable[ToTake], done: Exchange
) -> Exchange:
    """The same without giving, for a file that is only read."""
    say, said, chosen = load("en").say, [], {one.review.key: one for one in wanted}
    for one in looked.reviews:
        took = one.key in chosen
        if took:
            take(directory, data, chosen[one.key])
        said.append(say(f"content.lines.{'took' if took else 'waits'}", label=one.label))
    keep_refusals(directory, done.review.incoming.label, looked.refusals)
    return replace(done, content=tuple(said), refusals=(*done.refusals, *looked.refusals))


def _recipes() -> Iterable[str]:
    from reports.recipe import problems

    return problems()


def _letters() -> Iterable[str]:
    from reports.letters_check import problems

    return problems()


CHECKS: tuple[Callable[[], Iterable[str]], ...] = (_recipes, _letters)  # what only paper knows
