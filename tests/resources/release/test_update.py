"""Bringing a new version: only what was checked is run, and whatever goes wrong, nothing is lost."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from resources.errors import ToolkitError
from resources.release import update as updating
from resources.release.installation import Installation, this_copy
from resources.release.update import roll_back, update, window_is_open
from resources.words import load

RUN = "porchlight-0.2.0-linux-x86_64.run"
PACKAGE = b"#!/bin/sh\nexit 0\n" * 1000


class Installer:
    """Stands for the installer: remembers what it was given, ends with `code`."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.commands: list[Sequence[str]] = []
        self.ran: list[bytes] = []

    def __call__(self, command: Sequence[str]) -> int:
        self.commands.append(command)
        self.ran += [Path(part).read_bytes() for part in command if Path(part).is_file()]
        return self.code


@pytest.fixture
def laptop(tmp_path: Path) -> Installation:
    """Version 0.1.0, installed for one user."""
    program = tmp_path / "programs" / "Porchlight" / "app-0.1.0"
    program.mkdir(parents=True)
    (program / "Porchlight").write_bytes(b"old")
    return Installation("user", program, windows=False)


@pytest.fixture
def stick(releaser: Any, tmp_path: Path) -> Path:
    made: Path = releaser.stick(tmp_path / "stick" / "Porchlight 0.2.0", "0.2.0", {RUN: PACKAGE})
    return made


