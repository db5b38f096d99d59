"""Content in the window: an exchange shows it, a person looks, ticks numbers, uses it, and goes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.content_exchange import CHECKS
from desktop.pages.updates import UpdatesPage
from resources import overlay
from resources.directory.store import Directory
from resources.editions import making, signers
from resources.home import refresh_lines
from resources.paths import CONTENT
from resources.starter import hotlines
from resources.updates.medium import Folder
from resources.words import load
from tests.desktop.conftest import FakeAsk

OLD, NEW = "You decide who to call, and when.", "You choose who you call, and also when."


@pytest.fixture(autouse=True)
def program_content() -> Iterator[None]:
    yield
    overlay.lay(overlay.Layer())


@pytest.fixture
def brought(joined: UpdatesPage, car: Directory, stick: Path, tmp_path: Path) -> Path:
    """A stick with an edition of a trusted maker: new words, a new page, and one national number."""
    signers.make_key(car, "State Center")
    code = signers.write_card(car, Folder(stick)).code
    signers.trust_signer(joined.desk.directory, Folder(stick), "guidance", code)
    changed = {
        "words/en/paper.toml": (OLD, NEW),
        "hotlines.toml": ("+18883737888", "+18005550100"),
        "guidance/rapport/en.md": ('title = "', 'title = "Newly said: '),
    }
    for name, (old, new) in changed.items():
        path = tmp_path / "made" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (CONTENT / name).read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    signed = making.pack(car, tmp_path / "maker", tmp_path / "made", CHECKS)
    Folder(stick).write(signed.edition.name, signed.raw)
    refresh_lines(joined.desk.directory, joined.desk.data)
    return stick


def words_of(widget: Any) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_content_is_shown_old_beside_new_and_used_only_when_a_person_says_so(
    joined: UpdatesPage, ask: FakeAsk, brought: Path
) -> None:
    def later(dialog: Any) -> None:
        assert "Guidance of State Center, number 1" in dialog.heading.text()
        assert "1 number is not ticked" in dialog.left_over.text()
        text = words_of(dialog)
        assert "(888) 373-7888" in text and "(800) 555-0100" in text
        dialog.groups.tabs["words"].click()
        text = words_of(dialog)
        assert OLD in text and NEW in text and "Checked by" in text

    ask.answers.append(later)
    joined.exchange(brought)
    assert "waits until a person looks at it" in words_of(joined.result)
    assert load("en").say("paper.you_decide") == OLD
    joined.show_tab("content")
    assert [line.state for line in joined.list.rows.lines][:2] == ["waits for you", "in use"]
    assert "Look at it" in joined.act_button.text()

    ask.answers.append(lambda dialog: dialog.take.click())
    joined.act_button.click()
    assert load("en").say("paper.you_decide") == NEW
    line = next(line for line in hotlines() if line.source_id == "nhth")
    assert joined.desk.directory.get(line.id).phones[0].number == "+18883737888", "it was not ticked"
    assert joined.desk.library.get("rapport").title.startswith("Newly said: ")
    assert "number 1" in joined.list.rows.lines[0].title and joined.list.rows.lines[0].state == "in use"

    joined.act_button.click()
    assert load("en").say("paper.you_decide") == OLD
    assert not joined.desk.library.get("rapport").title.startswith("Newly said: ")


def test_a_ticked_national_number_is_dialed_from_now_on_and_the_old_one_after_going_back(
    joined: UpdatesPage, ask: FakeAsk, brought: Path
) -> None:
    line = next(line for line in hotlines() if line.source_id == "nhth")

    def take(dialog: Any) -> None:
        dialog.ticks["hotlines.toml#nhth"].click()
        assert not dialog.left_over.isVisible()
        dialog.take.click()

    ask.answers.append(take)
    joined.exchange(brought)
    assert "is used from now on" in words_of(joined.result)
    assert joined.desk.directory.get(line.id).phones[0].number == "+18005550100"
    joined.show_tab("content")
    joined.act_button.click()
    assert joined.desk.directory.get(line.id).phones[0].number == "+18883737888"


def test_somebody_may_sign_guidance_after_their_digits_were_read_aloud_and_no_longer_after_a_word(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    signers.make_key(car, "State Center")
    code = signers.write_card(car, Folder(stick)).code

    def trust(dialog: Any) -> None:
        assert "State Center" in words_of(dialog)
        dialog.typed.set_value("1" * 30)
        dialog.take.click()
        assert "not the digits" in dialog.typed.problem.text()
        dialog.typed.set_value(code)
        dialog.take.click()

    def roster(dialog: Any) -> None:
        ask.answers.insert(0, trust)
        dialog.signer.click()
        assert "May sign guidance: State Center" in words_of(dialog)

    def again(dialog: Any) -> None:
        dialog.revokes[signers.cards(Folder(stick))[0].key].click()
        assert "May sign guidance" not in words_of(dialog)

    ask.answers += [roster, again]
    ask.paths.append(stick)
    joined.agency_button.click()
    joined.agency_button.click()
    assert not joined.desk.ask.problems


def test_the_bottom_line_shows_the_national_number_that_is_used(
    joined: UpdatesPage, ask: FakeAsk, brought: Path, window: Any
) -> None:
    assert "1-888-373-7888" in words_of(window.foot)

    def take(dialog: Any) -> None:
        dialog.ticks["hotlines.toml#nhth"].click()
        dialog.take.click()

    ask.answers.append(take)
    joined.exchange(brought)
    assert "1-800-555-0100, text 233733" in words_of(window.foot)
    joined.show_tab("content")
    joined.act_button.click()
    assert "1-888-373-7888, text 233733" in words_of(window.foot)


def test_an_edition_that_was_refused_is_on_the_list(
    joined: UpdatesPage, car: Directory, stick: Path, tmp_path: Path, ask: FakeAsk
) -> None:
    signers.make_key(car, "Somebody")
    page = tmp_path / "made" / "guidance" / "rapport" / "en.md"
    page.parent.mkdir(parents=True)
    page.write_bytes((CONTENT / "guidance/rapport/en.md").read_bytes())
    signed = making.pack(car, tmp_path / "maker", tmp_path / "made", CHECKS)
    Folder(stick).write(signed.edition.name, signed.raw)
    joined.exchange(stick)
    assert joined.tab == "refused" and "Somebody is not named" in joined.list.rows.lines[0].title
