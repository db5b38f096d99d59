"""The Practice page: invented scenes for roll call, with choices and what each of them leads to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.practice_parts import ChoiceButton, StoryCard, larger, step_line, verdict
from desktop.widgets.basics import button, card, clear, column, label, page, row, scroll
from resources.guidance import practice
from resources.guidance.practice_run import PracticeRun

WIDE, SHORT_BADGE, LIST_WIDTH = 820, 760, 900


class PracticePage(QWidget):
    """The scene, the choices and the steps taken live in memory and end with the program."""

    name = "practice"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        page(self)
        self.setMinimumSize(1, 1)
        self._desk = desk
        self.scenarios = practice.scenarios()
        self.run: PracticeRun | None = None
        self.choices: list[ChoiceButton] = []
        lines = column(self, (20, 14, 20, 14), 10)
        self._top(lines)
        self.stack = QStackedWidget()
        lines.addWidget(self.stack, 1)
        self.stack.addWidget(self._list())
        self.stack.addWidget(self._play())
        self._bottom(lines)
        self.show_list()

    # -- what stands where
    def _top(self, lines: QVBoxLayout) -> None:
        say = self._desk.words.say
        top = row(lines, 0, 12)
        self.to_list = button(
            say("practice.all"), "", "back", name=say("practice.all_name"), on=self.show_list
        )
        self.title = label("", "title", wrap=True)
        self.badge = label(say("practice.badge_long"), "train")
        self.badge.setFixedHeight(theme.px(32))
        top.addWidget(self.to_list)
        top.addWidget(self.title, 1)
        top.addWidget(self.badge)

    def _list(self) -> QWidget:
        say, inner = self._desk.words.say, QWidget()
        lines = column(inner, (0, 0, 8, 0), 10)
        self.lead = label(say("practice.lead"), "mute", wrap=True)
        lines.addWidget(self.lead)
        self.scene_buttons = [self._scene_button(number) for number in range(len(self.scenarios))]
        for made in self.scene_buttons:
            made.setMaximumWidth(theme.px(LIST_WIDTH))
            lines.addWidget(made)
        problems = practice.problems()
        self.problem = label("", "warn", wrap=True)
        self.problem.setVisible(bool(problems) or not self.scenarios)
        if problems:
            self.problem.setText(say("practice.problems", n=len(problems), first=problems[0]))
        elif not self.scenarios:
            self.problem.setText(say("practice.none"))
        lines.addWidget(self.problem)
        lines.addStretch()
        return scroll(inner)

    def _scene_button(self, number: int) -> ChoiceButton:
        say, one = self._desk.words.say, self.scenarios[number]
        facts = [say("practice.setting", setting=one.setting)]
        if one.minor:
            facts.append(say("practice.minor"))
        about = one.summary + "\n" + "  ·  ".join(facts)
        name = say("practice.choice_name", number=number + 1, text=one.title)
        return ChoiceButton(number + 1, one.title, about, name, lambda: self.start(number))

    def _play(self) -> QWidget:
        inner = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._sides.setContentsMargins(0, 0, 8, 0)
        self._sides.setSpacing(16)
        self.story = StoryCard(self._desk.words.say("practice.watermark"))
        self.side = card()
        self._side = column(self.side, (20, 16, 20, 18), 10)
        self._sides.addWidget(self.story, 1)
        self._sides.addWidget(self.side, 1)
        self.area = scroll(inner)
        return self.area

    def _bottom(self, lines: QVBoxLayout) -> None:
        say = self._desk.words.say
        self.bottom = row(lines, 0, 8)
        self.keys = label("", "small", wrap=True)
        self.other = button(say("practice.other"), "", "undo", key="Esc", on=self.back)
        self.restart = button(say("practice.again"), "", on=self._start_over)
        self.next = button(say("practice.go_on"), "primary", "next", on=self.go_on)
        self.bottom.addWidget(self.keys, 1)
        for part in (self.other, self.restart, self.next):
            self.bottom.addWidget(part)

    # -- pages
    def opened(self) -> None:
        """Where the group stopped reading, it goes on."""
        if self.run is not None:
            self.story.setFocus()
        elif self.scene_buttons:
            self.scene_buttons[0].setFocus()

    def show_argument(self, argument: object) -> None:
        """The id of a scenario."""
        for number, one in enumerate(self.scenarios):
            if one.id == argument:
                self.start(number)

    def back(self) -> bool:
        """One answer back, then the list of scenes, then out."""
        if self.run is None:
            return False
        if self.run.back():
            self._show()
        else:
            self.show_list()
        return True

    def show_list(self) -> None:
        self.run = None
        self._show()
        if self.isVisible() and self.scene_buttons:
            self.scene_buttons[0].setFocus()

    def start(self, number: int) -> None:
        self.run = PracticeRun(self.scenarios[number])
        self._show()

    def _start_over(self) -> None:
        if self.run is not None:
            self.start(self.scenarios.index(self.run.scenario))

    # -- playing
    def choose(self, number: int) -> None:
        if self.run is not None and self.run.choose(number):
            self._show()

    def go_on(self) -> None:
        if self.run is not None and self.run.go_on():
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self.scene_buttons) and self.run is None:
            self.start(number)
        elif 0 <= number <= 3 and self.run is not None:
            self.choose(number)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.run is not None:
            self.go_on()
        else:
            super().keyPressEvent(event)

    # -- what is shown
    def _show(self) -> None:
        say, run = self._desk.words.say, self.run
        self.stack.setCurrentIndex(0 if run is None else 1)
        self.to_list.setVisible(run is not None)
        self.title.setText(say("practice.title") if run is None else run.scenario.title)
        self.keys.setText(say("practice.keys_list" if run is None else "practice.keys"))
        self.other.setVisible(run is not None and bool(run.steps))
        self.restart.setVisible(run is not None and run.over)
        self.next.setVisible(run is not None and run.answered)
        if run is None:
            return
        self.choices = []
        clear(self._side)
        clear(self.story.more)
        head = say("practice.setting", setting=run.scenario.setting)
        if run.scenario.minor:
            head += "  ·  " + say("practice.minor")
        name = say("practice.scene_name", title=run.scenario.title, text=run.scene.text)
        self.story.show_scene(head, run.scene.text, name)
        if run.over:
            self._show_debrief(run)
        elif run.answered:
            self._show_result(run)
        else:
            self._show_choices(run)
        self._side.addStretch()
        self.area.verticalScrollBar().setValue(0)
        self.story.setFocus()

    def _show_choices(self, run: PracticeRun) -> None:
        say = self._desk.words.say
        self._side.addWidget(label(say("practice.choose"), "h2"))
        for number, choice in enumerate(run.scene.choices):
            name = say("practice.choice_name", number=number + 1, text=choice.text)
            made = ChoiceButton(number + 1, choice.text, "", name, partial(self.choose, number))
            self.choices.append(made)
            self._side.addWidget(made)

    def _show_result(self, run: PracticeRun) -> None:
        say, choice = self._desk.words.say, run.result
        if choice is None:
            return
        self.story.more.addWidget(label(say("practice.chose"), "small"))
        self.story.more.addWidget(label(choice.text, "strong", wrap=True))
        quality = say(f"practice.quality.{choice.quality}")
        self._side.addWidget(verdict(choice.quality, quality))
        self._side.addWidget(label(say("practice.leads"), "h2"))
        self._side.addWidget(larger(choice.result))
        self._topic_button(choice.topic)
        ends = run.scenario.scene(choice.next).ending
        self.next.say(say("practice.to_debrief" if ends else "practice.go_on"))
        self.next.setAccessibleName(self.next.shown)
        self._announce(f"{quality}. {choice.result}")

    def _show_debrief(self, run: PracticeRun) -> None:
        say, counts = self._desk.words.say, run.counts()
        more = self.story.more
        more.addWidget(label(say("practice.debrief.lesson"), "h2"))
        more.addWidget(label(run.scene.lesson, "strong", wrap=True))
        more.addSpacing(8)
        more.addWidget(label(say("practice.debrief.ask"), "h2"))
        for number in (1, 2, 3):
            more.addWidget(label(say(f"practice.debrief.question_{number}"), "", wrap=True))
        self._side.addWidget(label(say("practice.debrief.title"), "title"))
        told = say("practice.debrief.count", good=counts["good"], n=len(run.steps))
        self._side.addWidget(label(told, "mute", wrap=True))
        for step in run.steps:
            choice = step.choice
            self._side.addWidget(
                step_line(choice.quality, choice.text, say(f"practice.quality.{choice.quality}"))
            )
        self._side.addSpacing(6)
        self._side.addWidget(label(say("practice.debrief.topics"), "h2"))
        for topic_id in run.topics():
            self._topic_button(topic_id, why=False)
        self._announce(f"{run.scene.text} {run.scene.lesson}")

    def _topic_button(self, topic_id: str, why: bool = True) -> None:
        """The page that says why; a scene may name one that could not be read."""
        found = {topic.id: topic for topic in self._desk.library.topics()}.get(topic_id)
        if found is None:
            return
        text = self._desk.words.say("practice.why", topic=found.title) if why else found.title
        made = ChoiceButton("guide", text, "", text, lambda: self._desk.go("guide", topic_id))
        self._side.addWidget(made)

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # -- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def retheme(self) -> None:
        for made in self.scene_buttons:
            made.setMaximumWidth(theme.px(LIST_WIDTH))
        self.badge.setFixedHeight(theme.px(32))
        if self.run is not None:
            self._show()
        self._arrange()

    def _arrange(self) -> None:
        """Side by side where there is room, the scene above its choices where there is not."""
        wide = self.width() >= theme.px(WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)
        short = self.width() < theme.px(SHORT_BADGE)
        self.badge.setText(self._desk.words.say("practice.badge" if short else "practice.badge_long"))
