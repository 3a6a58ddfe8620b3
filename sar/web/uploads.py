"""Files from a form, spooled to a folder of ours before a service is asked to keep them.

Only a view that takes files is sent much: every other form is small, and a form without files would
be read into memory whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from sar.services.records import NewRecord
from sar.web.filters import plural

FORM_BYTES = 2 * 1024**2
UPLOAD_BYTES = 2 * 1024**3

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Marks a view as one that may be sent as many bytes as records have."""
    view.takes_files = True  # type: ignore[attr-defined]  # a function carries what it takes
    return view


def allow_size() -> None:
    """Runs before a form is read: more than FORM_BYTES are read only where files are taken."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False):
        request.max_content_length = UPLOAD_BYTES


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
