"""Long lists in little room: each entry is made when somebody looks at it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Lazy(Sequence[T_co]):
    """A sequence that makes its items. A part of it is a tuple; iterating keeps none of them."""

    @abstractmethod
    def _make(self, places: range) -> Iterable[T_co]:
        """The items at these places, all of which exist, in this order."""

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, place: int | slice) -> T_co | tuple[T_co, ...]:
        places = range(len(self))[place]
        if isinstance(places, range):
            return tuple(self._make(places))
        return next(iter(self._make(range(places, places + 1))))

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._make(range(len(self))))
