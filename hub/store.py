"""What the hub's tables say and take: every SQL statement of publishing and pulling, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import class_row

from resources.errors import ToolkitError

VERSION = 1
MOST_ROWS = 500  # of one request
MOST_BYTES = 8 << 20  # of one request, but for a single large segment
MOST_NEWS = 100_000  # segments of one pull, as many as a folder may hold


@dataclass(frozen=True)
class Row:
    """A segment as it is stored; `bare` counts the places whose street was taken out of this file."""

    agency: str
    device: str
    first: int
    last: int
    prev: bytes
    chain: bytes
    bare: int
    seal: bytes
    raw: bytes


@dataclass(frozen=True)
class Kept:
    """A segment that the server has, with the files of it; `bare` is -1 when their owner removed them."""

    device: str
    first: int
    last: int
    chain: bytes
    bare: int
    seals: list[bytes]


@dataclass(frozen=True)
class News:
    """A file that the server has and the folder lacks."""

    agency: str
    device: str
    first: int
    last: int
    prev: bytes
    bare: int
    seal: bytes
    size: int

    @property
    def name(self) -> str:
        """Where it lies in the folder."""
        return f"{self.device}/{self.first:08d}-{self.last:08d}.seg"


@dataclass(frozen=True)
class Total:
    """What the server has of one agency."""

    agency: str
    laptops: int
    segments: int
    changes: int
    newest: datetime


class Hub:
    """One connection. Agencies that this login may not see do not exist for it."""

    def __init__(self, connection: Connection, label: str) -> None:
        self.connection, self.label = connection, label

    @property
    def login(self) -> str:
        return self.connection.info.user

    def check_version(self, wanted: int) -> None:
        """Raises ToolkitError when the server was set up by another version of this package."""
        row = self.connection.execute("select max(number) from porchlight.migration").fetchone()
        if row is None or row[0] != wanted:
            raise ToolkitError("hub.other_version", server=self.label, found=row and row[0], wanted=wanted)

    def agencies(self) -> dict[str, bool]:
        """The agencies whose rows this login sees, and whether it may add some."""
        rows = self.connection.execute(
            "select agency, publishes from porchlight.access where login = current_user order by agency"
        )
        return dict(rows.fetchall())

    # -- rosters -----------------------------------------------------------------------------------

    def roster_names(self) -> set[tuple[str, int]]:
        return set(self.connection.execute("select agency, version from porchlight.roster").fetchall())

    def roster(self, agency: str, version: int) -> bytes:
        row = self.connection.execute(
            "select raw from porchlight.roster where agency = %s and version = %s", (agency, version)
        ).fetchone()
        return bytes(row[0]) if row else b""

    def put_roster(self, agency: str, version: int, raw: bytes) -> bool:
        """True when it was not there yet."""
        done = self.connection.execute(
            "insert into porchlight.roster values (%s, %s, %b) on conflict do nothing", (agency, version, raw)
        )
        return done.rowcount == 1

    # -- publishing --------------------------------------------------------------------------------

    def kept(self, agencies: Sequence[str], devices: Sequence[str]) -> list[Kept]:
        """What is stored of these laptops."""
        with self.connection.cursor(row_factory=class_row(Kept)) as cursor:
            return cursor.execute(
                "select s.device, s.first, s.last, s.chain, coalesce(max(b.bare), -1) as bare,"
                " array_agg(b.seal) as seals"
                " from porchlight.segment s left join porchlight.body b using (agency, device, prev)"
                " where agency = any (%s) and device = any (%s)"
                " group by s.agency, s.device, s.first, s.last, s.chain",
                (list(agencies), list(devices)),
            ).fetchall()

    def put(self, rows: Collection[Row]) -> set[tuple[str, int]]:
        """Store new segments in one transaction; gives device and first number of those that were stored.

        The rest was there already, or another segment stands in its place.
        """
        stored = self.connection.execute(
            "with given as (select * from unnest(%b::text[], %b::text[], %b::int[], %b::int[], %b::bytea[],"
            " %b::bytea[], %b::int[], %b::bytea[], %b::bytea[])"
            " as g(agency, device, first, last, prev, chain, bare, seal, raw)),"
            " kept as (insert into porchlight.segment (agency, device, first, last, prev, chain)"
            " select agency, device, first, last, prev, chain from given order by agency, device, first"
            " on conflict do nothing returning agency, device, first, prev),"
            " files as (insert into porchlight.body select agency, device, prev, bare, seal, raw"
            " from given join kept using (agency, device, prev))"
            " select device, first from kept",
            _columns(rows),
        )
        return set(stored.fetchall())

    def put_bare(self, row: Row) -> bool:
        """Store the file of a segment without streets that a stored file of the same segment has."""
        done = self.connection.execute(
            "insert into porchlight.body select agency, device, prev, %s, %b, %b from porchlight.segment"
            " where agency = %s and device = %s and prev = %b and chain = %b on conflict do nothing",
            (row.bare, row.seal, row.raw, row.agency, row.device, row.prev, row.chain),
        )
        return done.rowcount == 1

    # -- pulling -----------------------------------------------------------------------------------

    def news(self, held: Iterable[tuple[str, str, int]]) -> list[News]:
        """The newest file of each segment behind what is held: agency, laptop, number of its last change."""
        agencies, devices, upto = zip(*held, strict=True)
        with self.connection.cursor(row_factory=class_row(News)) as cursor:
            return cursor.execute(
                "select s.agency, s.device, s.first, s.last, s.prev, b.bare, b.seal, b.size"
                " from unnest(%b::text[], %b::text[], %b::int[]) as h(agency, device, upto)"
                " cross join lateral (select * from porchlight.segment s"
                " where s.agency = h.agency and s.device = h.device and s.last > h.upto"
                " order by s.last limit %s) s"  # the limit makes it look into the index, laptop by laptop
                " cross join lateral (select bare, seal, octet_length(raw) as size from porchlight.body b"
                " where (b.agency, b.device, b.prev) = (s.agency, s.device, s.prev)"
                " order by bare desc limit 1) b order by s.device, s.first limit %s",
                (list(agencies), list(devices), list(upto), MOST_NEWS, MOST_NEWS),
            ).fetchall()

    def bare(self, agencies: Sequence[str]) -> list[News]:
        """The newest file of each segment out of which a street was taken."""
        with self.connection.cursor(row_factory=class_row(News)) as cursor:
            return cursor.execute(
                "select distinct on (agency, device, prev) agency, device, s.first, s.last, prev, b.bare,"
                " b.seal, octet_length(b.raw) as size"
                " from porchlight.body b join porchlight.segment s using (agency, device, prev)"
                " where b.bare > 0 and agency = any (%s) order by agency, device, prev, b.bare desc",
                (list(agencies),),
            ).fetchall()

    def files(self, some: Sequence[News]) -> dict[tuple[str, int], bytes]:
        """Device and first number -> the file."""
        rows = self.connection.execute(
            "select w.device, w.first, b.raw"
            " from unnest(%b::text[], %b::text[], %b::int[], %b::bytea[], %b::int[])"
            " as w(agency, device, first, prev, bare)"
            " cross join lateral (select raw from porchlight.body b where (b.agency, b.device, b.prev)"
            " = (w.agency, w.device, w.prev) and b.bare = w.bare limit 1) b",
            tuple([getattr(one, name) for one in some] for name in _ASKED),
            binary=True,
        )
        return {(device, first): bytes(raw) for device, first, raw in rows.fetchall()}

    def drop_older(self, newest: News) -> int:
        """The owner's: remove the files of a segment with more streets than this one; gives how many."""
        return self.connection.execute(
            "delete from porchlight.body where agency = %s and device = %s and prev = %b and bare < %s",
            (newest.agency, newest.device, newest.prev, newest.bare),
        ).rowcount

    # -- looking -----------------------------------------------------------------------------------

    def totals(self) -> list[Total]:
        with self.connection.cursor(row_factory=class_row(Total)) as cursor:
            return cursor.execute(
                "select agency, count(distinct device) as laptops, count(*) as segments,"
                " sum(last - first + 1) as changes, max(arrived) as newest"
                " from porchlight.segment group by agency order by agency"
            ).fetchall()

    def size(self) -> int:
        """Bytes of all tables and indices, of all agencies together."""
        row = self.connection.execute(
            "select sum(pg_total_relation_size(format('porchlight.%I', name)::regclass))::bigint"
            " from unnest(array['segment', 'body', 'roster']) as t(name)"
        ).fetchone()
        return int(row[0]) if row else 0


_ASKED = ("agency", "device", "first", "prev", "bare")


def _columns(rows: Collection[Row]) -> tuple[list[object], ...]:
    return tuple([getattr(row, name) for row in rows] for name in Row.__dataclass_fields__)


def batches(some: Sequence[News]) -> Iterable[list[News]]:
    """In pieces that one request may ask for."""
    batch: list[News] = []
    size = 0
    for one in some:
        if batch and (len(batch) == MOST_ROWS or size + one.size > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one.size
    if batch:
        yield batch
