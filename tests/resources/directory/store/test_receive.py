"""Operations of other laptops: taken whole or refused whole, and secrets that others sent are forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from resources.directory.optext import START, hash_of, link
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError

Make = Callable[..., Provider]


@pytest.fixture
def other(tmp_path: Path, index: Any) -> Any:
    with Directory.open(tmp_path / "other", who="CD", index=index) as opened:
        yield opened


def bodies(directory: Directory) -> list[str]:
    rows = directory.connection.execute(
        "select body from op where device = ? order by n", (directory.device,)
    )
    return [body for (body,) in rows]


def send(source: Directory, target: Directory) -> int:
    return target.receive(source.device, bodies(source), source.public_key)


def test_two_laptops_that_exchange_say_the_same(
    directory: Directory, other: Directory, make_provider: Make
) -> None:
    directory.save(make_provider(), make_provider(id="b"))
    assert send(directory, other) == 2
    other.save(make_provider(cost="free"))
    other.record_check("asha", "answered")
    directory.record_check("asha", "no-answer")
    send(directory, other)
    send(other, directory)
    assert other.content_hash() == directory.content_hash()
    assert len(directory.get("asha").checks) == 2 and directory.conflicts() == []
    assert send(other, directory) == 0


@pytest.mark.parametrize("spoil", ["gap", "fork", "nonsense", "no value", "wrong kind"])
def test_what_does_not_fit_is_refused_whole(
    spoil: str, directory: Directory, other: Directory, make_provider: Make
) -> None:
    for cost in ("", "$1", "$2"):
        other.save(make_provider(cost=cost))
    directory.receive(other.device, bodies(other)[:1])
    before = directory.content_hash()
    first, second, third = bodies(other)
    sent = {
        "gap": [third],
        "fork": [first.replace("Asha", "Evil"), second],
        "nonsense": [second, "{}"],
        "no value": [second, third.replace('"set":', '"sets":')],
        "wrong kind": [second, third.replace('"cost":"$2"', '"checks/x":{"on":"soon"}')],
    }[spoil]
    with pytest.raises(ToolkitError) as refused:
        directory.receive(other.device, sent)
    assert refused.value.key == "store.operations_refused"
    assert directory.content_hash() == before
    assert directory.receive(other.device, [second, third]) == 1


def test_a_street_is_forgotten_when_another_laptop_knows_it_is_secret(
    directory: Directory, other: Directory, make_provider: Make
) -> None:
    directory.save(make_provider())
    send(directory, other)
    other.save(make_provider(place=replace(make_provider().place, confidential=True)))
    directory.save(make_provider(place=replace(make_provider().place, street="99 Other Street")))
    send(other, directory)
    send(directory, other)
    for one in (directory, other):
        found = one.get("asha").place
        assert found.confidential and found.street == "" and found.latitude is None
        for table in ("op", "alive", "provider"):
            assert "Street" not in str(one.connection.execute(f"select * from {table}").fetchall())
    assert directory.content_hash() == other.content_hash()


def test_a_street_written_after_the_secret_ended_stays(directory: Directory, make_provider: Make) -> None:
    place = make_provider().place
    directory.save(make_provider(place=replace(place, confidential=True)))
    directory.save(make_provider(place=place))
    assert directory.get("asha").place == place
    directory.save(make_provider(place=replace(place, street="7 New Street")))
    directory.rebuild()
    assert directory.get("asha").place.street == "7 New Street"


def test_the_chain_of_hashes_holds_even_after_a_secret_was_taken_out(
    directory: Directory, make_provider: Make
) -> None:
    directory.save(make_provider())
    directory.save(make_provider(place=replace(make_provider().place, confidential=True)))
    chain = START
    for body in bodies(directory):
        chain = link(chain, hash_of(json.loads(body), body))
    held = directory.connection.execute("select chain from device").fetchone()[0]
    assert chain == held and "Main Street" not in "".join(bodies(directory))


def test_the_signing_key_fits_its_public_half_and_stays_after_a_restart(
    directory: Directory, reopen: Callable[..., Directory]
) -> None:
    signature = directory.signing_key().sign(b"segment")
    device, public = directory.device, directory.public_key
    directory.close()
    with reopen() as again:
        assert (again.device, again.public_key) == (device, public)
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(again.public_key)).verify(signature, b"segment")
