"""The file itself: the same bytes everywhere, neutral, and locked when it has to be."""

from __future__ import annotations

import getpass
import hashlib
import io
import json
import os
import re
import socket
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reports.blocks import Document, Heading, Para
from reports.engine import preload, render
from reports.engine.fonts import Shelf
from resources.errors import ToolkitError
from resources.paths import CONTENT
from resources.words import load
from tests.reports.engine.samples import dot, pages_of, paper

ROOT = Path(__file__).parents[3]
PASSWORD = "kürbis 12 laterne"
ONE_DIGEST = """
import hashlib, sys
from reports.engine import render
from tests.reports.engine.samples import dot, paper
warm = [render(paper(language), pictures={"dot": dot}) for language in sys.argv[1:]]
papers = [render(paper(language, form=form), pictures={"dot": dot}, pdfa=form == "page")
          for language in ("en", "ar", "km") for form in ("page", "wallet", "booklet")]
print(hashlib.sha256(b"".join(papers)).hexdigest())
"""


def digest(seed: str, *warm: str) -> str:
    """The digest in another process; `warm` papers are made first and must not matter."""
    run = [sys.executable, "-c", ONE_DIGEST, *warm]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": f"UTC{seed}"}
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
    return done.stdout.strip()


def test_the_same_paper_has_the_same_bytes_in_every_process() -> None:
    assert digest("1") == digest("7", "my", "ar", "vi")


def everything(pdf: bytes) -> bytes:
    """The file with all its streams unpacked."""
    parts = [pdf]
    for match in re.finditer(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(match.group(1)))
        except zlib.error:
            parts.append(match.group(1))
    return b"\n".join(parts)


@pytest.mark.parametrize("archive", (False, True))
def test_nothing_in_the_file_tells_who_made_it_when_or_with_what(archive: bool) -> None:
    pdf = render(paper(form="booklet"), pdfa=archive, pictures={"dot": dot})
    told = everything(pdf).lower()
    for word in (b"reportlab", b"porchlight", b"pikepdf", b"qpdf", b"producer", b"creator", b"author"):
        assert word not in told
    for word in (b"/info", b"creationdate", b"moddate", b"anonymous", b"d:20", b"openaction", b"javascript"):
        assert word not in told
    for private in (getpass.getuser(), socket.gethostname(), str(ROOT), str(Path.home())):
        assert f"{private}".encode() not in everything(pdf) or len(private) < 5


def test_an_ordinary_sheet_is_small() -> None:
    assert len(render(paper(), pictures={"dot": dot})) < 35_000
    assert len(render(paper("my"), pictures={"dot": dot})) < 50_000
    assert len(render(paper("zh"), pictures={"dot": dot})) < 50_000


def test_a_locked_paper_opens_only_with_its_password() -> None:
    pdf = render(paper(), password=PASSWORD, pictures={"dot": dot})
    for wrong in (None, "", "kurbis 12 laterne"):
        with pytest.raises(pypdfium2.PdfiumError):
            pages_of(pdf, wrong)
    assert "Safe paper" in pages_of(pdf, PASSWORD)[0]
    assert b"Safe paper" not in everything(pdf)
    with pikepdf.open(io.BytesIO(pdf), password=PASSWORD) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert str(opened.encryption.stream_method) == "EncryptionMethod.aesv3"
        assert opened.allow.accessibility and opened.allow.print_highres
        assert "/StructTreeRoot" in opened.Root
        assert "/Info" not in opened.trailer


def test_a_paper_is_locked_where_lxml_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built programs leave lxml out, which pikepdf wants only to look into the metadata."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "lxml"] or ["lxml", "lxml.etree"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "lxml", None)
    pdf = render(paper(), password=PASSWORD, pictures={"dot": dot})
    assert "Safe paper" in pages_of(pdf, PASSWORD)[0]


def test_a_missing_or_damaged_font_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError) as caught:
        Shelf(tmp_path)
    assert "fonts" in load("en").explain(caught.value)
    (tmp_path / "NotoSans-Regular.ttf").write_bytes(b"not a font")
    with pytest.raises(ToolkitError) as caught:
        Shelf(tmp_path).first("en")
    assert "NotoSans-Regular.ttf" in load("en").explain(caught.value)


def test_every_font_is_the_one_that_the_list_of_sources_names() -> None:
    folder = CONTENT / "fonts"
    rows = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    assert {row["file"] for row in rows} == {path.name for path in folder.glob("*.ttf")}
    for row in rows:
        assert hashlib.sha256((folder / row["file"]).read_bytes()).hexdigest() == row["sha256"]
        assert row["version"] and row["integrity"].startswith("sha")
    assert sum((folder / row["file"]).stat().st_size for row in rows) <= 13 * 2**20
    assert {path.name for path in folder.glob("LICENSE-*")} == {
        "LICENSE-IBMPlexSansArabic.txt",
        "LICENSE-Inter.txt",
        "LICENSE-NotoSans.txt",
    }


def test_pages_have_the_size_asked_for() -> None:
    for name, size in (("letter", (612, 792)), ("a4", (595.276, 841.89))):
        with pypdfium2.PdfDocument(render(Document("Size", "en", (Heading("x"),), paper=name))) as document:
            assert document[0].get_size() == pytest.approx(size, abs=0.01)


def test_preload_and_an_empty_document_do_no_harm() -> None:
    preload()
    assert pages_of(render(Document("Empty", "en", (), footer=False))) == [""]
    assert pages_of(render(Document("Empty", "en", (Para(""),), footer=False))) == [""]
