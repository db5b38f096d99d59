"""A directory an older version wrote, and one that is ten years old, open whole (threat model, test 50)."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from resources.directory import migrations
from resources.directory.store import Directory
from resources.errors import ToolkitError

OLD = Path(__file__).parents[3] / "old_data"
NAMES = sorted(path.parent.name for path in OLD.glob("*/expected.json"))
spec = importlib.util.spec_from_file_location("old_data_make", OLD / "make.py")
assert spec and spec.loader
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)


@pytest.fixture(params=NAMES)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of one of them, as it would lie on a laptop."""
    return Path(shutil.copytree(OLD / request.param, tmp_path / "directory"))


def test_there_is_one_of_each_kind() -> None:
    assert {"2016", "before-0.1.0"} <= set(NAMES)


def test_it_opens_whole_and_can_be_worked_with(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    with Directory.open(folder) as directory:
        found = {p.id: [p.name, [phone.number for phone in p.phones]] for p in directory.all()}
        assert found == expected["entries"]
        assert sorted(p.id for p in directory.all(retired=True) if p.retired) == expected["retired"]
        operations = directory.connection.execute("select count(*) from op").fetchone()[0]
        assert (operations, make.digest(directory.connection)) == (expected["operations"], expected["digest"])
        assert [len(directory.history(f"p{n}")) for n in range(6)] == expected["history"]
        directory.record_check("p6", "answered", "AB")
        directory.rebuild()
        assert directory.undo()
        assert migrations.pending(directory.connection) == []


def test_a_file_that_must_take_a_step_is_copied_first(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(OLD / "before-0.1.0", tmp_path / "directory"))
    before = (folder / "directory.db").read_bytes()
    with Directory.open(folder) as directory:
        [snapshot] = directory.backups()
    with (
        pytest.MonkeyPatch.context() as older
    ):  # the version that wrote it reads the snapshot, not the new file
        older.setattr(migrations, "STEPS", migrations.STEPS[:2])
        changed = (folder / "directory.db").read_bytes()
        with pytest.raises(ToolkitError, match=r"store\.newer"):
            Directory.open(folder)
        assert (folder / "directory.db").read_bytes() == changed != before
        Directory.restore(folder, snapshot)
        with Directory.open(folder) as back:
            assert back.count() == 11
