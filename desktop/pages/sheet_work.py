"""From the handoff on the desk to a finished paper, with what only a page can add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.desk import Desk
from desktop.jobs import Progress
from reports import recipe
from reports.blocks import Document, Image
from resources import reviewed_words
from resources.directory.provider import Provider
from resources.handoff import Handoff

if TYPE_CHECKING:
    from reports.sheet import Paper, Warning


AT_ONCE = 20  # a paper of so many providers takes less than a blink


class SheetWork:
    """Makes the paper of the desk's handoff; holds nothing of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lists_all(self) -> bool:
        """True when an office paper without chosen providers lists the whole directory."""
        handoff = self._desk.handoff
        return handoff.recipe in recipe.WHOLE_DIRECTORY and not handoff.providers

    def takes_long(self) -> bool:
        count = self._desk.directory.count() if self.lists_all() else len(self._desk.handoff.providers)
        return count > AT_ONCE

    def handoff(self) -> Handoff:
        handoff = self._desk.handoff
        return replace(handoff, providers=self.everyone()) if self.lists_all() else handoff

    def everyone(self) -> tuple[Provider, ...]:
        return tuple(self._desk.directory.all())

    def paper(self, *, protect: bool = False) -> Paper:
        """The PDF. Raises ToolkitError when it must not or cannot be made."""
        from reports import sheet

        return sheet.make(
            self.handoff(), today=self._desk.today(), agency=self.marks(), logo=self.logo(), protect=protect
        )

    def later(self) -> Callable[[Progress], Paper]:
        """The same as work for another thread, with the choices as they are now."""
        handoff, everyone = self._desk.handoff, self.lists_all()
        directory, today, marks, logo = self._desk.directory, self._desk.today(), self.marks(), self.logo()

        def work(progress: Progress) -> Paper:
            from reports import sheet

            progress()
            chosen = replace(handoff, providers=tuple(directory.all())) if everyone else handoff
            return sheet.make(chosen, today=today, agency=marks, logo=logo, progress=progress)

        return work

    def marks(self) -> dict[str, str]:
        """Which translations the agency's own readers vouch for."""
        return reviewed_words.marks(self._desk.data)

    def logo(self) -> Image | None:
        """The agency's logo, where this paper may carry it."""
        from reports import logo
        from reports.audience import shows_logo

        return logo.kept(self._desk.data) if shows_logo(recipe.get(self._desk.handoff.recipe)) else None

    def words_only(self) -> tuple[Document, tuple[Warning, ...]]:
        """The text of the paper and its warnings, nothing drawn."""
        from reports import sheet

        return sheet.written(self.handoff(), today=self._desk.today(), agency=self.marks())
