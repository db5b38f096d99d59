"""docs/content.md is followed to the letter, as somebody who does not program would follow it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from resources.guidance import agency, check, ispeak, practice
from resources.guidance.agency import Agency
from resources.guidance.library import Library
from resources.paths import CONTENT

TODAY = date(2026, 11, 25)
TEXT = (Path(__file__).parents[3] / "docs/content.md").read_text(encoding="utf-8")
BLOCK = r"\n\n```\n(.*?)```\n"
BEFORE, END = r"Put before the line `(.*?)` of `(.*?)`:" + BLOCK, r"Put at the end of `(.*?)`:" + BLOCK


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A copy of the source folder and a data folder, after every step of the page in its order."""
    shutil.copytree(CONTENT, tmp_path / "resources/content")
    for name, text in re.findall(r"New file `(.*?)`:" + BLOCK, TEXT, re.DOTALL):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for line, name, text in re.findall(BEFORE, TEXT, re.DOTALL):
        path = tmp_path / name
        before = path.read_text(encoding="utf-8")
        assert before.count(f"\n{line}\n") == 1
        path.write_text(before.replace(f"\n{line}\n", f"\n{text}{line}\n"), encoding="utf-8")
    for name, text in re.findall(END, TEXT, re.DOTALL):
        with (tmp_path / name).open("a", encoding="utf-8") as out:
            out.write(text)
    for source, target in re.findall(r"Copy `(.*?)` to `(.*?)`\.", TEXT):
        shutil.copy(tmp_path / source, tmp_path / target)
    return tmp_path


@pytest.fixture
def content(followed: Path) -> Path:
    return followed / "resources/content"


def test_the_new_topic_passes_every_check_and_is_found(content: Path) -> None:
    assert check.problems(content / "guidance", content, TODAY) == []
    library = Library.load(content / "guidance", today=TODAY)
    assert library.search("hallway testify")[0].topic_id == "court-day"
    assert "A child does not wait alone" in library.markdown("court-day", minor=True)


def test_the_new_phrase_shows_where_it_was_added_and_is_missed_elsewhere(content: Path) -> None:
    folder = content / "ispeak"
    assert ispeak.phrases("en", folder)[-1].key == "charger"
    spanish = ispeak.phrases("es", folder)[-1]
    assert (spanish.key, spanish.english) == ("charger", spanish.back)
    lacking = set(ispeak.packs()) - {"en", "es"}
    assert sorted(ispeak.problems(folder)) == sorted(
        f"ispeak/phrases/{code}.toml lacks the phrase charger. "
        "Until then the officer cannot show it in that language."
        for code in lacking
    )


def test_the_new_language_can_be_found_and_shown(content: Path) -> None:
    folder = content / "ispeak"
    assert [one.code for one in ispeak.find("suriname", folder)] == ["nl"]
    assert len(ispeak.phrases("nl", folder)) == len(ispeak.phrases("en", folder))
    assert ispeak.status("nl", folder=folder).state == "machine"


def test_the_agency_topic_and_the_state_notes_stand_in_the_guidance(followed: Path) -> None:
    data = followed / "DATA"
    assert check.agency_problems(data, TODAY) == []
    library = Library.load(agency=Agency.load(data), today=TODAY)
    assert library.search("tow")[0].title == "Towing at night"
    for topic_id in ("minors", "legal-definitions", "immigration-and-remedies"):
        assert "your state's law says about minors" in library.markdown(topic_id).replace("\\", "")
    assert "clears a state record" in library.markdown("immigration-and-remedies").replace("\\", "")
    assert set(agency.SLOTS) >= {"safe_harbor", "vacatur", "compensation", "state_law"}


def test_the_five_points_of_the_brochure_lead_to_what_is_there() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith("| **")]
    assert len(rows) == 5
    needs = set(re.findall(r'code = "(\w+)"', (CONTENT / "needs.toml").read_text(encoding="utf-8")))
    there = {
        *(topic.id for topic in Library.load().topics()),
        *(path.stem for path in (CONTENT / "sheets").glob("*.toml")),
        *(phrase.key for phrase in ispeak.phrases("en")),
        *(one.id for one in practice.scenarios()),
        *needs,
        *agency.SLOTS,
    }
    for row in rows:
        named = re.findall(r"`(.*?)`", row)
        assert len(named) >= 6
        assert set(named) <= there
