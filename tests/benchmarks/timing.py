"""Milliseconds by the clock and of our own processor time, side by side.

On a machine with other work to do the clock also counts the waiting. A promise is kept when the clock says
so; the processor time says whether a broken one is our doing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence


class Times:
    """What many runs of one act took."""

    def __init__(self) -> None:
        self.clock: list[float] = []
        self.own: list[float] = []

    def measure(self, act: Callable[[], object]) -> None:
        clock, own = time.perf_counter(), time.process_time()
        act()
        self.clock.append((time.perf_counter() - clock) * 1000)
        self.own.append((time.process_time() - own) * 1000)

    def add(self, other: Times) -> None:
        """The last run of `other` counts here too."""
        self.clock.append(other.clock[-1])
        self.own.append(other.own[-1])

    def line(self, name: str, most: float | None = None) -> str:
        """One row of a table; with `most` also whether 95 of 100 stayed within so many milliseconds."""
        clock, own = self.clock, self.own
        verdict = ""
        if most is not None:
            kept = share(clock, 0.95) <= most, share(own, 0.95) <= most
            verdict = f"   promised {most:g}: " + {
                (True, True): "kept", (False, True): "kept by the processor, the machine is busy",
            }.get(kept, "BROKEN")  # fmt: skip
        waited = f"clock p50 {share(clock, 0.5):7.2f}  p95 {share(clock, 0.95):7.2f}  max {max(clock):7.2f}"
        worked = f"processor p50 {share(own, 0.5):7.2f}  p95 {share(own, 0.95):7.2f}  max {max(own):7.2f}"
        return f"  {name:35} {waited}   {worked} ms{verdict}"


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def ratio(ours: Times, base: Times, part: float = 0.95) -> str:
    """How many times faster we are than the baseline, by the clock and by the processor."""
    clock = share(base.clock, part) / share(ours.clock, part)
    own = share(base.own, part) / share(ours.own, part)
    return f"{clock:.2g}x by the clock, {own:.2g}x by the processor"


def load() -> str:
    """How busy the machine is: processes that want a processor, over the last minute."""
    average = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{os.cpu_count()} processors, load {average}"
