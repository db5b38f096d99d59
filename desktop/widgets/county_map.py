"""A map of counties drawn by us: color and hatching together, one county marked, arrow keys move the mark."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme

LEVELS = 4
_TILE, _DOT, _EDGE = 16, 5.0, 10.0
_WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_LINES = ((0, 16, 16, 0), (-8, 8, 8, -8), (8, 24, 24, 8))


def _mixed(one: str, other: str, part: float) -> QColor:
    a, b = theme.color(one), theme.color(other)
    pairs = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return QColor(*(round(x + (y - x) * part) for x, y in pairs))


def fill(level: int) -> QBrush:
    """How a level looks: the worse, the darker and the denser the lines, so that gray paper shows it too."""
    tile = QPixmap(_TILE, _TILE)
    tile.fill(
        (
            theme.color("surface"),
            theme.color("warn_bg"),
            _mixed("warn_bg", "warn", 0.42),
            theme.color("warn"),
        )[level]
    )
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if level == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("edge"))
        for x, y in ((4, 4), (12, 12)):
            painter.drawEllipse(QPointF(x, y), 1.4, 1.4)
    elif level:
        painter.setPen(QPen(theme.color("warn" if level == 2 else "warn_bg"), 1.8 if level == 2 else 2.2))
        for line in _LINES[: 1 if level == 2 else 3]:
            painter.drawLine(*line)
    painter.end()
    return QBrush(tile)


class Swatch(QWidget):
    """A small field that shows what a level looks like."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level
        self.setFixedSize(32, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), fill(self._level))
        painter.setPen(QPen(theme.color("edge"), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def retheme(self) -> None:
        self.update()


class CountyMap(QWidget):
    """Shows levels by county; `chosen` says which county was pressed or reached by an arrow key."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(240, 160))
        self._shapes: dict[str, QPainterPath] = {}
        self._border = QPainterPath()
        self._drawn: dict[str, QPainterPath] = {}
        self._drawn_border = QPainterPath()
        self._dots: list[QPointF] = []
        self._fit = QTransform()
        self._levels: Mapping[str, int] = {}
        self.marked = ""

    # -- what is shown
    def show_shapes(
        self,
        shapes: Mapping[str, Sequence[Sequence[tuple[float, float]]]],
        border: Iterable[Sequence[tuple[float, float]]],
    ) -> None:
        """Put in the outlines, in map units with y downwards, and the lines around the state."""
        self._shapes = {fips: _path(rings, closed=True) for fips, rings in shapes.items()}
        self._border = _path(border, closed=False)
        self.marked = self.marked if self.marked in self._shapes else ""
        self._arrange()

    def show_levels(self, levels: Mapping[str, int], dots: Iterable[tuple[float, float]]) -> None:
        """Color the counties; a dot for each provider whose place may be shown."""
        self._levels = levels
        self._dots = [QPointF(x, y) for x, y in dots]
        self.update()

    def mark(self, fips: str, sentence: str = "") -> None:
        """Draw a thick line around one county; `sentence` says the same for a screen reader."""
        self.marked = fips
        self.setAccessibleDescription(sentence)
        self.update()

    def is_empty(self) -> bool:
        return not self._shapes

    # -- drawing
    def _arrange(self) -> None:
        around = QRectF()
        for path in self._shapes.values():
            around = around.united(path.boundingRect())
        if around.isEmpty():
            self._drawn, self._drawn_border = {}, QPainterPath()
            self.update()
            return
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        scale = max(0.01, min(room.width() / around.width(), room.height() / around.height()))
        fit = QTransform()
        fit.translate(room.center().x(), room.center().y())
        fit.scale(scale, scale)
        fit.translate(-around.center().x(), -around.center().y())
        self._fit = fit
        self._drawn = {fips: fit.map(path) for fips, path in self._shapes.items()}
        self._drawn_border = fit.map(self._border)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("edge"), 1))
        fills = [fill(level) for level in range(LEVELS)]
        for fips, path in self._drawn.items():
            painter.setBrush(fills[self._levels.get(fips, 0)])
            painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("ink"), 2.5))
        painter.drawPath(self._drawn_border)
        self._draw_dots(painter)
        if self.marked in self._drawn:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("surface"), 7))
            painter.drawPath(self._drawn[self.marked])
            painter.setPen(QPen(theme.color("ink"), 4))
            painter.drawPath(self._drawn[self.marked])
        if self.hasFocus():
            painter.setPen(QPen(theme.color("ink"), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)

    def _draw_dots(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.color("ink"), 2))
        painter.setBrush(theme.color("surface"))
        taken: set[tuple[int, int]] = set()
        for dot in self._dots:
            here = self._fit.map(dot)
            cell = int(here.x() / 4), int(here.y() / 4)  # a town with hundreds of providers is one dot
            if cell not in taken and self.rect().contains(here.toPoint()):
                taken.add(cell)
                painter.drawEllipse(here, _DOT, _DOT)

    def retheme(self) -> None:
        self.update()

    # -- choosing
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for fips, path in self._drawn.items():
            if path.contains(event.position()):
                self.chosen.emit(fips)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() or not self._drawn:
            event.ignore()
            return
        if found := self._next(way):
            self.chosen.emit(found)

    def _next(self, way: tuple[float, float]) -> str:
        """The nearest county in this direction; the first one when none is marked."""
        if self.marked not in self._drawn:
            return next(iter(self._drawn), "")
        here, best, found = self._drawn[self.marked].boundingRect().center(), math.inf, ""
        for fips, path in self._drawn.items():
            gap = path.boundingRect().center() - here
            ahead = gap.x() * way[0] + gap.y() * way[1]
            aside = abs(gap.x() * way[1]) + abs(gap.y() * way[0])
            if fips != self.marked and ahead > aside * 0.6 and (cost := ahead + aside * 1.5) < best:
                best, found = cost, fips
        return found


def _path(lines: Iterable[Sequence[tuple[float, float]]], *, closed: bool) -> QPainterPath:
    made = QPainterPath()
    made.setFillRule(Qt.FillRule.OddEvenFill)
    for line in lines:
        made.addPolygon(QPolygonF([QPointF(x, y) for x, y in line]))
        if closed:
            made.closeSubpath()
    return made
