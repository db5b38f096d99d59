"""How guidance looks: sizes, callouts, tables and tick lines, set in code on the finished document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextFrameFormat,
    QTextTable,
)

BOX_ROOM = 36
CHECK = QTextFormat.Property.UserProperty + 1  # marks a line that can be ticked
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_BIGGER = {1: 13, 2: 5, 3: 2}


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()


def is_check(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(CHECK)


@dataclass
class _Quote:
    """Paragraphs of one callout: words to say, or (when it opens in bold) something to heed."""

    blocks: list[QTextBlock]
    warns: bool


class Dress:
    """The styles of one theme at one text size."""

    def __init__(self, tokens: Mapping[str, str], size: int) -> None:
        self.tokens = tokens
        self.size = size

    def font(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont()
        font.setPixelSize(size)
        font.setWeight(weight)
        return font

    def found_format(self, strong: bool) -> QTextCharFormat:
        """Colors of a word that was searched for."""
        form = QTextCharFormat()
        form.setBackground(QColor(self.tokens["accent" if strong else "tint"]))
        form.setForeground(QColor(self.tokens["on_accent" if strong else "ink"]))
        return form

    def put_on(self, document: QTextDocument) -> None:
        """Style every block, callout, table and tick line."""
        number = 0
        quotes: list[_Quote] = []
        for block in list(blocks(document)):
            if _is_quote(block):
                _gather(quotes, block)
            if _is_tick_line(block):
                self._make_check(block, number)
                number += 1
            warns = _is_quote(block) and quotes[-1].warns
            self._block(block, self.tokens["warn" if warns else "ink"])
        for quote in quotes:
            self._callout(document, quote)
        for frame in _frames(document.rootFrame()):
            if isinstance(frame, QTextTable):
                self._table(frame)
        _shrink_gaps(document)

    def _block(self, block: QTextBlock, ink: str) -> None:
        cursor = QTextCursor(block)
        form = QTextBlockFormat()
        head = level(block)
        form.setLineHeight(118 if head else 136, _PROPORTIONAL)
        if head:
            form.setTopMargin(0 if head == 1 else 22)
            form.setBottomMargin(8)
        elif cursor.currentTable() is not None:
            form.setLineHeight(112, _PROPORTIONAL)
        elif block.textList() is None and not _is_quote(block) and not is_check(block):
            form.setTopMargin(10)
            form.setBottomMargin(10)
        cursor.mergeBlockFormat(form)
        self._letters(block, cursor, head, ink)

    def _letters(self, block: QTextBlock, cursor: QTextCursor, head: int, ink: str) -> None:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setForeground(QColor(ink))
        if head:
            form.setFont(self.font(self.size + _BIGGER.get(head, 1), QFont.Weight.Bold))
        cursor.mergeCharFormat(form)
        for start, length, link in _fragments(block):
            if link:
                self._link(block, start, length, link)

    def _link(self, block: QTextBlock, start: int, length: int, link: str) -> None:
        """Our own links look like links; a source mark is small; a foreign address is only text."""
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        scheme = link.partition(":")[0]
        if scheme == "check":
            form.setFontUnderline(False)
        elif scheme == "source":
            form.setForeground(QColor(self.tokens["accent"]))
            form.setFontUnderline(False)
            form.setProperty(QTextFormat.Property.FontPixelSize, max(14, self.size - 3))
        elif scheme in ("topic", "find", "sheet", "speak", "agency"):
            form.setForeground(QColor(self.tokens["accent"]))
            form.setFontUnderline(True)
            form.setFontWeight(QFont.Weight.DemiBold)
        else:
            form.setAnchor(False)
            form.setAnchorHref("")
            form.setFontUnderline(False)
        cursor.mergeCharFormat(form)

    def _make_check(self, block: QTextBlock, number: int) -> None:
        """A check-list line: its own box is drawn by us, and its words can be reached with Tab."""
        spans = [(start, length) for start, length, link in _fragments(block) if not link]
        if block.textList() is not None:
            block.textList().remove(block)
        form = QTextBlockFormat()
        form.setProperty(CHECK, number)
        form.setMarker(QTextBlockFormat.MarkerType.NoMarker)
        form.setIndent(0)
        form.setLeftMargin(BOX_ROOM)
        form.setTopMargin(12)
        form.setBottomMargin(12)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(form)
        touch = QTextCharFormat()
        touch.setAnchor(True)
        touch.setAnchorHref(f"check:{number}")
        for start, length in spans:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(touch)

    def _callout(self, document: QTextDocument, quote: _Quote) -> None:
        """One frame around a quotation that may have several paragraphs."""
        cursor = QTextCursor(quote.blocks[0])
        if cursor.currentFrame() != document.rootFrame():
            return
        last = quote.blocks[-1]
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        form = QTextFrameFormat()
        form.setPadding(11)
        form.setBackground(QColor(self.tokens["warn_bg" if quote.warns else "tint"]))
        form.setBottomMargin(8)
        frame = cursor.insertFrame(form)
        block, last = frame.firstCursorPosition().block(), frame.lastCursorPosition().block()
        for number in range(block.blockNumber(), last.blockNumber() + 1):
            inside = QTextBlockFormat()
            inside.setLineHeight(130, _PROPORTIONAL)
            inside.setTopMargin(10 if number > block.blockNumber() else 0)
            QTextCursor(document.findBlockByNumber(number)).setBlockFormat(inside)

    def _table(self, table: QTextTable) -> None:
        form = table.format().toTableFormat()
        form.setCellPadding(9)
        form.setCellSpacing(0)
        form.setBorderCollapse(True)
        form.setBorder(1)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor(self.tokens["edge"]))
        form.setTopMargin(4)
        form.setBottomMargin(8)
        table.setFormat(form)


def _is_quote(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockQuoteLevel)


def _gather(quotes: list[_Quote], block: QTextBlock) -> None:
    """Put the paragraph to the callout above it, unless it opens one of its own."""
    warns = block.begin().fragment().charFormat().fontWeight() >= QFont.Weight.Bold
    if warns or not quotes or quotes[-1].blocks[-1].next() != block:
        quotes.append(_Quote([block], warns))
    else:
        quotes[-1].blocks.append(block)


def _is_tick_line(block: QTextBlock) -> bool:
    """Qt leaves the mark of a check list on the paragraphs after it, so the list itself counts too."""
    return (
        block.blockFormat().marker() != QTextBlockFormat.MarkerType.NoMarker and block.textList() is not None
    )


def _fragments(block: QTextBlock) -> list[tuple[int, int, str]]:
    """Place, length and link of each piece of a block."""
    found = []
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        found.append((piece.position(), piece.length(), piece.charFormat().anchorHref()))
        at += 1
    return found


def _frames(frame: QTextFrame) -> Iterator[QTextFrame]:
    for child in frame.childFrames():
        yield child
        yield from _frames(child)


def _shrink_gaps(document: QTextDocument) -> None:
    """Close the empty lines that Qt leaves around frames and tables."""
    for block in blocks(document):
        if not block.text() and QTextCursor(block).currentTable() is None:
            form = QTextBlockFormat()
            form.setLineHeight(2, _FIXED)
            QTextCursor(block).mergeBlockFormat(form)
