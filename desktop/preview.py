"""The sheet preview: PDF bytes drawn from memory, dimmed at night, readable by a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pypdfium2
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

GAP, EDGE, SLIM = 12, 14, 400
DRAWN, READ = 12, 20  # pages kept as pictures, and read out from the one in view

# pypdfium2 carries no types; pages and documents are Any from here on
_PdfDocument: Any = pypdfium2.PdfDocument


@dataclass(frozen=True)
class Look:
    """Colors of the paper on screen. `inverted` shows light text on black; `tone` is multiplied in."""

    edge: str
    tone: str = "#FFFFFF"
    inverted: bool = False


def open_pdf(data: bytes, password: str | None = None) -> Any:
    """The document in these bytes, as pypdfium2 gives it; nothing touches the disk."""
    return _PdfDocument(data, password=password)


def draw_page(page: Any, scale: float) -> QImage:
    """One page as an image of its own memory, `scale` pixels per point."""
    bitmap = page.render(scale=scale, prefer_bgrx=True)
    picture = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    ).copy()
    bitmap.close()
    return picture


def shade(picture: QImage, look: Look) -> QImage:
    """The picture in the colors of the theme: night red has no blue pixel (ui.md, visual language)."""
    if look.inverted:
        picture.invertPixels()
    painter = QPainter(picture)
    if QColor(look.tone) != QColor(Qt.GlobalColor.white):
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(picture.rect(), QColor(look.tone))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    painter.setPen(QPen(QColor(look.edge), 2))
    painter.drawRect(picture.rect())
    painter.end()
    return picture


class _Pages(QWidget):
    """All pages below each other; each is drawn the first time it comes into view."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.pdf: Any = None
        self.look = Look("#808080")
        self.closer = 1.0
        self.places: list[QRect] = []
        self._pictures: dict[int, QImage] = {}

    def forget(self) -> None:
        self._pictures.clear()
        self.update()

    def arrange(self, wide: int, high: int, whole: bool) -> None:
        """Give every page its place: as wide as the view, or whole in it."""
        self.places = []
        top = 0
        for number in range(len(self.pdf) if self.pdf else 0):
            size = self._fit(number, wide, high, whole)
            self.places.append(QRect((wide - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + GAP
        self.setFixedSize(wide, max(1, top - GAP))
        self.forget()

    def _fit(self, number: int, wide: int, high: int, whole: bool) -> QSize:
        width, height = self.pdf.get_page_size(number)
        room = max(200, wide - 2 * EDGE) * (1.0 if whole else self.closer)
        if whole or width < SLIM:
            room = min(room, max(120, high) * width / height)
        return QSize(round(room), round(room * height / width))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.pdf is None:
            return
        painter = QPainter(self)
        for number, place in enumerate(self.places):
            if place.intersects(event.rect()):
                painter.drawImage(place, self._picture(number, place))
        painter.end()

    def _picture(self, number: int, place: QRect) -> QImage:
        if number not in self._pictures:
            page = self.pdf[number]
            scale = place.width() * self.devicePixelRatioF() / page.get_width()
            while len(self._pictures) >= DRAWN:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[number] = shade(draw_page(page, scale), self.look)
        return self._pictures[number]

    def page_at(self, y: int) -> int:
        """The page that is seen at this height."""
        return max((number for number, place in enumerate(self.places) if place.top() <= y), default=0)


class Preview(QScrollArea):
    """Shows the very bytes that would be printed, keeps its place when they change."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pages = _Pages()
        self._whole = False
        self.setWidget(self._pages)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self._first_read = 0
        self.verticalScrollBar().valueChanged.connect(self._read_on)
        if app := QApplication.instance():
            app.aboutToQuit.connect(self.clear)  # a handoff does not outlive the window

    @property
    def pages(self) -> int:
        return len(self._pages.places)

    @property
    def text(self) -> str:
        """What the paper says, page by page: the same words a screen reader is given. Of a long paper, the
        pages from the one in view."""
        return self.accessibleDescription()

    def show_pdf(self, data: bytes, password: str | None = None, *, closer: float = 1.0) -> None:
        """Draw these bytes in place of the last ones; the scroll position stays.

        `closer` enlarges the middle of a page whose sides are empty (a wallet card).
        """
        at = self.verticalScrollBar().value()
        old = self._pages.pdf
        self._pages.pdf = open_pdf(data, password)
        if old is not None:
            old.close()
        self._pages.closer = closer
        self._arrange()
        self.verticalScrollBar().setValue(at)
        self._read_from(self._pages.page_at(self.verticalScrollBar().value()))

    def clear(self) -> None:
        """Show nothing and keep nothing in memory."""
        if self._pages.pdf is not None:
            self._pages.pdf.close()
        self._pages.pdf = None
        self.setAccessibleDescription("")
        self._arrange()

    def show_whole(self, whole: bool) -> None:
        self._whole = whole
        self._arrange()

    def wear(self, look: Look) -> None:
        """Change to the colors of another theme."""
        self._pages.look = look
        self._pages.forget()

    def _read_on(self, height: int) -> None:
        if self.pages > READ and (number := self._pages.page_at(height)) != self._first_read:
            self._read_from(number)

    def _read_from(self, number: int) -> None:
        """Give the words of these pages to screen readers; all of them when they are few."""
        self._first_read = number if self.pages > READ else 0
        texts = []
        for at in range(self._first_read, min(self._first_read + READ, self.pages)):
            words = self._pages.pdf[at].get_textpage()
            texts.append(words.get_text_range().replace("\r\n", "\n").strip())
            words.close()
        self.setAccessibleDescription("\n\n".join(texts))

    def _arrange(self) -> None:
        view = self.viewport().size()
        self._pages.arrange(view.width(), view.height() - 4, self._whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
