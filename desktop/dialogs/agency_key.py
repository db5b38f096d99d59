"""The agency's laptops: make the agency, read digits aloud, let a laptop join, take one off the roster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.desk import Desk
from desktop.dialogs.content_signer import TrustSigner
from desktop.dialogs.digits import DigitsDialog, digits_field
from desktop.widgets.basics import Button, button, card, clear, column, label, row, rule
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Field
from resources.editions import signers
from resources.errors import ToolkitError
from resources.updates import joining
from resources.updates.medium import Folder
from resources.updates.roster import Member, Signer, fingerprint, same_digits
from resources.updates.trust import Trust


class CreateAgency(Dialog):
    """The first laptop makes the agency and keeps its key."""

    def __init__(self, desk: Desk) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("stick.create.title"), width=640)
        self._desk = desk
        self.body.addWidget(label(say("stick.create.about"), wrap=True))
        self.agency = Field(say("stick.create.agency"), hint=say("stick.create.agency_hint"), most=80)
        self.laptop = Field(say("stick.laptop"), hint=say("stick.laptop_hint"), most=80)
        self.body.addWidget(self.agency)
        self.body.addWidget(self.laptop)
        self.body.addWidget(label(say("stick.create.key"), "small", wrap=True))
        self.body.addStretch()
        self.add_button(say("desk.cancel"), self.reject)
        self.make = self.add_button(say("stick.create.make"), self._make, primary=True)
        self.agency.box.setFocus()

    def _make(self) -> None:
        say = self._desk.words.say
        for field in (self.agency, self.laptop):
            field.complain("" if field.value() else say("stick.name_missing"))
        if not (self.agency.value() and self.laptop.value()):
            return
        with self._desk.ask.explaining():
            Trust(self._desk.directory).create(self.agency.value(), self.laptop.value())
            self.accept()


class JoinAgency(Dialog):
    """Ask with a stick, compare digits with the first laptop, and belong to its agency."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("stick.join.title"), width=680)
        self._desk, self._folder = desk, folder
        self.laptop = Field(say("stick.laptop"), hint=say("stick.laptop_hint"), most=80)
        self.step = label(say("stick.join.about"), wrap=True)
        self.digits = label("", "digits", wrap=True, selectable=True)
        self.typed = digits_field(desk, "join")
        for part in (self.step, self.laptop, self.digits, self.typed):
            self.body.addWidget(part)
        self.digits.hide()
        self.typed.hide()
        self.body.addStretch()
        self.add_button(say("desk.cancel"), self.reject)
        self.go = self.add_button(say("stick.join.ask"), self._go, primary=True)
        self.laptop.box.setFocus()

    def _go(self) -> None:
        if not self.laptop.value():
            self.laptop.complain(self._desk.words.say("stick.name_missing"))
            return
        with self._desk.ask.explaining():
            self._join() if self.typed.isVisible() else self._ask()

    def _ask(self) -> None:
        say = self._desk.words.say
        found = joining.ask(self._desk.directory, Folder(self._folder), self.laptop.value())
        self.laptop.hide()
        self.step.setText(say("stick.join.compare", agency=found.agency))
        self.digits.setText(found.code)
        self.digits.setAccessibleName(found.code)
        self.digits.show()
        self.typed.show()
        self.go.say(say("stick.join.join"))
        self.fit()
        self.typed.box.setFocus()

    def _join(self) -> None:
        medium = Folder(self._folder)
        try:
            joining.ask(self._desk.directory, medium, self.laptop.value(), typed=self.typed.value())
        except ToolkitError as problem:
            if problem.key != "updates.other_digits":
                raise
            self.typed.complain(self._desk.words.explain(problem))
            self.fit()
            self.typed.box.setFocus()
            return
        self.accept()


class AdmitLaptop(DigitsDialog):
    """On the first laptop: who asks to join on this stick, and the digits both must show."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        medium = Folder(folder)

        def admit(digits: str) -> str:
            return desk.words.say("stick.admit.done", name=joining.admit(desk.directory, medium, digits).name)

        asking = [(one.name, one.code) for one in joining.asking(desk.directory, medium)]
        super().__init__(desk, "admit", "admit", asking, admit)


class BelieveAgency(DigitsDialog):
    """On the first laptop: another agency on this stick; its digits are compared by voice."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        trust = Trust(desk.directory)
        known = {trust.agency, *(one.agency for one in trust.issuers)}
        others = [one for one in joining.agencies_on(Folder(folder)) if one.roster.agency not in known]

        def believe(digits: str) -> str:
            for one in others:
                if same_digits(digits, fingerprint(one.roster.agency, *sorted(one.roster.keys))):
                    Trust(desk.directory).believe(one)
                    return desk.words.say("stick.believe.done", agency=one.roster.name)
            raise ToolkitError("updates.other_digits")

        super().__init__(desk, "believe", "believe", [(one.roster.name, "") for one in others], believe)


