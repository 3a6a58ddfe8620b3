"""Serving a stored file: as an attachment, in ranges, never shown or run by the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from flask import Response, request


class StoredFile(Protocol):
    """What is known of a file without opening it."""

    name: str
    media_type: str
    byte_count: int
    sha256: str


def as_download(
    file: StoredFile, read: Callable[..., Iterator[bytes]], name: str | None = None
) -> Response:
    """The file, or the one range of it that was asked for (206), or 416 for one it has not."""
    wanted = request.range
    size = file.byte_count
    start, stop, status = 0, size, 200
    if wanted is not None and wanted.units == "bytes" and len(wanted.ranges) == 1:
        bounds = wanted.range_for_length(size)
        if bounds is None:
            return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
        (start, stop), status = bounds, 206
    response = Response(read(file, start, stop), status=status, mimetype=file.media_type)
    response.headers["Content-Length"] = str(stop - start)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers.set("Content-Disposition", "attachment", filename=name or file.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.set_etag(file.sha256)
    if status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    return response
