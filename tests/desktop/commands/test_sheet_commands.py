"""Paper from the command line: several in one go, answers that are asked for, the agency's own readers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from desktop.commands.main import main

Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*words: str) -> tuple[int, Any]:
        code = main(["--data", str(tmp_path / "home"), "--training", "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return go


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as opened:
        return "\n".join(one.get_textpage().get_text_range() for one in opened)


def test_several_sheets_and_languages_go_into_one_folder(run: Run, tmp_path: Path) -> None:
    identity = run("find", "shelter")[1]["found"][0]["provider_id"]
    out = tmp_path / "papers"
    words = ("--language", "en", "--language", "es", "--language", "ar", "--provider", identity)
    code, said = run("sheet", "wallet_card", "full_page", *words, "--out", str(out))
    assert code == 0
    assert [Path(row["file"]).name for row in said["sheets"]] == [f"resources-0{n}.pdf" for n in range(1, 7)]
    assert sorted(path.name for path in out.iterdir()) == [f"resources-0{n}.pdf" for n in range(1, 7)]
    assert "Teléfonos" in text_of(out / "resources-02.pdf")


def test_one_refusal_in_a_batch_is_said_and_the_rest_is_made(run: Run, tmp_path: Path) -> None:
    code, said = run("sheet", "wallet_card", "partner_handoff", "--out", str(tmp_path / "papers"))
    assert code == 1
    assert "file" in said["sheets"][0] and "answer" in said["sheets"][1]["refused"].lower()


def test_several_sheets_need_a_folder(run: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"mine")
    code, said = run("sheet", "wallet_card", "full_page", "--out", str(taken))
    assert (code, said["error"]["key"]) == (1, "commands.not_a_folder")
    assert taken.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("--answer", "colour=red"), "commands.no_such_question"),
        (("--answer", "alias"), "commands.answer_without_equals"),
        (("--answers", "ANSWERS"), "commands.no_such_question"),
    ],
)
def test_an_answer_nobody_asked_for_is_not_ignored(
    words: tuple[str, str], key: str, run: Run, tmp_path: Path
) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text('colour = "red"\n', encoding="utf-8")
    given = [str(answers) if word == "ANSWERS" else word for word in words]
    out = tmp_path / "out.pdf"
    code, said = run("sheet", "partner_handoff", *given, "--out", str(out))
    assert (code, said["error"]["key"]) == (1, key)
    assert "alias" in said["error"]["message"]
    assert not out.exists()


def test_an_answer_on_the_line_reaches_the_paper(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert run("sheet", "topic", "--answer", "topic=interpreters", "--out", str(out))[0] == 0
    given = {
        "release_recipient": "Harbor House", "release_purpose": "A bed", "release_items": "alias",
        "release_until": "2099-12-20", "release_signed": "yes", "alias": "Ana",
    }  # fmt: skip
    words = [word for key, text in given.items() for word in ("--answer", f"{key}={text}")]
    code, _ = run("sheet", "partner_handoff", *words, "--out", str(out))
    assert code == 0
    assert "Ana" in text_of(out)


def test_the_agencys_own_reader_takes_the_mark_off_the_paper(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    words = ("sheet", "full_page", "--language", "uk", "--out", str(out))
    assert any("machine translation" in said for said in run(*words)[1]["warnings"])
    before = text_of(out)
    assert run("reviewed", "uk", "--by", "O. Koval")[0] == 0
    assert not any("machine translation" in said for said in run(*words)[1]["warnings"])
    assert len(text_of(out)) < len(before)
    row = next(row for row in run("languages")[1]["languages"] if row["code"] == "uk")
    assert row["read_here_by"].startswith("O. Koval, ")
    assert run("reviewed", "uk", "--forget")[0] == 0
    assert any("machine translation" in said for said in run(*words)[1]["warnings"])
    assert run("reviewed", "xx", "--by", "A")[0] == 1


def test_a_booklet_lists_the_whole_directory(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert run("sheet", "booklet", "--out", str(out))[0] == 0
    assert "(406) 555-0142" in text_of(out).replace("\xa0", " ")


def test_paper_for_an_archive_says_so_and_cannot_be_locked_too(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert run("sheet", "call_list", "--archive", "--out", str(out))[0] == 0
    assert b"<pdfaid:part>2" in out.read_bytes()
    with pytest.raises(SystemExit):
        run("sheet", "call_list", "--archive", "--protect", "--out", str(out))


def test_a_logo_is_taken_for_office_paper_and_refused_when_it_is_none(run: Run, tmp_path: Path) -> None:
    out, wrong, right = tmp_path / "out.pdf", tmp_path / "logo.png", tmp_path / "seal.png"
    wrong.write_text("<svg/>")
    code, said = run("logo", str(wrong))
    assert (code, said["error"]["key"]) == (1, "paper_desk.logo_not_a_picture")
    Image.new("L", (40, 20)).save(right)
    assert run("logo", str(right))[0] == 0
    assert run("sheet", "call_list", "--out", str(out))[0] == 0
    assert b"/Subtype/Image" in out.read_bytes()
    assert run("sheet", "full_page", "--out", str(out))[0] == 0
    assert b"/Subtype/Image" not in out.read_bytes()
    assert run("logo", "--forget")[0] == 0
    assert run("sheet", "call_list", "--out", str(out))[0] == 0
    assert b"/Subtype/Image" not in out.read_bytes()
