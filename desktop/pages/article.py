"""The guidance text: a browser that loads nothing, styled in code, with check lists that tick in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from desktop.pages.article_style import Dress, blocks, is_check, level
from resources.guidance.pieces import slug

OWN_LINKS = ("topic", "find", "sheet", "source", "speak", "agency")
DIALECT = QTextDocument.MarkdownFeature.MarkdownNoHTML | QTextDocument.MarkdownFeature.MarkdownDialectGitHub


class Article(QTextBrowser):
    """Shows one topic. `link_pressed` carries our own links; any other address is only text."""

    link_pressed = Signal(str)
    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._follow)
        self._dress: Dress | None = None
        self._widest = 0
        self.ticks: set[int] = set()

    def loadResource(self, kind: int, name: QUrl | str) -> QImage:
        """Nothing comes from disk or network: a null picture (not None) stops Qt's own loader (R7)."""
        return QImage()

    def show_markdown(self, text: str, tokens: Mapping[str, str], size: int) -> None:
        """Set and style the text; ticks in `ticks` are kept."""
        self._dress = Dress(tokens, size)
        self._wear(tokens, size)
        document = self.document()
        # an empty page for a moment would take the scroll bar away and lay the text out twice more
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        document.setMarkdown(text, DIALECT)
        edit = QTextCursor(document)
        edit.beginEditBlock()  # or every style would lay the whole page out again
        self._dress.put_on(document)
        edit.endEditBlock()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _wear(self, tokens: Mapping[str, str], size: int) -> None:
        """Frame, font and margin; set only when they change, since each costs a layout."""
        ring = f"border:3px solid {tokens['edge']}; border-radius:8px"
        still = f"border:3px solid transparent; font-size:{size}px"
        sheet = f"QTextBrowser {{ {still} }} QTextBrowser:focus {{ {ring} }}"
        if sheet == self.styleSheet():
            return
        self.document().clear()
        self.setStyleSheet(sheet)
        self.document().setDefaultFont(Dress(tokens, size).font(size))
        self.document().setDocumentMargin(10)

    def limit_line(self, widest: int) -> None:
        """Keep lines short enough to read, however wide the window is."""
        self._widest = widest
        self.setViewportMargins(0, 0, max(0, self.width() - 20 - widest), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._widest:
            self.limit_line(self._widest)

    def headings(self) -> list[tuple[int, str]]:
        """Level and text of every heading, in order."""
        return [(level(b), b.text()) for b in blocks(self.document()) if level(b)]

    def go_to_heading(self, anchor: str) -> bool:
        """Bring the heading with this anchor to the top of the view."""
        for block in blocks(self.document()):
            if level(block) and slug(block.text()) == anchor:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(int(top) - 8)
                return True
        return False

    def find_all(self, text: str) -> list[QTextCursor]:
        """Mark every place that holds these words, and hand back the places."""
        found: list[QTextCursor] = []
        at = QTextCursor(self.document())
        while text.strip() and len(found) < 500:
            at = self.document().find(text, at)
            if at.isNull():
                break
            found.append(QTextCursor(at))
        self._mark(found, -1)
        return found

    def show_found(self, found: list[QTextCursor], number: int) -> None:
        """Bring one of the places into view, marked more strongly than the others."""
        self._mark(found, number)
        cursor = QTextCursor(found[number])
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _mark(self, found: list[QTextCursor], number: int) -> None:
        assert self._dress is not None
        marks = []
        for place, cursor in enumerate(found):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = self._dress.found_format(place == number)
            marks.append(mark)
        self.setExtraSelections(marks)

    def checks(self) -> list[QTextBlock]:
        """The lines that can be ticked."""
        return [block for block in blocks(self.document()) if is_check(block)]

    def toggle(self, number: int) -> None:
        """Tick or untick one line; it is remembered only while the program runs."""
        self.ticks ^= {number}
        self.viewport().update()
        self.ticked.emit()

    def _follow(self, url: QUrl) -> None:
        address = url.toString()
        scheme, _, rest = address.partition(":")
        if scheme == "check":
            self.toggle(int(rest))
        elif scheme in OWN_LINKS:
            self.link_pressed.emit(address)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position()
        for number, place in self._boxes():
            if place.adjusted(-10, -11, 10, 11).contains(spot):
                self.toggle(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.textCursor().charFormat().isAnchor():
            self._follow(QUrl(self.textCursor().charFormat().anchorHref()))
            return
        super().keyPressEvent(event)

    def _boxes(self) -> Iterator[tuple[int, QRectF]]:
        """Number and place of every tick box in the view."""
        layout = self.document().documentLayout()
        down, right = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        for number, block in enumerate(self.checks()):
            area = layout.blockBoundingRect(block)
            line = block.layout().lineAt(0)
            middle = area.top() + line.y() + line.height() / 2 - down
            yield number, QRectF(area.left() - right + 4, middle - 11, 22, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dress is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, place in self._boxes():
            if place.bottom() >= 0 and place.top() <= self.viewport().height():
                draw_box(painter, place, self._dress.tokens, number in self.ticks)
        painter.end()


def draw_box(painter: QPainter, place: QRectF, tokens: Mapping[str, str], on: bool) -> None:
    """A tick box from the theme; Fusion's own vanishes at night."""
    painter.setPen(QPen(QColor(tokens["accent" if on else "edge"]), 2))
    painter.setBrush(QBrush(QColor(tokens["accent" if on else "surface"])))
    painter.drawRoundedRect(place, 5, 5)
    if on:
        x, y, side = place.x(), place.y(), place.width()
        tick = QPainterPath(QPointF(x + 0.22 * side, y + 0.54 * side))
        tick.lineTo(x + 0.43 * side, y + 0.74 * side)
        tick.lineTo(x + 0.79 * side, y + 0.3 * side)
        painter.setPen(QPen(QColor(tokens["on_accent"]), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tick)
