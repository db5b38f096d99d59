"""Import, export, import changes nothing, whatever a provider holds; and no input breaks a reader."""

from __future__ import annotations

import json
import string
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from resources.directory import needs
from resources.directory.fields import to_fields
from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import INTAKE_RULES, STATUSES, Phone, Place, Provider
from resources.errors import ToolkitError
from resources.exchange.flat_write import NUMBERS, sheet_of
from resources.exchange.hsds_files import csv_package, json_list
from resources.exchange.hsds_read import read_package
from resources.exchange.json_text import read_json
from resources.exchange.packed import tables_in
from resources.exchange.reading import read_flat, read_list
from resources.exchange.safe_cells import csv_bytes
from resources.exchange.tables import table_of

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
NAME = st.sampled_from(["Nil", "N/A"]) | st.text(
    string.ascii_letters + "'&-. ñé", min_size=3, max_size=30
).filter(lambda text: text.strip(" .-&'"))
LINE = st.text(string.printable + "éñ“”—", max_size=60)
MINUTE = st.integers(0, 1440)
SPAN = st.builds(Span, st.integers(0, 6), MINUTE, MINUTE, st.sampled_from([(), (2,), (2, 4), (-1,)]))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
HOURS = st.builds(
    Hours,
    spans=st.lists(SPAN, max_size=3).map(tuple),
    closures=st.lists(st.builds(Closure, DAYS, DAYS, LINE), max_size=2).map(tuple),
    always=st.booleans(),
    text=LINE,
)
PHONE = st.builds(
    Phone,
    id=st.uuids().map(lambda one: one.hex[:8]),
    number=st.sampled_from(["", "988", "+14065550142", "+14065550199", "+442079460958", "233733"]),
    extension=st.sampled_from(["", "5", "007"]),
    label=LINE,
    kind=st.sampled_from(["voice", "text", "fax", "cell", "video", "pager", "textphone"]),
    shown=LINE,
)
PLACE = st.builds(
    Place,
    street=LINE,
    city=st.sampled_from(["", "Forsyth", "Miles City", "-x"]),
    county=st.sampled_from(["", "30087", "99999"]),
    state=st.sampled_from(["", "MT", "ZZ"]),
    postal_code=st.sampled_from(["", "59327", "59327-0001", "x"]),
    latitude=st.sampled_from([None, 46.26, -46.0]),
    longitude=st.sampled_from([None, -106.67]),
    confidential=st.booleans(),
)
KEPT_ROW = st.fixed_dictionaries(
    {"id": st.uuids(version=4).map(str)},
    optional={
        "service_id": st.just("@"),
        "location_id": st.just("@"),
        "organization_id": st.just("@"),
        "contact_id": st.sampled_from(["9b2f0c7e-6a2b-4d0e-9f52-0d5d9b1c1111", "x"]),
        "name": LINE,
        "number": st.sampled_from(["(406) 555-0142", "x"]),
        "document": LINE,
        "opens_at": st.sampled_from(["09:00", "x"]),
        "amount": st.sampled_from(["5", "007", "x"]),
        "Own column": LINE,
    },
)
KEPT_ROWS = st.lists(KEPT_ROW, max_size=3).map(json.dumps) | LINE
PROVIDER = st.builds(
    Provider,
    id=st.uuids(version=4).map(str),
    name=NAME,
    organization=st.sampled_from(["", "Hope Org", "Legal Aid, Inc."]),
    description=TEXT,
    cover_name=LINE,
    alert=LINE,
    needs=st.sets(st.sampled_from(needs.codes()), max_size=4).map(frozenset),
    phones=st.lists(PHONE, max_size=3, unique_by=lambda phone: phone.id).map(tuple),
    email=st.sampled_from(["", "a@example.org", "not one"]),
    website=st.sampled_from(["", "https://example.org/x", "example.org"]),
    place=PLACE,
    remote=st.booleans(),
    serves=st.sets(st.sampled_from(["30087", "MT", "US", "30017"]), max_size=3).map(frozenset),
    hours=HOURS,
    languages=st.sets(st.sampled_from(["en", "es", "vi", "zh-Hans", "xx"]), max_size=3).map(frozenset),
    interpretation=LINE,
    intake=st.dictionaries(st.sampled_from(INTAKE_RULES), st.booleans(), max_size=4).map(MappingProxyType),
    minimum_age=st.sampled_from([None, 0, 18]),
    maximum_age=st.sampled_from([None, 24, 120]),
    eligibility=LINE,
    how_to_reach=LINE,
    documents=LINE,
    cost=LINE,
    status=st.sampled_from(STATUSES),
    source=st.sampled_from(["", "list one"]),
    source_id=st.sampled_from(["", "7"]),
    enforcement=st.booleans(),
    training=st.booleans(),
    kept=st.one_of(
        st.dictionaries(st.sampled_from(["Frobs", "services.wait_time", "Name"]), LINE, max_size=2),
        st.dictionaries(
            st.sampled_from(
                [
                    "funding.csv",
                    "contacts.csv",
                    "phones.csv",
                    "cost_options.csv",
                    "pets.csv",
                    "required_documents.csv",
                    "schedules.csv",
                    "attributes.csv",
                    ".csv",
                ]
            ),
            KEPT_ROWS,
            max_size=3,
        ),
        st.dictionaries(
            st.sampled_from(
                [
                    "services.id",
                    "organizations.id",
                    "locations.id",
                    "services.fees",
                    "services.fees_description",
                    "organizations.email",
                    "services.csv",
                    "x.csv",
                ]
            ),
            st.sampled_from(["7", "9b2f0c7e-6a2b-4d0e-9f52-0d5d9b1c1111", "a@example.org", "Free"]),
            max_size=3,
        ),
    ).map(MappingProxyType),
)
FEW = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def same(found: Any, wanted: list[Provider]) -> None:
    by_id = {one.id: one for one in found}
    assert set(by_id) == {one.id for one in wanted}
    for one in wanted:
        assert to_fields(by_id[one.id]) == to_fields(one)


