"""Builds resources/content/places/shapes.json, the county outlines of the coverage map, from us-atlas.

    python packaging/tools/build_shapes.py counties-albers-10m.json

counties-albers-10m.json is the file of that name in the npm package us-atlas 3 (ISC; shapes from the US
Census Bureau, public domain): flat map units, y downwards. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from resources.directory.shapes import written  # noqa: E402

TARGET = ROOT / "resources" / "content" / "places" / "shapes.json"


def packed(topology: dict[str, Any]) -> dict[str, Any]:
    """The counties alone, each border line once, its steps as letters."""
    counties: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["counties"]["geometries"]:
        parts = shape.get("arcs", [])
        polygons = parts if shape["type"] == "MultiPolygon" else [parts]
        counties[shape["id"]] = [ring for polygon in polygons for ring in polygon]
    used = sorted({number if number >= 0 else ~number for rings in counties.values() for ring in rings
                   for number in ring})  # fmt: skip
    place = {number: new for new, number in enumerate(used)}

    def moved(number: int) -> int:
        return place[number] if number >= 0 else ~place[~number]

    return {
        "scale": topology["transform"]["scale"],
        "move": topology["transform"]["translate"],
        "lines": [written(topology["arcs"][number]) for number in used],
        "counties": {
            fips: [[moved(number) for number in ring] for ring in rings]
            for fips, rings in sorted(counties.items())
        },
    }


def main(source: Path, target: Path = TARGET) -> None:
    made = packed(json.loads(source.read_text(encoding="utf-8")))
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=True).replace('],"', '],\n"')
    target.write_text(text + "\n", encoding="utf-8", newline="\n")
    size = target.stat().st_size / 1024
    print(f"{len(made['counties'])} counties, {len(made['lines'])} lines, {size:.0f} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
