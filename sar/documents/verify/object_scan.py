"""Every object of the file: its strings, names, streams, fonts and coded pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sar.documents.verify.allow_list import GRAMMAR, strays
from sar.documents.verify.content import quick_words
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.font_programs import program_texts
from sar.documents.verify.needles import Needle, NeedleIndex, squeeze
from sar.documents.verify.picture_bytes import extras
from sar.documents.verify.subject import FileKind, Subject
from sar.documents.verify.syntax import Stream, SyntaxFault, from_hex
from sar.documents.verify.unfilter import Decoded, decoded

_XMP_ELEMENT = re.compile(rb"<(?![/?!])([\w:]+)")
_XMP_ALLOWED = frozenset(
    b"""x:xmpmeta rdf:RDF rdf:Description rdf:Alt rdf:Bag rdf:Seq rdf:li dc:title dc:language
    pdfuaid:part pdfuaid:rev""".split()
)
# Tags, bookmarks and a title can say what nobody here knows of: only a bundle may have them.
_OF_A_DOCUMENT = frozenset({"Type", "Pages", "Version"})
_MANY = 5
_LONGEST_COUNT = 8  # digits; strings and streams are searched for numbers of any length
_CHANNELS = {
    "None": 1,
    "DeviceGray": 1,
    "CalGray": 1,
    "Indexed": 1,
    "Separation": 1,
    "DeviceRGB": 3,
    "CalRGB": 3,
    "Lab": 3,
    "DeviceCMYK": 4,
}
# What a code stands for, in the one form our own fonts say it in.
_CHARACTER_MAP = re.compile(
    rb"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    rb"/CIDSystemInfo << /Registry \(Adobe\) /Ordering \(UCS\) /Supplement 0 >> def\n"
    rb"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    rb"1 begincodespacerange\n<0+> <f+>\nendcodespacerange\n"
    rb"(?:\d+ beginbfchar\n(?:<[0-9a-f]{2,4}> <[0-9a-f]+>\n)+endbfchar\n)*"
    rb"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)
_MEANING = re.compile(rb"^<[0-9a-f]{2,4}> (<[0-9a-f]+>)$", re.MULTILINE)
_ONE_LETTER = 2  # bytes of UTF-16
_SEEN_TOO = ("a stream of the file", "the bytes of the file")


def check_shape(subject: Subject) -> Report:
    """The file is read from its first byte to its last: one revision, nothing between objects."""
    report = Report(count=len(subject.file.objects))
    for fault in subject.file.faults:
        report.find(Channel.FILE, fault)
    if len(report.findings) > _MANY:
        more = len(report.findings) - _MANY
        del report.findings[_MANY:]
        report.find(Channel.FILE, f"The file's shape is wrong in {more} more places.")
    return report


def check_allowed(subject: Subject) -> Report:
    """Every object has only the keys and kinds our own files are made of."""
    report = Report(count=len(subject.file.objects))
    for stray in strays(subject.file):
        report.find(Channel.OBJECTS, stray.sentence, stray.page)
    if subject.expected.kind is FileKind.DOCUMENT:
        root = subject.file.resolve(subject.file.trailer.get("Root"))
        for key in sorted(set(root or {}) - _OF_A_DOCUMENT):
            sentence = f"The file has /{key[:40]}, which no redacted document has."
            report.find(Channel.OBJECTS, sentence)
    return report


def check_strings(subject: Subject) -> Report:
    """No string, name or dictionary key of any object holds what must not be found."""
    report = Report()
    seen: set[bytes] = set()
    for value in (*subject.file.objects.values(), subject.file.trailer):
        seen.update(_strings(value))
    report.count = len(seen)
    seen = {each for each in seen if squeeze(each.decode("latin-1")) not in GRAMMAR}
    blob = b"\n".join(sorted(seen))
    for needle in subject.telling.in_string(blob):
        alone = NeedleIndex([needle])
        if any(alone.in_string(each) for each in seen):
            _report_hidden(report, subject, needle, "a string or name of the file")
    return report


def check_streams(subject: Subject) -> Report:
    """No stream of any object holds it either: drawing, fonts, maps, metadata, pictures."""
    report = Report()
    for number, stream in subject.file.streams():
        report.count += 1
        try:
            inner = decoded(stream, subject.file.resolve)
        except SyntaxFault as fault:
            report.find(Channel.FILE, f"Object {number} cannot be read: {fault}")
            continue
        _check_stream(subject, report, stream, inner)
    return report


def check_raw_bytes(subject: Subject) -> Report:
    """The file's own bytes, as they are, hold nothing that must not be found."""
    report = Report(count=len(subject.data))
    for needle in subject.telling.in_bytes(subject.data):
        if needle.squeezed.isdigit() and len(needle.squeezed) <= _LONGEST_COUNT:
            continue  # the length of a stream or a count of pages, there by chance
        _report_hidden(report, subject, needle, "the bytes of the file")
    return report


