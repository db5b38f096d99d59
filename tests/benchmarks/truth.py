"""How often the directory is right, against plain libraries on the same cases: duplicates, hours, phones.

    python tests/benchmarks/truth.py

Baselines of the same run: for duplicates RapidFuzz's `token_sort_ratio` over name and address, at the cut-off
that suits it best; for hours `dateutil.rrule` handed the fields of the row; for phones `phonenumbers` reading
the cell as a number of the United States.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import phonenumbers
from dateutil.rrule import rrulestr
from rapidfuzz import fuzz

from resources.directory import duplicates, opening, phones
from resources.directory.provider import Provider
from tests.conftest import SAMPLE_DATA
from tests.resources.directory.find.test_duplicates import labelled

PEERS = SAMPLE_DATA / "20-peer-tests"
LEAST = 0.95
Pairs = set[tuple[str, str]]


def agreement(found: Pairs, truth: Pairs) -> tuple[float, float]:
    """Precision and F1."""
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / len(truth)
    return precision, 2 * precision * recall / max(1e-9, precision + recall)


def ours(providers: list[Provider]) -> Pairs:
    return {(pair.a, pair.b) for pair in duplicates.pairs(providers)}


def alike(providers: list[Provider]) -> list[tuple[float, tuple[str, str]]]:
    """Every two entries and how alike their names and addresses are."""
    said = [(p.id, f"{p.name} {p.place.street} {p.place.postal_code}".lower()) for p in providers]
    return [
        (likeness, (a, b))
        for (a, one), (b, other) in combinations(said, 2)
        if (likeness := fuzz.token_sort_ratio(one, other, score_cutoff=60))
    ]


def same_service() -> None:
    providers, truth = labelled(SAMPLE_DATA / "09-early-childhood-labelled" / "sites.csv")
    start = time.process_time()
    found = ours(providers)
    took = time.process_time() - start
    start = time.process_time()
    likely = alike(providers)
    took_base = time.process_time() - start
    precision, f1 = agreement(found, truth)
    cut = max(range(60, 100), key=lambda cut: agreement({p for s, p in likely if s >= cut}, truth)[1])
    plain, plain_f1 = agreement({pair for score, pair in likely if score >= cut}, truth)
    kept = "kept" if precision >= LEAST and f1 >= LEAST else "BROKEN"
    print(f"duplicates: {len(providers)} entries, {len(truth)} pairs that are the same")
    print(f"  ours                        precision {precision:.3f}  F1 {f1:.3f}  processor {took:.2f} s"
          f"   promised {LEAST} and {LEAST}: {kept}")  # fmt: skip
    print(f"  token_sort_ratio from {cut}    precision {plain:.3f}  F1 {plain_f1:.3f}"
          f"  processor {took_base:.2f} s")  # fmt: skip
    print(f"  pairs missed or wrong: {(1 - f1) / (1 - plain_f1):.2f}x those of the baseline (1 - F1)")


def days_of_ours(row: dict[str, str], first: date, last: date) -> list[str]:
    return [day.isoformat() for day in opening.dates(opening.from_hsds([row]), first, last)]


def days_of_dateutil(row: dict[str, str], first: date, last: date) -> list[str]:
    names = ("freq", "interval", "byday", "bymonthday", "wkst", "count")
    text = ";".join(f"{name.upper()}={row[name]}" for name in names if row.get(name))
    rule = rrulestr(text, dtstart=datetime.fromisoformat(row["dtstart"]))
    between = rule.between(datetime(*first.timetuple()[:3]), datetime(*last.timetuple()[:3]), inc=True)
    return [day.date().isoformat() for day in between]


def hours() -> None:
    vectors = json.loads((PEERS / "schedule-vectors.json").read_text("utf-8"))
    print(f"opening hours: {len(vectors)} rows of schedule-vectors.json")
    answers: dict[str, Callable[[dict[str, str], date, date], list[str]]] = {
        "ours": days_of_ours, "dateutil.rrule": days_of_dateutil,
    }  # fmt: skip
    for name, answer in answers.items():
        right = 0
        for vector in vectors:
            first, last = (date.fromisoformat(day) for day in vector["window"])
            with suppress(ValueError):  # refused: no answer is not a right one
                right += answer(vector["schedule"], first, last) == vector["expected_dates"]
        verdict = (
            "" if name != "ours" else f"   promised all: {'kept' if right == len(vectors) else 'BROKEN'}"
        )
        print(f"  {name:27} {right} right of {len(vectors)}{verdict}")


def read_by_ours(cell: str) -> list[str]:
    return [
        p.number + (f";ext={p.extension}" if p.extension else "")
        for p in phones.read(cell).phones
        if p.number
    ]


def read_by_phonenumbers(cell: str) -> list[str]:
    try:
        number = phonenumbers.parse(cell, "US")
    except phonenumbers.NumberParseException:
        return []
    said = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return [said + (f";ext={number.extension}" if number.extension else "")]


def numbers() -> None:
    with (PEERS / "phone-cases.csv").open(encoding="utf-8", newline="") as file:
        cases = [
            (row["raw"], row["expected"].split(" | ") if row["expected"] else [])
            for row in csv.DictReader(file)
        ]
    print(f"phones: {len(cases)} cells of phone-cases.csv")
    for name, read in {"ours": read_by_ours, "phonenumbers": read_by_phonenumbers}.items():
        read_all = [(read(cell), expected) for cell, expected in cases]
        right = sum(said == expected for said, expected in read_all)
        wrong = sum(not set(said) <= set(expected) for said, expected in read_all)
        kept = "kept" if right == len(cases) and not wrong else "BROKEN"
        verdict = f"   promised all and no wrong number: {kept}" if name == "ours" else ""
        print(f"  {name:27} {right} right, {wrong} with a wrong number{verdict}")


if __name__ == "__main__":
    same_service()
    hours()
    numbers()
