"""Part of the self-check: each compiled library does its own work here, with an answer that is known."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

# RFC 8032, 7.1, test 1: the signature of nothing
_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
_SIGNED = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
    "d25bf5f0595bbe24655141438e7a100b"
)
_THAI = "\u0e17\u0e35\u0e48\u0e1e\u0e31\u0e01\u0e1e\u0e34\u0e07"  # "shelter": three words without a blank


def _sqlcipher3(folder: Path) -> str:
    """A file that only its key opens."""
    from resources.engine import open_file
    from resources.errors import ToolkitError

    path = folder / "wheels.db"
    made = open_file(path, bytes(32))
    made.execute("create table kept (value)")
    made.execute("insert into kept values ('readable')")
    made.close()
    if b"readable" in path.read_bytes():
        return "not encrypted"
    try:
        open_file(path, bytes(31) + b"x").close()
    except ToolkitError as problem:
        return "" if problem.key == "store.damaged" else problem.key
    return "opens with a wrong key"


def _icu4py(_folder: Path) -> str:
    """Words found by ICU's dictionary in a script without blanks: its data are there."""
    from icu4py.breakers import LineBreaker

    return "" if len(list(LineBreaker(_THAI, "th"))) > 1 else "no dictionary"


def _uharfbuzz(_folder: Path) -> str:
    """An Arabic letter that looks another way at the end of a word."""
    from reports.engine.fonts import shelf
    from reports.engine.shape import shape

    face = shelf().choose("\u0628", "ar", False).face
    alone, joined = (shape("\u0628" * length, face, True, "ar").glyphs for length in (1, 2))
    return "" if alone[0].number not in {glyph.number for glyph in joined} else "letters do not join"


def _paper(protect: bool) -> tuple[bytes, str]:
    """A sheet with a training number, and the password that opens it."""
    from reports.sheet import make
    from resources.handoff import Handoff
    from resources.starter import training_providers

    provider = training_providers(date.today())[0]
    paper = make(Handoff(recipe="full_page", providers=(provider,)), today=date.today(), protect=protect)
    return paper.pdf, paper.passphrase or ""


def _pikepdf(_folder: Path) -> str:
    """A sheet locked by AES-256, which opens with its password alone."""
    import pikepdf

    locked, password = _paper(protect=True)
    with pikepdf.open(io.BytesIO(locked), password=password) as opened:
        if not opened.is_encrypted or opened.encryption.bits != 256:
            return "not locked"
    try:
        pikepdf.open(io.BytesIO(locked)).close()
    except pikepdf.PasswordError:
        return ""
    return "opens without its password"


def _pypdfium2(_folder: Path) -> str:
    """A sheet drawn as the preview does, with ink on it and text in it."""
    from desktop.preview import draw_page, open_pdf

    plain, _ = _paper(protect=False)
    page = open_pdf(plain)[0]
    picture = draw_page(page, 0.25)
    drawn = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    if len(drawn) < 9:
        return "nothing drawn"
    return "" if "555-01" in page.get_textpage().get_text_range() else "no text"


def _cryptography(_folder: Path) -> str:
    """A signature known from its standard, and an altered text that it does not fit."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(_SEED)
    if key.sign(b"") != _SIGNED:
        return "another signature"
    try:
        key.public_key().verify(_SIGNED, b"altered")
    except InvalidSignature:
        return ""
    return "an altered text passes"


WHEELS: dict[str, Callable[[Path], str]] = {
    "sqlcipher3": _sqlcipher3,
    "icu4py": _icu4py,
    "uharfbuzz": _uharfbuzz,
    "pikepdf": _pikepdf,
    "pypdfium2": _pypdfium2,
    "cryptography": _cryptography,
}
