"""One file from outside to a PDF and the files inside it; all of it happens in the sandbox."""

from __future__ import annotations

import shutil
from pathlib import Path

from sar.documents.converted import (
    NOT_AN_ANSWER,
    STRANGE,
    Child,
    Converted,
    parse_converted,
)
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.names import clean_name
from sar.documents.tools import Limits, call

__all__ = ["Child", "Converted", "convert"]

_LIMITS = Limits(seconds=300, memory_mb=3072, processes=96, output_mb=2048)
_LARGEST = 600 << 20
_UNREADABLE = "application/octet-stream"


def convert(source: Path, name: str, scratch: Path, password: str | None = None) -> Converted:
    """Converts a file; never raises for what is wrong with it, but says so in the result.

    Source is left as it is. Scratch must be an empty folder; results lie in it.
    """
    if source.stat().st_size > _LARGEST:
        sentence = "This file is larger than 600 MB. Split it and upload the parts."
        return Converted(_UNREADABLE, fault=DocumentFault.TOO_BIG, sentence=sentence)
    shutil.copyfile(source, scratch / "given")
    arguments = {"source": "given", "name": clean_name(name), "password": password}
    try:
        return parse_converted(call("convert", scratch, arguments, _LIMITS), scratch)
    except DocumentError as error:
        return Converted(_UNREADABLE, fault=error.fault, sentence=error.sentence)
    except NOT_AN_ANSWER:
        return Converted(_UNREADABLE, fault=DocumentFault.TOOL_FAILED, sentence=STRANGE)
