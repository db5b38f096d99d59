"""The structure tree: what a screen reader hears, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reports.engine.embed import utf16


def text_string(text: str) -> str:
    """A PDF text string in any script."""
    return f"<FEFF{utf16(text)}>"


class Element:
    """One node: a tag, its attributes, and its children (elements or marked content on a page)."""

    __slots__ = ("attributes", "kids", "number", "tag")

    def __init__(
        self, tag: str, parent: Element | None = None, *, lang: str = "", attributes: str = ""
    ) -> None:
        self.tag = tag
        self.attributes = attributes + (f"/Lang({lang})" if lang else "")
        self.kids: list[Element | tuple[int, int]] = []
        self.number = 0
        if parent is not None:
            parent.kids.append(self)

    def has_content(self) -> bool:
        return any(not isinstance(kid, Element) or kid.has_content() for kid in self.kids)

    def walk(self) -> Iterator[Element]:
        """This element and all below it that hold something."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element) and kid.has_content():
                yield from kid.walk()


def list_attributes(numbering: str) -> str:
    return f"/A<</O/List/ListNumbering/{numbering}>>"


def scope(side: str) -> str:
    return f"/A<</O/Table/Scope/{side}>>"


def written(root: Element, first: int, tree: int, pages: list[int]) -> Iterator[tuple[int, str]]:
    """Each element as (object number, dictionary); numbers count up from `first`."""
    elements = list(root.walk())
    for number, element in enumerate(elements, first):
        element.number = number
    parents = {id(kid): element for element in elements for kid in element.kids if isinstance(kid, Element)}
    for element in elements:
        above = parents.get(id(element))
        yield element.number, _dictionary(element, above.number if above else tree, pages)


def _dictionary(element: Element, parent: int, pages: list[int]) -> str:
    page = next((kid[0] for kid in element.kids if not isinstance(kid, Element)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.number:
                kids.append(f"{kid.number} 0 R")
        elif kid[0] == page:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
    held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
    on_page = "" if page is None else f"/Pg {pages[page]} 0 R"
    return f"<</S/{element.tag}/P {parent} 0 R{on_page}/K {held}{element.attributes}>>"


def parent_tree(pages: list[list[Element]], reference: Callable[[str], str]) -> str:
    """For each page the element of each piece of marked content."""
    rows = []
    for at, marked in enumerate(pages):
        held = " ".join(f"{element.number} 0 R" for element in marked)
        rows.append(f"{at} {reference(f'[{held}]')}")
    return f"<</Nums[{' '.join(rows)}]>>"
