"""Bugs planted into the merge one by one; the histories must catch every one of them.

    python -m tests.resources.updates.bugs [HISTORIES]      (for each at most; 60 unless told otherwise)

Prints after how many histories each bug was caught, and by what; ends with 1 when one was missed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from resources.directory import batch, disputes, kept, merge, store, undo
from resources.directory.batch import Batch, Form
from resources.directory.derived import Derived
from resources.directory.disputes import Disputes
from resources.directory.heads import Heads
from resources.directory.merge import Entry, Live, Op, OpId
from resources.directory.oplog import Arrived, OpLog
from resources.engine import Error
from resources.errors import ToolkitError
from resources.updates import exchange, export, rollback
from resources.updates.segments import Segment
from tests.resources.updates.histories import HISTORIES, LAPTOPS, run
from tests.resources.updates.world import make_agency, quick_disk

Known = Callable[[OpId], bool]
_add, _write, _bodies, _keep, _store = Entry.add, Derived.write, Segment.bodies, Heads.keep, OpLog.store
_batch_add, _counting = Batch.add, OpLog.counting


def last_writer_wins(entry: Entry, op: Op, known: Known) -> set[OpId]:
    """What an older clock said is dropped."""
    touched = _add(entry, op, known)
    for identity, live in list(entry.alive.items()):
        if identity != op.id and live.clock < op.clock:
            touched |= {identity for name in op.set if live.values.pop(name, None) is not None}
            if not live.values:
                del entry.alive[identity]
    return touched


def last_arrival_wins(entry: Entry, op: Op, known: Known) -> set[OpId]:
    """An operation replaces what its author had never seen."""
    for live in entry.alive.values():
        for name in op.set:
            live.values.pop(name, None)
    touched = set(entry.alive)
    entry.alive = {identity: live for identity, live in entry.alive.items() if live.values}
    return touched | _add(entry, op, known)


def nothing_is_replaced(entry: Entry, op: Op, known: Known) -> set[OpId]:
    entry.alive[op.id] = Live(op.clock, dict(op.set))
    return {op.id}


def early_replacements_are_forgotten(entry: Entry, op: Op, known: Known) -> set[OpId]:
    entry.dead.clear()
    return _add(entry, op, known)


def all_is_thought_to_be_here(entry: Entry, op: Op, known: Known) -> set[OpId]:
    return _add(entry, op, lambda identity: True)


def an_old_form_claims_to_have_seen_all(
    batch: Batch, provider: str, values: Any, entry: Entry | None, form: Any = None, said: str = ""
) -> None:
    _batch_add(batch, provider, values, entry, None, said)


def only_the_first_claim_is_replaced(entry: Entry | None, names: Any) -> dict[str, tuple[OpId, ...]]:
    return {} if entry is None else {name: tuple(entry.heads(name)[:1]) for name in names}


def tables_are_not_brought_up_to_date(log: OpLog, *sent: Any) -> Arrived:
    _store(log, *sent)
    return Arrived()


def merge_state_of_the_touched_is_not_kept(heads: Heads, provider: str, entry: Entry, touched: Any) -> None:
    _keep(heads, provider, entry, list(touched)[:1])


def an_operation_is_passed_over(segment: Segment, after: int = 0) -> list[str]:
    return _bodies(segment, after + 1 if after else 0)


def undo_all(log: OpLog, op: Op, entry: Entry, name: str) -> Any:
    """What was said before, whoever said what since."""
    words = undo._replaced(log, op, name)
    return undo._Instead(words[0].set[name] if words else None, [])


def undo_decides_a_dispute(log: OpLog, op: Op, entry: Entry, name: str) -> Any:
    """What the other laptop said at the same time goes with what is taken back."""
    return undo_all(log, op, entry, name) if entry.values().get(name) == op.set[name] else None


def a_call_counts_twice(log: OpLog, op: Op) -> Op:
    """A call is entered once more, under a name of its own, when it comes from another laptop."""
    op = _counting(log, op)
    calls = {f"{n}-": v for n, v in op.set.items() if n.startswith("checks/") and op.id.device not in log.own}
    return replace(op, set={**op.set, **calls})


@contextmanager
def no_transaction(connection: Any) -> Iterator[None]:
    yield


class _Unsorted:
    """`sorted` that forgets the clock."""

    def __call__(self, values: Any, key: Any = None, reverse: bool = False) -> list[Any]:
        return list(values) if key else sorted(values, reverse=reverse)


# name of the bug, whose attribute it is, its name there, what stands in its place
BUGS: tuple[tuple[str, Any, str, Any], ...] = (
    ("the last writer wins", Entry, "add", last_writer_wins),
    ("the last arrival wins", Entry, "add", last_arrival_wins),
    ("nothing is ever replaced", Entry, "add", nothing_is_replaced),
    ("replacements that came early are forgotten", Entry, "add", early_replacements_are_forgotten),
    ("all is thought to be here", Entry, "add", all_is_thought_to_be_here),
    ("conflicts are not listed", Entry, "conflicts", lambda entry: {}),
    ("the clock does not choose what is shown", merge, "sorted", _Unsorted()),
    ("retiring hides an edit nobody had seen", Entry, "unseen", lambda entry: []),
    ("an edit of what is retired brings it back", batch, "_in_use", lambda values, entry, form: values),
    ("one claim of a secret is overruled by the clock", Entry, "confidential", lambda entry: False),
    ("a secret street is not forgotten", OpLog, "redact", lambda log, provider, entry: set()),
    ("an old form claims to have seen all", Batch, "add", an_old_form_claims_to_have_seen_all),
    ("a decision replaces one claim only", batch, "heads_of", only_the_first_claim_is_replaced),
    ("a national line believes a stick", OpLog, "counting", lambda log, op: op),
    ("tables are not brought up to date", OpLog, "store", tables_are_not_brought_up_to_date),
    ("merge state is half kept", Heads, "keep", merge_state_of_the_touched_is_not_kept),
    ("a segment is taken without a transaction", kept, "writing", no_transaction),
    ("an operation is passed over", Segment, "bodies", an_operation_is_passed_over),
    ("calls take each other's place", store, "check_id", lambda now=0: "call"),
    ("a call counts twice", OpLog, "counting", a_call_counts_twice),
    ("undo takes back what changed since", undo, "_instead", undo_all),
    ("undo decides a dispute", undo, "_instead", undo_decides_a_dispute),
    ("taking back hides edits that nobody saw", Entry, "hidden_by", lambda entry, outs: []),
    ("an update taken back takes later edits with it", rollback._Back, "came", lambda back, identity: True),
    ("what was declined is taken", exchange, "_kept", lambda looked, decided: {}),
    ("declining an update decides a dispute", Disputes, "note", lambda *_: set()),
    ("a dispute stands again in our name", disputes, "Form", lambda heads, again: Form(heads)),
    ("a dispute stands again with one claim only", disputes, "Form", lambda heads, again: None),
    ("what was declined joins the dispute", disputes, "Form", lambda heads, again: Form({}, "", again)),
    ("refused numbers are taken", exchange, "phone_fields", lambda phones, accepted: {}),
    ("a stick gets our own changes only", export, "_believed", lambda directory, trust, header: (
        header.device == directory.device)),
    ("a damaged file is left on the stick", export, "_lies_there", lambda *_, **__: True),
    ("a damaged file's data is left on the stick", export, "READ_AGAIN", 0),
)  # fmt: skip


def caught(folder: Path, agency: list[Path], bug: tuple[str, Any, str, Any], at_most: int) -> tuple[int, str]:
    """After how many histories the bug was caught, and by what; (0, "") when it was missed."""
    _, owner, name, instead = bug
    with patch.object(owner, name, instead):
        for seed in range(at_most):
            try:
                run(folder, agency, seed)
            except (AssertionError, ToolkitError, Error, KeyError, ValueError) as problem:
                return seed + 1, f"{type(problem).__name__} {problem}".splitlines()[0][:80]
    return 0, ""


def main(at_most: int = HISTORIES) -> int:
    missed = 0
    with quick_disk() as folder:
        agency = make_agency(folder / "agency", LAPTOPS + 1)
        for bug in BUGS:
            after, by = caught(folder, agency, bug, at_most)
            missed += not after
            print(f"{'caught after ' + str(after) if after else 'MISSED':<16}{bug[0]:<52}{by}", flush=True)
    print(f"{len(BUGS) - missed} of {len(BUGS)} caught")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