def _check_stream(subject: Subject, report: Report, stream: Stream, inner: Decoded) -> None:
    entries, wanted = stream.entries, subject.telling
    if inner.picture or entries.get("Subtype") == "Image":
        for extra in extras(inner):
            report.find(Channel.PICTURE, f"A picture carries {extra}.")
        if _has_spare_rows(subject, stream, inner):
            report.find(Channel.PICTURE, "A picture has more samples than it shows.")
        _hidden(subject, report, wanted.in_bytes(inner.data[:65536]), "a picture's data")
        return
    if inner.spare:
        report.find(Channel.FILE, "A stream has bytes after its compressed data.")
        _hidden(subject, report, wanted.in_string(inner.spare), "spare bytes of a stream")
    if entries.get("Type") == "Metadata" or b"<x:xmpmeta" in inner.data:
        _check_metadata(report, inner.data)
    if _is_program(stream):
        texts = b"\n".join(program_texts(inner.data))
        _hidden(subject, report, wanted.in_string(texts), "a font")
        _hidden(subject, report, wanted.in_bytes(inner.data), "a font")
        return
    _hidden(subject, report, _in_stream(inner.data, wanted), "a stream of the file")


def _has_spare_rows(subject: Subject, stream: Stream, inner: Decoded) -> bool:
    if inner.picture:
        return False
    resolve = subject.file.resolve
    wide, high, bits = (
        resolve(stream.entries.get(key, 1)) for key in ("Width", "Height", "BitsPerComponent")
    )
    row = (wide * _channels(subject, stream.entries.get("ColorSpace")) * bits + 7) // 8
    return bool(len(inner.data) > row * high + 1)


def _channels(subject: Subject, space: object) -> int:
    """Samples a pixel has; the most there can be for a space this check does not know."""
    value = subject.file.resolve(space)
    kind = subject.file.resolve(value[0]) if isinstance(value, list) and value else value
    if kind == "ICCBased":
        profile = subject.file.resolve(value[1])
        return int(subject.file.resolve(profile.entries.get("N", 4)))
    return _CHANNELS.get(str(kind), 4)


def _in_stream(data: bytes, wanted: NeedleIndex) -> list[Needle]:
    if not wanted.needles:
        return []
    if _CHARACTER_MAP.fullmatch(data):
        # Letters in the order of their first use: only what one code stands for is a text.
        meanings = [from_hex(each) for each in _MEANING.findall(data)]
        texts = b"\0\n".join(each for each in meanings if len(each) > _ONE_LETTER)
        return wanted.in_string(texts) if texts else []
    if data.count(b"\0") * 8 > len(data) or not _looks_like_text(data):
        return wanted.in_bytes(data)
    literal, hexed = quick_words(data)
    found = wanted.in_string(literal) + wanted.in_letters(hexed) + wanted.in_bytes(data)
    return list(dict.fromkeys(found))


def _looks_like_text(data: bytes) -> bool:
    head = data[:2048]
    return sum(byte >= 0x80 for byte in head) * 4 <= len(head)


def _is_program(stream: Stream) -> bool:
    entries = stream.entries
    return (
        "Length1" in entries
        or str(entries.get("Subtype")) in ("Type1C", "CIDFontType0C", "OpenType")
        or stream.raw[:4] in (b"\0\1\0\0", b"OTTO", b"true")
    )


def _check_metadata(report: Report, data: bytes) -> None:
    strange = sorted(set(_XMP_ELEMENT.findall(data)) - _XMP_ALLOWED)
    if strange:
        report.find(Channel.OBJECTS, "The metadata says more than title and language.")


def _hidden(subject: Subject, report: Report, found: Iterable[Needle], where: str) -> None:
    for needle in found:
        _report_hidden(report, subject, needle, where)


def _report_hidden(report: Report, subject: Subject, needle: Needle, where: str) -> None:
    """A never-text, or a removed text, where no reader sees it; words kept in view may recur."""
    is_kept = not needle.is_never and needle.squeezed in subject.kept
    if is_kept and (needle.is_part or where in _SEEN_TOO):
        return
    report.find(Channel.STRINGS, f"{_sentence_start(needle)} is in {where}.")


def _sentence_start(needle: Needle) -> str:
    return needle.label[:1].upper() + needle.label[1:]


def _strings(value: object) -> Iterator[bytes]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Stream):
            current = current.entries
        if isinstance(current, dict):
            waiting.extend(current.values())
            yield from (key.encode("latin-1") for key in current)
        elif isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, bytes):
            yield current
        elif isinstance(current, str):
            yield current.encode("latin-1")
