"""What a service team can answer, and what can become of what it supplies."""

from enum import StrEnum


class SearchResult(StrEnum):
    """What a team answered (UK GDPR Art 15(1A): a reasonable and proportionate search)."""

    RECORDS = "records"
    NOTHING_HELD = "nothing-held"
    HELD_ELSEWHERE = "held-elsewhere"

    @property
    def label(self) -> str:
        """The answer in the words of the screens."""
        return {
            SearchResult.RECORDS: "Records supplied",
            SearchResult.NOTHING_HELD: "Nothing held",
            SearchResult.HELD_ELSEWHERE: "Held elsewhere",
        }[self]


class RecordStatus(StrEnum):
    """How far a file has come."""

    RECEIVED = "received"
    CONVERTED = "converted"
    QUARANTINED = "quarantined"

    @property
    def label(self) -> str:
        """The status in the words of the screens."""
        return {
            RecordStatus.RECEIVED: "Converting",
            RecordStatus.CONVERTED: "Ready",
            RecordStatus.QUARANTINED: "Needs attention",
        }[self]


class ScanResult(StrEnum):
    """What the virus scanner said of a file."""

    NOT_SCANNED = "not-scanned"
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    TOO_BIG = "too-big"

    @property
    def label(self) -> str:
        """The result in the words of the screens."""
        return {
            ScanResult.NOT_SCANNED: "Not scanned for viruses",
            ScanResult.WAITING: "Waiting for the virus scanner",
            ScanResult.CLEAN: "No virus found",
            ScanResult.INFECTED: "A virus was found",
            ScanResult.TOO_BIG: "Too large for the virus scanner",
        }[self]


class RecordScope(StrEnum):
    """Whether a record, or one page of it, belongs in the disclosure."""

    IN = "in"
    DUPLICATE = "duplicate"
    OUT = "out"
    OTHER_PERSON = "other-person"
    CONSULT = "consult"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        """The scope in the words of the screens."""
        return {
            RecordScope.IN: "In scope",
            RecordScope.DUPLICATE: "Duplicate",
            RecordScope.OUT: "Out of scope",
            RecordScope.OTHER_PERSON: "Not this person",
            RecordScope.CONSULT: "Out for consultation",
            RecordScope.UNSURE: "Not decided yet",
        }[self]
