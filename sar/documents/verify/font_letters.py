"""Fonts hold exactly the letters that pages use: a spare letter names one that was removed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sar.documents.verify.content import Used, read_content
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.font_programs import outlines
from sar.documents.verify.plain_file import PlainFile
from sar.documents.verify.subject import Subject
from sar.documents.verify.syntax import Ref, Stream, SyntaxFault
from sar.documents.verify.unfilter import decoded

_MAP_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|\[([^\]]*)\]")
_DEEPEST = 12


@dataclass
class _Uses:
    """Codes shown in each font (by object number), and what drawing on a page turned out odd."""

    codes: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    odd: list[tuple[int, str]] = field(default_factory=list)
    spare: list[tuple[int, str]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    marked: set[int] = field(default_factory=set)

    def take(self, other: _Uses) -> None:
        """Adds what was found elsewhere."""
        for font, codes in other.codes.items():
            self.codes[font] |= codes
        self.odd += other.odd
        self.spare += other.spare
        self.unread += other.unread


def check_letters(subject: Subject) -> Report:
    """Compares the letters of every font of a marked page with the codes all pages show."""
    report = Report()
    uses = _Uses()
    for number, page in enumerate(page_dictionaries(subject.file), 1):
        _read_drawing(subject.file, page, _page_content(subject.file, page), number, uses, 0)
        if number in subject.marked_pages:
            uses.marked |= set(_font_numbers(subject.file, page, 0))
    _report_drawing(subject, report, uses)
    for number in sorted(uses.marked):
        report.count += 1
        font = subject.file.resolve(Ref(number))
        for fault in _font_faults(subject.file, font, uses.codes.get(number, set())):
            report.find(Channel.FONT, f"A font on a marked page {fault}.")
    return report


def _report_drawing(subject: Subject, report: Report, uses: _Uses) -> None:
    for number, what in dict.fromkeys(uses.odd):
        report.find(Channel.OBJECTS, f"The page's drawing holds {what}.", number)
    for number in dict.fromkeys(uses.unread):
        if number in subject.marked_pages:
            sentence = "A pattern or mask draws text, which no reader can check."
            report.find(Channel.HIDDEN_TEXT, sentence, number)
    for number, what in dict.fromkeys(uses.spare):
        report.find(Channel.OBJECTS, f"The page has {what} that it never draws.", number)


def page_dictionaries(file: PlainFile) -> Iterator[dict[str, Any]]:
    """Each page's dictionary, in order, with what it inherits from the page tree."""
    root = file.resolve(file.trailer.get("Root"))
    if not isinstance(root, dict):
        raise SyntaxFault("The file has no catalogue.")
    yield from _pages(file, root.get("Pages"), {}, 0)


def _pages(
    file: PlainFile, node: object, above: dict[str, Any], depth: int
) -> Iterator[dict[str, Any]]:
    value = file.resolve(node)
    if not isinstance(value, dict) or depth > 40:
        raise SyntaxFault("The page tree is broken.")
    inherited = {**above, **{key: value[key] for key in ("Resources",) if key in value}}
    if value.get("Type") == "Pages":
        for kid in file.resolve(value.get("Kids")) or []:
            yield from _pages(file, kid, inherited, depth + 1)
    else:
        yield {**inherited, **value}


def _page_content(file: PlainFile, page: dict[str, Any]) -> bytes:
    contents = file.resolve(page.get("Contents"))
    parts = contents if isinstance(contents, list) else [contents]
    streams = [file.resolve(part) for part in parts]
    return b"\n".join(decoded(each, file.resolve).data for each in streams if each is not None)


def _read_drawing(
    file: PlainFile, owner: dict[str, Any], content: bytes, page: int, uses: _Uses, depth: int
) -> None:
    used = read_content(content)
    uses.odd += [(page, what) for what in used.odd]
    if used.properties:
        uses.odd.append((page, "text that is not shown"))
    resources = file.resolve(owner.get("Resources")) or {}
    fonts = file.resolve(resources.get("Font")) or {}
    _take_codes(file, used, fonts, uses)
    drawings = file.resolve(resources.get("XObject")) or {}
    for kind, entries in (("a font", fonts), ("a picture or drawing", drawings)):
        if set(entries) - used.names:
            uses.spare.append((page, kind))
    for stream in _beside(file, resources) if depth < _DEEPEST else ():
        beside = _Uses()
        inner = decoded(stream, file.resolve).data
        _read_drawing(file, stream.entries, inner, page, beside, depth + 1)
        uses.unread += [page] if beside.codes else []
        uses.take(beside)
    for name in used.drawn & set(drawings):
        form = file.resolve(drawings[name])
        if isinstance(form, Stream) and form.entries.get("Subtype") == "Form" and depth < _DEEPEST:
            inner = decoded(form, file.resolve).data
            _read_drawing(file, form.entries, inner, page, uses, depth + 1)


