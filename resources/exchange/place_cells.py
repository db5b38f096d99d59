"""Where a row says a service is: one-cell addresses taken apart, counties named, secrets kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from resources.directory import places
from resources.directory.provider import Place
from resources.exchange import cells

MOST_STREET, MOST_CITY = 500, 100
_SECRET = re.compile(
    r"(?i)\b(?:confidential|undisclosed|not disclosed|address withheld|secret location|unlisted)\b"
    r"|call for (?:the )?(?:location|address|directions)|location (?:is )?(?:private|not public)"
)
_STEMS = ("confiden", "disclosed", "withheld", "secret", "unlisted", "call for", "location")
_STATE_END = re.compile(
    r"^(?P<before>.*?)[,\s]+(?P<state>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\.?,?\s*$", re.DOTALL
)
_ZIP_END = re.compile(r"[,\s]*\b(\d{5}(?:-\d{4})?)\s*$")
_COUNTRY_END = re.compile(r"(?i)[,\s]*\b(?:usa|u\.s\.a\.?|united states(?: of america)?)\s*$")
_ONLY_STATE = re.compile(r"(?i)^\s*state\s*:\s*([A-Za-z .]+?)\s*$")
_STREET_WORDS = (
    "street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|ln|way|court|ct|place|pl|highway|hwy|parkway|pkwy"
    "|square|sq|circle|cir|trail|terrace|ter|pike|plaza|alley|route|rte|box|floor|suite|ste|unit|building|bldg"
)
_LAST_STREET_WORD = re.compile(
    rf"(?i)^(.*\b(?:{_STREET_WORDS})\b\.?(?:\s+(?:#?\d+\w*|[NSEW]{{1,2}}))?)\s+([A-Z][A-Za-z .'-]+)$"
)


@dataclass(frozen=True)
class Address:
    """The parts of an address; what a cell did not say is empty."""

    street: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


def is_secret(*texts: str) -> bool:
    """True when an address cell says in words that the address is not to be known."""
    said = "\n".join(texts).casefold()
    return any(stem in said for stem in _STEMS) and bool(_SECRET.search(said))


@lru_cache(maxsize=8192)
def read_address(text: str) -> Address:
    """Take "1110 Spruce St Philadelphia, PA 19107" apart; what is not certain stays in the street."""
    if match := _ONLY_STATE.match(text):
        return Address(state=cells.state(match[1]))
    said = _COUNTRY_END.sub("", " ".join(text.replace("\n", ", ").split()))
    zip_code = ""
    if match := _ZIP_END.search(said):
        before = said[: match.start()].rstrip(" ,")
        if before and (_state_at_end(before) or "," in before):
            zip_code, said = match[1], before
    state, rest = _state_at_end(said) or ("", said)
    if not state:
        return Address(street=text.strip() if not zip_code else said, postal_code=zip_code)
    street, city = _city_at_end(rest.rstrip(" ,"))
    return Address(street, city, state, zip_code)


def _state_at_end(text: str) -> tuple[str, str] | None:
    match = _STATE_END.match(text)
    if match and (state := cells.state(match["state"])):
        return state, match["before"]
    return None


def _city_at_end(text: str) -> tuple[str, str]:
    street, comma, city = text.rpartition(",")
    if comma and cells.has_letters(city) and not re.search(r"\d", city):
        return street.strip(" ,"), city.strip()
    if match := _LAST_STREET_WORD.match(text):
        return match[1].strip(" ,"), match[2].strip()
    if not re.search(r"\d", text):
        return "", text.strip()
    return text.strip(), ""


@lru_cache(maxsize=8192)
def county_code(name: str, state: str) -> str:
    """The FIPS code of a county named "Allegheny", "Rosebud County" or with a state; "" when unsure."""
    said = " ".join(name.split()).strip(" .,")
    if re.fullmatch(r"\d{5}", said):
        return said if places.county(said) else ""
    if not said or re.search(r"\d", said):
        return ""
    with_state = said if "," in said else f"{said}, {state}" if state else said
    bare, _, after = with_state.partition(",")
    state = cells.state(after) or state
    kind = r"(?i)\b(?:county|parish|borough|census area|municipality|city and)\b"
    named = with_state if re.search(kind, bare) else f"{bare} County,{after}"
    if not state and "," not in said:
        return ""
    hit = places.find(named.strip(" ,")) or places.find(with_state)
    return hit.county if hit and hit.kind == "county" and (not state or hit.state == state) else ""


def served(text: str, state: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Codes of the counties and states a cell names, and the pieces that nobody could place."""
    codes, unclear = set(), []
    for stretch in filter(None, (part.strip() for part in re.split(r"[;\n|]", text))):
        if code := _area(stretch, state):
            codes.add(code)
            continue
        for piece in filter(None, (part.strip() for part in re.split(r",|\band\b|&", stretch))):
            if code := _area(piece, state):
                codes.add(code)
            else:
                unclear.append(piece)
    return frozenset(codes), tuple(unclear)


def _area(piece: str, state: str) -> str:
    said = " ".join(piece.casefold().replace(".", "").split())
    if said in ("us", "usa", "united states", "nationwide", "national", "nation wide", "all states"):
        return "US"
    if said in ("statewide", "state wide", "entire state", "all counties"):
        return state
    if match := re.fullmatch(r"(?:all of |entire state of |state of |statewide in )?(.+)", said):
        whole = cells.state(match[1])
        if whole and (len(match[1]) > 2 or piece.strip().isupper()):
            return whole
    return county_code(piece, state)


def place(
    address: Address, county: str, point: tuple[float, float] | None, confidential: bool, street2: str = ""
) -> Place:
    """The Place of these parts; a confidential one keeps city, county and state and nothing closer."""
    state = address.state or _state_of_zip(address.postal_code)
    code = county_code(county, state)
    if confidential:
        return Place(city=address.city, county=code, state=state, confidential=True)
    street = address.street
    if street2 and street2.casefold() not in street.casefold():
        street = f"{street}, {street2}" if street else street2
    latitude, longitude = point or (None, None)
    return Place(street, address.city, code, state, address.postal_code, latitude, longitude)


@lru_cache(maxsize=8192)
def _state_of_zip(code: str) -> str:
    hit = places.find(code[:5]) if re.match(r"\d{5}", code) else None
    return hit.state if hit else ""


def within_limits(place: Place) -> tuple[Place, list[tuple[str, int]]]:
    """The place without a street or a town that is absurdly long, and which of them were, with the limit."""
    street, city = len(place.street) > MOST_STREET, len(place.city) > MOST_CITY
    if not street and not city:
        return place, []
    over = [("street", MOST_STREET)] * street + [("city", MOST_CITY)] * city
    place = replace(place, street="" if street else place.street, city="" if city else place.city)
    return place, over
