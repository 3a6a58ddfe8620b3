"""The parts people have in a case."""

from enum import StrEnum


class PersonPart(StrEnum):
    """What somebody is to a case (UK GDPR Arts 4(1), 12)."""

    DATA_SUBJECT = "data-subject"
    REQUESTER = "requester"
    REPRESENTATIVE = "representative"

    @property
    def label(self) -> str:
        """The part in the words of the screens."""
        return {
            PersonPart.DATA_SUBJECT: "Data subject",
            PersonPart.REQUESTER: "Requester",
            PersonPart.REPRESENTATIVE: "Representative",
        }[self]
