"""All letters the desk can write, by kind."""

from __future__ import annotations

from sar.domain.errors import DomainError
from sar.domain.letter import Letter, LetterKind
from sar.domain.letter_changes import CHANGES, COMPLAINTS
from sar.domain.letter_gaps import EVERYWHERE, GAPS
from sar.domain.letter_requests import ANSWERS, RECEIPT
from sar.domain.letter_text import Gap

LETTERS: dict[LetterKind, Letter] = {
    each.kind: each for each in (*RECEIPT, *ANSWERS, *CHANGES, *COMPLAINTS)
}


def letter(kind: str) -> Letter:
    """The letter of the catalogue with this kind.

    Raises:
        DomainError: there is none.

    Law: UK GDPR Arts 12, 15-22D; DPA 2018 s.164A (the letters they want).
    """
    try:
        return LETTERS[LetterKind(kind)]
    except ValueError:
        raise DomainError("There is no such letter.") from None


def gaps_in(of: Letter) -> dict[str, Gap]:
    """The gaps the text of this letter may use, by name. Law: none; the form of letters."""
    own = (*of.required_gaps, *(question.gap for question in of.questions), *of.extra_gaps)
    return {name: GAPS[name] for name in dict.fromkeys((*EVERYWHERE, *own))}
