"""Kill the program without warning while an edition is put in force, again and again: the next start shows
all of the content of before or all of the new, says nothing of damage, and the next exchange finishes.

    python -m tests.resources.editions.kills [KILLS] [SEED]      (100 unless told otherwise)
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from resources import overlay
from resources.editions import exchange, force
from resources.home import open_directory
from resources.paths import CONTENT
from resources.starter import hotlines
from resources.updates.exchange import exchange as both_ways
from resources.updates.medium import Folder, Parts
from resources.words import load
from tests.resources.editions.conftest import CHECKS, Agency, program
from tests.resources.killing import main, run
from tests.resources.updates.sticks import Reader

MODULE = "tests.resources.editions.kills"
WORDS, LINES = "words/en/paper.toml", "hotlines.toml"
SAYS = "You decide who to call, and when."
MOMENTS = ("looks", "takes", "takes", "takes", "gives")


def take(data: Path, stick: Path, *, numbers: bool = True, again: bool = False) -> None:
    """Look at a stick, take what it brings, and give what it lacks."""
    force.use(data)
    with open_directory(data) as directory:
        print("looks", flush=True)
        medium = Parts("") if again else Folder(stick)
        looked = exchange.look(directory, data, medium, CHECKS, again=again)
        print("takes", flush=True)
        for one in looked.reviews:
            exchange.take(directory, data, one, None if numbers else (), CHECKS)
        print("gives", flush=True)
        exchange.give(directory, data, Folder(stick))
        print("ends", flush=True)


def go_back(data: Path, stick: Path) -> None:
    """Put in force what was there before, unless that is done."""
    force.use(data)
    with open_directory(data) as directory:
        print("takes", flush=True)
        if "number 1" not in _shown(data)[0]:
            exchange.back(directory, data, "guidance")
        print("ends", flush=True)


def take_all_numbers(data: Path, stick: Path) -> None:
    take(data, stick, again=True)


# what is killed, and from which data folder it starts
ACTIONS: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "a newer edition": (take, "has one"),
    "the same with other numbers": (take_all_numbers, "without its numbers"),
    "going back": (go_back, "has two"),
}


class Trial:
    """A laptop on which one edition is in force, and a stick with the next."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.chance, self.happened = folder, random.Random(seed), Counter[str]()
        self.places = _make(folder)
        self.data, self.stick = folder / "laptop", folder / "kingston"
        self.before, self.after, self.took = {}, {}, {}
        for action in ACTIONS:
            self._copy(action)
            self.before[action] = _shown(self.data)
            self.took[action] = self._run(action)
            self.after[action] = _shown(self.data)
            assert self.before[action] != self.after[action]

    def once(self) -> None:
        """Kill one of the actions at some moment, start again, and let the next exchange finish."""
        action = self.chance.choice([*ACTIONS])
        self._copy(action)
        doing = self.chance.choice([moment for moment in MOMENTS if moment in self.took[action]])
        self._run(action, doing, self.chance.random() * self.took[action][doing])
        found = _shown(self.data)
        expected = self.before[action], self.after[action]
        assert found in expected, f"between before and after, {doing} {action}: {found} of {expected}"
        self.happened[action] += 1
        self.happened["wholly the old" if found == self.before[action] else "wholly the new"] += 1
        for path in self.stick.glob("porchlight/content/*.edition"):
            assert path.read_bytes() == (self.places["stick"] / path.relative_to(self.stick)).read_bytes()
        with redirect_stdout(None):
            ACTIONS[action][0](self.data, self.stick)
        assert _shown(self.data) == self.after[action]
        with open_directory(self.data) as directory:
            done = both_ways(directory, self.stick, phones=None, confirm_retire=True, names_seen=True)
            assert not done.refusals
        assert all(Reader().whole(path) for path in self.stick.glob("porchlight/*/*.seg"))

    def _copy(self, action: str) -> None:
        for place, of in ((self.data, ACTIONS[action][1]), (self.stick, "stick")):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(self.places[of], place)

    def _run(self, action: str, doing: str = "", kill_after: float = 0) -> dict[str, float]:
        """Let it run, or kill it so long after it said what it does; gives how long each took."""
        return run(MODULE, action, self.data, self.stick, doing=doing, kill_after=kill_after)


def _make(folder: Path) -> dict[str, Path]:
    """The data folders from which each action starts, and the stick with both editions."""
    agency = Agency(folder)
    agency.begin()
    places = {"stick": agency.stick()}
    for number in (1, 2):
        made = folder / f"made {number}"
        files = {WORDS: program(WORDS, SAYS, f"{SAYS} Said in number {number}.")}
        files[LINES] = program(LINES, "+18883737888", f"+1800555010{number}")
        for page in sorted(CONTENT.glob("guidance/*/en.md")):
            files[str(page.relative_to(CONTENT))] = page.read_text(encoding="utf-8") + "\n" * number
        for name, text in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(text, encoding="utf-8")
        signed = agency.center.pack(made, number)
        places[str(number)] = agency.brings(signed, f"number {number}")
        agency.brings(signed)
    agency.close()
    for name, of, brings, numbers in (
        ("has one", "car", "1", True),
        ("without its numbers", "has one", "2", False),
        ("has two", "has one", "2", True),
    ):
        places[name] = folder / name
        shutil.copytree(folder / of, places[name])
        with redirect_stdout(None):
            take(places[name], places[brings], numbers=numbers)
    return places


def _shown(data: Path) -> tuple[str, ...]:
    """What a start shows: a sentence, the numbers of the national lines, and a hash of all content."""
    problems = force.use(data)
    assert not problems, [load("en").explain(problem) for problem in problems]
    files = sorted({*CONTENT.glob("words/*/*.toml"), *CONTENT.glob("guidance/*/*.md"), CONTENT / LINES})
    content = hashlib.sha256(b"".join(overlay.over(path).read_bytes() for path in files)).hexdigest()
    with open_directory(data) as directory:
        lines = directory.many([line.id for line in hotlines()])
        assert [one.phones for one in lines] == [line.phones for line in hotlines()], "lines of the other one"
    numbers = [phone.number for line in lines for phone in line.phones]
    return (load("en").say("paper.you_decide"), " ".join(numbers), content)


def child(action: str, data: str, stick: str) -> None:
    ACTIONS[action][0](Path(data), Path(stick))


if __name__ == "__main__":
    main(child, Trial, "0 mixed; each next exchange finished")
