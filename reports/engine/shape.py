"""Shaped words: HarfBuzz turns letters into glyphs once; a page then only lines the words up."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reports.engine.fonts import Face, hb

FEATURES = {"kern": True, "liga": True}
LINE = (1.07, 0.29)  # how far Latin lines reach up and down, in ems


class Glyph(NamedTuple):
    """One glyph; lengths are thousandths of the type size. `text` is set on the first of a cluster."""

    number: int
    advance: float
    right: float
    up: float
    text: str


class Word:
    """A stretch of text in one font and one direction. `hangs` says that its last mark, lifted or
    lowered, begins beyond the word's end; `ascent` and `descent` how far it reaches, in ems."""

    __slots__ = (
        "ascent", "clusters", "descent", "face", "glyphs", "hangs", "rises", "rtl", "text", "width",
        "written",
    )  # fmt: skip

    def __init__(self, text: str, face: Face, rtl: bool, glyphs: tuple[Glyph, ...]) -> None:
        self.text, self.face, self.rtl, self.glyphs = text, face, rtl, glyphs
        self.width = sum(glyph.advance for glyph in glyphs) / 1000
        self.clusters = tuple(_clusters(glyphs))
        self.rises = any(glyph.up for glyph in glyphs)
        last = glyphs[-1] if glyphs else None
        self.hangs = last is not None and not rtl and bool(last.up) and last.right > last.advance - 1
        reach: tuple[float, float] = _reach(face, glyphs) if face.tall else (face.ascent, face.descent)
        self.ascent, self.descent = reach
        self.written: dict[float, str] = {}  # its operators, kept by the drawing module


def _reach(face: Face, glyphs: tuple[Glyph, ...]) -> tuple[float, float]:
    """How far these glyphs reach up and down, for fonts that ask for room which few words need."""
    top, low = LINE
    for glyph in glyphs:
        if extents := face.font.get_glyph_extents(glyph.number):
            high = glyph.up + extents.y_bearing * face.per_em
            top, low = max(top, high / 1000), max(low, -(high + extents.height * face.per_em) / 1000)
    return top, low


def _clusters(glyphs: tuple[Glyph, ...]) -> list[tuple[Glyph, ...]]:
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        if glyph.text or not found:
            found.append([])
        found[-1].append(glyph)
    return [tuple(cluster) for cluster in found]


@lru_cache(maxsize=12_000)
def shape(text: str, face: Face, rtl: bool, language: str) -> Word:
    """The word's glyphs, from left to right."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = language
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer, FEATURES)
    infos, scale = buffer.glyph_infos, face.per_em
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs = []
    for info, place in zip(infos, buffer.glyph_positions, strict=True):
        end = ends.pop(info.cluster, None)
        cluster = "" if end is None else text[info.cluster : end]
        glyphs.append(
            Glyph(
                info.codepoint,
                place.x_advance * scale,
                place.x_offset * scale,
                place.y_offset * scale,
                cluster,
            )
        )
    return Word(text, face, rtl, tuple(glyphs))
