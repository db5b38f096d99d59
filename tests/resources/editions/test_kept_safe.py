"""What is in force stays whole, numbers are kept one by one, and the agency's own is never lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resources import policy
from resources.editions import exchange, force, kinds, overview, shelf
from resources.errors import ToolkitError
from resources.guidance import agency as own
from resources.guidance.agency import Agency as Own
from resources.guidance.library import Library
from resources.starter import hotlines
from resources.updates.medium import Folder
from resources.words import load
from tests.resources.editions.conftest import CHECKS, TODAY, program

WORDS, LINES, PAGE = "words/en/paper.toml", "hotlines.toml", "guidance/rapport/en.md"
OLD, NEW = "You decide who to call, and when.", "You choose who you call, and also when."


def says(laptop: Any) -> str:
    laptop.here()
    return load("en").say("paper.you_decide")


def test_a_stop_before_the_switch_leaves_what_was_in_force(
    agency: Any, folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = agency.center.pack(folder({WORDS: program(WORDS, OLD, NEW), LINES: program(LINES)}))
    (review,) = agency.car.look(agency.brings(signed)).reviews
    real, writes = shelf.write_whole, []
    for stop in range(3):
        writes.clear()

        def failing(path: Path, data: bytes, stop: int = stop) -> None:
            writes.append(path)
            if len(writes) > stop:
                raise ToolkitError("core.disk_full", file=path.name)
            real(path, data)

        monkeypatch.setattr(shelf, "write_whole", failing)
        with pytest.raises(ToolkitError, match="disk_full"):
            exchange.take(agency.car.directory, agency.car.data, review, None, CHECKS)
        assert says(agency.car) == OLD and not agency.car.problems
    monkeypatch.setattr(shelf, "write_whole", real)
    exchange.take(agency.car.directory, agency.car.data, review, None, CHECKS)
    assert says(agency.car) == NEW


def test_a_stop_while_the_same_is_taken_with_other_numbers_leaves_what_was_in_force(
    agency: Any, folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "guidance/minors/en.md"
    files = {WORDS: program(WORDS, OLD, NEW), page: program(page, "[^OWN]", " Call 406-555-0199.[^OWN]")}
    stick = agency.brings(agency.center.pack(folder(files)))
    agency.car.take(stick, frozenset())
    data = agency.car.data
    before = shelf.pair(data, kinds.GUIDANCE).now
    assert before is not None and page not in before.files, "the number was not accepted, so the page stays"
    (review,) = exchange.look(agency.car.directory, data, Folder(stick), CHECKS, again=True).reviews

    def failing(path: Path, data: bytes) -> None:
        raise ToolkitError("core.disk_full", file=path.name)

    monkeypatch.setattr(shelf, "write_whole", failing)
    with pytest.raises(ToolkitError, match="disk_full"):
        exchange.take(agency.car.directory, data, review, None, CHECKS)
    assert says(agency.car) == NEW and not agency.car.problems
    monkeypatch.undo()
    exchange.take(agency.car.directory, data, review, None, CHECKS)
    now = shelf.pair(data, kinds.GUIDANCE)
    assert now.now is not None and page in now.now.files and now.before is None


@pytest.mark.parametrize("what", ["file", "record", "missing"])
def test_damage_is_noticed_at_the_start_said_once_and_mended_by_the_next_stick(
    agency: Any, folder: Any, what: str
) -> None:
    stick = agency.brings(agency.center.pack(folder({WORDS: program(WORDS, OLD, NEW)})))
    agency.car.take(stick)
    root = agency.car.data / shelf.FOLDER
    path = root / shelf.RECORD if what == "record" else next(root.glob("guidance-*/words/en/paper.toml"))
    raw = path.read_bytes()
    path.unlink() if what == "missing" else path.write_bytes(raw[:90] + bytes([raw[90] ^ 1]) + raw[91:])
    assert says(agency.car) == OLD
    (problem,) = agency.car.problems
    sentence = load("en").explain(problem)
    assert "content that came with the program is used" in sentence and "\n" not in sentence
    agency.car.take(stick)
    assert says(agency.car) == NEW and not agency.car.problems


def test_a_newer_program_with_other_content_beats_an_edition_and_one_with_the_same_does_not(
    agency: Any, folder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = agency.center.pack(folder({WORDS: program(WORDS, OLD, NEW)}))
    stick = agency.brings(signed)
    agency.car.take(stick)
    monkeypatch.setattr(force, "VERSION", "0.2.0")
    assert says(agency.car) == NEW, "the new program brought the same content"
    monkeypatch.setattr(force, "fingerprint", lambda: "1" * 64)
    assert says(agency.car) == OLD and not agency.car.problems, "nothing is wrong, so nothing is said"
    states = [one.state for one in overview.states(agency.car.data)]
    assert states == ["outdated", "program"]
    late = agency.desk.look(stick)
    assert [one.why for one in late.refusals] == ["content_beaten"]
    monkeypatch.setattr(force, "VERSION", "0.0.9")
    found = agency.desk.look(stick)
    assert [one.why for one in found.refusals] == ["content_newer_program"]
    assert agency.desk.give(agency.stick("on")) == 1, "it is carried on for laptops that can use it"


def numbers(laptop: Any) -> dict[str, str]:
    return {
        one.source_id: one.phones[0].number
        for one in laptop.directory.many([line.id for line in hotlines()])
        if not one.retired
    }


def test_national_numbers_are_taken_one_by_one_and_lines_come_and_go(agency: Any, folder: Any) -> None:
    text = program(LINES, "+18883737888", "+18005550100").replace("+18006564673", "+18005550101")
    head, *rows = text.split("[[line]]")
    gone = next(row for row in rows if '"crisis-text"' in row)
    rainn = next(row for row in rows if '"rainn"' in row)
    fresh = rainn.replace('"rainn"', '"fresh"').replace("+18005550101", "+18005550102")
    made = "[[line]]".join([head, *(row for row in rows if row != gone), fresh])
    stick = agency.brings(agency.center.pack(folder({LINES: made})))
    (review,) = agency.car.look(stick).reviews
    keys = {one.key.partition("#")[2]: (one.old, one.new) for one in review.numbers}
    assert keys["nhth"][1].startswith("(800) 555-0100") and keys["nhth"][0].startswith("(888) 373-7888")
    assert (
        set(keys) == {"nhth", "rainn", "crisis-text", "fresh"}
        and keys["crisis-text"][1] == keys["fresh"][0] == ""
    )
    before = numbers(agency.car)
    exchange.take(agency.car.directory, agency.car.data, review, {f"{LINES}#rainn", f"{LINES}#fresh"}, CHECKS)
    now = numbers(agency.car)
    assert now == before | {"rainn": "+18005550101", "fresh": "+18005550102"}
    exchange.back(agency.car.directory, agency.car.data, "guidance")
    assert numbers(agency.car) == before
    left = [one.source_id for one in agency.car.directory.all() if one.source_id == "fresh"]
    assert left == [], "a line that only the edition had is out of use again"
    (again,) = exchange.look(
        agency.car.directory, agency.car.data, exchange.Parts(""), CHECKS, again=True
    ).reviews
    exchange.take(agency.car.directory, agency.car.data, again, None, CHECKS)
    wanted = {"nhth": "+18005550100", "rainn": "+18005550101", "fresh": "+18005550102"}
    assert numbers(agency.car) == {k: v for k, v in before.items() if k != "crisis-text"} | wanted


def test_a_number_in_a_page_that_is_not_accepted_leaves_the_page_as_it_is(agency: Any, folder: Any) -> None:
    page = "guidance/minors/en.md"
    edition = agency.center.pack(folder({
        page: program(page, "[^OWN]", " Call 406-555-0199.[^OWN]"),
        PAGE: program(PAGE, 'title = "', 'title = "New: '),
    }))  # fmt: skip
    (review,) = agency.car.look(agency.brings(edition)).reviews
    assert [(one.key, one.new) for one in review.numbers] == [(page, "(406) 555-0199")]
    exchange.take(agency.car.directory, agency.car.data, review, (), CHECKS)
    library = Library.load()
    assert "406-555-0199" not in library.markdown("minors") and library.get("rapport").title.startswith("New")


OWN = 'supervisor = "Call (406) 555-0110."\nadvocate = "Ask for Ms. Ray."\n[checked]\nsupervisor = "{day}"\n'


def test_the_agencys_own_texts_come_from_its_own_key_and_no_guidance_takes_them_away(
    agency: Any, folder: Any
) -> None:
    car = agency.car
    own.save(car.data, {"supervisor": "Old words.", "juvenile": "Our own clinic."}, date(2026, 1, 5))
    made = folder(
        {"agency.toml": OWN.format(day="2026-11-20"), "topics/towing.md": "# Towing\n\nCall first.\n"}
    )
    signed = agency.desk.pack(made)
    (review,) = car.look(agency.brings(signed)).reviews
    assert review.label == "Own texts of Rosebud County, number 1"
    assert [one.key for one in review.numbers] == ["agency.toml#supervisor"]
    exchange.take(car.directory, car.data, review, None, CHECKS)
    found = Own.load(car.data)
    assert found.values == {
        "supervisor": "Call (406) 555-0110.", "advocate": "Ask for Ms. Ray.", "juvenile": "Our own clinic."
    }  # fmt: skip
    assert [topic.title for topic in found.topics] == ["Towing"]
    for path in (made / "agency.toml", made / "topics/towing.md"):
        path.unlink()
    guidance = agency.center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "New: ')}))
    car.take(agency.brings(guidance, "later"))
    exchange.back(car.directory, car.data, "guidance")
    assert Own.load(car.data) == found, "guidance came and went; the agency's own stayed"
    own.save(car.data, {**found.values, "supervisor": "Call (406) 555-0111."}, TODAY)
    assert Own.load(car.data).filled("supervisor") == "Call (406) 555-0111.", "confirmed last, so shown"
    exchange.back(car.directory, car.data, "agency")
    assert Own.load(car.data).filled("juvenile") == "Our own clinic."


def test_a_number_of_the_agency_that_is_not_accepted_stays_as_the_laptop_had_it(
    agency: Any, folder: Any
) -> None:
    own.save(agency.car.data, {"supervisor": "Call (406) 555-0190."}, date(2026, 1, 5))
    signed = agency.desk.pack(folder({"agency.toml": OWN.format(day="2026-11-20")}))
    (review,) = agency.car.look(agency.brings(signed)).reviews
    exchange.take(agency.car.directory, agency.car.data, review, (), CHECKS)
    found = Own.load(agency.car.data)
    assert (found.filled("supervisor"), found.filled("advocate")) == (
        "Call (406) 555-0190.",
        "Ask for Ms. Ray.",
    )


def test_a_policy_that_travels_rules_what_an_administrator_left_open_but_never_trust(
    agency: Any, folder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = folder({"policy.toml": 'county = "Rosebud County, MT"\n[retention]\nbackups = 3\n'})
    agency.car.take(agency.brings(agency.desk.pack(made)))
    agency.car.here()
    assert (policy.current().county, policy.current().backups) == ("Rosebud County, MT", 3)
    fixed = tmp_path / "policy.toml"
    fixed.write_text("[retention]\nbackups = 5\n")
    monkeypatch.setattr(policy, "path", lambda: fixed)
    monkeypatch.setattr(policy, "only_administrators_write", lambda _file: True)
    assert (policy.current().county, policy.current().backups) == ("Rosebud County, MT", 5)
    exchange.back(agency.car.directory, agency.car.data, "agency")
    assert policy.current().county == ""
    (made / "policy.toml").write_text('[trust]\nagency = "' + "0" * 64 + '"\n')
    with pytest.raises(ToolkitError, match=r"content\.faults"):
        agency.desk.pack(made)


def test_the_fingerprint_covers_every_file_that_an_edition_may_replace() -> None:
    names = kinds.of_program()
    assert {"hotlines.toml", WORDS, PAGE, "sheets/full_page.toml", "ispeak/phrases/es.toml"} <= set(names)
    assert "sheets/giveaway.toml" not in names and "words/en/updates.toml" not in names
