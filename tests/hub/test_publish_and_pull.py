"""What one desk published is in another desk's folder, byte for byte, and never twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest

from hub.publish import Published, publish
from hub.pull import Pulled, pull
from hub.server import connected
from hub.store import Hub, Row
from resources.directory.optext import START
from resources.errors import ToolkitError
from resources.updates.medium import Medium, Parts
from resources.updates.segments import Sealed
from tests.hub.laptops import Agency, Laptop, agency

Login = Callable[..., str]


def sent(address: str, medium: Medium) -> Published:
    done = Published()
    with connected(address) as hub:
        publish(hub, medium, done)
    return done


def got(address: str, medium: Medium, *, check: bool = False) -> Pulled:
    done = Pulled()
    with connected(address) as hub:
        pull(hub, medium, done, check=check)
    return done


def why(done: Published | Pulled) -> list[str]:
    return [refusal.why for refusal in done.refusals]


@pytest.fixture
def made() -> Agency:
    return agency(2)


def test_a_new_folder_gets_everything_and_a_second_time_nothing(login: Login, made: Agency) -> None:
    a, b = made.laptops
    for count in (3, 1, 5):
        a.write(count)
    desk = login(made.id)
    first = sent(desk, a.parts)
    assert (first.segments, first.rosters, first.already, first.refusals) == (3, 1, 0, [])
    again = sent(desk, a.parts)
    assert (again.segments, again.rosters, again.already, again.refusals) == (0, 0, 3, [])
    fresh = Parts("fresh")
    pulled = got(desk, fresh)
    assert (pulled.segments, pulled.changes, pulled.rosters, pulled.refusals) == (3, 9, 1, [])
    assert fresh.parts == a.parts.parts
    assert got(desk, fresh).moved == 0
    b.write()
    a.write()
    assert (sent(desk, b.parts).segments, sent(desk, a.parts).segments) == (1, 1)
    assert got(desk, fresh).segments == 2 and got(desk, a.parts).segments == 1
    assert fresh.parts == a.parts.parts


def test_a_copied_laptop_is_refused_and_the_others_go_on(login: Login, made: Agency, owner: Hub) -> None:
    a, b = made.laptops
    a.write(2)
    twin = a.copy()
    a.write()
    twin.write()
    twin.write()
    desk = login(made.id)
    assert sent(desk, a.parts).segments == 2
    b.write()
    twin.parts.parts |= b.parts.parts
    refused = sent(desk, twin.parts)
    assert why(refused) == ["fork"] and refused.segments == 1 and refused.already == 1
    assert "Two laptops write under the name Car 0" in refused.refusals[0].sentence()
    del twin.parts.parts[f"{a.device}/00000003-00000003.seg"]
    assert why(sent(desk, twin.parts)) == ["fork"], "also when only what follows the fork is there"
    rows = owner.connection.execute(
        "select count(*), count(distinct prev) from porchlight.segment"
    ).fetchone()
    assert rows == (3, 3 - 1), "both laptops begin at the same zero"


def test_what_is_damaged_forged_or_out_of_order_is_not_published(login: Login, made: Agency) -> None:
    desk = login(made.id)
    a, b = made.laptops
    first, second = a.write(3), a.write()
    whole = a.parts.parts[first]
    a.parts.parts[first] = whole[:-3] + bytes(1) + whole[-2:]
    assert why(sent(desk, a.parts)) == ["damaged"]
    del a.parts.parts[first]
    assert why(sent(desk, a.parts)) == ["gap"]
    stranger = Laptop(device=b.device)
    b.parts.parts |= {stranger.write(): stranger.parts.parts.popitem()[1]}
    assert why(sent(desk, b.parts)) == ["wrong_key"]
    a.parts.parts[first] = whole
    assert sent(desk, a.parts).segments == 2
    del a.parts.parts[first]
    a.write()
    assert sent(desk, a.parts).segments == 1, "a wiped stick goes on where the hub is"
    assert second in a.parts.parts


def test_agencies_are_kept_apart(login: Login, made: Agency) -> None:
    other = agency(1)
    made.laptops[0].write()
    other.laptops[0].write()
    ours, theirs = login(made.id), login(other.id)
    both = Parts("both", made.laptops[0].parts.parts | other.laptops[0].parts.parts)
    done = sent(ours, both)
    assert (done.segments, done.rosters, done.others) == (1, 1, 1)
    assert got(theirs, Parts("theirs")).moved == 0
    assert sent(theirs, both).segments == 1
    assert got(ours, mine := Parts("ours")).moved == 2 and mine.parts == made.laptops[0].parts.parts
    assert got(login(made.id, other.id), together := Parts("together")).moved == 4
    assert together.parts == both.parts
    with pytest.raises(ToolkitError, match="publishes_nothing"):
        sent(login(made.id, publishes=False), both)


def test_nothing_after_a_revocation_travels(login: Login, made: Agency) -> None:
    a, desk = made.laptops[0], login(made.id)
    a.write(2)
    a.write()
    assert sent(desk, a.parts).segments == 2
    made.sign(revoked={a.device: 2})
    a.write()
    done = sent(desk, a.parts)
    assert (done.rosters, done.segments, why(done)) == (1, 0, ["revoked"])
    fresh = Parts("fresh")
    assert (got(desk, fresh).changes, len(fresh.parts)) == (2, 3)


def test_what_the_server_made_up_is_never_written(login: Login, made: Agency, owner: Hub) -> None:
    """The server is not trusted: here its owner changes a byte and invents a roster."""
    a, b = made.laptops
    a.write()
    bad = a.write()
    b.write()
    desk = login(made.id)
    sent(desk, a.parts)
    sent(desk, b.parts)
    owner.connection.execute(
        "update porchlight.body set raw = set_byte(raw, octet_length(raw) - 9, 7) where device = %s"
        " and prev in (select prev from porchlight.segment where first = 2)",
        (a.device,),
    )
    invented = agency(1)
    invented.laptops[0].write()
    forged = invented.sign().raw.replace(invented.id.encode(), made.id.encode())
    owner.put_roster(made.id, 9, forged)
    fresh = Parts("fresh")
    done = got(desk, fresh)
    assert sorted(why(done)) == ["copy_unproved", "roster_unsigned"] and done.segments == 2
    good = a.parts.parts | b.parts.parts
    assert fresh.parts == {name: data for name, data in good.items() if name != bad}
    assert got(desk, a.parts).segments == 1, "a folder that has the good file loses nothing"


def test_a_name_is_not_enough_to_be_believed(login: Login, made: Agency, owner: Hub) -> None:
    """The server offers a well-signed roster under our agency's name, and a stranger's segment as a car's."""
    a, b = made.laptops
    desk = login(made.id)
    sent(desk, a.parts)
    stranger = Laptop(device=b.device)
    name = stranger.write()
    raw = stranger.parts.parts[name]
    owner.put([Row(made.id, b.device, 1, 1, START, stranger.chain, 0, Sealed.read(raw).seal, raw)])
    fresh = Parts("fresh")
    assert why(got(desk, fresh)) == ["copy_unproved"] and name not in fresh.parts
    owner.connection.execute("delete from porchlight.roster")
    invented = Agency([stranger])
    invented.id = made.id
    owner.put_roster(made.id, 2, invented.sign().raw)
    assert why(got(desk, empty := Parts("empty"))) == ["roster_unsigned"] and not empty.parts


