"""The logo: a picture by its content, on partner and office paper alone (threat test 25)."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from reports import logo, recipe, sheet
from resources.errors import ToolkitError
from resources.handoff import Handoff
from resources.words import load
from tests.reports.sheets.conftest import TODAY
from tests.reports.sheets.papers import handoff, helpers


def picture(kind: str, size: tuple[int, int] = (400, 200), **how: object) -> bytes:
    out = io.BytesIO()
    made = Image.new("RGB", size, "white")
    made.paste((20, 40, 160), (0, 0, size[0] // 2, size[1]))
    made.save(out, kind, **how)
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'
BAD = {
    "svg": (SVG, "not_a_picture"),
    "gif": (picture("GIF"), "not_a_picture"),
    "tiff": (picture("TIFF"), "not_a_picture"),
    "pdf": (b"%PDF-1.7\n%%EOF", "not_a_picture"),
    "empty": (b"", "not_a_picture"),
    "text": (b"A logo, said Anna.", "not_a_picture"),
    "truncated jpeg": (picture("JPEG", (900, 900), quality=95)[:2000], "damaged"),
    "truncated png": (picture("PNG")[:-60], "damaged"),
    "30,000 pixels": (huge_png(30_000), "too_large"),
    "10,000 pixels": (huge_png(10_000), "too_large"),
    "5,000 pixels": (huge_png(5_000), "too_large"),
    "hollow": (huge_png(4_000), "damaged"),
    "six megabytes": (picture("PNG") + bytes(6 * 2**20), "too_large"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_logo_that_is_no_picture_is_refused_at_once_with_a_sentence(name: str, tmp_path: Path) -> None:
    data, reason = BAD[name]
    resource = pytest.importorskip("resource")
    given = tmp_path / "logo.png"
    given.write_bytes(data)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(ToolkitError) as caught:
        logo.take(given, tmp_path / "data")
    assert caught.value.key == f"paper_desk.logo_{reason}"
    assert "logo.png" in load("en").explain(caught.value)
    assert time.process_time() - start < 2
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) < 512 * 1024
    assert not (tmp_path / "data" / logo.FILE).exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_only_the_pixels_of_a_picture_are_kept(kind: str, tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "ZZCANARY")
    how = {"pnginfo": words} if kind == "PNG" else {"comment": b"ZZCANARY"}
    given = tmp_path / "seal.bin"  # what it is called does not matter
    given.write_bytes(picture(kind, (2000, 1000), **how))
    assert b"ZZCANARY" in given.read_bytes()
    logo.take(given, tmp_path)
    assert b"ZZCANARY" not in (tmp_path / logo.FILE).read_bytes()
    kept = logo.kept(tmp_path)
    assert kept and kept.height <= logo.KEPT[1] and len(kept.pixels) == kept.width * kept.height
    assert kept.pixels[0] < 100 and kept.pixels[-1] > 240


def test_a_transparent_logo_stands_on_white(tmp_path: Path) -> None:
    given = tmp_path / "clear.png"
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(given)
    logo.take(given, tmp_path)
    assert set(logo.kept(tmp_path).pixels) == {255}


@pytest.mark.parametrize("one", recipe.all(), ids=lambda one: one.name)
def test_no_survivor_ever_carries_it(one: recipe.Recipe, tmp_path: Path) -> None:
    given = tmp_path / "seal.png"
    given.write_bytes(picture("PNG"))
    logo.take(given, tmp_path)
    language = "en" if "en" in one.languages else one.languages[0]
    wanted = handoff(one.name, language, helpers(language))
    extra = sheet.Extra(markdown="# Title\n\nText.")
    made = sheet.make(wanted, today=TODAY, logo=logo.kept(tmp_path), extra=extra)
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        shown = [len(page.get_images()) for page in opened.pages]
    expected = one.name == "partner_handoff" or (one.audience == "officer" and one.form != "pocket")
    assert shown[0] == expected
    assert not any(shown[1:])


@pytest.mark.parametrize("archive", [False, True])
def test_paper_with_a_logo_passes_the_validators_and_stays_the_same(
    archive: bool, tmp_path: Path, today: date
) -> None:
    import page

    from tests.reports.validators import faults_of

    given = tmp_path / "seal.png"
    given.write_bytes(picture("PNG"))
    logo.take(given, tmp_path)
    wanted = Handoff("call_list", "en", providers=helpers("en"))
    made = [sheet.make(wanted, today=today, logo=logo.kept(tmp_path), archive=archive).pdf for _ in range(2)]
    assert made[0] == made[1]
    assert faults_of(made[0], tmp_path) == []
    assert page.validate_pdf_bytes(made[0], profile="2a").is_compliant == archive


def test_without_a_logo_there_is_none_and_forgetting_takes_it_off(tmp_path: Path) -> None:
    assert logo.kept(tmp_path) is None
    given = tmp_path / "seal.png"
    given.write_bytes(picture("PNG"))
    logo.take(given, tmp_path)
    logo.forget(tmp_path)
    logo.forget(tmp_path)
    assert logo.kept(tmp_path) is None


def test_a_file_that_somebody_put_in_its_place_is_refused(
    tmp_path: Path, make_provider: Callable[..., object]
) -> None:
    (tmp_path / logo.FILE).write_bytes(SVG)
    with pytest.raises(ToolkitError):
        logo.kept(tmp_path)
