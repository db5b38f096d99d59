"""Which of our font files writes a text: by its letters, and by its language where letters are shared."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from desktop import theme

_BY_LANGUAGE = {"zh-Hant": "TC", "yue": "TC", "ja": "JP", "ko": "KR"}
_BY_LETTER = (
    (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"), (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"), (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"), (0x1200, 0x137F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"),
    (0x1100, 0x11FF, "KR"), (0xAC00, 0xD7AF, "KR"), (0x3040, 0x30FF, "JP"), (0x3400, 0x9FFF, "SC"),
)  # fmt: skip
_ARABIC = ((0x0600, 0x06FF), (0x0750, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
_LATIN = ("Inter", "Noto Sans")
BREAK = "\u200b"
_NO_BLANKS = ("Thai", "Khmer", "Lao", "Myanmar")


@lru_cache(maxsize=512)
def families(language: str, text: str) -> tuple[str, ...]:
    """Family names, best first. A family that cannot write a script must not stand before one that can:
    Qt would say so on every text, and the letters would come from somewhere else."""
    for letter in text:
        code = ord(letter)
        if any(first <= code <= last for first, last in _ARABIC):
            return ("IBM Plex Sans Arabic", *_LATIN)
        for first, last, script in _BY_LETTER:
            if first <= code <= last:
                script = _BY_LANGUAGE.get(language, script) if script in ("SC", "JP", "KR") else script
                return (f"Noto Sans {script}", *_LATIN)
    return _LATIN


def script_font(language: str, text: str, size: int, weight: QFont.Weight = QFont.Weight.Bold) -> QFont:
    """The font for a text of this language, `size` in pixels."""
    theme.load_fonts("*.ttf")
    font = QFont()
    font.setFamilies(list(families(language, text)))
    font.setPixelSize(size)
    font.setWeight(weight)
    return font


def strokes(font: QFont) -> tuple[float, ...]:
    """How far to the side to draw each time, so that bold looks bold: from 64 pixels on, Qt leaves the
    letters thin of a family that has no bold file."""
    made = font.pixelSize() < 64 or not font.bold() or "Bold" in QFontDatabase.styles(font.family())
    step = font.pixelSize() / 48
    return (0.0,) if made else (-step, 0.0, step)


@lru_cache(maxsize=512)
def line_parts(language: str, text: str) -> tuple[str, ...]:
    """The text cut at each place where a line may end. Where a script writes words without blanks, a sign
    of no width marks the place: Qt finds it by itself only if the system happens to have a word list."""
    from icu4py.breakers import LineBreaker

    parts = [str(part) for part in LineBreaker(text, language)]
    mark = families(language, text)[0].removeprefix("Noto Sans ") in _NO_BLANKS
    ends = [mark and not part[-1].isspace() for part in parts[:-1]]
    return (*(part + BREAK * end for part, end in zip(parts, ends, strict=False)), *parts[-1:])


def write_in(
    widget: QWidget, language: str, text: str, size: int = 0, weight: int = 0, more: str = ""
) -> None:
    """Give a widget the family for `text` (and a size, a weight or `more` of its own); the program's
    style sheet would win over setFont."""
    wanted = []
    if families(language, text) != _LATIN:
        theme.load_fonts("*.ttf")
        wanted.append("font-family:" + ",".join(f"'{name}'" for name in families(language, text)))
    if size:
        wanted.append(f"font-size:{theme.px(size)}px")
    if weight:
        wanted.append(f"font-weight:{weight}")
    if more:
        wanted.append(more)
    style = ";".join(wanted)
    if widget.styleSheet() != style:
        widget.setStyleSheet(style)
