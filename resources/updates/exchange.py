"""The clerk's loop: look at a stick, take what is new, give what it lacks, say what happened.

Two calls with a person between them, each fit for a worker thread:

    looked = preview(directory, folder)             # nothing of the entries is touched
    decision = ...                                  # show `looked` unless `looked.empty`; None: later
    done = complete(directory, folder, looked, decision)
    done.lines()                                    # three sentences

`exchange` does both for a script: what needs a person waits, all else is taken.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from resources.directory.disputes import Disputes
from resources.directory.fields import Fields
from resources.directory.merge import RETIRED, STATUS, Entry
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.updates import holdings
from resources.updates.export import close_log, give_segments, keep_segment
from resources.updates.incoming import Gate
from resources.updates.medium import Folder, Medium
from resources.updates.refusals import Refusal
from resources.updates.review import Review, phone_fields, review
from resources.updates.segments import Segment
from resources.updates.trust import Trust
from resources.words import load

Progress = Callable[[int, int], object]
MOST_REFUSALS = 500
AT_ONCE = 20_000  # so many operations are taken in one transaction: some seconds, in which others wait


@dataclass(frozen=True)
class Decision:
    """What a person decided about a review.

    `phones`: keys of the changed numbers that were accepted (None: all). `declined`: ids of entries that
    stay as they are here; a new one is put out of use. `confirm_retire`: a mass deletion is meant.
    Whoever decides has seen the names that look like others.
    """

    phones: frozenset[str] | None = frozenset()
    declined: frozenset[str] = frozenset()
    confirm_retire: bool = False


@dataclass(frozen=True)
class Taken:
    """What was taken: `arrival` names it for taking it back; `kept` counts what stayed ours."""

    arrival: str = ""
    ops: int = 0
    entries: int = 0
    kept: int = 0
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """What happened in both directions. `waits` is True when a person must look before anything is taken."""

    review: Review
    taken: Taken = field(default_factory=Taken)
    waits: bool = False
    files: int = 0
    ops: int = 0
    refusals: tuple[Refusal, ...] = ()
    rosters: int = 0
    content: tuple[str, ...] = ()  # what came of content editions, a sentence each
    editions: int = 0  # and how many were written

    def lines(self) -> list[str]:
        """Three lines: what came, what went, what needs a person."""
        say = load("en").say
        came = "waits" if self.waits else "came" if self.taken.ops else "nothing_came"
        went = "went" if self.files else "nothing_went"
        needs = "refused" if self.refusals else "all_well"
        label = self.review.incoming.label
        changes = say("updates.exchange.changes", n=self.review.ops)
        first = say(f"updates.exchange.{came}", n=self.taken.entries, changes=changes, folder=label)
        if self.taken.kept:
            first += " " + say("updates.exchange.kept", n=self.taken.kept)
        second = say(f"updates.exchange.{went}", n=self.ops, files=self.files, folder=label)
        if self.content:
            first = " ".join([first] * (came != "nothing_came") + list(self.content))
        if self.editions:
            gave = say("content.lines.gave", n=self.editions, folder=label)
            second = " ".join([second] * (went != "nothing_went") + [gave])
        return [first, second, say(f"updates.exchange.{needs}", n=len(self.refusals))]


def medium_of(source: Path | Medium) -> Medium:
    return Folder(source) if isinstance(source, Path) else source


def preview(directory: Directory, source: Path | Medium) -> Review:
    """What taking this folder or bundle would do; only rosters that prove themselves are taken at once.

    Raises ToolkitError when this laptop belongs to no agency or the folder cannot be read.
    """
    trust = Trust(directory)
    medium = medium_of(source)
    refusals = trust.take_all(medium)
    trust.admit_this()
    incoming = Gate(directory, trust, medium).gather()
    holdings.read_peers(directory, trust, medium)
    found = tuple(refusals) + incoming.refusals
    keep_refusals(directory, medium.label, found)
    return review(directory, replace(incoming, refusals=found))


def accept(
    directory: Directory,
    looked: Review,
    decision: Decision | None = None,
    *,
    progress: Progress | None = None,
) -> Taken:
    """Take what was reviewed: all of it or nothing, but for a long list, which is taken in parts so that
    others may use the directory meanwhile. Without a decision no number is accepted.

    What is refused is taken into the log like all else, so that nothing is lost and laptops agree on what
    was said; an operation of ours in the same transaction says that ours stands. Raises ToolkitError when
    more entries would disappear than an honest update takes away, and nobody confirmed it.
    """
    decided = decision or Decision()
    keep = _kept(looked, decided)
    gone = [identity for identity, _ in looked.retired if identity not in decided.declined]
    if looked.is_mass(len(gone)) and not decided.confirm_retire:
        raise ToolkitError("updates.mass_retire", n=len(gone), of=looked.live)
    taking = _Taking(directory, looked, *_before(directory, keep))
    segments, done = looked.incoming.segments, 0
    with directory.one_list():
        for some in _together(segments):
            with directory.at_once():
                for segment in some:
                    taking.take(segment)
                    done += 1
                    if progress:
                        progress(done, len(segments))
    keep_refusals(directory, looked.incoming.label, taking.refusals)
    kept = len(decided.declined & keep.keys())
    kept += sum(len(names) for identity, names in keep.items() if identity not in decided.declined)
    arrival = taking.arrival if taking.ops else ""
    return Taken(arrival, taking.ops, taking.entries, kept, tuple(taking.refusals))


def _together(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Segments to be taken in one transaction: all of a short update, of a long one some at a time."""
    some: list[Segment] = []
    ops = 0
    for segment in segments:
        if some and ops + len(segment.hashes) > AT_ONCE:
            yield some
            some, ops = [], 0
        some.append(segment)
        ops += len(segment.hashes)
    if some:
        yield some