def snapshot(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def refused(laptop: Installation, stick: Path, run: Installer | None = None, version: str = "0.1.0") -> str:
    """Why the update did not happen; nothing of the program may have changed."""
    before = snapshot(laptop.base)
    with pytest.raises(ToolkitError) as problem:
        update(stick, laptop.base / "no data", laptop, version, run or Installer(99))
    assert snapshot(laptop.base) == before and not list(laptop.base.glob(".update-*"))
    assert load("en").explain(problem.value)
    return problem.value.key


def test_the_installer_that_runs_is_the_checked_copy_and_is_gone_afterwards(
    laptop: Installation, stick: Path, tmp_path: Path
) -> None:
    run = Installer()
    done = update(stick.parent, tmp_path / "data", laptop, "0.1.0", run)
    assert done.version == "0.2.0" and not done.window_open
    assert run.ran == [PACKAGE]
    [command] = run.commands
    assert command[0] == "sh" and Path(command[1]).is_relative_to(laptop.base)
    assert not list(laptop.base.glob(".update-*"))


def test_a_half_copied_file_is_never_run(laptop: Installation, stick: Path) -> None:
    run = Installer()
    (stick / RUN).write_bytes(PACKAGE[: len(PACKAGE) // 2])
    assert refused(laptop, stick, run) == "release.half_copied"
    (stick / RUN).unlink()
    assert refused(laptop, stick, run) == "release.half_copied"
    assert run.commands == []


def test_a_changed_byte_is_never_run(laptop: Installation, stick: Path) -> None:
    run = Installer()
    (stick / RUN).write_bytes(b"!" + PACKAGE[1:])
    assert refused(laptop, stick, run) == "release.half_copied"
    assert run.commands == []


def test_a_downgrade_and_the_same_version_are_refused(laptop: Installation, stick: Path) -> None:
    assert refused(laptop, stick, version="0.3.0") == "release.older"
    assert refused(laptop, stick, version="0.2.0") == "release.same"


def test_a_release_for_other_systems_says_what_is_missing(
    laptop: Installation, releaser: Any, tmp_path: Path
) -> None:
    made = releaser.stick(tmp_path / "other", "0.2.0", {"Porchlight-0.2.0-setup.exe": b"x"})
    assert refused(laptop, made) == "release.not_for_here"


def test_no_room_is_said_before_anything_is_written(
    laptop: Installation, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating.shutil, "disk_usage", lambda path: type("Disk", (), {"free": 1000})())
    assert refused(laptop, stick) == "release.no_space"


def test_a_disk_that_fills_up_while_copying_leaves_nothing(
    laptop: Installation, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(updating.tempfile, "mkdtemp", full)
    assert refused(laptop, stick) == "core.disk_full"


def test_no_write_permission_asks_for_an_administrator(
    laptop: Installation, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "can_write", lambda folder: False)
    assert refused(laptop, stick) == "release.needs_administrator"
    with pytest.raises(ToolkitError, match=r"release\.needs_administrator"):
        roll_back(laptop.base, laptop, Installer())


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (2, "release.check_failed"),
        (5, "release.close_window"),
        (6, "release.disk_full"),
        (7, "release.half_copied"),
        (8, "release.newer_there"),
        (3, "release.installer_failed"),
    ],
)
def test_what_the_installer_refuses_is_a_sentence(
    code: int, key: str, laptop: Installation, stick: Path
) -> None:
    assert refused(laptop, stick, Installer(code)) == key


def test_an_installer_that_cannot_start_is_a_sentence(laptop: Installation, stick: Path) -> None:
    with pytest.raises(ToolkitError, match=r"release\.installer_failed"):
        updating._run([str(stick / "missing")])


def test_an_open_window_is_told_to_start_again(
    laptop: Installation, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not window_is_open(tmp_path)
    monkeypatch.setattr(updating, "window_is_open", lambda data: True)
    assert update(stick, tmp_path / "data", laptop, "0.1.0", Installer()).window_open


def test_going_back_runs_the_installed_script_and_says_when_there_is_nothing(
    laptop: Installation, tmp_path: Path
) -> None:
    run = Installer()
    roll_back(tmp_path / "data", laptop, run)
    assert run.commands == [["sh", str(laptop.base / "install-user.sh"), "--rollback"]]
    with pytest.raises(ToolkitError, match=r"release\.nothing_earlier"):
        roll_back(tmp_path / "data", laptop, Installer(4))


def test_a_copy_for_everybody_is_updated_and_taken_back_by_its_own_script(tmp_path: Path) -> None:
    here = Installation("machine", tmp_path / "porchlight" / "app-0.1.0", windows=False)
    script = str(tmp_path / "porchlight" / "machine.sh")
    assert here.installing(Path("a.deb")) == ["sh", script, "--install", "a.deb"]
    assert here.going_back() == ["sh", script, "--rollback"]


def test_the_source_folder_is_not_updated_by_a_stick(stick: Path, tmp_path: Path) -> None:
    assert this_copy().kind == "source"
    for deed in (lambda: update(stick, tmp_path), lambda: roll_back(tmp_path)):
        with pytest.raises(ToolkitError, match=r"release\.from_source"):
            deed()


@pytest.mark.parametrize("kind", ["user", "machine", "portable"])
@pytest.mark.parametrize("windows", [True, False])
def test_every_kind_of_copy_knows_its_package(kind: str, windows: bool, tmp_path: Path) -> None:
    here = Installation(kind, tmp_path / "app-1.0", windows=windows)
    assert "2.0" in here.package("2.0")
    if kind != "portable" and not here.by_administrator:
        assert str(tmp_path / "p") in here.installing(tmp_path / "p") and here.going_back()


def test_windows_waits_for_the_way_back_in_a_folder_with_a_space(tmp_path: Path) -> None:
    base = tmp_path / "Pat Officer" / "Porchlight"
    line = updating.command_line(Installation("user", base / "app-0.2.0", windows=True).going_back())
    assert line == f'"{base / "Uninstall.exe"}" /S /ROLLBACK _?={base}'


def test_a_copy_that_windows_installer_put_there_names_its_command(releaser: Any, tmp_path: Path) -> None:
    here = Installation("machine", tmp_path / "Porchlight", windows=True)
    msi = "Porchlight-0.2.0-x64.msi"
    stick = releaser.stick(tmp_path / "stick", "0.2.0", {msi: PACKAGE})
    run = Installer()
    with pytest.raises(ToolkitError, match=r"release\.needs_administrator") as said:
        update(stick, tmp_path / "data", here, "0.1.0", run)
    assert said.value.data["package"] == f"msiexec /i {msi}"
    with pytest.raises(ToolkitError, match=r"release\.nothing_earlier"):
        roll_back(tmp_path / "data", here, run)
    assert not run.commands


# -- portable ----------------------------------------------------------------------------------------


def archive(version: str, content: bytes = b"new") -> bytes:
    """A portable archive as build.sh makes it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for name, data in (("Porchlight", content), ("portable.txt", b"Data are beside this file.\n")):
            entry = tarfile.TarInfo(f"Porchlight-{version}-portable/{name}")
            entry.size = len(data)
            packed.addfile(entry, io.BytesIO(data))
    return out.getvalue()


@pytest.fixture
def carried(tmp_path: Path) -> Installation:
    """A portable 0.1.0 with data beside it."""
    program = tmp_path / "carried" / "Porchlight-0.1.0-portable"
    (program / "data" / "directory").mkdir(parents=True)
    (program / "data" / "directory" / "directory.db").write_bytes(b"the directory")
    (program / "portable.txt").write_text("Data are beside this file.\n")
    return Installation("portable", program, windows=False)


@pytest.fixture
def portable_stick(releaser: Any, tmp_path: Path) -> Path:
    name = "Porchlight-0.2.0-linux-portable.tar.gz"
    made: Path = releaser.stick(tmp_path / "stick", "0.2.0", {name: archive("0.2.0")})
    return made


def test_a_portable_copy_gets_a_folder_beside_it_with_a_copy_of_the_data(
    carried: Installation, portable_stick: Path
) -> None:
    before = snapshot(carried.program)
    run = Installer()
    done = update(portable_stick, carried.program / "data", carried, "0.1.0", run)
    fresh = carried.base / done.folder
    assert (fresh / "Porchlight").read_bytes() == b"new"
    assert (fresh / "data" / "directory" / "directory.db").read_bytes() == b"the directory"
    assert snapshot(carried.program) == before
    assert run.commands[0][-1] == "self-check" and "--data" in run.commands[0]
    assert sorted(path.name for path in carried.base.iterdir()) == sorted([carried.program.name, done.folder])
    with pytest.raises(ToolkitError) as way:
        roll_back(fresh / "data", Installation("portable", fresh, windows=False))
    assert (way.value.key, way.value.data) == ("release.portable_before", {"folder": carried.program.name})


def test_a_portable_copy_stays_when_the_new_one_fails_its_check(
    carried: Installation, portable_stick: Path
) -> None:
    assert refused(carried, portable_stick, Installer(1)) == "release.check_failed"
    assert [path.name for path in carried.base.iterdir()] == [carried.program.name]


def test_a_portable_copy_with_an_open_window_waits(
    carried: Installation, portable_stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "window_is_open", lambda data: True)
    assert refused(carried, portable_stick) == "release.close_window"


def test_a_folder_in_the_way_is_named(carried: Installation, portable_stick: Path) -> None:
    (carried.base / "Porchlight-0.2.0-portable").mkdir()
    assert refused(carried, portable_stick, Installer()) == "release.folder_there"


def test_a_first_portable_copy_has_nothing_before_it(carried: Installation) -> None:
    with pytest.raises(ToolkitError, match=r"release\.nothing_earlier"):
        roll_back(carried.program / "data", carried, Installer())
