"""Opening one case for each right that a person asks for at once."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace

from sar.domain.rights import Right
from sar.models.case import Case
from sar.services import cases, messages
from sar.services.actor import Actor
from sar.services.cases import NewCase
from sar.services.errors import RefusedError


def open_cases(
    rights: Collection[Right], new: NewCase, message_id: uuid.UUID | None, actor: Actor
) -> list[Case]:
    """A case like `new` for each right, in the order of the law, or none at all.

    Raises:
        RefusedError: no right, or something about the request that cannot be.
    """
    chosen = [right for right in Right if right in rights]
    if not chosen:
        raise RefusedError("Choose at least one right.")
    opened = []
    for each in (replace(new, right=right) for right in chosen):
        if message_id is None:
            opened.append(cases.open_case(each, actor))
        else:
            opened.append(messages.open_case(message_id, each, actor))
    return opened
