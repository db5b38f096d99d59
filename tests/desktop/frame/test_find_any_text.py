"""Whatever is typed into the search of the window is answered: providers, or a way on
(threat model test 40)."""

from __future__ import annotations

import pytest

from desktop.pages.find import FindPage
from desktop.window import Window


@pytest.mark.parametrize(
    "text", ['"', "St. Mary's", "NEAR(", "col:", "*", "a\0b", "\ud83d", "😀", "x" * 10_000]
)
def test_any_text_in_the_search_is_answered(window: Window, text: str) -> None:
    window.bar.search.setText(text)
    page = window.page("find")
    assert isinstance(page, FindPage)
    page.search(text)
    assert page.list.rows.rows or not page.no_match.isHidden()
    window.bar.search.clear()
    page.search("shelter")
    assert page.list.rows.rows[0].name == "Prairie Harbor Shelter"
