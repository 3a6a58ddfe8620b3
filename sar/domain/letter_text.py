"""The language letters are written in: a title, headings, paragraphs, lists and named gaps.

    # We need more time
    You asked for the information we hold about {{about}}.
    ## Why
    {{reasons}}
    - one point of a list

Nothing in it is evaluated. A gap is a name of the letter's own list in double braces; what fills it
is words, and is never read again. A gap that takes paragraphs stands alone on its line. A paragraph
or point with an empty gap is left out, and so is a heading with nothing under it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sar.domain.errors import DomainError

LONGEST_TEXT, LONGEST_LINE, LONGEST_HEADING = 8_000, 1_200, 90
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_GAP = re.compile(r"\{\{(.*?)\}\}")
# Characters that are not seen and change what is: line and page ends of other systems, and marks
# that turn the direction of what follows.
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class BlockKind(StrEnum):
    """What a block of a letter is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


class GapKind(StrEnum):
    """What fills a gap: words within a line, a date (shown bold), or whole paragraphs."""

    LINE = "line"
    DAY = "day"
    PARAGRAPHS = "paragraphs"


@dataclass(frozen=True)
class Gap:
    """A name that may stand in double braces, and what fills it."""

    name: str
    meaning: str
    kind: GapKind = GapKind.LINE


@dataclass(frozen=True)
class Piece:
    """Words, or in a text not yet filled the name of a gap; `is_strong` words are shown bold."""

    text: str
    is_gap: bool = False
    is_strong: bool = False


@dataclass(frozen=True)
class Block:
    """A title, heading, paragraph or point, and the line of the text it began on."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    line: int = 0

    @property
    def text(self) -> str:
        """The words, without what is bold."""
        return "".join(piece.text for piece in self.pieces)


Words = str | tuple[Block, ...]  # what somebody typed, or a passage of our own, set already


@dataclass(frozen=True)
class TextFault:
    """What is wrong with a text, and on which line, from 1; 0 where it is of the whole."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}" if self.line else self.sentence


class LetterTextError(DomainError):
    """A text cannot be used; `faults` says why, in the order of the lines."""

    def __init__(self, faults: Iterable[TextFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line == 0, fault.line)))
        super().__init__(" ".join(map(str, self.faults)))


_DEPTH = {BlockKind.TITLE: 0, BlockKind.HEADING: 1, BlockKind.SUBHEADING: 2}
_MARKS = {
    "# ": BlockKind.TITLE,
    "## ": BlockKind.HEADING,
    "### ": BlockKind.SUBHEADING,
    "- ": BlockKind.ITEM,
}


def read_text(text: str, gaps: Mapping[str, Gap], required: Collection[str]) -> tuple[Block, ...]:
    """The blocks of a letter's text, its title first.

    Raises:
        LetterTextError: it is too long, holds characters nobody sees, has no title of its own, a
            gap the letter does not know or that is not closed, or lacks a gap the law asks for.

    Law: UK GDPR Arts 12, 15(1), 18(3), 19; DPA 2018 s.164A (what a letter must say stays in it).
    """
    text = text.replace("\r\n", "\n").strip("\n")
    blocks = tuple(_blocks(text, set(_MARKS)))
    faults = [*_character_faults(text), *_shape_faults(blocks), *_gap_faults(blocks, gaps)]
    used = {piece.text for block in blocks for piece in block.pieces if piece.is_gap}
    faults += [
        TextFault(0, f"The law asks for {{{{{name}}}}} in this letter: {gaps[name].meaning}")
        for name in sorted(set(required) - used)
    ]
    if faults:
        raise LetterTextError(faults)
    return blocks


def fill(
    blocks: Iterable[Block], gaps: Mapping[str, Gap], values: Mapping[str, Words]
) -> tuple[Block, ...]:
    """The letter with its gaps filled; a value is shown as it is and never read as a text.

    Law: none; the form of letters.
    """
    filled = [each for block in blocks for each in _filled(block, gaps, values)]
    return tuple(_with_something_under(filled))


def own_paragraphs(value: str) -> tuple[Block, ...]:
    """What somebody typed as paragraphs and points; a `#` or a brace in it is only a character.

    Law: none; the form of letters.
    """
    return tuple(
        block
        for block in _blocks(value.replace("\r\n", "\n"), {"- "}, has_gaps=False)
        if block.text.strip()
    )


def as_plain_text(blocks: Iterable[Block]) -> str:
    """The letter as lines that can be read in any mail, headings and points on their own lines.

    Law: UK GDPR Art 12(1) (an accessible form).
    """
    lines: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        is_next_item = block.kind is before is BlockKind.ITEM
        mark = "- " if block.kind is BlockKind.ITEM else ""
        lines += [*([] if is_next_item or not lines else [""]), f"{mark}{block.text}"]
        before = block.kind
    return "\n".join(lines)


def shown_safely(value: str) -> str:
    """The value without the characters nobody sees, for words that come from elsewhere.

    Law: none; what is printed is what was read.
    """
    return "".join(each for each in value if each == "\n" or not _is_unseen(each))


