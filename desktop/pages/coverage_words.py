"""How coverage is said: a row of the list, the county that is marked."""

from __future__ import annotations

from desktop.widgets.line_list import Line
from reports.coverage_paper import LEVELS
from resources.directory import needs
from resources.directory.coverage import COVERED, LIMITED, NONE, CountyReach, Reach
from resources.words import Words

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
        state = self._say(f"coverage.level.{LEVELS[one.level]}")
        return Line(one.fips, one.name, about[:1].upper() + about[1:], state, icon, token)

    def detail(self, one: CountyReach) -> str:
        return "\n".join([one.name, *(self._fact(reach, "line") for reach in one.reaches)])

    def sentence(self, one: CountyReach) -> str:
        facts = "; ".join(self._fact(reach, "line") for reach in one.reaches)
        return self._say("coverage.spoken", county=one.name, facts=facts)
