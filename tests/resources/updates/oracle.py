"""What must be on a laptop that holds so much of each log, worked out from the book alone and plainly."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, text
from resources.directory.merge import OUT, REMOVED, SEEN, STATUS, OpId
from tests.resources.updates.world import LINE, Book, Laptop, Written

Standing = dict[str, dict[str, list[OpId]]]  # provider -> field -> operations that nobody replaced knowingly


def standing(book: Book, own: Collection[str]) -> Standing:
    """The operations on each field that no operation by somebody who had seen them came after."""
    found: Standing = {}
    for identity, one in book.written.items():
        for name in one.set:
            if one.provider != LINE or identity.device in own or name == "status" or "checks/" in name:
                found.setdefault(one.provider, {}).setdefault(name, []).append(identity)
    for fields in found.values():
        for name, ops in fields.items():
            fields[name] = [o for o in ops if not any(book.replaces(p, o, name) for p in ops)]
    return found


def forgotten(book: Book) -> set[OpId]:
    """Operations whose street must be nowhere: the place was called secret by somebody whose word the author
    of the street knew of neither itself nor from a later word about it."""
    words: dict[str, list[OpId]] = {}
    for identity, one in book.written.items():
        if CONFIDENTIAL in one.set:
            words.setdefault(one.provider, []).append(identity)

    def knew_of(author: OpId, mark: OpId) -> bool:
        seen = [word for word in words[book.written[author].provider] if book.has_seen(author, word)]
        return any(word == mark or book.has_seen(word, mark) for word in seen)

    return {
        identity
        for identity, one in book.written.items()
        if any(one.set.get(name) is not None for name in SECRET)
        and any(
            mark == identity or not knew_of(identity, mark)
            for mark in words.get(one.provider, ())
            if book.written[mark].set[CONFIDENTIAL]
        )
    }


def expected(book: Book, own: Collection[str]) -> dict[str, dict[str, list[str]]]:
    """For each field of each provider the different values that must stand, as text."""
    hidden = forgotten(book)

    def value(identity: OpId, name: str) -> Value:
        return None if name in SECRET and identity in hidden else book.written[identity].set[name]

    found = {}
    for provider, fields in standing(book, own).items():
        claims = {name: {text(value(o, name)) for o in ops} for name, ops in fields.items() if name != SEEN}
        if _edited_unseen(book, provider, fields, own):
            claims[STATUS].add(text("active"))
        found[provider] = {name: sorted(some) for name, some in claims.items()}
    return found


def _edited_unseen(book: Book, provider: str, fields: Mapping[str, list[OpId]], own: Collection[str]) -> bool:
    """True when everybody who has a word says that the entry is out of use, and nobody of them had seen some
    edit that stands. Of a national line nobody else's edits count, so nobody else's word is about them."""
    outs = fields.get(STATUS, [])
    if not outs or any(book.written[o].set[STATUS] not in OUT for o in outs):
        return False
    if provider == LINE and any(o.device not in own for o in outs):
        return False
    edits = {o for name, ops in fields.items() if is_edit(name) for o in ops} - {*outs}
    return any(not any(book.knew(out, edit) for out in outs) for edit in edits)


def is_edit(name: str) -> bool:
    return name not in (STATUS, SEEN) and not name.startswith("checks/")


def judge(laptop: Laptop, everything: Book, *, at_the_end: bool = False) -> dict[str, int]:
    """Raise AssertionError unless this laptop shows, or lists as a conflict, exactly what must stand of all
    that it holds; on the way a street may be gone before the word that made it a secret is here."""
    counts = {"shown": 0, "in conflict": 0, "edited while retired": 0, "removed": 0}
    directory, book = laptop.directory, everything.within(laptop.vector())
    conflicts = {
        (c.provider_id, c.field): sorted({text(claim.value) for claim in c.values})
        for c in directory.conflicts()
    }
    own = {directory.device, *laptop.former}
    fields_of = standing(book, own)
    for provider, fields in expected(book, own).items():
        shown = laptop.shown(provider)
        counts["edited while retired"] += _edited_unseen(book, provider, fields_of[provider], own)
        if fields.get(STATUS) == [text(REMOVED)]:
            counts["removed"] += 1
            assert not shown, f"{laptop.who}: {provider} was taken back"
            continue
        for name, claims in fields.items():
            where = f"{laptop.who}: {name} of {provider}"
            if name in SECRET and not at_the_end and name not in shown:
                conflicts.pop((provider, name), None)
                continue
            found = conflicts.pop((provider, name), claims[:1])
            assert found == claims, f"{where}: {found} instead of {claims}"
            counts["in conflict" if len(claims) > 1 else "shown"] += len(claims)
            _judge_shown(shown, name, claims, fields, where)
            if name not in (STATUS, CONFIDENTIAL, *SECRET):
                newest = max(fields_of[provider][name], key=lambda o: (book.written[o].clock, o))
                assert shown.get(name) == book.written[newest].set[name], f"{where}: not the newest is shown"
        assert shown.keys() <= fields.keys(), f"{laptop.who}: {provider} shows what nobody wrote"
    assert not conflicts, f"{laptop.who}: conflicts from nowhere {conflicts}"
    _judge_secrets(laptop, book)
    return counts


def judge_back(book: Book, before: Standing, written: Written, came: Callable[[OpId], bool]) -> None:
    """Raise AssertionError when an operation that takes something back takes more than what `came`: whatever
    else stood of the same field is still said, and no entry goes with an edit by others that nobody had seen
    who ever took it out of use. Whoever took back an addition of his own said nothing in the end."""
    fields = before.get(written.provider, {})
    others = {name: [o for o in ops if not came(o)] for name, ops in fields.items() if name != SEEN}
    for name in others.keys() & written.set.keys() - {*SECRET}:
        now, stood = text(written.set[name]), {text(book.written[o].set[name]) for o in others[name]}
        if name == STATUS and {now, *stood} <= {*map(text, OUT)}:
            continue  # out of use in one way or another: it is left so
        assert stood <= {now}, f"{name} of {written.provider}: {now} takes {stood} back"
    if written.set.get(STATUS) in OUT:
        said = {o: w for o, w in book.written.items() if w.provider == written.provider}
        outs = [o for o, w in said.items() if w.set.get(STATUS) in OUT]
        ours = {name for o, w in said.items() if came(o) for name in w.set}
        edits = {(name, o) for name, ops in others.items() if is_edit(name) for o in ops}
        for edit in {o for name, o in edits if name in ours or said[o].set[name] is not None}:
            foreign = written.provider == LINE and any(o.device != edit.device for o in outs)
            seen = any(o == edit or book.knew(o, edit) for o in outs)
            assert seen or foreign, f"{edit} goes unseen"  # of a national line nobody else's word is about it


def _judge_shown(
    shown: Fields, name: str, claims: list[str], fields: Mapping[str, list[str]], where: str
) -> None:
    secret = "true" in fields.get(CONFIDENTIAL, ())
    if secret and name in SECRET:
        assert name not in shown, f"{where}: a secret is shown"
    elif secret and name == CONFIDENTIAL:
        assert shown[name] is True, f"{where}: in doubt it is secret"
    else:
        assert text(shown.get(name)) in claims, f"{where}: shows what does not stand"
    if name == STATUS and not {*claims} <= {*map(text, OUT)}:
        assert shown.get(STATUS) not in OUT, f"{where}: out of sight, and not everybody says so"


def _judge_secrets(laptop: Laptop, book: Book) -> None:
    """A street that had to be forgotten is in no table of operations or values."""
    hidden = forgotten(book)
    if not hidden:
        return
    connection = laptop.directory.connection
    kept = " ".join(said for table, column in (("op", "body"), ("alive", "fields"), ("provider", "document"))
                    for (said,) in connection.execute(f"select {column} from {table}"))  # fmt: skip
    streets = {identity: one.set.get("place/street") for identity, one in book.written.items()}
    again = {street for identity, street in streets.items() if identity not in hidden}  # by whoever knew
    for identity in hidden:
        street = streets[identity]
        assert street in again | {None} or street not in kept, f"{laptop.who}: {street} was not forgotten"


def replaced(book: Book) -> int:
    """How many values somebody replaced who had seen them."""
    values = sum(len(one.set) for one in book.written.values())
    return values - sum(len(ops) for f in standing(book, set()).values() for ops in f.values())
