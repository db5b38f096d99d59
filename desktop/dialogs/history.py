"""The history of one entry: who changed what and when, newest first; it is only read."""

from __future__ import annotations

from itertools import groupby

from desktop.desk import Desk
from desktop.widgets import naming
from desktop.widgets.basics import column, label
from desktop.widgets.dialog import Dialog
from resources.directory.history import HistoryLine

MOST = 100  # changes; each may have many lines


class HistoryDialog(Dialog):
    """One block for each change."""

    def __init__(self, desk: Desk, provider_id: str) -> None:
        say = desk.words.say
        name = desk.directory.get(provider_id).name
        super().__init__(desk.ask.window, say("entries.history.title", name=name), width=820, height=2000)
        self._say = say
        self.body.addWidget(label(say("entries.history.about"), "mute", wrap=True))
        lines = desk.directory.history(provider_id)
        changes = [list(some) for _, some in groupby(lines, key=lambda line: (line.when, line.device))]
        for change in reversed(changes[-MOST:]):
            self._change(change)
        if not changes:
            self.body.addWidget(label(say("entries.history.none"), "mute"))
        if (older := len(changes) - MOST) > 0:
            self.body.addWidget(label(say("entries.history.more", n=older), "small"))
        self.body.addStretch()
        self.close_button = self.add_button(say("desk.close"), self.accept, primary=True)
        self.close_button.setFocus()

    def _change(self, change: list[HistoryLine]) -> None:
        say, first = self._say, change[0]
        block = column(self.body, (0, 8, 0, 4), 2)
        time = f"{first.when:%H:%M}"
        head = say("entries.history.head", date=naming.day(first.when.date()), time=time, label=first.label)
        block.addWidget(label(head, "strong", wrap=True))
        device = first.device[:6]
        by = say("entries.history.by", who=first.who, device=device) if first.who else ""
        block.addWidget(label(by or say("entries.history.by_laptop", device=device), "small"))
        for line in change:
            key = "line" if line.old and line.new else "first" if line.new else "gone"
            said = say(f"entries.history.{key}", field=line.said, old=line.old, new=line.new)
            block.addWidget(label(said, "", wrap=True, selectable=True))
