"""What an update would change here, for a person to look at before any of it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.widgets.basics import Check, button, label, row
from desktop.widgets.dialog import Dialog
from desktop.widgets.groups import Group, Groups
from resources.directory import phones as numbers
from resources.directory.provider import Provider
from resources.updates.lists import Differing
from resources.updates.review import Review

MOST = 200  # lines of one group; the counts on the tabs are whole


class UpdateReview(Dialog):
    """`phones` are the keys of the numbers that were ticked, `declined` the ids of entries that stay as they
    are here; `retire` is True when many may disappear."""

    def __init__(self, desk: Desk, looked: Review, source: str, notes: Sequence[str] = ()) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("stick.review.title", name=source), width=980, height=2000)
        self._say, self._looked = say, looked
        self.phones: set[str] = set()
        self.declined: set[str] = set()
        self.retire = False
        self.ticks: dict[str, Check] = {}
        self.entries: dict[str, Check] = {}
        self.body.addWidget(label(say("stick.review.about"), "mute", wrap=True))
        for sentence in (*notes, *looked.sentences()):
            self.body.addWidget(label(sentence, "warn", wrap=True))
        if looked.mass:
            self.body.addWidget(self._mass_tick())
        self.body.addWidget(self._who())
        self.groups = Groups(self._groups())
        self.body.addWidget(self.groups)
        self.body.addStretch()
        self.left_over = label("", "warn", wrap=True)
        self.over_buttons(self.left_over)
        self.add_button(say("stick.review.later"), self.reject)
        self.take = self.add_button(say("stick.review.take"), self.accept, primary=True, icon="ok")
        self._show_state()
        self.take.setFocus() if self.take.isEnabled() else self.mass.setFocus()

    def _mass_tick(self) -> QWidget:
        looked = self._looked
        text = self._say("stick.review.mass_tick", n=len(looked.retired), of=looked.live)
        self.mass = Check(text, on=self._switch_mass)
        return self.mass

    def _who(self) -> QWidget:
        said = self._looked.incoming.said_by
        devices = {segment.header.device for segment in self._looked.incoming.segments}
        names = sorted({said.get(device, (device, ""))[0] for device in devices})
        text = self._say("stick.review.who", n=self._looked.ops, who=", ".join(names))
        return label(text if names else self._say("stick.review.nothing"), wrap=True)

    def _groups(self) -> list[Group]:
        say, looked = self._say, self._looked
        wanted = (
            ("numbers", len(looked.phones), self._fill_numbers),
            ("retired", len(looked.retired), self._fill_retired),
            ("disputed", len(looked.disputes), self._fill_disputes),
            ("changed", len(self._changed()), self._fill_changed),
            ("new", len(looked.new), self._fill_new),
        )
        return [Group(name, say(f"stick.review.{name}", n=n), fill) for name, n, fill in wanted if n]

    def _changed(self) -> Differing:
        return self._looked.changed.beyond_numbers({identity for identity, _ in self._looked.retired})

    # -- groups
    def _fill_numbers(self, groups: Groups) -> None:
        say = self._say
        groups.add(label(say("stick.review.numbers_about"), wrap=True))
        holder = QWidget()
        acts = row(holder, 0, 0)
        acts.addWidget(button(say("stick.review.all_numbers"), on=self._accept_all))
        acts.addStretch()
        groups.add(holder)
        self.ticks = {}
        for one in self._looked.phones[:MOST]:
            nothing = say("stick.review.no_number")
            said = "said_by" if one.who not in ("", one.device) else "said_on"
            groups.line(one.name, say(f"stick.review.{said}", who=one.who, device=one.device))
            made = Check(
                say("stick.review.number_tick", old=one.old or nothing, new=one.new or nothing),
                checked=one.key in self.phones,
            )
            made.toggled.connect(lambda on, key=one.key: self._switch_number(key, on))
            self.ticks[one.key] = made
            groups.add(made)
        self._rest(groups, len(self._looked.phones))

    def _fill_retired(self, groups: Groups) -> None:
        groups.add(label(self._say("stick.review.retired_about"), wrap=True))
        for identity, name in self._looked.retired[:MOST]:
            self._entry(groups, identity, name)
        self._rest(groups, len(self._looked.retired))

    def _fill_disputes(self, groups: Groups) -> None:
        groups.add(label(self._say("stick.review.disputed_about"), wrap=True))
        for one in self._looked.disputes[:MOST]:
            groups.line(one.name, self._say("stick.review.dispute", field=one.said), *one.values)
        self._rest(groups, len(self._looked.disputes))

    def _fill_changed(self, groups: Groups) -> None:
        nothing, changed = self._say("stick.review.nothing_there"), self._changed()
        for one in changed[:MOST]:
            lines = (
                self._say("stick.review.field", field=f.said, old=f.old or nothing, new=f.new or nothing)
                for f in one.lines
                if not f.is_phone
            )
            self._entry(groups, one.old.id, one.new.name or one.old.name, *lines)
        self._rest(groups, len(changed))

    def _fill_new(self, groups: Groups) -> None:
        for provider in self._looked.new[:MOST]:
            self._entry(groups, provider.id, provider.name, _about(provider))
        self._rest(groups, len(self._looked.new))

    def _entry(self, groups: Groups, identity: str, name: str, *about: str) -> None:
        """An entry with a tick; without it, it stays as it is here."""
        groups.line(name, *about)
        for odd in self._looked.look_alikes:
            if odd.provider_id == identity:
                groups.add(label(odd.sentence(), "warn", wrap=True))
        made = Check(self._say("stick.review.entry_tick"), checked=identity not in self.declined)
        made.setAccessibleName(self._say("stick.review.entry_name", name=name))
        made.toggled.connect(lambda on: self._switch_entry(identity, on))
        self.entries[identity] = made
        groups.add(made)

    def _rest(self, groups: Groups, count: int) -> None:
        if count > MOST:
            groups.add(label(self._say("stick.review.more", n=count - MOST), "mute"))

    # -- decisions
    def _switch_entry(self, identity: str, on: bool) -> None:
        self.declined = self.declined - {identity} if on else self.declined | {identity}
        self._show_state()

    def _switch_number(self, key: str, on: bool) -> None:
        self.phones = self.phones | {key} if on else self.phones - {key}
        self._show_state()

    def _accept_all(self) -> None:
        self.phones = {one.key for one in self._looked.phones}
        for made in self.ticks.values():
            made.setChecked(True)
        self._show_state()

    def _switch_mass(self, on: bool) -> None:
        self.retire = on
        self._show_state()

    def _show_state(self) -> None:
        left = len(self._looked.phones) - len(self.phones)
        self.left_over.setText(self._say("stick.review.left", n=left))
        self.left_over.setVisible(left > 0)
        gone = sum(identity not in self.declined for identity, _ in self._looked.retired)
        self.take.setEnabled(self.retire or not self._looked.is_mass(gone))


def _about(provider: Provider) -> str:
    number = provider.phone
    shown = numbers.show(number.number, number.extension) if number else ""
    return "  ·  ".join(filter(None, (provider.organization, provider.place.city, shown)))
