"""Ways of redacting that do not: each takes a leak and gives the file such a tool would give."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary, Name

from sar.domain.redaction import Area
from tests.corpus.leaks.paper import HIGH, Leak

_OF_A_PAGE = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}


def nothing_at_all(leak: Leak) -> bytes:
    """A filter that lets everything through."""
    return leak.pdf


def black_rectangles(leak: Leak) -> bytes:
    """A black box drawn over each area."""
    with pikepdf.open(io.BytesIO(leak.pdf)) as pdf:
        _blacken(pdf, leak.areas)
        return _saved(pdf)


def labelled_rectangles(leak: Leak) -> bytes:
    """A black box with the code in white over each area, as our own marks look."""
    with pikepdf.open(io.BytesIO(leak.pdf)) as pdf:
        _blacken(pdf, leak.areas, is_labelled=True)
        return _saved(pdf)


def tidy_rectangles(leak: Leak) -> bytes:
    """Black boxes, then every part of the file that a clean file has not is taken out."""
    with pikepdf.open(io.BytesIO(leak.pdf)) as pdf:
        _blacken(pdf, leak.areas, is_labelled=True)
        _keep(pdf.Root, {"/Type", "/Pages"})
        _keep(pdf.trailer, {"/Root", "/Size"})
        for page in pdf.pages:
            _keep(page.obj, _OF_A_PAGE)
        pdf.remove_unreferenced_resources()
        return _saved(pdf)


REDACTORS: dict[str, Callable[[Leak], bytes]] = {
    "nothing at all": nothing_at_all,
    "black rectangles": black_rectangles,
    "labelled rectangles": labelled_rectangles,
    "tidy rectangles": tidy_rectangles,
}


def _keep(holder: pikepdf.Object, names: set[str]) -> None:
    for name in list(holder.keys()):
        if name not in names:
            del holder[name]


def _blacken(pdf: pikepdf.Pdf, areas: tuple[Area, ...], *, is_labelled: bool = False) -> None:
    for page in {area.page for area in areas}:
        _draw(pdf, pdf.pages[page - 1], [each for each in areas if each.page == page], is_labelled)


def _draw(pdf: pikepdf.Pdf, page: pikepdf.Page, areas: list[Area], is_labelled: bool) -> None:
    page.contents_add(pdf.make_stream(b"q"), prepend=True)
    operators = ["Q"]
    for area in areas:
        rect = area.rect
        bottom = HIGH - rect.y1
        operators.append(f"q 0 g {rect.x0} {bottom} {rect.width} {rect.height} re f Q")
        if is_labelled:
            size = min(8.0, rect.width / 4)
            at = f"{rect.x0 + 2} {bottom + 3}"
            operators.append(f"q 1 g BT /Label {size} Tf {at} Td ({area.code}) Tj ET Q")
    if is_labelled:
        resources = pikepdf.Dictionary(page.resources)
        fonts = pikepdf.Dictionary(resources.get("/Font", Dictionary()))
        fonts["/Label"] = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        resources["/Font"] = fonts
        page.obj.Resources = resources
    page.contents_add(pdf.make_stream("\n".join(operators).encode()))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()
