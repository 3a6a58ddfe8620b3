"""PDFs as they arrive: opened, attachments taken out, what a print-out leaves out told."""

from __future__ import annotations

import re
from datetime import date

import pikepdf

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.names import clean_name
from sar.documents.pdf_hidden import hidden_parts
from sar.documents.whole_pdf import whole_pdf

LOCKED = "This PDF needs a password. Ask the sender for it, or upload a copy without one."
_DAMAGED = (
    "This PDF is damaged and cannot be opened. "
    "Ask for it again, or print it to a new PDF and upload that."
)
_MOST_FILES = 500


def convert_pdf(material: Material) -> Made:
    """The PDF without encryption; its attachments as children."""
    made = Made(material.folder / "opened.pdf")
    try:
        source = whole_pdf(material.path, material.folder, material.password or "")
        with pikepdf.open(source, password=material.password or "") as pdf:
            if not len(pdf.pages):
                raise DocumentError(DocumentFault.EMPTY, "This PDF has no pages. Ask for it again.")
            _take_attachments(pdf, made, material)
            made.hidden = hidden_parts(pdf, material.path)
            made.title, made.dated_on = _said_about_itself(pdf)
            pdf.save(made.pdf, encryption=False)
    except pikepdf.PasswordError as error:
        raise DocumentError(DocumentFault.ENCRYPTED, LOCKED) from error
    except pikepdf.PdfError as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
    return made


def _take_attachments(pdf: pikepdf.Pdf, made: Made, material: Material) -> None:
    for key, specification in list(pdf.attachments.items())[:_MOST_FILES]:
        try:
            name = specification.filename or key
            content = specification.get_file().read_bytes()
        except (pikepdf.PdfError, KeyError, ValueError, AttributeError):
            made.hidden.append(HiddenPart(f"{clean_name(key)}: an attachment that is damaged"))
            continue
        made.add_child(material.folder, clean_name(name), content)
    for name, content in _pinned_files(pdf):
        if not any(child.path.read_bytes() == content for child in made.children):
            made.add_child(material.folder, clean_name(name), content)


def _pinned_files(pdf: pikepdf.Pdf) -> list[tuple[str, bytes]]:
    """Files fixed to a place on a page by an annotation."""
    found = []
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            try:
                if annotation.get("/Subtype") == "/FileAttachment":
                    specification = annotation.FS
                    name = str(specification.get("/UF", specification.get("/F", "attachment")))
                    found.append((name, specification.EF.F.read_bytes()))
            except (pikepdf.PdfError, KeyError, ValueError, AttributeError, TypeError):
                continue
    return found[:_MOST_FILES]


def _said_about_itself(pdf: pikepdf.Pdf) -> tuple[str | None, date | None]:
    try:
        title = str(pdf.docinfo.get("/Title", "")).strip() or None
        written = str(pdf.docinfo.get("/CreationDate", ""))
    except (pikepdf.PdfError, ValueError, AttributeError, TypeError):
        return None, None
    found = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", written)
    try:
        return title, date(*map(int, found.groups())) if found else None
    except ValueError:
        return title, None
