"""The Guide page: topics at left, the text at right, for one reader, with ticks that nobody keeps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.agency import AgencyDialog
from desktop.pages.article import Article
from desktop.pages.guide_contents import GuideContents
from desktop.pages.guide_find import GuideFind
from desktop.pages.guide_reader import GuideReader, review_line
from desktop.pages.sheet_out import SheetOut
from desktop.widgets.basics import button, card, column, label, page, row
from resources.guidance.pieces import slug
from resources.guidance.topic import OWN
from resources.handoff import Handoff

SIZE, SMALLEST_STEP, LARGEST_STEP = 17, -1, 5
ONE_COLUMN, WIDE = 700, 1100


class GuidePage(QWidget):
    """What was ticked and which pages were read is held in memory only."""

    name = "guide"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        page(self)
        self.setMinimumSize(1, 1)  # the window says how small it may be; what is shown follows its width
        self._desk = desk
        self._out = SheetOut(desk, self)
        self.topic_id = self._review = ""
        self._step = 0
        self._trail: list[tuple[str, int]] = []
        self._ticks: dict[tuple[str, str, bool], set[int]] = {}
        self._narrow, self._reading, self._stale = False, True, False
        self._line = row(self, (20, 14, 20, 14), 16)
        self.contents = GuideContents(desk.words, lambda text: desk.library.search(text))
        self.contents.chosen.connect(self._choose)
        self.contents.found.connect(self._choose)
        self.contents.practice_wanted.connect(lambda: desk.go("practice"))
        self._line.addWidget(self.contents)
        self._line.addWidget(self._reader_card(), 1)
        desk.guidance_changed.connect(self._reload)
        desk.handoff_changed.connect(self._show_minor)
        self._reload()

    # -- what stands where
    def _reader_card(self) -> QWidget:
        say = self._desk.words.say
        self.card = card()
        lines = column(self.card, (24, 12, 10, 10), 6)
        self.article = Article()
        self.article.link_pressed.connect(self._follow)
        self.article.ticked.connect(self._remember_ticks)
        self._tools(lines)
        self.finder = GuideFind(self._desk.words, self.article)
        self.finder.closed.connect(self.article.setFocus)
        lines.addWidget(self.finder)
        info = row(lines, (0, 0, 6, 0), 8)
        self.info = label("", "small", wrap=True)
        self.untick = button(say("guide.untick"), "ghost", name=say("guide.untick_name"), on=self._untick)
        info.addWidget(self.info, 1)
        info.addWidget(self.untick)
        self.problem = label("", "warn", wrap=True)
        lines.addWidget(self.problem)
        lines.addWidget(self.article, 1)
        self._source_bar(lines)
        return self.card

    def _tools(self, lines: QBoxLayout) -> None:
        say = self._desk.words.say
        tools = row(lines, (0, 0, 6, 0), 8)
        self.to_contents = button(
            "", "", "back", name=say("guide.contents_name"), on=lambda: self._read(False)
        )
        self.reader = GuideReader(self._desk)
        self.reader.changed.connect(self._show)
        smaller = button("A−", name=say("guide.smaller"), on=lambda: self._resize(-1))
        larger = button("A+", name=say("guide.larger"), on=lambda: self._resize(1))
        self.sizes = (smaller, larger)
        self.find_button = button(say("guide.find"), "", "find", name=say("guide.find_name"),
                                  on=self.find_in_page)  # fmt: skip
        self.print_button = button(say("guide.print"), "", "print", name=say("guide.print_name"),
                                   key="Ctrl+P", on=self.print_topic)  # fmt: skip
        key = QShortcut(QKeySequence("Ctrl+P"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.print_topic)
        tools.addWidget(self.to_contents)
        tools.addWidget(self.reader)
        tools.addStretch()
        for part in (smaller, larger, self.find_button, self.print_button):
            tools.addWidget(part)

    def _source_bar(self, lines: QBoxLayout) -> None:
        self.source_bar = card()
        inside = row(self.source_bar, (12, 6, 6, 6), 8)
        self.source = label("", "", wrap=True, selectable=True)
        inside.addWidget(self.source, 1)
        shut = button(
            "", "ghost", "x", name=self._desk.words.say("guide.source_close"), on=self._close_source
        )
        inside.addWidget(shut)
        self.source_bar.hide()
        lines.addWidget(self.source_bar)

    # -- pages
    def opened(self) -> None:
        if not self.topic_id and self.contents.buttons:
            self.open_topic(next(iter(self.contents.buttons)))
        elif self._stale:
            self._show()
        self._stale = False
        self.article.setFocus()

    def show_argument(self, argument: object) -> None:
        """A topic's id, with "#heading" where one part of it is meant."""
        if isinstance(argument, str):
            self.open_topic(*argument.split("#", 1))

    def open_topic(self, topic_id: str, heading: str = "") -> None:
        """Show a page from its top, or from one of its headings; an unknown id changes nothing."""
        if topic_id not in self.contents.buttons:
            return
        self.topic_id = topic_id
        self._show()
        self._read(True)
        self.article.verticalScrollBar().setValue(0)
        if heading:
            self.article.go_to_heading(slug(heading))
        self.contents.show_chosen(topic_id)

    def _choose(self, place: str) -> None:
        """A page, or one heading of it ("id#heading"), picked at left."""
        self._trail.clear()
        self.open_topic(*place.split("#", 1))
        self.article.setFocus()

    def back(self) -> bool:
        """To the page a link was followed from, or (in one column) to the contents."""
        if self.finder.isVisible():
            self.finder.close_find()
        elif not self.source_bar.isHidden():
            self._close_source()
        elif self._trail:
            topic_id, at = self._trail.pop()
            self.open_topic(topic_id)
            self.article.verticalScrollBar().setValue(at)
        elif self._narrow and self._reading:
            self._read(False)
        elif self.contents.search_box.text():
            self.contents.search_box.setText("")  # clear() could be undone
        else:
            return False
        return True

    def _reload(self) -> None:
        library = self._desk.library
        self.contents.show_topics(library.topics())
        problems, say = library.problems, self._desk.words
        self.problem.setVisible(bool(problems) or not library.topics())
        if not library.topics():
            self.problem.setText(say.say("guide.empty"))
        elif problems:
            text = say.say("guide.problems", n=len(problems), first=say.explain(problems[0]))
            self.problem.setText(text)
        if self.topic_id:
            self._show()
            self.contents.show_chosen(self.topic_id)

    def _show(self) -> None:
        """The open page for this reader, at this size, in these colors."""
        if self.topic_id not in self.contents.buttons:
            return
        at = self.article.verticalScrollBar().value()
        library, reader = self._desk.library, self.reader
        topic = library.get(self.topic_id)
        self.article.ticks = set(self._ticks.get(self._key(), set()))
        text = library.markdown(self.topic_id, reader.role, reader.minor)
        self.article.show_markdown(text, theme.THEMES[theme.now.name], self._size())
        self.article.setAccessibleName(self._desk.words.say("guide.article_name", title=topic.title))
        self.article.verticalScrollBar().setValue(at)
        self._review = review_line(self._desk.words, library, topic, self._desk.today())
        self._close_source()
        self._show_ticks()
        self.finder.again()

    def _show_minor(self) -> None:
        if self.reader.show_minor():
            self._show()

    # -- size
    def _size(self) -> int:
        return theme.px(SIZE) + 2 * self._step

    def _resize(self, by: int) -> None:
        self._step = min(max(self._step + by, SMALLEST_STEP), LARGEST_STEP)
        self._show()
        self._fit_text()

    def _fit_text(self) -> None:
        """Lines of about 70 letters; more would tire the eye."""
        self.article.limit_line(self._size() * 41)

    # -- ticks
    def _key(self) -> tuple[str, str, bool]:
        return self.topic_id, self.reader.role, self.reader.minor

    def _remember_ticks(self) -> None:
        self._ticks[self._key()] = set(self.article.ticks)
        self._show_ticks()

    def _show_ticks(self) -> None:
        count, of = len(self.article.ticks), len(self.article.checks())
        self.untick.setVisible(count > 0)
        ticked = self._desk.words.say("guide.ticked", n=count, count=of)
        self.info.setText(f"{self._review}  ·  {ticked}" if count else self._review)

    def _untick(self) -> None:
        self._ticks.pop(self._key(), None)
        self.article.ticks = set()
        self.article.viewport().update()
        self._show_ticks()
        self.article.setFocus()

    # -- links
    def _follow(self, link: str) -> None:
        scheme, _, rest = link.partition(":")
        if scheme == "topic":
            self._trail.append((self.topic_id, self.article.verticalScrollBar().value()))
            self.open_topic(*rest.split("#", 1))
        elif scheme == "source":
            self._show_source(rest)
        elif scheme == "agency":
            self._desk.ask.run(AgencyDialog(self._desk, self.window(), rest))
        else:
            self._desk.go(scheme, rest or None)

    def _show_source(self, tag: str) -> None:
        """Who says so, under the text; the reader stays where they are."""
        say, source = self._desk.words.say, self._desk.library.source(tag)
        if tag == OWN:
            text = say("guide.source_own")
        elif source is None:
            text = say("guide.source_unknown")
        else:
            text = say("guide.source_bar", line=source.line)
            if source.url:
                text += "\n" + say("guide.source_address", url=source.url)
        self.source.setText(text)
        self.source_bar.show()

    def _close_source(self) -> None:
        self.source_bar.hide()

    # -- tools
    def find_in_page(self) -> bool:
        self._read(True)
        self.finder.open_find()
        return True

    def print_topic(self) -> None:
        """The page as it is shown, on paper, through the same road as every sheet."""
        from reports import logo, sheet
        from reports.parts import Extra

        if not self.topic_id:
            return
        topic = self._desk.library.get(self.topic_id)
        text = self._desk.library.markdown(self.topic_id, self.reader.role, self.reader.minor)
        with self._desk.ask.explaining():
            extra = Extra(title=topic.title, markdown=text)
            mark = logo.kept(self._desk.data)
            paper = sheet.make(Handoff(recipe="topic"), today=self._desk.today(), logo=mark, extra=extra)
            self._out.print_pdf(paper.pdf)

    # -- room
    def retheme(self) -> None:
        self._arrange()
        self._stale = not self.isVisible()
        if not self._stale:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _read(self, reading: bool) -> None:
        self._reading = reading
        self._arrange()
        if not reading and self.topic_id in self.contents.buttons:
            self.contents.buttons[self.topic_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        width = self.width()
        self._narrow = width < theme.px(ONE_COLUMN)
        wide = width >= theme.px(WIDE)
        self._line.setContentsMargins(*((20, 14, 20, 14) if wide else (12, 10, 12, 10)))
        self._line.setSpacing(16 if wide else 12)
        self.contents.setVisible(not self._narrow or not self._reading)
        self.card.setVisible(not self._narrow or self._reading)
        self.to_contents.setVisible(self._narrow)
        if self._narrow:
            self.contents.setMinimumWidth(0)
            self.contents.setMaximumWidth(16777215)
        else:
            self.contents.setFixedWidth(theme.px(280 if wide else 236))
        say = self._desk.words.say
        self.find_button.say(say("guide.find") if wide else "")
        self.print_button.say(say("guide.print") if wide else "")
        self._fit_text()
