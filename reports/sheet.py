"""One call from a handoff to a finished PDF, with everything the officer should know before printing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from reports import closed_days, compose, giveaway, pictograms, recipe, release
from reports.audience import is_plain, plain_name, seen, shows_logo
from reports.blocks import Document, Image
from reports.parts import Extra, Writing
from reports.recipe import Recipe
from resources.directory import due
from resources.directory.provider import Provider
from resources.handoff import SURVIVOR, Handoff
from resources.words import Words, load

FILE_NAME = "resources.pdf"
CARD_HOLDS = 5
_GROUPS, _DIGITS = 5, 4


@dataclass(frozen=True)
class Warning:
    """Something to know before printing, which it never blocks; `key` names a sentence, `data` fills it."""

    key: str
    data: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, words: Words | None = None) -> str:
        return (words or load("en")).say(self.key, **self.data)


@dataclass(frozen=True)
class Paper:
    """A finished sheet. `given_away` lists words that tell a stranger what it is about; the passphrase
    of a protected PDF is here once and nowhere else."""

    pdf: bytes
    pages: int
    warnings: tuple[Warning, ...]
    given_away: tuple[str, ...]
    document: Document
    file_name: str = FILE_NAME
    passphrase: str | None = None


def make(
    handoff: Handoff,
    *,
    today: date,
    words: Words | None = None,
    agency: Mapping[str, str] | None = None,
    logo: Image | None = None,
    protect: bool = False,
    archive: bool = False,
    extra: Extra | None = None,
    progress: Callable[[int, int], object] = lambda done, of: None,
) -> Paper:
    """The paper for a handoff. Raises ToolkitError when it must not or cannot be made.

    `agency` may hold `name`, and `reviewed.<language>` with the agency's own reader of a translation.
    `logo` comes on handoffs to partners and office paper only. `protect` locks the PDF with a passphrase,
    for a partner; `archive` makes it PDF/A-2A, which cannot be locked. `extra` has a topic's text or a table.
    `progress` hears how many pages of how many are drawn, and may raise to stop.
    """
    from reports import engine  # heavy; the command line lists recipes without it

    document, warnings = written(handoff, today=today, words=words, agency=agency, extra=extra)
    if shows_logo(recipe.get(handoff.recipe)):
        document = replace(document, logo=logo)
    passphrase = new_passphrase() if protect else None
    pages = [0]

    def drawn(done: int, of: int) -> None:
        pages.append(of)
        progress(done, of)

    pdf = engine.render(
        document, password=passphrase, pdfa=archive, pictures=pictograms.paints(), progress=drawn
    )
    away = _given_away(document, recipe.get(handoff.recipe))
    return Paper(pdf, pages[-1], warnings, away, document, passphrase=passphrase)


def written(
    handoff: Handoff,
    *,
    today: date,
    words: Words | None = None,
    agency: Mapping[str, str] | None = None,
    extra: Extra | None = None,
) -> tuple[Document, tuple[Warning, ...]]:
    """The document and the warnings, without drawing anything."""
    chosen = recipe.get(handoff.recipe)
    handoff = replace(handoff, language=recipe.base_code(handoff.language))
    words = words or load(handoff.language)
    handoff = release.filled(handoff, chosen, today)
    release.check(handoff, chosen, today)
    lasting = tuple(closed_days.on_paper(one, chosen.audience, today) for one in handoff.providers)
    shown = seen(replace(handoff, providers=lasting), chosen, words)
    writing = Writing(chosen, shown, words, today, agency or {}, extra or Extra())
    training = chosen.uses_providers and any(one.training for one in handoff.providers)
    document = compose.compose(writing, training=training)
    return document, tuple(_warnings(handoff, writing, document, training=training))


def new_passphrase() -> str:
    """Twenty digits in groups of four (66 bits), easy to read out over a telephone in any language."""
    import secrets  # few sheets are locked, and loading this takes as long as drawing one

    return "-".join(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}" for _ in range(_GROUPS))


def _given_away(document: Document, chosen: Recipe) -> tuple[str, ...]:
    if chosen.audience != SURVIVOR:
        return ()
    return giveaway.found("\n".join(compose.texts(document)), document.language)


def _warnings(handoff: Handoff, writing: Writing, document: Document, *, training: bool) -> list[Warning]:
    chosen = writing.recipe
    found: list[Warning] = []
    if training:
        found.append(Warning("paper_desk.warn.training"))
    if handoff.minor and chosen.audience == SURVIVOR:
        found.append(Warning("paper_desk.warn.minor"))
    if away := _given_away(document, chosen):
        found.append(Warning("paper_desk.warn.gives_away", {"words": ", ".join(away)}))
    if compose.unreviewed(writing):
        language = recipe.english_name(writing.words.language)
        found.append(Warning("paper_desk.warn.unreviewed", {"language": language}))
    lost = [q for q in chosen.questions if q.key in handoff.answers and q.key not in writing.handoff.answers]
    if lost:
        labels = "; ".join(load("en").say(question.label) for question in lost)
        found.append(Warning("paper_desk.warn.not_released", {"questions": labels}))
    if not chosen.uses_providers:
        return found
    return found + _about_providers(handoff, writing)


def _about_providers(handoff: Handoff, writing: Writing) -> list[Warning]:
    chosen = writing.recipe
    found: list[Warning] = []
    if not handoff.providers and not chosen.needs_release:
        found.append(Warning("paper_desk.warn.no_providers"))
    if chosen.form == "wallet" and len(writing.handoff.providers) > CARD_HOLDS:
        found.append(Warning("paper_desk.warn.many", {"n": len(writing.handoff.providers)}))
    left_out = len(handoff.providers) - len(writing.handoff.providers)
    if chosen.audience == SURVIVOR and left_out:
        found.append(Warning("paper_desk.warn.enforcement", {"n": left_out}))
    shown = {one.id for one in writing.handoff.providers}
    for one in handoff.providers:
        if one.id in shown:
            found += _about(one, handoff, writing)
    return found


def _about(one: Provider, handoff: Handoff, writing: Writing) -> list[Warning]:
    """What to know about one provider on this paper."""
    name = {"name": one.name}
    found = list(_number(one, writing.today))
    if one.status not in ("active", ""):
        found.append(Warning("paper_desk.warn.not_active", name))
    if closures := closed_days.coming(one.hours, writing.today):
        days = {"first": closures[0].first.isoformat(), "last": closures[0].last.isoformat()}
        key = "shut_now" if closures[0].first <= writing.today else "shut_soon"
        found.append(Warning(f"paper_desk.warn.{key}", {**name, **days}))
    if is_plain(handoff, writing.recipe):
        printed = plain_name(one, writing.words)
        if printed not in (one.cover_name, one.name):
            found.append(Warning("paper_desk.warn.cover_replaced", {**name, "printed": printed}))
        elif not one.cover_name.strip():
            found.append(Warning("paper_desk.warn.no_cover_name", name))
    if one.place.confidential:
        found.append(Warning("paper_desk.warn.confidential", name))
    if handoff.minor and (one.intake.get("minors") is False or (one.minimum_age or 0) >= 18):
        found.append(Warning("paper_desk.warn.not_for_minors", name))
    return found


def _number(one: Provider, today: date) -> list[Warning]:
    """Whether this number can be trusted today."""
    if not any(phone.number or phone.shown for phone in one.phones if phone.kind != "fax"):
        return [Warning("paper_desk.warn.no_phone", {"name": one.name})]
    last, confirmed = one.last_check, one.confirmed_on
    if last and last.result in ("wrong-number", "closed"):
        return [Warning(f"paper_desk.warn.{last.result}", {"name": one.name, "date": last.on.isoformat()})]
    if last and confirmed is None:
        return [Warning("paper_desk.warn.no-answer", {"name": one.name, "date": last.on.isoformat()})]
    if confirmed is None:
        return [Warning("paper_desk.warn.never_checked", {"name": one.name})]
    if due.state(one, today) == due.FRESH:
        return []
    months = max((today - confirmed).days * 12 // 365, 1)
    return [Warning("paper_desk.warn.stale", {"name": one.name, "n": months})]
