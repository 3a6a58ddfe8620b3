"""Documents that try to fetch an address, or to take in a file of whoever opens them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus import records
from tests.corpus.bad_files import page_of, pdf_of

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = (
    '<?xml version="1.0"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" '
    'office:mimetype="application/vnd.oasis.opendocument.text">'
    "<office:body><office:text><text:p>words</text:p>{}</office:text></office:body>"
    "</office:document>"
)
Reaching = tuple[str, bytes]


def reaching(url: str, file: str) -> Iterator[Reaching]:
    """Name and content of each; `url` is the address it asks for, `file` the file it wants."""
    for number, target in enumerate((url, f"file://{file}")):
        yield from _markup(number, target)
        yield from _office(number, target)
        yield from _open_document(number, target)
        yield from _rich_text(number, target)
        yield from _others(number, target)


def _markup(number: int, target: str) -> Iterator[Reaching]:
    for place, tag in enumerate(
        (
            f'<img src="{target}">',
            f'<link rel="stylesheet" href="{target}">',
            f'<style>@import url("{target}"); body {{ background: url({target}) }}</style>',
            f'<iframe src="{target}"></iframe><object data="{target}"></object>',
            f'<svg><image href="{target}"/></svg><p style="background:url({target})">x</p>',
            f'<link rel="attachment" href="{target}"><embed src="{target}">',
        )
    ):
        body = f"<html><body><p>words</p>{tag}</body></html>"
        yield f"{number}-{place}.html", body.encode()
        mail = f"From: a@b.test\nSubject: x\nContent-Type: text/html\n\n{body}"
        yield f"{number}-{place}.eml", mail.encode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{target}"/><text>words</text></svg>'
    )
    yield f"{number}.svg", svg.encode()
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{target}">]><svg><text>&e;</text></svg>'
    yield f"{number}-entity.svg", entity.encode()
    yield f"{number}.md", f"words ![x]({target})\n\n<img src='{target}'>".encode()


def _office(number: int, target: str) -> Iterator[Reaching]:
    word = records.saved(records.word("words"))
    for kind in ("attachedTemplate", "image", "oleObject", "frame", "subDocument"):
        link = (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId77" '
            f'Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        )
        part = "word/_rels/settings.xml.rels"
        yield f"{number}-{kind}.docx", records.with_part(word, part, link.encode())
    for field in (f'INCLUDETEXT "{target}"', f'INCLUDEPICTURE "{target}" \\d', f"DDE x {target}"):
        document = records.word("words")
        paragraph = document.add_paragraph()
        element = paragraph._p.makeelement(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldSimple",
            {"{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr": field},
        )
        paragraph._p.append(element)
        yield f"{number}-{field.split()[0].lower()}.docx", records.saved(document)
    book = records.workbook_with_hidden_things()
    links = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/externalLinkPath" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )
    part = "xl/externalLinks/_rels/externalLink1.xml.rels"
    yield f"{number}-link.xlsx", records.with_part(book, part, links.encode())
    formula = f'a,b\n"=WEBSERVICE(""{target}"")",words\n'
    yield f"{number}.csv", formula.encode()


def _open_document(number: int, target: str) -> Iterator[Reaching]:
    for place, content in enumerate(
        (
            f'<text:p><draw:frame><draw:image xlink:href="{target}"/></draw:frame></text:p>',
            (
                f'<text:section text:name="s"><text:section-source xlink:href="{target}"/>'
                "<text:p>x</text:p></text:section>"
            ),
            f'<text:p><draw:frame><draw:object xlink:href="{target}"/></draw:frame></text:p>',
            (
                f'<text:p><draw:frame><draw:floating-frame xlink:href="{target}"/></draw:frame>'
                "</text:p>"
            ),
        )
    ):
        yield f"{number}-{place}.fodt", _ODF.format(content).encode()


def _rich_text(number: int, target: str) -> Iterator[Reaching]:
    for place, field in enumerate(("INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DDEAUTO x")):
        body = rf'{{\rtf1\ansi words {{\field{{\*\fldinst {field} "{target}"}}}}\par}}'
        yield f"{number}-{place}.rtf", body.encode()
    template = rf"{{\rtf1\ansi{{\*\template {target}}} words\par}}"
    yield f"{number}-template.rtf", template.encode()


def _others(number: int, target: str) -> Iterator[Reaching]:
    place = target.encode()
    action = b"/AA<</O<</S/URI/URI(" + place + b")>>>>"
    yield f"{number}-uri.pdf", pdf_of(page_of(action), b"<<>>", b"q Q")
    outside = b"<</F<</FS/URL/F(" + place + b")>>>>"
    yield f"{number}-stream.pdf", pdf_of(page_of(), outside, b"")
    card = f"BEGIN:VCARD\nFN:words\nPHOTO;VALUE=uri:{target}\nEND:VCARD\n"
    yield f"{number}.vcf", card.encode()
