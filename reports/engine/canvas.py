"""A ReportLab canvas that knows what its marks mean: tagged content, artifacts and an outline."""

from __future__ import annotations

import hashlib
import io
import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas

from reports.blocks import Image
from reports.engine import embed, structure
from reports.engine.draw import Pen
from reports.engine.layout import Line
from reports.engine.metadata import color_profile, xmp
from reports.engine.structure import Element
from reports.engine.writer import Raw, add, stream, write

# ReportLab pages carry only keys they know; these two tie a page to the structure tree.
for _key in ("StructParents", "Tabs"):
    if _key not in pdfdoc.PDFPage.__NoDefault__:
        pdfdoc.PDFPage.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, _key]
if "OutputIntents" not in pdfdoc.PDFCatalog.__NoDefault__:
    pdfdoc.PDFCatalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]


def numbers(*values: float) -> str:
    return " ".join(map(embed.number, values))


def _path(lines: Iterable[Sequence[tuple[float, float]]], end: str = "") -> str:
    found = []
    for line in lines:
        steps = " l ".join(f"{x:.1f} {y:.1f}" for x, y in line[1:])
        found.append(f"{line[0][0]:.1f} {line[0][1]:.1f} m {steps} l{end}")
    return "\n".join(found)


class TaggedCanvas(canvas.Canvas):
    """Draws text and shapes; everything is either part of an Element or an artifact."""

    def __init__(
        self, root: Element, *, title: str, language: str, size: tuple[float, float], pdfa: bool = False
    ) -> None:
        base: Any = super()
        base.__init__(
            io.BytesIO(), pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=language
        )
        self.root, self.title, self.language, self.pdfa = root, title, language, pdfa
        self.paper = size
        self.pen = Pen()
        self._marked_pages: list[list[Element]] = []
        self._marked: list[Element] = []
        self._inside = False

    def _make_preamble(self) -> None:
        self._preamble = ""  # the usual one names Helvetica, which no PDF/UA file may do unembedded

    @contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """What is drawn here belongs to the element (without one: it is an artifact)."""
        if element is None:
            with self.artifact():
                yield
            return
        assert not self._inside, "marked content does not nest"
        element.kids.append((len(self._marked_pages), len(self._marked)))
        self._code.append(f"/{element.tag}<</MCID {len(self._marked)}>>BDC")
        self._marked.append(element)
        self._inside = True
        yield
        self._inside = False
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn here is decoration: Header, Footer, Watermark or plain lines."""
        if self._inside:
            yield
            return
        self._code.append(f"/Artifact<</Type/Pagination/Subtype/{kind}>>BDC" if kind else "/Artifact BMC")
        self._inside = True
        yield
        self._inside = False
        self._code.append("EMC")

    def write_lines(self, placed: list[tuple[Line, float, float]], size: float) -> None:
        """Text lines, each with the place of its first word."""
        rows = [self.pen.line(line, size, x, y) for line, x, y in placed]
        self._code.append("BT " + "\n".join(rows) + " ET")

    def rule(self, x: float, y: float, width: float, thickness: float = 0.5) -> None:
        """A horizontal line, as an artifact."""
        with self.artifact():
            self.fill(x, y, width, thickness)

    def fill(self, x: float, y: float, width: float, height: float, gray: float = 0) -> None:
        """A filled rectangle."""
        shade = f"{embed.number(gray)} g " if gray else ""
        self._code.append(f"{shade}{numbers(x, y, width, height)} re f{' 0 g' if gray else ''}")

    def outline(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """The edge of a rectangle."""
        self._code.append(f"{numbers(thickness)} w {numbers(x, y, width, height)} re S")

    def stroke(self, x: float, y: float, to_x: float, to_y: float, thickness: float) -> None:
        """A straight line."""
        self._code.append(f"{numbers(thickness)} w {numbers(x, y)} m {numbers(to_x, to_y)} l S")

    def trace(self, lines: Iterable[Sequence[tuple[float, float]]], thickness: float) -> None:
        """Lines through many points, to a tenth of a point, with round corners."""
        self._code.append(f"q {numbers(thickness)} w 1 j 1 J {_path(lines)} S Q")

    def disc(self, x: float, y: float, radius: float, thickness: float) -> None:
        """A white disc with a black edge."""
        at = f"{numbers(x, y)} m {numbers(x, y)} l S Q"
        self._code.append(f"q 1 J {numbers(2 * radius + thickness)} w {at}")
        self._code.append(f"q 1 J 1 G {numbers(2 * radius - thickness)} w {at}")

    @contextmanager
    def clipped(self, rings: Iterable[Sequence[tuple[float, float]]]) -> Iterator[None]:
        """What is drawn here shows inside these closed lines only."""
        self._code.append(f"q {_path(rings, ' h')} W* n")
        yield
        self._code.append("Q")

    @contextmanager
    def dashed(self, *lengths: float) -> Iterator[None]:
        """Lines drawn here are dashes of these lengths; dashes of no length are dots."""
        self._code.append(f"q [{numbers(*lengths)}] 0 d" + ("" if lengths[0] else " 1 J"))
        yield
        self._code.append("Q")

    @contextmanager
    def pale(self, gray: float) -> Iterator[None]:
        """Text drawn here is grey."""
        self._code.append(f"{numbers(gray)} g {numbers(gray)} G")
        yield
        self._code.append("0 g 0 G")

    @contextmanager
    def moved(self, x: float, y: float, degrees: float = 0) -> Iterator[None]:
        """The origin lies here, turned counterclockwise."""
        turn = math.radians(degrees)
        across, up = math.cos(turn), math.sin(turn)
        base: Any = super()
        base.saveState()
        base.transform(across, up, -up, across, x, y)
        yield
        base.restoreState()

    def picture(self, image: Image, x: float, y: float, width: float, height: float) -> None:
        """A grey picture in this rectangle."""
        name = f"I{hashlib.sha256(image.pixels).hexdigest()[:8]}"
        document: Any = self._doc
        key = f"FormXob.{name}"  # what ReportLab calls it among the page's resources
        if key not in document.idToObject:
            size = f"/Width {image.width}/Height {image.height}"
            kind = f"/Type/XObject/Subtype/Image{size}/ColorSpace/DeviceGray/BitsPerComponent 8"
            document.Reference(stream(f"{kind}/Filter/FlateDecode", zlib.compress(image.pixels, 9)), key)
        self._formsinuse.append(name)
        self._code.append(f"q {numbers(width, 0, 0, height, x, y)} cm /{key} Do Q")

    def bookmark(self, text: str, level: int, top: float) -> None:
        """An entry in the outline that leads to this height of the current page."""
        key = f"b{len(self._destinations)}"
        base: Any = super()
        base.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
        base.addOutlineEntry(text, key, level)

    def showPage(self) -> None:
        base: Any = super()
        base.showPage()
        self._marked_pages.append(self._marked)
        self._marked = []

    def finished(self) -> bytes:
        """The whole file."""
        document: Any = self._doc
        pages = [self._finish_page(at, page) for at, page in enumerate(document.Pages.pages)]
        for use in self.pen.uses.values():
            self._add_font(use)
        self._add_structure(pages)
        catalog = document.Catalog
        catalog.MarkInfo = Raw("<</Marked true>>")
        catalog.ViewerPreferences = Raw("<</DisplayDocTitle true>>")
        packet = xmp(self.title, self.language, archive=self.pdfa)
        catalog.Metadata = stream("/Type/Metadata/Subtype/XML", packet)
        if self.pdfa:
            catalog.OutputIntents = Raw(self._output_intent())
        root = document.Reference(catalog)
        document.Outlines.prepare(document, self)
        if document.Outlines.ready < 0:
            catalog.Outlines = None
        else:
            catalog.PageMode = "/UseOutlines"
        number = document.idToObjectNumberAndVersion[root.name][0]
        return write(document, number, identified=self.pdfa)

    def _finish_page(self, at: int, page: Any) -> int:
        page.StructParents, page.Tabs = at, "/S"
        data = zlib.compress(page.stream.encode("latin-1"))
        page.Contents = stream("/Filter/FlateDecode", data)
        document: Any = self._doc
        return int(document.idToObjectNumberAndVersion[document.Reference(page).name][0])

    def _add_font(self, use: embed.FontUse) -> None:
        document: Any = self._doc
        face = use.face
        glyphs = frozenset(use.meaning)
        base = f"{embed.tag(face, glyphs)}+{face.name}"
        data, length = embed.subset(face, glyphs)
        file = add(document, stream(f"/Filter/FlateDecode/Length1 {length}", data))
        described = add(document, embed.descriptor(face, base, f"{file} 0 R"))
        cid = add(
            document,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{base}/FontDescriptor {described} 0 R/DW 0"
            f"/W{use.widths()}/CIDToGIDMap/Identity"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        )
        meaning = add(document, stream("/Filter/FlateDecode", use.to_unicode()))
        font = add(
            document,
            f"<</Type/Font/Subtype/Type0/BaseFont/{base}/Encoding/Identity-H"
            f"/DescendantFonts[{cid} 0 R]/ToUnicode {meaning} 0 R>>",
        )
        document.idToObject["BasicFonts"].dict[use.name] = Raw(f"{font} 0 R")

    def _add_structure(self, pages: list[int]) -> None:
        document: Any = self._doc
        tree = Raw("")
        number = add(document, tree)
        for expected, dictionary in structure.written(self.root, document.objectcounter + 1, number, pages):
            if add(document, dictionary) != expected:
                raise RuntimeError("objects are not numbered one after the other")
        parents = structure.parent_tree(self._marked_pages, lambda content: f"{add(document, content)} 0 R")
        held = add(document, parents)
        tree.content = (
            f"<</Type/StructTreeRoot/K {self.root.number} 0 R/ParentTree {held} 0 R"
            f"/ParentTreeNextKey {len(pages)}>>"
        ).encode()
        document.Catalog.StructTreeRoot = tree

    def _output_intent(self) -> str:
        profile = stream("/N 3/Filter/FlateDecode", zlib.compress(color_profile()))
        number = add(self._doc, profile)
        return (
            "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            f"/DestOutputProfile {number} 0 R>>]"
        )
