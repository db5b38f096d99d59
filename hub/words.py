"""The sentences of the hub, beside its code, so that the laptop's program does not carry them."""

from __future__ import annotations

from pathlib import Path

from resources.errors import ToolkitError
from resources.updates.refusals import Refusal
from resources.words import load

FOLDER = Path(__file__).parent / "words"


def say(key: str, **data: object) -> str:
    return load("en", FOLDER).say(f"hub.{key}", **data)


def explain(problem: ToolkitError) -> str:
    """The sentence for a problem of the hub, or of the folder it works on."""
    ours = load("en", FOLDER)
    return (ours if ours.has(problem.key) else load("en")).explain(problem)


def sentence(refusal: Refusal) -> str:
    """Why something was not published or pulled; what a stick can have too is said as there."""
    if not load("en", FOLDER).has(f"hub.why.{refusal.why}"):
        return refusal.sentence()
    return say(f"why.{refusal.why}", file=refusal.file, device=refusal.name or refusal.device)