def _blocks(text: str, marks: Collection[str], *, has_gaps: bool = True) -> Iterator[Block]:
    """Blocks of a text; lines with nothing between them are one paragraph."""
    begun: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        mark = next((each for each in marks if line.startswith(each)), "")
        is_alone = bool(mark) or not line.strip() or (has_gaps and _is_one_gap(line))
        if begun and (is_alone or line.startswith("#")):
            yield Block(BlockKind.PARAGRAPH, _pieces(" ".join(begun), has_gaps), first)
            begun = []
        if mark:
            yield Block(_MARKS[mark], _pieces(line[len(mark) :].strip(), has_gaps), number)
        elif is_alone and line.strip():
            yield Block(BlockKind.PARAGRAPH, _pieces(line.strip(), has_gaps), number)
        elif line.strip():
            first = number if not begun else first
            begun.append(line.strip())


def _is_one_gap(line: str) -> bool:
    found = _GAP.fullmatch(line.strip())
    return found is not None and "{" not in found[1]


def _pieces(line: str, has_gaps: bool) -> tuple[Piece, ...]:
    if not has_gaps:
        return (Piece(line),)
    pieces = []
    for place, part in enumerate(_GAP.split(line)):
        if part or place % 2:
            pieces.append(Piece(part.strip() if place % 2 else part, is_gap=bool(place % 2)))
    return tuple(pieces)


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _TURNS


def _character_faults(text: str) -> Iterator[TextFault]:
    if len(text) > LONGEST_TEXT:
        yield TextFault(0, f"The text is longer than {LONGEST_TEXT:,} characters.")
    for number, line in enumerate(text.split("\n"), start=1):
        if any(map(_is_unseen, line)):
            yield TextFault(number, "It holds a character that cannot be seen. Type it again.")
        if len(line) > LONGEST_LINE:
            yield TextFault(number, f"It is longer than {LONGEST_LINE:,} characters.")


def _shape_faults(blocks: tuple[Block, ...]) -> Iterator[TextFault]:
    if not blocks or blocks[0].kind is not BlockKind.TITLE:
        yield TextFault(1, "A letter begins with its title: a line that starts with “# ”.")
    for block in blocks[1:]:
        if block.kind is BlockKind.TITLE:
            yield TextFault(block.line, "A letter has one title. Use “## ” for a heading.")
    for block in blocks:
        fault = _shape_fault(block)
        if fault:
            yield TextFault(block.line, fault)
    if len(blocks) == 1:
        yield TextFault(blocks[0].line, "There is nothing under the title.")


def _shape_fault(block: Block) -> str:
    if not block.text.strip():
        return "There is nothing after the mark."
    if block.kind in _DEPTH and len(block.text) > LONGEST_HEADING:
        return f"A heading has at most {LONGEST_HEADING} characters."
    if block.text.startswith("#"):
        return "Write “# ”, “## ” or “### ” with a space after it."
    return ""


def _gap_faults(blocks: Iterable[Block], gaps: Mapping[str, Gap]) -> Iterator[TextFault]:
    for block in blocks:
        for piece in block.pieces:
            fault = _gap_fault(block, piece, gaps)
            if fault:
                yield TextFault(block.line, fault)


def _gap_fault(block: Block, piece: Piece, gaps: Mapping[str, Gap]) -> str:
    if not piece.is_gap:
        has_stray = "{{" in piece.text or "}}" in piece.text
        return "A gap is a name between {{ and }}; one of these is not closed." if has_stray else ""
    if not _NAME.fullmatch(piece.text):
        return f"“{piece.text[:40]}” is no name of a gap: small letters and _ only."
    gap = gaps.get(piece.text)
    if gap is None:
        return f"This letter has no gap called {{{{{piece.text}}}}}."
    is_alone = len(block.pieces) == 1 and block.kind is BlockKind.PARAGRAPH
    if gap.kind is GapKind.PARAGRAPHS and not is_alone:
        return f"{{{{{gap.name}}}}} holds paragraphs, so it stands alone on its line."
    return ""


def _filled(block: Block, gaps: Mapping[str, Gap], values: Mapping[str, Words]) -> Iterator[Block]:
    names = [piece.text for piece in block.pieces if piece.is_gap]
    given = {name: _shown(values.get(name, "")) for name in names}
    if not all(given.values()):
        return
    if len(names) == 1 and gaps[names[0]].kind is GapKind.PARAGRAPHS:
        words = given[names[0]]
        yield from own_paragraphs(words) if isinstance(words, str) else words
        return
    pieces = (_piece(each, gaps, given) if each.is_gap else each for each in block.pieces)
    yield Block(block.kind, tuple(pieces), block.line)


def _shown(words: Words) -> Words:
    return shown_safely(words).strip() if isinstance(words, str) else words


def _piece(piece: Piece, gaps: Mapping[str, Gap], given: Mapping[str, Words]) -> Piece:
    words = given[piece.text]
    assert isinstance(words, str)  # only a gap of paragraphs has a passage
    return Piece(" ".join(words.split()), is_strong=gaps[piece.text].kind is GapKind.DAY)


def _with_something_under(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in reversed(blocks):
        depth = _DEPTH.get(block.kind, len(_DEPTH))
        following = _DEPTH.get(kept[-1].kind, len(_DEPTH)) if kept else -1
        if depth in {1, 2} and following <= depth:
            continue
        kept.append(block)
    return kept[::-1]
