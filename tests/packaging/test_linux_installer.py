"""The installer for one user, with a stand-in for the program: switch after the check, go back, refuse."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINUX = Path(__file__).parents[2] / "packaging" / "linux"
CHECKED = '#!/bin/sh\necho "checked $PORCHLIGHT_DATA" >>"$HOME/said"\nexit %d\n'

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the installer of Linux")


class Laptop:
    """A home of its own, and packages made by the real build script."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home é"
        self.home.mkdir()
        self.base = self.home / ".local/share/programs/Porchlight"
        self.data = self.home / ".local/share/Porchlight"

    def package(self, version: str, code: int = 0) -> Path:
        """A .run file of a program whose self-check ends with `code`."""
        frozen = self.folder / f"frozen-{version}"
        (frozen / "_internal").mkdir(parents=True)
        (frozen / "_internal" / "lib.so").write_text(version)
        for name, text in (
            ("Porchlight", f"#!/bin/sh\necho {version}\n"),
            ("porchlight-cli", CHECKED % code),
        ):
            (frozen / name).write_text(text)
            (frozen / name).chmod(0o755)
        lines = (LINUX / "build.sh").read_text(encoding="utf-8").replace("\nmake_deb\n", "\n")
        script = self.folder / "linux" / "build.sh"
        if not script.exists():
            shutil.copytree(LINUX, script.parent)
            script.write_text(lines, encoding="utf-8")
        out = self.folder / "out"
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        subprocess.run(["bash", script, version, frozen, out], check=True, env=env, capture_output=True)
        return out / f"porchlight-{version}-linux-x86_64.run"

    def run(self, *command: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), **more}
        return subprocess.run(["sh", *command], env=env, text=True, capture_output=True, input="", timeout=60)

    def at(self, link: str) -> str:
        return str((self.base / link).readlink()) if (self.base / link).is_symlink() else ""

    def folders(self) -> list[str]:
        return sorted(path.name for path in self.base.glob("*app-*") if not path.is_symlink())


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path)


def test_install_update_broken_update_and_roll_back(laptop: Laptop) -> None:
    done = laptop.run(laptop.package("1.0"))
    assert (done.returncode, laptop.at("current"), laptop.at("previous")) == (0, "app-1.0", "")
    said = (laptop.home / "said").read_text()
    assert "checked /" in said and str(laptop.data) not in said  # the check never sees real data
    started = laptop.run("-c", f"'{laptop.home}/.local/bin/porchlight-window'")
    assert started.stdout == "1.0\n"
    assert laptop.run(laptop.package("1.1")).returncode == 0
    assert (laptop.at("current"), laptop.at("previous")) == ("app-1.1", "app-1.0")
    broken = laptop.run(laptop.package("1.2", code=1))
    assert broken.returncode == 2 and "self-check" in broken.stderr
    assert (laptop.at("current"), laptop.folders()) == ("app-1.1", ["app-1.0", "app-1.1"])
    assert laptop.run(laptop.base / "install-user.sh", "--rollback").returncode == 0
    assert (laptop.at("current"), laptop.at("previous")) == ("app-1.0", "app-1.1")
    assert laptop.run(laptop.package("1.3")).returncode == 0
    assert laptop.folders() == ["app-1.0", "app-1.3"]  # the version before is kept, older ones go


def test_nothing_to_go_back_to(laptop: Laptop) -> None:
    package = laptop.package("1.0")
    assert laptop.run(package).returncode == 0
    refused = laptop.run(package, "--rollback")
    assert refused.returncode == 4 and laptop.at("current") == "app-1.0"


@pytest.mark.parametrize("kept", [0.1, 0.6, 0.99])
def test_a_half_copied_file_changes_nothing(laptop: Laptop, kept: float) -> None:
    assert laptop.run(laptop.package("1.0")).returncode == 0
    whole = laptop.package("1.1")
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * kept)])
    assert laptop.run(whole).returncode != 0
    assert (laptop.at("current"), laptop.folders()) == ("app-1.0", ["app-1.0"])


