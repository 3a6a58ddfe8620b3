"""Files from a form, spooled to a folder of ours before a service is asked to keep them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from werkzeug.datastructures import FileStorage

from sar.services.records import NewRecord
from sar.web.filters import plural


def added_words(added: int, chosen: int) -> str:
    """What became of the files that were sent, in a sentence or two."""
    known = chosen - added
    if not added:
        return f"Nothing was added: {plural(known, 'file was', 'files were')} here already."
    words = f"{plural(added, 'file')} added and being converted."
    if known:
        words += f" {plural(known, 'file was', 'files were')} here already, and not added again."
    return words


@contextmanager
def spooled(chosen: Sequence[FileStorage | str]) -> Iterator[list[NewRecord]]:
    """The chosen files as records to add; their names are kept, and never used as paths."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        found = []
        for number, each in enumerate(chosen):
            if isinstance(each, FileStorage) and each.filename:
                path = Path(folder) / str(number)
                each.save(path)
                found.append(NewRecord(each.filename, path))
        yield found
