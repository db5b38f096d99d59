"""A release is believed only with the word of a releaser we know, in the format that minisign writes."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resources.errors import ToolkitError
from resources.release import signature
from resources.release.stick import find, number

# written by minisign 0.11, the tool a person checks a release with
KEY = "untrusted comment: minisign public key 78DCD3A8302217B3\n" \
    "RWSzFyIwqNPcePsJc02VAfl1y8bLzxfCCgZWAnRNIgjr/p+uwvG2yFjk\n"  # fmt: skip
SIGNED = b"Porchlight"
SIGNATURE = """untrusted comment: signature from minisign secret key
RUSzFyIwqNPceB4dsRR9h+XF3EMEmnuLMJDhD95CnJUeTZJU0ALorUBhpztILyMKomLDo1o8nw8s5E4TzAtjFSHNMgH951+rhQE=
trusted comment: porchlight 1.2.3
cRTWZI+0Z5FPJ5a6M6bzhMg1DBO38Dd2jazBL0yWBd3+f2re8NqcafWEF7x0RsmBGMAjsK6Q8bl6UdyZbbnyCA==
"""


def refusal(work: Callable[[], Any]) -> str:
    with pytest.raises(ToolkitError) as refused:
        work()
    return refused.value.key


def test_what_minisign_signed_is_believed() -> None:
    key = signature.read_key(KEY)
    assert signature.check(SIGNED, SIGNATURE, [key]) == "porchlight 1.2.3"
    assert key.text in KEY


def test_one_changed_byte_anywhere_is_noticed() -> None:
    key, chance = signature.read_key(KEY), random.Random(8)
    for place in range(len(SIGNED)):
        changed = bytes(byte ^ (n == place) for n, byte in enumerate(SIGNED))
        assert (
            refusal(lambda changed=changed: signature.check(changed, SIGNATURE, [key])) == "release.altered"
        )
    signed = range(SIGNATURE.index("\n") + 1, len(SIGNATURE) - 1)  # the first line says nothing that counts
    # the letter before the padding holds bits that mean nothing
    for place in chance.sample([n for n in signed if not SIGNATURE[n : n + 2].endswith("=")], 200):
        letter = "B" if SIGNATURE[place] != "B" else "C"
        broken = SIGNATURE[:place] + letter + SIGNATURE[place + 1 :]
        why = refusal(lambda broken=broken: signature.check(SIGNED, broken, [key]))
        assert why in ("release.altered", "release.other_signer")


@pytest.mark.parametrize(
    "text", ["", "\n\n\n\n", SIGNATURE[:150], SIGNATURE.replace("RUS", "RWS", 1), "é\n" * 4]
)
def test_what_is_no_signature_is_refused(text: str) -> None:
    assert refusal(lambda: signature.check(SIGNED, text, [signature.read_key(KEY)])) == "release.altered"


def test_a_copy_without_a_key_believes_nobody(tmp_path: Path) -> None:
    assert signature.trusted_keys(tmp_path) == []
    assert refusal(lambda: signature.check(SIGNED, SIGNATURE, [])) == "release.no_key"


def test_keys_are_read_from_the_program_folder_two_while_they_change(tmp_path: Path) -> None:
    for name in ("old.pub", "new.pub"):
        (tmp_path / name).write_text(KEY, encoding="ascii")
    assert len(signature.trusted_keys(tmp_path)) == 2
    (tmp_path / "new.pub").write_text("RWSzFyIw", encoding="ascii")
    with pytest.raises(ValueError):
        signature.trusted_keys(tmp_path)


def test_the_newest_release_on_the_stick_is_taken(releaser: Any, tmp_path: Path) -> None:
    for version in ("0.9.0", "0.10.0", "0.2.0"):
        releaser.stick(tmp_path / f"Porchlight {version}", version, {"a": b"a"})
    assert find(tmp_path).version == "0.10.0"
    assert find(tmp_path / "Porchlight 0.2.0").version == "0.2.0"
    assert number("0.10.0") > number("0.9.12")


def test_an_empty_stick_and_a_missing_one_say_so(releaser: Any, tmp_path: Path) -> None:
    assert refusal(lambda: find(tmp_path)) == "release.none_found"
    assert refusal(lambda: find(tmp_path / "gone")) == "core.not_found"


def test_a_stranger_is_not_believed_even_under_our_number(
    releaser: Any, stranger: Callable[..., Any], tmp_path: Path
) -> None:
    stranger(b"somebody").stick(tmp_path / "one", "9.0", {"a": b"a"})
    assert refusal(lambda: find(tmp_path)) == "release.other_signer"
    stranger(releaser.key.number).stick(tmp_path / "one", "9.0", {"a": b"a"})
    assert refusal(lambda: find(tmp_path)) == "release.altered"
    releaser.stick(tmp_path / "two", "1.0", {"a": b"a"})
    assert find(tmp_path).version == "1.0"


def test_a_list_without_signature_or_for_another_program_is_refused(releaser: Any, tmp_path: Path) -> None:
    folder = releaser.stick(tmp_path, "1.0", {"a": b"a"})
    (folder / "SHA256SUMS.minisig").write_text(releaser.sign((folder / "SHA256SUMS").read_bytes(), "x 1.0"))
    assert refusal(lambda: find(folder)) == "release.other_program"
    (folder / "SHA256SUMS.minisig").unlink()
    assert refusal(lambda: find(folder)) == "release.unsigned"


def test_names_that_lead_out_of_the_folder_are_refused(releaser: Any, tmp_path: Path) -> None:
    listed = f"{'0' * 64}  ../evil\n".encode()
    (tmp_path / "SHA256SUMS").write_bytes(listed)
    (tmp_path / "SHA256SUMS.minisig").write_text(releaser.sign(listed, "porchlight 1.0"))
    assert refusal(lambda: find(tmp_path)) == "release.other_program"
