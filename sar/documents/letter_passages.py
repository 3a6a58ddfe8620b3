"""The passages that the law wants in letters and a council cannot change, with its own details."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sar.documents.letterhead import SUPPORT, Council
from sar.domain.letter_text import Block, BlockKind, Piece
from sar.domain.register_information import information_points
from sar.domain.regulator import Regulator
from sar.domain.service_entry import ServiceEntry

Passage = tuple[Block, ...]


def passages(
    council: Council, regulator: Regulator, services: Iterable[ServiceEntry]
) -> Mapping[str, Passage]:
    """Each passage by the name of its gap.

    Law: UK GDPR Arts 12(4), 15(1), 16, 18(3), 21(3), 22C(2); DPA 2018 ss.164A, 165, 167.
    """
    return {
        "complaint_routes": _complaint_routes(council, regulator),
        "regulator_routes": _regulator_routes(regulator),
        "information_facts": _information(services),
        "your_rights": _RIGHTS,
        "statement_offer": _STATEMENT,
        "lifting_promise": _LIFTING,
        "marketing_promise": _MARKETING,
        "human_review": _HUMAN_REVIEW,
        "support": (_heading("People you can talk to"), *map(_point, SUPPORT)),
    }


def _heading(words: str, kind: BlockKind = BlockKind.HEADING) -> Block:
    return Block(kind, (Piece(words),))


def _paragraph(words: str) -> Block:
    return Block(BlockKind.PARAGRAPH, (Piece(words),))


def _point(words: str, start: str = "") -> Block:
    """One point of a list; its start is bold."""
    pieces = (Piece(start, is_strong=True), Piece(words)) if start else (Piece(words),)
    return Block(BlockKind.ITEM, pieces)


def _complaint_routes(council: Council, regulator: Regulator) -> Passage:
    return (
        _heading("If you are not happy"),
        _point(
            f" Write to {council.email} or to {', '.join(council.address)}. You do not need a "
            "form. We will tell you within 30 days that we have your complaint. Then we will look "
            "into it and tell you what we decide. (This is section 164A of the Data Protection Act "
            "2018.)",
            "You can complain to us.",
        ),
        _to_regulator(regulator, ".", "the same Act"),
        _to_court("the same Act"),
    )


def _regulator_routes(regulator: Regulator) -> Passage:
    return (
        _heading("If you are not happy with what we do"),
        _to_regulator(regulator, " at any time.", "the Data Protection Act 2018"),
        _to_court("the same Act"),
    )


def _to_regulator(regulator: Regulator, when: str, act: str) -> Block:
    ways = [f"Write to {', '.join(regulator.address)}."]
    if regulator.phone:
        ways.append(f"Ring {regulator.phone}.")
    if regulator.website:
        ways.append(f"Or go to {regulator.website}.")
    return _point(
        f" It checks that councils follow the law. {' '.join(ways)} "
        f"(This is section 165 of {act}.)",
        f"You can complain to the {regulator.name}{when}",
    )


def _to_court(act: str) -> Block:
    return _point(
        " It can order us to put your rights right. You may want advice from a solicitor or a law "
        f"centre first. (This is section 167 of {act}.)",
        "You can go to court.",
    )


def _information(services: Iterable[ServiceEntry]) -> Passage:
    blocks = [_heading("About the information we hold")]
    for entry in services:
        blocks.append(_heading(entry.name, BlockKind.SUBHEADING))
        blocks += [_point(f" {words}", f"{label}:") for label, words in information_points(entry)]
    return tuple(blocks)


_RIGHTS: Passage = (
    _heading("Your other rights"),
    _paragraph("You can ask us to:"),
    _point("put right something that is wrong, or add your own account to the file"),
    _point("delete something (there are records that the law says we must keep)"),
    _point("only store something, and not use it, while a problem is sorted out"),
    _point("stop using something because of your own situation"),
    _point("look again for something you think is missing"),
)
_STATEMENT: Passage = (
    _heading("You can add your own account"),
    _paragraph(
        "You can write down how you see it. It can be as long as you need. We will keep it with "
        "the record, so that anyone who reads one also reads the other. You can ask someone to "
        "help you write it."
    ),
)
_LIFTING: Passage = (
    _paragraph(
        "We will tell you before this ends. We will not use the information again until we have."
    ),
)
_MARKETING: Passage = (
    _paragraph(
        "We have stopped. It took effect at once, and it has no end. You never have to give a "
        "reason."
    ),
)
_HUMAN_REVIEW: Passage = (
    _heading("If you do not agree"),
    _paragraph(
        "You can tell us your side. You can ask for a person to look at the decision, and you can "
        "ask us to change it. The person who looks at it has the power to change it."
    ),
)
