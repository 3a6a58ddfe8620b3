"""Files from a form, spooled to a folder of ours before a service is asked to keep them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from werkzeug.datastructures import FileStorage

from sar.services.records import NewRecord


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
