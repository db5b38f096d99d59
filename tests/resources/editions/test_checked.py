"""An edition is looked at as our own content is: one fault, and nothing of it is used."""

from __future__ import annotations

from typing import Any

import pytest

from resources.editions import making, shelf
from resources.editions.making import Faults
from resources.paths import CONTENT
from resources.words import load
from tests.resources.editions.conftest import program
from tests.resources.editions.test_forged import key_of, made_by

PAGE, WORDS, LINES = "guidance/rapport/en.md", "words/es/paper.toml", "hotlines.toml"
PHRASES, ENGLISH = "ispeak/phrases/es.toml", "words/en/paper.toml"
SHEET, NIGHT = "sheets/full_page.toml", "sheets/night.toml"
STATE = 'state = "machine"'
MACHINE = f"[status]\n{STATE}\n"
PLAIN = '+++\ntitle = "T"\ngroup = "now"\nsummary = "S."\n{dates}+++\n\nCall the desk first.{source}\n'
DATES = 'reviewed_on = "2026-11-25"\nreview_by = "2027-05-20"\n'

FAULTS = {
    "no source": ("guidance/night/en.md", PLAIN.format(dates=DATES, source=""), "source"),
    "no dates": ("guidance/night/en.md", PLAIN.format(dates="", source="[^OWN]"), "review"),
    "a source nobody lists": ("guidance/night/en.md", PLAIN.format(dates=DATES, source="[^XX]"), "XX"),
    "an unknown slot": (PAGE, program(PAGE) + "\n:::agency nobody\n:::\n", "nobody"),
    "a foreign link": (PAGE, program(PAGE) + "\nSee [this](https://example.org).[^OWN]\n", "example"),
    "other blanks": (WORDS, program(WORDS, "{phone}", "{number}"), "braces"),
    "a brace that does not close": (WORDS, program(WORDS, "{phone}", "{phone"), "braces"),
    "a way into the program": (WORDS, program(WORDS, "{phone}", "{phone.__class__}"), "braces"),
    "English with other blanks": (ENGLISH, program(ENGLISH, "{phone}", "{x}"), "braces"),
    "a new language half done": ("words/de/paper.toml", f'call = "Anrufen"\n{MACHINE}', "lacks"),
    "reviewed by nobody": (WORDS, program(WORDS, STATE, 'state = "reviewed"'), "by whom"),
    "phrases reviewed by nobody": (PHRASES, program(PHRASES, STATE, 'state = "reviewed"'), "by whom"),
    "text turned round": (WORDS, program(WORDS, "Gratis", "Gra\u202etis"), "turn"),
    "no text at all": (WORDS, "\udcff", "UTF-8"),
    "a sheet of unknown parts": (NIGHT, program(SHEET, "kind = ", "knd = "), "knd"),
    "a sheet with a sentence nobody has": (NIGHT, program(SHEET, 'title = "', 'title = "x'), "missing"),
    "a line without a source": (LINES, program(LINES, 'source = "', 'sourced = "'), "source"),
    "a line that cannot be dialed": (LINES, program(LINES, "+18883737888", "CALL-NOW"), "dial"),
    "a number that lives on": (LINES, program(LINES, "+18008435678", "+18005550101"), "minors"),
    "a line of a far day": (LINES, program(LINES, 'source_date = "20', 'source_date = "29'), "date"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named_to_the_maker_and_nothing_is_signed(
    agency: Any, tmp_path: Any, fault: str
) -> None:
    name, text, said = FAULTS[fault]
    path = tmp_path / "made" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Faults) as caught:
        agency.center.pack(tmp_path / "made")
    assert any(said in sentence for sentence in caught.value.found), caught.value.found
    assert str(tmp_path) not in " ".join(caught.value.found)
    assert not shelf.kept(agency.center.data)


def test_a_laptop_refuses_a_signed_fault_in_one_sentence_and_nothing_changes(agency: Any) -> None:
    for number, fault in enumerate(("no source", "a way into the program", "a line without a source"), 1):
        name, text, _ = FAULTS[fault]
        signed = made_by(key_of(agency.center), {name: text.encode()}, number=number)
        looked = agency.car.look(agency.brings(signed))
        assert not looked.reviews and {one.why for one in looked.refusals} == {"content_faults"}
        assert looked.refusals[0].sentence().count("\n") == 0
        assert shelf.read(agency.car.data)["guidance"].now is None and not shelf.kept(agency.car.data)


def test_a_whole_copy_of_our_content_passes(agency: Any, tmp_path: Any) -> None:
    from resources.editions.kinds import of_program

    for name in of_program():
        path = tmp_path / "made" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((CONTENT / name).read_bytes())
    signed = agency.center.pack(tmp_path / "made")
    (review,) = agency.car.look(agency.brings(signed)).reviews
    assert len(signed.parts) > 100 and review.differences == () and review.numbers == ()


def test_files_that_are_no_content_are_named_and_nothing_is_signed(agency: Any, folder: Any) -> None:
    from resources.errors import ToolkitError

    for name in ("notes.docx", "words/en/updates.toml", "sheets/giveaway.toml"):
        made = folder({name: "x = 1"})
        with pytest.raises(ToolkitError, match="not_content"):
            agency.center.pack(made)
        (made / name).unlink()
    with pytest.raises(ToolkitError, match="two_roles"):
        agency.center.pack(folder({"agency.toml": "", PAGE: program(PAGE)}))
    with pytest.raises(ToolkitError, match=r"content\.no_key"):
        (agency.folder / "made" / "agency.toml").unlink()
        making.pack(agency.car.directory, agency.car.data, agency.folder / "made")
    assert load("en").has("content.no_key")
