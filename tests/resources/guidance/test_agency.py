"""The agency's own texts: kept, shown in the right place, and never able to load anything."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from resources.errors import ToolkitError
from resources.guidance import agency
from resources.guidance.agency import Agency, harmless, literal
from resources.guidance.library import Library
from resources.words import load

DAY = date(2026, 11, 25)
NASTY = (
    '<img src="file:///etc/passwd"> ![x](http://e.com/a.png) [go](javascript:x) **bold**\n# Head\n| a | b |'
)


def write_local(data: Path, name: str, text: str) -> None:
    (data / "topics").mkdir(exist_ok=True)
    (data / "topics" / name).write_text(text, encoding="utf-8")


def test_what_the_clerk_fills_in_is_kept_exactly(tmp_path: Path) -> None:
    agency.save(tmp_path, {"advocate": 'Call "Ana"\nat \\ 555-0142 ñ', "supervisor": ""}, DAY)
    values = Agency.load(tmp_path).values
    assert dict(values) == {"advocate": 'Call "Ana"\nat \\ 555-0142 ñ'}


def test_control_and_direction_characters_are_left_out(tmp_path: Path) -> None:
    agency.save(tmp_path, {"advocate": "A\u202e\x00\x7fB" + "x" * 9_000, "unknown": "y"}, DAY)
    text = Agency.load(tmp_path).filled("advocate")
    assert text.startswith("ABx") and len(text) == agency.LONGEST
    assert Agency.load(tmp_path).filled("unknown") == ""


def test_a_failed_save_keeps_the_old_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agency.save(tmp_path, {"advocate": "old"}, DAY)

    def full(*args: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ToolkitError):
        agency.save(tmp_path, {"advocate": "new"}, DAY)
    assert Agency.load(tmp_path).filled("advocate") == "old"


def test_a_slot_shows_in_its_topic_or_says_that_it_is_empty(tmp_path: Path) -> None:
    empty = Library.load().markdown("immediate-safety")
    assert "Your agency has not filled this in: on-call advocate." in empty
    agency.save(tmp_path, {"advocate": "Ana, 555-0142"}, DAY)
    filled = Library.load(agency=Agency.load(tmp_path)).markdown("immediate-safety")
    assert "**Your agency, on-call advocate:** Ana, 555\\-0142" in filled


def shown_on(data: Path, today: date) -> str:
    return Library.load(agency=Agency.load(data), today=today).markdown("immediate-safety")


def test_a_fact_of_the_agency_grows_old_until_somebody_confirms_it(tmp_path: Path) -> None:
    both = {"advocate": "Ana, 555-0142", "supervisor": "Lt. Ray, 555-0143"}
    agency.save(tmp_path, both, DAY)
    assert shown_on(tmp_path, DAY).count("Checked on November 25, 2026.") == 2
    late = date(2027, 7, 1)
    assert shown_on(tmp_path, late).count("Nobody has confirmed it since November 25, 2026.") == 2
    agency.save(tmp_path, both, late, confirmed=["advocate"])
    assert dict(Agency.load(tmp_path).checked) == {"advocate": late, "supervisor": DAY}
    agency.save(tmp_path, {**both, "supervisor": "Lt. Ray, 555-0149"}, late)
    assert "Nobody has confirmed" not in shown_on(tmp_path, late)


def test_a_text_from_before_there_were_days_says_so(tmp_path: Path) -> None:
    (tmp_path / "agency.toml").write_text(
        'advocate = "Ana"\n[checked]\nadvocate = "soon"\n', encoding="utf-8"
    )
    assert "Nobody has noted when this was checked." in shown_on(tmp_path, DAY)


def test_a_damaged_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "agency.toml").write_text('advocate = "Ana"\nbad', encoding="utf-8")
    agency.save(tmp_path, {"advocate": "Bo"}, DAY)
    assert Agency.load(tmp_path).filled("advocate") == "Bo"
    assert "Ana" in (tmp_path / agency.DAMAGED).read_text(encoding="utf-8")


def test_each_slot_has_a_name_a_hint_and_a_topic() -> None:
    shown = {
        text.split()[1]
        for t in Library.load().topics()
        for _, text in t.lines
        if text.startswith(":::agency")
    }
    assert shown == set(agency.SLOTS)
    for slot in agency.SLOTS:
        assert load("en").say(f"guidance.slot.{slot}.name") and load("en").say(f"guidance.slot.{slot}.hint")


def test_slot_text_stays_text() -> None:
    shown = literal(NASTY)
    assert not re.search(r"(?<!\\)[<\[\]#|*!]", shown)


def test_a_broken_file_is_named_and_the_rest_works(tmp_path: Path) -> None:
    (tmp_path / "agency.toml").write_text('advocate = "x"\nbad', encoding="utf-8")
    write_local(tmp_path, "bad.md", ":::minor\n")
    write_local(tmp_path, "good.md", "# Our towing rule\n\nCall Joe.\n")
    loaded = Agency.load(tmp_path)
    assert [topic.id for topic in loaded.topics] == ["agency-good"]
    sentences = [load("en").explain(problem) for problem in loaded.problems]
    assert sentences[0].startswith("agency.toml, line 2:") and sentences[1].startswith(
        "topics/bad.md, line 1:"
    )


def test_a_local_topic_needs_no_front_matter_and_can_be_found(tmp_path: Path) -> None:
    write_local(tmp_path, "tow.md", "# Our towing rule\n\nCall Joe.\n")
    library = Library.load(agency=Agency.load(tmp_path))
    assert library.search("towing")[0].topic_id == "agency-tow"
    assert library.topics()[-1].title == "Our towing rule"
    assert "written by your agency" in library.markdown("agency-tow")


def test_a_local_topic_with_dates_expires_too(tmp_path: Path) -> None:
    write_local(tmp_path, "a.md", '+++\ntitle = "A"\nreview_by = "2026-01-01"\n+++\nText\n')
    library = Library.load(agency=Agency.load(tmp_path), today=date(2026, 11, 25))
    assert "due for review by January 1, 2026" in library.markdown("agency-a")


@pytest.mark.parametrize(
    "line",
    [
        "<img src=x>", "![a](file:///etc/passwd)", "[a](file:///etc/passwd)", "[a]( http://x )", "[a](<http://x>)",
        "[a [b]](javascript:alert(1))", "[a]: http://x", "![a][b]", "<http://x>", "http://x.org", "www.x.org",
        "me@x.org", "[a](topic:x)(http://y)", "[a](topic:x \"http://y\")", "a\u202eb",
    ],
)  # fmt: skip
def test_foreign_markdown_can_load_and_open_nothing(line: str) -> None:
    shown = harmless(line)
    assert not re.search(r"(?<!\\)<|!\[|\]:|\]\[|(?<!\\)://|www\.|(?<!\\)@|\u202e", shown)
    for target in re.findall(r"\]\(([^)]*)", shown):
        assert re.fullmatch(r"\s*topic:[\w-]*", target)


def test_own_links_still_work() -> None:
    assert (
        harmless("[a](topic:minors#steps) [b](find:need=shelter)")
        == "[a](topic:minors#steps) [b](find:need=shelter)"
    )
