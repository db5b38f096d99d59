"""The review in words: the same sentences in the window and on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resources.directory import phones
from resources.directory.duplicates import Pair
from resources.directory.provider import Provider
from resources.exchange.incoming import Problem
from resources.exchange.review import Change, Changes, FieldChange, Twin
from resources.words import Words

GROUPS = ("new", "changed", "missing", "problems", "duplicates", "disputed")
_ALWAYS = ("new", "changed", "missing", "problems")


def groups(changes: Changes) -> list[str]:
    """The groups of a review that are shown: the first four always, the others when they have something."""
    return [name for name in GROUPS if name in _ALWAYS or getattr(changes, name)]


def heading(words: Words, changes: Changes, group: str) -> str:
    """ "3 changed" """
    return words.say(f"upkeep.import.{group}", n=len(getattr(changes, group)))


def same_and_notes(words: Words, changes: Changes) -> list[str]:
    """How many are the same, and one sentence for whatever a person should know, such as broken links."""
    return [words.say("upkeep.import.same", n=changes.same), *changes.notes]


def new_line(provider: Provider) -> str:
    """Town and number of a new entry."""
    number = provider.phone
    shown = phones.show(number.number, number.extension) if number else ""
    return "  ·  ".join(filter(None, (provider.place.city, shown)))


def field_line(words: Words, line: FieldChange) -> str:
    """One field, old and new side by side."""
    nothing = words.say("upkeep.import.nothing")
    return words.say(
        "upkeep.import.field_line", field=line.said, old=line.old or nothing, new=line.new or nothing
    )


def phone_line(words: Words, change: Change) -> str:
    """The changed numbers of one entry, to be accepted one by one."""
    nothing = words.say("upkeep.import.nothing")
    old = "; ".join(line.old for line in change.phones if line.old) or nothing
    new = "; ".join(line.new for line in change.phones if line.new) or nothing
    return words.say("upkeep.import.phone_check", name=change.new.name, old=old, new=new)


def problem_line(words: Words, problem: Problem) -> str:
    """What is wrong, with its line and column when it has them."""
    key = "problem_list" if not problem.line else "problem_line_only"
    key = "problem_line" if problem.line and problem.column else key
    message = problem.sentence(words.language)
    return words.say(f"upkeep.import.{key}", line=problem.line, column=problem.column, message=message)


def duplicate_line(words: Words, changes: Changes, pair: Pair) -> str:
    """Both sides with what tells them apart, the one that is here already last."""
    one, other = sorted((changes.twins[key] for key in (pair.a, pair.b)), key=lambda twin: twin.here)
    key = "duplicate_line" if other.here else "duplicate_on_list"
    return words.say(f"upkeep.import.{key}", a=_told(words, one, other), b=_told(words, other, one))


def _told(words: Words, one: Twin, other: Twin) -> str:
    """The name, and what else differs; when nothing does, where it is and its number."""
    apart = [said for said, theirs in zip(one.about, other.about, strict=True) if said != theirs]
    about = "  ·  ".join(said for said in apart or one.about[-2:] if said and said != one.name)
    return words.say(
        f"upkeep.import.{'duplicate_told' if about else 'duplicate_name'}", name=one.name, about=about
    )


def disputed_line(words: Words, change: Change) -> str:
    """What accepting the list's side of an entry is called."""
    return words.say("upkeep.import.disputed_check", name=change.old.name)


def lines(words: Words, changes: Changes, group: str, most: int) -> Iterator[str]:
    """A group as lines of text, its first `most` entries."""
    entries: Sequence[object] = getattr(changes, group)[:most]
    for one in entries:
        if isinstance(one, Problem):
            yield problem_line(words, one)
        elif isinstance(one, Pair):
            yield duplicate_line(words, changes, one)
        elif isinstance(one, Provider):
            yield "  ·  ".join(filter(None, (one.name, new_line(one))))
        elif isinstance(one, Change):
            yield from _change_lines(words, one, disputed=group == "disputed")


def _change_lines(words: Words, change: Change, *, disputed: bool) -> Iterator[str]:
    yield change.new.name
    for line in change.lines:
        if disputed or not line.is_phone:
            yield "  " + field_line(words, line)
    if disputed:
        yield "  " + disputed_line(words, change)
    elif change.phones:
        yield "  " + phone_line(words, change)
