"""Dialogs: place, first steps, a recorded call, the edit form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.check_call import CheckCall
from desktop.dialogs.edit_hours import read_time, show_time
from desktop.dialogs.first_run import FirstRun
from desktop.dialogs.place import PlaceDialog
from desktop.dialogs.provider_edit import ProviderEdit, edit_provider
from desktop.window import Window
from resources import settings
from resources.directory.provider import Provider


def named(window: Window, name: str) -> Provider:
    return next(p for p in window.desk.directory.all(retired=True) if p.name == name)


# -- place


def test_a_place_is_found_while_typing_and_kept(window: Window, ask: Any, qtbot: QtBot) -> None:
    def choose(dialog: PlaceDialog) -> None:
        dialog.field.box.clear()
        qtbot.keyClicks(dialog.field.box, "miles ci")
        assert "Miles City, MT" in dialog.field.list.item(0).text()
        qtbot.keyClick(dialog.field.box, Qt.Key.Key_Return)

    ask.answers.append(choose)
    qtbot.mouseClick(window.bar.place, Qt.MouseButton.LeftButton)
    assert settings.read(window.desk.data).place == "Miles City, MT"
    assert window.bar.place.shown == "Miles City, MT"


def test_an_unknown_place_is_said_and_nothing_is_kept(window: Window, ask: Any, qtbot: QtBot) -> None:
    def choose(dialog: PlaceDialog) -> None:
        dialog.field.box.clear()
        qtbot.keyClicks(dialog.field.box, "qqqq")
        assert dialog.field.none.isVisible()
        qtbot.keyClick(dialog.field.box, Qt.Key.Key_Return)
        assert dialog.isVisible()

    ask.answers.append(choose)
    window.choose_place()
    assert window.desk.settings.place == "Rosebud County, MT"


def test_a_new_place_orders_the_list_anew(window: Window) -> None:
    window.go("find", {"need": "shelter"})
    page: Any = window.page("find")
    before = [found.name for found in page.list.rows.rows]
    window.desk.change_settings(place="59101")
    assert [found.name for found in page.list.rows.rows] != before
    assert page.list.rows.rows[0].name == "Yellowstone Men's Haven"


# -- first steps


def test_the_first_steps_can_all_be_skipped(window: Window, qtbot: QtBot) -> None:
    window.desk.settings = settings.Settings()
    dialog = FirstRun(window.desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    for _ in range(2):
        qtbot.mouseClick(dialog.skip_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert settings.read(window.desk.data) == settings.Settings(first_run_done=True)


def test_the_first_steps_keep_place_directory_and_display(window: Window, qtbot: QtBot) -> None:
    window.desk.change_settings(place="", training=False)
    dialog = FirstRun(window.desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.place.box, "59327")
    qtbot.keyClick(dialog.place.box, Qt.Key.Key_Return)
    qtbot.mouseClick(dialog.directories["training"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.modes["night"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    kept = settings.read(window.desk.data)
    assert (kept.place, kept.training, kept.theme, kept.first_run_done) == ("59327", True, "night", True)


def test_closing_the_first_steps_is_skipping_them(window: Window, qtbot: QtBot) -> None:
    window.desk.settings = settings.Settings()
    dialog = FirstRun(window.desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert settings.read(window.desk.data).first_run_done


# -- I called


def test_a_call_is_recorded_as_a_check_and_can_be_undone(window: Window, ask: Any, qtbot: QtBot) -> None:
    def answer(dialog: CheckCall) -> None:
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()  # nothing was chosen yet
        qtbot.mouseClick(dialog.choices["answered"], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)

    provider = named(window, "Yellowstone Men's Haven")
    window.go("find", {"provider": provider.id})
    page: Any = window.page("find")
    ask.answers.append(answer)
    page.card.call_pressed.emit(provider.id)
    last = window.desk.directory.get(provider.id).last_check
    assert last is not None
    assert (last.result, last.on) == ("answered", window.desk.today())
    QApplication.processEvents()
    said = " ".join(part.text() for part in page.card.findChildren(QLabel))
    assert "Checked today" in said
    window.undo()
    before = window.desk.directory.get(provider.id).last_check
    assert before is not None
    assert before.on != window.desk.today()
    window.desk.undo_stack.redo()
    again = window.desk.directory.get(provider.id).last_check
    assert again is not None
    assert again.on == window.desk.today()


# -- the edit form


def edit(window: Window, ask: Any, provider: Provider | None, act: Any) -> None:
    ask.answers.append(act)
    edit_provider(window.desk, provider)
    assert not ask.answers


def test_an_edit_is_saved_shown_and_can_be_undone(window: Window, ask: Any, qtbot: QtBot) -> None:
    provider = named(window, "Forsyth Community Pantry")

    def change(dialog: ProviderEdit) -> None:
        dialog.phones.rows[0].number.clear()
        qtbot.keyClicks(dialog.phones.rows[0].number, "4065550199")
        assert dialog.phones.rows[0].number.text() == "(406) 555-0199"
        dialog.fields["alert"].set_value("Knock at the back.")
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    window.desk.add_provider(provider.id)
    edit(window, ask, provider, change)
    after = window.desk.directory.get(provider.id)
    assert after.phones[0].number == "+14065550199"
    assert after.alert == "Knock at the back."
    assert window.desk.handoff.providers[0].phones == after.phones
    window.undo()
    assert window.desk.directory.get(provider.id).phones == provider.phones


def test_saving_unchanged_writes_nothing(window: Window, ask: Any, qtbot: QtBot) -> None:
    for provider in window.desk.directory.all()[::5]:
        history = len(window.desk.directory.history(provider.id))
        edit(window, ask, provider, lambda d: qtbot.mouseClick(d.save_button, Qt.MouseButton.LeftButton))
        assert window.desk.directory.get(provider.id) == provider
        assert len(window.desk.directory.history(provider.id)) == history


def test_problems_stand_beside_their_fields(window: Window, ask: Any, qtbot: QtBot) -> None:
    def spoil(dialog: ProviderEdit) -> None:
        dialog.fields["name"].set_value("")
        dialog.phones.rows[0].number.setText("555-01")
        dialog.place.county.set_value("Nowhere County, MT")
        dialog.place.serves.set_value("MT; Atlantis")
        dialog.fields["minimum_age"].set_value("old")
        dialog.hours.days[0][0].setText("9 am")
        dialog.hours.days[0][1].setText("")
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()
        assert dialog.fields["name"].problem.isVisibleTo(dialog)
        assert dialog.phones.rows[0].problem.isVisibleTo(dialog)
        assert dialog.place.county.problem.isVisibleTo(dialog)
        assert "Atlantis" in dialog.place.serves.problem.text()
        assert dialog.fields["minimum_age"].problem.isVisibleTo(dialog)
        assert dialog.hours.problems[0].isVisibleTo(dialog)
        assert dialog.summary.text().startswith("5 things")
        assert dialog.fields["name"].box.hasFocus()

    edit(window, ask, named(window, "Forsyth Community Pantry"), spoil)


def test_an_entry_that_came_without_a_number_can_be_edited_but_none_loses_its_last_one(
    window: Window, ask: Any
) -> None:
    def note(dialog: ProviderEdit) -> None:
        dialog.fields["alert"].set_value("Knock at the back.")
        dialog.save_button.click()

    def empty(dialog: ProviderEdit) -> None:
        for made in dialog.phones.rows:
            made.number.clear()
        dialog.save_button.click()
        assert dialog.isVisible() and not dialog.phone_problem.isHidden()

    pantry = named(window, "Forsyth Community Pantry")
    edit(window, ask, pantry, empty)
    window.desk.directory.save(replace(pantry, phones=()))
    edit(window, ask, named(window, "Forsyth Community Pantry"), note)
    assert named(window, "Forsyth Community Pantry").alert == "Knock at the back."


def test_a_number_in_letters_is_left_as_it_is_typed(window: Window, ask: Any, qtbot: QtBot) -> None:
    def write(dialog: ProviderEdit) -> None:
        box = dialog.phones.rows[0].number
        for typed, shown in (("4065550199", "(406) 555-0199"), ("800-AGE-DIAL", "800-AGE-DIAL")):
            box.clear()
            qtbot.keyClicks(box, typed)
            assert box.text() == shown

    edit(window, ask, named(window, "Forsyth Community Pantry"), write)


def test_the_head_leads_to_each_group_of_fields(window: Window, ask: Any) -> None:
    def walk(dialog: ProviderEdit) -> None:
        names = [dialog.go_to.itemText(n) for n in range(dialog.go_to.count())]
        assert "Hours" in names and "Languages" in names
        dialog.show_group(names.index("Hours"))
        assert dialog.hours.always.hasFocus()
        title = dialog._titles[names.index("Hours")]
        assert 0 <= title.mapTo(dialog.area, QPoint(0, 0)).y() < dialog.area.height() / 2
        assert dialog.go_to.currentIndex() == -1

    edit(window, ask, named(window, "Forsyth Community Pantry"), walk)


def test_a_confidential_tick_drops_the_street(window: Window, ask: Any, qtbot: QtBot) -> None:
    def fill(dialog: ProviderEdit) -> None:
        dialog.fields["name"].set_value("Quiet House")
        dialog.phones.rows[0].number.setText("(406) 555-0111")
        dialog.place.street.set_value("12 Hidden Lane")
        dialog.place.zip.set_value("59327")
        dialog.place.confidential.setChecked(True)
        assert not dialog.place.street.isVisibleTo(dialog)
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    edit(window, ask, None, fill)
    made = named(window, "Quiet House")
    assert made.place.confidential
    assert made.place.street == ""
    assert made.place.county == "30087"
    assert made.training
    assert "Hidden" not in str(window.desk.directory.history(made.id))


def test_hours_are_read_from_words_into_the_week(window: Window, ask: Any, qtbot: QtBot) -> None:
    def fill(dialog: ProviderEdit) -> None:
        dialog.hours.text.set_value("Mon-Fri 9-5")
        dialog.hours.fill()
        assert dialog.hours.days[0][0].text() == "9 am"
        assert dialog.hours.days[4][1].text() == "5 pm"
        assert dialog.hours.days[5][0].text() == ""
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    provider = named(window, "Forsyth Community Pantry")
    edit(window, ask, provider, fill)
    spans = window.desk.directory.get(provider.id).hours.spans
    assert [(span.weekday, span.opens, span.closes) for span in spans] == [(d, 540, 1020) for d in range(5)]


def test_times_read_back_as_they_are_shown() -> None:
    assert all(read_time(show_time(minute)) == minute for minute in range(0, 1440, 15))
    assert read_time("17:30") == 1050
    assert read_time("teatime") is None


def test_intake_rules_know_yes_no_and_unknown(window: Window, ask: Any, qtbot: QtBot) -> None:
    provider = named(window, "Prairie Harbor Shelter")

    def fill(dialog: ProviderEdit) -> None:
        assert dialog.rules["men"].value() is True
        assert dialog.rules["minors"].value() is False
        assert dialog.rules["transport"].value() is None
        for rule, answer in (("men", False), ("minors", None), ("transport", True)):
            qtbot.mouseClick(dialog.rules[rule].buttons[answer], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    edit(window, ask, provider, fill)
    intake = window.desk.directory.get(provider.id).intake
    assert (intake["men"], "minors" in intake, intake["transport"]) == (False, False, True)


def test_numbers_are_added_and_removed_in_the_form(window: Window, ask: Any, qtbot: QtBot) -> None:
    provider = named(window, "Forsyth Community Pantry")

    def fill(dialog: ProviderEdit) -> None:
        qtbot.mouseClick(dialog.phones.add_button, Qt.MouseButton.LeftButton)
        dialog.phones.rows[1].number.setText("406-555-0188 ext 7")
        dialog.phones.rows[1].label.setText("nights")
        dialog.phones._remove(0)
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)

    edit(window, ask, provider, fill)
    (only,) = window.desk.directory.get(provider.id).phones
    assert (only.number, only.extension, only.label) == ("+14065550188", "7", "nights")


def test_a_provider_is_retired_and_brought_back(window: Window, ask: Any, qtbot: QtBot) -> None:
    provider = named(window, "Forsyth Community Pantry")
    edit(window, ask, provider, lambda d: qtbot.mouseClick(d.retire_button, Qt.MouseButton.LeftButton))
    assert window.desk.directory.get(provider.id).retired
    window.go("find", {"text": "Forsyth Community Pantry"})
    page: Any = window.page("find")
    assert provider.id not in {found.provider_id for found in page.list.rows.rows}
    gone = window.desk.directory.get(provider.id)
    edit(window, ask, gone, lambda d: qtbot.mouseClick(d.retire_button, Qt.MouseButton.LeftButton))
    assert not window.desk.directory.get(provider.id).retired
