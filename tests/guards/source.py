"""The repository's own files, as text and as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
Node = TypeVar("Node", bound=ast.AST)
FOLDERS = (".ci", "docs", "migrations", "sar", "templates", "tests", "workers")
NOT_OURS = frozenset({"vendor", "__pycache__", ".git"})
BINARY = frozenset(
    {"bmp", "docx", "doc", "gif", "heic", "ico", "jpeg", "jpg", "mbox", "msg", "odt", "pdf", "png"}
    | {"pptx", "tif", "tiff", "ttf", "webp", "woff", "woff2", "xls", "xlsx", "zip"}
)


@cache
def product() -> tuple[Path, ...]:
    """Every Python file that runs: the application, the workers, and the settings."""
    found = [ROOT / "config.py", ROOT / "wsgi.py"]
    for folder in ("sar", "workers"):
        found += sorted((ROOT / folder).rglob("*.py"))
    return tuple(found)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(path)))


@cache
def _called() -> tuple[tuple[str, ast.Call, str], ...]:
    return tuple((name, node, ast.unparse(node.func)) for name, node in places(ast.Call))


def name_of(path: Path) -> str:
    """The path from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def texts() -> dict[str, str]:
    """Every text file of ours, by its path from the root; nothing that others wrote."""
    files = [each for each in ROOT.iterdir() if each.is_file() and not each.name.startswith(".")]
    for folder in FOLDERS:
        files += [each for each in (ROOT / folder).rglob("*") if each.is_file()]
    return {
        name_of(each): each.read_text(encoding="utf-8", errors="replace")
        for each in sorted(files)
        if not NOT_OURS & set(each.parts) and each.suffix.lstrip(".").lower() not in BINARY
    }


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    for node in _nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def places(kind: type[Node]) -> Iterator[tuple[str, Node]]:
    """(file, node) of every such node in the product."""
    for path in product():
        for node in _nodes(path):
            if isinstance(node, kind):
                yield name_of(path), node


def imports() -> Iterator[tuple[str, str]]:
    """(file, statement) of everything the product imports."""
    for kind in (ast.Import, ast.ImportFrom):
        for name, node in places(kind):
            yield name, ast.unparse(node)


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """(file, call) of every call of these, as they are written."""
    for name, node, written in _called():
        if written in names:
            yield name, node
