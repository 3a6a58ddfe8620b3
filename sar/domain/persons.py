"""The parts people have in a case, who employs a worker, and what is decided about each."""

from enum import StrEnum


class PersonPart(StrEnum):
    """What somebody is to a case (UK GDPR Arts 4(1), 12)."""

    DATA_SUBJECT = "data-subject"
    REQUESTER = "requester"
    REPRESENTATIVE = "representative"
    MENTIONED = "mentioned"

    @property
    def label(self) -> str:
        """The part in the words of the screens."""
        return {
            PersonPart.DATA_SUBJECT: "Data subject",
            PersonPart.REQUESTER: "Requester",
            PersonPart.REPRESENTATIVE: "Representative",
            PersonPart.MENTIONED: "Somebody in the records",
        }[self]


class Employer(StrEnum):
    """Whose worker a professional is, as far as the law asks (DPA 2018 Sch 2 para 17)."""

    HEALTH = "health"
    SOCIAL_CARE = "social-care"
    EDUCATION = "education"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The employer in the words of the screens."""
        return {
            Employer.HEALTH: "Health: compiled the health record, or treated the person",
            Employer.SOCIAL_CARE: "Social care: a council, a children's court officer, or paid "
            "for a similar service",
            Employer.EDUCATION: "Education: a listed school, or the council for one",
            Employer.OTHER: "Somebody else, such as the police",
        }[self]


class Share(StrEnum):
    """What is decided about one person's information, before each mark is made."""

    UNDECIDED = "undecided"
    GIVE = "give"
    LEAVE_OUT = "leave-out"
    EACH_TIME = "each-time"

    @property
    def label(self) -> str:
        """The decision in the words of the screens."""
        return {
            Share.UNDECIDED: "Not decided yet",
            Share.GIVE: "Give it",
            Share.LEAVE_OUT: "Leave it out",
            Share.EACH_TIME: "Decide each time it comes up",
        }[self]


_PRESUMPTIONS = {
    Employer.HEALTH: "RP17-H",
    Employer.SOCIAL_CARE: "RP17-S",
    Employer.EDUCATION: "RP17-E",
}


def presumption_of(employer: Employer | None, *, acts_in_role: bool) -> str | None:
    """The code under which a worker's name is presumed given, or None.

    Law: DPA 2018 Sch 2 para 17: only workers of these kinds, and only what they did as such.
    """
    if not acts_in_role or employer is None:
        return None
    return _PRESUMPTIONS.get(employer)
