"""Leaks in what belongs to the document as a whole, and in what the words themselves say."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.corpus.leaks.paper import Leak, Names, Paper, utf16, written

FAMILY = "document"


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each place."""
    for kind, key, value in _CATALOGUE:
        paper = Paper(names)
        paper.catalog_keys[key] = value.replace("TEXT", utf16(paper.secret()))
        yield paper.leak(kind, FAMILY, is_inside=False)
    for make in (
        _info,
        _custom_info,
        _xmp,
        _page_xmp,
        _attachment,
        _associated,
        _javascript,
        _structure,
        _thread,
        _colour_profile,
        _pieces,
        _revision,
        _encrypted,
        _trailer,
        _template,
        _label_tree,
        _page_action,
        _file_id,
        _elsewhere,
        _quoted,
        _initials,
    ):
        yield make(names)


_CATALOGUE = (
    ("outline", "Outlines", "<< /Type /Outlines /First << /Title TEXT >> /Count 1 >>"),
    ("named destination", "Dests", "<< /TEXT [3 0 R /Fit] >>".replace("/TEXT", "/A << /Who TEXT >>  /B ")),
    ("name tree of destinations", "Names", "<< /Dests << /Names [TEXT [3 0 R /Fit]] >> >>"),
    ("page label", "PageLabels", "<< /Nums [0 << /P TEXT >>] >>"),
    ("opening action", "OpenAction", "<< /S /URI /URI TEXT >>"),
    ("launch action", "AA", "<< /WC << /S /JavaScript /JS TEXT >> >>"),
    ("output intent", "OutputIntents", "[<< /Type /OutputIntent /S /GTS_PDFA1 /Info TEXT >>]"),
    ("layer name", "OCProperties", "<< /OCGs [<< /Type /OCG /Name TEXT >>] /D << >> >>"),
    ("portfolio", "Collection", "<< /Type /Collection /Schema << /N << /N TEXT >> >> >>"),
    ("legal attestation", "Legal", "<< /Attestation TEXT >>"),
    ("base address", "URI", "<< /Base TEXT >>"),
    ("language", "Lang", "TEXT"),
    ("unknown key", "Zzz", "[[[TEXT]]]"),
)  # fmt: skip


def _info(names: Names) -> Leak:
    paper = Paper(names)
    paper.trailer_keys["Info"] = f"{paper.add(f'<< /Title {utf16(paper.secret())} >>')} 0 R"
    return paper.leak("title", FAMILY, is_inside=False)


def _custom_info(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.add(f"<< /SourceModified (D:2020) /Client ({paper.secret()}) >>")
    paper.trailer_keys["Info"] = f"{number} 0 R"
    return paper.leak("custom property", FAMILY, is_inside=False)


def _packet(text: str) -> str:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{text}</dc:creator>'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def _xmp(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.stream(_packet(paper.secret()), "/Type /Metadata /Subtype /XML")
    paper.catalog_keys["Metadata"] = f"{number} 0 R"
    return paper.leak("xmp", FAMILY, is_inside=False)


def _page_xmp(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.stream(_packet(paper.secret()), "/Type /Metadata /Subtype /XML", packed=True)
    paper.page_keys["Metadata"] = f"{number} 0 R"
    return paper.leak("xmp of a page", FAMILY, is_inside=False)


def _attachment(names: Names) -> Leak:
    paper = Paper(names)
    data = paper.stream(paper.secret(), "/Type /EmbeddedFile", packed=True)
    paper.catalog_keys["Names"] = (
        "<< /EmbeddedFiles << /Names [(a.txt) << /Type /Filespec /F (a.txt) "
        f"/EF << /F {data} 0 R >> >>] >> >>"
    )
    return paper.leak("attachment", FAMILY, is_inside=False)


def _associated(names: Names) -> Leak:
    paper = Paper(names)
    data = paper.stream(paper.secret(), "/Type /EmbeddedFile", packed=True)
    spec = f"<< /Type /Filespec /F (a.txt) /EF << /F {data} 0 R >> /AFRelationship /Data >>"
    paper.page_keys["AF"] = f"[{spec}]"
    return paper.leak("associated file", FAMILY, is_inside=False)


def _javascript(names: Names) -> Leak:
    paper = Paper(names)
    script = f"<< /S /JavaScript /JS (var who = '{paper.secret()}';) >>"
    paper.catalog_keys["Names"] = f"<< /JavaScript << /Names [(a) {script}] >> >>"
    return paper.leak("javascript", FAMILY, is_inside=False)


def _structure(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    child = paper.add(b"")
    root = paper.add(f"<< /Type /StructTreeRoot /K {child} 0 R >>")
    paper.objects[child - 1] = (
        f"<< /Type /StructElem /S /P /P {root} 0 R /Pg 3 0 R /ActualText ({text}) "
        f"/Alt ({text}) /E ({text}) /T ({text}) >>"
    ).encode()
    paper.catalog_keys["StructTreeRoot"] = f"{root} 0 R"
    return paper.leak("structure tree", FAMILY, is_inside=False)


def _thread(names: Names) -> Leak:
    paper = Paper(names)
    bead = paper.add(b"")
    thread = paper.add(f"<< /Type /Thread /F {bead} 0 R /I << /Title ({paper.secret()}) >> >>")
    paper.objects[bead - 1] = (
        f"<< /Type /Bead /T {thread} 0 R /N {bead} 0 R /V {bead} 0 R /P 3 0 R /R [0 0 9 9] >>"
    ).encode()
    paper.catalog_keys["Threads"] = f"[{thread} 0 R]"
    paper.page_keys["B"] = f"[{bead} 0 R]"
    return paper.leak("article thread", FAMILY, is_inside=False)


def _colour_profile(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret().encode()
    profile = b"\0\0\1\0ADBE\2\x10\0\0mntrRGB XYZ " + b"\0" * 100 + b"desc" + text + b"\0" * 40
    number = paper.stream(profile, "/N 3 /Alternate /DeviceRGB", packed=True)
    paper.resources["ColorSpace"] = {"C1": f"[/ICCBased {number} 0 R]"}
    paper.draw("/C1 cs 0.5 0.5 0.5 scn 40 100 20 20 re f")
    return paper.leak("colour profile", FAMILY, is_inside=False)


def _pieces(names: Names) -> Leak:
    paper = Paper(names)
    paper.catalog_keys["PieceInfo"] = f"<< /Office << /Private ({paper.secret()}) >> >>"
    return paper.leak("private data of a program", FAMILY, is_inside=False)


def _revision(names: Names) -> Leak:
    """An earlier revision shows the name; the last one does not."""
    paper = Paper(names)
    text = paper.secret()
    paper.draw(f"BT /F1 12 Tf 60 150 Td ({text}) Tj ET")
    first = paper.finish()
    clean = b"BT /F1 12 Tf 40 280 Td (" + paper.kept[0].encode() + b") Tj ET"
    number = len(paper.objects)
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, len(clean)) + clean
    body += b"\nendstream\nendobj\n"
    start = first.rindex(b"startxref\n") + 10
    before = int(first[start:].split(b"\n")[0])
    end = (
        f"xref\n{number} 1\n{len(first):010d} 00000 n \ntrailer\n<< /Size {number + 1} /Root 1 0 R "
        f"/Prev {before} >>\nstartxref\n{len(first) + len(body)}\n%%EOF\n"
    )
    return paper.leak("earlier revision", FAMILY, first + body + end.encode(), is_inside=False)


def _encrypted(names: Names) -> Leak:
    """Locked with an owner's password only, so that anyone can read it."""
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.draw(f"BT /F1 12 Tf {x0:.2f} 200 Td ({text}) Tj ET")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper.finish())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="", R=6))
    return paper.leak("owner's password", FAMILY, out.getvalue())


