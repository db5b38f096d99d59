"""What a practice scene is made of: a card with a watermark, choices to press, and a verdict in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from desktop import theme
from desktop.widgets.basics import Picture, column, label, row
from desktop.widgets.keys import pressed_by_enter

MARKS = {"good": ("ok", "ok"), "mixed": ("minus", "warn"), "poor": ("x", "danger")}
STORY_SIZE, RESULT_SIZE, SLOPE = 20, 18, -24


class ChoiceButton(QPushButton):
    """A large button whose words wrap; `sign` is the number key that presses it, or an icon."""

    def __init__(self, sign: int | str, text: str, about: str, name: str, on: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.text_shown = text
        self._inner = row(self, (14, 12, 16, 12), 14)
        mark = label(str(sign), "key") if isinstance(sign, int) else Picture(sign, "accent", 24)
        self._number = mark if isinstance(sign, int) else None
        mark.setFixedWidth(24)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._inner.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(self._inner, 0, 3)
        self._inner.setStretchFactor(words, 1)
        words.addWidget(label(text, "strong", wrap=True))
        if about:
            words.addWidget(label(about, "mute", wrap=True))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda *_: on())
        self.retheme()

    def retheme(self) -> None:
        """Room for the number at every text size."""
        if self._number is not None:
            self._number.setFixedWidth(theme.px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(56, self._inner.heightForWidth(width))

    def sizeHint(self) -> QSize:
        width = max(self.width(), 280)
        return QSize(280, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class StoryCard(QFrame):
    """The scene. It takes the focus when it changes, so that a screen reader reads it; behind the words
    stands the watermark, also on a photograph of the screen."""

    def __init__(self, watermark: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._watermark = watermark
        self.lines = column(self, (26, 20, 26, 22), 12)
        self.head = label("", "small", wrap=True)
        self.text = label("", "", wrap=True)
        self.lines.addWidget(self.head)
        self.lines.addWidget(self.text)
        self.more = column(self.lines, 0, 10)
        self.lines.addStretch()
        self.retheme()

    def show_scene(self, head: str, text: str, name: str) -> None:
        self.head.setText(head)
        self.text.setText(text)
        self.setAccessibleName(name)

    def retheme(self) -> None:
        """The style sheet of the program would win over setFont."""
        self.text.setStyleSheet(f"font-size:{theme.px(STORY_SIZE)}px")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("ink"), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 9, 9)
        font = theme.font(16, QFont.Weight.Bold)
        wide = QFontMetricsF(font).horizontalAdvance(self._watermark)
        font.setPixelSize(max(20, round(font.pixelSize() * 0.8 * self.width() / wide)))
        painter.setFont(font)
        painter.setPen(theme.color("tint"))
        painter.translate(self.rect().center())
        painter.rotate(SLOPE)
        room = QRectF(-self.width(), -self.height(), 2 * self.width(), 2 * self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self._watermark)
        painter.end()


def larger(text: str, size: int = RESULT_SIZE) -> QLabel:
    """Words to read aloud from."""
    made = label(text, "", wrap=True)
    made.setStyleSheet(f"font-size:{theme.px(size)}px")
    return made


def verdict(quality: str, words: str) -> QWidget:
    """How good a choice was: a sign and words, never color alone."""
    made = QWidget()
    made.setObjectName("plain")
    line = row(made, 0, 8)
    icon, token = MARKS[quality]
    line.addWidget(Picture(icon, token, 24))
    said = label(words, "strong", wrap=True)
    line.addWidget(said, 1)
    return made


def step_line(quality: str, text: str, words: str) -> QWidget:
    """One line of the debrief: what was chosen, and how good it was."""
    made = QWidget()
    made.setObjectName("plain")
    line = row(made, 0, 10)
    icon, token = MARKS[quality]
    line.addWidget(Picture(icon, token, 22), 0, Qt.AlignmentFlag.AlignTop)
    both = column(line, 0, 1)
    line.setStretchFactor(both, 1)
    both.addWidget(label(text, "", wrap=True))
    both.addWidget(label(words, "small", wrap=True))
    return made
