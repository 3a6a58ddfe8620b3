"""The reviewed table: every address of the desk, who may use it, and what they are answered.

A new route fails `test_access.py` until it has a row here that a second person has read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from flask import Flask
from werkzeug.routing import Rule

from sar.domain.permissions import Role
from tests.holiday_file import holidays_with

Ids = Mapping[str, str]
Form = Mapping[str, object]

OFFICER = frozenset({Role.OFFICER})
APPROVER = frozenset({Role.APPROVER})
READER = OFFICER | APPROVER
TEAM = frozenset({Role.TEAM_MEMBER})
ADMIN = frozenset({Role.ADMIN})
STAFF = frozenset(Role)

# Views that ask nobody who they are, each with the reason that makes it safe.
OPEN = {
    "auth.health": "says only that the program answers",
    "auth.sign_in": "nobody is signed in yet",
    "requester.begin_download": "checks the code that this browser gave",
    "requester.download_file": "checks the code that this browser gave",
    "requester.enter_code": "the link is unguessable, and opens nothing without a code",
    "requester.leave": "ends this browser's own session",
    "requester.show_records": "checks the code that this browser gave",
    "requester.show_reply": "the link is unguessable, and opens nothing without a code",
    "static": "our own stylesheets, scripts and pictures",
}
# Views that any member of staff who has signed in may use.
SIGNED_IN = {
    "auth.home": "sends each person to where their work is",
    "auth.sign_out": "ends the person's own sessions",
}
# Forms that may be sent twice, each with the reason that makes it safe.
REPEATABLE = {
    "auth.sign_in": "each try is one try; a browser whose first answer was lost must be let in",
    "auth.sign_out": "signing out twice is signing out",
    "officer.begin_upload": "a file that is announced again goes on where it broke off",
    "officer.take_part": "a part that is here already is not kept again",
    "team.begin_upload": "a file that is announced again goes on where it broke off",
    "team.take_part": "a part that is here already is not kept again",
    "requester.leave": "forgets what this browser holds; writes nothing",
}


def nothing(ids: Ids) -> Form:
    """A form of one button."""
    return {}


@dataclass(frozen=True)
class Row:
    """Who may use one route, and what they are answered.

    `on` says which seeded row stands for a part of the address, where it is not that of the same
    name; `query` is what follows the address. `refused` is what somebody is answered whose role
    has no part in it. `form` is what a permitted person sends, such that it is done. `elsewhere` is
    what somebody is answered who has the role for the other council only; None where the answer is
    of no council. `answers` says what a role is answered instead of `answer`; None is somebody with
    no role at all.
    """

    who: frozenset[Role] | None  # None: anybody at all
    answer: int = 200
    on: Mapping[str, str] = field(default_factory=dict)
    form: Callable[[Ids], Form] = nothing
    refused: int = 403
    answers: Mapping[Role | None, int] = field(default_factory=dict)
    elsewhere: int | None = 404
    query: str = ""


def day(name: str, year: int = 2099) -> dict[str, str]:
    """A date as three fields."""
    return {f"{name}-day": "1", f"{name}-month": "12", f"{name}-year": str(year)}


def soon(name: str) -> dict[str, str]:
    """A day half a year from now as three fields."""
    on = datetime.now(UTC) + timedelta(days=180)
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def given(**data: object) -> Callable[[Ids], Form]:
    """A form with this in it, whoever's rows they are; `{name}` stands for a seeded id."""

    def form(ids: Ids) -> Form:
        return {
            name: value.format_map(ids) if isinstance(value, str) else value
            for name, value in data.items()
        }

    return form


def out_of_scope(name: str) -> Callable[[Ids], Form]:
    """A triage form that takes the record of this name out."""
    return lambda ids: {f"scope-{ids[name]}": "out", f"reason-{ids[name]}": "Not asked for."}


