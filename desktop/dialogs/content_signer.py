"""On the first laptop: let somebody sign guidance for the agency; their digits are compared by voice."""

from __future__ import annotations

from pathlib import Path

from desktop.desk import Desk
from desktop.dialogs.digits import DigitsDialog
from resources.editions import signers
from resources.updates.medium import Folder
from resources.updates.trust import Trust


class TrustSigner(DigitsDialog):
    """Who asks on this stick to sign content. Their digits are not shown: they have to be read out."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        medium = Folder(folder)
        known = {signer.key for signer in Trust(desk.directory).own.signers}
        asking = [(card.name, "") for card in signers.cards(medium) if card.key not in known]

        def trust(digits: str) -> str:
            card = signers.trust_signer(desk.directory, medium, "guidance", digits)
            return desk.words.say("content.say.trusted", name=card.name)

        super().__init__(desk, "signer", "trust", asking, trust)
