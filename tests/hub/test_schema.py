"""What the database itself refuses, whoever asks: forks, gaps, changes, and other agencies' rows."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import errors

from hub import schema
from hub.store import Hub
from resources.errors import ToolkitError

Login = Callable[..., str]
A, B = "a" + "1" * 12, "a" + "2" * 12
DEVICE = "d" + "3" * 12
START, ONE, TWO, OTHER = bytes(32), b"1" * 32, b"2" * 32, b"3" * 32


@pytest.fixture
def desk(login: Login) -> Iterator[psycopg.Connection]:
    with psycopg.connect(login(A), autocommit=True) as connection:
        yield connection


def add(
    connection: psycopg.Connection, first: int, last: int, prev: bytes, chain: bytes, agency: str = A
) -> None:
    connection.execute(
        "insert into porchlight.segment (agency, device, first, last, prev, chain)"
        " values (%s, %s, %s, %s, %s, %s)",
        (agency, DEVICE, first, last, prev, chain),
    )


def test_a_fork_or_a_gap_cannot_be_stored(desk: psycopg.Connection) -> None:
    add(desk, 1, 5, START, ONE)
    add(desk, 6, 9, ONE, TWO)
    for first, last, prev, chain in (
        (1, 5, START, OTHER),  # another beginning
        (1, 3, START, OTHER),  # a shorter one
        (6, 9, ONE, OTHER),  # another continuation
        (6, 7, ONE, TWO),
    ):
        with pytest.raises(errors.UniqueViolation):
            add(desk, first, last, prev, chain)
    for first, last, prev, chain in (
        (10, 12, OTHER, secrets.token_bytes(32)),  # follows what is not here
        (11, 12, TWO, secrets.token_bytes(32)),  # leaves a number out
        (9, 12, TWO, secrets.token_bytes(32)),
    ):
        with pytest.raises(errors.ForeignKeyViolation):
            add(desk, first, last, prev, chain)
    for first, last, prev in ((2, 3, START), (1, 3, OTHER), (10, 9, TWO), (10, 10 + 5000, TWO)):
        with pytest.raises(errors.CheckViolation):
            add(desk, first, last, prev, secrets.token_bytes(32))
    assert desk.execute("select count(*) from porchlight.segment").fetchone() == (2,)


def test_rows_are_added_and_never_changed_or_removed(desk: psycopg.Connection) -> None:
    add(desk, 1, 5, START, ONE)
    for table in ("segment", "body", "roster", "access", "migration"):
        for words in ("delete from {}", "truncate {}", "update {} set {} = default", "drop table {}"):
            column = {"access": "login", "migration": "number"}.get(table, "agency")
            with pytest.raises(errors.InsufficientPrivilege):
                desk.execute(words.format(f"porchlight.{table}", column).encode())
    for words in (
        "create table porchlight.mine (n int)",
        "create table public.mine (n int)",
        f"insert into porchlight.access values (current_user, '{B}', true)",
        "alter table porchlight.body disable row level security",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            desk.execute(words.encode())


def test_an_agency_sees_and_adds_only_its_own(desk: psycopg.Connection, login: Login, owner: Hub) -> None:
    add(desk, 1, 5, START, ONE)
    with pytest.raises(errors.InsufficientPrivilege):
        add(desk, 1, 5, START, OTHER, agency=B)
    with psycopg.connect(login(B), autocommit=True) as other:
        assert other.execute("select count(*) from porchlight.segment").fetchone() == (0,)
        assert other.execute("select agency from porchlight.access").fetchall() == [(B,)]
        add(other, 1, 5, START, OTHER, agency=B)  # nobody can stand in the way of another agency's laptop
    with psycopg.connect(login(A, B, publishes=False), autocommit=True) as reader:
        assert reader.execute("select count(*) from porchlight.segment").fetchone() == (2,)
        with pytest.raises(errors.InsufficientPrivilege):
            add(reader, 6, 7, ONE, TWO)
    assert len(owner.totals()) == 2 and owner.size() > 0


def test_who_only_publishes_reads_no_file(desk: psycopg.Connection, owner: Hub) -> None:
    add(desk, 1, 5, START, ONE)
    desk.execute("insert into porchlight.body values (%s, %s, %s, 0, %s, 'secret')", (A, DEVICE, START, ONE))
    owner.connection.execute(f"revoke porchlight_reader from {desk.info.user}".encode())
    assert desk.execute("select bare from porchlight.body").fetchone() == (0,)
    with pytest.raises(errors.InsufficientPrivilege):
        desk.execute("select raw from porchlight.body")
    with pytest.raises(errors.CheckViolation):
        desk.execute(
            "insert into porchlight.body values (%s, %s, %s, 1, %s, %s)",
            (A, DEVICE, START, ONE, bytes(20971521)),
        )


def test_setting_up_again_changes_nothing(owner: Hub, login: Login) -> None:
    assert schema.setup(owner) == 0
    login(A)
    owner.connection.execute("insert into porchlight.migration values (99)")
    with pytest.raises(ToolkitError, match="other_version"):
        schema.setup(owner)


def test_only_fit_names_are_admitted(owner: Hub, login: Login) -> None:
    for name, agency, key in (
        ("x; drop table y", A, "login_unfit"),
        ("Robert", A, "login_unfit"),
        ("t_desk", "a1", "agency_unfit"),
        ("postgres", A, "login_is_more"),
    ):
        with pytest.raises(ToolkitError, match=key):
            schema.admit(owner, name, agency, [], publishes=True)
    name = login(A).rpartition("user=")[2]
    schema.admit(owner, name, B, [A], publishes=False)
    rows = owner.connection.execute(
        "select agency, publishes, pg_has_role(login, 'porchlight_publisher', 'member')"
        " from porchlight.access where login = %s order by 1",
        (name,),
    )
    assert rows.fetchall() == [(A, False, False), (B, False, False)]
