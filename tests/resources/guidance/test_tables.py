"""The tables of `porchlight check --table` count what is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from resources.guidance import ispeak, tables
from resources.guidance.library import Library


def test_a_topic_is_counted_line_by_line(folder, write_topic) -> None:
    write_topic("one", "## Head\n\nA b c.[^BRO]\n\n- [ ] D.[^OWN]\n- [ ] E.[^BRO][^OWN]\n\nF.[^M]\n\nSee:\n")
    (row,) = tables.topics(Library.load(folder, today=date(2026, 11, 25)))
    assert (row.facts, row.own, row.unconfirmed, row.sources) == (4, 1, 1, 1)
    assert (row.words, row.review_by) == (8, "2027-05-20")


def test_every_pack_is_listed_with_what_a_speaker_marked(tmp_path: Path) -> None:
    before = {row.code: row for row in tables.packs()}
    assert set(before) == set(ispeak.packs())
    assert before["es"].status == "machine" and before["es"].back == before["es"].phrases >= 25
    ispeak.mark_reviewed(tmp_path, "es", "M. Lopez", "2026-11-20")
    (marked,) = [row for row in tables.packs(tmp_path) if row.code == "es"]
    assert (marked.status, marked.by, marked.on) == ("reviewed", "M. Lopez", "2026-11-20")
