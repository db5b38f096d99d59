"""What Find is asked: filters from a link or a chip, and the question with one of them left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from resources.directory import needs
from resources.directory.search import Fallback, Query


def wanted(argument: object) -> dict[str, str]:
    """The filters that a link names; text without "=" is words to search."""
    if isinstance(argument, Mapping):
        return {str(key): str(value) for key, value in argument.items()}
    text = str(argument)
    if "=" not in text:
        return {"text": text}
    return dict(pair.split("=", 1) for pair in text.split("&") if "=" in pair)


def query_of(given: Mapping[str, str]) -> Query:
    """The question that these filters make."""
    codes = tuple(code for code in given.get("need", "").replace(",", " ").split() if code in needs.codes())
    return Query(
        text=given.get("text", ""),
        needs=codes,
        accepts=tuple(given.get("accepts", "").replace(",", " ").split()),
        language=given.get("language", ""),
        open_now=given.get("open") == "now",
        open_tonight=given.get("open") == "tonight",
        county=given.get("county", ""),
    )


def eased(query: Query, way: Fallback | None) -> Query:
    """The question without what `way` leaves out; None leaves out everything."""
    if way is None:
        return Query()
    if way.drop == "hotline":
        return Query(needs=("hotline",))
    if way.drop == "all":
        return Query(needs=query.needs)
    if way.drop == "accepts":
        return replace(query, accepts=tuple(rule for rule in query.accepts if rule != way.value))
    empty: dict[str, Any] = {
        "open_now": False, "open_tonight": False, "language": "", "within": None, "county": "", "text": "",
        "needs": (),
    }  # fmt: skip
    return replace(query, **{way.drop: empty[way.drop]})