CASE = "/officer/cases/<uuid:case_id>"
MESSAGE = "/officer/messages/<uuid:message_id>"
PAGE = "/officer/pages/<uuid:page_id>"
RECORD = "/officer/records/<uuid:record_id>"
LIKENESS = "/officer/copies/<uuid:likeness_id>"
CONSULTATION = "/officer/consultations/<uuid:consultation_id>/answer"
FACT = "/officer/facts/<uuid:fact_id>"
HEALTH = "/officer/records/<uuid:record_id>/health"
PERSON = "/officer/people/<uuid:person_id>"
LETTER = "/officer/letters/<uuid:letter_id>"
LETTER_TEXT = "/admin/letters/<council>/<kind>"
# Doubled braces: `given` fills single ones.
LETTER_WORDS = "# Thank you\nWe answer you by {{{{due_on}}}}.\n{{{{complaint_routes}}}}"
SEARCH = "/team/searches/<uuid:search_id>"
HOLD = "/officer/holds/<uuid:hold_id>"
SERVICE = "/register/<council>/<service_id>"
NEW_HOLIDAYS = holidays_with("2034-06-05")
SETTING = "/admin/clock-settings/<string:council>/<string:name>"
SCHOOL = "/admin/schools/<uuid:school_id>"
COLLECT = "/collect/<token>"
WAITING = {"case_id": "waiting_case"}
READY = {"case_id": "ready_case"}
ERASURE = {"case_id": "erasure_case"}
CLOSED = {"case_id": "closed_case"}
NEW_CASE = {
    "origin": "phone",
    **day("received_on", 2025),
    "rights": ["access"],
    "summary": "Everything.",
    "full_name": "Ada Example",
    "asker": "self",
}

