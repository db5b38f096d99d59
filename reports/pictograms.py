"""Small line drawings for people who do not read: plain strokes on a 24 by 24 grid, black on white."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

GRID, STROKE = 24.0, 1.7

# One tuple per stroke: ("line", x, y, x, y, ...), ("circle", x, y, r), ("box", x, y, w, h, r)
# or ("curve", x, y, then three points per curve).
_Stroke = tuple[Any, ...]
PICTOGRAMS: Mapping[str, tuple[_Stroke, ...]] = {
    "phone": (
        ("curve", 5, 20.5, 3.2, 20.5, 2.6, 19, 2.8, 17.6, 3.8, 10.6, 10.6, 3.8, 17.6, 2.8, 19, 2.6, 20.5, 3.2,
         20.5, 5),
        ("line", 20.5, 5, 20.5, 8.2, 15.6, 9.6, 13.6, 7.6),
        ("line", 5, 20.5, 8.2, 20.5, 9.6, 15.6, 7.6, 13.6),
        ("curve", 7.6, 13.6, 8.8, 11.2, 11.2, 8.8, 13.6, 7.6),
    ),
    "bed": (
        ("line", 2.5, 19, 2.5, 4.5),
        ("line", 2.5, 7.5, 21.5, 7.5, 21.5, 4.5),
        ("line", 21.5, 7.5, 21.5, 12),
        ("curve", 21.5, 12, 21.5, 14, 20, 14.8, 18.5, 14.8),
        ("line", 18.5, 14.8, 10.5, 14.8, 10.5, 7.5),
        ("circle", 6.4, 11.4, 2.1),
    ),
    "house": (
        ("line", 2.5, 11.5, 12, 20.5, 21.5, 11.5),
        ("line", 5, 13.5, 5, 3.5, 19, 3.5, 19, 13.5),
        ("line", 9.8, 3.5, 9.8, 9.5, 14.2, 9.5, 14.2, 3.5),
    ),
    "food": (
        ("line", 3, 10.5, 21, 10.5),
        ("curve", 3, 10.5, 3, 6, 7, 3.5, 12, 3.5, 17, 3.5, 21, 6, 21, 10.5),
        ("curve", 8, 13.5, 6.5, 15.5, 9.5, 17.5, 8, 20),
        ("curve", 12.5, 13.5, 11, 15.5, 14, 17.5, 12.5, 20),
        ("curve", 17, 13.5, 15.5, 15.5, 18.5, 17.5, 17, 20),
    ),
    "clothes": (
        ("line", 9, 20.5, 3, 17.5, 4.5, 12.5, 7, 13.5, 7, 3.5, 17, 3.5, 17, 13.5, 19.5, 12.5, 21, 17.5,
         15, 20.5),
        ("curve", 9, 20.5, 10, 17.8, 14, 17.8, 15, 20.5),
    ),
    "doctor": (
        ("box", 3, 3, 18, 18, 2.5),
        ("line", 12, 7, 12, 17),
        ("line", 7, 12, 17, 12),
    ),
    "paper": (
        ("box", 2.5, 4.5, 19, 15, 1.5),
        ("circle", 8, 13.6, 2.1),
        ("curve", 4.8, 8, 5, 10.6, 11, 10.6, 11.2, 8),
        ("line", 14, 14.5, 18.5, 14.5),
        ("line", 14, 11.5, 18.5, 11.5),
        ("line", 14, 8.5, 17, 8.5),
    ),
    "car": (
        ("line", 2.5, 7.5, 2.5, 11.5, 5.5, 12.5, 8, 17, 16, 17, 18.8, 12.5, 21.5, 11.5, 21.5, 7.5),
        ("line", 5.5, 12.5, 18.8, 12.5),
        ("line", 9.2, 6.5, 14.8, 6.5),
        ("line", 12, 12.5, 12, 17),
        ("circle", 6.8, 6.5, 2.1),
        ("circle", 17.2, 6.5, 2.1),
    ),
    "speech": (
        ("line", 5, 10.5, 4, 6.5, 8, 9.5),
        ("curve", 8, 9.5, 14, 9, 16, 11, 16, 14.5, 16, 18, 14, 20.5, 9, 20.5, 4.5, 20.5, 2.5, 18, 2.5, 14.8,
         2.5, 13, 3.4, 11.5, 5, 10.5),
        ("curve", 18, 15, 20.5, 14, 21.5, 12.5, 21.5, 10.3, 21.5, 8.6, 20.8, 7.3, 19.5, 6.4),
        ("line", 19.5, 6.4, 20.3, 3, 16.8, 5.4),
        ("curve", 16.8, 5.4, 14.5, 5, 12, 5.5, 10.6, 7),
    ),
    "scale": (
        ("line", 12, 20.5, 12, 3.5),
        ("line", 7.5, 3.5, 16.5, 3.5),
        ("line", 4.5, 17.5, 19.5, 17.5),
        ("line", 2, 10.5, 5.2, 17.5, 8.4, 10.5),
        ("line", 15.6, 10.5, 18.8, 17.5, 22, 10.5),
        ("curve", 2, 10.5, 2.4, 7.2, 8, 7.2, 8.4, 10.5, 8.4, 10.5, 2, 10.5, 2, 10.5),
        ("curve", 15.6, 10.5, 16, 7.2, 21.6, 7.2, 22, 10.5, 22, 10.5, 15.6, 10.5, 15.6, 10.5),
    ),
    "child": (
        ("circle", 7.5, 18, 2.6),
        ("line", 7.5, 15.4, 7.5, 8.5),
        ("line", 5.2, 3, 7.5, 8.5, 9.8, 3),
        ("line", 3.5, 10, 7.5, 13.8, 11.5, 10, 15, 8),
        ("circle", 17, 12.6, 2),
        ("line", 17, 10.6, 17, 6.5),
        ("line", 15.4, 3, 17, 6.5, 18.6, 3),
        ("line", 15, 8, 17, 9.6, 19.5, 7.4),
    ),
    "people": (
        ("circle", 8, 16.5, 3.2),
        ("curve", 2.5, 4.5, 2.5, 13.5, 13.5, 13.5, 13.5, 4.5),
        ("circle", 16.8, 15.6, 2.6),
        ("curve", 15.4, 11.2, 19.4, 11.2, 21.5, 8.6, 21.5, 4.5),
    ),
    "work": (
        ("box", 2.5, 4, 19, 12, 1.5),
        ("line", 8.5, 16, 8.5, 19.5, 15.5, 19.5, 15.5, 16),
        ("line", 2.5, 10.5, 21.5, 10.5),
        ("line", 12, 11.8, 12, 9.2),
    ),
    "clock": (
        ("circle", 12, 12, 9.2),
        ("line", 12, 17.5, 12, 12, 16, 9.8),
    ),
}  # fmt: skip

_OF_NEEDS = (
    ("hotline", "phone"), ("shelter", "bed"), ("medical", "doctor"), ("sane", "doctor"), ("food", "food"),
    ("legal", "scale"),
    ("immigration", "scale"), ("id", "paper"), ("interpreter", "speech"), ("transport", "car"),
    ("child", "child"),
    ("cac", "child"), ("clothing", "clothes"), ("housing", "house"), ("job", "work"), ("mental", "people"),
    ("substance", "doctor"), ("culture", "people"), ("victim", "people"), ("case", "people"),
)  # fmt: skip


def of_needs(needs: Iterable[str]) -> tuple[str, str]:
    """The drawing for what a helper does, and the need it stands for; a telephone when nothing fits."""
    having = set(needs)
    return next(((name, need) for need, name in _OF_NEEDS if need in having), ("phone", ""))


def paints() -> dict[str, Callable[[Any, float, float], None]]:
    """Each drawing as the engine wants it: a function of canvas, width and height, from the corner."""

    def one(name: str) -> Callable[[Any, float, float], None]:
        return lambda canvas, width, height: draw(canvas, name, 0, 0, min(width, height))

    return {name: one(name) for name in PICTOGRAMS}


def draw(canvas: Any, name: str, x: float, y: float, size: float) -> None:
    """Draw it on a ReportLab canvas with its lower left corner at (x, y). KeyError for an unknown name."""
    strokes = PICTOGRAMS[name]
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(size / GRID, size / GRID)
    canvas.setLineWidth(STROKE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeGray(0)
    canvas.setFillGray(0)
    for kind, *numbers in strokes:
        _stroke(canvas, kind, numbers)
    canvas.restoreState()


def _stroke(canvas: Any, kind: str, numbers: list[float]) -> None:
    if kind == "circle":
        canvas.circle(*numbers, stroke=1, fill=0)
    elif kind == "box":
        canvas.roundRect(*numbers, stroke=1, fill=0)
    else:
        path = canvas.beginPath()
        path.moveTo(*numbers[:2])
        step = 2 if kind == "line" else 6
        for at in range(2, len(numbers), step):
            (path.lineTo if kind == "line" else path.curveTo)(*numbers[at : at + step])
        canvas.drawPath(path, stroke=1, fill=0)
