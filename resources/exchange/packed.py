"""Folders and zip archives of lists: which files are tables, read one by one under limits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from resources.errors import ToolkitError
from resources.exchange.decoding import MOST_BYTES, decode, read_bytes
from resources.exchange.hsds_json import tables_of
from resources.exchange.incoming import Table
from resources.exchange.json_text import read_json
from resources.exchange.tables import table_of

_MOST_FILES = 500
_RESERVED = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LEFT_OUT = ("datapackage", "__macosx", "readme", "manifest")


def files_in_folder(folder: Path) -> list[tuple[str, bytes]]:
    """Name and content of the tables directly in a folder, or in its one folder that has some."""
    paths = _lists_in(folder)
    inner = [one for one in sorted(folder.iterdir()) if one.is_dir()] if not paths else []
    for one in inner:
        paths = paths or _lists_in(one)
    if len(paths) > _MOST_FILES:
        raise ToolkitError("exchange.no_table", file=folder.name)
    total = sum(path.stat().st_size for path in paths)
    if total > 4 * MOST_BYTES:
        raise ToolkitError("exchange.too_large", file=folder.name, limit=4 * MOST_BYTES // (1024 * 1024))
    return [(path.name, path.read_bytes()) for path in paths if path.stat().st_size]


def _lists_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_file() and _is_list(path.name)]


def _is_list(name: str) -> bool:
    said = name.casefold()
    return said.endswith((".csv", ".tsv", ".txt", ".json")) and not said.startswith((*_LEFT_OUT, "."))


def is_archive_of_lists(data: bytes) -> bool:
    """True for a zip that holds tables and is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return False
    return "[Content_Types].xml" not in names and any(_is_list(PurePosixPath(name).name) for name in names)


def files_in_archive(data: bytes, file: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of the tables in a zip, read into memory; sizes and names are checked first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if (
            unpacked > MOST_BYTES
            or len(entries) > _MOST_FILES
            or (unpacked > 1024 * 1024 and unpacked > 100 * len(data))
        ):
            raise ToolkitError("exchange.unpacks_too_large", file=file)
        for entry in entries:
            _check_name(entry.filename, file)
        for entry in entries:
            name = PurePosixPath(entry.filename).name
            if entry.is_dir() or not _is_list(name) or entry.filename.casefold().startswith(_LEFT_OUT):
                continue
            try:
                content = archive.read(entry)
            except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError) as problem:
                raise ToolkitError("exchange.damaged_archive", file=file) from problem
            if content:
                yield name, content


def _check_name(name: str, file: str) -> None:
    parts = re.split(r"[/\\]", name.rstrip("/"))
    odd = name.startswith(("/", "\\")) or any(
        part in ("..", "") or ":" in part or _RESERVED.match(part) or not part.isprintable() for part in parts
    )
    if odd:
        raise ToolkitError(
            "exchange.archive_names", file=file, name=name[:80].encode("ascii", "replace").decode()
        )


def tables_in(name: str, data: bytes) -> list[Table]:
    """The tables in one CSV, TSV or JSON file; an empty file has none."""
    if name.casefold().endswith(".json"):
        text = decode(data, name).text
        return tables_of(read_json(text, name), Path(name).stem)
    try:
        return [table_of(data, name)]
    except ToolkitError as problem:
        if problem.key == "exchange.empty":
            return []
        raise


def read_one(path: Path) -> list[Table]:
    """The tables in one JSON file."""
    return tables_in(path.name, read_bytes(path))
