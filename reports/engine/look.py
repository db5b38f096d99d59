"""How paper looks: type sizes, distances and line weights. Black on white; meaning never by color."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from reports.engine.fonts import right_to_left
from reports.engine.layout import Style, width_of

HAIRLINE, RULE, HEAVY = 0.5, 1.0, 1.75  # points; thinner lines vanish on office printers
SHADE = 0.92  # the one grey fill
GHOST = 0.86  # the watermark
SHEETS = {"letter": (612.0, 792.0), "a4": (595.276, 841.89)}
MARGIN, FOOT = 54.0, 30.0
LOGO = (150.0, 30.0)  # at most so wide and high
CARD_WIDTH, CARD_HEIGHT = 242.65, 153.07  # 85.6 x 54 mm, the size of a bank card
GROWN = (1.0, 1.1, 1.2, 1.3, 1.4)  # steps by which the type of a card grows while it has room
CARDS = {"wallet": (CARD_WIDTH, CARD_HEIGHT), "pocket": (270.0, 396.0)}  # 3.75 x 5.5 in: a shirt pocket


@dataclass(frozen=True)
class Look:
    """The styles of one document; `compact` is for cards."""

    size: float
    language: str
    compact: bool = False

    def of(self, language: str) -> Look:
        return replace(self, language=language) if language and language != self.language else self

    @property
    def rtl(self) -> bool:
        return right_to_left(self.language)

    @property
    def unit(self) -> float:
        """The measure of all distances: one point at the usual size."""
        return self.base / 11

    @cached_property
    def base(self) -> float:
        return self.size * 8.25 / 11 if self.compact else self.size

    def _grown(self, most: float, least: float) -> float:
        """A factor that calms down as the type grows: large print needs no giant headings."""
        return least + (most - least) * min(1.0, 11 / self.size)

    def heading(self, level: int) -> Style:
        if self.compact:
            return self._style(1.15 if level == 1 else 1.0, bold=True, before=3, after=2, leading=1.3)
        if level == 1:
            return self._style(self._grown(1.95, 1.4), bold=True, before=16, after=9, leading=1.22)
        if level == 2:
            return self._style(self._grown(1.32, 1.15), bold=True, before=15, after=5, leading=1.28)
        return self._style(1.06, bold=True, before=10, after=3, leading=1.32)

    def body(self) -> Style:
        return self._style(1.0, after=2 if self.compact else 6)

    def strong(self) -> Style:
        return self._style(1.0, bold=True, after=2 if self.compact else 6)

    def small(self) -> Style:
        return self._style(0.9 if self.compact else 0.84, after=1 if self.compact else 4)

    def label(self) -> Style:
        return self._style(0.84, bold=True)

    def name(self) -> Style:
        return self._style(1.0 if self.compact else 1.1, bold=True, leading=1.3)

    def fact(self) -> Style:
        return self._style(0.9, leading=1.34)

    def phone(self, text: str, width: float) -> Style:
        """Large and bold, and never so large that the number needs two lines."""
        return fitted(text, self._style(self._grown(1.6, 1.3), bold=True, leading=1.25), width)

    def _style(
        self, factor: float, *, bold: bool = False, leading: float = 1.38, before: float = 0, after: float = 0
    ) -> Style:
        unit = self.unit
        return Style(self.base * factor, self.language, bold, leading, before * unit, after * unit)


def fitted(text: str, style: Style, width: float) -> Style:
    """The style, smaller if need be, so that the text fits one line (but never below half its size)."""
    wanted = width_of(text, style)
    if wanted <= width:
        return style
    return replace(style, size=style.size * max(0.5, width / wanted * 0.998))
