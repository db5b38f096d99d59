"""The process beside the window: same answers, stopped at once, and never anything half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from resources.directory.duplicates import Pair
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange import away as away_module
from resources.exchange.away import Away
from resources.exchange.changes import compare
from resources.exchange.reading import read_list
from resources.exchange.review import Changes, Twin

Write = Callable[..., Path]


class Cancelled(Exception):
    pass


def going(_done: int, _of: int) -> None:
    """Nobody presses Cancel."""


def cancel_when(wanted: Callable[[int, int], bool]) -> Callable[[int, int], None]:
    def progress(done: int, of: int) -> None:
        if wanted(done, of):
            raise Cancelled

    return progress


@pytest.fixture
def away(directory: Directory) -> Iterator[Away]:
    made = Away(directory.folder, "AB")
    yield made
    made.close(wait=True)


@pytest.fixture
def listed(write: Write) -> Path:
    rows = (f"{n},Hope House {n},(406) 555-01{n % 100:02},Forsyth\n" for n in range(1_500))
    return write("id,name,phone,city\n" + "".join(rows), "county.csv")


def test_it_reads_compares_and_writes_as_this_process_would(
    away: Away, directory: Directory, listed: Path
) -> None:
    read = away.read(listed, None, {}, going)
    assert [c.field for c in read.columns] == ["id", "name", "phone", "city"]
    assert (read.providers, read.tables[0].rows) == ((), ()), "what nobody looks at stays there"
    changes = away.compare(going)
    assert changes == compare(directory, read_list(listed))
    assert away.apply((), (), False, going)
    assert directory.count() == 1_500
    assert directory.undo_label() == "Import of county"


def test_many_doubles_come_back_as_they_were(directory: Directory, listed: Path) -> None:
    found = compare(directory, read_list(listed))
    pairs = tuple(Pair(f"a{n}", f"b{n}", 0.9, ("name",)) for n in range(2_500))
    twins = {f"a{n}": Twin(f"Hope House {n}", ("", "Forsyth"), n % 2 == 0) for n in range(2_500)}
    changes = replace(found, duplicates=pairs, twins=twins)
    pieces = away_module._taken_apart(changes)
    assert away_module._put_together(pieces) == changes
    assert max(map(len, pieces[2:])) < 200_000, "each is made in a few milliseconds"


def test_a_list_that_is_refused_is_refused_in_the_same_words(away: Away, write: Write) -> None:
    for _ in range(2):  # and the process goes on
        with pytest.raises(ToolkitError) as refused:
            away.read(write("name,phone\n", "empty.csv"), None, {}, going)
        assert (refused.value.key, refused.value.data) == ("exchange.empty", {"file": "empty.csv"})


def test_cancel_is_heard_while_reading_and_the_next_list_is_read(away: Away, listed: Path) -> None:
    with pytest.raises(Cancelled):
        away.read(listed, None, {}, cancel_when(lambda _done, _of: True))
    assert away.read(listed, None, {}, going).columns


@pytest.mark.parametrize("at", [0, 500, 1_000])
def test_writing_that_is_cancelled_writes_nothing(
    away: Away, directory: Directory, listed: Path, at: int
) -> None:
    before = directory.content_hash()
    away.read(listed, None, {}, going)
    away.compare(going)
    with pytest.raises(Cancelled):
        away.apply((), (), False, cancel_when(lambda done, _of: done >= at))
    assert directory.content_hash() == before
    assert directory.undo_label() is None


def test_a_process_that_dies_is_one_sentence_and_leaves_the_directory_as_it_was(
    away: Away, directory: Directory, listed: Path
) -> None:
    before = directory.content_hash()
    away.read(listed, None, {}, going)
    away.compare(going)

    def die(done: int, _of: int) -> None:
        if done:
            away._process.kill()

    with pytest.raises(ToolkitError) as ended:
        away.apply((), (), False, die)
    assert ended.value.key == "exchange.away_ended"
    assert directory.content_hash() == before


def test_what_was_changed_meanwhile_is_shown_again_before_it_is_written(
    away: Away, directory: Directory, write: Write
) -> None:
    first = "id,name,phone,city\n1,Hope House,(406) 555-0142,Forsyth\n"
    path = write(first, "partners.csv")
    away.read(path, None, {}, going)
    away.compare(going)
    assert isinstance(away.apply((), (), False, going), str)
    write(first.replace("Forsyth", "Colstrip"), "partners.csv")
    away.read(path, None, {}, going)
    assert len(away.compare(going).changed) == 1
    directory.save(replace(directory.all()[0], place=replace(directory.all()[0].place, city="Lame Deer")))
    again = away.apply((), (), False, going)
    assert isinstance(again, Changes)
    assert (len(again.changed), len(again.disputed)) == (0, 1)
    assert directory.all()[0].place.city == "Lame Deer"
    assert away.apply((), (), False, going) == "", "now it was seen; nothing was accepted, nothing is written"
