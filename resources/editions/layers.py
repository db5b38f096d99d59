"""An edition's files laid over the content of the program: what readers of content then see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from resources import overlay
from resources.editions.kinds import GUIDANCE, role_of
from resources.overlay import Layer
from resources.paths import CONTENT

POLICY = "policy.toml"


def layer(
    guidance: Path | None = None,
    names: Iterable[str] = (),
    lines: Mapping[str, Any] | None = None,
    policy: Path | None = None,
) -> Layer:
    """The files called `names` in the folder `guidance`, over the program's own."""
    files = {}
    if guidance is not None:
        files = {CONTENT / name: guidance / name for name in names if role_of(name) == GUIDANCE}
    return Layer(files, lines or {}, policy)


def in_force(name: str) -> bytes:
    """The content file of this name that is in force; empty when there is none."""
    path = overlay.over(CONTENT / name)
    return path.read_bytes() if path.is_file() else b""
