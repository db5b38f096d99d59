"""The built program runs without asserts (python -O): one that does something there would not be done."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]


def harmless(test: ast.expr) -> bool:
    """`x is not None` for the type checker, or `not x`; nothing that is called, fetched or opened."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return isinstance(test.operand, ast.Name | ast.Attribute)
    none = isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is | ast.IsNot)
    return none and not any(isinstance(node, ast.Call) for node in ast.walk(test))


def test_no_assert_does_anything() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("desktop", "reports", "resources")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) and not harmless(node.test)
    ]
    assert found == []
