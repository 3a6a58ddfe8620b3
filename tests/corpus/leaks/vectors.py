"""Leaks in lines and shapes: words drawn as outlines, signatures, clips."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from tests.corpus.leaks.paper import Leak, Names, Paper

FAMILY = "vectors"


def outline(text: str, x: float, y: float, size: float = 14) -> tuple[list[str], float]:
    """The outline of each letter as path operators, and where the line ends."""
    font = TTFont(str(files("reportlab") / "fonts" / "Vera.ttf"))
    glyphs, cmap, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    paths = []
    for char in text:
        pen = DecomposingRecordingPen(glyphs)
        glyphs[cmap[ord(char)]].draw(pen)
        paths.append(_operators(pen.value, x, y, scale))
        x += glyphs[cmap[ord(char)]].width * scale
    return paths, x


def _operators(steps: list, x: float, y: float, scale: float) -> str:
    def at(point: tuple[float, float]) -> str:
        return f"{x + point[0] * scale:.2f} {y + point[1] * scale:.2f}"

    out = []
    for name, points in steps:
        if name == "moveTo":
            out.append(f"{at(points[0])} m")
        elif name in ("lineTo", "qCurveTo", "curveTo"):
            out += [f"{at(point)} l" for point in points if point is not None]
        else:
            out.append("h")
    return " ".join(out)


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each kind."""
    yield from (make(names) for make in (_many, _one, _form, _clip, _stroked, _signature, _white))


def _started(names: Names) -> tuple[Paper, list[str], float]:
    paper = Paper(names)
    paths, end = outline(paper.secret(), 60, 200)
    paper.area(59, 195, end + 1, 214)
    return paper, paths, end


def _many(names: Names) -> Leak:
    paper, paths, _ = _started(names)
    paper.draw("\n".join(f"{path} f" for path in paths))
    return paper.leak("outlines, one path a letter", FAMILY)


def _one(names: Names) -> Leak:
    paper, paths, _ = _started(names)
    paper.draw(" ".join(paths) + " f")
    return paper.leak("outlines in one path", FAMILY)


def _form(names: Names) -> Leak:
    paper, paths, _ = _started(names)
    number = paper.stream(
        " ".join(paths) + " f", "/Type /XObject /Subtype /Form /BBox [0 0 420 320]"
    )
    paper.use("XObject", "X1", number)
    paper.draw("/X1 Do")
    return paper.leak("outlines in a form", FAMILY)


def _clip(names: Names) -> Leak:
    paper, paths, end = _started(names)
    paper.draw(f"q {' '.join(paths)} W n 50 190 {end:.1f} 30 re f Q")
    return paper.leak("outlines as a clip", FAMILY)


def _stroked(names: Names) -> Leak:
    paper, paths, _ = _started(names)
    paper.draw(f"0.3 w {' '.join(paths)} S")
    return paper.leak("outlines as lines", FAMILY)


def _signature(names: Names) -> Leak:
    """A signature whose flourish runs out of the area."""
    paper = Paper(names)
    paper.secret("a signature")
    rng = names.random
    points = [(60 + 8 * step, 200 + rng.uniform(-12, 12)) for step in range(24)]
    curve = f"{points[0][0]:.1f} {points[0][1]:.1f} m " + " ".join(
        f"{x:.1f} {y:.1f} l" for x, y in points[1:]
    )
    paper.draw(f"1 w {curve} S")
    paper.area(58, 186, 200, 214)
    return paper.leak("signature that runs out of the area", FAMILY)


def _white(names: Names) -> Leak:
    """White outlines, to be read by anyone who moves what is over or under them."""
    paper, paths, _ = _started(names)
    paper.draw(f"1 g {' '.join(paths)} f 0 g")
    return paper.leak("white outlines", FAMILY)
