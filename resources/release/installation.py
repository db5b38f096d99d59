"""How this copy of Porchlight came onto the laptop, which decides how it is updated and taken back."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

WINDOWS = sys.platform == "win32"
PORTABLE = "portable.txt"
USER_SCRIPT, MACHINE_SCRIPT = "install-user.sh", "machine.sh"
UNINSTALLER, WAIT = "Uninstall.exe", "_?="


@dataclass(frozen=True)
class Installation:
    """`kind`: source, portable, user (no rights needed) or machine (for all who use the laptop).

    `program` is the folder of this version; its parent holds the version before it too.
    """

    kind: str
    program: Path
    windows: bool = WINDOWS

    @property
    def by_administrator(self) -> bool:
        """True where only Windows Installer, run by an administrator, may change what is there."""
        return self.windows and self.kind == "machine"

    @property
    def base(self) -> Path:
        return self.program.parent

    def package(self, version: str) -> str:
        """The name of the file in a release that brings `version` to a copy like this one."""
        names = {
            ("user", False): f"porchlight-{version}-linux-x86_64.run",
            ("machine", False): f"porchlight_{version}_amd64.deb",
            ("portable", False): f"Porchlight-{version}-linux-portable.tar.gz",
            ("user", True): f"Porchlight-{version}-setup.exe",
            ("machine", True): f"Porchlight-{version}-x64.msi",
            ("portable", True): f"Porchlight-{version}-windows-portable.zip",
        }
        return names[self.kind, self.windows]

    def installing(self, package: Path) -> list[str]:
        """The command that puts a checked package in place, silently."""
        commands = {
            ("user", False): ["sh", str(package)],
            ("machine", False): ["sh", str(self.base / MACHINE_SCRIPT), "--install", str(package)],
            ("user", True): [str(package), "/S"],
        }
        return commands[self.kind, self.windows]

    def going_back(self) -> list[str]:
        """The command that puts the version before this one in its place again."""
        if (
            self.windows
        ):  # the last argument makes it wait; without it a copy goes on, and nobody hears its code
            return [str(self.base / UNINSTALLER), "/S", "/ROLLBACK", f"{WAIT}{self.base}"]
        script = USER_SCRIPT if self.kind == "user" else MACHINE_SCRIPT
        return ["sh", str(self.base / script), "--rollback"]


def this_copy() -> Installation:
    """The installation this process was started from."""
    program = Path(sys.executable).resolve().parent
    if not getattr(sys, "frozen", False):
        return Installation("source", program)
    if (program / PORTABLE).exists():
        return Installation("portable", program)
    own = UNINSTALLER if WINDOWS else USER_SCRIPT
    return Installation("user" if (program.parent / own).exists() else "machine", program)
