"""Builds resources/content/places/places.db from public tables: ZIP codes, towns, counties, neighbors.

    python packaging/tools/build_places.py REFERENCE_FOLDER counties-10m.json

REFERENCE_FOLDER holds us-zcta-county.csv and geonames-us-postal.tsv; counties-10m.json is the file of that
name in the npm package us-atlas 3. The same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from resources.directory.places import STATES, key_of  # noqa: E402

STATE_CODES = """
AL 01 AK 02 AZ 04 AR 05 CA 06 CO 08 CT 09 DE 10 DC 11 FL 12 GA 13 HI 15 ID 16 IL 17 IN 18 IA 19 KS 20 KY 21
LA 22 ME 23 MD 24 MA 25 MI 26 MN 27 MS 28 MO 29 MT 30 NE 31 NV 32 NH 33 NJ 34 NM 35 NY 36 NC 37 ND 38 OH 39
OK 40 OR 41 PA 42 RI 44 SC 45 SD 46 TN 47 TX 48 UT 49 VT 50 VA 51 WA 53 WV 54 WI 55 WY 56 AS 60 GU 66 MP 69
PR 72 VI 78
""".split()  # noqa: SIM905
CODE_OF = dict(zip(STATE_CODES[::2], STATE_CODES[1::2], strict=True))
STATE_OF = {code: state for state, code in CODE_OF.items()}
KINDS = (
    r"\b(county|parish|borough|census area|municipality|municipio|city and borough|city|island"
    r"|planning region)\b"
)
SCHEMA = """
pragma page_size = 4096;
create table county(fips text primary key, name text not null, state text not null, key text not null,
  lat int not null, lon int not null, near text not null, zips int not null) without rowid, strict;
create index county_key on county(key, state);
create table zip(zip int primary key, city text not null, state text not null, lat int not null,
  lon int not null, counties text not null) strict;
create table town(key text, state text, name text not null, county text not null, lat int not null,
  lon int not null, zips int not null, primary key(key, state)) without rowid, strict;
"""


@dataclass
class County:
    """One county while the tables are put together."""

    name: str
    state: str
    rings: list[list[list[tuple[float, float]]]] = field(default_factory=list)
    near: set[str] = field(default_factory=set)
    zips: list[tuple[float, float]] = field(default_factory=list)


@dataclass
class Zip:
    """One ZIP code while the tables are put together."""

    city: str
    state: str
    lat: float
    lon: float
    counties: list[str] = field(default_factory=list)


def plain(name: str) -> str:
    """A county name without its kind, accents and spaces, for comparing two sources."""
    return re.sub(r"[^a-z]", "", re.sub(KINDS, "", key_of(name)).replace("saint", "st"))


def read_shapes(path: Path) -> dict[str, County]:
    """Counties with their outlines and the neighbors that share a border line."""
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    arcs = [list(_points(arc, topology["transform"])) for arc in topology["arcs"]]
    counties: dict[str, County] = {}
    owners: dict[int, set[str]] = defaultdict(set)
    for shape in topology["objects"]["counties"]["geometries"]:
        fips, parts = shape["id"], shape.get("arcs", [])
        polygons = parts if shape["type"] == "MultiPolygon" else [parts]
        counties[fips] = County(shape["properties"]["name"], STATE_OF[fips[:2]])
        for polygon in polygons:
            counties[fips].rings.append([_ring(ring, arcs) for ring in polygon])
            for ring in polygon:
                for arc in ring:
                    owners[arc if arc >= 0 else ~arc].add(fips)
    for sharing in owners.values():
        for fips in sharing:
            counties[fips].near |= sharing - {fips}
    return counties


def _points(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    x = y = 0
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * scale_x + move_x, y * scale_y + move_y


def _ring(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def inside(lon: float, lat: float, ring: list[tuple[float, float]]) -> bool:
    """True when the point lies in the ring."""
    found = False
    for (x1, y1), (x2, y2) in zip(ring, ring[-1:] + ring[:-1], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            found = not found
    return found


def locate(counties: dict[str, County], place: Zip) -> str | None:
    """The county whose outline holds the point."""
    for fips, county in counties.items():
        if county.state == place.state:
            for rings in county.rings:
                if inside(place.lon, place.lat, rings[0]):
                    return fips
    return None


def full_names(counties: dict[str, County], named: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Give counties the names of the census table; returns FIPS by census name and state."""
    by_plain: dict[tuple[str, str], list[str]] = defaultdict(list)
    for state, name in sorted(named):
        by_plain[state, plain(name)].append(name)
    found: dict[tuple[str, str], str] = {}
    for fips, county in sorted(counties.items()):
        names = by_plain.get((county.state, plain(county.name)), [])
        city = int(fips[2:]) >= 510
        fitting = [n for n in names if n.endswith(" city") == city] or names
        if fitting:
            county.name = fitting[0]
            found[county.state, fitting[0]] = fips
        elif county.state not in ("AS", "GU", "MP", "VI", "DC", "PR"):
            county.name += " city" if city else " County"
    return found


