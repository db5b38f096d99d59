"""Names that imitate another name: other alphabets, digits for letters, signs nobody sees (UTS 39)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from resources.directory.letters import fold, words
from resources.words import load

_ALIKE = str.maketrans(
    "аеорсухіјѕԁһкмтвнгԛԝүӏьαορντυικχβεηωγσϲϳօսոհցզգℓ01i|5",
    "aeopcyxljsdhkmtbhrqwylbaopvtulkxbenwyocjounhqqqlollls",
)
_SIGNS = re.compile(r"[^\w\n]|_")
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


def skeletons(names: Sequence[str]) -> list[str]:
    """Of each name a form that is equal for those that a hurried reader takes for the same."""
    names = [name.replace("\n", " ") for name in names]
    plain = [name for name in names if name.isascii()]
    found = dict(zip(plain, _alike("\n".join(plain)).split("\n"), strict=bool(plain)))
    return [found[name] if name in found else _alike(name) for name in names]


def _alike(text: str) -> str:
    """The form of a name, or of many, one a line, which is quicker: a directory may hold 200,000."""
    plain = fold(text).translate(_ALIKE)
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return _SIGNS.sub("", plain)


def look_alikes(
    names: Mapping[str, str], here: Iterable[str], national: Iterable[str] = ()
) -> list[LookAlike]:
    """Those of these names (by id of their provider) that look like another one, or hide something.

    `here` are the names of other providers. That of a `national` line is no one else's: there even the same
    name is worth a look. Of the names that one imitates the first is told.
    """
    found = [LookAlike(i, name, kind) for i, name in names.items() if (kind := _odd(name))]
    lines = dict.fromkeys(national)
    mine = list(dict.fromkeys(names.values()))
    forms = dict(zip(mine, skeletons(mine), strict=True))
    spelled: dict[str, dict[str, str]] = {form: {} for form in forms.values()}
    imitated: dict[str, str] = {}
    others = list(dict.fromkeys([*lines, *here, *mine]))
    for other, form in zip(others, skeletons(others), strict=True):
        if form in spelled:
            spelled[form].setdefault(" ".join(words(other)), other)
            if other in lines:
                imitated.setdefault(form, other)
    for identity, name in names.items():
        form, said = forms[name], " ".join(words(name))
        differ = (other for spelling, other in spelled[form].items() if spelling != said)
        if (like := imitated.get(form) or next(differ, "")) != "":
            found.append(LookAlike(identity, name, "imitates", like))
    return found


def _odd(name: str) -> str:
    if name.isascii() and name.isprintable():
        return ""
    if any(unicodedata.category(sign) in ("Cf", "Cc") for sign in name):
        return "invisible"
    kinds = {unicodedata.name(sign, "").split(" ")[0] for sign in name if sign.isalpha()}
    return "mixed" if len(kinds & set(_ALPHABETS)) > 1 else ""
