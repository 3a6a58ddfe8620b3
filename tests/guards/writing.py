"""Which functions of the services write, and which of them record it: read from their source.

A function writes when it adds, deletes or flushes, changes a field of a row, or calls one that
does. It records when it calls `audit.record`, or one that does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = ROOT / "sar" / "services"
_SESSION_WRITES = frozenset({"add", "add_all", "delete", "flush", "merge"})
_STATEMENTS = frozenset({"insert", "update", "delete"})
_CHANGES = frozenset({"append", "extend", "remove", "clear"})


@dataclass
class Function:
    """What one top-level function does by itself, and which of ours it calls."""

    name: str
    writes: bool = False
    records: bool = False
    calls: set[str] = field(default_factory=set)

    @property
    def is_public(self) -> bool:
        """Whether other modules may call it."""
        return not self.name.partition(".")[2].startswith("_")


class Services:
    """Every function of a folder of services, by `module.function`."""

    def __init__(self, folder: Path = SERVICES) -> None:
        self.functions: dict[str, Function] = {}
        for path in sorted(folder.glob("*.py")):
            self._read(path.stem, ast.parse(path.read_text(encoding="utf-8")))

    def _read(self, module: str, tree: ast.Module) -> None:
        imported = dict(_imported(tree))
        own = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
        for each in tree.body:
            if isinstance(each, ast.FunctionDef):
                made = Function(f"{module}.{each.name}")
                _fill(made, each, {**imported, **{name: f"{module}.{name}" for name in own}})
                self.functions[made.name] = made

    @cached_property
    def writers(self) -> set[str]:
        """Functions that write, by themselves or by what they call."""
        return self._reaching({name for name, each in self.functions.items() if each.writes})

    @cached_property
    def recorders(self) -> set[str]:
        """Functions that record an event, by themselves or by what they call."""
        return self._reaching({name for name, each in self.functions.items() if each.records})

    def public(self, names: set[str]) -> set[str]:
        """Those of the names that other modules may call."""
        return {name for name in names if self.functions[name].is_public}

    def _reaching(self, found: set[str]) -> set[str]:
        grown = found | {name for name, each in self.functions.items() if each.calls & found}
        return found if grown == found else self._reaching(grown)


def names_used(folder: Path) -> set[str]:
    """Every `module.function` of the services that a folder's files mention."""
    found = set()
    for path in folder.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = dict(_imported(tree))
        found |= {name for node in ast.walk(tree) if (name := _named(node, imported))}
    return found


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What a name of this file means: a module of the services, or a function of one."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith(
            "sar.services"
        ):
            continue
        module = (node.module or "").removeprefix("sar.services").lstrip(".")
        for alias in node.names:
            yield alias.asname or alias.name, f"{module}.{alias.name}" if module else alias.name


def _fill(made: Function, function: ast.FunctionDef, names: dict[str, str]) -> None:
    for node in ast.walk(function):
        called = _named(node, names)
        if called == "audit.record":
            made.records = True
        elif called:
            made.calls.add(called)
        made.writes = made.writes or _writes(node)


def _named(node: ast.AST, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name) and "." in names.get(node.id, ""):
        return names[node.id]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module = names.get(node.value.id, "")
        return f"{module}.{node.attr}" if module and "." not in module else None
    return None


def _writes(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(_is_field(part) for target in node.targets for part in ast.walk(target))
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return _is_field(node.target)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    door = ast.unparse(node.func)
    if door.startswith("db.session."):
        return node.func.attr in _SESSION_WRITES or _is_statement(node)
    return node.func.attr in _CHANGES and _is_field(node.func.value, load=True)


def _is_statement(call: ast.Call) -> bool:
    return any(
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Name)
        and part.func.id in _STATEMENTS
        for argument in call.args
        for part in ast.walk(argument)
    )


def _is_field(node: ast.AST, *, load: bool = False) -> bool:
    """Whether this is a field of something other than the function's own object."""
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id != "self"
        and (load or isinstance(node.ctx, ast.Store))
    )