def test_a_changed_byte_is_refused_as_damaged(laptop: Laptop) -> None:
    package = laptop.package("1.0")
    package.write_bytes(package.read_bytes()[:-4] + b"oops")
    assert laptop.run(package).returncode == 7 and not laptop.base.exists()


def test_a_downgrade_needs_to_be_asked_for(laptop: Laptop) -> None:
    old = laptop.package("1.9")
    assert laptop.run(laptop.package("1.10")).returncode == 0
    refused = laptop.run(old)
    assert refused.returncode == 8 and "--rollback" in refused.stderr and laptop.at("current") == "app-1.10"
    assert laptop.run(old, "--downgrade").returncode == 0
    assert (laptop.at("current"), laptop.at("previous")) == ("app-1.9", "app-1.10")


def test_a_folder_that_may_not_be_written_is_said(laptop: Laptop) -> None:
    (laptop.home / ".local").mkdir()
    (laptop.home / ".local" / "share").write_text("in the way")
    refused = laptop.run(laptop.package("1.0"))
    assert refused.returncode == 6 and "may not be written" in refused.stderr


def test_a_full_disk_is_said_and_leaves_the_installed_version(laptop: Laptop) -> None:
    package = laptop.package("1.1")
    assert laptop.run(laptop.package("1.0")).returncode == 0
    full = laptop.folder / "full"
    full.mkdir()
    (full / "tar").write_text("#!/bin/sh\necho 'tar: No space left on device' >&2\nexit 2\n")
    (full / "tar").chmod(0o755)
    refused = laptop.run(package, PATH=f"{full}:{os.environ['PATH']}")
    assert refused.returncode == 6 and "disk is full" in refused.stderr
    assert sorted(path.name for path in laptop.base.iterdir() if path.name.startswith(".")) == []
    assert laptop.folders() == ["app-1.0"]


def test_a_running_version_is_neither_replaced_nor_removed(laptop: Laptop) -> None:
    package = laptop.package("1.0")
    assert laptop.run(package).returncode == 0
    sleeper = laptop.base / "app-1.0" / "sleeper"
    shutil.copy("/bin/sleep", sleeper)
    with subprocess.Popen([sleeper, "60"]) as running:
        try:
            for asked in ([package], [package, "--uninstall"]):
                refused = laptop.run(*asked)
                assert refused.returncode == 5 and "running" in refused.stderr
            for version in ("1.1", "1.2"):  # a newer one goes beside it, and it stays until it is closed
                assert laptop.run(laptop.package(version)).returncode == 0
            assert laptop.folders() == ["app-1.0", "app-1.1", "app-1.2"]
        finally:
            running.kill()


@pytest.mark.parametrize(("asked", "kept"), [(("--uninstall",), True), (("--uninstall", "--purge"), False)])
def test_uninstalling_keeps_the_data_unless_told(laptop: Laptop, asked: tuple[str, ...], kept: bool) -> None:
    package = laptop.package("1.0")
    assert laptop.run(package).returncode == 0
    laptop.data.mkdir()
    (laptop.data / "mine").write_text("mine")
    assert laptop.run(package, *asked).returncode == 0
    assert not laptop.base.exists() and (laptop.data / "mine").exists() is kept
    left = [path for path in laptop.home.rglob("*orchlight*") if path != laptop.data]
    assert left == []


@pytest.mark.parametrize(("answer", "kept"), [("y", False), ("n", True), ("", True)])
def test_uninstalling_asks_a_person_about_the_data(laptop: Laptop, answer: str, kept: bool) -> None:
    import pty

    package = laptop.package("1.0")
    assert laptop.run(package).returncode == 0
    laptop.data.mkdir()
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "HOME": str(laptop.home)}
    os.write(ours, f"{answer}\n".encode())
    done = subprocess.run(
        ["sh", package, "--uninstall"], env=env, stdin=theirs, text=True, capture_output=True, timeout=60
    )
    os.close(ours)
    os.close(theirs)
    assert "cannot be brought back" in done.stdout
    assert laptop.data.exists() is kept and not laptop.base.exists()