def test_check_fetches_again_what_is_damaged_in_the_folder(login: Login, made: Agency) -> None:
    a, desk = made.laptops[0], login(made.id)
    name = a.write(4)
    a.write()
    sent(desk, a.parts)
    good = dict(a.parts.parts)
    a.parts.parts[name] = good[name][:-1]
    assert got(desk, a.parts).moved == 0
    assert got(desk, a.parts, check=True).segments == 1 and a.parts.parts == good


def test_a_request_of_many_segments_is_sent_in_pieces(
    login: Login, made: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.publish.MOST_ROWS", 4)
    monkeypatch.setattr("hub.store.MOST_ROWS", 3)
    monkeypatch.setattr("hub.store.MOST_BYTES", 3000)
    a, desk = made.laptops[0], login(made.id)
    for _ in range(11):
        a.write()
    assert sent(desk, a.parts).segments == 11
    fresh = Parts("fresh")
    assert got(desk, fresh).segments == 11 and fresh.parts == a.parts.parts


def test_files_named_like_ours_that_are_noise_stop_nobody(login: Login, made: Agency) -> None:
    a, b = made.laptops
    a.write()
    b.parts.parts[f"{b.device}/00000001-00000001.seg"] = secrets.token_bytes(400)
    b.parts.parts |= a.parts.parts
    done = sent(login(made.id), b.parts)
    assert done.segments == 1 and why(done) == ["no_segment"]


def test_a_hub_put_back_from_an_old_backup_is_filled_again(login: Login, made: Agency, owner: Hub) -> None:
    a, desk = made.laptops[0], login(made.id)
    for _ in range(4):
        a.write()
    sent(desk, a.parts)
    for words in (
        "delete from porchlight.body b using porchlight.segment s where s.prev = b.prev and first > 2",
        "delete from porchlight.segment where first > 2",
        "delete from porchlight.roster",
    ):
        owner.connection.execute(words.encode())
    done = sent(desk, a.parts)
    assert (done.segments, done.already, done.rosters) == (2, 2, 1)
    owner.connection.execute("delete from porchlight.body")  # damaged on its disk, and removed by the owner
    assert sent(desk, a.parts).segments == 4
    got(desk, fresh := Parts("fresh"))
    assert fresh.parts == a.parts.parts
