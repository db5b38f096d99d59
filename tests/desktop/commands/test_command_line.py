"""The command line does the main job without a screen: list in, helper found, paper out, and back again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.commands.main import command_names, main
from resources.directory.provider import Provider
from resources.home import open_directory

ROOT = Path(__file__).parents[3]
Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command in an empty home with --json; gives the exit code and the object."""

    def go(*words: str) -> tuple[int, Any]:
        code = main(["--data", str(tmp_path / "home"), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return go


def test_a_list_is_reviewed_before_it_is_written(run: Run, sample_data: Path) -> None:
    source = str(sample_data / "07-philadelphia-flat" / "rapper.csv")
    code, review = run("import", source)
    assert (code, review["new"], review["applied"]) == (0, 101, False)
    assert run("find", "philadelphia")[1]["found"] == []
    _, done = run("import", source, "--apply")
    assert done["applied"] and done["new"] == 101
    _, again = run("import", source)
    assert (again["new"], again["changed"], again["missing"], again["same"]) == (0, 0, 0, 101)
    assert not run("import", source, "--apply")[1]["applied"]
    assert run("undo")[1]["undone"]
    assert run("import", source)[1]["new"] == 101


def test_the_review_says_what_the_window_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed, home = tmp_path / "county.csv", ["--data", str(tmp_path / "home")]
    first = "id,name,phone,city\n1,Hope House,(406) 555-0142,Forsyth\n2,Legal Aid,(406) 555-0143,Hardin\n"
    listed.write_text(first, encoding="utf-8")
    assert main([*home, "import", str(listed), "--apply"]) == 0
    second = "id,name,phone,city\n1,Hope House,(406) 555-0199,Colstrip\n"
    second += "3,Hope House,(406) 555-0142,Forsyth\n4,,12,\n"
    listed.write_text(second, encoding="utf-8")
    capsys.readouterr()
    assert main([*home, "import", str(listed)]) == 0
    said = capsys.readouterr().out
    for sentence in (
        "1 new", "1 changed", "City: Forsyth → Colstrip",
        "Accept the new number for Hope House: (406) 555-0142 becomes (406) 555-0199",
        "1 no longer on the list", "Legal Aid  ·  Hardin", "1 problem", "Line 4, name: The row has no name",
        "1 possible duplicate", "“Hope House” (Forsyth  ·  (406) 555-0142) may be the same as “Hope House” (",
        "which is here already.", "0 the same",
    ):  # fmt: skip
        assert sentence in said, (sentence, said)
    assert main([*home, "import", str(listed), "--apply", "--keep-phones"]) == 0
    assert main([*home, "--json", "import", str(listed)]) == 0
    again = json.loads(capsys.readouterr().out.partition("\n{")[2].join(("{", "")))
    (left,) = again["changes"]
    assert {line["old"] for line in left["fields"]} == {"(406) 555-0142", ""}, "the number waits"
    assert again["gone"] == ["Legal Aid"]


def test_the_shared_options_may_stand_after_the_command_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "shelter", "--data", str(tmp_path), "--training", "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert main(["--data", str(tmp_path), "--training", "--json", "find", "shelter"]) == 0
    assert json.loads(capsys.readouterr().out) == after and after["found"]


def test_from_a_real_list_to_a_spanish_wallet_card(run: Run, sample_data: Path, tmp_path: Path) -> None:
    run("import", str(sample_data / "07-philadelphia-flat" / "rapper.csv"), "--apply")
    _, found = run("find", "shelter", "--limit", "3")
    ids = [hit["provider_id"] for hit in found["found"]]
    assert len(ids) == 3
    out = tmp_path / "resources.pdf"
    chosen = [word for identity in ids for word in ("--provider", identity)]
    code, sheet = run("sheet", "wallet_card", "--language", "es", *chosen, "--out", str(out))
    assert code == 0 and sheet["pages"] == 1
    assert out.read_bytes().startswith(b"%PDF-1.7")


def test_a_call_is_recorded_with_its_day_and_seen_in_the_entry(run: Run, sample_data: Path) -> None:
    run("import", str(sample_data / "07-philadelphia-flat" / "rapper.csv"), "--apply")
    identity = run("find", "shelter")[1]["found"][0]["provider_id"]
    assert run("called", identity[:8], "--result", "answered", "--by", "RT")[0] == 0
    check = run("show", identity)[1]["checks"][0]
    assert (check["result"], check["by"]) == ("answered", "RT")
    assert any(
        "checks" in line["field"] or "check" in line["field"]
        for line in run("history", identity)[1]["history"]
    )


def test_national_lines_are_there_before_any_import_and_survive_undo(run: Run) -> None:
    names = {hit["name"] for hit in run("find", "hotline")[1]["found"]}
    assert "National Human Trafficking Hotline" in names
    assert run("undo")[1]["undone"] is None


@pytest.mark.parametrize("name", ["no-such-file.csv", "empty.csv", "picture.csv"])
def test_a_file_that_is_no_list_is_explained_and_changes_nothing(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    before = run("find", "hotline")
    code, answer = run("import", str(tmp_path / name), "--apply")
    assert code == 1
    assert len(answer["error"]["message"]) > 30
    assert run("find", "hotline") == before


def test_an_unknown_place_is_named_not_guessed(run: Run) -> None:
    code, answer = run("find", "shelter", "--near", "Nowhere, ZZ")
    assert code == 1 and "Nowhere, ZZ" in answer["error"]["message"]


def test_ids_that_begin_the_same_are_shown_as_far_as_they_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    with open_directory(home) as directory:
        for n in (1, 2):
            directory.save(Provider(f"5bd38c38-aaaa-{n}bbb", f"Alike House {n}"))
    assert main(["--data", str(home), "find", "alike"]) == 0
    shown = [line.split()[0] for line in capsys.readouterr().out.splitlines() if "Alike" in line]
    assert len(set(shown)) == 2 and all(len(one) < 20 for one in shown)
    for one in shown:
        assert main(["--data", str(home), "show", one]) == 0
    assert main(["--data", str(home), "show", "5bd38c38"]) == 1
    assert "as `find` shows it" in capsys.readouterr().err


def test_topics_can_be_listed_and_read(run: Run) -> None:
    topics = {topic["id"] for topic in run("topic")[1]["topics"]}
    assert {
        "trauma-informed-interviewing",
        "cultural-competency",
        "rapport",
        "confidentiality",
        "collaboration",
    } <= topics
    assert "purpose" in run("topic", "trauma-informed-interviewing")[1]["markdown"].lower()
    assert run("topic", "no-such-topic")[0] == 1


def test_gaps_of_a_state_are_listed_and_written_as_paper(run: Run, tmp_path: Path) -> None:
    listed = tmp_path / "pantry.csv"
    listed.write_text("id,name,phone,city,state,zip,needs\n1,Pantry,(406) 555-0142,Forsyth,MT,59327,food\n")
    run("import", str(listed), "--apply")
    code, gaps = run("coverage", "mt", "--need", "food", "--out", str(tmp_path / "gaps.pdf"))
    states = {one["name"]: one["needs"][0]["state"] for one in gaps["counties"]}
    assert code == 0 and len(states) == 56
    assert states["Rosebud County, MT"] == "covered" and states["Lincoln County, MT"] == "none"
    assert (tmp_path / "gaps.pdf").read_bytes().startswith(b"%PDF")
    assert run("coverage", "ZZ", "--need", "food")[1]["error"]["key"] == "commands.no_such_state"
    assert run("coverage", "MT", "--need", "pizza")[1]["error"]["key"] == "commands.no_such_need"


def test_a_backup_can_be_put_back(run: Run, sample_data: Path) -> None:
    run("import", str(sample_data / "07-philadelphia-flat" / "rapper.csv"), "--apply")
    backup = run("backup")[1]["backup"]
    run("undo")
    assert run("restore", backup)[0] == 0
    assert run("find", "shelter")[1]["found"]


def test_the_content_is_complete_sourced_and_in_date(run: Run) -> None:
    code, answer = run("check")
    assert answer["problems"] == []
    assert code == 0


def test_the_tables_count_topics_and_phrase_packs(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = run("check", "--table")[1]
    assert all(row["grade"] <= 8 and row["facts"] for row in answer["topics"])
    assert {row["code"] for row in answer["packs"]} >= {"es", "ar", "vi"}
    main(["--data", str(tmp_path / "home"), "check", "--table"])
    assert "Vietnamese" in capsys.readouterr().out


def test_an_agency_page_with_a_mistake_is_named(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "home/topics/tow.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Towing\n\n:::minor\n", encoding="utf-8")
    code, answer = run("check")
    assert code == 1 and answer["problems"][0].startswith("topics/tow.md, line 3:")


def test_wrong_use_is_code_two() -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["find", "--within", "far"])
    assert wrong.value.code == 2


def test_the_command_line_never_loads_qt(tmp_path: Path) -> None:
    script = (
        "import sys; from desktop.commands.main import main;"
        f"main(['--data', {str(tmp_path)!r}, 'find', 'hotline']);"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_every_command_has_help() -> None:
    assert {
        "import",
        "export",
        "find",
        "show",
        "history",
        "undo",
        "called",
        "due",
        "sheet",
        "topic",
    } <= command_names()
