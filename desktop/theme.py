"""How everything looks: colors of the three display modes, sizes, fonts, the style sheet and the palette."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.stylesheet import sheet
from resources.paths import CONTENT

THEMES: dict[str, dict[str, str]] = {
    "day": {
        "bg": "#ECEFF1", "surface": "#FFFFFF", "ink": "#0D1B22", "mute": "#43525C", "line": "#C9D2D8",
        "edge": "#66757F", "accent": "#07595E", "on_accent": "#FFFFFF", "tint": "#DDEDED",
        "warn": "#664300", "warn_bg": "#FFEFC7", "ok": "#175C33", "danger": "#8F1D1D",
        "rail": "#0E2A32", "on_rail": "#E6F0F1", "rail_on": "#FFFFFF", "rail_tint": "#1F4A54",
    },
    "dark": {
        "bg": "#0F171B", "surface": "#182228", "ink": "#EAF1F4", "mute": "#AEBCC4", "line": "#2E3D46",
        "edge": "#7A8E99", "accent": "#56C6C9", "on_accent": "#03282A", "tint": "#1D3A3F",
        "warn": "#FFD37D", "warn_bg": "#392D10", "ok": "#84DBA6", "danger": "#FFA49C",
        "rail": "#0A1013", "on_rail": "#B9C7CE", "rail_on": "#FFFFFF", "rail_tint": "#1D3A3F",
    },
    "night": {
        "bg": "#080000", "surface": "#120202", "ink": "#FF6E58", "mute": "#E05A47", "line": "#431008",
        "edge": "#A83A2B", "accent": "#FF6E58", "on_accent": "#160000", "tint": "#330B06",
        "warn": "#FF8060", "warn_bg": "#260703", "ok": "#FF6E58", "danger": "#FF8060",
        "rail": "#080000", "on_rail": "#D95543", "rail_on": "#FF8060", "rail_tint": "#330B06",
    },
}  # fmt: skip
NEXT = {"day": "dark", "dark": "night", "night": "day"}
TEXT_SIZES = (100, 115, 130, 150)
# To these Windows gives a font of its own, whatever the font of the whole program is. (PySide6 asks for text
# here and has it typed as bytes.)
_OWN_FONT: tuple[Any, ...] = ("QAbstractItemView", "QMenu", "QMessageBox", "QTipLabel")
FAMILIES = ["Inter", "Segoe UI", "Noto Sans", "DejaVu Sans"]
_ROLES = {
    "Window": "bg", "WindowText": "ink", "Base": "surface", "AlternateBase": "bg", "Text": "ink",
    "Button": "surface", "ButtonText": "ink", "BrightText": "ink", "Highlight": "accent",
    "HighlightedText": "on_accent", "PlaceholderText": "mute", "Link": "accent", "LinkVisited": "accent",
    "ToolTipBase": "surface", "ToolTipText": "ink", "Accent": "accent", "Light": "line", "Midlight": "line",
    "Mid": "edge", "Dark": "edge", "Shadow": "line",
}  # fmt: skip


@dataclass
class Look:
    """The display mode and text size that are on the screen now."""

    name: str = "day"
    percent: int = 100


now = Look()


def token(name: str) -> str:
    """A color of the present display mode, as "#rrggbb" (see THEMES for the names)."""
    return THEMES[now.name][name]


def color(name: str) -> QColor:
    return QColor(token(name))


def px(size: int) -> int:
    """A text size in pixels, grown by the chosen text size."""
    return round(size * now.percent / 100)


def font(size: int = 16, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Our typeface at `size` (a size at 100 %; it grows with the chosen text size)."""
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(px(size))
    made.setWeight(weight)
    return made


@cache
def load_fonts(pattern: str = "Inter-*.ttf") -> tuple[str, ...]:
    """Load our own font files once; returns the family names. The system's font serves until then."""
    families: list[str] = []
    for path in sorted((CONTENT / "fonts").glob(pattern)):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(dict.fromkeys(families))


def palette() -> QPalette:
    """The palette of the present display mode; disabled text stays within the mode's colors."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(QPalette.ColorRole[role], color(name))
    for role in ("WindowText", "Text", "ButtonText"):
        made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], color("edge"))
    return made


def stylesheet() -> str:
    return sheet(THEMES[now.name], px)


def apply(app: QApplication, name: str, percent: int = 100) -> None:
    """Change the look of the whole program at once; each widget with a `retheme` method is told."""
    now.name = name if name in THEMES else "day"
    now.percent = percent if percent in TEXT_SIZES else 100
    load_fonts()
    made = stylesheet()
    if app.styleSheet() == made:
        return
    app.setStyleSheet("")  # Qt styles a widget again for each of its ancestors when one sheet follows another
    app.setPalette(palette())
    app.setFont(font())
    app.setStyleSheet(made)
    for kind in _OWN_FONT:  # after the style sheet, which brings them back
        app.setFont(font(), kind)
    for widget in app.allWidgets():
        if callable(told := getattr(widget, "retheme", None)):
            told()