def _kept(looked: Review, decided: Decision) -> dict[str, set[str]]:
    """The fields that stay as they are here, by entry: refused numbers, and all of a declined entry."""
    keep = {} if decided.phones is None else phone_fields(looked.phones, decided.phones)
    for identity, names in looked.spoken_of(decided.declined).items():
        keep[identity] = keep.get(identity, set()) | names | {STATUS}
    return keep


def _before(directory: Directory, keep: Mapping[str, set[str]]) -> tuple[dict[str, Fields], Disputes]:
    """What stays, as it is before anything is taken: the values that are shown, and open disputes.

    An entry that is not here is put out of use.
    """
    values: dict[str, Fields] = {}
    disputes = Disputes()
    with directory.reading() as log:
        entries = log.entries(keep)
        for identity, names in keep.items():
            entry = entries.get(identity) or Entry()
            if shown := entry.shown():
                names = names - disputes.note(log, identity, entry, names)
                values[identity] = {name: shown.get(name) for name in names}
            else:
                values[identity] = {STATUS: RETIRED}
    return values, disputes


class _Taking:
    """Takes segments one by one; one that does not fit ends the list of its device and of nobody else."""

    def __init__(
        self, directory: Directory, looked: Review, keep: dict[str, Fields], disputes: Disputes
    ) -> None:
        self.directory, self.looked, self.keep, self.disputes = directory, looked, keep, disputes
        self.arrival = secrets.token_hex(8)
        self.at = int(time.time())
        self.ops = self.entries = 0
        self.held = dict(looked.incoming.held)
        self.stopped: set[str] = set()
        self.refusals: list[Refusal] = []
        self.trust = Trust(directory)  # as it is now: a laptop may have been revoked since the review

    def take(self, segment: Segment) -> None:
        header = segment.header
        if header.device in self.stopped or not self.trust.believes(header.device, header.key, header.last):
            return
        held = self.held.get(header.device, 0)
        bodies = segment.bodies(held)
        try:
            self.entries += self.directory.receive(
                header.device,
                bodies,
                header.key,
                hashes=segment.hashes[segment.passed(held) :],
                keep=self.keep,
                disputes=self.disputes,
                also=lambda: self._note(segment, len(bodies)),
            )
        except ToolkitError as problem:
            if problem.key != "store.operations_refused":
                raise
            self.stopped.add(header.device)
            name = self.looked.incoming.said_by.get(header.device, ("", ""))[0]
            self.refusals.append(Refusal("does_not_fit", header.device, header.name, name=name))
            return
        self.ops += len(bodies)
        self.held[header.device] = header.last

    def _note(self, segment: Segment, count: int) -> None:
        header = segment.header
        size = len(segment.sealed.raw) + len(segment.data)
        seal = segment.sealed.seal
        if self._changed_since(segment):
            seal, size = b"", 0
        keep_segment(self.directory, segment.sealed, seal or None, size)
        self.directory.connection.execute(
            "insert into arrival values (?,?,?,?,?,?,0)",
            (
                self.arrival,
                self.at,
                self.looked.incoming.label,
                header.device,
                header.last - count + 1,
                header.last,
            ),
        )

    def _changed_since(self, segment: Segment) -> bool:
        """True when a street was taken out of it while it was taken in."""
        header = segment.header
        row = self.directory.connection.execute(
            "select count(*) from op where device = ? and n between ? and ? and instr(body, '\"redacted\":')",
            (header.device, header.first, header.last),
        ).fetchone()
        return bool(row[0])


