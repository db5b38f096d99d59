"""What single cells say: yes or no, states, ZIP codes, ages, points, languages, times, dates."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from resources.directory.letters import words
from resources.directory.phones import read
from resources.directory.places import STATES
from resources.directory.synonyms import language_names

_BY_NAME = {name.casefold(): code for code, name in STATES.items()}
_YES = frozenset({"yes", "y", "true", "t", "1", "1.0", "x", "checked", "on", "si", "sí"})
_NO = frozenset({"no", "n", "false", "f", "0", "0.0", "off", "unchecked"})
_STATUS = {
    "active": "active", "open": "active", "available": "active", "current": "active", "published": "active",
    "inactive": "inactive", "paused": "inactive", "on hold": "inactive", "unavailable": "inactive",
    "temporarily closed": "temporarily closed", "closed temporarily": "temporarily closed",
    "temporarily unavailable": "temporarily closed",
    "defunct": "defunct", "closed": "defunct", "permanently closed": "defunct", "retired": "defunct",
}  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?")
_EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,190}\.[A-Za-z]{2,24}")
_TIME = re.compile(
    r"(?i)\s*(?:\d{1,2}(?::\d\d){0,2}\s*(?:[ap]\.?m?\.?)?|noon|midnight|24 ?h(?:ou)?rs?|closed)\s*"
)
_DATES = ("%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")


def has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def flag(text: str) -> bool | None:
    """Yes, no, or neither."""
    if not text:
        return None
    said = text.strip().casefold()
    return True if said in _YES else False if said in _NO else None


@lru_cache(maxsize=1024)
def state(text: str) -> str:
    """Two letters for a state named in full or short, else nothing."""
    said = " ".join(text.replace(".", "").split())
    if len(said) == 2 and said.upper() in STATES:
        return said.upper()
    return _BY_NAME.get(said.casefold(), "")


def is_state(text: str) -> bool:
    return bool(state(text)) or (text.isalpha() and len(text) <= 20)


@lru_cache(maxsize=256)
def status(text: str) -> str:
    """The HSDS status that a word means, or nothing."""
    said = " ".join(text.casefold().split())
    answer = flag(said) if said not in ("1", "0") else None
    return _STATUS.get(said, "active" if answer else "inactive" if answer is False else "")


@lru_cache(maxsize=16384)
def postal_code(text: str) -> str:
    """A ZIP code as text: a lost leading zero comes back, ".0" goes; other codes stay as they are."""
    said = re.sub(r"\.0+$", "", text.strip())
    if re.fullmatch(r"\d{3,4}", said):
        return said.zfill(5)
    if re.fullmatch(r"\d{8,9}", said):
        return f"{said.zfill(9)[:5]}-{said.zfill(9)[5:]}"
    return " ".join(said.split())[:20]


def is_postal_code(text: str) -> bool:
    return bool(re.fullmatch(r"\d{3,5}(?:\.0)?|\d{5}-\d{4}|\d{8,9}|[A-Z]\w{2,3} ?\d[A-Z\d]{2}", text.strip()))


def is_email(text: str) -> bool:
    return bool(_EMAIL.search(text)) and len(text) < 200


def email(text: str) -> str:
    """The first e-mail address in a cell."""
    match = _EMAIL.search(text) if text else None
    return match[0].rstrip(".") if match else ""


def is_website(text: str) -> bool:
    return bool(re.match(r"(?i)\s*(?:https?:|www\.)\S", text))


@lru_cache(maxsize=1024)
def is_phone(text: str) -> bool:
    """True for a cell that is nothing but numbers to dial."""
    if len(text) > 60 or re.search(r"\d{4}-\d\d-\d\d|\d/\d|\.\d{1,3}$|\.\d{5,}", text):
        return False
    return read(text).state == "ok" and sum(sign.isalpha() for sign in text) < 12


def may_be_phone(text: str) -> bool:
    """True for a cell in the shape of numbers people dial, letters and short codes included."""
    return any(sign.isdigit() for sign in text) and not re.fullmatch(r"\d{1,2}", text.strip())


def is_time(text: str) -> bool:
    return bool(_TIME.fullmatch(text))


def age(text: str) -> int | None:
    """Whole years between 0 and 120; 0 and 120 and more mean no limit."""
    if not text:
        return None
    match = re.fullmatch(
        r"\s*(\d{1,3})(?:\.0+)?\s*(?:\+|years?|yrs?\.?|and (?:over|up|older))?\s*", text.casefold()
    )
    return int(match[1]) if match else None


def ages(text: str) -> tuple[int | None, int | None]:
    """Youngest and oldest age of "18-24", "18+", "under 18", "12 and over"; None where unsaid."""
    if not text:
        return None, None
    said = text.casefold().replace("–", "-").strip()
    if match := re.fullmatch(r"(?:ages? )?(\d{1,3})\s*(?:-|to)\s*(\d{1,3})(?: years?(?: old)?)?", said):
        return int(match[1]), int(match[2])
    if match := re.fullmatch(
        r"(?:ages? )?(\d{1,3})\s*(?:\+|and (?:over|up|older|above)|or older|years? and older)", said
    ):
        return int(match[1]), None
    if match := re.fullmatch(r"(?:under|below|younger than|up to)\s*(\d{1,3})", said):
        return None, int(match[1]) - (0 if said.startswith("up") else 1)
    return None, None


def degrees(text: str, most: int) -> float | None:
    """Degrees within -most..most; 0 and text give None, for nobody here is at 0."""
    said = text.strip()
    if not said or not _NUMBER.fullmatch(said):
        return None
    value = float(said)
    return value if 0 < abs(value) <= most else None


def point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of "lat, lon", "lon,lat" or "Geolocation is lat, lon": in the United States
    longitude is the one below -60, so the order tells itself."""
    if not text:
        return None
    numbers = re.findall(r"[-+]?\d{1,3}\.\d+|[-+]?\d{1,3}(?=\s*(?:,|$))", text)
    if len(numbers) != 2:
        return None
    first, second = float(numbers[0]), float(numbers[1])
    if abs(first) > 90 or (first < -60 < 0 < second):
        first, second = second, first
    usable = 0 < abs(first) <= 90 and 0 < abs(second) <= 180
    return (first, second) if usable else None


