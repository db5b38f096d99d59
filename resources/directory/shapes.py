"""Outlines of counties for a flat map, and where a point in degrees lies on it (Albers, as in us-atlas)."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from resources.paths import CONTENT

SHAPES = CONTENT / "places" / "shapes.json"
Point = tuple[float, float]
Line = tuple[Point, ...]
_SCALE, _X, _Y = 1300.0, 487.5, 305.0  # us-atlas: geoAlbersUsa().scale(1300).translate([487.5, 305])


def written(steps: Iterable[Sequence[int]]) -> str:
    """Whole-number steps as letters (the encoding of map polylines): small steps take one letter each."""
    found: list[str] = []
    for step in steps:
        for value in step:
            number = value << 1 if value >= 0 else ~(value << 1)
            while number >= 0x20:
                found.append(chr((0x20 | number & 0x1F) + 63))
                number >>= 5
            found.append(chr(number + 63))
    return "".join(found)


def steps_of(letters: str) -> list[int]:
    """The numbers that `written` wrote, x and y in turn."""
    found, number, shift = [], 0, 0
    for letter in letters:
        value = ord(letter) - 63
        number |= (value & 0x1F) << shift
        shift += 5
        if value < 0x20:
            found.append(~(number >> 1) if number & 1 else number >> 1)
            number = shift = 0
    return found


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return table


@cache
def _line(number: int) -> Line:
    table = _file()
    (scale_x, scale_y), (move_x, move_y) = table["scale"], table["move"]
    steps, x, y, points = steps_of(table["lines"][number]), 0, 0, []
    for at in range(0, len(steps), 2):
        x, y = x + steps[at], y + steps[at + 1]
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return tuple(points)


def _ring(numbers: Iterable[int]) -> Line:
    points: list[Point] = []
    for number in numbers:
        line = _line(number) if number >= 0 else _line(~number)[::-1]
        points += line[1:] if points else line
    return tuple(points)


def has(fips: str) -> bool:
    """True when there is an outline of this county."""
    return fips in _file()["counties"]


def outlines(counties: Iterable[str]) -> dict[str, tuple[Line, ...]]:
    """The rings of each county that has an outline, in map units, y downwards."""
    known = _file()["counties"]
    return {fips: tuple(_ring(ring) for ring in known[fips]) for fips in counties if fips in known}


def border(counties: Iterable[str]) -> tuple[Line, ...]:
    """The lines around all of these counties together."""
    known, used = _file()["counties"], Counter[int]()
    for fips in counties:
        for ring in known.get(fips, ()):
            used.update(number if number >= 0 else ~number for number in ring)
    return tuple(_line(number) for number, times in used.items() if times == 1)


@dataclass(frozen=True)
class _Cone:
    """An equal-area cone: two parallels, the middle meridian, and where its middle is drawn."""

    low: float
    high: float
    meridian: float
    middle: Point
    scale: float
    x: float
    y: float

    def at(self, lat: float, lon: float) -> Point:
        x, y = self._raw(lat, lon - self.meridian)
        middle_x, middle_y = self._raw(self.middle[1], self.middle[0])
        return self.x + self.scale * (x - middle_x), self.y - self.scale * (y - middle_y)

    @property
    def top(self) -> Point:
        """Where all its meridians meet: north lies that way from everywhere on it."""
        n, c = self._rounding()
        middle_x, middle_y = self._raw(self.middle[1], self.middle[0])
        return self.x - self.scale * middle_x, self.y - self.scale * (math.sqrt(c) / n - middle_y)

    def _rounding(self) -> Point:
        sin = math.sin(math.radians(self.low))
        n = (sin + math.sin(math.radians(self.high))) / 2
        return n, 1 + sin * (2 * n - sin)

    def _raw(self, lat: float, lon: float) -> Point:
        n, c = self._rounding()
        radius = math.sqrt(c - 2 * n * math.sin(math.radians(lat))) / n
        turned = n * math.radians((lon + 180) % 360 - 180)
        return radius * math.sin(turned), math.sqrt(c) / n - radius * math.cos(turned)


_STATES = _Cone(29.5, 45.5, -96, (-0.6, 38.7), _SCALE, _X, _Y)
_ALASKA = _Cone(55, 65, -154, (-2, 58.5), _SCALE * 0.35, _X - 0.307 * _SCALE, _Y + 0.201 * _SCALE)
_HAWAII = _Cone(8, 18, -157, (-3, 19.9), _SCALE, _X - 0.205 * _SCALE, _Y + 0.212 * _SCALE)


_OWN_CONE = {"02": _ALASKA, "15": _HAWAII}


def at(lat: float, lon: float) -> Point:
    """Where a point in degrees lies in map units; Alaska and Hawaii have their own corners."""
    if lat > 50 and (lon < -128 or lon > 170):
        return _ALASKA.at(lat, lon)
    if lat < 23.5 and lon < -150:
        return _HAWAII.at(lat, lon)
    return _STATES.at(lat, lon)


@dataclass(frozen=True)
class Upright:
    """The map turned so that north is up in the middle of one state: on the cone of the whole country the
    outer states lean. Turning is the same as drawing the cone around the state's own meridian."""

    cos: float = 1.0
    sin: float = 0.0

    def at(self, lat: float, lon: float) -> Point:
        return self._turned(at(lat, lon))

    def outlines(self, counties: Iterable[str]) -> dict[str, tuple[Line, ...]]:
        return {fips: self._lines(rings) for fips, rings in outlines(counties).items()}

    def border(self, counties: Iterable[str]) -> tuple[Line, ...]:
        return self._lines(border(counties))

    def _lines(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(tuple(self._turned(point) for point in line) for line in lines)

    def _turned(self, point: Point) -> Point:
        x, y = point
        return x * self.cos + y * self.sin, y * self.cos - x * self.sin


def upright(counties: Iterable[str]) -> Upright:
    """How the map of the state with these counties is drawn, on screen and on paper."""
    own = tuple(counties)
    points = [point for line in border(own) for point in line]
    if not points:
        return Upright()
    xs, ys = [x for x, _ in points], [y for _, y in points]
    top = _OWN_CONE.get(own[0][:2], _STATES).top
    across, up = top[0] - (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2 - top[1]
    far = math.hypot(across, up)
    return Upright(up / far, across / far)
