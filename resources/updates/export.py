"""Writing what a medium lacks: our own operations in new segments, and every other segment we hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from secrets import randbelow

from resources.directory.keys import Identity
from resources.directory.store import Directory
from resources.updates.incoming import chain_at
from resources.updates.medium import Medium
from resources.updates.refusals import Refused
from resources.updates.segments import MOST_BYTES, MOST_OPS, Header, Sealed, pack, sign
from resources.updates.trust import Trust

READ_AGAIN = 64 << 20  # so many bytes of what lies on a medium are read again at each exchange
_ROOM = MOST_BYTES // 2  # unpacked bytes of a segment we write
Progress = Callable[[int, int], object]


def close_log(directory: Directory, at_most: int = MOST_OPS) -> int:
    """Sign our operations that lie in no segment yet; gives how many segments that makes.

    A segment is made once and never again: its file is the same on every stick. What this laptop wrote
    under a name that it had before a restore is signed with the key of that name.
    """
    made = 0
    with directory.transaction():
        for name in (directory.identity, *directory.former):
            private = directory.signing_key(name)
            while (header := _next_header(directory, name, at_most)) is not None:
                keep_segment(directory, Sealed(header, sign(header, private), b""), None, 0)
                made += 1
    return made


def _next_header(directory: Directory, name: Identity, at_most: int) -> Header | None:
    first, end = _unsigned(directory, name.device)
    rows = directory.connection.execute(
        "select n, length(body) from op where device = ? and n >= ? and n < ? order by n limit ?",
        (name.device, first, end, at_most),
    ).fetchall()
    if not rows:
        return None
    last, room = first, _ROOM
    for n, size in rows:
        room -= 4 * size + 1  # a sign is up to four bytes
        if n > first and room < 0:
            break
        last = n
    prev = chain_at(directory, name.device, first - 1).hex()
    chain = chain_at(directory, name.device, last).hex()
    return Header(name.device, first, last, prev, chain, name.public_key)


def _unsigned(directory: Directory, device: str) -> tuple[int, int]:
    """The first operation that lies in no segment, and the one before which a segment goes on.

    After a restore such a gap lies before what the laptop itself had given under that name.
    """
    upto = 0
    for first, last in directory.connection.execute(
        "select first, last from segment where device = ? order by first", (device,)
    ):
        if first > upto + 1:
            return upto + 1, first
        upto = max(upto, last)
    return upto + 1, 1 << 62


def keep_segment(directory: Directory, sealed: Sealed, seal: bytes | None, size: int) -> None:
    """Note a segment, inside the open transaction; its operations lie in the log, not a second time here."""
    header = sealed.header
    directory.connection.execute(
        "insert or ignore into segment values (?,?,?,?,?,?,?)",
        (header.device, header.first, header.last, header.raw, sealed.signature, seal, size),
    )


def give_segments(
    directory: Directory, trust: Trust, medium: Medium, progress: Progress | None = None
) -> tuple[int, int]:
    """Write every segment that the medium lacks, holds otherwise or damaged; gives files and operations.

    What lies there already is read again whole, because sticks forget; of a very full medium so much at a
    time, beginning at another place each time.
    """
    names = set(medium.names())
    with directory.reading():
        rows = directory.connection.execute(
            "select header, signature, seal, size from segment order by device, first"
        ).fetchall()
    start = randbelow(len(rows)) if rows else 0
    files = ops = read = 0
    for done, (raw, signature, seal, size) in enumerate(rows[start:] + rows[:start], 1):
        sealed = Sealed(Header.read(bytes(raw)), bytes(signature), bytes(seal or b""))
        header = sealed.header
        if _believed(directory, trust, header) and not (
            seal and header.name in names and _lies_there(medium, sealed, size, whole=read < READ_AGAIN)
        ):
            medium.write(header.name, _file(directory, sealed))
            files, ops = files + 1, ops + header.last - header.first + 1
        read += size
        if progress:
            progress(done, len(rows))
    return files, ops


def _believed(directory: Directory, trust: Trust, header: Header) -> bool:
    """What nobody would take need not be carried: segments of unknown laptops, or after their revocation."""
    if header.device == directory.device:
        return True
    found = trust.member(header.device)
    return found is not None and (found[0].revoked_after is None or header.last <= found[0].revoked_after)


def _lies_there(medium: Medium, sealed: Sealed, size: int, whole: bool) -> bool:
    head = sealed.raw
    try:
        if medium.size(sealed.header.name) != size:
            return False
        raw = medium.head(sealed.header.name, size if whole else len(head))
    except Refused:
        return False
    return raw.startswith(head) and (not whole or hashlib.sha256(raw[len(head) :]).digest() == sealed.seal)


def _file(directory: Directory, sealed: Sealed) -> bytes:
    """The whole file, made from the log: a street that had to be forgotten is not in it."""
    header = sealed.header
    with directory.reading():
        rows = directory.connection.execute(
            "select body from op where device = ? and n between ? and ? order by n",
            (header.device, header.first, header.last),
        ).fetchall()
    data = pack([body for (body,) in rows])
    seal = hashlib.sha256(data).digest()
    whole = Sealed(header, sealed.signature, seal).raw + data
    if seal != sealed.seal:
        with directory.transaction():
            directory.connection.execute(
                "update segment set seal = ?, size = ? where device = ? and first = ? and last = ?",
                (seal, len(whole), header.device, header.first, header.last),
            )
    return whole
