"""The house rules that no linter knows: small files, short functions, folders that stay what they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(
    p
    for folder in ("desktop", "reports", "resources", "hub", "packaging", "tests")
    for p in (ROOT / folder).rglob("*.py")
)
FILE_LINES, FUNCTION_LINES = 350, 40


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_and_its_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= FILE_LINES
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize(
    "path",
    [p for p in CODE if p.relative_to(ROOT).parts[0] not in ("tests", "packaging")],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_module_opens_with_its_purpose(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree)


def test_packaging_stays_importable_as_the_library() -> None:
    import packaging.version

    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert packaging.version.Version("1.0") < packaging.version.Version("2.0")


def test_tests_need_no_packages() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_raw_widgets_that_read_markup_stay_behind_their_helpers() -> None:
    """R7: Qt's labels, message boxes and tool tips read markup and load files; only helpers may make them."""
    allowed = {"desktop/widgets", "desktop/ask.py"}
    found = []
    for path in (ROOT / "desktop").rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        if any(name.startswith(a) for a in allowed):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            word = getattr(called, "id", getattr(called, "attr", ""))
            if word in (
                "QLabel",
                "QMessageBox",
                "QInputDialog",
                "QErrorMessage",
                "QProgressDialog",
                "QWizard",
            ):
                found.append(f"{name}:{node.lineno} {word}")
    assert not found
