"""Open our CSV and workbook in LibreOffice, save them again, and read both back: nothing may have changed.

    python tests/fuzz/spreadsheets.py [SAMPLES]        (by hand; needs soffice on the path)

Writes the training directory, the naughty strings and formulas (and the lists in SAMPLES), lets LibreOffice
convert each export to a workbook and to CSV without a window, and compares cell by cell what it shows with
what we wrote. Says which cells differ, and whether any cell became a formula.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parents[2]))

from resources import starter
from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from resources.exchange.export import write_list
from resources.exchange.reading import read_list

FORMULAS = (
    "=1+1",
    "+1-2",
    "-3+4",
    "@SUM(1)",
    "\t=1",
    "＝1+1",
    "'=1",
    '=HYPERLINK("http://example.org")',
    "'tis",
)
LISTS = ("07-philadelphia-flat/rapper.csv", "06-florida-flat", "01-hsds-3.2.3-examples/csv")


def providers(samples: Path | None) -> list[Provider]:
    """Entries with whatever a spreadsheet might stumble over."""
    texts = list(FORMULAS)
    made = [*starter.hotlines(), *starter.training_providers(date(2026, 11, 25))]
    if samples:
        texts += json.loads((samples / "20-peer-tests" / "naughty-strings.json").read_text(encoding="utf-8"))
        made += [one for name in LISTS for one in read_list(samples / name).providers]
    return made + [
        Provider(
            id=f"9b2f0c7e-6a2b-4d0e-9f52-{n:012}", name=f"N{n}", description=text, alert=text[:150],
            phones=(Phone("a", "+14065550142", "007"),), place=Place(city=text[:40], postal_code="02145"),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip


def converted(path: Path, kind: str, to: Path) -> Path:
    """What LibreOffice makes of a file; CSV is read and written as UTF-8, every column as it looks."""
    filters = ["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []
    target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true" if kind == "csv" else kind
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{to}/profile", "--headless", *filters,
         "--convert-to", target, "--outdir", str(to), str(path)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return to / f"{path.stem}.{kind}"


def grid(path: Path) -> list[list[str]]:
    """The cells as text; a formula shows as one."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    rows = list(load_workbook(path).active.iter_rows())
    formulas = sum(cell.data_type == "f" for row in rows for cell in row)
    print(f"  {path.name}: {formulas} formulas")
    return [["" if cell.value is None else str(cell.value) for cell in row] for row in rows]


def compare(name: str, wanted: list[list[str]], found: list[list[str]]) -> int:
    """Print and count the cells that differ; line ends inside a cell are LibreOffice's own."""
    differing, by_heading = 0, Counter[str]()
    headings = wanted[0]
    for n, (one, other) in enumerate(zip(wanted, found, strict=True)):
        for heading, mine, theirs in zip(headings, one, [*other, *[""] * len(one)], strict=False):
            if mine.replace("\r", "").strip() != theirs.replace("\r", "").strip():
                differing += 1
                by_heading[heading] += 1
                if by_heading[heading] <= 2:
                    print(f"  {name} row {n + 1}, {heading}: {mine[:60]!r} -> {theirs[:60]!r}")
    print(f"{name}: {len(wanted)} rows, {len(headings)} columns, {differing} cells differ {dict(by_heading)}")
    return differing


def main(samples: str = "") -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {one.id: one for one in providers(Path(samples) if samples else None)}
        with Directory.open(folder / "data") as directory:
            directory.apply(list(made.values()))
            for kind in ("csv", "xlsx"):
                write_list(directory, folder / f"ours.{kind}", kind)
        differing = 0
        for kind in ("csv", "xlsx"):
            for to in ("xlsx", "csv"):
                out = folder / f"{kind}-{to}"
                out.mkdir()
                theirs = converted(folder / f"ours.{kind}", to, out)
                differing += compare(f"{kind} -> {to}", grid(folder / f"ours.{kind}"), grid(theirs))
                back = {one.id: one for one in read_list(theirs, source="ours").providers}
                wanted = {one.id: one for one in read_list(folder / f"ours.{kind}", source="ours").providers}
                same = sum(back.get(identity) == one for identity, one in wanted.items())
                print(f"  read back by us: {same} of {len(wanted)} entries equal")
        print("all cells equal" if not differing else f"{differing} cells differ")


if __name__ == "__main__":
    main(*sys.argv[1:])
