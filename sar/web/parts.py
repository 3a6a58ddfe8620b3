"""Files that scripts send in parts: what both entrances ask and answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from sar.services import uploads
from sar.services.errors import RefusedError
from sar.services.uploads import Arrived, Offered
from sar.web.access import actor

PART_BYTES = 8 * 1024**2
LONGEST_MARK = 1000


def begin(act: Callable[[Offered], Arrived]) -> ResponseReturnValue:
    """Announces a file by `name`, `size` and `mark`; answers its id and where to go on."""
    size = request.form.get("size", -1, type=int)
    mark = request.form.get("mark", "")[:LONGEST_MARK]
    name = request.form.get("name", "")[:LONGEST_MARK]
    return _answered(lambda: act(Offered(name, size, mark)))


def take(upload_id: uuid.UUID) -> ResponseReturnValue:
    """Takes the `part` that begins at `start`; answers how much is here."""
    part = request.files.get("part")
    content = part.read(PART_BYTES + 1) if part else b""
    if len(content) > PART_BYTES:
        return jsonify({"sentence": "Send smaller parts."}), 413
    start = request.form.get("start", -1, type=int)
    return _answered(lambda: uploads.take_part(upload_id, start, content, actor()))


def _answered(act: Callable[[], Arrived]) -> ResponseReturnValue:
    try:
        arrived = act()
    except RefusedError as refusal:
        return jsonify({"sentence": str(refusal)}), 422
    return jsonify(
        {
            "id": str(arrived.upload_id),
            "received": arrived.received,
            "whole": arrived.is_whole,
            "known": arrived.is_known,
        }
    )
