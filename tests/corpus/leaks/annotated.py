"""Leaks in annotations and forms."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.leaks.paper import Leak, Names, Paper, utf16

FAMILY = "annotations"
_BOX = "/Rect [60 140 320 160]"


def _appearance(paper: Paper, text: str) -> str:
    font = paper.resources["Font"]["F1"]
    number = paper.stream(
        f"BT /F1 12 Tf 2 5 Td ({text}) Tj ET",
        f"/Type /XObject /Subtype /Form /BBox [0 0 260 20] /Resources << /Font << /F1 {font} >> >>",
    )
    return f"/AP << /N {number} 0 R >>"


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each kind of annotation and field."""
    for kind, subtype, entries in _PLAIN:
        paper = Paper(names)
        text = paper.secret()
        number = paper.add(
            f"<< /Type /Annot /Subtype /{subtype} {_BOX} {entries.replace('TEXT', utf16(text))} >>"
        )
        paper.page_keys["Annots"] = f"[{number} 0 R]"
        yield paper.leak(kind, FAMILY, is_inside=False)
    for kind, subtype in (("free text", "FreeText"), ("stamp", "Stamp"), ("ink", "Ink")):
        paper = Paper(names)
        text = paper.secret()
        ink = "/InkList [[60 140 320 160]]" if subtype == "Ink" else ""
        number = paper.add(
            f"<< /Type /Annot /Subtype /{subtype} {_BOX} /Contents ({text}) "
            f"/DA (/F1 12 Tf) {ink} /F 4 {_appearance(paper, text)} >>"
        )
        paper.page_keys["Annots"] = f"[{number} 0 R]"
        paper.area(59, 139, 321, 161)
        yield paper.leak(kind, FAMILY)
    yield from (make(names) for make in (_field, _hidden_field, _choice, _xfa, _signature,
                                         _redact_mark, _reply, _attachment, _off_state))  # fmt: skip


_PLAIN = (
    ("note", "Text", "/Contents TEXT"),
    ("highlight with a note", "Highlight", "/Contents TEXT /QuadPoints [60 160 320 160 60 140 320 140]"),
    ("popup", "Popup", "/Contents TEXT"),
    ("rich note", "Text", "/RC TEXT"),
    ("author of a note", "Square", "/T TEXT"),
    ("link", "Link", "/A << /S /URI /URI TEXT >>"),
    ("hidden annotation", "Square", "/F 2 /Contents TEXT"),
    ("caret", "Caret", "/Subj TEXT"),
)  # fmt: skip


def _fielded(paper: Paper, number: int, extra: str = "") -> None:
    paper.page_keys["Annots"] = f"[{number} 0 R]"
    font = paper.resources["Font"]["F1"]
    paper.catalog_keys["AcroForm"] = (
        f"<< /Fields [{number} 0 R] /DR << /Font << /F1 {font} >> >> /DA (/F1 12 Tf 0 g) {extra} >>"
    )


def _field(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    number = paper.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V ({text}) {_BOX} /F 4 "
        f"/DA (/F1 12 Tf 0 g) {_appearance(paper, text)} >>"
    )
    _fielded(paper, number)
    paper.area(59, 139, 321, 161)
    return paper.leak("filled field", FAMILY)


def _hidden_field(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V ({paper.secret()}) {_BOX} /F 2 >>"
    )
    _fielded(paper, number)
    return paper.leak("hidden field", FAMILY, is_inside=False)


def _choice(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Ch /Ff 131072 /T (who) /Opt [({paper.secret()}) (none)] "
        f"/V (none) {_BOX} /F 4 >>"
    )
    _fielded(paper, number)
    return paper.leak("choices of a field", FAMILY, is_inside=False)


def _xfa(names: Names) -> Leak:
    paper = Paper(names)
    data = paper.stream(f"<xdp:xdp><who>{paper.secret()}</who></xdp:xdp>", packed=True)
    number = paper.add(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) {_BOX} >>")
    _fielded(paper, number, f"/XFA [(datasets) {data} 0 R]")
    return paper.leak("form data in xml", FAMILY, is_inside=False)


def _signature(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Sig /T (sig) {_BOX} /V << /Type /Sig "
        f"/Filter /Adobe.PPKLite /Name ({paper.secret()}) /Contents <00> >> >>"
    )
    _fielded(paper, number)
    return paper.leak("signature field", FAMILY, is_inside=False)


def _redact_mark(names: Names) -> Leak:
    """A redaction that somebody marked and never applied."""
    paper = Paper(names)
    text = paper.secret()
    x0, x1 = paper.before_and_after(text)
    paper.draw(f"BT /F1 12 Tf {x0:.2f} 200 Td ({text}) Tj ET")
    number = paper.add(
        f"<< /Type /Annot /Subtype /Redact /Rect [{x0:.1f} 196 {x1:.1f} 212] "
        f"/OverlayText ({text}) /IC [0 0 0] >>"
    )
    paper.page_keys["Annots"] = f"[{number} 0 R]"
    return paper.leak("redaction never applied", FAMILY)


def _reply(names: Names) -> Leak:
    paper = Paper(names)
    first = paper.add(f"<< /Type /Annot /Subtype /Text {_BOX} /Contents (See reply) >>")
    second = paper.add(
        f"<< /Type /Annot /Subtype /Text {_BOX} /IRT {first} 0 R /Contents ({paper.secret()}) >>"
    )
    paper.page_keys["Annots"] = f"[{first} 0 R {second} 0 R]"
    return paper.leak("reply to a note", FAMILY, is_inside=False)


def _attachment(names: Names) -> Leak:
    paper = Paper(names)
    data = paper.stream(paper.secret(), "/Type /EmbeddedFile", packed=True)
    spec = paper.add(f"<< /Type /Filespec /F (note.txt) /EF << /F {data} 0 R >> >>")
    number = paper.add(f"<< /Type /Annot /Subtype /FileAttachment {_BOX} /FS {spec} 0 R >>")
    paper.page_keys["Annots"] = f"[{number} 0 R]"
    return paper.leak("file pinned to the page", FAMILY, is_inside=False)


def _off_state(names: Names) -> Leak:
    """The look of a button while it is pressed."""
    paper = Paper(names)
    shown, text = paper.kept[0], paper.secret()
    off = _appearance(paper, text)[len("/AP << /N ") : -len(" >>")]
    on = _appearance(paper, shown)[len("/AP << /N ") : -len(" >>")]
    number = paper.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) {_BOX} /F 4 /AS /On "
        f"/AP << /N << /On {on} /Off {off} >> /D {off} >> >>"
    )
    _fielded(paper, number)
    return paper.leak("other state of a button", FAMILY, is_inside=False)
