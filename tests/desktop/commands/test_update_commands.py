"""A scripted depot: laptops make an agency, join, exchange, decide and take back from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.commands.main import main
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory
from resources.home import open_directory

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on the laptop that is named first, with --json; gives exit code and object."""

    def go(laptop: str, *words: object) -> tuple[int, Any]:
        code = main(["--data", str(tmp_path / laptop), "--json", *map(str, words)])
        return code, json.loads(capsys.readouterr().out)

    return go


@pytest.fixture
def on(tmp_path: Path) -> Callable[[str], Directory]:
    return lambda laptop: open_directory(tmp_path / laptop, who=laptop)


@pytest.fixture
def stick(tmp_path: Path, run: Run) -> Path:
    """A stick of an agency whose laptops `desk` and `car` have joined, each by a row of digits."""
    folder = tmp_path / "stick"
    folder.mkdir()
    assert run("desk", "agency", "create", "Rosebud County", "--laptop", "Desk")[0] == 0
    assert run("desk", "exchange", folder)[0] == 0
    _, asked = run("car", "agency", "join", folder, "--laptop", "Car 2")
    _, waiting = run("desk", "agency", "admit", folder)
    assert [one["code"] for one in waiting["asking"]] == [asked["code"]] and not asked["joined"]
    assert run("desk", "agency", "admit", folder, "--code", "1" * 30)[0] == 1
    assert run("desk", "agency", "admit", folder, "--code", asked["code"])[1]["admitted"]["name"] == "Car 2"
    assert run("car", "agency", "join", folder, "--laptop", "Car 2", "--code", asked["code"])[1]["joined"]
    return folder


def provider(number: str = "+14065550142", **more: Any) -> Provider:
    return Provider(id="asha", name="Asha Shelter", phones=(Phone("p1", number),), **more)


