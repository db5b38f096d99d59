"""One walk through a practice scenario: what was chosen, where it leads, one step back. In memory only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from resources.guidance.practice import Choice, Scenario, Scene


@dataclass(frozen=True)
class Step:
    """One decision: the scene, and what was chosen in it."""

    scene: Scene
    choice: Choice


class PracticeRun:
    """A scene is answered (`choose`), its result is read, then `go_on` leads to the next scene."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.steps: list[Step] = []
        self.answered = False

    @property
    def scene(self) -> Scene:
        """The scene on the table: while a result is read, the one that it answers."""
        if self.answered:
            return self.steps[-1].scene
        return self.scenario.scene(self.steps[-1].choice.next if self.steps else "")

    @property
    def result(self) -> Choice | None:
        """What was just chosen, until `go_on`."""
        return self.steps[-1].choice if self.answered else None

    @property
    def over(self) -> bool:
        return not self.answered and self.scene.ending

    def choose(self, number: int) -> bool:
        """Answer the scene by the number of a choice; False when there is nothing to choose there."""
        if self.answered or not 0 <= number < len(self.scene.choices):
            return False
        self.steps.append(Step(self.scene, self.scene.choices[number]))
        self.answered = True
        return True

    def go_on(self) -> bool:
        """To the scene that the choice leads to; False when nothing was chosen."""
        before, self.answered = self.answered, False
        return before

    def back(self) -> bool:
        """Take the last answer back; False at the very start."""
        if not self.steps:
            return False
        self.steps.pop()
        self.answered = False
        return True

    def counts(self) -> Counter[str]:
        """How many choices were good, mixed and poor."""
        return Counter(step.choice.quality for step in self.steps)

    def topics(self) -> list[str]:
        """The pages that say why, each once: first those behind the choices that went wrong."""
        ranked = sorted(self.steps, key=lambda step: step.choice.quality == "good")
        return list(dict.fromkeys(step.choice.topic for step in ranked if step.choice.topic))