def _trailer(names: Names) -> Leak:
    paper = Paper(names)
    paper.trailer_keys["Maker"] = f"({paper.secret()})"
    return paper.leak("key of the trailer", FAMILY, is_inside=False)


def _template(names: Names) -> Leak:
    """A page that is in no page tree."""
    paper = Paper(names)
    text = paper.secret()
    drawing = paper.stream(f"BT /F1 12 Tf 60 150 Td ({text}) Tj ET")
    font = paper.resources["Font"]["F1"]
    page = paper.add(
        f"<< /Type /Template /MediaBox [0 0 420 320] /Contents {drawing} 0 R "
        f"/Resources << /Font << /F1 {font} >> >> >>"
    )
    paper.catalog_keys["Names"] = f"<< /Templates << /Names [(t) {page} 0 R] >> >>"
    return paper.leak("template page", FAMILY, is_inside=False)


def _label_tree(names: Names) -> Leak:
    """Alternative text of a figure."""
    paper = Paper(names)
    text = paper.secret()
    paper.draw(f"/Figure << /Alt ({text}) /MCID 0 >> BDC 40 100 20 20 re f EMC")
    return paper.leak("alternative text in the content", FAMILY, is_inside=False)


def _page_action(names: Names) -> Leak:
    paper = Paper(names)
    paper.page_keys["AA"] = f"<< /O << /S /JavaScript /JS ({paper.secret()}) >> >>"
    return paper.leak("action of a page", FAMILY, is_inside=False)


def _file_id(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    paper.trailer_keys["ID"] = f"[({text}) ({text})]"
    return paper.leak("identifier of the file", FAMILY, is_inside=False)


def _repeated(names: Names, words: str) -> Paper:
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.draw(f"BT /F1 12 Tf {x0:.2f} 200 Td ({text}) Tj ET")
    paper.draw(f"BT /F1 12 Tf 40 100 Td ({words.replace('WHO', text)}) Tj ET")
    return paper


def _elsewhere(names: Names) -> Leak:
    """The same name left further down: only `never` can say that it must not stay."""
    return _repeated(names, "and again WHO").leak("same name elsewhere", FAMILY)


def _quoted(names: Names) -> Leak:
    paper = _repeated(names, "> From: WHO")
    return paper.leak("name in a quoted mail", FAMILY)


def _initials(names: Names) -> Leak:
    """A name broken by a hyphen at the end of a line, in small letters."""
    paper = Paper(names)
    text = paper.secret()
    first, last = text.lower().split()
    half = len(last) // 2
    lines = f"({first} {last[:half]}-) Tj T* ({last[half:]}) Tj"
    paper.draw(f"BT /F1 12 Tf 14 TL 40 100 Td {lines} ET")
    width = stringWidth(f"{first} {last[:half]}-", "Helvetica", 12)
    paper.area(39, 96, 41 + width, 110)
    paper.area(39, 82, 41 + stringWidth(last[half:], "Helvetica", 12), 95.5)
    return paper.leak("hyphenated over lines", FAMILY)


__all__ = ["kinds", "written"]
