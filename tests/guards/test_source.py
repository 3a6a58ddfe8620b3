"""What the source may look like: sizes, names, and the one door to each danger."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.guards.source import calls, functions, imports, name_of, places, product

FILE_LINES, FUNCTION_LINES = 400, 40
BANNED_NAMES = frozenset(
    {"base", "common", "helpers", "helper", "manager", "misc", "util", "utils"}
)
NAMED_BASE = frozenset({"sar/models/base.py"})
COMMITS = frozenset({"sar/cli/context.py", "sar/web/transaction.py", "workers/carrier.py"})
SUBPROCESS = {
    "sar/documents/section.py": "several records at once, already inside the sandbox",
    "sar/documents/tools.py": "the one door to other programs, in the sandbox",
    "workers/supervisor.py": "starts our own processes",
}
# Handlers of everything that do not raise again, by file and function.
BROAD = {
    ("sar/documents/verify/run.py", "_guarded"): "a check that breaks holds the file back",
    (
        "workers/carrier.py",
        "_carry",
    ): "a job that breaks is tried again, then fails with a sentence",
}
PRINTING = frozenset({"workers/supervisor.py"})
BECOMING = {"workers/leash.py"}  # becomes the broker, and ends with the desk
STARTERS = frozenset({"system", "popen", "execv", "execve", "execvp", "spawnv", "fork", "forkpty"})


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    counts = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in product()
    }
    assert {name: count for name, count in counts.items() if count > FILE_LINES} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{name_of(path)}: {each.name} has {each.end_lineno - each.lineno + 1} lines"
        for path in product()
        for each in functions(path)
        if each.end_lineno and each.end_lineno - each.lineno >= FUNCTION_LINES
    ]
    assert long == []


def test_no_file_is_named_for_having_no_name() -> None:
    found = {name_of(path) for path in product() if path.stem in BANNED_NAMES}
    assert found <= NAMED_BASE


def test_a_file_is_named_in_plain_words() -> None:
    for path in product():
        assert re.fullmatch(r"(__)?[a-z][a-z0-9_]*", path.stem), name_of(path)


def test_nothing_is_imported_inside_a_function() -> None:
    inner = [
        f"{name_of(path)}:{node.lineno} in {each.name}"
        for path in product()
        for each in functions(path)
        for node in ast.walk(each)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inner == []


def test_nothing_is_imported_from_a_place_relative_to_the_file() -> None:
    assert [name for name, node in places(ast.ImportFrom) if node.level] == []


def test_other_programs_are_started_by_one_door() -> None:
    starting = re.compile(r"\b(subprocess|pty|multiprocessing|ProcessPoolExecutor)\b")
    assert {name for name, said in imports() if starting.search(said)} == SUBPROCESS.keys()
    assert {name for name, found in _of_os() if found in STARTERS} == BECOMING


def _of_os() -> Iterator[tuple[str, str]]:
    for name, node in places(ast.Attribute):
        if ast.unparse(node.value) == "os":
            yield name, node.attr


def test_no_program_is_given_a_line_for_a_shell() -> None:
    assert [name for name, node in places(ast.keyword) if node.arg == "shell"] == []


def test_only_the_entrances_commit_and_each_in_one_place() -> None:
    committing = [name for name, node in places(ast.Attribute) if node.attr == "commit"]
    assert sorted(committing) == sorted(COMMITS)


def test_everything_is_caught_only_to_be_raised_again_or_where_that_was_reviewed() -> None:
    found = {
        (name_of(path), each.name)
        for path in product()
        for each in functions(path)
        for node in ast.walk(each)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _raises_again(node)
    }
    assert found == BROAD.keys()


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_only_the_command_line_and_the_supervisor_print() -> None:
    printing = {name for name, _ in calls("print", "sys.stdout.write", "sys.stderr.write")}
    assert {name for name in printing if not name.startswith("sar/cli/")} <= PRINTING


def test_rules_documents_and_use_cases_are_given_the_time() -> None:
    reading = {
        name
        for name, _ in calls("datetime.now", "datetime.utcnow", "date.today", "time.time")
        if name.startswith(("sar/domain/", "sar/services/", "sar/documents/"))
    }
    assert reading == set()


@pytest.mark.parametrize("word", ["eval", "exec", "compile", "__import__", "globals", "breakpoint"])
def test_nothing_of_ours_runs_text_as_a_program(word: str) -> None:
    assert [name for name, _ in calls(word)] == []


def test_nothing_is_read_back_as_objects_of_python() -> None:
    reading = re.compile(r"\b(pickle|shelve|marshal|dill)\b")
    assert [name for name, said in imports() if reading.search(said)] == []


def test_no_statement_for_the_database_is_put_together_from_text() -> None:
    """`text()` is for a fixed sentence; what varies is bound."""
    built = [
        (name, ast.unparse(node))
        for name, node in places(ast.Call)
        if ast.unparse(node.func).rpartition(".")[2] in {"text", "exec_driver_sql"}
        and name.startswith(("sar/models/", "sar/services/", "sar/web/", "workers/"))
        and any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.Name) for part in _said(node))
    ]
    assert built == []


def _said(call: ast.Call) -> Iterator[ast.AST]:
    """The parts of the first argument, without the question between two fixed sentences."""
    first = call.args[0] if call.args else ast.Constant(None)
    wanted = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
    for each in wanted:
        yield from ast.walk(each)