def give(
    directory: Directory, source: Path | Medium, progress: Progress | None = None
) -> tuple[int, int, int]:
    """Write all we hold that the medium lacks; gives files, operations and rosters written."""
    trust, medium = Trust(directory), medium_of(source)
    rosters = trust.give_all(medium)
    close_log(directory)
    files, ops = give_segments(directory, trust, medium, progress)
    holdings.write_own(directory, medium)
    return files, ops, rosters


def complete(
    directory: Directory,
    source: Path | Medium,
    looked: Review,
    decision: Decision | None,
    progress: Progress | None = None,
) -> Exchange:
    """Take what was reviewed as it was decided (None: nothing, it waits), and give what the medium lacks.

    Raises ToolkitError when this laptop's own log on the medium is longer than here, before writing.
    """
    medium = medium_of(source)
    if looked.incoming.ahead:
        raise ToolkitError("updates.our_log_is_longer", folder=medium.label)
    taken = Taken() if decision is None else accept(directory, looked, decision, progress=progress)
    files, ops, rosters = give(directory, medium, progress)
    refusals = looked.incoming.refusals + taken.refusals
    waits = decision is None and not looked.empty
    return Exchange(looked, taken, waits, files, ops, refusals, rosters)


def exchange(
    directory: Directory,
    source: Path | Medium,
    *,
    phones: Collection[str] | None = (),
    confirm_retire: bool = False,
    names_seen: bool = False,
    progress: Progress | None = None,
) -> Exchange:
    """Take and give in one go, for a script. With changed numbers that `phones` does not name (None: all
    are accepted), a mass deletion, or names that look like others, nothing is taken: it waits for a
    person, and what we hold is given all the same.
    """
    medium = medium_of(source)
    looked = preview(directory, medium)
    unseen = phones is not None and bool({phone.key for phone in looked.phones} - set(phones))
    odd = bool(looked.look_alikes) and not names_seen
    decision = Decision(None if phones is None else frozenset(phones), confirm_retire=confirm_retire)
    waits = unseen or odd or (looked.mass and not confirm_retire)
    return complete(directory, medium, looked, None if waits else decision, progress)


def keep_refusals(directory: Directory, label: str, refusals: Collection[Refusal]) -> None:
    """Keep why something was not taken, the newest few hundred."""
    if not refusals:
        return
    rows = [(int(time.time()), label, r.device, r.file, r.sentence()) for r in refusals]
    with directory.transaction():
        directory.connection.executemany("insert into refusal values (?,?,?,?,?)", rows)
        directory.connection.execute(
            "delete from refusal where rowid not in (select rowid from refusal order by rowid desc limit ?)",
            (MOST_REFUSALS,),
        )
