"""All content checks at once: `python -m resources.check` says in plain sentences what is missing."""

from __future__ import annotations

import string
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from resources import overlay
from resources.guidance import check as guidance
from resources.guidance import ispeak, practice
from resources.guidance.library import Library
from resources.words import WORDS, Status, Words, load

SURVIVORS_READ = ("paper", "needs")  # elsewhere a missing sentence is said in English, to the officer

Check = Callable[[], Iterable[str]]


def content_problems(more: Sequence[Check] = (), today: date | None = None) -> list[str]:
    """What a person should mend in the content. `more` are checks of other parts, such as recipes."""
    pages: Check = partial(guidance.problems, today=today)
    checks: list[Check] = [pages, _practice_problems, words_problems, ispeak.problems, *more]
    return [sentence for check in checks for sentence in check()]


def _practice_problems() -> list[str]:
    return practice.problems(topic_ids=frozenset(topic.id for topic in Library.load().topics()))


def words_problems(folder: Path = WORDS) -> list[str]:
    """Sentence files that cannot be read, lack a sentence or their status, or use other blanks."""
    english = load("en", folder)
    found: list[str] = []
    for place in sorted({path.parent for path in overlay.glob(folder, "*/*.toml")}):
        words = load(place.name, folder)
        for area, line in words.damaged.items():
            file = f"{place.name}/{area}.toml"
            found.append(load("en").say("core.words_damaged", file=file, line=line))
        for path in overlay.glob(place, "*.toml"):
            if path.stem not in words.damaged:
                found += _area_problems(words, english, path.stem)
    return found


def _area_problems(words: Words, english: Words, area: str) -> Iterator[str]:
    where = {"language": words.language, "area": area}
    say = load("en").say
    status = words.status(area)
    if status == Status():
        yield say("guidance.check.words_status", **where)
    if status.reviewed and not status.vouched:
        yield say("guidance.check.words_reviewer", **where)
    wanted, there = _keys(english, area), _keys(words, area)
    if area in SURVIVORS_READ and (missing := sorted(wanted - there)):
        yield say("guidance.check.words_missing", keys=_listed(missing), **where)
    if unknown := sorted(there - wanted):
        yield say("guidance.check.words_unknown", keys=_listed(unknown), **where)
    for key in sorted(wanted & there):
        if blanks(words.sentence(key)) != blanks(english.sentence(key)):
            yield say("guidance.check.words_blanks", name=key, **where)


def _keys(words: Words, area: str) -> set[str]:
    return {key for key in iter(words.keys()) if key.startswith(f"{area}.")}


def _listed(keys: list[str]) -> str:
    """The first few keys, so that a new language does not flood the screen."""
    return ", ".join(keys[:5]) + (f" (+{len(keys) - 5})" if len(keys) > 5 else "")


def blanks(sentence: object) -> set[str]:
    """The names in braces of a sentence, or of all forms of a plural."""
    forms = sentence.values() if isinstance(sentence, dict) else [sentence]
    try:
        return {name for form in forms for _, name, _, _ in string.Formatter().parse(str(form)) if name}
    except ValueError:  # a brace that does not close
        return {"{"}


def main() -> int:
    found = content_problems()
    print("\n".join(found) if found else load("en").say("commands.content_clean"))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
