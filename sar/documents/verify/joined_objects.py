"""The few objects a joined file adds to its documents: what they may say and point at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import unescape

from sar.documents.segment import Segment
from sar.documents.verify.findings import Channel, Report
from sar.documents.verify.needles import haystack, needles

_PAGES, _XMP = 2, 8
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*)\nendobj\n", re.DOTALL)
_NAMES = (
    "Type Catalog Pages Count Kids Lang MarkInfo Marked Metadata StructTreeRoot StructElem "
    "Outlines PageMode UseOutlines ViewerPreferences DisplayDocTitle K S P Document ParentTree "
    "ParentTreeNextKey Title Parent Dest XYZ Prev Next First Last"
)
_PLAIN = re.compile(
    rf"(?:\s|<<|>>|[\[\]]|/(?:{'|'.join(_NAMES.split())})(?![\w.-])|\d+ 0 R\b"
    r"|-?\d+(?:\.\d+)?(?![\w.])|true\b|null\b|\(en-GB\)|<feff[0-9a-f]*>)*+".encode()
)
_STRING = re.compile(rb"<feff([0-9a-f]*)>")
_KIDS = re.compile(rb"<< /Type /Pages /Count (\d+) /Kids \[((?: \d+ 0 R)*) \] >>")
_METADATA = re.compile(
    rb"<< /Type /Metadata /Subtype /XML /Length (\d+) >>\nstream\n(.*)\nendstream", re.DOTALL
)
_PACKET = re.compile(
    re.escape(
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">TITLE</rdf:li></rdf:Alt></dc:title>'
        "<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).replace("TITLE", "([^<>]*)")
)
_STRANGE = "An object of the file says more than page numbers, bookmarks and lists of pages."


class OwnObjects:
    """Judges the objects that no document brought, one by one, and whether all were there."""

    def __init__(
        self,
        segments: Sequence[Segment],
        first_number: int,
        stamps: Sequence[bytes],
        font: dict[int, bytes],
        never: Sequence[str],
    ) -> None:
        """Works out which numbers the page stamps and the page trees of the documents have."""
        self._needles = needles(tuple(never), ())
        self._exact = dict(font)
        self._trees: list[int] = []
        self._page_count = 0
        base = first_number - 1
        for segment in segments:
            plan = segment.plan
            self._trees.append(base + plan.tree)
            for at in range(len(plan.pages)):
                stamp = stamps[self._page_count + at]
                body = b"<< /Length %d >>\nstream\n%bendstream" % (len(stamp), stamp)
                self._exact[base + plan.object_count + 1 + at] = body
            self._page_count += len(plan.pages)
            base += plan.number_count
        self._waiting = {*self._exact, _PAGES}

    def check(self, number: int, data: bytes, report: Report) -> None:
        """Judges one object, given with every byte up to what comes after it."""
        report.count += 1
        found = _OBJECT.fullmatch(data)
        if found is None or int(found[1]) != number:
            report.find(Channel.FILE, "There is something between two objects of the file.")
            return
        self._waiting.discard(number)
        if not self._is_allowed(number, found[2], report):
            report.find(Channel.OBJECTS, _STRANGE)

    def check_all_seen(self, report: Report) -> None:
        """Every page has its number, and the file its list of pages."""
        if self._waiting:
            report.find(Channel.FILE, "A page of the file has no page number.")

    def _is_allowed(self, number: int, body: bytes, report: Report) -> bool:
        if number in self._exact:
            return body == self._exact[number]
        if number == _PAGES:
            return self._is_page_list(body)
        if number == _XMP:
            return self._is_title(body, report)
        for text in _STRING.findall(body):
            self._search(bytes.fromhex(text.decode()).decode("utf-16-be", "replace"), report)
        return _PLAIN.fullmatch(body) is not None

    def _is_title(self, body: bytes, report: Report) -> bool:
        """The packet says the title and the language, and nothing else."""
        found = _METADATA.fullmatch(body)
        if found is None or len(found[2]) != int(found[1]):
            return False
        packet = _PACKET.fullmatch(found[2].decode("utf-8", "replace"))
        if packet is None:
            return False
        self._search(unescape(packet[1]), report)
        return True

    def _is_page_list(self, body: bytes) -> bool:
        """The pages are those of the documents, all of them, in order."""
        found = _KIDS.fullmatch(body)
        if found is None:
            return False
        kids = [int(number) for number in found[2].replace(b" 0 R", b"").split()]
        return kids == self._trees and int(found[1]) == self._page_count

    def _search(self, text: str, report: Report) -> None:
        held = haystack(text)
        for needle in self._needles:
            if held.holds(needle):
                report.find(Channel.STRINGS, f"{needle.label} is in a title or a bookmark.")