def read_zips(folder: Path, counties: dict[str, County]) -> dict[str, Zip]:
    """Every ZIP code with its counties, the main one first; new counties are added to `counties`."""
    zips: dict[str, Zip] = {}
    lines = (folder / "geonames-us-postal.tsv").read_text(encoding="utf-8").splitlines()
    extra: dict[str, list[str]] = defaultdict(list)
    for row in (line.split("\t") for line in lines):
        if row[4] not in CODE_OF:
            continue
        zips[row[1]] = Zip(row[2], row[4], float(row[9]), float(row[10]))
        fips = CODE_OF[row[4]] + row[6] if row[6] else ""
        if fips in counties and counties[fips].rings:
            zips[row[1]].counties.append(fips)
        elif fips:
            extra[fips].append(row[1])
            counties.setdefault(fips, County(_new_name(row[5], row[4]), row[4]))
    _census_zips(folder, counties, zips)
    shaped = {fips: county for fips, county in counties.items() if county.rings}
    for place in zips.values():
        if not place.counties and (fips := locate(shaped, place)):
            place.counties.append(fips)
    for fips, members in extra.items():
        for number in members:
            counties[fips].near |= set(zips[number].counties)
            zips[number].counties.append(fips)
    return zips


def _new_name(name: str, state: str) -> str:
    return f"{re.sub(' Region(al)?$', '', name)} Planning Region" if state == "CT" else name


def _census_zips(folder: Path, counties: dict[str, County], zips: dict[str, Zip]) -> None:
    with (folder / "us-zcta-county.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fips_of = full_names(
        {f: c for f, c in counties.items() if c.rings}, {(row["state"], row["county"]) for row in rows}
    )
    for row in rows:
        if not row["latitude"]:
            continue
        place = zips.setdefault(
            row["zip"], Zip("", row["state"], float(row["latitude"]), float(row["longitude"]))
        )
        fips = fips_of.get((row["state"], row["county"]))
        if fips and fips not in place.counties:
            place.counties.append(fips)


def write(target: Path, counties: dict[str, County], zips: dict[str, Zip]) -> None:
    """Write the three tables."""
    for number in sorted(zips):
        for fips in zips[number].counties:
            counties[fips].zips.append((zips[number].lat, zips[number].lon))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    db = sqlite3.connect(target)
    db.executescript(SCHEMA)
    for fips, county in sorted(counties.items()):
        lat, lon = _center(county)
        row = (fips, county.name, county.state, key_of(county.name), lat, lon)
        db.execute(
            "insert into county values(?,?,?,?,?,?,?,?)",
            (*row, " ".join(sorted(county.near)), len(county.zips)),
        )
    for number, place in sorted(zips.items()):
        if place.counties:
            row = (int(number), place.city, place.state, _scaled(place.lat), _scaled(place.lon))
            db.execute("insert into zip values(?,?,?,?,?,?)", (*row, " ".join(place.counties)))
    db.executemany("insert into town values(?,?,?,?,?,?,?)", towns(zips))
    db.commit()
    db.execute("vacuum")
    db.close()


def _scaled(degrees: float) -> int:
    """Ten-thousandths of a degree (11 m): whole numbers take half the room."""
    return round(degrees * 10_000)


def _center(county: County) -> tuple[int, ...]:
    """The middle of a county's ZIP codes, where its people are; of its outline when it has none."""
    points = county.zips or [(lat, lon) for rings in county.rings for lon, lat in rings[0]]
    return tuple(_scaled(sum(point[n] for point in points) / len(points)) for n in (0, 1))


def towns(zips: dict[str, Zip]) -> Iterator[tuple[str, str, str, str, int, int, int]]:
    """One row for each town name of a state, at the middle of its ZIP codes in its main county."""
    groups: dict[tuple[str, str], list[Zip]] = defaultdict(list)
    for _, place in sorted(zips.items()):
        if place.city and place.counties:
            groups[key_of(place.city), place.state].append(place)
    for (key, state), places in sorted(groups.items()):
        main = Counter(place.counties[0] for place in places).most_common(1)[0][0]
        there = [place for place in places if place.counties[0] == main]
        lat = _scaled(sum(p.lat for p in there) / len(there))
        lon = _scaled(sum(p.lon for p in there) / len(there))
        yield key, state, there[0].city, main, lat, lon, len(places)


def main(reference: Path, shapes: Path, target: Path) -> None:
    counties = read_shapes(shapes)
    zips = read_zips(reference, counties)
    write(target, counties, zips)
    lost = [number for number, place in zips.items() if not place.counties]
    print(f"{len(counties)} counties, {len(zips) - len(lost)} ZIP codes, {len(lost)} without a county")
    print(f"{target.stat().st_size / 2**20:.2f} MiB; {len(STATES)} states and territories")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), ROOT / "resources" / "content" / "places" / "places.db")
