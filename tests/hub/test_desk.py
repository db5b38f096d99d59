"""Real laptops whose desks publish and pull: the same road as a stick, also for a street that must go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from hub.commands import main
from hub.store import Hub
from resources.directory.derived import NoIndex
from resources.directory.provider import Place, Provider
from resources.directory.store import Directory
from resources.updates import joining
from resources.updates.exchange import exchange, give
from resources.updates.medium import Folder
from resources.updates.segments import Sealed, unpack
from resources.updates.trust import Trust

Login = Callable[..., str]
STREET = "12 Main Street"
PLACE = Provider(id="asha", name="Asha Shelter", place=Place(STREET, "Forsyth", "30087", "MT", "59327"))


@dataclass
class Desk:
    """A laptop and the folder on its desk machine."""

    directory: Directory
    folder: Path

    def exchange(self) -> None:
        done = exchange(self.directory, self.folder, phones=None, confirm_retire=True, names_seen=True)
        assert not done.refusals

    def holds(self, words: str) -> bool:
        """Whether a file in the folder says this; operations are packed, so look as a laptop would."""
        files = [path.read_bytes() for path in self.folder.glob("porchlight/d*/*.seg")]
        return any(words in body for raw in files for body in unpack(raw[len(Sealed.read(raw).raw) :]))


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two laptops of one agency, joined by a stick."""
    with ExitStack() as stack:
        a, b = (
            stack.enter_context(
                Directory.open(tmp_path / name, who=name, today=lambda: date(2026, 11, 28), index=NoIndex())
            )
            for name in "ab"
        )
        for name in ("stick", "desk a", "desk b"):
            (tmp_path / name).mkdir()
        stick = Folder(tmp_path / "stick")
        Trust(a).create("Rosebud County", "Front desk")
        give(a, stick)
        joining.admit(a, stick, code := joining.ask(b, stick, "Car 2").code)
        joining.ask(b, stick, "Car 2", typed=code)
        yield Desk(a, tmp_path / "desk a"), Desk(b, tmp_path / "desk b")


@pytest.fixture
def run(desks: tuple[Desk, Desk], login: Login, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    address = login(Trust(desks[0].directory).agency)

    def go(*arguments: str | Path) -> str:
        assert main(["--server", address, *map(str, arguments)]) == 0
        return capsys.readouterr().out

    return go


def test_two_desks_agree_through_the_hub(desks: tuple[Desk, Desk], run: Callable[..., str]) -> None:
    a, b = desks
    a.directory.save(PLACE)
    a.exchange()
    assert run("publish", a.folder) == "Published 1 segment; 0 were there already.\n"
    assert run("publish", a.folder) == "Published 0 segments; 1 were there already.\n"
    assert run("pull", b.folder) == "Pulled 1 segment with 1 changes. Exchange with this folder now.\n"
    b.exchange()
    assert b.directory.get("asha") == PLACE
    b.directory.record_check("asha", "answered")
    b.exchange()
    run("publish", b.folder)
    assert "Pulled 1 segment" in run("pull", a.folder)
    a.exchange()
    assert a.directory.content_hash() == b.directory.content_hash()
    assert run("pull", a.folder) == "The hub has nothing new for this folder.\n"
    assert "2 segments with 2 changes of 2 laptops" in run("status")


def test_a_laptop_may_alternate_between_stick_and_hub(
    desks: tuple[Desk, Desk], run: Callable[..., str], tmp_path: Path
) -> None:
    a, b = desks
    stick = tmp_path / "stick"
    for n in range(3):
        a.directory.save(replace(PLACE, cost=f"${n}"))
        Desk(a.directory, stick).exchange()
        Desk(b.directory, stick).exchange()
        b.directory.record_check("asha", "answered")
        b.exchange()
        a.exchange()
        for folder in (b.folder, a.folder, stick):
            run("publish", folder)
        run("pull", a.folder)
        a.exchange()
    run("pull", b.folder)
    b.exchange()
    assert a.directory.content_hash() == b.directory.content_hash()
    assert len(a.directory.get("asha").checks) == 3 and a.directory.conflicts() == []


def test_a_street_that_must_go_goes_from_every_folder_and_from_the_hub(
    desks: tuple[Desk, Desk], run: Callable[..., str], owner: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = desks
    a.directory.save(PLACE)
    a.exchange()
    run("publish", a.folder)
    run("pull", b.folder)
    assert b.holds(STREET)
    stale = {path: path.read_bytes() for path in b.folder.glob("porchlight/d*/*.seg")}
    a.directory.save(replace(PLACE, place=replace(PLACE.place, confidential=True)))
    a.exchange()
    assert "Published 2 segments" in run("publish", a.folder), (
        "the new word, and the old file without streets"
    )
    assert "Pulled 2 segments" in run("pull", b.folder)
    assert not a.holds(STREET) and not b.holds(STREET)
    b.exchange()
    for path, data in stale.items():
        path.write_bytes(data)  # a folder put back from an old copy
    run("publish", b.folder)
    assert "Pulled 1 segment" in run("pull", b.folder) and not b.holds(STREET)
    assert main(["--server", _owners(owner), "forget"]) == 0
    assert capsys.readouterr().out == "Removed 1 file with streets that were taken out since.\n"
    assert owner.connection.execute(
        "select array_agg(bare order by bare) from porchlight.body"
    ).fetchone() == ([0, 1],)
    assert run("pull", b.folder) == "The hub has nothing new for this folder.\n"


def _owners(owner: Hub) -> str:
    info = owner.connection.info
    return f"host={info.host} port={info.port} dbname={info.dbname} user={info.user}"
