"""How coverage is said: a row of the list, the county that is marked, the table on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.line_list import Line
from resources.directory import needs, places
from resources.directory.coverage import COVERED, LIMITED, NONE, CountyReach, Reach
from resources.words import Words

if TYPE_CHECKING:
    from reports.parts import Extra

_LEVELS = ("all_covered", "some_limited", "some_none", "all_none")
_ICONS = (("ok", "ok"), ("clock", "mute"), ("warn", "warn"), ("warn", "warn"))


class CoverageWords:
    """Sentences about counties, from the words of one language."""

    def __init__(self, words: Words) -> None:
        self._say = words.say

    def _need(self, reach: Reach) -> str:
        return self._say(needs.get(reach.need).short_key)

    def _fact(self, reach: Reach, form: str) -> str:
        """One need of one county: `form` is "line" or "short"."""
        said = {"need": self._need(reach), "miles": f"{reach.miles or 0:.0f}"}
        if form == "short":
            said["need"] = said["need"][:1].lower() + said["need"][1:] if reach.need != "id" else said["need"]
        if reach.state == LIMITED:
            return self._say(f"coverage.{form}_limited", why=self._say(f"coverage.why.{reach.why}"), **said)
        if reach.state == NONE:
            ending = "none" if reach.miles is not None else "none_anywhere"
            return self._say(f"coverage.{form}_{ending}", **said)
        near = form == "line" and (reach.miles or 0) < 1
        return self._say(f"coverage.{form}_covered{'_near' if near else ''}", **said)

    def line(self, one: CountyReach) -> Line:
        """A row: the county, what is worst about it, and its level."""
        order = (NONE, LIMITED, COVERED)
        worst = sorted(one.reaches, key=lambda reach: order.index(reach.state))
        about = "  ·  ".join(self._fact(reach, "short") for reach in worst)
        icon, token = _ICONS[one.level]
        state = self._say(f"coverage.level.{_LEVELS[one.level]}")
        return Line(one.fips, one.name, about[:1].upper() + about[1:], state, icon, token)

    def detail(self, one: CountyReach) -> str:
        return "\n".join([one.name, *(self._fact(reach, "line") for reach in one.reaches)])

    def sentence(self, one: CountyReach) -> str:
        facts = "; ".join(self._fact(reach, "line") for reach in one.reaches)
        return self._say("coverage.spoken", county=one.name, facts=facts)

    def summary(self, found: list[CountyReach]) -> str:
        bad = sum(one.level >= 2 for one in found)
        return self._say("coverage.bad", n=bad, of=len(found)) if bad else self._say("coverage.good")

    # -- paper
    def extra(self, found: list[CountyReach], state: str, miles: int) -> Extra:
        """The table for the sheet `coverage`: a row for each county, a column for each need."""
        from reports.parts import Extra

        head = (self._say("coverage.paper.county"), *(self._need(reach) for reach in found[0].reaches))
        rows = tuple((one.name, *(self._cell(reach) for reach in one.reaches)) for one in found)
        name = places.STATES.get(state, state)
        summary = self._say("coverage.paper.summary", state=name, summary=self.summary(found), miles=miles)
        text = f"{summary}\n\n{self._say('coverage.paper.legend')}"
        return Extra(title=name, markdown=text, head=head, rows=rows)

    def _cell(self, reach: Reach) -> str:
        miles = f"{reach.miles or 0:.0f}"
        if reach.state == LIMITED:
            return self._say("coverage.paper.limited", why=self._say(f"coverage.why.{reach.why}"))
        if reach.state == NONE:
            ending = "none" if reach.miles is not None else "none_anywhere"
            return self._say(f"coverage.paper.{ending}", miles=miles)
        return self._say(f"coverage.paper.covered{'' if (reach.miles or 0) >= 1 else '_near'}", miles=miles)
