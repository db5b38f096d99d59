"""Line icons, drawn from paths in the color they are asked for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import theme

_CIRCLE = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z"
PATHS = {
    "home": "M3 11 12 4l9 7M5.5 9.5V20h13V9.5M10 20v-6h4v6",
    "guide": "M12 6.5C9 4.6 6.5 4.6 3.5 5.5v13c3-.9 5.5-.9 8.5 1 3-1.9 5.5-1.9 8.5-1v-13c-3-.9-5.5-.9-8.5 1z"
    "M12 6.5v13",
    "find": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
    "sheet": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "speak": "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12.5h5",
    "map": "M9 4 3 6v14l6-2 6 2 6-2V4l-6 2zM9 4v14M15 6v14",
    "settings": "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z"
    "M8 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
    "phone": "M6 3h3.5l1.5 5-2.3 1.5a12 12 0 0 0 5.8 5.8L16 13l5 1.5V18a3 3 0 0 1-3 3A15 15 0 0 1 3 6"
    "a3 3 0 0 1 3-3z",
    "pin": "M12 21c4-4.8 7-8 7-11.5a7 7 0 0 0-14 0C5 13 8 16.2 12 21z"
    "M12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    "ok": "M4 12.5 9.5 18 20 6.5",
    "warn": "M12 4 2.5 20h19zM12 10v5M12 17.3v.4",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "x": "M6 6l12 12M18 6 6 18",
    "up": "M6 15l6-6 6 6",
    "down": "M6 9l6 6 6-6",
    "next": "M9 5l7 7-7 7",
    "back": "M15 5l-7 7 7 7",
    "clock": f"{_CIRCLE}M12 7.5V12l3 2",
    "moon": "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4"
    "M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "save": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "open": "M12 16V5M7 9l5-5 5 5M4 20h16",
    "hide": "M3 3l18 18M10 6.2A10.5 10.5 0 0 1 22 12a13 13 0 0 1-3 3.6"
    "M6.5 7.5A13 13 0 0 0 2 12c2 3.7 5.6 6 10 6 1.4 0 2.7-.2 3.9-.7",
    "flip": "M4 10a8 8 0 0 1 14-4l2 2M20 4v4h-4M20 14a8 8 0 0 1-14 4l-2-2M4 20v-4h4",
    "full": "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "edit": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "undo": "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 0 10",
    "trash": "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
    "list": "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
    "help": f"{_CIRCLE}M9.6 9.4a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1.1.9-1.1 1.8M12 16.6v.3",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "people": "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c0-3.5 2.6-5.5 6-5.5s6 2 6 5.5"
    "M16 5.5a2.7 2.7 0 0 1 0 5.2M17 13.7c2.5.4 4 2.3 4 5.3",
    "folder": "M3 6h6l2 2h10v11H3z",
    "copy": "M8 8h12v12H8zM16 8V4H4v12h4",
}


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, size: int, width: float) -> QPixmap:
    picture = QPixmap(size * 2, size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(2)
    source = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{color}" '
        f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{PATHS[name]}"/></svg>'
    )
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def picture(name: str, token: str = "mute", size: int = 24, width: float = 1.9) -> QPixmap:
    """The icon `name` (see PATHS) in the color of a theme token, sharp at twice the size."""
    return _drawn(name, theme.token(token), size, width)


def icon(name: str, token: str = "ink", size: int = 22) -> QIcon:
    """The same for a button; its disabled look stays within the display mode's colors."""
    made = QIcon(picture(name, token, size))
    made.addPixmap(picture(name, "edge", size), QIcon.Mode.Disabled)
    return made
