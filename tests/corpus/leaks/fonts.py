"""Leaks in fonts: what an embedded program or its tables say of letters that are gone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.resources import files

from fontTools import subset
from fontTools.ttLib import TTFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.corpus.leaks.paper import Leak, Names, Paper

FAMILY = "fonts"


class _Program:
    """A TrueType program, whole or cut down to some text, with widths and glyph numbers."""

    def __init__(self, text: str | None = None) -> None:
        source = files("reportlab") / "fonts" / "Vera.ttf"
        self.font = TTFont(io.BytesIO(source.read_bytes()))
        if text is not None:
            options = subset.Options(retain_gids=False, notdef_outline=True, glyph_names=True)
            cutter = subset.Subsetter(options)
            cutter.populate(text=text)
            cutter.subset(self.font)
        out = io.BytesIO()
        self.font.save(out)
        self.data = out.getvalue()
        self.cmap = self.font.getBestCmap()
        self.units = self.font["head"].unitsPerEm

    def code(self, char: str) -> int:
        return int(self.font.getGlyphID(self.cmap[ord(char)]))

    def width(self, char: str) -> float:
        return float(self.font["hmtx"][self.cmap[ord(char)]][0] * 1000 / self.units)


def _composite(paper: Paper, program: _Program, text: str, *, says: str | None = "") -> None:
    """Adds an Identity-H font as /F2; says is what ToUnicode claims (None: there is none)."""
    file = paper.stream(program.data, f"/Length1 {len(program.data)}", packed=True)
    descriptor = paper.add(
        "<< /Type /FontDescriptor /FontName /ABCDEF+Vera /Flags 4 /FontBBox [-200 -240 1300 940] "
        f"/ItalicAngle 0 /Ascent 930 /Descent -240 /CapHeight 730 /StemV 80 /FontFile2 {file} 0 R >>"
    )
    chars = sorted(set(text))
    widths = " ".join(f"{program.code(char)} [{program.width(char):.0f}]" for char in chars)
    child = paper.add(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Vera /CIDToGIDMap /Identity "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R /DW 600 /W [{widths}] >>"
    )
    mapping = ""
    if says is not None:
        rows = "\n".join(
            f"<{program.code(char):04x}> <{ord(char if not says else says):04x}>" for char in chars
        )
        cmap = paper.stream(
            "/CIDInit /ProcSet findresource begin\nbegincmap\n1 begincodespacerange\n"
            f"<0000> <ffff>\nendcodespacerange\n{len(chars)} beginbfchar\n{rows}\nendbfchar\n"
            "endcmap\nend"
        )
        mapping = f"/ToUnicode {cmap} 0 R"
    number = paper.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Vera /Encoding /Identity-H "
        f"/DescendantFonts [{child} 0 R] {mapping} >>"
    )
    paper.use("Font", "F2", number)


def _glyphs(program: _Program, text: str) -> str:
    return "<" + "".join(f"{program.code(char):04x}" for char in text) + "> Tj"


def _length(program: _Program, text: str, size: float) -> float:
    return sum(program.width(char) for char in text) * size / 1000


def _drawn(paper: Paper, program: _Program, text: str) -> None:
    kept = paper.kept[0]
    paper.draw(f"BT /F2 12 Tf 40 200 Td {_glyphs(program, kept)} ET")
    x = 48 + _length(program, kept, 12)
    paper.draw(f"BT /F2 12 Tf {x:.2f} 200 Td {_glyphs(program, text)} ET")
    paper.area(x - 0.5, 196.4, x + _length(program, text, 12) + 0.5, 211)


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each kind of font."""
    for kind, says, is_whole in (
        ("whole font embedded", "", True),
        ("composite font", "", False),
        ("no text behind the glyphs", None, False),
        ("every glyph says X", "X", False),
    ):
        paper = Paper(names)
        text = paper.secret()
        every = text + paper.kept[0]
        program = _Program(None if is_whole else every)
        _composite(paper, program, every, says=says)
        _drawn(paper, program, text)
        yield paper.leak(kind, FAMILY)
    yield from (make(names) for make in (_renumbered, _glyph_names, _type_3, _font_name))


def _renumbered(names: Names) -> Leak:
    """A simple font whose codes mean other letters than they look like."""
    paper = Paper(names)
    text = paper.secret()
    chars = sorted(set(text) | set(paper.kept[0]))
    code = {char: 65 + at for at, char in enumerate(chars)}
    names_of = {" ": "space"}
    listed = " ".join(f"/{names_of.get(char, char)}" for char in chars)
    widths = " ".join(f"{stringWidth(char, 'Helvetica', 1000):.0f}" for char in chars)
    paper.use("Font", "F2", paper.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 65 "
        f"/LastChar {64 + len(chars)} /Widths [{widths}] "
        f"/Encoding << /Type /Encoding /Differences [65 {listed}] >> >>"
    ))  # fmt: skip
    x0, _ = paper.before_and_after(text)
    shown = "".join(f"{code[char]:02x}" for char in text)
    paper.draw(f"BT /F2 12 Tf {x0:.2f} 200 Td <{shown}> Tj ET")
    return paper.leak("renumbered codes", FAMILY)


def _type_3(names: Names) -> Leak:
    """One glyph whose drawing is the whole name."""
    paper = Paper(names)
    text = paper.secret()
    length = stringWidth(text, "Helvetica", 12)
    glyph = paper.stream(f"{length:.0f} 0 d0 BT /F1 12 Tf 0 0 Td ({text}) Tj ET")
    paper.use("Font", "F3", paper.add(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 -4 200 14] /FontMatrix [1 0 0 1 0 0] "
        f"/CharProcs << /w {glyph} 0 R >> /Encoding << /Type /Encoding /Differences [97 /w] >> "
        f"/FirstChar 97 /LastChar 97 /Widths [{length:.0f}] "
        f"/Resources << /Font << /F1 {paper.resources['Font']['F1']} >> >> >>"
    ))  # fmt: skip
    x0, _ = paper.before_and_after(text)
    paper.draw(f"BT /F3 1 Tf {x0:.2f} 200 Td (a) Tj ET")
    return paper.leak("glyph that draws a word", FAMILY)


def _glyph_names(names: Names) -> Leak:
    """The encoding of a font nobody uses is spelt with the name."""
    paper = Paper(names)
    text = paper.secret()
    spelt = text.replace(" ", "_")
    paper.use("Font", "F4", paper.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
        f"/Encoding << /Type /Encoding /Differences [65 /{spelt}] >> >>"
    ))  # fmt: skip
    return paper.leak("glyph name", FAMILY, is_inside=False)


def _font_name(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    spelt = text.replace(" ", "#20")
    paper.use("Font", "F5", paper.add(
        f"<< /Type /Font /Subtype /TrueType /BaseFont /{spelt} /Encoding /WinAnsiEncoding >>"
    ))  # fmt: skip
    return paper.leak("name of a font", FAMILY, is_inside=False)
