"""The self-check passes here, and names what is damaged instead of passing anyway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop import self_check
from desktop.self_check_wheels import WHEELS, _paper
from reports.engine.fonts import Face
from reports.engine.shape import Glyph, Word
from resources.engine import dbapi

ROOT = Path(__file__).parents[3]


def _plain(path: Path, _key: bytes) -> object:
    return dbapi.connect(str(path), isolation_level=None)


def _unjoined(text: str, face: Face, rtl: bool, _language: str) -> Word:
    return Word(text, face, rtl, tuple(Glyph(7, 500, 0, 0, letter) for letter in text))


def _unlocked(protect: bool) -> tuple[bytes, str]:
    assert protect
    return _paper(protect=False)


def _blank(_page: object, _scale: float) -> QImage:
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(0)
    return picture


def test_this_copy_passes_without_a_screen_and_leaves_no_data(tmp_path: Path) -> None:
    kept = ("PATH", "HOME", "LD_LIBRARY_PATH", "SYSTEMROOT")
    bare = {name: value for name, value in os.environ.items() if name in kept}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--data", str(tmp_path / "home"), "--json", "--self-check"],
        cwd=ROOT, env=bare, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert [step["name"] for step in report["steps"] if step["problem"]] == []
    assert done.returncode == 0 and report["passed"]
    assert {"PySide6.QtWidgets", "sqlcipher3", "uharfbuzz", "icu4py"} <= set(report["modules"])
    assert not {"ssl", "PySide6.QtNetwork", "http.client"} & set(report["modules"])
    assert not (tmp_path / "home").exists()


def test_a_damaged_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "A.ttf").write_bytes(b"not what was committed")
    (fonts / "sources.json").write_text(json.dumps([{"file": "A.ttf", "sha256": "0" * 64}]), encoding="utf-8")
    monkeypatch.setattr(self_check, "CONTENT", tmp_path)
    assert self_check._files() == "A.ttf"


def test_a_step_that_fails_is_named_by_its_kind_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(language: str) -> str:
        raise ZeroDivisionError("secret text")

    monkeypatch.setattr(self_check, "_sheet", broken)
    monkeypatch.setattr(self_check, "_window", lambda data: "")
    steps = {step.name: step.problem for step in self_check.run()}
    assert steps["sheet ar"] == "ZeroDivisionError"
    assert steps["directories"] == "" and steps["list and search"] == ""


def test_a_built_program_with_a_network_library_in_its_folder_does_not_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_internal").mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Porchlight"))
    monkeypatch.setattr(self_check, "UNWANTED", ())
    monkeypatch.setattr(self_check, "ABSENT", ("no_such_module",))
    assert self_check._modules() == ""
    (tmp_path / "_internal" / "libQt6Network.so.6").touch()
    assert self_check._modules() == "libQt6Network.so.6"
    monkeypatch.setattr(self_check, "ABSENT", ("ssl",))
    assert self_check._modules() == "ssl, libQt6Network.so.6"


def test_a_damaged_file_of_a_built_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_internal").mkdir()
    good = {"Porchlight": b"program", "_internal/libA.so": b"library"}
    for name, content in good.items():
        (tmp_path / name).write_bytes(content)
    subprocess.run([sys.executable, ROOT / "packaging/tools/manifest.py", tmp_path], check=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Porchlight"))
    assert self_check._files() == ""
    (tmp_path / "_internal" / "libA.so").write_bytes(b"librarz")
    assert self_check._files() == "_internal/libA.so"
    (tmp_path / "Porchlight").unlink()
    assert self_check._files() == "Porchlight, _internal/libA.so"


def test_a_paper_without_structure_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    from reports.engine import structure

    assert self_check._sheet("en") == ""
    monkeypatch.setattr(structure, "written", lambda *given: iter(()))
    assert self_check._sheet("en") == "nothing for a screen reader"


def test_each_compiled_library_does_its_work(tmp_path: Path) -> None:
    assert {name: work(tmp_path) for name, work in WHEELS.items()} == dict.fromkeys(WHEELS, "")


@pytest.mark.parametrize(
    ("wheel", "where", "instead", "said"),
    [
        ("sqlcipher3", "resources.engine.open_file", _plain, "not encrypted"),
        ("icu4py", "icu4py.breakers.LineBreaker", lambda text, language: [text], "no dictionary"),
        ("uharfbuzz", "reports.engine.shape.shape", _unjoined, "letters do not join"),
        ("pikepdf", "desktop.self_check_wheels._paper", _unlocked, "not locked"),
        ("pypdfium2", "desktop.preview.draw_page", _blank, "nothing drawn"),
        ("cryptography", "desktop.self_check_wheels._SIGNED", bytes(64), "another signature"),
    ],
)
def test_a_compiled_library_that_works_wrongly_is_noticed(
    wheel: str, where: str, instead: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, instead)
    assert WHEELS[wheel](tmp_path) == said