def different(made: list[Provider]) -> list[Provider]:
    """The same providers with ids that differ."""
    return [replace(one, id=str(uuid.UUID(int=n + 1, version=4))) for n, one in enumerate(made)]


@FEW
@given(st.lists(PROVIDER, min_size=1, max_size=3).map(different))
def test_one_sheet_reads_back_to_the_letter(made: list[Provider]) -> None:
    headings, rows = sheet_of(made)
    table = table_of(csv_bytes(headings, rows, NUMBERS), "out.csv")
    same(read_flat(table, "out.csv", "out").providers, made)


@FEW
@given(st.lists(PROVIDER, min_size=1, max_size=3).map(different))
def test_the_hsds_package_reads_back_to_the_letter(made: list[Provider]) -> None:
    files = csv_package(made)
    tables = [t for name, data in files.items() if name.endswith(".csv") for t in tables_in(name, data)]
    same(read_package(tables, "out").providers, made)


@FEW
@given(st.lists(PROVIDER, min_size=1, max_size=3).map(different))
def test_hsds_json_reads_back_to_the_letter(made: list[Provider]) -> None:
    same(read_package(tables_in("out.json", json_list(made)), "out").providers, made)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), TEXT.map(lambda text: f"name,phone\n{text}".encode())))
def test_no_bytes_break_the_table_reader(data: bytes) -> None:
    try:
        read_flat(table_of(data, "x.csv"), "x.csv", "x")
    except ToolkitError as refused:
        assert refused.key.startswith("exchange.")


@settings(max_examples=150, deadline=None)
@given(st.text('[]{},:"\\ntruefalsenull0123456789.eE+- \n', max_size=80))
def test_no_text_breaks_the_json_reader(text: str) -> None:
    try:
        read_json(text, "x.json")
    except ToolkitError as refused:
        assert refused.key.startswith("exchange.json")


CELL = st.one_of(
    TEXT, st.sampled_from(["(406) 555-0142", "Mon-Fri 9-5", "59327", "Forsyth, MT", "yes", "<b>x", "18+"])
)
HEADING = st.sampled_from(
    ["id", "name", "phone", "address", "city", "zip", "hours", "days", "latlon", "category", "languages",
     "service area", "people served", "ages", "confidential", "Porchlight record", "county", "state"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(HEADING, min_size=2, max_size=8, unique=True).flatmap(
    lambda heads: st.tuples(st.just(heads), st.lists(st.tuples(*[CELL] * len(heads)), min_size=1, max_size=5))
))  # fmt: skip
def test_no_cell_breaks_the_reading_of_rows(made: tuple[list[str], list[tuple[str, ...]]]) -> None:
    headings, rows = made
    try:
        found = read_flat(table_of(csv_bytes(headings, rows), "x.csv"), "x.csv", "x")
    except ToolkitError as refused:
        assert refused.key.startswith("exchange.")
        return
    for problem in found.problems:
        assert problem.sentence()


@pytest.mark.parametrize("folder", ["07-philadelphia-flat/rapper.csv", "03-ohana-1.0-sample"])
def test_real_lists_go_out_and_come_back(sample_data: Path, folder: str) -> None:
    wanted = list(read_list(sample_data / folder).providers)
    headings, rows = sheet_of(wanted)
    same(read_flat(table_of(csv_bytes(headings, rows, NUMBERS), "o.csv"), "o.csv", "o").providers, wanted)
    same(read_package(tables_in("o.json", json_list(wanted)), "o").providers, wanted)
