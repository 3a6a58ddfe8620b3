"""Who may do what: roles, permissions, and the one table that joins them.

Permissions read `noun:verb` and are kept in alphabetical order. A permission says what may be done;
which council's rows it may be done to is decided by membership, apart from this table.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff does for one council."""

    ADMIN = "admin"
    APPROVER = "approver"
    OFFICER = "officer"
    TEAM_MEMBER = "team-member"

    @property
    def label(self) -> str:
        """The role in the words of the screens."""
        return {
            Role.ADMIN: "Administrator",
            Role.APPROVER: "Approver",
            Role.OFFICER: "Information governance officer",
            Role.TEAM_MEMBER: "Service team member",
        }[self]


class Permission(StrEnum):
    """One thing a person may do."""

    AUDIT_READ = "audit:read"
    BUNDLE_BUILD = "bundle:build"
    BUNDLE_READ = "bundle:read"
    CASE_ASSIGN = "case:assign"
    CASE_CLOSE = "case:close"
    CASE_CREATE = "case:create"
    CASE_NOTE = "case:note"
    CASE_READ = "case:read"
    CLOCK_RECORD = "clock:record"
    DECISION_MAKE = "decision:make"
    DISCLOSURE_RELEASE = "disclosure:release"
    DISCLOSURE_REVOKE = "disclosure:revoke"
    HOLD_LIFT = "hold:lift"
    HOLD_PLACE = "hold:place"
    LETTER_WRITE = "letter:write"
    MESSAGE_READ = "message:read"
    MESSAGE_TRIAGE = "message:triage"
    RECORD_ADD = "record:add"
    RECORD_READ = "record:read"
    REDACTION_APPROVE = "redaction:approve"
    REDACTION_MARK = "redaction:mark"
    REDACTION_SUBMIT = "redaction:submit"
    REGISTER_CHANGE = "register:change"
    REGISTER_READ = "register:read"
    SEARCH_ANSWER = "search:answer"
    SEARCH_SEND = "search:send"
    SETTINGS_CHANGE = "settings:change"
    SETTINGS_READ = "settings:read"
    USER_MANAGE = "user:manage"


_READING = frozenset(
    {
        Permission.BUNDLE_READ,
        Permission.CASE_NOTE,
        Permission.CASE_READ,
        Permission.HOLD_PLACE,
        Permission.RECORD_READ,
        Permission.REGISTER_READ,
    }
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _READING
    | {
        Permission.BUNDLE_BUILD,
        Permission.CASE_ASSIGN,
        Permission.CASE_CLOSE,
        Permission.CASE_CREATE,
        Permission.CLOCK_RECORD,
        Permission.DECISION_MAKE,
        Permission.DISCLOSURE_RELEASE,
        Permission.DISCLOSURE_REVOKE,
        Permission.LETTER_WRITE,
        Permission.MESSAGE_READ,
        Permission.MESSAGE_TRIAGE,
        Permission.RECORD_ADD,
        Permission.REDACTION_MARK,
        Permission.REDACTION_SUBMIT,
        Permission.SEARCH_SEND,
    },
    Role.APPROVER: _READING
    | {
        Permission.AUDIT_READ,
        Permission.DISCLOSURE_REVOKE,
        # A second person lifts what keeps records from being destroyed (DPA 2018 s.173).
        Permission.HOLD_LIFT,
        Permission.REDACTION_APPROVE,
    },
    Role.TEAM_MEMBER: frozenset({Permission.SEARCH_ANSWER}),
    # An administrator keeps people and settings, and by role can open no document (UK GDPR Art 32).
    Role.ADMIN: frozenset(
        {
            Permission.AUDIT_READ,
            Permission.REGISTER_CHANGE,
            Permission.REGISTER_READ,
            Permission.SETTINGS_CHANGE,
            Permission.SETTINGS_READ,
            Permission.USER_MANAGE,
        }
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything these roles together may do.

    Law: UK GDPR Art 5(1)(f), access is limited to those who need it.
    """
    return frozenset().union(*(PERMISSIONS[role] for role in roles))


def may_approve(author_ids: frozenset[str], approver_id: str) -> bool:
    """False when the approver made or submitted any of what is to be approved.

    Law: UK GDPR Art 32(1), a second person checks what leaves.
    """
    return approver_id not in author_ids
