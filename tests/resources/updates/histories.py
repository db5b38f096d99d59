"""Random histories of an agency: whatever happens to laptops and sticks, all agree in the end, and nothing
that anybody wrote is lost without somebody who had seen it deciding so.

    python -m tests.resources.updates.histories [HISTORIES] [FIRST]      (60 unless told otherwise)

Prints what happened in all of them together, and the number of each history that breaks a promise.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from resources.directory.provider import Provider
from resources.errors import ToolkitError
from resources.updates import bundle, export
from resources.updates.exchange import Decision, complete, give, preview
from resources.updates.review import Review
from tests.resources.updates.declines import Declined
from tests.resources.updates.desk_work import CLOCKS, PROVIDERS, DeskWork, without_secrets
from tests.resources.updates.edits import ONE_FIELD, Edit, empty
from tests.resources.updates.oracle import judge, replaced
from tests.resources.updates.sticks import Pulled, Reader, accident
from tests.resources.updates.world import LINE, Laptop, make_agency, quick_disk

LAPTOPS, STICKS, STEPS, HISTORIES = 6, 3, 36, 60
# a damaged header may claim any number of operations, so "too_large" is no promise broken
NEVER = {"fork", "does_not_fit", "malformed", "wrong_key", "our_log_is_longer", "revoked"}
EVERYTHING = Decision(phones=None, confirm_retire=True)
Decide = Callable[[Review], Decision | None]


class History(DeskWork):
    """One history, the same each time for one seed."""

    def __init__(self, folder: Path, agency: list[Path], seed: int, steps: int = STEPS) -> None:
        super().__init__(random.Random(seed))
        self.folder, self.steps, self.happened = folder, steps, Counter[str]()
        self.bundles: list[Path] = []
        self.reader = Reader()
        clocks = self.chance.sample(CLOCKS, len(CLOCKS))
        for place in agency:
            shutil.copytree(place, folder / place.name)
        self.laptops = [
            Laptop(folder / place.name, f"car {n}", self.book, clocks[n % len(clocks)])
            for n, place in enumerate(agency[:-1])
        ]
        for laptop in self.laptops:
            laptop.note(seen={})  # each came with its national lines
        self.newcomer = agency[-1]
        self.sticks = [folder / f"stick{n}" for n in range(STICKS)]
        for stick in self.sticks:
            stick.mkdir()

    def run(self) -> Counter[str]:
        """Live through it; raises AssertionError when a promise is broken."""
        names = list(_STEPS)
        for _ in range(self.steps):
            name = self.chance.choices(names, [_STEPS[name][0] for name in names])[0]
            laptop = self.chance.choice(self.laptops)
            self.happened[name] += 1
            _STEPS[name][1](self, laptop)
            laptop.note()
        self.settle()
        return self.happened

    def settle(self) -> None:
        """Everybody exchanges with one good stick, twice; then everybody must agree."""
        final = self.folder / "final"
        final.mkdir()
        for _ in range(2):
            for laptop in self.laptops:
                self._take(laptop, final)
        known = self.laptops[0].vector()
        lost = {o for o in self.book.doubtful if o.n > known.get(o.device, 0)}
        for identity in lost:
            del self.book.written[identity]
        assert sum(known.values()) == len(self.book.written), "an operation is missing"
        state = [self._state(laptop) for laptop in self.laptops]
        for laptop, found in zip(self.laptops, state, strict=True):
            assert laptop.vector() == known and found == state[0], f"{laptop.who} differs"
            counts = judge(laptop, self.book, at_the_end=True)
            before = laptop.directory.content_hash()
            if laptop is self.laptops[-1]:
                laptop.directory.rebuild()
                assert (self._state(laptop), laptop.directory.content_hash()) == (found, before), "rebuilt"
        self.happened.update(counts | {"operations": len(self.book.written), "replaced": replaced(self.book)})
        self.brings_up_to_date(final, self.laptops[0])

    def _state(self, laptop: Laptop) -> list[object]:
        """All that laptops must agree on: of a national line each believes its own."""
        connection = laptop.directory.connection
        queries = (
            "select id, document from provider where id <> ? order by id",
            "select provider, field from conflict where provider <> ? order by 1, 2",
            "select provider, device, n, clock from alive where provider <> ? order by 1, 2, 3",
            "select provider, device, n, field from dead where provider <> ? order by 1, 2, 3, 4",
        )
        return [connection.execute(query, (LINE,)).fetchall() for query in queries]

    def brings_up_to_date(self, stick: Path, from_laptop: Laptop) -> None:
        """A stick that a laptop has just written tells a laptop that knows nothing all that it knows."""
        place = self.folder / "newcomer"
        shutil.copytree(self.newcomer, place)
        new = Laptop(place, "newcomer", self.book)
        self._take(new, stick)
        held, new_held = from_laptop.vector(), new.vector()
        new.directory.connection.close()
        shutil.rmtree(new.folder)
        assert all(new_held.get(device, 0) >= n for device, n in held.items()), "a stick lacks what was given"

    # -- between laptops ---------------------------------------------------------------------------

    def exchange(self, laptop: Laptop) -> None:
        stick = self.chance.choice(self.sticks)
        self._take(laptop, stick, self.decide)
        if self.chance.random() < 0.05:
            self.brings_up_to_date(stick, laptop)

    def decide(self, looked: Review) -> Decision | None:
        """Mostly yes to all; now and then no to some, or not now."""
        kind = self.chance.random()
        if kind < 0.1:
            return None
        if kind < 0.7:
            return EVERYTHING
        phones = frozenset(p.key for p in looked.phones if self.chance.random() < 0.5)
        ids = sorted(looked.entries())
        return Decision(phones, frozenset(i for i in ids if self.chance.random() < 0.3), True)

    def _take(self, laptop: Laptop, stick: Path, decide: Decide = lambda _: EVERYTHING) -> None:
        looked = preview(laptop.directory, stick)
        decision = decide(looked)
        held = {i: laptop.shown(i) for i in looked.entries()}
        declined = Declined(laptop, looked, decision)
        done = complete(
            laptop.directory, stick, looked, decision, lambda *_: laptop.note(stood=declined.stood)
        )
        wrong = {refusal.why for refusal in done.refusals} & NEVER
        assert not wrong, f"{laptop.who} refused: {wrong}"
        laptop.note(stood=declined.stood)
        self.happened["declined in dispute"] += declined.judge()
        if self.book.closed(laptop.vector()):
            judge(laptop, self.book)
            self.happened["judged"] += 1
        carried = self.reader.carried(stick)
        assert all(carried.get(d, 0) >= n for d, n in laptop.vector().items()), f"lacking on {stick.name}"
        if decision is None:
            assert held == {i: laptop.shown(i) for i in held}, "what waits was taken"
            return
        for identity in decision.declined:
            now, before = without_secrets(identity, self.book, laptop.shown(identity), held[identity])
            assert now == before if before else now["status"] == "defunct", f"was {before}, is {now}"
        for phone in looked.phones:
            name = phone.key.removeprefix(f"{phone.provider_id}/")
            if decision.phones is not None and phone.key not in decision.phones:
                now = laptop.shown(phone.provider_id)  # empty: the whole entry was taken back
                assert not now or now.get(name) == held[phone.provider_id].get(name), f"{phone.key} was taken"

    def volley(self, laptop: Laptop) -> None:
        """Two laptops change the same of one entry, in turns or at once; then one of them takes something
        back, or decides between the two before, or saves a form that was open all the while."""
        other = self.chance.choice([one for one in self.laptops if one is not laptop])
        last, stick = self.chance.choice((laptop, other)), self.chance.choice(self.sticks)
        identity, edits = self.chance.choice(PROVIDERS), self.chance.sample(ONE_FIELD, 1)
        kind = self.chance.choice((DeskWork.undo, DeskWork.undo, DeskWork.take_back, DeskWork.save_form))
        parting = self.chance.random() < 0.3  # one retires what the other edits, decides, and takes that back
        if parting and self.chance.random() < 0.6:
            kind, last = DeskWork.undo, laptop

        self._says(laptop, identity, edits, leaves=parting)
        at_once = () if parting else self.chance.choice(((laptop, other), (other, laptop), ()))
        for one in at_once:
            self._take(one, stick)
        if kind is DeskWork.save_form:
            self.open_form(last, identity)
        self._says(other, identity, edits, leaves=self.chance.random() < 0.1)
        for one in (other, laptop, other):
            self._take(one, stick)
        if parting or self.chance.random() < 0.3:
            self.resolve(last, identity)
            last.note()
        if kind is DeskWork.save_form:
            self.save_form(last, edits)
        else:
            kind(self, last)

    def refusal(self, laptop: Laptop) -> None:
        """Two laptops disagree about a field, or about the use of an entry, and one of them declines what a
        third one says of it, who knew all of that, or less."""
        other, third = self.chance.sample([one for one in self.laptops if one is not laptop], 2)
        stick, identity = self.chance.choice(self.sticks), self.chance.choice(PROVIDERS)
        edits = self.chance.sample(ONE_FIELD, 1)
        takes = self.chance.sample((laptop, other, third, other, laptop), 5)  # who knows what by then
        for one in (laptop, other):
            self._says(one, identity, edits, leaves=self.chance.random() < 0.15)
        for one in takes[: self.chance.choice((2, 4, 5))]:
            self._take(one, stick)
        self._take(laptop, stick)
        if self.chance.random() < 0.3:
            self.resolve(third, identity)
            third.note()
        else:
            self._says(third, identity, edits, leaves=self.chance.random() < 0.15)
        self._take(third, stick)
        self._take(laptop, stick, lambda looked: Decision(None, frozenset(looked.entries()), True))

    def _says(self, laptop: Laptop, identity: str, edits: Sequence[Edit], leaves: bool) -> None:
        """It changes an entry, or `leaves` it: out of use, or in use again."""
        if leaves:
            self.retire(laptop, identity)
        else:
            found = laptop.directory.many([identity])
            self._save(laptop, found[0] if found else empty(identity), only=edits)
        laptop.note()

    def pulled(self, laptop: Laptop) -> None:
        """The stick is pulled out while it is written."""
        medium = Pulled(self.chance.choice(self.sticks), self.chance)
        try:
            give(laptop.directory, medium)
        except ToolkitError as problem:
            assert problem.key == "core.cannot_write"

    def crash(self, laptop: Laptop) -> None:
        """The program is killed between two segments, within one, or while it saves an edit."""
        stick, kind = self.chance.choice(self.sticks), self.chance.random()
        looked = preview(laptop.directory, stick)
        if kind < 0.3:
            with laptop.may_be_abandoned(1):
                laptop.directory.save(self._changed(laptop))
            return
        write, segment = self.chance.choice(((0, 0), (0, 1), (0, 3), (1, 9), (1, 9), (2, 9)))

        def progress(done: int, of: int) -> None:
            laptop.note()
            if done > segment:
                laptop.abandon()

        with laptop.may_be_abandoned(write):
            complete(laptop.directory, stick, looked, EVERYTHING, progress)

    def _changed(self, laptop: Laptop) -> Provider:
        found = laptop.directory.many([self.chance.choice(PROVIDERS)])
        return replace(found[0] if found else Provider("p0"), name=self.editor.unique("never said"))

    def one_file(self, laptop: Laptop) -> None:
        """A bundle is written and some bundle, new or old, is read by another laptop."""
        path = self.folder / f"{self.editor.unique('bundle')}.plb"
        bundle.write(laptop.directory, path)
        self.bundles.append(path)
        other = self.chance.choice(self.laptops)
        try:
            found = bundle.read(other.directory, self.chance.choice(self.bundles))
        except ToolkitError as problem:
            assert problem.key in ("updates.bundle_older", "updates.bundle_unknown"), problem.key
            return
        looked = preview(other.directory, found.parts)
        bundle.take(other.directory, found, looked, EVERYTHING)
        other.note()

    def accident(self, laptop: Laptop) -> None:
        self.happened[accident(self.sticks, self.chance, self.folder)] += 1
        if self.chance.random() < 0.5:  # somebody wonders which stick is still good
            for stick in self.sticks:
                self._take(laptop, stick, self.decide)


_STEPS: dict[str, tuple[int, Callable[[History, Laptop], None]]] = {
    "edit": (30, DeskWork.edit),
    "exchange": (28, History.exchange),
    "open_form": (5, DeskWork.open_form),
    "save_form": (5, DeskWork.save_form),
    "check": (5, DeskWork.check),
    "resolve": (5, DeskWork.resolve),
    "accident": (5, History.accident),
    "retire": (4, DeskWork.retire),
    "undo": (4, DeskWork.undo),
    "volley": (6, History.volley),
    "refusal": (3, History.refusal),
    "pulled": (3, History.pulled),
    "crash": (3, History.crash),
    "take_back": (2, DeskWork.take_back),
    "one_file": (2, History.one_file),
    "clock_jumps": (2, DeskWork.clock_jumps),
    "back_up": (2, DeskWork.back_up),
    "restore": (1, DeskWork.restore),
}


def run(folder: Path, agency: list[Path], seed: int, steps: int = STEPS) -> Counter[str]:
    """One history in a folder of its own, which goes again."""
    place = folder / f"history{seed}"
    place.mkdir()
    history = History(place, agency, seed, steps)
    try:
        with patch.object(export, "randbelow", history.chance.randrange):
            return history.run()
    finally:
        for laptop in history.laptops:
            laptop.directory.connection.close()
        shutil.rmtree(place)


def main(count: int = HISTORIES, first: int = 0) -> int:
    """Run and tell; 1 when a promise was broken, after all were run."""
    happened, start, broken = Counter[str](), time.monotonic(), 0
    with quick_disk() as folder:
        agency = make_agency(folder / "agency", LAPTOPS + 1)
        for done, seed in enumerate(range(first, first + count), 1):
            try:
                happened.update(run(folder, agency, seed))
            except Exception:
                broken += 1
                print(f"history {seed} breaks a promise:\n{traceback.format_exc()}", flush=True)
            if done % 100 == 0:
                print(f"{done} histories, {broken} broken, {time.monotonic() - start:.0f} s", flush=True)
    took = time.monotonic() - start
    print(f"{count} histories of {LAPTOPS} laptops from number {first}, {broken} broken, {took:.0f} s:")
    print(", ".join(f"{name} {n:,}" for name, n in happened.most_common()))
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
