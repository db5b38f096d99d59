"""The small parts that every page is made of; all text is plain, whatever it contains (R7)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop import icons, theme
from desktop.widgets.keys import pressed_by_enter

Margins = int | tuple[int, int, int, int]


def hint(widget: QWidget, text: str) -> None:
    """A tool tip that shows `text` as it is; Qt would read markup in it otherwise."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    widget.setToolTip(f"<span>{safe}</span>" if text else "")


def label(text: str = "", kind: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Plain text. Kinds: h1 h2 title job strong small mute ok problem warn key train phone phone2 clock."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setObjectName(kind)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class Picture(QLabel):
    """An icon that follows the display mode; decoration, so screen readers pass it by."""

    def __init__(self, name: str, token: str = "mute", size: int = 20) -> None:
        super().__init__()
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)
        self.retheme()

    def change(self, name: str, token: str = "mute") -> None:
        self._name, self._token = name, token
        self.retheme()

    def retheme(self) -> None:
        self.setPixmap(icons.picture(self._name, self._token, self._size))


class Button(QPushButton):
    """A button with an icon that follows the display mode and a focus ring that shows on any fill."""

    def __init__(self, text: str, kind: str, icon: str) -> None:
        super().__init__()
        self.kind, self._icon, self._text = kind, icon, text
        self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)  # the focus would make it the main button of its dialog
        self.say(text)

    @property
    def shown(self) -> str:
        """The words on it, without the marks that Qt needs."""
        return self._text

    def say(self, text: str, *, icon: str | None = None) -> None:
        """Change the words (and the icon); an ampersand in them stays an ampersand."""
        self._text = text
        self._icon = self._icon if icon is None else icon
        self.setText(("  " if self._icon and text else "") + text.replace("&", "&&"))
        self._style("square", "true" if self._icon and not text else "false")

    def change_kind(self, kind: str) -> None:
        """Make it primary, or plain again."""
        self.kind = kind
        self._style("kind", kind)

    def _style(self, name: str, value: str) -> None:
        """Set a property that the style sheet reads; it reads anew only where it has read before."""
        before = self.property(name)
        self.setProperty(name, value)
        if before != value and self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self.style().unpolish(self)
            self.style().polish(self)
        self.retheme()

    def _filled(self) -> bool:
        return self.kind == "primary" or (self.kind in ("chip", "seg") and self.isChecked())

    def retheme(self) -> None:
        if self._icon:
            self.setIcon(icons.icon(self._icon, "on_accent" if self._filled() else "ink", 22))
            self.setIconSize(QSize(22, 22))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hasFocus() and self._filled()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("on_accent"), 2))
        inner = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        round_by = inner.height() / 2 if self.kind == "chip" else 5
        painter.drawRoundedRect(inner, round_by, round_by)


def button(
    text: str,
    kind: str = "",
    icon: str = "",
    *,
    name: str = "",
    key: str = "",
    checkable: bool = False,
    checked: bool = False,
    on: Callable[[], object] | None = None,
) -> Button:
    """A button. Kinds: "" primary seg chip ghost row danger. `name` is for screen readers and the tool tip,
    `key` the shortcut that does the same; `on` is called without arguments."""
    made = Button(text, kind, icon)
    made.setCheckable(checkable or checked)
    made.setChecked(checked)
    made.toggled.connect(lambda _on: made.retheme())
    made.setAccessibleName(name or text)
    if key or not text:
        hint(made, (name or text) + (f"  ({key})" if key else ""))
    if on is not None:
        made.clicked.connect(lambda *_: on())
    return made


class JobButton(QPushButton):
    """A large card that is one button: icon, what it does, one line about it, and its key."""

    def __init__(self, icon: str, title: str, about: str, key: str, on: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "job")
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._inner = column(self, (22, 16, 20, 14), 5)
        top = row(self._inner)
        top.addWidget(Picture(icon, "accent", 42))
        top.addStretch()
        top.addWidget(label(key, "key"), 0, Qt.AlignmentFlag.AlignTop)
        self._inner.addWidget(label(title, "job", wrap=True))
        self._inner.addWidget(label(about, "mute", wrap=True))
        self._inner.addStretch()
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(lambda *_: on())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, max(150, self._inner.heightForWidth(max(self.width(), 200))))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class Check(QCheckBox):
    """A tick box drawn by us, so that its border shows in each display mode; the words wrap."""

    BOX = 28
    _LEFT = 42

    def __init__(
        self, text: str, *, checked: bool = False, on: Callable[[bool], object] | None = None
    ) -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setAccessibleName(text)
        self.setChecked(checked)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if on is not None:
            self.toggled.connect(on)

    def _text_height(self, width: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap)
        return (
            self.fontMetrics()
            .boundingRect(0, 0, max(40, width - self._LEFT - 4), 2000, flags, self._words)
            .height()
        )

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(48, self._text_height(width) + 12)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._words) + self._LEFT + 8
        return QSize(min(width, 520), self.heightForWidth(min(width, 520)))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(160, self.sizeHint().width()), 48)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored, on = self.isRightToLeft(), self.isChecked()
        left = self.width() - self.BOX - 2 if mirrored else 2
        box = QRectF(left, self.height() / 2 - self.BOX / 2, self.BOX, self.BOX)
        edge = "ink" if self.hasFocus() else "accent" if on else "edge"
        painter.setPen(QPen(theme.color(edge if self.isEnabled() else "line"), 3 if self.hasFocus() else 2))
        painter.setBrush(theme.color("accent" if on else "surface"))
        painter.drawRoundedRect(box, 6, 6)
        if on:
            painter.drawPixmap(int(box.x()) + 4, int(box.y()) + 4, icons.picture("ok", "on_accent", 20, 3))
        painter.setPen(theme.color("ink" if self.isEnabled() else "mute"))
        room = QRectF(self.rect()).adjusted(
            0 if mirrored else self._LEFT, 0, -self._LEFT if mirrored else 0, 0
        )
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextWordWrap), self._words
        )


def _layout(made: QBoxLayout, inside: QWidget | QBoxLayout | None, margins: Margins, gap: int) -> None:
    made.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    made.setSpacing(gap)
    if isinstance(inside, QWidget):
        inside.setLayout(made)
    elif inside is not None:
        inside.addLayout(made)


def row(inside: QWidget | QBoxLayout | None = None, margins: Margins = 0, gap: int = 8) -> QHBoxLayout:
    """Side by side, set into a widget or added to a layout."""
    made = QHBoxLayout()
    _layout(made, inside, margins, gap)
    return made


def column(inside: QWidget | QBoxLayout | None = None, margins: Margins = 0, gap: int = 8) -> QVBoxLayout:
    """One below the other, set into a widget or added to a layout."""
    made = QVBoxLayout()
    _layout(made, inside, margins, gap)
    return made


def card() -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    return made


def rule() -> QFrame:
    """A thin line between rows."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


def page(widget: QWidget) -> QWidget:
    """Give a widget the page background."""
    widget.setObjectName("page")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def scroll(inner: QWidget, *, on_card: bool = False) -> QScrollArea:
    """A page that scrolls downwards only; `on_card` gives it the card's background."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if on_card:
        area.setObjectName("inner")
    else:
        inner.setObjectName(inner.objectName() or "page")
    area.setWidget(inner)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and forget it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
