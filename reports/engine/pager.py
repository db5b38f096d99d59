"""The pager: pieces flow into frames of one size, and nothing is ever cut off."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from reports.engine.around import problem
from reports.engine.pieces import PageEnd, Piece


class Placed(NamedTuple):
    """A piece and how far its top lies below the top of the frame."""

    piece: Piece
    down: float


Progress = Callable[[int, int], object]


def flow(pieces: Iterable[Piece], width: float, height: float, progress: Progress) -> list[list[Placed]]:
    """What stands in each frame. A heading stays with what it heads."""
    waiting = deque(pieces)
    frames: list[list[Placed]] = [[]]
    down, gap = 0.0, 0.0
    while waiting:
        progress(0, 0)
        piece = waiting.popleft()
        if isinstance(piece, PageEnd):
            if frames[-1]:
                frames.append([])
            down = gap = 0.0
            continue
        at = down + max(gap, piece.before) if frames[-1] else 0.0
        if piece.spare and not piece.take(width, height - at):
            continue
        taken = _place(piece, waiting, width, height, at, fresh=not frames[-1])
        if taken is None:
            waiting.appendleft(piece)
            frames.append([])
            down = gap = 0.0
            continue
        placed, rest = taken
        if placed.sinks:
            at = max(at, height - placed.height)
        if not frames[-1] or frames[-1][-1].piece.ruled:
            placed.opens()
        frames[-1].append(Placed(placed, at))
        down, gap = at + placed.height, placed.after
        if rest is not None:
            waiting.appendleft(rest)
            frames.append([])
            down = gap = 0.0
    return [frame for frame in frames if frame] or [[]]


def _place(
    piece: Piece, waiting: deque[Piece], width: float, height: float, at: float, *, fresh: bool
) -> tuple[Piece, Piece | None] | None:
    """The piece, or its first part and the rest; None when it has to start in the next frame."""
    tall = piece.wrap(width, height)[1]
    if at + tall <= height + 1e-6:
        if fresh or not piece.keepWithNext or at + tall + _needs(piece, waiting, width) <= height:
            return piece, None
        return None
    parts = piece.cut(width, height - at, strict=True)
    if not parts and fresh:
        parts = piece.cut(width, height - at, strict=False)
    if not parts:
        if fresh:
            raise problem("too_tall")
        return None
    parts[0].wrap(width, height)
    return parts[0], parts[1]


def _needs(piece: Piece, waiting: deque[Piece], width: float) -> float:
    """Room that the pieces after a heading need to begin under it."""
    total, before = 0.0, piece
    for following in waiting:
        if isinstance(following, PageEnd):
            break
        total += max(before.after, following.before)
        if not following.keepWithNext:
            return total + following.least(width)
        total += following.wrap(width, 0)[1]
        before = following
    return total
