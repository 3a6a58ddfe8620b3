"""The steps that run in the sandbox: `python -m sar.documents.inside STEP`, JSON in, JSON out.

A step takes the scratch folder and its arguments and gives a result; paths in both are names
relative to scratch. To add one: write the function in its own module, add one line to STEPS.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from sar.documents.errors import DocumentError, DocumentFault

Step = Callable[[Path, dict[str, Any]], dict[str, Any]]

_TOO_BIG = (
    "Opening this file needs more memory or space than is allowed. "
    "Ask for a smaller copy, or split it and upload the parts."
)
_FULL = {errno.EFBIG, errno.ENOSPC, errno.ENOMEM, errno.EDQUOT, errno.EAGAIN}


def _echo(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """Gives its arguments back; lets the service check that the sandbox works."""
    return {**arguments, "files": len(list(scratch.iterdir()))}


def _from(module: str, name: str) -> Step:
    """A step whose module is loaded when it is called: the libraries of all would take a second."""

    def step(scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
        found: Step = getattr(import_module(f"sar.documents.{module}"), name)
        return found(scratch, arguments)

    return step


STEPS: dict[str, Step] = {
    "compile": _from("redact", "compile_step"),
    "convert": _from("families", "convert_step"),
    "ingest": _from("intake", "ingest_step"),
    "ocr": _from("intake", "ocr_step"),
    "pictures": _from("intake", "pictures_step"),
    "read": _from("intake", "read_step"),
    "reading": _from("reading", "reading_step"),
    "echo": _echo,
    "mail-facts": _from("mail_facts", "read_mail"),
    "page-count": _from("verify.joined", "page_count_step"),
    "prepare": _from("prepare", "prepare_step"),
    "sections": _from("section", "sections_step"),
    "verify": _from("verify", "verify_step"),
}


def answer(step: str, scratch: Path, arguments: dict[str, Any]) -> dict[str, Any]:
    """What the border lets through: `{"result": ...}` or `{"fault": ..., "sentence": ...}`."""
    try:
        return {"result": STEPS[step](scratch, arguments)}
    except DocumentError as error:
        return {"fault": error.fault, "sentence": error.sentence}
    except MemoryError:
        return {"fault": DocumentFault.TOO_BIG, "sentence": _TOO_BIG}
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return {"fault": DocumentFault.TOO_BIG, "sentence": _TOO_BIG}


def main() -> None:
    """Reads arguments from standard input, runs the step, writes the answer."""
    arguments = json.load(sys.stdin)
    # What a library prints, in Python or in C, must not end up in the answer.
    border = os.dup(1)
    os.dup2(2, 1)
    reply = answer(sys.argv[1], Path.cwd(), arguments)
    with os.fdopen(border, "w", encoding="utf-8") as out:
        json.dump(reply, out)


if __name__ == "__main__":
    main()
