"""Who a service takes, from a cell such as "Women, Men, Families" or "Men only, no pets"."""

from __future__ import annotations

import re

from resources.directory.letters import fold

_ADULTS = r"(?:women|men|mothers|fathers|parents|adults|woman|man)"
_WITH = rf"{_ADULTS} (?:and|with|w/) ?(?:their )?(?:children|kids)"
_CHILDREN = r"minors?|children|child|youths?|teens?|teenagers?|adolescents?|kids|under 18|juveniles?|infants"
_WORDS = {
    "men": r"men|man|males?|fathers|gentlemen",
    "women": r"women|woman|females?|mothers|ladies|womens",
    "minors": _CHILDREN,
    "families": rf"famil(?:y|ies)|{_WITH}",
    "pets": r"pets?|dogs?|cats?|animals|service animals",
}
_ALL = r"all|any|anyone|everyone|everybody|all people|general public|public|all genders|no restrictions"
_ANYONE = re.compile(rf"^(?:{_ALL})\b")
_WITH_CHILDREN = re.compile(rf"\b{_WITH}\b")


def read_people(text: str) -> dict[str, bool]:
    """Rules of INTAKE_RULES with yes or no; a group that is not named stays unknown, except that a list
    naming only men or only women says no to the other."""
    said = fold(text)
    if not said.strip():
        return {}
    if _ANYONE.match(said.strip()):
        return {"men": True, "women": True, "families": True}
    found: dict[str, bool] = {}
    alone = _WITH_CHILDREN.sub(" ", said)
    for rule, pattern in _WORDS.items():
        where = alone if rule == "minors" else said
        if re.search(rf"\b(?:no|not|without|except|excluding) (?:{pattern})\b", where):
            found[rule] = False
        elif re.search(rf"\b(?:{pattern})\b", where):
            found[rule] = True
    if not re.search(r"\bfamil(?:y|ies)\b", said):
        for one, other in (("men", "women"), ("women", "men")):
            if found.get(one) and other not in found:
                found[other] = False
    return found
