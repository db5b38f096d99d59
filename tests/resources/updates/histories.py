"""Random histories of an agency: whatever happens to laptops and sticks, all agree in the end, and nothing
that anybody wrote is lost without somebody who had seen it deciding so.

    python -m tests.resources.updates.histories [HISTORIES] [FIRST]      (60 unless told otherwise)

Prints what happened in all of them together, and the number of the first history that breaks a promise.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from resources.directory.fields import CONFIDENTIAL, SECRET, to_provider
from resources.directory.provider import CHECK_RESULTS, Provider
from resources.errors import ToolkitError
from resources.updates import bundle, holdings, rollback
from resources.updates.exchange import Decision, complete, give, preview
from resources.updates.review import Review
from tests.resources.updates.edits import Editor, differences, empty
from tests.resources.updates.oracle import judge, replaced
from tests.resources.updates.sticks import Pulled, accident
from tests.resources.updates.world import LINE, Book, Form, Laptop, admit, make_agency

LAPTOPS, STICKS, STEPS = 6, 3, 60
YEAR = 365 * 86_400
CLOCKS = (0, 9 * YEAR, -9 * YEAR, 3600, -5, YEAR)
PROVIDERS = ("p0", "p1", "p2", LINE)
PLACE = (CONFIDENTIAL, *SECRET)
NEVER = {"fork", "does_not_fit", "malformed", "wrong_key", "our_log_is_longer", "too_large", "revoked"}
EVERYTHING = Decision(phones=None, confirm_retire=True)
Decide = Callable[[Review], Decision | None]


class History:
    """One history, the same each time for one seed."""

    def __init__(self, folder: Path, agency: list[Path], seed: int, steps: int = STEPS) -> None:
        self.folder, self.chance, self.steps = folder, random.Random(seed), steps
        self.book, self.happened = Book(), Counter[str]()
        self.editor = Editor(self.chance)
        self.bundles: list[Path] = []
        self.backups: dict[str, Path] = {}
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
            counts = judge(laptop, self.book)
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

    # -- one laptop --------------------------------------------------------------------------------

    def edit(self, laptop: Laptop) -> None:
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            new = self.chance.random() < 0.05
            identity = self.editor.unique("new") if new else self.chance.choice(PROVIDERS)
            found = laptop.directory.many([identity])
            self._save(laptop, found[0] if found else empty(identity))

    def _save(self, laptop: Laptop, old: Provider, form: Form | None = None) -> None:
        """Change some values of what was shown, and see that each of them was written as it was meant."""
        new = self.editor.change(old)
        shown = form.seen.fields[old.id] if form else laptop.shown(old.id)
        meant = {name: v for name, v in differences(old, new).items() if shown.get(name) != v}
        laptop.directory.save(new, seen=form.seen if form else None)
        (written,) = laptop.note(form.vector if form else None)
        now = written.set if form else laptop.shown(old.id) | written.set
        if form and laptop.shown(old.id).get(CONFIDENTIAL):  # called a secret since the form was opened
            meant = {name: value for name, value in meant.items() if name not in PLACE}
        assert meant.items() <= now.items(), f"meant {meant}, wrote {written.set}"

    def open_form(self, laptop: Laptop) -> None:
        identity = self.chance.choice(PROVIDERS)
        seen = laptop.directory.seen(identity)
        if identity in seen.fields and laptop.directory.many([identity]):
            laptop.form = Form(identity, seen, laptop.vector())

    def save_form(self, laptop: Laptop) -> None:
        """A form that was open while other things happened; its reader has not seen those."""
        if form := laptop.form:
            laptop.form = None
            shown = form.seen.fields[form.provider]
            self._save(laptop, to_provider(form.provider, shown), form)

    def retire(self, laptop: Laptop) -> None:
        if found := laptop.directory.all(retired=True):
            one = self.chance.choice(found)
            (laptop.directory.bring_back if one.retired else laptop.directory.retire)(one.id)

    def check(self, laptop: Laptop) -> None:
        if found := laptop.directory.all(retired=True):
            note = self.editor.unique("spoke with")
            one, result = self.chance.choice(found), self.chance.choice(CHECK_RESULTS)
            laptop.directory.record_check(one.id, result, note=note)
            (written,) = laptop.note()
            assert [value["note"] for value in written.set.values()] == [note]

    def resolve(self, laptop: Laptop) -> None:
        if found := laptop.directory.conflicts():
            one = self.chance.choice(found)
            laptop.directory.resolve(one.provider_id, one.field, self.chance.choice(one.values).value)
            assert (one.provider_id, one.field) not in {
                (c.provider_id, c.field) for c in laptop.directory.conflicts()
            }, "a decided conflict is still open"

    def undo(self, laptop: Laptop) -> None:
        laptop.directory.undo()

    def take_back(self, laptop: Laptop) -> None:
        found = [one for one in holdings.arrivals(laptop.directory) if not one.back]
        if found:
            rollback.take_back(laptop.directory, self.chance.choice(found).id)

    def clock_jumps(self, laptop: Laptop) -> None:
        laptop.clock = self.chance.choice(CLOCKS)

    def back_up(self, laptop: Laptop) -> None:
        self.backups[laptop.who] = laptop.directory.backup()

    def restore(self, laptop: Laptop) -> None:
        """The disk of a laptop failed; it comes back as it was, under a new name."""
        backup = self.backups.pop(laptop.who, None)
        if backup is None or laptop is self.laptops[0]:
            return
        place = laptop.folder / "backups" / backup.name
        if place.exists():
            laptop.go_back(place, f"d{self.chance.getrandbits(40):012x}")
            admit(self.laptops[0].directory, laptop.directory, laptop.who)

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
        ids = sorted(looked.touched)
        return Decision(phones, frozenset(i for i in ids if self.chance.random() < 0.3), True)

    def _take(self, laptop: Laptop, stick: Path, decide: Decide = lambda _: EVERYTHING) -> None:
        looked = preview(laptop.directory, stick)
        decision = decide(looked)
        before = {i: laptop.shown(i) for i in decision.declined} if decision else {}
        done = complete(laptop.directory, stick, looked, decision, lambda *_: laptop.note())
        wrong = {refusal.why for refusal in done.refusals} & NEVER
        assert not wrong, f"{laptop.who} refused: {wrong}"
        for identity, shown in before.items():
            now = laptop.shown(identity)
            if now.get(CONFIDENTIAL):  # nobody declines a secret
                now, shown = ({n: v for n, v in d.items() if n not in PLACE} for d in (now, shown))
            assert now == shown if shown else now["status"] == "defunct", f"declined {shown}, now {now}"

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


_STEPS: dict[str, tuple[int, Callable[[History, Laptop], None]]] = {
    "edit": (30, History.edit),
    "exchange": (28, History.exchange),
    "open_form": (5, History.open_form),
    "save_form": (5, History.save_form),
    "check": (5, History.check),
    "resolve": (5, History.resolve),
    "accident": (5, History.accident),
    "retire": (4, History.retire),
    "undo": (4, History.undo),
    "pulled": (3, History.pulled),
    "crash": (3, History.crash),
    "take_back": (2, History.take_back),
    "one_file": (2, History.one_file),
    "clock_jumps": (2, History.clock_jumps),
    "back_up": (2, History.back_up),
    "restore": (1, History.restore),
}


@contextmanager
def quick_disk() -> Iterator[Path]:
    """A folder in memory where there is one; nothing is flushed, because no power fails here."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="histories-", dir=memory if memory.is_dir() else None))
    flush, os.fsync = os.fsync, lambda _: None
    try:
        yield folder
    finally:
        os.fsync = flush
        shutil.rmtree(folder)


def run(folder: Path, agency: list[Path], seed: int, steps: int = STEPS) -> Counter[str]:
    """One history in a folder of its own, which goes again."""
    place = folder / f"history{seed}"
    place.mkdir()
    history = History(place, agency, seed, steps)
    try:
        return history.run()
    finally:
        for laptop in history.laptops:
            laptop.directory.connection.close()
        shutil.rmtree(place)


def main(count: int = 60, first: int = 0) -> None:
    happened, start = Counter[str](), time.monotonic()
    with quick_disk() as folder:
        agency = make_agency(folder / "agency", LAPTOPS + 1)
        for seed in range(first, first + count):
            try:
                happened.update(run(folder, agency, seed))
            except BaseException:
                print(f"history {seed} breaks a promise; {seed - first} before it kept all", flush=True)
                raise
            if (seed + 1 - first) % 500 == 0:
                print(f"{seed + 1 - first} histories, {time.monotonic() - start:.0f} s", flush=True)
    print(f"{count} histories of {LAPTOPS} laptops from number {first}, {time.monotonic() - start:.0f} s:")
    print(", ".join(f"{name} {n:,}" for name, n in happened.most_common()))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
