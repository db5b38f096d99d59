"""When a sheet is refused: unanswered questions, and everything a release of information requires (R5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from reports import giveaway, values
from reports.audience import released
from reports.recipe import Question, Recipe
from resources.errors import ToolkitError
from resources.handoff import Handoff
from resources.words import load


def filled(handoff: Handoff, recipe: Recipe, today: date) -> Handoff:
    """The handoff with the defaults of blank questions; a date of "+30" is 30 days from now."""
    answers = {key: said for key, said in handoff.answers.items() if said.strip()}
    for question in recipe.questions:
        if question.key not in answers and question.default:
            answers[question.key] = _default(question, today)
    return replace(handoff, answers=MappingProxyType(answers))


def _default(question: Question, today: date) -> str:
    if question.kind == "date" and question.default.startswith("+"):
        return (today + timedelta(days=int(question.default[1:]))).isoformat()
    return question.default


def check(handoff: Handoff, recipe: Recipe, today: date) -> None:
    """Raise ToolkitError with the reason when this sheet must not be made; return when it may."""
    if handoff.language not in recipe.languages:
        raise ToolkitError("paper_desk.refused.language", language=handoff.language, sheet=_name(recipe))
    if handoff.paper not in recipe.papers:
        raise ToolkitError("paper_desk.refused.paper", paper=handoff.paper, papers=", ".join(recipe.papers))
    missing = [q for q in recipe.questions if q.required and not handoff.answers.get(q.key, "").strip()]
    if missing:
        labels = "; ".join(load("en").say(question.label) for question in missing)
        raise ToolkitError("paper_desk.refused.answers", sheet=_name(recipe), questions=labels)
    for question in recipe.questions:
        _check_answer(question, handoff.answers.get(question.key, "").strip())
    if "release_recipient" in {question.key for question in recipe.questions}:
        _check_release(handoff, recipe, today)
    if recipe.audience == "partner":
        _check_status(handoff, recipe)


def _name(recipe: Recipe) -> str:
    return load("en").say(recipe.title)


def _check_answer(question: Question, said: str) -> None:
    label = load("en").say(question.label)
    if said and question.kind == "date" and values.read_day(said) is None:
        raise ToolkitError("paper_desk.refused.date", question=label, answer=said)
    if said and question.choices:
        given = [part.strip() for part in re.split(r"[,;]", said)] if question.kind == "items" else [said]
        unknown = [part for part in given if part and part not in question.choices]
        if unknown:
            known = ", ".join(question.choices)
            raise ToolkitError("paper_desk.refused.choice", question=label, answer=unknown[0], choices=known)


def _check_release(handoff: Handoff, recipe: Recipe, today: date) -> None:
    said = {key: text.strip() for key, text in handoff.answers.items()}
    recipient = said.get("release_recipient", "")
    if _several(recipient, handoff):
        raise ToolkitError("paper_desk.refused.two_recipients")
    until = values.read_day(said.get("release_until", ""))
    if until and until < today:
        raise ToolkitError("paper_desk.refused.expired", date=until.isoformat())
    if not recipe.needs_release:
        return
    if said.get("release_withdrawn") == "yes":
        raise ToolkitError("paper_desk.refused.withdrawn")
    if said.get("release_signed") != "yes":
        raise ToolkitError("paper_desk.refused.unsigned")
    other = said.get("recipient", "")
    if other and other.casefold() != recipient.casefold():
        raise ToolkitError("paper_desk.refused.other_recipient", recipient=other, released=recipient)
    if not released(handoff):
        raise ToolkitError("paper_desk.refused.nothing_released")


def _several(recipient: str, handoff: Handoff) -> bool:
    """Two names in one line: a line break, a semicolon, or two of the chosen helpers."""
    folded = recipient.casefold()
    chosen = {one.name.casefold() for one in handoff.providers if one.name and one.name.casefold() in folded}
    apart = [name for name in chosen if not any(name != other and name in other for other in chosen)]
    return bool(re.search(r"[\n;]", recipient)) or len(apart) > 1


def _check_status(handoff: Handoff, recipe: Recipe) -> None:
    """Immigration status never goes on paper for a partner, not even with a release (dossier section 3)."""
    for question in recipe.questions:
        found = giveaway.found(handoff.answers.get(question.key, ""), handoff.language, "status")
        if found:
            label = load("en").say(question.label)
            raise ToolkitError("paper_desk.refused.immigration", words=", ".join(found), question=label)
