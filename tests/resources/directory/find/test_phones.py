"""Phone cells of real lists give the number that was meant, or a question, never a wrong number."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from resources.directory import phones
from resources.words import load


def test_every_sample_cell_is_read_as_expected(sample_data: Path) -> None:
    with (sample_data / "20-peer-tests" / "phone-cases.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert len(cases) >= 28
    for case in cases:
        reading = phones.read(case["raw"])
        assert reading.state == case["state"], case
        if case["expected"]:
            said = [p.number + (f";ext={p.extension}" if p.extension else "") for p in reading.phones]
            assert said == case["expected"].split(" | "), case
        elif reading.state == "review":
            assert [p.number for p in reading.phones] == [""], case
            assert reading.phones[0].shown


@pytest.mark.parametrize(
    ("cell", "labels", "kinds"),
    [
        ("(215) 922-6400 ext. 112 or ext.102", ["ext.102"], ["voice"]),
        ("1-800-892-8900 (24 hour crisis line)", ["24 hour crisis line"], ["voice"]),
        ("main: 813-226-8685, tdd: 800-955-8771", ["main", "tdd"], ["voice", "textphone"]),
        ("406-555-0101 Spanish; fax 406-555-0102", ["Spanish", "fax"], ["voice", "fax"]),
        ("office 406-555-0101 cell 406-555-0102", ["office", "cell"], ["voice", "cell"]),
        ("406-555-0101 (day) 406-555-0102 (night)", ["day", "night"], ["voice", "voice"]),
    ],
)
def test_remarks_survive_as_labels(cell: str, labels: list[str], kinds: list[str]) -> None:
    reading = phones.read(cell)
    assert [p.label for p in reading.phones] == labels
    assert [p.kind for p in reading.phones] == kinds


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("\u202e(406) 555\u202c-0142", "+14065550142"),
        ("٤٠٦-٥٥٥-٠١٤٢", "+14065550142"),
        ("（406）555－0142", "+14065550142"),
        ("406\u200b555\u00a00142\x00", "+14065550142"),
        ("4065550142.0", "+14065550142"),
        ("800-AGE-DIAL", "+18002433425"),
        ("(406) 555-HELP", "+14065554357"),
        ("+52 55 5658 1111", "+525556581111"),
    ],
)
def test_disguised_digits_become_plain_ones(cell: str, number: str) -> None:
    assert [p.number for p in phones.read(cell).phones] == [number]


@pytest.mark.parametrize(
    "cell", ["1-900-555-0142", "(900) 555-0142", "406-976-0142", "1-900-HOT-LINE", "19005550142"]
)
def test_numbers_that_bill_the_caller_are_refused(cell: str) -> None:
    reading = phones.read(cell)
    assert reading.phones == ()
    assert reading.problem == "find.phone.premium"


@pytest.mark.parametrize(
    "cell",
    [
        "406555014299",
        "24065550142",
        "7.73E+016",
        "Suite 220 Elm Lane",
        "220 Elm Lane",
        "1234-406-555-0142",
        "406-155-0142",
        "555-0142",
        "59301",
    ],
)
def test_doubtful_cells_never_become_a_number(cell: str) -> None:
    reading = phones.read(cell)
    assert reading.state == "review"
    assert not any(p.number for p in reading.phones)


def test_good_numbers_are_kept_when_another_is_doubtful() -> None:
    reading = phones.read("406-555-0142, 406-555-014")
    assert reading.phones[0].number == "+14065550142"
    assert reading.problem == "find.phone.unclear"
    assert reading.phones[1].shown == "406-555-014"


def test_short_codes_stand_beside_numbers() -> None:
    assert [p.number for p in phones.read("988 or 406-555-0142").phones] == ["+14065550142", "988"]
    assert phones.read("Call 211").phones[0].number == "211"
    text = phones.read("Text BEFREE to 233733").phones[0]
    assert (text.number, text.kind) == ("233733", "text")
    assert phones.read("233733").state == "review"


@pytest.mark.parametrize(
    ("number", "extension", "shown"),
    [
        ("+14065550142", "", "(406) 555-0142"),
        ("+14065550142", "204", "(406) 555-0142 ext. 204"),
        ("988", "", "988"),
        ("+525556581111", "", "+52 55 5658 1111"),
        ("+999", "", "+999"),
    ],
)
def test_numbers_are_shown_in_the_national_form(number: str, extension: str, shown: str) -> None:
    assert phones.show(number, extension) == shown


def test_what_is_shown_reads_back_as_what_is_stored() -> None:
    for number in ("+14065550142", "+18883737888", "911"):
        assert phones.read(phones.show(number)).phones[0].number == number


def test_typing_groups_the_digits() -> None:
    steps = ["4", "406", "(406) 5", "(406) 555", "(406) 555-0", "(406) 555-0142"]
    assert [phones.typed(text) for text in ("4", "406", "4065", "406555", "4065550", "4065550142")] == steps
    assert phones.typed("14065550142") == "1 (406) 555-0142"
    assert phones.typed("(406) 555-0142") == "(406) 555-0142"
    assert phones.typed("800-AGE") == "800-AGE"
    assert phones.typed("40655501421234") == "40655501421234"


def test_each_problem_has_a_sentence() -> None:
    for cell in ("1-900-555-0142", "555-0142", "tset"):
        problem = phones.read(cell).problem
        assert problem and load("en").has(problem)
