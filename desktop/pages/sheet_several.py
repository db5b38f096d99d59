"""Several papers of one handoff: made beside the window, then printed as one job or saved in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.dialogs.several import SAVE, Several
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.pages.sheet_out import SheetOut
from desktop.pages.sheet_work import SheetWork
from resources.files import write_whole

if TYPE_CHECKING:
    from reports.batch import Made


class SheetSeveral:
    """Asks which, makes them, and says which could not be made and why."""

    def __init__(self, desk: Desk, work: SheetWork, out: SheetOut, around: QWidget) -> None:
        self._desk, self._work, self._out, self._around = desk, work, out, around

    def ask(self) -> None:
        from reports import batch

        desk = self._desk
        dialog = Several(desk.words, self._around, desk.handoff)
        desk.ask.run(dialog)
        if not dialog.act:
            return
        act, today, marks, logo = dialog.act, desk.today(), self._work.marks(), self._work.logo()
        wanted = batch.handoffs(self._work.handoff(), dialog.recipes, dialog.languages)

        def work(progress: Progress) -> tuple[Made, ...]:
            return batch.make(wanted, today=today, agency=marks, logo=logo, progress=progress)

        run_job(desk, desk.words.say("sheet.making"), work, lambda made: self._made(made, act))

    def _made(self, made: tuple[Made, ...], act: str) -> None:
        from reports import batch, recipe

        words = self._desk.words
        refused = []
        for one in made:
            if one.refused:
                title = words.say(recipe.get(one.handoff.recipe).title)
                language = recipe.english_name(one.handoff.language)
                refused.append(f"{title}, {language}: {words.explain(one.refused)}")
        if refused:
            self._desk.ask.tell(words.say("sheet.several.refused", n=len(refused)), "\n\n".join(refused))
        if len(refused) == len(made):
            return
        if act == SAVE:
            self._save(made)
        else:
            self._out.print_pdf(batch.merged(made))

    def _save(self, made: tuple[Made, ...]) -> None:
        from reports.batch import file_names

        say = self._desk.words.say
        folder = self._desk.ask.open_folder(say("sheet.several.folder"))
        if folder is None:
            return
        papers = [one.paper for one in made if one.paper]
        with self._desk.ask.explaining():
            for paper, name in zip(papers, file_names(made), strict=True):
                write_whole(folder / name, paper.pdf)
            self._desk.say(say("sheet.several.saved", n=len(papers), folder=str(folder)))