def _beside(file: PlainFile, resources: dict[str, Any]) -> Iterator[Stream]:
    """Drawings that are not in the page's own: tiles, and groups that serve as masks."""
    for reference in (file.resolve(resources.get("Pattern")) or {}).values():
        pattern = file.resolve(reference)
        if isinstance(pattern, Stream):
            yield pattern
    for reference in (file.resolve(resources.get("ExtGState")) or {}).values():
        state = file.resolve(reference)
        mask = file.resolve(state.get("SMask")) if isinstance(state, dict) else None
        group = file.resolve(mask.get("G")) if isinstance(mask, dict) else None
        if isinstance(group, Stream):
            yield group


def _take_codes(file: PlainFile, used: Used, fonts: dict[str, Any], uses: _Uses) -> None:
    for name, texts in used.codes.items():
        reference = fonts.get(name)
        font = file.resolve(reference)
        if not isinstance(reference, Ref) or not isinstance(font, dict):
            continue
        is_wide = font.get("Subtype") == "Type0"
        whole = b"".join(text[: len(text) // 2 * 2] if is_wide else text for text in texts)
        shown = np.unique(np.frombuffer(whole, dtype=">u2" if is_wide else np.uint8))
        uses.codes[reference.number].update(map(int, shown))


def _font_numbers(file: PlainFile, owner: dict[str, Any], depth: int) -> Iterator[int]:
    resources = file.resolve(owner.get("Resources")) or {}
    for reference in (file.resolve(resources.get("Font")) or {}).values():
        if isinstance(reference, Ref):
            yield reference.number
    for reference in (file.resolve(resources.get("XObject")) or {}).values():
        form = file.resolve(reference)
        if isinstance(form, Stream) and form.entries.get("Subtype") == "Form" and depth < _DEEPEST:
            yield from _font_numbers(file, form.entries, depth + 1)


def _font_faults(file: PlainFile, font: dict[str, Any], codes: set[int]) -> Iterator[str]:
    is_cid = font.get("Subtype") == "Type0"
    holder = file.resolve((file.resolve(font.get("DescendantFonts")) or [None])[0]) or font
    descriptor = file.resolve(holder.get("FontDescriptor")) or {}
    program = next(
        (file.resolve(descriptor[key]) for key in descriptor if key.startswith("FontFile")), None
    )
    is_drawn_here = font.get("Subtype") == "Type3"
    if program is None and not is_drawn_here:
        return
    mapped = _mapped_codes(file, font)
    if mapped - codes - {0, 32}:
        yield "says what letters mean that no page shows"
    if _measured_codes(file, holder, is_cid) - codes - {0, 32}:
        yield "has widths of letters that no page shows"
    if is_drawn_here:
        spare = len(file.resolve(font.get("CharProcs")) or {}) > len(codes) + 1
    else:
        spare = _has_spare_outlines(file, holder, program, codes, is_cid=is_cid)
    if spare:
        yield "draws letters that no page shows"


def _has_spare_outlines(
    file: PlainFile, holder: dict[str, Any], program: object, codes: set[int], *, is_cid: bool
) -> bool:
    assert isinstance(program, Stream)
    found = outlines(decoded(program, file.resolve).data)
    spare = found.inked - found.parts - {0}
    if not is_cid or str(holder.get("Subtype")) == "CIDFontType0":
        return len(spare) > len(codes)
    chosen = file.resolve(holder.get("CIDToGIDMap"))
    if isinstance(chosen, Stream):
        table = decoded(chosen, file.resolve).data
        codes = {int.from_bytes(table[2 * each : 2 * each + 2], "big") for each in codes}
    return bool(spare - codes)


def _mapped_codes(file: PlainFile, font: dict[str, Any]) -> set[int]:
    stream = file.resolve(font.get("ToUnicode"))
    if not isinstance(stream, Stream):
        return set()
    found: set[int] = set()
    for kind, body in _MAP_BLOCK.findall(decoded(stream, file.resolve).data):
        tokens = [code for code, _ in _HEX.findall(body)]
        if kind == b"bfchar":
            found |= {int(code, 16) for code in tokens[::2]}
        else:
            for low, high in zip(tokens[::3], tokens[1::3], strict=False):
                found |= set(range(int(low, 16), min(int(high, 16), 0xFFFF) + 1))
    return found


def _measured_codes(file: PlainFile, holder: dict[str, Any], is_cid: bool) -> set[int]:
    if not is_cid:
        first = file.resolve(holder.get("FirstChar", 0))
        widths = file.resolve(holder.get("Widths")) or []
        return {first + at for at, width in enumerate(widths) if file.resolve(width) != 0}
    entries = [file.resolve(each) for each in file.resolve(holder.get("W")) or []]
    found: set[int] = set()
    place = 0
    while place + 1 < len(entries):
        first, then = int(entries[place]), entries[place + 1]
        if isinstance(then, list):
            found |= {first + at for at, width in enumerate(then) if file.resolve(width) != 0}
            place += 2
        else:
            found |= set(range(first, min(int(then), 0xFFFF) + 1))
            place += 3
    return found
