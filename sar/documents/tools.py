"""The only door to another program, and to any parser of bytes that came from outside.

`run` starts a program and `call` one of our own steps (`inside.py`), both shut in by bubblewrap:
no network, no view of other files than programs, fonts and our code, nothing writable but the
scratch folder, limits on time, memory, processes and output.
"""

from __future__ import annotations

import contextlib
import functools
import json
import logging
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sar.documents import sandbox
from sar.documents.errors import DocumentError, DocumentFault, LeakFoundError
from sar.documents.sandbox import DEFAULT_LIMITS, Limits
from sar.documents.usage import Usage, usage_of

__all__ = ["Finished", "Limits", "call", "is_isolated", "run", "scratch_folder"]

_log = logging.getLogger(__name__)
_STDERR_KEPT = 64 << 10
# What the sandbox still writes while it dies is wiped in the second round.
_WIPE = 'read -r _ && exit; rm -rf -- "$0"; sleep 1; rm -rf -- "$0"'
_FIRST_LOOK, _LONGEST_PAUSE = 0.005, 0.1
_TIMED_OUT = (
    "This file took too long to open and was stopped. "
    "Ask for a smaller copy, or save it as a PDF and upload that."
)
_TOO_BIG = (
    "Opening this file needs more memory or space than is allowed, so it was stopped. "
    "Ask for a smaller copy, or split it and upload the parts."
)
_FAILED = (
    "This file could not be opened: it may be damaged. "
    "Open it in the program that made it, save it as a PDF and upload that."
)
_SIGNALS_MEANING = {
    signal.SIGXCPU: (DocumentFault.TIMED_OUT, _TIMED_OUT),
    signal.SIGXFSZ: (DocumentFault.TOO_BIG, _TOO_BIG),
}


@dataclass(frozen=True)
class Finished:
    """What a program left behind; the caller judges the return code."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run(
    argv: Sequence[str], *, scratch: Path, limits: Limits = DEFAULT_LIMITS, stdin: bytes = b""
) -> Finished:
    """Runs a program in the sandbox with scratch as its working and only writable folder.

    Raises:
        DocumentError: TIMED_OUT, TOO_BIG or TOOL_MISSING.
    """
    scratch = scratch.resolve()
    for program in (argv[0], "prlimit"):
        if shutil.which(program, path=sandbox.PATH) is None:
            raise DocumentError(
                DocumentFault.TOOL_MISSING,
                f"The program {Path(program).name} is missing. Tell whoever runs this service.",
            )
    command = sandbox.limited(argv, limits)
    if not sandbox.is_inside() and is_isolated():
        command = sandbox.shut_in(command, scratch)
    return _supervised(command, scratch, limits, stdin)


def call(
    step: str, scratch: Path, arguments: dict[str, Any], limits: Limits = DEFAULT_LIMITS
) -> dict[str, Any]:
    """Runs the step registered in `inside.STEPS` in a Python process in the sandbox.

    Paths in arguments and answers are names relative to scratch.

    Raises:
        DocumentError: what the step raised inside, or CORRUPT when it died of something else.
    """
    argv = [sandbox.interpreter(), "-m", "sar.documents.inside", step]
    finished = run(argv, scratch=scratch, limits=limits, stdin=json.dumps(arguments).encode())
    answer = _answer(finished.stdout)
    if answer is None:
        _log.warning("step died", extra={"step": step, "returncode": finished.returncode})
        fault, sentence = _meaning(finished.returncode)
        raise DocumentError(fault, sentence)
    if "fault" in answer:
        _raise_fault(answer)
    result = answer["result"]
    assert isinstance(result, dict)
    return result


@contextlib.contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """A folder that is gone after the block, even when this process is killed in it.

    A shell of its own session waits for the end of a pipe that only this process holds open.
    """
    folder = Path(tempfile.gettempdir(), f"{prefix}{secrets.token_hex(8)}")
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", _WIPE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
    )
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        keeper.communicate(b"wiped\n")


@functools.cache
def is_isolated() -> bool:
    """True when programs run shut in: bubblewrap is here and this kernel lets it work."""
    if sandbox.is_inside():
        return True
    if _probe():
        return True
    if os.environ.get(sandbox.MARKER) != "1":
        _log.warning("no sandbox: bubblewrap cannot work here, only resource limits hold")
    return False


def _probe() -> bool:
    if shutil.which("bwrap", path=sandbox.PATH) is None:
        return False
    with scratch_folder("sar-probe-") as folder:
        scratch = folder.resolve()
        command = sandbox.shut_in(sandbox.limited(["true"], Limits()), scratch)
        try:
            return _supervised(command, scratch, Limits(seconds=10), b"").returncode == 0
        except DocumentError:
            return False


def _supervised(command: list[str], scratch: Path, limits: Limits, stdin: bytes) -> Finished:
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(stdin)
        given.seek(0)
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=out,
            stderr=err,
            cwd=scratch,
            env=sandbox.environment(scratch),
            start_new_session=True,
        )
        try:
            _watch(process, scratch, limits, (out, err))
        finally:
            _kill(process)
        return Finished(process.returncode, _read(out), _read(err, last=_STDERR_KEPT))


def _watch(
    process: subprocess.Popen[bytes], scratch: Path, limits: Limits, outputs: Sequence[IO[bytes]]
) -> None:
    """Waits for the end; stops what the kernel's per-process limits cannot see as a whole."""
    ends_at = time.monotonic() + limits.seconds
    pause = _FIRST_LOOK
    while process.poll() is None:
        if time.monotonic() > ends_at:
            raise DocumentError(DocumentFault.TIMED_OUT, _TIMED_OUT)
        usage = usage_of(process.pid, scratch)
        written = usage.written + sum(os.fstat(each.fileno()).st_size for each in outputs)
        if _is_over(usage, written, limits):
            raise DocumentError(DocumentFault.TOO_BIG, _TOO_BIG)
        try:
            process.wait(min(pause, max(0.001, ends_at - time.monotonic())))
        except subprocess.TimeoutExpired:
            pause = min(pause * 2, _LONGEST_PAUSE)


def _is_over(usage: Usage, written: int, limits: Limits) -> bool:
    return (
        usage.memory > limits.memory_mb << 20
        or usage.processes > limits.processes + 4  # bwrap itself, twice, and the two wrappers
        or written > limits.output_mb << 20
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the whole group; in the sandbox the end of its first process ends all the others."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(file: IO[bytes], last: int | None = None) -> bytes:
    size = file.seek(0, os.SEEK_END)
    file.seek(0 if last is None else max(0, size - last))
    return file.read()


def _answer(stdout: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(stdout)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and {"result", "fault"} & set(answer) else None


def _meaning(returncode: int) -> tuple[DocumentFault, str]:
    number = returncode - 128 if returncode > 128 else -returncode
    return _SIGNALS_MEANING.get(number, (DocumentFault.CORRUPT, _FAILED))  # type: ignore[call-overload,no-any-return]  # a number that is no signal is simply not found


def _raise_fault(answer: dict[str, Any]) -> None:
    fault, sentence = DocumentFault(answer["fault"]), str(answer["sentence"])
    if fault is DocumentFault.LEAK_FOUND:
        raise LeakFoundError(sentence)
    raise DocumentError(fault, sentence)