class Roster(Dialog):
    """Who belongs to the agency; on the laptop with the key, laptops join and leave here."""

    def __init__(self, desk: Desk, choose: Callable[[], Path | None]) -> None:
        say = desk.words.say
        trust = Trust(desk.directory)
        super().__init__(desk.ask.window, trust.own.name, width=760)
        self._desk, self._choose = desk, choose
        self.body.addWidget(label(say("stick.roster.digits"), "mute", wrap=True))
        self.digits = label(trust.fingerprint(), "digits", wrap=True, selectable=True)
        self.body.addWidget(self.digits)
        about = "stick.roster.first" if trust.holds_key else "stick.roster.later"
        self.body.addWidget(label(say(about), wrap=True))
        frame = card()
        self._members = column(frame, (16, 12, 16, 12), 8)
        self.body.addWidget(frame)
        self.body.addStretch()
        if trust.holds_key:
            self.join = self.add_button(say("stick.admit.open"), self._admit, icon="plus")
            if desk.policy.issuers is None:  # else the policy names them
                self.neighbor = self.add_button(say("stick.believe.open"), self._believe, icon="people")
            self.signer = self.add_button(say("stick.signer.open"), self._trust_signer, icon="edit")
        self.close_button = self.add_button(say("desk.close"), self.accept, primary=True)
        self.revokes: dict[str, Button] = {}
        self._show_members()
        self.close_button.setFocus()

    def _show_members(self) -> None:
        clear(self._members)
        self.revokes = {}
        trust = Trust(self._desk.directory)
        for member in trust.own.members:
            self._member(member, trust)
        for issuer in trust.issuers:
            self._members.addWidget(rule())
            said = self._desk.words.say("stick.roster.issuer", agency=issuer.name)
            self._members.addWidget(label(said, wrap=True))
        for signer in trust.own.signers:
            self._signer(signer, trust)

    def _signer(self, signer: Signer, trust: Trust) -> None:
        say = self._desk.words.say
        self._members.addWidget(rule())
        line = row(self._members, 0, 10)
        line.addWidget(label(say("stick.signer.may", name=signer.name), wrap=True), 1)
        if trust.holds_key:
            made = button(say("stick.signer.stop"), name=say("stick.signer.stop_name", name=signer.name),
                               on=lambda: self._distrust(signer.name))  # fmt: skip
            self.revokes[signer.key] = made
            line.addWidget(made)

    def _distrust(self, name: str) -> None:
        say, ask = self._desk.words.say, self._desk.ask
        title, text = say("stick.signer.stop_title", name=name), say("stick.signer.stop_text")
        if not ask.confirm(title, text, say("stick.signer.stop"), danger=True):
            return
        with ask.explaining():
            signers.distrust_signer(self._desk.directory, name)
            self._show_members()

    def _member(self, member: Member, trust: Trust) -> None:
        say, here = self._desk.words.say, member.device == self._desk.directory.device
        line = row(self._members, 0, 10)
        note = "this" if here else "revoked" if member.revoked_after is not None else "member"
        line.addWidget(label(say(f"stick.roster.{note}", name=member.name), wrap=True), 1)
        if trust.holds_key and not here and member.revoked_after is None:
            made = button(say("stick.roster.revoke"), name=say("stick.roster.revoke_name", name=member.name),
                               on=lambda: self._revoke(member))  # fmt: skip
            self.revokes[member.device] = made
            line.addWidget(made)

    def _revoke(self, member: Member) -> None:
        say, ask = self._desk.words.say, self._desk.ask
        title, text = say("stick.roster.revoke_title", name=member.name), say("stick.roster.revoke_text")
        if not ask.confirm(title, text, say("stick.roster.revoke"), danger=True):
            return
        with ask.explaining():
            Trust(self._desk.directory).revoke(member.device)
            self._show_members()

    def _admit(self) -> None:
        self._with_folder(AdmitLaptop)

    def _believe(self) -> None:
        self._with_folder(BelieveAgency)

    def _trust_signer(self) -> None:
        self._with_folder(TrustSigner)

    def _with_folder(self, kind: Callable[[Desk, Path], Dialog]) -> None:
        folder = self._choose()
        if folder is None:
            return
        with self._desk.ask.explaining():
            self._desk.ask.run(kind(self._desk, folder))
            self._show_members()
