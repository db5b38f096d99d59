"""What a person reads when there is no connection; no password in it, and none on an unproved line."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from hub import server as hub_server
from hub.commands import main
from hub.server import connected, settings
from resources.errors import ToolkitError
from tests.hub.postgres import SECRET, Server

Login = Callable[..., str]
A = "a" + "1" * 12


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(hub_server, "WAITS", (0.01, 0.01))
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PGHOST", "PGSERVICE", "PGSSLMODE", "PGSSLROOTCERT", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def desk(server: Server, database: str, login: Login) -> str:
    """A login with a password; gives its address over the network."""
    name = login(A).rpartition("user=")[2]
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"alter role {name} password '{SECRET}'".encode())
    return server.network(database, name)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert not out and err.count("\n") == 1, "one sentence"
    return err


def test_the_password_comes_from_the_password_file_and_is_never_said(
    desk: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "there is none for this login" in said(capsys, "--server", desk, "status")
    (tmp_path / "pgpass").write_text(f"*:*:*:*:not {SECRET}")
    (tmp_path / "pgpass").chmod(0o600)
    wrong = said(capsys, "--server", desk, "status")
    assert "did not accept the login or its password" in wrong and SECRET not in wrong
    (tmp_path / "pgpass").write_text(f"*:*:*:*:{SECRET}")
    assert main(["--server", desk, "status"]) == 0
    assert f"publishes for: {A}" in capsys.readouterr().out
    refused = said(capsys, "--server", f"{desk} password='{SECRET}'", "status")
    assert "holds a password" in refused and SECRET not in refused


def test_each_obstacle_has_its_sentence(
    server: Server, database: str, desk: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = str(tmp_path)
    nowhere = server.network(database, "t_x", port=1)
    assert "does not answer" in said(capsys, "--server", nowhere, "status")
    assert "does not answer" in said(capsys, "--server", nowhere, "pull", folder)
    assert "not understood" in said(capsys, "--server", "nonsense", "status")
    assert "is not set up" in said(capsys, "--server", server.address("template1"), "status")
    assert "did not let this login in" in said(capsys, "--server", server.address("none"), "status")
    local = server.address(database, desk.rpartition("user=")[2])
    assert "may not do that" in said(capsys, "--server", local, "admit", "t_y", A)
    assert "is no folder" in said(capsys, "--server", local, "pull", folder + "/none")
    with psycopg.connect(server.address(database), autocommit=True) as owner:
        owner.execute("update porchlight.migration set number = 2")
    assert "was set up in version 2, this program needs 1" in said(capsys, "--server", local, "status")


def test_a_network_address_is_only_used_with_proof_of_the_name() -> None:
    found = settings("host=hub.example dbname=hub")
    assert found["sslmode"] == "verify-full" and found["sslrootcert"] == "system"
    assert found["require_auth"] == "!password,!md5"
    for mode in ("disable", "prefer", "require", "verify-ca"):
        with pytest.raises(ToolkitError, match="weak_tls"):
            settings(f"host=hub.example sslmode={mode}")
    assert "sslmode" not in settings("host=/run/postgresql dbname=hub")
    assert settings("service=hub")["sslmode"] == "verify-full"


@pytest.fixture
def encrypted(server: Server) -> Iterator[Path]:
    """The server with a certificate for `localhost`; gives that certificate."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    server.write("server.crt", made.public_bytes(Encoding.PEM))
    server.write("server.key", private)
    server.control("stop", "-m", "fast")
    server.start("ssl=on", "fsync=off")
    yield server.folder / "data" / "server.crt"
    server.control("stop", "-m", "fast")
    server.start("fsync=off")


def test_a_server_that_cannot_prove_its_name_gets_no_password(
    encrypted: Path, desk: str, tmp_path: Path
) -> None:
    (tmp_path / "pgpass").write_text(f"*:*:*:*:{SECRET}")
    (tmp_path / "pgpass").chmod(0o600)
    proved = desk.replace("host=127.0.0.1", "host=localhost hostaddr=127.0.0.1") + " sslmode=verify-full"
    with connected(f"{proved} sslrootcert={encrypted}") as hub:
        assert hub.connection.pgconn.ssl_in_use
    for address in (f"{proved} sslrootcert=system", f"{desk} sslmode=verify-full sslrootcert={encrypted}"):
        with pytest.raises(ToolkitError, match="no_proof"), connected(address):
            pass