def test_one_command_takes_and_gives_and_says_so_in_three_lines(
    run: Run, on: Any, stick: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with on("desk") as desk:
        desk.save(provider())
    _, gave = run("desk", "exchange", stick)
    assert gave["given"] >= 1 and not gave["waits"]
    code = main(["--data", str(tmp_path / "car"), "exchange", str(stick)])
    lines = capsys.readouterr().out.splitlines()
    assert code == 0 and len(lines) == 3 and lines[0].startswith("Taken from stick:")
    _, again = run("car", "exchange", stick)
    assert (again["taken"], again["given"]) == (0, 0)
    with on("car") as car:
        assert car.get("asha") == provider()


def test_changed_numbers_wait_for_a_word_and_can_be_taken_one_by_one(run: Run, on: Any, stick: Path) -> None:
    with on("desk") as desk:
        desk.save(provider())
    run("desk", "exchange", stick)
    run("car", "exchange", stick)
    with on("desk") as desk:
        desk.save(provider("+14065550199"))
    run("desk", "exchange", stick)
    _, review = run("car", "review", stick)
    (phone,) = review["phones"]
    _, waits = run("car", "exchange", stick)
    assert waits["waits"] and waits["taken"] == 0
    _, done = run("car", "exchange", stick, "--accept-phone", phone["key"])
    assert not done["waits"] and done["kept"] == 0
    with on("car") as car:
        assert car.get("asha").phones[0].number == "+14065550199"
    _, updates = run("car", "rollback")
    assert run("car", "rollback", updates["updates"][0]["id"])[1]["entries"] == 1
    with on("car") as car:
        assert car.get("asha").phones[0].number == "+14065550142"
    assert run("car", "rollback", updates["updates"][0]["id"])[0] == 1
    assert run("car", "rollback", "nothing")[0] == 1


def test_a_refused_number_stays_and_a_declined_entry_too(run: Run, on: Any, stick: Path) -> None:
    with on("desk") as desk:
        desk.save(provider())
    run("desk", "exchange", stick)
    run("car", "exchange", stick)
    with on("desk") as desk:
        desk.save(provider("+14065550199", cost="free"), Provider(id="new", name="New Place"))
    run("desk", "exchange", stick)
    _, done = run("car", "exchange", stick, "--keep-phones", "--decline", "new")
    assert done["kept"] == 2
    with on("car") as car:
        found = car.get("asha")
        assert (found.phones[0].number, found.cost) == ("+14065550142", "free")
        assert car.get("new").retired


def test_a_declined_entry_needs_no_word_on_its_numbers(
    run: Run, on: Any, stick: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with on("desk") as desk:
        desk.save(Provider(id="asha", name="Asha House"))
    run("desk", "exchange", stick)
    run("car", "exchange", stick)
    with on("desk") as desk:
        desk.save(provider())
    run("desk", "exchange", stick)
    assert main(["--data", str(tmp_path / "car"), "exchange", str(stick)]) == 0
    said = capsys.readouterr().out
    assert "(nothing) becomes (406) 555-0142" in said and "brings 1 change that" in said
    _, done = run("car", "exchange", stick, "--decline", "asha")
    assert not done["waits"] and done["lines"][0].startswith("Taken from stick: 1 change of 1 entry.")
    with on("car") as car:
        assert not car.get("asha").phones


def test_a_conflict_is_listed_with_who_and_when_and_decided(run: Run, on: Any, stick: Path) -> None:
    with on("desk") as desk:
        desk.save(provider())
    run("desk", "exchange", stick)
    run("car", "exchange", stick)
    for laptop, cost in (("desk", "free"), ("car", "$5")):
        with on(laptop) as one:
            one.save(provider(cost=cost))
        run(laptop, "exchange", stick)
    run("desk", "exchange", stick)
    (conflict,) = run("desk", "conflicts")[1]["conflicts"]
    claims = {claim["who"]: claim["value"] for claim in conflict["values"]}
    assert claims == {"desk": "free", "car": "$5"} and all(claim["when"] for claim in conflict["values"])
    assert run("desk", "conflicts", "asha", "cost", "--take", "3")[0] == 1
    wanted = [claim["value"] for claim in conflict["values"]].index("$5") + 1
    assert run("desk", "conflicts", "asha", "cost", "--take", wanted)[1]["value"] == "$5"
    assert run("desk", "conflicts")[1]["conflicts"] == []


def test_a_bundle_is_reviewed_before_it_is_taken(run: Run, on: Any, stick: Path, tmp_path: Path) -> None:
    with on("desk") as desk:
        desk.save(provider())
    file = tmp_path / "updates.porchlight"
    assert run("desk", "bundle", "write", file)[1]["ops"] >= 1
    _, looked = run("car", "bundle", "read", file)
    assert "asha" in [one["id"] for one in looked["new"]] and not looked["applied"]
    assert run("car", "bundle", "read", file, "--apply")[1]["applied"]
    with on("car") as car:
        assert car.get("asha") == provider()
    assert run("stranger", "bundle", "read", file)[0] == 1


def test_a_lost_laptop_is_revoked_and_the_rest_is_listed(run: Run, on: Any, stick: Path) -> None:
    run("car", "exchange", stick)
    _, held = run("desk", "holdings")
    assert {one["name"] for one in held["holdings"]} == {"Desk", "Car 2"}
    assert run("car", "agency", "revoke", "Desk")[0] == 1, "only the laptop that made the agency can"
    _, revoked = run("desk", "agency", "revoke", "Car 2")
    assert revoked["after"] == 0
    with on("car") as car:
        car.save(provider())
    run("car", "exchange", stick)
    _, done = run("desk", "exchange", stick)
    assert done["taken"] == 0 and len(done["refused"]) == 1
    _, shown = run("desk", "agency", "show")
    assert [m["name"] for m in shown["members"] if m["revoked_after"] is not None] == ["Car 2"]
    assert run("desk", "agency", "revoke", "nobody")[0] == 1


def test_two_agencies_believe_each_other_by_digits_read_aloud(
    run: Run, on: Any, stick: Path, tmp_path: Path
) -> None:
    _, made = run("county", "agency", "create", "Custer County", "--laptop", "Clerk")
    with on("county") as county:
        county.save(provider())
    run("county", "exchange", stick)
    assert run("desk", "exchange", stick)[1]["taken"] == 0
    assert run("desk", "agency", "believe", stick)[0] == 1
    assert run("desk", "agency", "believe", stick, "--code", made["fingerprint"])[0] == 0
    assert run("desk", "exchange", stick)[1]["taken"] >= 1
    run("car", "exchange", stick)
    with on("car") as car:
        assert car.get("asha") == provider(), "a laptop believes whom its agency believes"
