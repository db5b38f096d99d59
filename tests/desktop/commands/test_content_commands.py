"""A scripted depot carries content too: packed, trusted by digits, exchanged, reviewed, taken, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.commands.main import main
from resources import overlay
from resources.paths import CONTENT
from tests.desktop.commands.test_update_commands import run, stick

__all__ = ["run", "stick"]  # fixtures
OLD, NEW = "You decide who to call, and when.", "You choose who you call, and also when."


@pytest.fixture(autouse=True)
def program_content() -> Iterator[None]:
    yield
    overlay.lay(overlay.Layer())


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A maker's folder: the survivors' words and a national line, each with one thing changed."""
    folder = tmp_path / "made"
    for name, old, new in (
        ("words/en/paper.toml", OLD, NEW),
        ("hotlines.toml", "+18883737888", "+18005550100"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = (CONTENT / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_content_travels_with_an_exchange_and_waits_until_a_word_takes_it(
    run: Callable[..., tuple[int, Any]], stick: Path, made: Path, tmp_path: Path
) -> None:
    code = run("center", "content", "key", "State Center", stick)[1]["code"]
    assert run("desk", "content", "trust", stick)[1]["asking"][0]["code"] == code
    assert run("desk", "content", "trust", stick, "--code", "1" * 30)[0] == 1
    assert run("desk", "content", "trust", stick, "--code", code)[1]["trusted"] == "State Center"
    assert run("center", "content", "pack", made, stick)[1]["number"] == 1
    first = run("car", "exchange", stick)[1]
    assert first["lines"][0].endswith("Guidance of State Center, number 1, waits until a person looks at it.")
    assert [one["key"] for one in first["content"][0]["numbers"]] == ["hotlines.toml#nhth"]
    waits = run("car", "exchange", stick, "--take-content")[1]
    assert "waits" in waits["lines"][0], "a changed number needs a word of its own"
    done = run("car", "exchange", stick, "--take-content", "--accept-phones")[1]
    assert done["lines"][0] == "Guidance of State Center, number 1, is used from now on."
    assert "(800) 555-0100" in json.dumps(run("car", "find", "human trafficking hotline")[1])
    shown = run("car", "content", "show")[1]
    assert [(one["state"], one["issuer"], one["number"]) for one in shown["content"]] == [
        ("in_force", "State Center", 1)
    ]
    assert [one["name"] for one in shown["signers"]] == ["State Center"]
    assert run("car", "content", "back")[1]["now"] is None
    assert "(888) 373-7888" in json.dumps(run("car", "find", "human trafficking hotline")[1])
    assert run("car", "content", "read", next((stick / "porchlight/content").iterdir()), "--apply",
               "--keep-phones")[1]["applied"]  # fmt: skip
    assert "(888) 373-7888" in json.dumps(run("car", "find", "human trafficking hotline")[1])


def test_one_file_carries_content_as_well(
    run: Callable[..., tuple[int, Any]], stick: Path, made: Path, tmp_path: Path
) -> None:
    code = run("desk", "content", "key", "Our Center", stick)[1]["code"]
    run("desk", "content", "trust", stick, "--code", code)
    run("desk", "exchange", stick), run("car", "exchange", stick)
    (made / "hotlines.toml").unlink()
    run("desk", "content", "pack", made)
    bundle = tmp_path / "county.porchlight"
    run("desk", "bundle", "write", bundle)
    assert run("car", "bundle", "read", bundle)[1]["content"][0]["issuer"] == "Our Center"
    run("car", "bundle", "read", bundle, "--apply", "--take-content")
    assert run("car", "content", "show")[1]["content"][0]["state"] == "in_force"


def test_a_maker_reads_every_fault_and_nothing_is_signed(
    run: Callable[..., tuple[int, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "made" / "guidance" / "night" / "en.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        '+++\ntitle = "Night"\ngroup = "now"\nsummary = "Nights."\n+++\n\nCall the desk at night.\n'
    )
    run("center", "content", "key", "State Center")
    code, said = run("center", "content", "pack", tmp_path / "made")
    assert code == 1 and any("no source" in one or "source" in one for one in said["problems"])
    assert any("dates" in one or "reviewed" in one for one in said["problems"])
    assert main(["--data", str(tmp_path / "center"), "content", "pack", str(tmp_path / "made")]) == 1
    assert "Nothing was signed" in capsys.readouterr().err
