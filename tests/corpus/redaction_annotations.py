"""PDFs that hide a secret in annotations and forms; see redaction_sheet.py."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from tests.corpus.redaction_sheet import Sheet, case


def _annotated(secret: str, subtype: str, has_look: bool = True, **entries: object) -> bytes:
    sheet = Sheet().draw("")
    note = Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([96, 164, 252, 184]), F=4,
        Contents=String(secret), T=String(secret), NM=String(secret),
    )  # fmt: skip
    for key, value in entries.items():
        note[f"/{key}"] = value
    if has_look:
        look = sheet.form(f"BT /F1 12 Tf 4 6 Td ({secret}) Tj ET")
        look.BBox = Array([0, 0, 156, 20])
        note.AP = Dictionary(N=look)
    sheet.page.obj.Annots = Array([sheet.pdf.make_indirect(note)])
    return sheet.bytes()


@case()
def free_text(secret: str) -> bytes:
    return _annotated(secret, "FreeText", DA=String("/F1 12 Tf 0 g"))


@case()
def stamp(secret: str) -> bytes:
    return _annotated(secret, "Stamp")


@case(areas=())
def sticky_note(secret: str) -> bytes:
    return _annotated(secret, "Text", has_look=False)


@case(areas=())
def redact_mark_never_applied(secret: str) -> bytes:
    return _annotated(secret, "Redact", OverlayText=String(secret))


@case(areas=())
def link(secret: str) -> bytes:
    action = Dictionary(S=Name.URI, URI=String(f"https://example.org/{secret}"))
    return _annotated(secret, "Link", has_look=False, A=action)


@case(areas=())
def hidden_stamp(secret: str) -> bytes:
    return _annotated(secret, "Stamp", F=2)


@case()
def highlight_with_a_note(secret: str) -> bytes:
    return _annotated(secret, "Highlight", QuadPoints=Array([96, 184, 252, 184, 96, 164, 252, 164]))


@case()
def filled_field(secret: str) -> bytes:
    return _field(secret)


@case()
def filled_field_without_a_look(secret: str) -> bytes:
    return _field(secret, has_look=False)


@case(areas=())
def hidden_field(secret: str) -> bytes:
    return _field(secret, flags=2)


def _field(secret: str, *, has_look: bool = True, flags: int = 4) -> bytes:
    sheet = Sheet().draw("")
    look = sheet.form(f"BT /F1 12 Tf 4 6 Td ({secret}) Tj ET")
    look.BBox = Array([0, 0, 156, 20])
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, Rect=Array([96, 164, 252, 184]), F=flags,
        FT=Name.Tx, T=String(secret), V=String(secret), DV=String(secret), TU=String(secret),
        DA=String("/F1 12 Tf 0 g"),
    )  # fmt: skip
    if has_look:
        field.AP = Dictionary(N=look)
    sheet.page.obj.Annots = Array([sheet.pdf.make_indirect(field)])
    sheet.pdf.Root.AcroForm = Dictionary(
        Fields=sheet.page.obj.Annots, NeedAppearances=True, DA=String("/F1 12 Tf 0 g"),
        XFA=sheet.pdf.make_stream(f"<x>{secret}</x>".encode()),
        DR=Dictionary(Font=Dictionary(F1=sheet.font)),
    )  # fmt: skip
    return sheet.bytes()
