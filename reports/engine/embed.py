"""Fonts inside the PDF: a subset by glyph number, its widths, and the text each glyph stands for."""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import lru_cache

from reports.engine.fonts import Face, hb

DROPPED = (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"kern", b"DSIG", b"vhea", b"vmtx", b"VORG", b"meta", b"STAT")
DROPPED_TABLES = {int.from_bytes(tag, "big") for tag in DROPPED}
SILENT = "\u200b"  # what a glyph stands for that only continues a cluster
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class FontUse:
    """What one document draws with one font; `codes` writes words for a page's content stream."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self.meaning: dict[int, str] = {}

    def means(self, glyph: int, text: str) -> bool:
        """Note what a glyph stands for; False when it already stands for something else."""
        known = self.meaning.setdefault(glyph, text)
        if not known and text:
            self.meaning[glyph] = known = text
        return known == text

    def to_unicode(self) -> bytes:
        pairs = [f"<{glyph:04X}> <{utf16(text or SILENT)}>" for glyph, text in sorted(self.meaning.items())]
        blocks = (pairs[at : at + 100] for at in range(0, len(pairs), 100))
        body = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        return zlib.compress(CMAP.format(body).encode("ascii"))

    def widths(self) -> str:
        """The widths array: runs of neighbouring glyphs share one list."""
        parts: list[str] = []
        before = -2
        for glyph in sorted(self.meaning):
            value = number(self.face.advance(glyph))
            parts.append(f" {value}" if glyph == before + 1 else f"]{glyph}[{value}")
            before = glyph
        return "[" + "".join(parts)[1:] + "]]" if parts else "[]"


def utf16(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def number(value: float) -> str:
    """A number as short as three decimals allow."""
    shown = f"{value:.3f}".rstrip("0").rstrip(".")
    return shown if shown not in ("-0", "") else "0"


@lru_cache(maxsize=48)
def subset(face: Face, glyphs: frozenset[int]) -> tuple[bytes, int]:
    """The font with only these glyphs, compressed, and its length before that."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({0, *glyphs})
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(DROPPED_TABLES)
    wanted.sets(hb.SubsetInputSets.NAME_ID).clear()
    wanted.flags = (
        hb.SubsetFlags.RETAIN_GIDS
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NOTDEF_OUTLINE
    )
    data = hb.subset(face.face, wanted).blob.data
    return zlib.compress(data), len(data)


def tag(face: Face, glyphs: frozenset[int]) -> str:
    """Six letters that name a subset; the same glyphs always give the same letters."""
    digest = hashlib.sha256(repr((face.name, sorted(glyphs))).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def descriptor(face: Face, base: str, file_reference: str) -> str:
    left, low, right, high = struct.unpack(">4h", face.face.reference_table("head").data[36:44])
    box = " ".join(str(round(value * face.per_em)) for value in (left, low, right, high))
    return (
        f"<</Type/FontDescriptor/FontName/{base}/Flags 4/FontBBox[{box}]/ItalicAngle 0"
        f"/Ascent {round(face.ascent * 1000)}/Descent {round(-face.descent * 1000)}"
        f"/CapHeight 714/StemV 80/FontFile2 {file_reference}>>"
    )
