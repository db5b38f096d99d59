"""What a service is for, whom it serves and what it costs: the small tables around an HSDS service."""

from __future__ import annotations

from dataclasses import dataclass

from resources.directory import needs
from resources.exchange import cells, place_cells
from resources.exchange.hsds_links import Links
from resources.exchange.hsds_tables import RECORD, Record
from resources.exchange.plain_text import line, plain


@dataclass(frozen=True)
class Terms:
    """Categories of a service: names that say who may come, and names that mean none of our needs."""

    eligibility: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def needs_of(links: Links, service: Record, name: str) -> tuple[frozenset[str], Terms]:
    """Need codes from attributes and taxonomy ids; keywords and the name speak when those do not."""
    codes = frozenset[str]()
    who: list[str] = []
    unread: list[str] = []
    for term, identity in _terms(links, service):
        vocabulary = (term.get("taxonomy") or term.get("vocabulary")) if term else ""
        said = line(term.get("name")) or term.get("code") if term else ""
        if "eligib" in vocabulary.casefold():
            who.append(said)
        elif found := _codes(links, term, identity):
            codes |= found
        elif said:
            unread.append(said)
    codes = codes or needs.guess(name) or needs.guess(line(service.get("keywords"))[:2_000])
    return codes, Terms(tuple(who), tuple(dict.fromkeys(unread)))


def _terms(links: Links, service: Record) -> list[tuple[Record | None, str]]:
    """Each category of a service and the id it was given by."""
    identities = [
        identity
        for row in links.children("attributes", "link_id", service.get("id"))
        if row.get("link_entity").rstrip("s") in ("", "service", "link_entity") and row.get("label") != RECORD
        for identity in row.ids("taxonomy_term_id") or [row.get("value")]
    ]
    wanted = [*identities, *service.ids("taxonomy_ids")]
    return [(links.get("taxonomy_terms", identity), identity) for identity in dict.fromkeys(wanted)]


def _codes(links: Links, term: Record | None, identity: str) -> frozenset[str]:
    """Needs that a category means, by its code, its name, or the names of the categories above it."""
    if term is None:
        return frozenset({identity}) if identity in needs.codes() else frozenset()
    if term.get("code") in needs.codes():
        return frozenset({term.get("code")})
    above: Record | None = term
    for _ in range(4):
        if above is None:
            break
        if found := needs.guess(line(above.get("name"))) or needs.guess(line(above.get("parent_name"))):
            return found
        above = links.get("taxonomy_terms", next(iter(above.ids("parent_id")), ""))
    return frozenset()


def exact_text(links: Links, joint: Record | None) -> str:
    """What our own export added because HSDS has no place for it."""
    rows = links.children("attributes", "link_id", joint.get("id")) if joint else []
    return next((row.get("value") for row in rows if row.get("label") == RECORD), "")


def served(
    links: Links, service: Record, joint: Record | None, state: str
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Codes of the areas served, and the names nobody could place."""
    rows = links.children("service_areas", "service_id", service.get("id"))
    rows = rows + (
        links.children("service_areas", "service_at_location_id", joint.get("id")) if joint else []
    )
    texts = [row.get("name") for row in rows]
    codes, unclear = frozenset[str](), list[str]()
    for text in filter(None, dict.fromkeys([*texts, service.get("service_areas")])):
        found, rest = place_cells.served(plain(text), state)
        codes |= found
        unclear += rest
    return codes, tuple(dict.fromkeys(unclear))


def languages_of(links: Links, service: Record, location: Record | None) -> frozenset[str]:
    rows = list(links.children("languages", "service_id", service.get("id")))
    texts = [service.get("languages")]
    if location:
        rows += links.children("languages", "location_id", location.get("id"))
        texts.append(location.get("languages"))
    texts += [row.get("code") or row.get("name") for row in rows]
    found = frozenset[str]()
    for text in filter(None, texts):
        codes, _ = cells.languages(text)
        found |= codes
    return found


def cost(links: Links, service: Record) -> str:
    parts = [service.get("fees_description") or service.get("fees")]
    for row in links.children("cost_options", "service_id", service.get("id")):
        said = " ".join(
            filter(None, (row.get("amount"), row.get("currency").upper(), row.get("amount_description")))
        )
        parts.append(": ".join(filter(None, (row.get("option"), said))))
    return "\n".join(filter(None, parts))
