"""What an edition would change, on the command line: the lines a person reads and the object for a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from desktop.commands.output import Output
from resources.editions.review import EditionReview
from resources.words import load


def review_of(one: EditionReview) -> dict[str, Any]:
    edition = one.signed.edition
    return {
        "key": one.key,
        "role": edition.role,
        "issuer": one.issuer,
        "number": edition.number,
        "made_on": edition.made_on,
        "differences": [asdict(difference) for difference in one.differences],
        "numbers": [asdict(number) for number in one.numbers],
        "notes": list(one.notes),
    }


def say_review(reviews: Sequence[EditionReview], output: Output, *, with_how: bool) -> None:
    """Old beside new, the status of each translation, and every number that would change."""
    say = load("en").say
    nothing = say("content.say.nothing")
    for one in reviews:
        output.line(one.label)
        for difference in one.differences:
            title = say(f"content.kind.{difference.kind}", title=difference.title)
            output.say("content.say.new_file" if difference.fresh else "content.say.difference", title=title)
            if difference.status:
                output.line(f"    {difference.status}")
            for line in difference.lines if not difference.fresh else ():
                output.say("content.say.line", said=line.said, old=line.old, new=line.new)
        for number in one.numbers:
            old, new = number.old or nothing, number.new or nothing
            output.say("content.say.number", name=number.name, old=old, new=new, id=number.key)
        for note in one.notes:
            output.line(note)
    if reviews and with_how:
        output.say("content.say.how_to_take")