@lru_cache(maxsize=1)
def _language_codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, names in language_names().items():
        for name in [code, *words(names)]:
            codes.setdefault(name, code)
    return codes | _named_languages()


def _named_languages() -> dict[str, str]:
    import tomllib

    from resources.paths import CONTENT

    table = tomllib.loads((CONTENT / "ispeak" / "languages.toml").read_text(encoding="utf-8"))
    made = {}
    for row in table["language"]:
        for name in (row["english_name"], row["own_name"], row["code"]):
            made[" ".join(words(name))] = str(row["code"])
    return made


@lru_cache(maxsize=1)
def language_names_in_english() -> dict[str, str]:
    """The English name of each language we can point at, by its code."""
    from resources.guidance.ispeak import languages as known

    return {language.code: language.english_name for language in known()}


def languages(text: str) -> tuple[frozenset[str], bool]:
    """Codes of the languages named ("English, Spanish / Español"), and whether every word was understood."""
    codes, all_known = set(), True
    known = _language_codes()
    for piece in filter(None, re.split(r"[,;|\n]|\band\b|&|\+", text)):
        names = [" ".join(words(part)) for part in piece.split("/")]
        hits = {known[name] for name in names if name in known}
        codes |= hits
        all_known = all_known and (bool(hits) or not any(names))
    return frozenset(codes), all_known


@lru_cache(maxsize=4096)
def read_date(text: str) -> date | None:
    """A date in ISO, US month-first or spelled-out form; two-digit years up to 30 years ahead of 2000."""
    said = " ".join(text.split())
    if match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", said):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            return None
    for form in _DATES:
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    return None
