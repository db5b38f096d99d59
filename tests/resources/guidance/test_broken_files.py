"""Every kind of broken content file is named with its line, and everything else still works."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from resources import check as all_checks
from resources.guidance import agency, check, ispeak, practice
from resources.guidance.library import Library
from resources.paths import CONTENT
from resources.words import load

TODAY = date(2026, 11, 25)
ISPEAK = ("languages.toml", "phrases/en.toml", "phrases/es.toml", "phrases/ar.toml")
TOPIC = "guidance/rapport/en.md"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Our own guidance, scenes, words and some phrases, copied to be broken."""
    made = tmp_path / "content"
    for name in ("guidance", "practice", "sheets"):
        shutil.copytree(CONTENT / name, made / name)
    (made / "ispeak/phrases").mkdir(parents=True)
    for name in ISPEAK:
        shutil.copy(CONTENT / "ispeak" / name, made / "ispeak" / name)
    shutil.copy(CONTENT / "needs.toml", made)
    return made


def damage(path: Path, old: bytes, new: bytes) -> int:
    """Puts something wrong into a file; gives the line where it stands."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    return data[: data.index(old)].count(b"\n") + 1


def said(content: Path) -> list[str]:
    return check.problems(content / "guidance", content, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"review_by = ", b"review_by == ", "this line is not understood"),
        (b"review_by = ", b'review_by = "soon"\nx = ', '"review_by" is missing or has a wrong value'),
        (b"## Steps", b"\xff## Steps", "this is not UTF-8 text"),
        (b"## Steps", b":::nobody\n## Steps", "this ::: line is not understood"),
    ],
    ids=["toml", "date", "encoding", "fence"],
)
def test_a_topic_that_cannot_be_read_is_named_and_the_others_open(
    content: Path, old: bytes, new: bytes, reason: str
) -> None:
    line = damage(content / TOPIC, old, new)
    named = [sentence for sentence in said(content) if sentence.startswith(f"{TOPIC}, line {line}: {reason}")]
    assert len(named) == 1
    library = Library.load(content / "guidance", today=TODAY)
    assert {one.id for one in Library.load().topics()} - {one.id for one in library.topics()} == {"rapport"}
    assert "# First ten minutes" in library.markdown("first-ten-minutes")


HARD = b"Jurisdictional considerations necessitate interdisciplinary collaboration.[^OWN]\n\n"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"## Steps", b"Nobody says so.\n\n## Steps", "this line has no source"),
        (b"## Steps", b"So they say.[^NOPE]\n\n## Steps", "the source NOPE is not in sources.toml"),
        (b"## Steps", b"[x](topic:nowhere)\n\n## Steps", "the link goes to a page named nowhere"),
        (b"## Steps", b"[x](find:need=gold)\n\n## Steps", "the link looks for the need gold"),
        (b"## Steps", b"[x](sheet:gold)\n\n## Steps", "the link opens the sheet gold"),
        (b"## Steps", b"[x](https://example.org)\n\n## Steps", "the link https://example.org leaves"),
        (b"## Steps", b"<b>x</b>[^OWN]\n\n## Steps", "HTML and pictures are not allowed"),
        (b"## Steps", HARD * 40 + b"## Steps", "the page reads at grade"),
        (b'review_by = "2027', b'review_by = "2025', "review_by must come after reviewed_on"),
    ],
)
def test_a_mistake_in_a_topic_is_named_and_the_page_still_opens(
    content: Path, old: bytes, new: bytes, reason: str
) -> None:
    line = damage(content / TOPIC, old, new)
    assert any(sentence.startswith(f"{TOPIC}, line {line}: {reason}") for sentence in said(content))
    assert "# Rapport" in Library.load(content / "guidance", today=TODAY).markdown("rapport")


def test_a_page_whose_date_passed_is_named_and_opens_with_a_warning(content: Path) -> None:
    late = date(2031, 1, 1)
    found = check.problems(content / "guidance", content, late)
    assert any(f"{TOPIC}, line 7: the page was due for review by 2027-11-20" in one for one in found)
    shown = Library.load(content / "guidance", today=late).markdown("rapport")
    assert shown.startswith("> **Check before you rely on this page.")


def test_a_source_without_a_publisher_or_a_page_is_named_with_its_line(content: Path) -> None:
    path = content / "guidance/sources.toml"
    line = path.read_text(encoding="utf-8").count("\n") + 2
    path.write_text(path.read_text(encoding="utf-8") + '\n[IDLE]\ntitle = "A"\n', encoding="utf-8")
    assert said(content) == [
        f"sources.toml, line {line}: no page uses the source IDLE. Remove it or use it.",
        f"sources.toml, line {line}: the source IDLE needs a title, and an address or a publisher.",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (
            "phrases/es.toml",
            b"yes = ",
            b"yes == ",
            "The language file es.toml, line {line}, is not understood",
        ),
        ("phrases/es.toml", b"stop = ", b"\xffstop = ", "The language file es.toml, line {line}, cannot be"),
        ("phrases/es.toml", b"hurt = {", b"hurt = 5 # {", 'ispeak/phrases/es.toml, line {line}: "hurt" is'),
        ("phrases/es.toml", b"unsure = ", b"other = ", 'ispeak/phrases/es.toml, line 1: "unsure" is missing'),
        (
            "languages.toml",
            b'own_name = "Espa',
            b'own_nam = "Espa',
            "languages.toml, the language that starts",
        ),
    ],
    ids=["toml", "encoding", "phrase", "missing", "language"],
)
def test_a_broken_language_is_named_and_the_others_speak(
    content: Path, name: str, old: bytes, new: bytes, reason: str
) -> None:
    folder = content / "ispeak"
    line = damage(folder / name, old, new)
    found = ispeak.problems(folder)
    assert any(sentence.startswith(reason.format(line=line)) for sentence in found), found
    assert len(ispeak.phrases("ar", folder)) == len(ispeak.phrases("en", folder)) >= 25
    assert "ar" in {one.code for one in ispeak.languages(folder)}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"[scene.arrive]", b"[scene.arrive", "practice/farm.toml: line {line} is not understood"),
        (b"summary = ", b"\xffsummary = ", "practice/farm.toml, line {line}: this is not UTF-8 text"),
        (
            b"[scene.arrive]\ntext",
            b"[scene.arrive]\ntxt",
            "practice/farm.toml, line {line}: arrive needs text",
        ),
    ],
    ids=["toml", "encoding", "missing"],
)
def test_a_broken_scene_is_named_and_the_others_play(
    content: Path, old: bytes, new: bytes, reason: str
) -> None:
    line = damage(content / "practice/farm.toml", old, new)
    (sentence,) = practice.problems(content / "practice")
    assert sentence.startswith(reason.format(line=line))
    assert len(practice.scenarios(content / "practice")) == 4


@pytest.mark.parametrize("wrong", [b"a = ", b'a = "\xff"'], ids=["toml", "encoding"])
def test_a_broken_sentence_file_is_named_with_its_line(tmp_path: Path, wrong: bytes) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/paper.toml").write_bytes(b'z = "x"\n' + wrong)
    load.cache_clear()
    (sentence,) = all_checks.words_problems(tmp_path)
    assert sentence.startswith("The sentence file en/paper.toml, line 2, is not understood")


def test_what_an_agency_wrote_is_checked_too(tmp_path: Path) -> None:
    agency.save(tmp_path, {"advocate": "Ana, 555-0142"}, date(2026, 1, 2))
    pages = tmp_path / "topics"
    pages.mkdir()
    (pages / "good.md").write_text("# Towing\n\nCall Joe.\n", encoding="utf-8")
    (pages / "old.md").write_text('+++\nreview_by = "2026-01-01"\n+++\n# Old\n\nText.\n', encoding="utf-8")
    (pages / "lost.md").write_text("# Lost\n\n[x](topic:nowhere)\n", encoding="utf-8")
    (pages / "bytes.md").write_bytes(b"# Bytes\n\n\xff\n")
    found = check.agency_problems(tmp_path, TODAY)
    assert [sentence.split(". ")[0] for sentence in found] == [
        "topics/bytes.md, line 3: this is not UTF-8 text",
        "topics/lost.md, line 3: the link goes to a page named nowhere, which does not exist.",
        "topics/old.md, line 2: the page was due for review by 2026-01-01",
        "agency.toml: nobody has confirmed “on-call advocate” since 2026-01-02",
    ]
