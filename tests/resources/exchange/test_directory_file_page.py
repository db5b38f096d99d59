"""The page about the plain database says what is in the file, and its questions work on a real list."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange.changes import apply, compare
from resources.exchange.export import write_list
from resources.exchange.plain_database import ABOUT
from resources.exchange.reading import read_list

PAGE = (Path(__file__).parents[3] / "docs" / "directory-file.md").read_text(encoding="utf-8")


@pytest.fixture
def file(sample_data: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A real list, imported and written as a plain database."""
    folder = tmp_path
    with Directory.open(folder / "own") as directory:
        apply(directory, compare(directory, read_list(sample_data / "07-philadelphia-flat" / "rapper.csv")))
        write_list(directory, folder / "plain.db", "sqlite")
    with closing(sqlite3.connect(folder / "plain.db")) as plain:
        yield plain


def test_the_page_names_each_table_and_column_with_its_meaning() -> None:
    tables = dict(re.findall(r"^### (\w+)\n\n((?:\|.*\n)+)", PAGE, re.MULTILINE))
    assert list(tables) == [*ABOUT, "about"]
    for table, meanings in ABOUT.items():
        assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", tables[table], re.MULTILINE)) == dict(meanings)


def test_the_file_holds_what_the_page_names(file: sqlite3.Connection) -> None:
    for table, meanings in ABOUT.items():
        columns = [row[1] for row in file.execute(f"pragma table_info({table})")]
        assert columns == (list(meanings) if table == "providers" else ["provider_id", *list(meanings)[1:]])
    assert (
        dict(file.execute('select "column", meaning from about where "table" = \'spans\'')) == ABOUT["spans"]
    )


def test_the_questions_of_the_page_are_answered(file: sqlite3.Connection) -> None:
    questions = re.findall(r"```sql\n(.+?)```", PAGE, re.DOTALL)
    answers = [file.execute(question).fetchall() for question in questions]
    assert len(answers) == 3
    assert answers[0] and answers[2]
    assert all(name and isinstance(name, str) for name, *_ in answers[0])


@pytest.mark.parametrize("name", ["directory.db", "device.key", "backups/2026.pbk"])
def test_an_export_never_replaces_the_directory_itself(tmp_path: Path, name: str) -> None:
    with Directory.open(tmp_path / "own") as directory:
        before = (tmp_path / "own" / "directory.db").read_bytes()
        for format in ("sqlite", "csv"):
            with pytest.raises(ToolkitError, match="own_folder"):
                write_list(directory, tmp_path / "own" / name, format)
        assert (tmp_path / "own" / "directory.db").read_bytes() == before
