"""One phrase as large as fits, with answers to point at; it turns around for a person across the hood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.scripts import line_parts, script_font, strokes

LARGEST, SMALLEST, STEP = 104, 26, 4
BIG_ANSWER, SMALL_ANSWER, GAP, LOW = 112, 64, 16, 330


@dataclass(frozen=True)
class Shown:
    """What stands on the board: the words, the answers under them, and how they run."""

    code: str = "en"
    text: str = ""
    answers: tuple[str, ...] = ()
    rtl: bool = False


class PhraseBoard(QWidget):
    """`answered` carries the number of the answer that was touched; `stepped` asks for another phrase."""

    answered = Signal(int)
    stepped = Signal(int)

    def __init__(self, tokens: Mapping[str, str]) -> None:
        super().__init__()
        self._tokens = tokens
        self._shown = Shown()
        self._picked = -1
        self.turned = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 150)

    @property
    def shown(self) -> Shown:
        return self._shown

    def show_phrase(self, shown: Shown, name: str) -> None:
        """Put other words on the board; `name` is what a screen reader says first."""
        self._shown = shown
        self._picked = -1
        self.setAccessibleName(name)
        self.setAccessibleDescription(" · ".join((shown.text, *shown.answers)))
        self.update()

    def wear(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens
        self.update()

    def turn(self) -> None:
        """Turn the words around, or back."""
        self.turned = not self.turned
        self.update()

    def pick(self, number: int) -> None:
        """Mark one answer as touched; it is forgotten with the next phrase."""
        if number < len(self._shown.answers):
            self._picked = number
            self.update()
            self.answered.emit(number)

    def answer_places(self) -> list[QRectF]:
        """Where the answers stand when the board is not turned: two large ones, then two small; on a low
        board all in one row."""
        count = len(self._shown.answers)
        area = self._area()
        places: list[QRectF] = []
        bottom = area.bottom()
        if self.height() < LOW:
            return self._row(area, bottom - SMALL_ANSWER, SMALL_ANSWER, count, GAP)
        if count > 2:
            places = self._row(area, bottom - SMALL_ANSWER, SMALL_ANSWER, count - 2)
            bottom -= SMALL_ANSWER + GAP
        return self._row(area, bottom - BIG_ANSWER, BIG_ANSWER, min(2, count)) + places

    def _area(self) -> QRectF:
        side = 40 if self.width() > 700 else 20
        return QRectF(self.rect()).adjusted(side, 20, -side, -16)

    def _row(self, area: QRectF, top: float, height: float, count: int, gap: int = 2 * GAP) -> list[QRectF]:
        width = (area.width() - gap * (count - 1)) / max(1, count)
        places = [QRectF(area.x() + n * (width + gap), top, width, height) for n in range(count)]
        return places[::-1] if self._shown.rtl else places

    def _words_area(self) -> QRectF:
        area = self._area()
        if self._shown.answers:
            area.setBottom(self.answer_places()[0].top() - GAP)
        return area

    def fitting(self, text: str, room: QRectF, largest: int = LARGEST) -> QFont:
        """The largest font in which the text fits the room and no word is broken."""
        parts = line_parts(self._shown.code, text)
        for size in range(largest, SMALLEST - 1, -STEP):
            font = script_font(self._shown.code, text, size)
            measure = QFontMetricsF(font)
            needed = measure.boundingRect(room, int(self._flags()), "".join(parts))
            widest = max((measure.horizontalAdvance(part.rstrip()) for part in parts), default=0)
            if needed.height() <= room.height() and (widest <= room.width() or size == SMALLEST):
                return font
        return script_font(self._shown.code, text, SMALLEST)

    def _flags(self) -> Qt.AlignmentFlag | Qt.TextFlag:
        return Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._tokens["surface"]))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._tokens["edge"]), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 10, 10)
        if self.turned:
            painter.translate(self.width(), self.height())
            painter.rotate(180)
        right = Qt.LayoutDirection.RightToLeft
        painter.setLayoutDirection(right if self._shown.rtl else Qt.LayoutDirection.LeftToRight)
        room = self._words_area()
        font = self.fitting(self._shown.text, room)
        painter.setFont(font)
        painter.setPen(QColor(self._tokens["ink"]))
        text = "".join(line_parts(self._shown.code, self._shown.text))
        for aside in strokes(font):
            painter.drawText(room.translated(aside, 0), int(self._flags()), text)
        for number, place in enumerate(self.answer_places()):
            self._draw_answer(painter, place, number)
        painter.end()

    def _draw_answer(self, painter: QPainter, place: QRectF, number: int) -> None:
        tokens, picked = self._tokens, number == self._picked
        painter.setPen(QPen(QColor(tokens["ink"]), 4))
        painter.setBrush(QColor(tokens["accent" if picked else "surface"]))  # no answer is suggested
        painter.drawRoundedRect(place, 16, 16)
        text = self._shown.answers[number]
        painter.setFont(
            self.fitting(text, place.adjusted(12, 2, -12, -2), 60 if place.height() > SMALL_ANSWER else 32)
        )
        painter.setPen(QColor(tokens["on_accent" if picked else "ink"]))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        if self.turned:
            spot = QPointF(self.width() - spot.x(), self.height() - spot.y())
        for number, place in enumerate(self.answer_places()):
            if place.contains(spot):
                self.pick(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Left: -1}
        answers: Sequence[int] = (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_S, Qt.Key.Key_D)
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() in answers:
            self.pick(answers.index(event.key()))
        else:
            super().keyPressEvent(event)
