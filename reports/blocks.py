"""Blocks: finished text ready to draw, as plain values. compose() makes them, engine draws them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Contents:
    """The second-level headings of the whole document, each with its page number."""

    title: str


@dataclass(frozen=True)
class Para:
    text: str
    kind: str = "body"  # body | small | strong | notice (boxed)
    language: str = ""  # when it differs from the sheet's


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    ordered: bool = False
    tick_boxes: bool = False
    columns: int = 1


@dataclass(frozen=True)
class Contact:
    """One helper on paper. `lines` are small facts under the name, already chosen for the audience."""

    name: str
    phone: str
    lines: tuple[str, ...] = ()
    mark: str = ""  # e.g. "number not checked for 14 months"


@dataclass(frozen=True)
class Contacts:
    items: tuple[Contact, ...]


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()  # shares of the width
    row_heads: bool = True


@dataclass(frozen=True)
class Names:
    """Languages to point at: code, own name, English name."""

    items: tuple[tuple[str, str, str], ...]
    columns: int = 3


@dataclass(frozen=True)
class Fields:
    """Questions with an answer, or with a line to write on when the answer is empty."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Notes:
    """Lines to write on under a label: as many as the page has room for, left out where it has none."""

    label: str
    most: int = 8


@dataclass(frozen=True)
class Signature:
    labels: tuple[str, ...]


@dataclass(frozen=True)
class TearOff:
    """A strip of numbers to tear off, text upright, repeated to fill the width."""

    name: str
    phone: str
    count: int = 8


@dataclass(frozen=True)
class SideBySide:
    """The same in two languages, row by row; as `heads` of what follows, or under a `contact`. The first
    language stands where reading begins."""

    pairs: tuple[tuple[str, str], ...]
    first_language: str
    second_language: str
    heads: bool = False
    contact: Contact | None = None


@dataclass(frozen=True)
class Picture:
    """A drawn pictogram (name in reports/pictograms.py) beside words that say the same."""

    name: str
    text: str
    phone: str = ""


Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Area:
    """A field of a figure: its closed lines, and its hatching (0 white, 1 dots, 2 lines, 3 crossed lines)."""

    rings: tuple[Line, ...]
    level: int = 0


@dataclass(frozen=True)
class Figure:
    """A map in black and white, in units of its own with y downwards. `text` is heard in its place; `keys`
    say below it what each level means."""

    text: str
    areas: tuple[Area, ...]
    edges: tuple[Line, ...] = ()  # drawn heavier
    dots: tuple[tuple[float, float], ...] = ()
    keys: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class PageBreak:
    pass


Block = (
    Heading
    | Contents
    | Para
    | Bullets
    | Contact
    | Contacts
    | Table
    | Names
    | Fields
    | Notes
    | Signature
    | TearOff
    | SideBySide
    | Picture
    | Figure
    | PageBreak
)


@dataclass(frozen=True)
class Image:
    """A grey picture, one byte a pixel, row by row from the top."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True)
class Document:
    """Everything the engine needs for one PDF.

    `form` is page, wallet, pocket or booklet; `size` base type size in points; `footer` shows page numbers.
    `title` is neutral on survivor paper. `bookmarks` adds an outline from headings. `logo` stands over the
    first page; it is decoration, so words have to say whose it is.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    paper: str = "letter"  # letter | a4
    form: str = "page"
    size: float = 11
    footer: bool = True
    watermark: str = ""
    bookmarks: bool = False
    logo: Image | None = None
