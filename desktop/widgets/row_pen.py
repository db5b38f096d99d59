"""Text and icons inside the rows of a list, all in the look of today."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from desktop import icons, theme


@lru_cache(maxsize=64)
def _font(family: str, pixels: int, weight: QFont.Weight) -> tuple[QFont, QFontMetrics]:
    """A font and its measure; making them for each text of each row takes longer than drawing it."""
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font, QFontMetrics(font)


class RowPen:
    """Text and icons at places inside one row."""

    def __init__(self, painter: QPainter, font: QFont) -> None:
        self._painter, self._font = painter, font

    def text(
        self,
        box: QRectF,
        below: int,
        text: str,
        size: int,
        token: str,
        weight: QFont.Weight = QFont.Weight.Normal,
        right: bool = False,
    ) -> int:
        """Draw one line, cut with dots when it is too long; returns the width it took."""
        font, measure = _font(self._font.family(), theme.px(size), weight)
        self._painter.setFont(font)
        self._painter.setPen(theme.color(token))
        shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(box.width())))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        line = QRectF(box.x(), box.y() + below, box.width(), theme.px(size) + 10)
        self._painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return measure.horizontalAdvance(shown)

    def icon(self, name: str, token: str, x: float, y: float, size: int) -> None:
        self._painter.drawPixmap(int(x), int(y), icons.picture(name, token, size))
