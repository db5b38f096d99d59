"""Embedding levels of mixed-direction text (Unicode Standard Annex 9), isolates and brackets included."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Text without any of these, read left to right, needs no work at all.
NEEDS_WORK = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
MAX_DEPTH = 125
STARTS = {"LRI", "RLI", "FSI"}
EMBEDS = {"LRE": (0, "ON"), "RLE": (1, "ON"), "LRO": (0, "L"), "RLO": (1, "R")}
REMOVED = {"LRE", "RLE", "LRO", "RLO", "PDF", "BN"}
NEUTRAL = {"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"}
BRACKETS = (
    "()[]{}\u2045\u2046\u207d\u207e\u208d\u208e\u2329\u232a\u27e6\u27e7\u27e8\u27e9\u3008\u3009\u300a\u300b"
)
BRACKETS += "\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\uff08\uff09\uff3b\uff3d\uff5b\uff5d"
OPENS = dict(zip(BRACKETS[::2], BRACKETS[1::2], strict=True))
CLOSES = frozenset(OPENS.values())


def levels(text: str, right_to_left: bool) -> list[int] | None:
    """The level of each character, or None when everything simply reads left to right."""
    if not right_to_left and not NEEDS_WORK.search(text):
        return None
    classes = [unicodedata.bidirectional(character) or "L" for character in text]
    return _Paragraph(text, classes, int(right_to_left)).resolved()


def visual_order(line: Sequence[int]) -> list[int]:
    """Positions of a line's runs from left to right (rule L2), given the level of each run."""
    order = list(range(len(line)))
    for level in range(max(line, default=0), 0, -1):
        start = 0
        while start < len(order):
            if line[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


class _Paragraph:
    """One paragraph on its way through the rules; each method is a group of rules."""

    def __init__(self, text: str, classes: list[str], base: int) -> None:
        self.text, self.original, self.base = text, classes, base
        self.classes = list(classes)
        self.level = [base] * len(text)
        self.partner = self._match_isolates()

    def resolved(self) -> list[int]:
        self._explicit()
        for sequence, start, end in self._sequences():
            self._weak(sequence, start)
            self._brackets(sequence, start)
            self._neutral(sequence, start, end)
        self._implicit()
        self._removed()
        return self.level

    def _match_isolates(self) -> dict[int, int]:
        """BD9: where each isolate ends (or begins)."""
        partner: dict[int, int] = {}
        waiting: list[int] = []
        for at, kind in enumerate(self.original):
            if kind in STARTS:
                waiting.append(at)
            elif kind == "PDI" and waiting:
                opened = waiting.pop()
                partner[opened], partner[at] = at, opened
        return partner

    def _first_strong(self, start: int) -> int:
        """P2 and P3 inside one isolate."""
        at, end = start + 1, self.partner.get(start, len(self.text))
        while at < end:
            kind = self.original[at]
            if kind in ("L", "R", "AL"):
                return int(kind != "L")
            at = self.partner.get(at, len(self.text)) if kind in STARTS else at
            at += 1
        return 0

    def _explicit(self) -> None:
        """X1 to X8."""
        stack: list[tuple[int, str, bool]] = [(self.base, "ON", False)]
        overflow_isolates = overflow_embeddings = 0
        for at, kind in enumerate(self.original):
            level, override, _ = stack[-1]
            self.level[at] = level
            if kind in EMBEDS or kind in STARTS:
                odd, forced = EMBEDS.get(kind, (0, "ON"))
                if kind in STARTS:
                    odd = self._first_strong(at) if kind == "FSI" else int(kind == "RLI")
                    self._override(at, override)
                deeper = level + 1 + ((level + 1 + odd) & 1)
                if deeper <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                    stack.append((deeper, forced, kind in STARTS))
                elif kind in STARTS:
                    overflow_isolates += 1
                elif not overflow_isolates:
                    overflow_embeddings += 1
            elif kind == "PDI":
                if overflow_isolates:
                    overflow_isolates -= 1
                elif at in self.partner:
                    overflow_embeddings = 0
                    while not stack.pop()[2]:
                        pass
                self.level[at] = stack[-1][0]
                self._override(at, stack[-1][1])
            elif kind == "PDF":
                if overflow_embeddings and not overflow_isolates:
                    overflow_embeddings -= 1
                elif not overflow_isolates and not stack[-1][2] and len(stack) > 1:
                    stack.pop()
            elif kind not in ("B", "BN"):
                self._override(at, override)

    def _override(self, at: int, override: str) -> None:
        if override != "ON":
            self.classes[at] = override

    def _sequences(self) -> list[tuple[list[int], str, str]]:
        """X10: isolating run sequences, with the direction on either side."""
        kept = [at for at, kind in enumerate(self.original) if kind not in REMOVED]
        runs: list[list[int]] = []
        for before, at in zip([None, *kept], kept, strict=False):
            if before is None or self.level[at] != self.level[before]:
                runs.append([])
            runs[-1].append(at)
        opening = {run[0]: run for run in runs}
        result = []
        for run in runs:
            if self.original[run[0]] == "PDI" and run[0] in self.partner:
                continue
            whole, last = list(run), run[-1]
            while self.original[last] in STARTS and last in self.partner:
                following = opening[self.partner[last]]
                whole += following
                last = following[-1]
            result.append((whole, *self._sides(whole, kept)))
        return result

    def _sides(self, sequence: list[int], kept: list[int]) -> tuple[str, str]:
        level, first, last = self.level[sequence[0]], sequence[0], sequence[-1]
        before = next((self.level[at] for at in reversed(kept) if at < first), self.base)
        after = next((self.level[at] for at in kept if at > last), self.base)
        if self.original[last] in STARTS and last not in self.partner:
            after = self.base
        return "LR"[max(level, before) & 1], "LR"[max(level, after) & 1]

    def _weak(self, sequence: list[int], start: str) -> None:
        """W1 to W7."""
        classes = self.classes
        before, strong = start, start
        for at in sequence:
            if classes[at] == "NSM":
                classes[at] = "ON" if before in STARTS or before == "PDI" else before
            before = classes[at]
            if before in ("L", "R", "AL"):
                strong = before
            elif before == "EN" and strong == "AL":
                classes[at] = "AN"
        for at in sequence:
            if classes[at] == "AL":
                classes[at] = "R"
        self._separators(sequence)
        strong = start
        for at in sequence:
            if classes[at] in ("L", "R"):
                strong = classes[at]
            elif classes[at] == "EN" and strong == "L":
                classes[at] = "L"

    def _separators(self, sequence: list[int]) -> None:
        """W4 to W6."""
        classes = self.classes
        for before, at, after in zip(sequence, sequence[1:], sequence[2:], strict=False):
            same = classes[before] == classes[after]
            if same and (
                (classes[at] == "ES" and classes[before] == "EN")
                or (classes[at] == "CS" and classes[before] in ("EN", "AN"))
            ):
                classes[at] = classes[before]
        for pairs in (sequence, sequence[::-1]):
            last = ""
            for at in pairs:
                if classes[at] == "ET" and last == "EN":
                    classes[at] = "EN"
                last = classes[at]
        for at in sequence:
            if classes[at] in ("ES", "ET", "CS"):
                classes[at] = "ON"

    def _pairs(self, sequence: list[int]) -> list[tuple[int, int]]:
        """BD16: brackets that belong together, as positions within the sequence."""
        waiting: list[tuple[str, int]] = []
        found = []
        for k, at in enumerate(sequence):
            character = self.text[at]
            if self.classes[at] != "ON":
                continue
            if character in OPENS:
                if len(waiting) == 63:
                    break
                waiting.append((OPENS[character], k))
            elif character in CLOSES:
                for depth in range(len(waiting) - 1, -1, -1):
                    if waiting[depth][0] == character:
                        found.append((waiting[depth][1], k))
                        del waiting[depth:]
                        break
        return sorted(found)

    def _brackets(self, sequence: list[int], start: str) -> None:
        """N0."""
        embedding = "LR"[self.level[sequence[0]] & 1]
        for opened, closed in self._pairs(sequence):
            inside = {_strong(self.classes[at]) for at in sequence[opened + 1 : closed]} - {""}
            if embedding in inside:
                side = embedding
            elif inside:
                earlier = (_strong(self.classes[at]) for at in reversed(sequence[:opened]))
                context = next((kind for kind in earlier if kind), start)
                side = context if context != embedding else embedding
            else:
                continue
            for k in (opened, closed):
                self.classes[sequence[k]] = side
                for at in sequence[k + 1 :]:
                    if self.original[at] != "NSM":
                        break
                    self.classes[at] = side

    def _neutral(self, sequence: list[int], start: str, end: str) -> None:
        """N1 and N2."""
        embedding = "LR"[self.level[sequence[0]] & 1]
        k = 0
        while k < len(sequence):
            if self.classes[sequence[k]] not in NEUTRAL:
                k += 1
                continue
            stop = k
            while stop < len(sequence) and self.classes[sequence[stop]] in NEUTRAL:
                stop += 1
            before = _strong(self.classes[sequence[k - 1]]) if k else start
            after = _strong(self.classes[sequence[stop]]) if stop < len(sequence) else end
            for at in sequence[k:stop]:
                self.classes[at] = before if before == after else embedding
            k = stop

    def _implicit(self) -> None:
        """I1 and I2."""
        for at, kind in enumerate(self.classes):
            if self.original[at] in REMOVED:
                continue
            if self.level[at] & 1:
                self.level[at] += kind in ("L", "EN", "AN")
            elif kind == "R":
                self.level[at] += 1
            elif kind in ("EN", "AN"):
                self.level[at] += 2

    def _removed(self) -> None:
        """Codes that show nothing take the level of what they follow, so that they split no run."""
        before = self.base
        for at, kind in enumerate(self.original):
            if kind in REMOVED:
                self.level[at] = before
            before = self.level[at]


def _strong(kind: str) -> str:
    if kind in ("EN", "AN"):
        return "R"
    return kind if kind in ("L", "R") else ""