ROUTES: dict[str, Row] = {
    # auth
    "GET /": Row(STAFF, 302, answers={None: 200}),
    "GET /health": Row(None),
    "GET /sign-in": Row(None),
    "POST /sign-in": Row(None, form=given(email="nobody@desk.test", password="no such person")),
    "POST /sign-out": Row(STAFF, 302),
    "GET /static/<path:filename>": Row(None, on={"filename": "stylesheet"}),
    # officer: lists
    "GET /officer/work": Row(READER, elsewhere=None),
    "GET /officer/cases": Row(READER, elsewhere=None),
    "GET /officer/receipts": Row(READER, elsewhere=None),
    "GET /officer/approvals": Row(APPROVER, elsewhere=None),
    "GET /officer/messages": Row(OFFICER, elsewhere=None),
    # officer: a case
    f"GET {CASE}": Row(READER),
    f"GET {CASE}/timeline": Row(READER),
    f"GET {CASE}/assign": Row(OFFICER),
    f"POST {CASE}/assign": Row(OFFICER, 302, form=given(officer="{officer_id}")),
    f"GET {CASE}/notes/new": Row(READER),
    f"POST {CASE}/notes/new": Row(READER, 302, form=given(text="She rang.")),
    f"GET {CASE}/close": Row(OFFICER),
    f"POST {CASE}/close": Row(OFFICER, 302, form=given(outcome="Withdrawn.")),
    f"POST {CASE}/reopen": Row(OFFICER, 302, on=CLOSED),
    f"GET {CASE}/people/new": Row(OFFICER),
    f"POST {CASE}/people/new": Row(
        OFFICER, 302, form=given(part="requester", full_name="Ben Example")
    ),
    f"GET {PERSON}": Row(OFFICER),
    f"POST {PERSON}": Row(
        OFFICER, 302, form=given(part="mentioned", full_name="Ben Example", role="family")
    ),
    f"GET {PERSON}/end": Row(OFFICER),
    f"POST {PERSON}/end": Row(
        OFFICER, 302, form=lambda ids: {"reason": "He moved away.", **today_of(ids)}
    ),
    f"GET {PERSON}/merge": Row(OFFICER),
    f"POST {PERSON}/merge": Row(OFFICER, 302, form=given(other="{subject_person}")),
    f"GET {CASE}/services": Row(OFFICER),
    f"GET {CASE}/services/<service_id>": Row(OFFICER, on={"service_id": "split_service"}),
    f"POST {CASE}/services/<service_id>": Row(
        OFFICER, 302, on={"service_id": "split_service"}, form=given(regime="both")
    ),
    f"POST {CASE}/services": Row(OFFICER, 302, form=given(services=["SVC-01"])),
    "GET /officer/cases/new": Row(OFFICER, elsewhere=None),
    "POST /officer/cases/new": Row(
        OFFICER, 302, form=given(council="{council}", **NEW_CASE), elsewhere=422
    ),
    # officer: decisions and recipients
    f"GET {CASE}/decision": Row(OFFICER, on=ERASURE),
    f"POST {CASE}/decision": Row(
        OFFICER,
        302,
        on=ERASURE,
        form=given(outcome="refused", grounds=["legal-obligation"], reasons="A law."),
    ),
    f"GET {CASE}/restriction": Row(OFFICER),
    f"POST {CASE}/restriction": Row(OFFICER, 302, form=given(what="The assessment.")),
    f"GET {CASE}/restriction/lift": Row(OFFICER, on=ERASURE),
    f"POST {CASE}/restriction/lift": Row(
        OFFICER, 302, on=ERASURE, form=lambda ids: today_of(ids, "told_on")
    ),
    f"GET {CASE}/recipients": Row(READER, on=ERASURE),
    f"POST {CASE}/recipients/asked": Row(OFFICER, 302),
    f"POST {CASE}/recipients/answered": Row(OFFICER, 302, on=ERASURE),
    "GET /officer/recipients/<uuid:notice_id>": Row(OFFICER),
    "POST /officer/recipients/<uuid:notice_id>": Row(
        OFFICER, 302, form=given(state="told", way="letter")
    ),
    # officer and approver: holds
    "GET /officer/holds": Row(READER, elsewhere=None),
    f"GET {CASE}/holds/new": Row(READER),
    f"POST {CASE}/holds/new": Row(
        READER,
        302,
        form=given(
            kind="litigation",
            name="A claim",
            reason="A letter before action.",
            covering="case",
            owner="{officer_id}",
            **soon("review_on"),
        ),
    ),
    f"GET {HOLD}/review": Row(READER),
    f"POST {HOLD}/review": Row(READER, 302, form=given(owner="{officer_id}", **soon("review_on"))),
    f"GET {HOLD}/lift": Row(APPROVER),
    f"POST {HOLD}/lift": Row(APPROVER, 302, form=given(reason="The claim ended.")),
    # officer: reasons and proofs
    f"GET {CASE}/facts": Row(READER),
    f"GET {CASE}/facts/new": Row(OFFICER),
    f"POST {CASE}/facts/new": Row(OFFICER, 302, form=lambda ids: a_fact(ids)),
    f"GET {FACT}": Row(OFFICER),
    f"POST {FACT}": Row(OFFICER, 302, form=lambda ids: a_fact(ids)),
    f"POST {FACT}/strike": Row(OFFICER, 302),
    f"GET {CASE}/circumstances": Row(OFFICER),
    f"POST {CASE}/circumstances": Row(OFFICER, 302, form=given(is_care_experienced="y")),
    f"GET {HEALTH}": Row(OFFICER),
    f"POST {HEALTH}": Row(OFFICER, 302, form=given(is_health="no")),
    # officer: the clock
    f"GET {CASE}/clock": Row(READER),
    f"GET {CASE}/clock/record": Row(OFFICER),
    f"POST {CASE}/clock/record": Row(
        OFFICER, 302, form=lambda ids: {"type": "authority_requested", **today_of(ids)}
    ),
    f"POST {CASE}/clock/<uuid:event_id>/strike": Row(OFFICER, 302),
    f"GET {CASE}/clock/basis": Row(OFFICER),
    f"POST {CASE}/clock/basis": Row(
        OFFICER,
        302,
        form=given(
            **day("received_on", 2025), access_kind="personal-data", school="", reason="A slip."
        ),
    ),
    # admin: letters
    "GET /admin/letters": Row(ADMIN, elsewhere=None),
    f"GET {LETTER_TEXT}": Row(ADMIN),
    f"POST {LETTER_TEXT}": Row(
        ADMIN, 302, form=given(text=LETTER_WORDS, reason="Kinder.", over="0", step="use")
    ),
    f"GET {LETTER_TEXT}/restore": Row(ADMIN, on={"kind": "changed_letter"}),
    f"POST {LETTER_TEXT}/restore": Row(
        ADMIN, 302, on={"kind": "changed_letter"}, form=given(reason="Plainer.", over="1")
    ),
    # officer: letters
    f"GET {CASE}/letters": Row(READER),
    f"GET {CASE}/letters/<string:kind>/new": Row(OFFICER),
    f"POST {CASE}/letters/<string:kind>/new": Row(OFFICER, 302),
    f"GET {LETTER}": Row(READER),
    f"GET {LETTER}/pages/<int:number>": Row(READER),
    f"GET {LETTER}/file": Row(READER),
    f"GET {LETTER}/change": Row(OFFICER),
    f"POST {LETTER}/change": Row(OFFICER, 302, form=given(own_words="Thank you.")),
    f"GET {LETTER}/send": Row(OFFICER),
    f"POST {LETTER}/send": Row(OFFICER, 302, form=given(is_checked="y")),
    f"GET {LETTER}/post": Row(OFFICER),
    f"POST {LETTER}/post": Row(
        OFFICER, 302, form=lambda ids: {"is_checked": "y", **today_of(ids, "posted_on")}
    ),
    f"POST {LETTER}/throw-away": Row(OFFICER, 302),
    f"POST {LETTER}/send-again": Row(OFFICER, 302, on={"letter_id": "letter_not_sent"}),
    # officer: messages
    f"GET {MESSAGE}": Row(OFFICER),
    f"GET {MESSAGE}/open": Row(OFFICER),
    f"POST {MESSAGE}/open": Row(OFFICER, 302, form=given(**NEW_CASE)),
    f"GET {MESSAGE}/join": Row(OFFICER),
    f"POST {MESSAGE}/join": Row(OFFICER, 302, form=given(reference="{reference}")),
    f"GET {MESSAGE}/set-aside": Row(OFFICER),
    f"POST {MESSAGE}/set-aside": Row(OFFICER, 302, form=given(reason="An advert.")),
    f"POST {MESSAGE}/bring-back": Row(OFFICER, 302, on={"message_id": "aside_message"}),
    # officer: searches
    f"GET {CASE}/searches": Row(READER),
    f"GET {CASE}/searches/new": Row(OFFICER),
    f"POST {CASE}/searches/new": Row(
        OFFICER,
        302,
        form=given(teams=["complaints"], instructions="Everything.", **day("due_on")),
    ),
    # officer: records
    f"GET {CASE}/records": Row(READER),
    f"POST {CASE}/records": Row(OFFICER, 302, form=given(files=b"A note.")),
    f"GET {CASE}/records/progress": Row(READER),
    f"POST {CASE}/uploads": Row(OFFICER, form=given(name="a.txt", size="9", mark="1")),
    "POST /officer/uploads/<uuid:upload_id>": Row(OFFICER, form=given(start="0", part=b"A note.")),
    "GET /officer/records/<uuid:record_id>": Row(READER),
    "GET /officer/records/<uuid:record_id>/regime": Row(OFFICER),
    "POST /officer/records/<uuid:record_id>/regime": Row(
        OFFICER, 302, form=given(regime="law-enforcement")
    ),
    "POST /officer/records/<uuid:record_id>": Row(
        OFFICER, 302, form=given(title="A note", scope="in"), refused=404
    ),
    f"GET {CASE}/records/triage": Row(OFFICER),
    f"POST {CASE}/records/triage": Row(OFFICER, 302, form=out_of_scope("record_id")),
    f"GET {RECORD}/pages": Row(OFFICER),
    f"POST {RECORD}/pages": Row(OFFICER, 302, form=given(**{"scope-1": "unsure", "reason-1": "?"})),
    f"GET {RECORD}/consult": Row(OFFICER),
    f"POST {RECORD}/consult": Row(
        OFFICER, 302, form=given(whom="The police", **day("asked_on", 2025))
    ),
    f"GET {CASE}/consultations": Row(READER),
    f"GET {CONSULTATION}": Row(OFFICER),
    f"POST {CONSULTATION}": Row(
        OFFICER, 302, form=given(answer="They agree.", **day("answered_on", 2025))
    ),
    f"GET {CASE}/chronology": Row(READER),
    f"GET {CASE}/copies": Row(READER),
    f"GET {LIKENESS}": Row(READER),
    f"POST {LIKENESS}": Row(OFFICER, 302, form=given(decision="copy")),
    f"GET {CASE}/find": Row(READER),
    f"POST {CASE}/find": Row(
        OFFICER, 302, query="find=Pargeter", form=given(everywhere="1", code="TP16", confirmed="y")
    ),
    f"GET {CASE}/not-searched": Row(READER),
    # officer: redaction
    f"GET {CASE}/redaction": Row(READER),
    f"GET {PAGE}": Row(READER),
    f"GET {PAGE}/picture": Row(READER),
    f"POST {PAGE}/<any(lines, box, page):way>": Row(OFFICER, 302, form=given(code="TP16")),
    f"POST {PAGE}/seen": Row(OFFICER, 302),
    "POST /officer/redactions/<uuid:redaction_id>/undo": Row(OFFICER, 302),
    f"POST {CASE}/redaction/undo": Row(OFFICER, 302),
    # officer and approver: approval
    f"GET {CASE}/submit": Row(OFFICER),
    f"POST {CASE}/submit": Row(OFFICER, 302, form=given(checked="y")),
    f"GET {CASE}/approval": Row(APPROVER, on=WAITING),
    f"POST {CASE}/approval": Row(
        APPROVER, 302, on=WAITING, form=given(decision="approve", content="{content}")
    ),
    # officer: bundle and release
    f"GET {CASE}/bundles": Row(READER, on=READY),
    f"POST {CASE}/bundles": Row(OFFICER, 302, on=READY),
    "GET /officer/bundles/<uuid:bundle_id>/progress": Row(READER),
    "GET /officer/bundles/<uuid:bundle_id>/files/<uuid:file_id>": Row(READER),
    f"GET {CASE}/bundles/<uuid:bundle_id>/release": Row(OFFICER, on=READY),
    f"POST {CASE}/bundles/<uuid:bundle_id>/release": Row(
        OFFICER,
        302,
        on=READY,
        form=given(is_right_person="y", reference="{ready_reference}"),
    ),
    "POST /officer/releases/<uuid:disclosure_id>/revoke": Row(READER, 302),
    # team
    "GET /team/searches": Row(TEAM, elsewhere=None),
    f"GET {SEARCH}": Row(TEAM),
    f"GET {SEARCH}/files": Row(TEAM),
    f"POST {SEARCH}/files": Row(TEAM, 302, form=given(files=b"A note.")),
    f"POST {SEARCH}/uploads": Row(TEAM, form=given(name="a.txt", size="9", mark="1")),
    "POST /team/uploads/<uuid:upload_id>": Row(
        TEAM, on={"upload_id": "team_upload"}, form=given(start="0", part=b"A note.")
    ),
    f"GET {SEARCH}/answer": Row(TEAM),
    f"POST {SEARCH}/answer": Row(
        TEAM, 302, form=given(result="nothing-held", statement="We looked everywhere.")
    ),
    # admin
    "GET /admin": Row(ADMIN, elsewhere=None),
    # the service register
    "GET /register": Row(READER | ADMIN, elsewhere=None),
    f"GET {SERVICE}": Row(READER | ADMIN),
    f"GET {SERVICE}/history": Row(READER | ADMIN),
    "GET /register/services/new": Row(ADMIN, elsewhere=None),
    "POST /register/services/new": Row(
        ADMIN,
        302,
        form=given(council="{council}", name="Your Choice", reason="A notice of its own."),
        elsewhere=422,
    ),
    f"GET {SERVICE}/fields/<field>": Row(ADMIN),
    f"POST {SERVICE}/fields/<field>": Row(
        ADMIN, 302, form=given(text="Until they are 30.", reason="The schedule says so.")
    ),
    f"GET {SERVICE}/fields/<field>/restore": Row(ADMIN, on={"field": "changed_field"}),
    f"POST {SERVICE}/fields/<field>/restore": Row(
        ADMIN, 302, on={"field": "changed_field"}, form=given(reason="The notice was right.")
    ),
    "GET /admin/clock-settings": Row(ADMIN, elsewhere=None),
    f"GET {SETTING}": Row(ADMIN, on={"name": "setting"}),
    f"POST {SETTING}": Row(
        ADMIN, 302, on={"name": "setting"}, form=given(choice="elapsed", reason="Safer.")
    ),
    "GET /admin/bank-holidays": Row(ADMIN, elsewhere=None),
    "POST /admin/bank-holidays": Row(ADMIN, 302, form=given(files=NEW_HOLIDAYS), elsewhere=None),
    "GET /admin/schools": Row(ADMIN, elsewhere=None),
    "GET /admin/schools/new": Row(ADMIN, elsewhere=None),
    "POST /admin/schools/new": Row(
        ADMIN, 302, form=given(council="{council}", name="St Example's"), elsewhere=422
    ),
    f"GET {SCHOOL}": Row(ADMIN),
    f"GET {SCHOOL}/closures/new": Row(ADMIN),
    f"POST {SCHOOL}/closures/new": Row(
        ADMIN, 302, form=given(**day("first_day"), **day("last_day"), why="Half term")
    ),
    f"POST {SCHOOL}/closures/<uuid:closure_id>/strike": Row(ADMIN, 302),
    # requester: whoever has not given the code is sent to ask for one
    f"GET {COLLECT}": Row(None),
    f"POST {COLLECT}": Row(None, 302),
    f"GET {COLLECT}/code": Row(None),
    f"POST {COLLECT}/code": Row(None, 302, form=given(code="000000")),
    f"GET {COLLECT}/records": Row(None, 302),
    f"GET {COLLECT}/files/<uuid:file_id>": Row(None, 302),
    f"POST {COLLECT}/files/<uuid:file_id>": Row(None, 302),
    f"POST {COLLECT}/leave": Row(None, 302),
}


