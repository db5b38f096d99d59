"""Fixtures of the page tests: a desk on invented providers, an Ask that answers, an audit."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QWidget,
)

from desktop import theme
from desktop.ask import Ask
from desktop.desk import Desk
from resources.directory.provider import Provider
from resources.starter import training_providers
from resources.words import Words, load

TODAY = date(2026, 11, 25)


class FakeAsk(Ask):
    """Answers instead of a person: `answers` are called with each dialog, in order; `saves` are paths."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.answers: list[Callable[[QDialog], object]] = []
        self.saves: list[Path | None] = []
        self.asked: list[QDialog] = []
        self.suggested: list[str] = []
        self.told: list[str] = []

    def run(self, dialog: QDialog) -> int:
        self.asked.append(dialog)
        if not self.answers:
            return int(QDialog.DialogCode.Rejected.value)
        self.answers.pop(0)(dialog)
        return dialog.result()

    def save_path(self, title: str, name: str, kinds: str = "") -> Path | None:
        self.suggested.append(name)
        return self.saves.pop(0) if self.saves else None

    def tell(self, title: str, text: str) -> None:
        self.told.append(text)


class FakeDirectory:
    """The invented providers, in memory."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        self.kept = {one.id: one for one in providers}

    def get(self, identity: str) -> Provider:
        return self.kept[identity]

    def many(self, identities: Sequence[str]) -> list[Provider]:
        return [self.kept[one] for one in identities]

    def all(self, retired: bool = False) -> list[Provider]:
        return list(self.kept.values())

    def count(self) -> int:
        return len(self.kept)

    def close(self) -> None:
        self.kept = {}


@pytest.fixture
def providers() -> list[Provider]:
    return training_providers(TODAY)


@pytest.fixture
def ask() -> FakeAsk:
    return FakeAsk(load("en"))


@pytest.fixture
def day(qapp: QApplication) -> QApplication:
    """The usual look, put on only when it is not there already: that costs a second or two."""
    if theme.now != theme.Look() or qapp.styleSheet() != theme.stylesheet():
        qapp.setStyle("Fusion")
        theme.apply(qapp, "day")
    return qapp


@pytest.fixture
def desk(day: QApplication, tmp_path: Path, ask: FakeAsk, providers: list[Provider]) -> Iterator[Desk]:
    made = Desk(tmp_path / "data", directory=FakeDirectory(providers), today=lambda: TODAY)
    made.ask = ask
    yield made


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What the toast said."""
    heard: list[str] = []
    desk.said.connect(lambda text, _undo: heard.append(text))
    return heard


@pytest.fixture
def went(desk: Desk) -> list[tuple[str, object]]:
    """Which pages were asked for."""
    heard: list[tuple[str, object]] = []
    desk.went_to.connect(lambda page, argument: heard.append((page, argument)))
    return heard


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """One PDF page per text; locked when a password is given."""
    import pikepdf
    from reportlab.pdfgen.canvas import Canvas

    def make(*texts: str, password: str = "", size: tuple[float, float] = (612, 792)) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=size, invariant=1)
        for text in texts:
            canvas.setFont("Helvetica", 24)
            canvas.drawString(40, size[1] - 60, text)
            canvas.showPage()
        canvas.save()
        if not password:
            return out.getvalue()
        locked = io.BytesIO()
        with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(user=password, owner=password, R=6))
        return locked.getvalue()

    return make


@pytest.fixture(scope="session")
def most_blue() -> Callable[[QImage], int]:
    """The highest blue channel in a picture."""

    def measure(picture: QImage) -> int:
        raw = picture.convertToFormat(QImage.Format.Format_RGB32)
        data = bytes(raw.constBits())
        return max(data[0::4])

    return measure


def _above(widget: QWidget) -> Iterator[QWidget]:
    while (parent := widget.parentWidget()) is not None:
        widget = parent
        yield widget


def _focusable(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not window:
        wanted = widget.isVisibleTo(window) and widget.isEnabled()
        if (
            wanted
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.objectName().startswith("qt_")
        ):
            yield widget
        widget = widget.nextInFocusChain()


def _faults(window: QWidget, widget: QWidget) -> Iterator[str]:
    face = QAccessible.queryAccessibleInterface(widget)
    name = face.text(QAccessible.Text.Name) if face else ""
    kind = f"{type(widget).__name__} {name!r}"
    if not name.strip():
        yield f"no name: {kind}"
    if isinstance(widget, QAbstractButton | QLineEdit) and min(widget.width(), widget.height()) < 44:
        yield f"small target {widget.width()}x{widget.height()}: {kind}"
    if isinstance(widget, QAbstractButton) and widget.text():
        lines = widget.text().replace("&", "").split("\n")
        widest = max(QFontMetrics(widget.font()).horizontalAdvance(line) for line in lines)
        if widest > widget.width():
            yield f"text cut: {kind}"
        inside = any(isinstance(one, QAbstractScrollArea) for one in _above(widget))
        place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
        if not inside and not window.rect().contains(place):
            yield f"outside the window: {kind}"


@pytest.fixture(scope="session")
def audit() -> Callable[[QWidget], list[str]]:
    """Names, target sizes and cut words of everything that can have the focus (ui.md, accessibility)."""

    def look(window: QWidget) -> list[str]:
        return [fault for widget in _focusable(window) for fault in _faults(window, widget)]

    return look
