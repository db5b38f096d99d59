"""Names that imitate another name: other alphabets, digits for letters, signs nobody sees (UTS 39)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from resources.directory.letters import fold, words
from resources.engine import Connection
from resources.words import load

_ALIKE = str.maketrans(
    "аеорсухіјѕԁһкмтвнгԛԝүӏьαορντυικχβεηωγσϲϳօսոհցզգℓ01i|5",
    "aeopcyxljsdhkmtbhrqwylbaopvtulkxbenwyocjounhqqqlollls",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


@dataclass(frozen=True)
class LookAlike:
    """A name to look at twice. `kind`: imitates, mixed or invisible; `like` is the name it imitates."""

    provider_id: str
    name: str
    kind: str
    like: str = ""

    def sentence(self) -> str:
        return load("en").say(f"updates.review.{self.kind}", name=self.name, like=self.like)


def skeleton(name: str) -> str:
    """Equal for names that a hurried reader takes for the same."""
    plain = fold(name).translate(_ALIKE)
    for pair, one in _PAIRS:
        if pair in plain:
            plain = plain.replace(pair, one)
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def look_alikes(
    connection: Connection, names: Mapping[str, str], national: Collection[str] = ()
) -> list[LookAlike]:
    """Those of these names (by id of their provider) that look like another one, or hide something.

    The name of a national line is no one else's: there even the same name is worth a look.
    """
    found = [LookAlike(i, name, kind) for i, name in names.items() if (kind := _odd(name))]
    wanted: dict[str, list[str]] = {}
    for identity, name in names.items():
        wanted.setdefault(skeleton(name), []).append(identity)
    rows: Iterable[tuple[str, str]] = connection.execute("select id, name from provider").fetchall()
    others = [(i, name) for i, name in rows if i not in names] + list(names.items())
    for other, name in others:
        for identity in wanted.get(skeleton(name), ()):
            if identity != other and (other in national or words(names[identity]) != words(name)):
                found.append(LookAlike(identity, names[identity], "imitates", name))
    return found


def _odd(name: str) -> str:
    if name.isascii() and name.isprintable():
        return ""
    if any(unicodedata.category(sign) in ("Cf", "Cc") for sign in name):
        return "invisible"
    kinds = {unicodedata.name(sign, "").split(" ")[0] for sign in name if sign.isalpha()}
    return "mixed" if len(kinds & set(_ALPHABETS)) > 1 else ""