def today_of(ids: Ids, name: str = "on") -> dict[str, str]:
    """The day the desk was seeded, as three fields of a form; those of the clock's are `on`."""
    year, month, on = ids["today"].split("-")
    return {f"{name}-day": on, f"{name}-month": month, f"{name}-year": year}


def a_fact(ids: Ids) -> dict[str, str]:
    """The weighing of another person's information, as the form sends it."""
    year, month, on = ids["today"].split("-")
    return {
        "kind": "third-party",
        "code": "TP16",
        "about": f"person:{ids['person_id']}",
        "information": "That he rang.",
        "confidence": "yes",
        "consent": "unsafe",
        "capable": "yes",
        "why": "He could be found out.",
        "decided_by": "Olu Officer",
        "decided_on-day": on,
        "decided_on-month": month,
        "decided_on-year": year,
    }


def names_of(app: Flask) -> dict[str, Rule]:
    """Every route of the application by `METHOD rule`."""
    return {
        f"{method} {rule.rule}": rule
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }


_PART = re.compile(r"<(?:[^:>]+:)?(\w+)>")


def parts_of(name: str) -> list[str]:
    """The variable parts of an address, in order."""
    return _PART.findall(name)


def path_of(name: str, ids: Ids, **other: str) -> str:
    """The address with a council's rows in it; `other` puts something else for a part."""
    row = ROUTES[name]

    def value(match: re.Match[str]) -> str:
        part = match[1]
        if part in other:
            return other[part]
        key = row.on.get(part, part)
        assert key in ids, f"{name}: seeding.py makes no row called {key}"
        return ids[key]

    return _PART.sub(value, name.partition(" ")[2]) + (f"?{row.query}" if row.query else "")
