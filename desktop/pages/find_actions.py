"""What can be done with a provider: put it on the sheet, record a call, edit it; each can be taken back."""

from __future__ import annotations

from desktop.desk import Desk


class FindActions:
    """Asks, calls plain functions of the desk and the directory, and says what happened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _name(self, provider_id: str) -> str:
        return self._desk.directory.get(provider_id).name

    def add(self, provider_id: str) -> None:
        desk, name = self._desk, self._name(provider_id)
        if desk.add_provider(provider_id):
            desk.note_opened(provider_id, name)
            desk.say(desk.words.say("desk.detail.added", name=name), undo=True)
        else:
            desk.say(desk.words.say("desk.detail.already"))

    def remove(self, provider_id: str) -> None:
        desk = self._desk
        desk.remove_provider(provider_id)
        desk.say(desk.words.say("desk.detail.removed", name=self._name(provider_id)), undo=True)

    def call(self, provider_id: str) -> None:
        """Ask what happened at the call and keep it as a check; an edit is not a check."""
        from desktop.dialogs.check_call import CheckCall

        desk, provider = self._desk, self._desk.directory.get(provider_id)
        dialog = CheckCall(desk.words, provider, desk.ask.window)
        if not desk.ask.run(dialog) or dialog.result_code is None:
            return
        result, by, note = dialog.result_code, dialog.initials(), dialog.note_text()

        def record() -> None:
            desk.directory.record_check(provider_id, result, by=by, note=note, on=desk.today())

        with desk.ask.explaining():
            record()
            text = desk.words.say("desk.call.saved", name=provider.name)
            desk.directory_edited(text, record)
            desk.say(text, undo=True)

    def edit(self, provider_id: str) -> None:
        from desktop.dialogs.provider_edit import edit_provider

        edit_provider(self._desk, self._desk.directory.get(provider_id))
