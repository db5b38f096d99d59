"""A real PostgreSQL for tests and benchmarks: a new folder, a free port, stopped and removed after.

It is Debian's, or whatever is on the path. The server refuses to run as root, so root runs it as `postgres`.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET = "correct horse battery staple"
ACCESS = """
local all all trust
hostssl all all 127.0.0.1/32 scram-sha-256
hostnossl all all 127.0.0.1/32 scram-sha-256
"""


def programs() -> Path | None:
    """Where initdb and pg_ctl are; None when this machine has no PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("pg_ctl")
    return Path(on_path).resolve().parent if on_path and shutil.which("initdb") else None


@dataclass(frozen=True)
class Server:
    """A running server: through its socket everybody is who they say, through its port with a password."""

    folder: Path
    port: int
    bin: Path

    def address(self, database: str, user: str = "postgres") -> str:
        return f"host={self.folder} port={self.port} dbname={database} user={user}"

    def network(self, database: str, user: str, *, port: int = 0) -> str:
        return f"host=127.0.0.1 port={port or self.port} dbname={database} user={user}"

    def run(self, *command: str | Path) -> None:
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*as_postgres, *map(str, command)], cwd=self.folder, check=True, stdout=subprocess.DEVNULL
        )

    def control(self, *command: str) -> None:
        """pg_ctl start, stop, restart ..."""
        self.run(self.bin / "pg_ctl", "-D", self.folder / "data", "-w", *command)

    def write(self, name: str, data: bytes) -> None:
        """A file in the data folder that the server alone may read."""
        path = self.folder / "data" / name
        path.write_bytes(data)
        path.chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")

    def start(self, *options: str) -> None:
        settings = [
            f"-p {self.port}",
            f"-k {self.folder}",
            "-c listen_addresses=127.0.0.1",
            "-c max_connections=120",
            *(f"-c {option}" for option in options),
        ]
        log = str(self.folder / "log")
        self.control("-l", log, "-o", " ".join(settings), "start")


@contextmanager
def running(*options: str) -> Iterator[Server]:
    """A new server with these settings; everything of it is gone afterwards."""
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="porchlight-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(folder, _free_port(), found)
    try:
        server.run(found / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-N",
                   "-E", "UTF8", "--no-locale", "--data-checksums")  # fmt: skip
        (folder / "data" / "pg_hba.conf").write_text(ACCESS, encoding="ascii")
        server.start(*options)
        try:
            yield server
        finally:
            server.control("stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
