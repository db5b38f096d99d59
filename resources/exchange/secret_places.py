"""What a list marks as confidential, cut out of everything that the list says elsewhere (R4)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from resources.directory import phones
from resources.directory.fields import Fields, Value, text, to_fields, to_provider
from resources.directory.provider import Provider
from resources.directory.shelf import Document, Shelf, document_of
from resources.exchange import cells, place_cells
from resources.exchange.hsds_back import read_kept
from resources.exchange.plain_text import line
from resources.words import load

_WORD = re.compile(r"\w+")
_ESCAPES = re.compile(r"\\+[nrt\"]")
_SHORTEST = 4
_NO_TEXT = ("place/", "source", "status", "needs/", "languages/", "serves/", "intake/", "checks/")


class Secrets:
    """Texts that may occur nowhere: streets, points and numbers that their list marks as confidential."""

    def __init__(self) -> None:
        self._by_first: dict[str, dict[str, re.Pattern[str]]] = defaultdict(dict)
        self._numbers: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def add(self, texts: Iterable[str], *, own: bool = False) -> None:
        """Take these texts. A single word such as "Hospital" counts only for its `own` entry."""
        for one in map(line, texts):
            words = _WORD.findall(one.casefold())
            telling = own or len(words) > 1 or any(sign.isdigit() for sign in one)
            if len(one) >= _SHORTEST and words and telling and not _says_little(one):
                spaced = r"[\W_]+".join(map(re.escape, words))
                self._numbers |= {phone.number for phone in phones.read(one[:400]).phones if phone.number}
                self._by_first[words[0]][one.casefold()] = re.compile(
                    rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE
                )

    def cut(self, said: str) -> str:
        """The text without any of them, longest first."""
        first = self._by_first.keys() & set(_WORD.findall(said.casefold()))
        found = {one: pattern for word in first for one, pattern in self._by_first[word].items()}
        left = said
        for one in sorted(found, key=len, reverse=True):
            left = found[one].sub("", left)
        return left if left == said else re.sub(r" {2,}", " ", left).strip(" ,;")

    def clean(self, fields: Fields) -> Fields:
        """The fields of an entry without them; a name of which nothing is left says so."""
        made = {
            name: value if name.startswith(_NO_TEXT) else self._clean(value)
            for name, value in fields.items()
            if not (name.startswith("phones/") and value.get("number") in self._numbers)
        }
        if not made.get("name"):
            made["name"] = made.get("organization") or load("en").say("exchange.name_left_out")
        return {name: value for name, value in made.items() if value != "" or name == "name"}

    def _clean(self, value: Value) -> Value:
        if isinstance(value, str):
            rows = read_kept(value)  # inside them a new line is two signs
            return text([self._clean(row) for row in rows]) if rows else self.cut(value)
        if isinstance(value, list):
            return [self._clean(one) for one in value]
        if isinstance(value, dict):
            return {name: one if name == "number" else self._clean(one) for name, one in value.items()}
        return value

    def clean_all(self, providers: Sequence[Provider]) -> Sequence[Provider]:
        """The same providers, each without them."""
        if not self:
            return providers
        if isinstance(providers, Shelf):
            return Shelf.of_documents(self._documents(providers))
        return tuple(to_provider(one.id, self.clean(to_fields(one))) for one in providers)

    def _documents(self, shelf: Shelf) -> Iterator[Document]:
        for one in shelf.documents():
            plain = _ESCAPES.sub(" ", one.said)
            if self.cut(plain) == plain and not any(number in plain for number in self._numbers):
                yield one
            else:
                yield document_of(to_provider(one.id, self.clean(one.fields())))


def _says_little(text: str) -> bool:
    """True for what may stand in such a cell and betrays nothing: a flag, a state, the word itself."""
    return cells.flag(text) is not None or bool(cells.state(text)) or place_cells.is_secret(text)


def clean_one(provider: Provider, texts: Iterable[str]) -> Provider:
    """The provider without these texts of its own."""
    secrets = Secrets()
    secrets.add(texts, own=True)
    return to_provider(provider.id, secrets.clean(to_fields(provider))) if secrets else provider
