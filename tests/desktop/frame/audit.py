"""Reads a window as a person with a screen reader, a keyboard or a gloved thumb would."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import SIGNAL, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)

SMALLEST = 44
SLACK = 4
PAIRS = (
    ("ink", "bg", 7), ("ink", "surface", 7), ("mute", "surface", 4.5), ("mute", "bg", 4.5),
    ("accent", "surface", 4.5), ("on_accent", "accent", 4.5), ("warn", "warn_bg", 4.5), ("warn", "bg", 4.5),
    ("ink", "warn_bg", 4.5), ("ink", "tint", 4.5), ("mute", "tint", 4.5), ("ok", "surface", 4.5),
    ("ok", "tint", 4.5), ("danger", "surface", 4.5), ("edge", "surface", 3), ("edge", "bg", 3),
    ("on_rail", "rail", 4.5), ("rail_on", "rail_tint", 4.5), ("ink", "line", 3),
)  # fmt: skip


def luminance(color: QColor) -> float:
    def straight(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * straight(color.redF()) + 0.7152 * straight(color.greenF()) + 0.0722 * straight(color.blueF())
    )


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(QColor(a)), luminance(QColor(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def audit_theme(colors: dict[str, str]) -> list[str]:
    """Token pairs whose contrast is too low to read."""
    return [
        f"{a} on {b}: {contrast(colors[a], colors[b]):.2f} < {least}"
        for a, b, least in PAIRS
        if contrast(colors[a], colors[b]) < least
    ]


def focusable(window: QWidget) -> list[QWidget]:
    """What Tab reaches, in its order."""
    found: list[QWidget] = []
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is window
        if reached and widget.isVisibleTo(window) and widget.isEnabled():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def spoken(widget: QWidget) -> str:
    """The name a screen reader says; a combo box needs one of its own."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName().strip()
    interface = QAccessible.queryAccessibleInterface(widget)
    return (interface.text(QAccessible.Text.Name) if interface else "").strip()


def parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def audit(window: QWidget) -> list[str]:
    """Everything wrong with what can be reached and read in this window."""
    found: list[str] = []
    for widget in focusable(window):
        found += _target(window, widget)
    for text in window.findChildren(QLabel):
        found += _label(window, text)
    for area in window.findChildren(QScrollArea):
        if area.isVisibleTo(window) and (inner := area.widget()):
            over = inner.width() - area.viewport().width()
            found += [f"{over} pixels too wide: {inner.objectName()!r}"] if over > SLACK else []
    order = [
        widget.mapTo(window, widget.rect().center())
        for widget in focusable(window)
        if not any(isinstance(parent, QAbstractScrollArea) for parent in parents(widget))
    ]
    jumps = sum(1 for a, b in pairwise(order) if b.y() < a.y() - 200 and b.x() < a.x() - 200)
    return [*found, *([f"Tab jumps backwards {jumps} times"] if jumps > 3 else [])]


def _target(window: QWidget, widget: QWidget) -> list[str]:
    kind, found = f"{type(widget).__name__} {spoken(widget)!r}", []
    if not spoken(widget):
        found.append(f"no name: {type(widget).__name__} {widget.objectName()!r}")
    pressable = isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and not isinstance(
        widget, QScrollBar
    )
    if pressable and min(widget.width(), widget.height()) < SMALLEST:
        found.append(f"small target {widget.width()}x{widget.height()}: {kind}")
    rows = isinstance(widget, QAbstractItemView) and widget.model() and widget.model().rowCount()
    if rows and widget.sizeHintForRow(0) < SMALLEST:
        found.append(f"small rows: {kind}")
    if isinstance(widget, QAbstractButton):
        place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        scrolls = any(isinstance(parent, QAbstractScrollArea) for parent in parents(widget))
        if not window.rect().contains(place) and not scrolls:
            found.append(f"outside the window: {kind}")
        words = widget.text().replace("&&", "&") if isinstance(widget, QPushButton) else ""
        if QFontMetrics(widget.font()).horizontalAdvance(words) > widget.width():
            found.append(f"cut: {kind}")
    return found


def _label(window: QWidget, text: QLabel) -> list[str]:
    if not text.isVisibleTo(window) or not text.text():
        return []
    found = []
    if text.textFormat() != Qt.TextFormat.PlainText:
        found.append(f"not plain text: {text.text()!r}")
    needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
    if text.height() + 2 < needed or (not text.wordWrap() and text.width() + 2 < text.sizeHint().width()):
        found.append(f"cut label {text.size().toTuple()}: {text.text()[:40]!r}")
    return found


def dead(window: QWidget) -> list[str]:
    """Buttons that nothing listens to; ticks and choices of a form are read when it is saved."""
    found = []
    for button in window.findChildren(QAbstractButton):
        heard = any(button.receivers(SIGNAL(signal)) for signal in ("clicked(bool)", "clicked()"))
        chooses = isinstance(button, QCheckBox) or button.isCheckable()
        if button.isVisibleTo(window) and not heard and not chooses:
            found.append(spoken(button))
    return found


def bluest(image: QImage) -> int:
    """The highest blue in a picture (night red keeps it at 0x60 or less)."""
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    data = bytes(small.constBits())
    return max(data[0::4])
