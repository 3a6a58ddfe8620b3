"""Leaks planted in a good output, in the form a good output has: only a close look finds them."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from sar.domain.redaction import Rect
from tests.corpus.leaks.paper import HIGH, Names, Paper
from tests.corpus.leaks.pictures import drawn as drawn_picture
from tests.corpus.leaks.pictures import placed_jpeg

Plant = Callable[[pikepdf.Pdf, Rect, str], None]


def source(names: Names) -> Paper:
    """A page with a line of text and a picture, an area on each."""
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.draw(f"BT /F1 12 Tf {x0:.2f} 200 Td ({text}) Tj ET")
    placed_jpeg(paper, drawn_picture(paper.kept[0], "Gideon Farrow"), 60)
    paper.area(140, 58, 240, 94)
    return paper


def _add(pdf: pikepdf.Pdf, operators: str, *, is_first: bool = False) -> None:
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(page.obj.Resources)
    fonts = Dictionary(page.obj.Resources.get("/Font", Dictionary()))
    if "/FX" in operators:
        fonts["/FX"] = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
    page.obj.Resources.Font = fonts
    if is_first:
        page.contents_add(pdf.make_stream(f"q {operators} Q\n".encode()), prepend=True)
        return
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(f"\nQ {operators}".encode()))


def _text(words: str, x: float, y: float, before: str = "", size: float = 9) -> str:
    return f"q BT {before} /FX {size} Tf {x} {y} Td ({words}) Tj ET Q"


def _beneath(operators: Callable[[float, float], str]) -> Plant:
    """Draws at the lower left of the mark, before everything else."""

    def plant(pdf: pikepdf.Pdf, mark: Rect, _: str) -> None:
        _add(pdf, operators(mark.x0 + 3, HIGH - mark.y1 + 3), is_first=True)

    return plant


def _above(operators: Callable[[float, float], str]) -> Plant:
    def plant(pdf: pikepdf.Pdf, mark: Rect, _: str) -> None:
        _add(pdf, operators(mark.x0 + 2, HIGH - mark.y1 + 2))

    return plant


def _aside(operators: str) -> Plant:
    """Draws away from every mark; WHO stands for the secret."""

    def plant(pdf: pikepdf.Pdf, _: Rect, secret: str) -> None:
        _add(pdf, operators.replace("WHO", secret))

    return plant


def _each(pdf: pikepdf.Pdf, key: str) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if isinstance(each, Dictionary) and key in each]


def _extra_width(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
    for each in _each(pdf, "/W"):
        each.W[1].append(555)


def _extra_letter(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
    for each in _each(pdf, "/ToUnicode"):
        data = each.ToUnicode.read_bytes()
        each.ToUnicode.write(data.replace(b"endbfchar", b"<00f1> <0051>\nendbfchar", 1))


def _pictures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    ]


def _rewritten(change: Callable[[Image.Image], Image.Image], **options: object) -> Plant:
    def plant(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
        for each in _pictures(pdf):
            with Image.open(io.BytesIO(each.read_raw_bytes())) as image:
                out = io.BytesIO()
                change(image.convert("L")).save(out, "JPEG", quality=90, **options)
            each.ColorSpace = Name.DeviceGray
            each.write(out.getvalue(), filter=Name.DCTDecode)

    return plant


def _ghost(image: Image.Image) -> Image.Image:
    """The words again under the area, so faint that an eye sees black."""
    cells = np.array(image)
    words = np.array(drawn_picture("Gideon", "Gideon Farrow").resize(image.size))
    middle = slice(int(image.width * 0.33), int(image.width * 0.6))
    cells[:, middle] = (255 - words[:, middle]) // 6
    return Image.fromarray(cells)


def _drawn_again(matrix: str, clip: str = "") -> Plant:
    def plant(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
        name = next(iter(pdf.pages[0].obj.Resources.XObject.keys()))
        _add(pdf, f"q {clip} {matrix} cm {name} Do Q")

    return plant


def _unused_picture(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
    entries = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10,
                         BitsPerComponent=8, ColorSpace=Name.DeviceGray)  # fmt: skip
    drawings = pdf.pages[0].obj.Resources.XObject
    drawings["/I7"] = pdf.make_indirect(pikepdf.Stream(pdf, b"\0" * 100, entries))


def _bookmark(pdf: pikepdf.Pdf, _: Rect, secret: str) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Report on {secret}", 0))


def _alternative(pdf: pikepdf.Pdf, _: Rect, secret: str) -> None:
    figure = Dictionary(S=Name.Figure, Alt=String(secret))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=Array([figure]))
    )


def _titled(spell: Callable[[str], str]) -> Plant:
    def plant(pdf: pikepdf.Pdf, _: Rect, secret: str) -> None:
        pdf.docinfo["/Title"] = spell(secret)

    return plant


def _note(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Annots = Array([note])


def _see_through(pdf: pikepdf.Pdf, _: Rect, __: str) -> None:
    _add(pdf, f"q /GX gs {_text('Somebody Else', 40, 20)} Q")
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(GX=Dictionary(Type=Name.ExtGState, ca=0.01))


_HIDDEN = "Somebody Else"
PLANTED: dict[str, Plant] = {
    "a letter under a mark": _beneath(lambda x, y: _text("Q", x, y)),
    "a letter of the label under a mark": _beneath(lambda x, y: _text("s", x, y)),
    "a thin line under a mark": _beneath(lambda x, y: f"0.2 w {x} {y} m {x + 15} {y + 4} l S"),
    "a curve under a mark": _beneath(
        lambda x, y: f"0.2 w {x} {y} m {x + 4} {y + 6} {x + 9} {y} {x + 15} {y + 4} c S"
    ),
    "a light spot on a mark": _above(lambda x, y: f"1 g {x} {y} 2 2 re f"),
    "a grey spot on a mark": _above(lambda x, y: f"0.3 g {x} {y} 2 2 re f"),
    "a width too many": _extra_width,
    "a letter too many": _extra_letter,
    "a faint ghost in a picture": _rewritten(_ghost),
    "a comment in a picture": _rewritten(lambda image: image, comment=b"hello"),
    "a picture clipped": _drawn_again("200 0 0 20 10 10", "10 10 20 10 re W n"),
    "a picture off the page": _drawn_again("200 0 0 20 -900 10"),
    "a picture nobody sees": _drawn_again("0.01 0 0 0.01 5 10"),
    "a picture never drawn": _unused_picture,
    "a title": _titled(lambda secret: secret),
    "a title backwards": _titled(lambda secret: secret[::-1]),
    "a title in hex": _titled(lambda secret: secret.encode().hex()),
    "a title in base 64": _titled(lambda secret: base64.b64encode(f"x {secret}".encode()).decode()),
    "a title in small letters run together": _titled(lambda s: s.lower().replace(" ", "")),
    "a language": lambda pdf, _, secret: setattr(pdf.Root, "Lang", String(secret)),
    "a bookmark": _bookmark,
    "alternative text": _alternative,
    "a comment in the drawing": _aside("% WHO\n"),
    "a note": _note,
    "white text": _aside(_text(_HIDDEN, 40, 20, "1 g")),
    "text without ink": _aside(_text(_HIDDEN, 40, 20, "3 Tr")),
    "text off the page": _aside(_text(_HIDDEN, 40, -60)),
    "text half off the page": _aside(_text(_HIDDEN, 390, 20)),
    "text under a shape": _aside(_text(_HIDDEN, 40, 20) + " 0 g 30 10 150 30 re f"),
    "text clipped away": _aside("q 300 300 5 5 re W n " + _text(_HIDDEN, 40, 20) + " Q"),
    "text half clipped away": _aside("q 38 10 20 30 re W n " + _text(_HIDDEN, 40, 20) + " Q"),
    "text nearly transparent": _see_through,
}


def planted(pdf: bytes, plant: Plant, mark: Rect, secret: str) -> bytes:
    """The output with one leak in it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        plant(opened, mark, secret)
        out = io.BytesIO()
        opened.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return out.getvalue()
