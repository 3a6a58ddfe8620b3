"""Leaks nobody can see on the page."""

from __future__ import annotations

from collections.abc import Iterator

from tests.corpus.leaks.paper import Leak, Names, Paper

FAMILY = "invisible"


def _shown(text: str, x: float = 60, y: float = 150, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x:.2f} {y} Td ({text}) Tj ET"


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each way to hide."""
    hidden = {
        "outside the media box": lambda t: _shown(t, 60, -200),
        "far to the left": lambda t: _shown(t, -400, 150),
        "clipped away": lambda t: f"q 0 0 10 10 re W n {_shown(t)} Q",
        "covered by a white shape": lambda t: f"{_shown(t)} 1 g 50 140 250 30 re f 0 g",
        "covered by a black shape": lambda t: f"{_shown(t)} 50 140 250 30 re f",
        "white on white": lambda t: f"1 g {_shown(t)} 0 g",
        "nearly white": lambda t: f"0.99 g {_shown(t)} 0 g",
        "stray invisible text": lambda t: f"3 Tr {_shown(t)} 0 Tr",
        "too small to see": lambda t: _shown(t, 60, 150, 0.05),
        "flattened to nothing": lambda t: f"BT /F1 12 Tf 1 0 0 0.001 60 150 Tm ({t}) Tj ET",
        "black on black": lambda t: f"50 140 250 30 re f {_shown(t)}",
    }
    for kind, draw in hidden.items():
        paper = Paper(names)
        paper.draw(draw(paper.secret()))
        yield paper.leak(kind, FAMILY, is_inside=False)
    yield from (make(names) for make in (_crop, _layer, _alpha, _under_picture, _empty_clip))


def _crop(names: Names) -> Leak:
    paper = Paper(names)
    paper.page_keys["CropBox"] = "[0 100 420 320]"
    paper.draw(_shown(paper.secret(), 60, 50))
    return paper.leak("outside the crop box", FAMILY, is_inside=False)


def _layer(names: Names) -> Leak:
    paper = Paper(names)
    group = paper.add("<< /Type /OCG /Name (Draft) >>")
    paper.catalog_keys["OCProperties"] = (
        f"<< /OCGs [{group} 0 R] /D << /OFF [{group} 0 R] /Order [{group} 0 R] >> >>"
    )
    paper.use("Properties", "L1", group)
    paper.draw(f"/OC /L1 BDC {_shown(paper.secret())} EMC")
    return paper.leak("hidden layer", FAMILY, is_inside=False)


def _alpha(names: Names) -> Leak:
    paper = Paper(names)
    paper.use("ExtGState", "G1", paper.add("<< /Type /ExtGState /ca 0 /CA 0 >>"))
    paper.draw(f"q /G1 gs {_shown(paper.secret())} Q")
    return paper.leak("transparent", FAMILY, is_inside=False)


def _under_picture(names: Names) -> Leak:
    paper = Paper(names)
    pixels = bytes(names.random.randrange(256) for _ in range(64 * 64))
    entries = "/Type /XObject /Subtype /Image /Width 64 /Height 64 /BitsPerComponent 8 "
    paper.use("XObject", "I1", paper.stream(pixels, entries + "/ColorSpace /DeviceGray"))
    paper.draw(f"{_shown(paper.secret())} q 260 0 0 60 50 130 cm /I1 Do Q")
    return paper.leak("covered by a picture", FAMILY, is_inside=False)


def _empty_clip(names: Names) -> Leak:
    """Text that only serves as a clip through which nothing is painted."""
    paper = Paper(names)
    paper.draw(f"q BT /F1 12 Tf 7 Tr 60 150 Td ({paper.secret()}) Tj ET Q")
    return paper.leak("text as an idle clip", FAMILY, is_inside=False)
