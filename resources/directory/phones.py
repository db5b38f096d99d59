"""Reading phone numbers out of cells that people typed, and showing them in the national form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from resources.directory.phone_forms import show
from resources.directory.provider import Phone

__all__ = ["SHORT_CODES", "PhoneReading", "clean", "read", "show", "typed"]

SHORT_CODES = ("211", "311", "411", "511", "611", "711", "811", "911", "988")
_FREE_OR_PREMIUM = "900|800|822|833|844|855|866|877|888"
_SEP = r"[\s.\-–—/]{0,3}"
_EXTENSION = r"(?:[\s,;]*(?:extension|extensión|extn|ext|x|#)[.:=]?\s*#?\s*(?P<ext{0}>\d{{1,7}}))?(?!\w)"
_DIGITS = re.compile(
    rf"(?<![\w+])(?<!\d[\-.])(?:\+?1{_SEP})?\(?\s{{0,3}}(?P<area>[2-9]\d\d)\s{{0,3}}\)?{_SEP}"
    rf"(?P<exchange>[2-9]\d\d){_SEP}(?P<line>\d{{4}})" + _EXTENSION.format(1),
    re.IGNORECASE | re.ASCII,
)
_ALONE = re.compile(r"\(?([2-9]\d\d)\)?[ .\-]{0,2}([2-9]\d\d)[ .\-]?(\d{4})", re.ASCII)
_LETTERS = re.compile(
    rf"(?<![\w+])(?<!\d[\-.])(?:\+?1{_SEP})?(?:"
    rf"\(?(?P<free>{_FREE_OR_PREMIUM})\)?{_SEP}(?P<word>\d{{3}}[\s.\-][A-Z]{{4}}|[A-Z0-9](?:[.\-]?[A-Z0-9]){{6,9}})"
    rf"|\(?(?P<area>[2-9]\d\d)\)?[\s.\-]{{1,2}}(?P<exchange>[2-9]\d\d)[.\-](?P<line>[A-Z]{{4}})"
    rf")(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_ABROAD = re.compile(r"(?<!\w)\+(?!1\D?\d{3})\d[\d\s().\-]{6,20}\d(?!\w)", re.ASCII)
_SHORT = re.compile(
    rf"^[^\w+]*(?:(?:call|dial|text|or|and|tty|relay|phone)[^\w]+){{0,3}}(?P<code>{'|'.join(SHORT_CODES)})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
_TEXT_CODE = re.compile(
    r"(?P<before>.*?\b(?:text|sms)\b[^\d]*?)(?<![\w.])(?P<code>\d{5,6})(?!\w)(?P<after>.*)",
    re.IGNORECASE | re.ASCII,
)
_SPLIT = re.compile(r"[,;|\n]|\s/\s|\s&\s|\b(?:or|and)\b", re.IGNORECASE)
_KINDS = (
    ("fax", re.compile(r"\bfax\b", re.IGNORECASE)),
    ("textphone", re.compile(r"\b(?:tdd|tty|text ?phone|text telephone)\b", re.IGNORECASE)),
    ("video", re.compile(r"\b(?:video|vp)\b", re.IGNORECASE)),
    ("text", re.compile(r"\b(?:text|sms)\b", re.IGNORECASE)),
    ("cell", re.compile(r"\b(?:cell|mobile)\b", re.IGNORECASE)),
    ("pager", re.compile(r"\bpager\b", re.IGNORECASE)),
)
_KEYPAD = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999", strict=True))
_NOTHING = frozenset({"na", "none", "nophone", "null", "nan"})


@dataclass(frozen=True)
class PhoneReading:
    """What a cell said: numbers that can be dialled, and the key of a sentence when a person must look."""

    phones: tuple[Phone, ...] = ()
    problem: str | None = None

    @property
    def state(self) -> str:
        """`ok`, `short` (a code such as 911), `review` (a person must look) or `empty`."""
        if self.problem:
            return "review"
        if not self.phones:
            return "empty"
        return "short" if all(len(p.number) < 7 for p in self.phones) else "ok"


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    number: str
    extension: str = ""


def clean(text: str) -> str:
    """The text with ASCII digits, without control and direction characters (R22)."""
    kept = []
    for n, sign in enumerate(text):
        kind = unicodedata.category(sign)
        if kind == "Nd":
            sign = str(unicodedata.digit(sign))
        elif sign in "\u200c\u200d":
            around = text[max(0, n - 1) : n] + text[n + 1 : n + 2]
            sign = sign if len(around) == 2 and around.isalpha() else ""
        elif kind == "Cc" or kind == "Zl" or kind == "Zp":
            sign = "\n" if sign in "\n\r\x0b\x0c\x85\u2028\u2029" else " " if sign == "\t" else ""
        elif kind in ("Cf", "Co", "Cs", "Cn"):
            sign = ""
        elif kind == "Zs":
            sign = " "
        elif "\uff01" <= sign <= "\uff5e":
            sign = unicodedata.normalize("NFKC", sign)
        kept.append(sign)
    return "".join(kept).strip()


def read(text: str) -> PhoneReading:
    """Every number in a cell. What cannot be read for certain stays as text with a problem: never a guess."""
    if alone := _ALONE.fullmatch(text):  # nothing but one number, as nearly all cells of a long list
        number = _american("".join(alone.groups()))
        if number and not _premium(number):
            return PhoneReading((Phone("p1", number),))
    said = clean(text)
    said = re.sub(r"^(\d{10,11})\.0+$", r"\1", said)
    letters = re.sub(r"[\W_]", "", said)
    if not letters or letters.casefold() in _NOTHING:
        return PhoneReading()
    hits = _hits(said)
    premium = [hit for hit in hits if _premium(hit.number)]
    phones = _with_labels(said, [hit for hit in hits if hit not in premium], premium)
    if premium:
        return PhoneReading(_numbered(phones), "find.phone.premium")
    if hits:
        return _rest_of_cell(said, hits, phones)
    return _short_or_unclear(said)


def _hits(said: str) -> list[_Hit]:
    found: list[_Hit] = []
    taken = said
    for pattern, number in ((_DIGITS, _plain), (_LETTERS, _lettered), (_ABROAD, _abroad)):
        for match in pattern.finditer(taken):
            dialled = number(match)
            if dialled:
                extension = match.groupdict().get("ext1") or ""
                found.append(_Hit(match.start(), match.end(), dialled, extension))
                taken = taken[: match.start()] + " " * len(match[0]) + taken[match.end() :]
    return sorted(found, key=lambda hit: hit.start)


def _plain(match: re.Match[str]) -> str:
    return _american(match["area"] + match["exchange"] + match["line"])


def _lettered(match: re.Match[str]) -> str:
    raw = (
        match["free"] + match["word"] if match["free"] else match["area"] + match["exchange"] + match["line"]
    )
    signs = re.sub(r"[\s.\-]", "", raw.upper())
    extra = signs[10:]
    if not any(sign.isalpha() for sign in signs[3:10]) or (extra and not extra.isalpha()):
        return ""
    return _american("".join(_KEYPAD.get(sign, sign) for sign in signs[:10]))


def _american(ten: str) -> str:
    """E.164 when the ten digits have the shape of a North American number, else nothing."""
    unused = ten[1:3] == "11" or ten[1] == "9" or ten[4:6] == "11" or ten[:3] == "555"
    return "" if unused or ten[3] in "01" else "+1" + ten


def _abroad(match: re.Match[str]) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(match[0], None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _premium(number: str) -> bool:
    """Numbers that bill the caller are never stored."""
    return number.startswith("+1900") or (number.startswith("+1") and number[5:8] == "976")


def _with_labels(said: str, hits: list[_Hit], others: list[_Hit]) -> list[Phone]:
    marks = sorted([*hits, *others], key=lambda hit: hit.start)
    befores, afters = [""] * len(marks), [""] * len(marks)
    start = 0
    for n, hit in enumerate(marks):
        gap = said[start : hit.start]
        if n == 0:
            befores[0] = gap
        else:
            afters[n - 1], befores[n] = _divide(gap, bool(_tidy(befores[n - 1])))
        start = hit.end
    if marks:
        afters[-1] = said[start:]
    return [
        _phone(hit, _tidy(f"{_tidy(befores[n])} {_tidy(afters[n])}"))
        for n, hit in enumerate(marks)
        if hit in hits
    ]


def _divide(gap: str, labels_come_first: bool) -> tuple[str, str]:
    """Share the words between two numbers: what follows the first, what announces the second."""
    if match := _SPLIT.search(gap):
        return gap[: match.start()], gap[match.end() :]
    if match := re.match(r"\s*\([^)]*\)", gap):
        return match[0], gap[match.end() :]
    return ("", gap) if labels_come_first or gap.rstrip().endswith(":") else (gap, "")


def _tidy(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" ,;:|/-–—.&\n")
    words = re.sub(r"^(?:or|and)\b\s*|\s*\b(?:or|and)$", "", words, flags=re.IGNORECASE)
    if words.startswith("(") and words.endswith(")") and words.count("(") == 1:
        words = words[1:-1].strip()
    return "" if words in ("(", ")") else words


def _phone(hit: _Hit, label: str) -> Phone:
    kind = next((kind for kind, pattern in _KINDS if pattern.search(label)), "voice")
    return Phone(id="", number=hit.number, extension=hit.extension, label=label, kind=kind)


def _numbered(phones: list[Phone]) -> tuple[Phone, ...]:
    return tuple(
        Phone(f"p{n}", p.number, p.extension, p.label, p.kind, p.shown) for n, p in enumerate(phones, 1)
    )


def _rest_of_cell(said: str, hits: list[_Hit], phones: list[Phone]) -> PhoneReading:
    """Good numbers, plus whatever else in the cell looks like a number and cannot be read."""
    rest, start = [], 0
    for hit in hits:
        rest.append(said[start : hit.start])
        start = hit.end
    rest.append(said[start:])
    short, unclear = [], []
    for piece in (part for gap in rest for part in _SPLIT.split(gap)):
        if match := _SHORT.match(piece):
            short.append(Phone("", match["code"], label=_tidy(piece[match.end() :])))
        elif re.search(r"\d[\d\s().\-]{5,}\d|^\D*\d{4,}\D*$", piece):
            unclear.append(Phone("", shown=_tidy(piece)))
    problem = "find.phone.unclear" if unclear else None
    return PhoneReading(_numbered([*_without(phones, short), *short, *unclear]), problem)


def _without(phones: list[Phone], short: list[Phone]) -> list[Phone]:
    """Numbers whose label is only the announcement of a short code lose that label."""
    codes = {p.number for p in short}
    return [
        Phone(p.id, p.number, p.extension, "" if set(p.label.split()) & codes else p.label, p.kind)
        for p in phones
    ]


def _short_or_unclear(said: str) -> PhoneReading:
    digits = "".join(sign for sign in said if sign in "0123456789")
    if match := _SHORT.match(said):
        rest = said[match.end() :]
        if digits == match["code"]:
            return PhoneReading((Phone("p1", match["code"], label=_tidy(rest)),))
    if (match := _TEXT_CODE.fullmatch(said)) and digits == match["code"]:
        label = _tidy(f"{_tidy(match['before'])} {_tidy(match['after'])}")
        return PhoneReading((Phone("p1", match["code"], label=label, kind="text"),))
    short = len(digits) == 7 and not re.search(r"[^\W\d_]", said)
    problem = "find.phone.no_area_code" if short else "find.phone.unclear"
    return PhoneReading((Phone("p1", shown=re.sub(r"\s+", " ", said)),), problem)


def typed(text: str) -> str:
    """The text of a phone box while someone types: grouped when it is plain digits, else left alone."""
    said = clean(text)
    if re.search(r"[^\d\s().\-]", said):
        return said
    digits = "".join(sign for sign in said if sign.isdigit())
    lead = "1 " if len(digits) > 1 and digits.startswith("1") else ""
    rest = digits[1:] if lead else digits
    if len(rest) <= 3 or len(rest) > 10:
        return lead + rest
    tail = f"-{rest[6:]}" if len(rest) > 6 else ""
    return f"{lead}({rest[:3]}) {rest[3:6]}{tail}"
