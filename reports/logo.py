"""The agency's logo for partner and office paper: a picture by its content, small, grey and bare (R11)."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

from reports.blocks import Image
from resources import confined
from resources.errors import ToolkitError
from resources.files import explained, write_whole

FILE = "logo.png"
MOST_BYTES, MOST_SIDE = 5 * 2**20, 4096
KEPT = (600, 120)  # pixels: four to a point of the room that paper has
KINDS = ("PNG", "JPEG")
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def take(path: Path, data: Path) -> None:
    """Keep this picture as the logo. What is kept is drawn anew, so nothing else in the file comes along.

    Raises ToolkitError: `logo_not_a_picture`, `logo_too_large`, `logo_damaged` (all `paper_desk`).
    """
    found = _bytes(path)
    if not found.startswith(STARTS):
        raise ToolkitError("paper_desk.logo_not_a_picture", file=path.name)
    try:
        answer = confined.ask(drawn, found, path.name)
    except confined.Confined as ended:
        raise ToolkitError("paper_desk.logo_damaged", file=path.name) from ended
    if not answer.startswith(STARTS):
        raise ToolkitError(answer.decode("ascii"), file=path.name, side=MOST_SIDE)
    data.mkdir(parents=True, exist_ok=True)
    write_whole(data / FILE, answer)


def drawn(data: bytes, name: str) -> bytes:
    """The picture drawn anew as a PNG, or the key of why it is refused; done in a child process, for it is
    somebody else's file."""
    made = io.BytesIO()
    try:
        _grey(data, name).save(made, "PNG", optimize=True)
    except ToolkitError as problem:
        return problem.key.encode("ascii")
    return made.getvalue()


def forget(data: Path) -> None:
    (data / FILE).unlink(missing_ok=True)


def kept(data: Path) -> Image | None:
    """The logo, when there is one. Raises ToolkitError when somebody put another kind of file there."""
    path = data / FILE
    if not path.exists():
        return None
    picture = _grey(_bytes(path), path.name)
    return Image(picture.width, picture.height, picture.tobytes())


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            found = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise explained(problem, path) from problem
    if len(found) > MOST_BYTES:
        raise ToolkitError("paper_desk.logo_too_large", file=path.name, side=MOST_SIDE)
    return found


def _grey(data: bytes, name: str) -> Any:
    """The picture on white. Its kind and its size are read before anything is unpacked."""
    from PIL import Image as pictures  # most papers carry no logo

    bombs = (pictures.DecompressionBombError, pictures.DecompressionBombWarning)
    too_large = ToolkitError("paper_desk.logo_too_large", file=name, side=MOST_SIDE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pictures.DecompressionBombWarning)
            opened = pictures.open(io.BytesIO(data), formats=KINDS)
    except bombs as problem:
        raise too_large from problem
    except (OSError, ValueError, SyntaxError) as problem:
        raise ToolkitError("paper_desk.logo_not_a_picture", file=name) from problem
    if max(opened.size) > MOST_SIDE:
        raise too_large
    try:
        whole = opened.convert("RGBA")
        whole.thumbnail(KEPT)
        page = pictures.new("RGBA", whole.size, "white")
        return pictures.alpha_composite(page, whole).convert("L")
    except (OSError, ValueError, SyntaxError, MemoryError) as problem:
        raise ToolkitError("paper_desk.logo_damaged", file=name) from problem
