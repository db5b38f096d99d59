"""Two windows over one folder: each sees what the other kept, and nothing is lost or counted twice
(threat model test 48)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from resources.directory import search
from resources.directory.provider import Provider
from resources.directory.store import Directory

Make = Callable[..., Provider]


def names(directory: Directory, text: str, kept: search.Shortlists | None = None) -> list[str]:
    with directory.reading():
        query = search.Query(text, language="en", ways_on=False)
        return [found.name for found in search.find(directory.connection, query, kept).found]


def test_each_sees_what_the_other_kept(tmp_path: Path, make_provider: Make) -> None:
    with Directory.open(tmp_path / "d", who="AB") as one, Directory.open(tmp_path / "d", who="CD") as other:
        kept = search.Shortlists()
        one.save(make_provider(name="Asha Shelter"))
        assert names(other, "asha", kept) == ["Asha Shelter"]
        other.save(make_provider(name="Zebra House"))
        assert names(one, "zebra") == ["Zebra House"] and names(one, "asha") == []
        one.save(make_provider(name="Zebra House", cost="free"))
        assert names(other, "zebra", kept) == ["Zebra House"] and names(other, "asha", kept) == []
        assert {line.who for line in one.history("asha")} == {"AB", "CD"}
        assert other.undo() and one.get("asha") == other.get("asha")
        assert one.get("asha").cost == "" and one.content_hash() == other.content_hash()
        before = one.content_hash()
        other.rebuild()
        assert one.content_hash() == before


def test_both_at_once_lose_nothing(tmp_path: Path, make_provider: Make) -> None:
    folder = tmp_path / "d"
    Directory.open(folder).close()

    def work(who: str) -> None:
        with Directory.open(folder, who=who) as directory:
            for n in range(25):
                directory.save(make_provider(id=f"{who}{n}"), make_provider(name=f"{who} {n}"))

    with ThreadPoolExecutor() as both:
        list(both.map(work, ("AB", "CD")))
    with Directory.open(folder) as directory:
        assert directory.count() == 51
        rows = directory.connection.execute("select count(*), count(distinct n), max(n) from op").fetchone()
        assert rows[0] == rows[1] == rows[2]
        before = directory.content_hash()
        directory.rebuild()
        assert directory.content_hash() == before
