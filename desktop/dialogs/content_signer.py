"""On the first laptop: let somebody sign guidance for the agency; their digits are compared by voice."""

from __future__ import annotations

from pathlib import Path

from desktop.desk import Desk
from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Field
from resources.editions import signers
from resources.errors import ToolkitError
from resources.updates.medium import Folder
from resources.updates.trust import Trust


class TrustSigner(Dialog):
    """Who asks on this stick to sign content; the digits they read out name the one that is meant."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("stick.signer.title"), width=680)
        self._desk, self._medium = desk, Folder(folder)
        known = {signer.key for signer in Trust(desk.directory).own.signers}
        asking = [card for card in signers.cards(self._medium) if card.key not in known]
        self.body.addWidget(label(say("stick.signer.about" if asking else "stick.signer.nobody"), wrap=True))
        for card in asking:
            self.body.addWidget(label(card.name, "strong", wrap=True))
        self.typed = Field(say("stick.believe.typed"), hint=say("stick.join.typed_hint"), most=60)
        self.typed.setVisible(bool(asking))
        self.body.addWidget(self.typed)
        self.body.addStretch()
        close = self.add_button(say("desk.cancel" if asking else "desk.close"), self.reject)
        if asking:
            self.trust = self.add_button(say("stick.signer.trust"), self._trust, primary=True)
            self.typed.box.setFocus()
        else:
            close.setFocus()

    def _trust(self) -> None:
        desk = self._desk
        try:
            card = signers.trust_signer(desk.directory, self._medium, "guidance", self.typed.value())
        except ToolkitError as problem:
            if problem.key != "updates.other_digits":
                desk.ask.problem(problem)
                return
            self.typed.complain(desk.words.explain(problem))
            return
        desk.say(desk.words.say("content.say.trusted", name=card.name))
        self.accept()
