"""The Desk: what all pages share - the directory, the guidance, the handoff in memory, and what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from resources import policy
from resources import settings as settings_file
from resources.directory import due
from resources.editions import force
from resources.handoff import Handoff
from resources.settings import Settings
from resources.words import Words, load

if TYPE_CHECKING:
    from desktop.jobs import Progress
    from resources.directory.places import PlaceHit
    from resources.directory.store import Directory
    from resources.guidance.library import Library


class _HandoffEdit(QUndoCommand):
    def __init__(self, desk: Desk, before: Handoff, after: Handoff, text: str) -> None:
        super().__init__(text)
        self._desk, self._before, self._after = desk, before, after

    def redo(self) -> None:
        self._desk._show_handoff(self._after)

    def undo(self) -> None:
        self._desk._show_handoff(self._before)


class _DirectoryEdit(QUndoCommand):
    """A change that the directory has already made; the directory itself knows how to take it back."""

    def __init__(self, desk: Desk, text: str, again: Callable[[], object]) -> None:
        super().__init__(text)
        self._desk, self._again, self._done = desk, again, True
        self._label = desk.directory.undo_label()

    def redo(self) -> None:
        if not self._done:
            if not self._patiently(lambda _progress: self._again()):
                self.setObsolete(True)
                return
            self._label = self._desk.directory.undo_label()
        self._done = True
        self._desk.directory_changed()

    def undo(self) -> None:
        if self._desk.directory.undo_label() != self._label:
            self.setObsolete(True)  # taken back or overtaken elsewhere: undoing now would hit another change
            return
        if not self._patiently(self._desk.directory.undo):
            self.setObsolete(True)  # stopped or refused: it stands, and Directory upkeep can still undo it
            return
        self._done = False
        self._desk.directory_changed()

    def _patiently(self, work: Callable[[Progress], object]) -> bool:
        """Do it with progress and Cancel, for it may be 50,000 entries; False when it was not done."""
        from desktop.dialogs.working import run_job

        done: list[object] = []
        run_job(self._desk, self._desk.words.say("desk.working"), work, done.append)
        return bool(done)


@dataclass(frozen=True)
class Opened:
    """A provider that was looked at in this run; forgotten when the program ends."""

    provider_id: str
    name: str
    at: datetime


class Desk(QObject):
    """One per program. Pages read its attributes, call its verbs and listen to its signals."""

    providers_changed = Signal()
    handoff_changed = Signal()
    place_changed = Signal()
    theme_changed = Signal()
    settings_changed = Signal()
    guidance_changed = Signal()
    directory_switched = Signal()
    directory_closing = Signal()
    went_to = Signal(str, object)
    said = Signal(str, bool)
    solo_changed = Signal(bool)
    search_wanted = Signal(object)

    def __init__(
        self,
        data: Path,
        *,
        words: Words | None = None,
        settings: Settings | None = None,
        directory: Directory | None = None,
        library: Library | None = None,
        today: Callable[[], date] = date.today,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.data = data
        self.words = words or load("en")
        self.content_problems = force.use(data)
        self.policy = policy.current()
        self.settings = settings or policy.settings(data)
        due.keep_to(self.settings.urgent_days, self.settings.check_days)
        self.today = today
        self.ask: Any = None
        self.undo_stack = QUndoStack(self)
        self._directory, self._library = directory, library
        self._guidance_changes = 0
        self._handoff = Handoff()
        self.recent: list[Opened] = []

    # -- what we know; opened when first needed
    @property
    def directory(self) -> Directory:
        """The real or the training directory, as the settings say."""
        if self._directory is None:
            from resources.home import open_directory

            self._directory = open_directory(self.data, training=self.settings.training, today=self.today)
            if warning := self._directory.warning:
                QTimer.singleShot(0, self, lambda: self.ask.problem(warning, "desk.lost_title"))
        return self._directory

    @property
    def directory_folder(self) -> Path:
        """Where the chosen directory, its key and its backups lie."""
        from resources.home import REAL, TRAINING

        return self.data / (TRAINING if self.settings.training else REAL)

    @property
    def library(self) -> Library:
        if self._library is None:
            self._library = self._load_library()
        return self._library

    def read_guidance(self) -> None:
        """Read the guidance before anybody asks for it, on whatever thread. Raises ToolkitError."""
        before, read = self._guidance_changes, self._load_library()
        if self._guidance_changes == before and self._library is None:
            self._library = read

    def _load_library(self) -> Library:
        from resources.guidance.agency import Agency
        from resources.guidance.library import Library

        return Library.load(agency=Agency.load(self.data), today=self.today)

    def reload_guidance(self) -> None:
        """Read the guidance anew, because the agency's own facts changed."""
        self._library = None
        self._guidance_changes += 1
        self.guidance_changed.emit()

    def content_changed(self) -> None:
        """Another edition of content is in force: pages, words, sheets, national lines and the policy."""
        self.policy = policy.current()
        self.settings = self.policy.over(self.settings)
        self.reload_guidance()
        self.directory_changed()
        self.handoff_changed.emit()
        self.settings_changed.emit()

    @property
    def place(self) -> PlaceHit | None:
        """The working place, looked up; None when none was chosen."""
        if not self.settings.place:
            return None
        from resources.directory import places

        return places.find(self.settings.place)

    # -- settings
    def change_settings(self, **values: object) -> None:
        """Keep new settings and tell whom they concern; what the policy fixed stays. Raises ToolkitError when
        the disk refuses."""
        before, self.settings = self.settings, self.settings.changed(**self.policy.allowed(values))
        if before == self.settings:
            return
        due.keep_to(self.settings.urgent_days, self.settings.check_days)
        if before.training != self.settings.training:
            self.switch_directory()
        if before.place != self.settings.place:
            self.place_changed.emit()
        if (before.theme, before.text_size) != (self.settings.theme, self.settings.text_size):
            self.theme_changed.emit()
        self.settings_changed.emit()
        settings_file.write(self.data, self.settings)  # last: a folder that cannot be written has no say here

    def switch_directory(self) -> None:
        """Close one directory and open the other; a handoff never mixes the two."""
        self.close_directory()
        self.directory_reopened()

    def close_directory(self) -> None:
        """Let go of the file and of all that came from it, before another one takes its place. The file last:
        a page that hears of the rest looks into the directory, which would open it again."""
        self.recent = []
        self.clear_handoff()
        if self._directory is not None:
            self.directory_closing.emit()
            self._directory.close()
            self._directory = None

    def directory_reopened(self) -> None:
        """Another file stands in the directory's place: show it."""
        self.directory_switched.emit()
        self.providers_changed.emit()

    # -- the handoff: in memory only (R1)
    @property
    def handoff(self) -> Handoff:
        return self._handoff

    def change_handoff(self, text: str = "", **changes: Any) -> None:
        """Change fields of the handoff; Ctrl+Z takes it back. `text` names the step."""
        after = replace(self._handoff, **changes)
        if after != self._handoff:
            self.undo_stack.push(_HandoffEdit(self, self._handoff, after, text))

    def add_provider(self, provider_id: str) -> bool:
        """Put a provider on the sheet; False when it is there already."""
        if provider_id in {provider.id for provider in self._handoff.providers}:
            return False
        provider = self.directory.get(provider_id)
        self.change_handoff("add", providers=(*self._handoff.providers, provider))
        return True

    def remove_provider(self, provider_id: str) -> None:
        kept = tuple(provider for provider in self._handoff.providers if provider.id != provider_id)
        self.change_handoff("remove", providers=kept)

    def move_provider(self, index: int, by: int) -> None:
        """Move the provider at `index` up (-1) or down (1) on the sheet."""
        listed, target = list(self._handoff.providers), index + by
        if 0 <= index < len(listed) and 0 <= target < len(listed):
            listed.insert(target, listed.pop(index))
            self.change_handoff("move", providers=tuple(listed))

    def clear_handoff(self) -> None:
        """Empty the handoff and its undo history; nothing of it remains."""
        self.undo_stack.clear()
        self._show_handoff(Handoff())

    def _show_handoff(self, handoff: Handoff) -> None:
        self._handoff = handoff
        self.handoff_changed.emit()

    # -- the directory
    def directory_edited(self, text: str, again: Callable[[], object]) -> None:
        """Tell that the directory was just changed; Ctrl+Z takes it back, Ctrl+Y calls `again`."""
        self.undo_stack.push(_DirectoryEdit(self, text, again))

    def directory_changed(self) -> None:
        """Show the directory anew, and the sheet with the numbers it has now."""
        fresh = {p.id: p for p in self.directory.many([p.id for p in self._handoff.providers])}
        providers = tuple(fresh.get(p.id, p) for p in self._handoff.providers)
        if providers != self._handoff.providers:
            self._show_handoff(replace(self._handoff, providers=providers))
        self.providers_changed.emit()

    def note_opened(self, provider_id: str, name: str) -> None:
        """Remember for this run that somebody looked at a provider ("Still open" on Home)."""
        rest = [opened for opened in self.recent if opened.provider_id != provider_id]
        self.recent = [Opened(provider_id, name, datetime.now()), *rest][:3]

    # -- moving and saying
    def go(self, page: str, argument: object = None) -> None:
        """Ask the window to show a page: home find sheet guide speak settings upkeep."""
        self.went_to.emit(page, argument)

    def say(self, text: str, undo: bool = False) -> None:
        """Show a short message; with `undo` it offers to take the last step back for 8 seconds."""
        self.said.emit(text, undo)

    def solo(self, on: bool) -> None:
        """Full screen for the person: only the page is shown, nothing else can be pressed by accident."""
        self.solo_changed.emit(on)

    def close(self) -> None:
        """Close the files and forget the handoff."""
        self.undo_stack.clear()
        self._handoff = Handoff()
        if self._directory is not None:
            self.directory_closing.emit()
            self._directory.close()
            self._directory = None
