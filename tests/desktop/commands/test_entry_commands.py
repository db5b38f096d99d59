"""Entries changed from the command line: retired and back, merged, kept apart; filters, and ways on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.commands.main import main

Run = Callable[..., tuple[int, Any]]
LIST = """id,name,phone,city,state,zip,county,needs,serves
1,Hope House,(406) 555-0142,Forsyth,MT,59327,Rosebud,shelter,Rosebud
2,Hope House Inc,(406) 555-0142,Forsyth,MT,59327,Rosebud,shelter;food,Rosebud
3,Custer Law,(406) 555-0143,Miles City,MT,59301,Custer,legal,Custer
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command in a home with three providers; gives the exit code and the object."""

    def go(*words: str) -> tuple[int, Any]:
        code = main(["--data", str(tmp_path / "home"), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    listed = tmp_path / "list.csv"
    listed.write_text(LIST)
    assert go("import", str(listed), "--apply")[1]["new"] == 3
    return go


def ids(run: Run, *words: str) -> list[str]:
    return [found["provider_id"] for found in run("find", *words)[1]["found"]]


def test_retired_entries_are_not_found_until_they_are_brought_back(run: Run) -> None:
    (legal,) = ids(run, "custer law")
    assert run("retire", legal[:8])[1]["retired"] == [legal]
    assert ids(run, "custer law") == []
    assert run("bring-back", legal[:8])[1]["brought_back"] == [legal]
    assert ids(run, "custer law") == [legal]


def test_a_merge_keeps_one_and_undo_gives_both_back(run: Run) -> None:
    stays, other = ids(run, "hope house")
    assert run("merge", stays, other)[1] == {"id": stays, "retired": other}
    assert ids(run, "hope house") == [stays]
    assert set(run("show", stays)[1]["needs"]) == {"shelter", "food"}
    assert "Hope House" in run("undo")[1]["undone"]
    assert sorted(ids(run, "hope house")) == sorted((stays, other))
    assert run("merge", stays, stays)[1]["error"]["key"] == "commands.one_entry_twice"


def test_what_a_person_said_about_a_pair_is_remembered(run: Run) -> None:
    one, other = ids(run, "hope house")
    pairs = run("duplicates")[1]["duplicates"]
    assert [{pair["a"], pair["b"]} for pair in pairs] == [{one, other}]
    assert sorted(run("apart", one, other)[1]["apart"]) == sorted((one, other))
    assert run("duplicates")[1]["duplicates"] == []


def test_filters_for_the_night_and_for_the_county_served(run: Run) -> None:
    assert len(ids(run, "law", "--county", "Custer County, MT")) == 1
    assert ids(run, "law", "--county", "Rosebud County, MT") == []
    assert ids(run, "law", "--open-tonight") == []
    assert run("find", "--county", "Nowhere")[1]["error"]["key"] == "commands.place_unknown"


def test_no_match_names_what_to_leave_out(run: Run) -> None:
    _, answer = run("find", "law", "--county", "Rosebud County, MT")
    (way,) = [way for way in answer["ways_on"] if way["drop"] == "county"]
    assert [found["name"] for found in way["found"]] == ["Custer Law"]
