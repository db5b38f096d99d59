"""A first launch has the national lines; an agency's own changes to them stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from resources.home import open_directory
from resources.starter import hotlines


def test_the_real_directory_starts_with_national_lines_only(tmp_path: Path) -> None:
    with open_directory(tmp_path) as directory:
        assert {p.id for p in directory.all()} == {line.id for line in hotlines()}
        assert directory.undo_label() is None


def test_training_is_a_directory_of_its_own(tmp_path: Path) -> None:
    with open_directory(tmp_path, training=True) as directory:
        assert sum(p.training for p in directory.all()) >= 20
    with open_directory(tmp_path) as directory:
        assert not any(p.training for p in directory.all())


def test_what_the_agency_changed_or_retired_stays_so(tmp_path: Path) -> None:
    with open_directory(tmp_path) as directory:
        first, second = directory.all()[:2]
        directory.save(replace(first, cover_name="Our own name"))
        directory.retire(second.id)
    with open_directory(tmp_path) as directory:
        assert directory.get(first.id).cover_name == "Our own name"
        assert directory.get(second.id).retired
