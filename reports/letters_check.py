"""Letters of I Speak that none of our fonts can draw, one plain sentence each, for `porchlight check`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reports.engine.fonts import ignorable, shelf
from resources import overlay
from resources.guidance import ispeak
from resources.words import load


def problems(folder: Path = ispeak.FOLDER) -> list[str]:
    """Languages and phrases with a letter that would show as an empty box."""
    say = load("en").say
    found = []
    for file, code, where, text in _texts(folder):
        if missing := [c for c in dict.fromkeys(text) if not c.isspace() and not _drawn(c, code)]:
            shown = ", ".join(f"{c} (U+{ord(c):04X})" for c in missing)
            line = _line(folder / file.removeprefix("ispeak/"), missing[0])
            found.append(say("ispeak.no_glyph", file=file, line=line, where=where, letters=shown))
    return found


def _texts(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    for one in ispeak.languages(folder):
        yield "ispeak/languages.toml", one.code, one.english_name, one.own_name
    for code in ispeak.packs(folder):
        file = f"ispeak/phrases/{code}.toml"
        yield file, code, "yes, no, stop, unsure", " ".join(ispeak.answers(code, folder))
        for phrase in ispeak.phrases(code, folder):
            yield file, code, phrase.key, phrase.text


def _line(path: Path, letter: str) -> int:
    """The first line that holds the letter."""
    lines = overlay.over(path).read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if letter in line), 1)


def _drawn(character: str, code: str) -> bool:
    return ignorable(character) or any(
        choice.face.draws(character) for choice in shelf().order(code, bold=True)
    )
