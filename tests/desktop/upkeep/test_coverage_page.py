"""The coverage page: map and list say the same, each choice counts at once, and it goes to paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.pages.coverage import CoveragePage
from desktop.widgets.county_map import LEVELS, fill
from desktop.window import Window
from resources.directory import coverage
from resources.directory.provider import Place, Provider
from tests.desktop.conftest import FakeAsk
from tests.desktop.frame.audit import audit, bluest, dead
from tests.desktop.upkeep.conftest import provider

Made = Callable[..., list[Provider]]
ROSEBUD = "30087"


@pytest.fixture
def page(window: Window) -> CoveragePage:
    """Montana with one food pantry in Forsyth and nothing else."""
    directory = window.desk.directory
    directory.retire(*(one.id for one in directory.all()))
    directory.apply([provider(1)], label="one")
    window.go("coverage")
    found = window.page("coverage")
    assert isinstance(found, CoveragePage)
    for code, made in found.kinds.items():
        made.setChecked(code == "food")
    found.refresh()
    QApplication.processEvents()
    return found


def level(page: CoveragePage, fips: str) -> int:
    return next(one.level for one in page.found if one.fips == fips)


def test_it_opens_on_the_state_of_the_working_place_with_every_county(page: CoveragePage) -> None:
    assert page.state == "MT" and page.states.currentText() == "Montana"
    assert len(page.found) == 56 == len(page.list.rows.lines)


def test_map_and_list_say_the_same(page: CoveragePage) -> None:
    words = ("Covered", "Limited", "Some missing", "None")
    for one, line in zip(page.found, page.list.rows.lines, strict=True):
        assert page.map._levels[one.fips] == one.level
        assert line.state == words[one.level]


def test_distance_kinds_and_neighbors_count_at_once(qtbot: QtBot, page: CoveragePage) -> None:
    assert level(page, ROSEBUD) == 0 and level(page, "30053") == 3
    covered = sum(one.level == 0 for one in page.found)
    qtbot.mouseClick(page.radius.buttons["120"], Qt.MouseButton.LeftButton)
    assert sum(one.level == 0 for one in page.found) > covered
    qtbot.mouseClick(page.kinds["legal"], Qt.MouseButton.LeftButton)
    assert level(page, ROSEBUD) == 2
    qtbot.mouseClick(page.near, Qt.MouseButton.LeftButton)
    assert {one.name[-2:] for one in page.found} == {"MT", "ID", "ND", "SD", "WY"}


def test_no_kind_at_all_says_what_to_do(page: CoveragePage) -> None:
    page.kinds["food"].click()
    assert "at least one" in page.summary.text()
    assert not page.save_button.isEnabled() and page.found == []


def test_a_county_of_the_map_is_marked_in_the_list_by_press_and_by_arrow_key(
    qtbot: QtBot, page: CoveragePage
) -> None:
    shape = page.map._drawn[ROSEBUD]
    box = shape.boundingRect().toRect()
    inside = [QPoint(box.center().x(), y) for y in range(box.top(), box.bottom())]
    point = next(point for point in inside if shape.contains(QRectF(point.x() - 2, point.y() - 2, 4, 4)))
    qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=point)
    line = page.list.current()
    assert line is not None and line.key == ROSEBUD
    assert "Rosebud County" in page.detail.text()
    assert "Food: covered" in page.map.accessibleDescription()
    page.map.setFocus()
    seen = {ROSEBUD}
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(page.map, key)
        seen.add(page.map.marked)
    assert len(seen) >= 4
    line = page.list.current()
    assert line is not None and line.key == page.map.marked


def test_confidential_places_get_no_dot(page: CoveragePage) -> None:
    assert len(page.map._dots) == 1
    secret = replace(provider(1), place=Place(county=ROSEBUD, state="MT", confidential=True))
    page.desk.directory.apply([secret], label="secret")
    page.desk.directory_changed()
    assert page.map._dots == [] and level(page, ROSEBUD) == 0


def test_what_changes_in_the_directory_shows_at_once(page: CoveragePage) -> None:
    page.desk.directory.retire("made-001")
    page.desk.directory_changed()
    assert all(one.level == 3 for one in page.found)


def test_a_territory_without_a_map_still_has_its_list(page: CoveragePage) -> None:
    page.choose_state("PR")
    assert page.map.isHidden() and not page.no_map.isHidden()
    assert len(page.found) == len(coverage.counties("PR"))


@pytest.mark.parametrize("name", list(theme.THEMES))
def test_levels_differ_by_pattern_not_by_color_alone(page: CoveragePage, name: str) -> None:
    page.desk.change_settings(theme=name)
    grays = []
    for number in range(LEVELS):
        image = fill(number).textureImage()
        gray = [image.pixelColor(x, y).lightness() for x in range(16) for y in range(16)]
        grays.append((round(sum(gray) / 256), len(set(gray))))
    assert len({mean for mean, _ in grays}) == LEVELS
    assert grays[0][1] == 1 and all(kinds > 1 for _, kinds in grays[1:])


def test_it_goes_to_paper_with_the_worst_county_first(
    page: CoveragePage, ask: FakeAsk, tmp_path: Path
) -> None:
    ask.paths.append(tmp_path / "gaps")
    page.save_button.click()
    target = tmp_path / "gaps.pdf"
    text = "".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(target))
    flat = " ".join(text.split())
    assert ask.problems == []
    assert "Within 60 miles" in flat and "Montana" in flat
    assert flat.index(page.found[0].name) < flat.index("Rosebud County, MT")
    assert f"NONE (nearest {page.found[0].reaches[0].miles:.0f} mi)" in flat
    with pikepdf.open(target) as opened:
        assert opened.Root.MarkInfo.Marked


def test_nothing_is_written_when_no_place_was_chosen(
    page: CoveragePage, ask: FakeAsk, tmp_path: Path
) -> None:
    ask.paths.append(None)
    page.save()
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(1366, 689, 100), (1024, 680, 100), (880, 520, 100), (1366, 689, 150), (1024, 680, 150)],
)
def test_the_page_can_be_read_reached_and_pressed(
    page: CoveragePage, window: Window, width: int, height: int, percent: int
) -> None:
    window.desk.change_settings(text_size=percent)
    window.resize(width, height)
    QApplication.processEvents()
    assert audit(window) == []
    assert dead(window) == []


def test_the_map_is_red_only_at_night(page: CoveragePage, window: Window) -> None:
    window.desk.change_settings(theme="night")
    page.kinds["legal"].click()
    QApplication.processEvents()
    assert bluest(window.grab().toImage()) <= 0x60


def test_settings_and_upkeep_lead_here(window: Window) -> None:
    window.go("settings")
    window.page("settings").coverage.click()  # type: ignore[attr-defined]
    assert window.current == "coverage"
    window.back()
    assert window.current == "upkeep"
    jobs = window.page("upkeep").more  # type: ignore[attr-defined]
    jobs.toggle.click()
    jobs.buttons["several"].click()
    assert window.current == "entries"
