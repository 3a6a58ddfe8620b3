"""Where an administrator starts: what they can look after."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from sar.domain.permissions import Permission
from sar.web.access import allow, may
from sar.web.admin.blueprint import admin


@dataclass(frozen=True)
class Task:
    """One thing to look after: the page it starts at, and what it is in a sentence."""

    endpoint: str
    name: str
    hint: str
    permission: Permission


# In the order they are shown. A new screen adds its row here.
TASKS: tuple[Task, ...] = (
    Task(
        "admin.list_services",
        "Service register",
        "What each service holds, why, for how long, and whom it tells",
        Permission.REGISTER_CHANGE,
    ),
    Task(
        "admin.list_letter_texts",
        "Letters",
        "What your council says in each letter, beside what is shipped",
        Permission.SETTINGS_CHANGE,
    ),
    Task(
        "admin.list_clock_settings",
        "Clock settings",
        "What the law leaves open about counting, council by council",
        Permission.SETTINGS_READ,
    ),
    Task(
        "admin.take_holidays",
        "Bank holidays",
        "How far they are known, and a new list from GOV.UK",
        Permission.SETTINGS_CHANGE,
    ),
    Task(
        "admin.list_schools",
        "School calendars",
        "Closed days, for requests to see an educational record",
        Permission.SETTINGS_READ,
    ),
)


@admin.get("/admin")
@allow(Permission.SETTINGS_READ)
def list_tasks() -> ResponseReturnValue:
    """What this administrator can look after."""
    tasks = [each for each in TASKS if may(each.permission)]
    return render_template("admin/list_tasks.html", tasks=tasks)
