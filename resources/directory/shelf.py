"""Many providers in little room: their documents, packed by the hundred and unpacked a part at a time.

A list of 50,000 entries takes some 15 MB this way and 300 MB as objects, and it goes to another process
as it is.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from resources.directory.fields import Fields, text, to_fields, to_provider, with_ids
from resources.directory.provider import Provider
from resources.lazy import Lazy

_TOGETHER = 200


class Document(NamedTuple):
    """One provider: its id, and its fields as the text that the store keeps."""

    id: str
    said: str

    def fields(self) -> Fields:
        found: Fields = json.loads(self.said)
        return found

    def provider(self) -> Provider:
        return to_provider(self.id, self.fields())


def document_of(provider: Provider) -> Document:
    return Document(provider.id, text(to_fields(with_ids(provider))))


@dataclass(frozen=True)
class _Part:
    """Some documents; `end` counts those of all parts up to and with this one."""

    end: int
    ids: tuple[str, ...]
    packed: bytes

    def documents(self) -> list[Document]:
        texts = zlib.decompress(self.packed).decode("utf-8", "surrogatepass").split("\n")
        return [Document(*one) for one in zip(self.ids, texts, strict=True)]


@dataclass(frozen=True)
class Shelf(Lazy[Provider]):
    """Providers in order, each id once."""

    _parts: tuple[_Part, ...] = ()

    @classmethod
    def of(cls, providers: Iterable[Provider]) -> Shelf:
        return cls.of_documents(document_of(provider) for provider in providers)

    @classmethod
    def of_documents(cls, documents: Iterable[Document]) -> Shelf:
        """Put these documents away; of several with one id the last stays."""
        packer = Packer()
        for document in documents:
            packer.add(document)
        return packer.done()

    def __add__(self, more: Shelf) -> Shelf:
        """Both, in this order. Raises ValueError when an id is on both."""
        if not set(self.ids()).isdisjoint(more.ids()):
            raise ValueError("an id is on both shelves")
        before = len(self)
        moved = tuple(replace(part, end=part.end + before) for part in more._parts)
        return Shelf(self._parts + moved)

    def documents(self, places: range | None = None) -> Iterator[Document]:
        """All, or those at these places; a part is unpacked once for those that lie in it."""
        first, end, some = 0, 0, list[Document]()
        for place in range(len(self)) if places is None else places:
            if not first <= place < end:
                part = self._parts[bisect_right(self._parts, place, key=lambda part: part.end)]
                first, end, some = part.end - len(part.ids), part.end, part.documents()
            yield some[place - first]

    def ids(self) -> Iterator[str]:
        for part in self._parts:
            yield from part.ids

    def __len__(self) -> int:
        return self._parts[-1].end if self._parts else 0

    def _make(self, places: range) -> Iterator[Provider]:
        return (document.provider() for document in self.documents(places))


EMPTY = Shelf()


class Packer:
    """Puts documents away as they come, so that never more than a few lie about."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._open: list[Document] = []
        self._seen: set[str] = set()
        self._end = 0

    def add(self, document: Document) -> None:
        self._open.append(document)
        if len(self._open) == _TOGETHER:
            self._pack()

    def _pack(self) -> None:
        ids, texts = zip(*self._open, strict=True)
        self._end += len(ids)
        self._seen.update(ids)
        packed = zlib.compress("\n".join(texts).encode("utf-8", "surrogatepass"), 1)
        self._parts.append(_Part(self._end, ids, packed))
        self._open.clear()

    def done(self) -> Shelf:
        """What was put away; of several with one id the last stays."""
        if self._open:
            self._pack()
        made = Shelf(tuple(self._parts))
        return made if len(self._seen) == len(made) else Shelf.of_documents(_last_of_each(made))


def _last_of_each(shelf: Shelf) -> Iterator[Document]:
    last = {identity: n for n, identity in enumerate(shelf.ids())}
    return (one for n, one in enumerate(shelf.documents()) if last[one.id] == n)
