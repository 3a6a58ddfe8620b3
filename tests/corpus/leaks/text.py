"""Leaks in how text is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.corpus.leaks.paper import Leak, Names, Paper, names_kept

FAMILY = "text"
Draw = Callable[[str, float, float], str]


def _show(operators: str, x: float, y: float, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x:.3f} {y} Td {operators} ET"


def _kerned(text: str, x: float, y: float) -> str:
    parts = " ".join(f"({char}) {-12 if at % 2 else 12}" for at, char in enumerate(text))
    return _show(f"[{parts}] TJ", x, y)


def _one_by_one(text: str, x: float, y: float) -> str:
    out = []
    for char in text:
        out.append(_show(f"({char}) Tj", x, y))
        x += stringWidth(char, "Helvetica", 12)
    return "\n".join(out)


def _shuffled(text: str, x: float, y: float) -> str:
    lines = _one_by_one(text, x, y).split("\n")
    return "\n".join(lines[::2] + lines[1::2])


_SIMPLE: dict[str, Draw] = {
    "show": lambda t, x, y: _show(f"({t}) Tj", x, y),
    "kerned array": _kerned,
    "next-line show": lambda t, x, y: f"BT /F1 12 Tf 14 TL {x:.3f} {y + 14} Td ({t}) ' ET",
    "spaced show": lambda t, x, y: f'BT /F1 12 Tf 14 TL {x:.3f} {y + 14} Td 0 0 ({t}) " ET',
    "one glyph at a time": _one_by_one,
    "glyphs out of order": _shuffled,
    "hex string": lambda t, x, y: _show(f"<{t.encode().hex()}> Tj", x, y),
    "octal string": lambda t, x, y: _show(
        "(" + "".join(f"\\{ord(char):03o}" for char in t) + ") Tj", x, y
    ),
    "string over lines": lambda t, x, y: _show("(" + t[:3] + "\\\n" + t[3:] + ") Tj", x, y),
    "negative array": lambda t, x, y: _show(f"[({t[:4]}) 0 ({t[4:]})] TJ", x, y),
    "character spacing": lambda t, x, y: _show(f"0.01 Tc ({t}) Tj 0 Tc", x, y),
    "word spacing": lambda t, x, y: _show(f"0.2 Tw ({t}) Tj 0 Tw", x, y),
    "stretched": lambda t, x, y: _show(f"99 Tz ({t}) Tj 100 Tz", x, y),
    "raised": lambda t, x, y: _show(f"1 Ts ({t}) Tj 0 Ts", x, y),
    "invisible mode": lambda t, x, y: _show(f"3 Tr ({t}) Tj 0 Tr", x, y),
    "clipping mode": lambda t, x, y: f"q {_show(f'7 Tr ({t}) Tj', x, y)} Q",
    "outline mode": lambda t, x, y: _show(f"1 Tr 0.2 w ({t}) Tj 0 Tr", x, y),
    "shadow copy": lambda t, x, y: (
        f"0.5 g {_show(f'({t}) Tj', x + 0.4, y - 0.4)} 0 g {_show(f'({t}) Tj', x, y)}"
    ),
    "turned upside down and back": lambda t, x, y: (
        f"q -1 0 0 -1 {2 * x:.3f} {2 * y} cm -1 0 0 -1 {2 * x:.3f} {2 * y} cm "
        f"{_show(f'({t}) Tj', x, y)} Q"
    ),
    "tiny font, large matrix": lambda t, x, y: (
        f"BT /F1 0.12 Tf 100 0 0 100 {x:.3f} {y} Tm ({t}) Tj ET"
    ),
    "huge font, small matrix": lambda t, x, y: (
        f"BT /F1 1200 Tf 0.01 0 0 0.01 {x:.3f} {y} Tm ({t}) Tj ET"
    ),
    "replacement text": lambda t, x, y: (
        f"/Span << /ActualText ({t}) >> BDC {_show(f'({t}) Tj', x, y)} EMC"
    ),
    "white under the area": lambda t, x, y: f"1 g {_show(f'({t}) Tj', x, y)} 0 g",
}


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each way of drawing text."""
    for kind, draw in _SIMPLE.items():
        paper = Paper(names)
        text = paper.secret()
        x0, _ = paper.before_and_after(text)
        paper.draw(draw(text, x0, 200))
        yield paper.leak(kind, FAMILY)
    yield from (make(names) for make in (_one_run, _two_areas, _broken_line, _turned, _accents,
                                         _exact_edge, _sideways_run, _slanted, _downwards))  # fmt: skip


def _one_run(names: Names) -> Leak:
    """Kept words before and after in the same string."""
    paper = Paper(names)
    text, head, tail = paper.secret(), names_kept(paper), names_kept(paper)
    x0 = 40 + stringWidth(head + " ", "Helvetica", 12)
    paper.draw(_show(f"({head} {text} {tail}) Tj", 40, 200))
    paper.area(x0 - 0.5, 196.4, x0 + stringWidth(text, "Helvetica", 12) + 0.5, 211)
    return paper.leak("inside a longer run", FAMILY)


def _two_areas(names: Names) -> Leak:
    paper = Paper(names)
    first, second = paper.secret(), paper.secret(names.phone())
    head, middle = names_kept(paper), names_kept(paper)
    x0 = 40 + stringWidth(head + " ", "Helvetica", 10)
    x1 = x0 + stringWidth(first, "Helvetica", 10)
    x2 = x1 + stringWidth(f" {middle} ", "Helvetica", 10)
    paper.draw(_show(f"({head} {first} {middle} {second}) Tj", 40, 200, 10))
    paper.area(x0 - 0.5, 197, x1 + 0.5, 209.5)
    paper.area(x2 - 0.5, 197, x2 + stringWidth(second, "Helvetica", 10) + 0.5, 209.5)
    return paper.leak("two areas in one run", FAMILY)


def _broken_line(names: Names) -> Leak:
    paper = Paper(names)
    text, head, tail = paper.secret(), names_kept(paper), names_kept(paper)
    first, last = text.split()
    x0 = 40 + stringWidth(head + " ", "Helvetica", 12)
    paper.draw(f"BT /F1 12 Tf 16 TL 40 200 Td ({head} {first}) Tj T* ({last} {tail}) Tj ET")
    paper.area(x0 - 0.5, 196.4, x0 + stringWidth(first, "Helvetica", 12) + 0.5, 211)
    paper.area(39.5, 180.4, 40.5 + stringWidth(last, "Helvetica", 12), 195)
    return paper.leak("broken over two lines", FAMILY)


def _turned(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    length = stringWidth(text, "Helvetica", 12)
    paper.draw(f"BT /F1 12 Tf 0 1 -1 0 300 60 Tm ({text}) Tj ET")
    paper.area(288, 59, 304, 61 + length)
    return paper.leak("turned by ninety degrees", FAMILY)


def _slanted(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    length = stringWidth(text, "Helvetica", 12)
    paper.draw(f"BT /F1 12 Tf 0.866 0.5 -0.5 0.866 60 60 Tm ({text}) Tj ET")
    paper.area(50, 54, 62 + length * 0.87, 76 + length * 0.5)
    return paper.leak("turned by thirty degrees", FAMILY)


def _accents(names: Names) -> Leak:
    """An accent drawn as a letter of its own over a base letter."""
    paper = Paper(names)
    last = names.person().split()[1]
    text = paper.secret(f"Renee {last}")
    x0, _ = paper.before_and_after(text)
    paper.draw(_show(f"({text}) Tj", x0, 200))
    paper.draw(_show("(\\264) Tj", x0 + stringWidth("Ren", "Helvetica", 12) + 1, 200))
    return paper.leak("accent set apart", FAMILY)


def _downwards(names: Names) -> Leak:
    """One letter below the other."""
    paper = Paper(names)
    text = paper.secret().replace(" ", "")
    paper.draw("\n".join(_show(f"({c}) Tj", 300, 240 - 9 * n, 8) for n, c in enumerate(text)))
    paper.area(297, 238 - 9 * len(text) + 4, 311, 250)
    return paper.leak("letters downwards", FAMILY)


def _exact_edge(names: Names) -> Leak:
    """The area ends exactly where the last letter ends."""
    paper = Paper(names)
    text, head, tail = paper.secret(), names_kept(paper), names_kept(paper)
    x0 = 40 + stringWidth(head + " ", "Helvetica", 12)
    paper.draw(_show(f"({head} {text} {tail}) Tj", 40, 200))
    paper.area(x0, 196.4, x0 + stringWidth(text, "Helvetica", 12), 211)
    return paper.leak("area ends at a glyph", FAMILY)


def _sideways_run(names: Names) -> Leak:
    """A run that goes back over itself with a negative adjustment."""
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    first, last = text.split()
    gap = stringWidth(first + " ", "Helvetica", 12)
    back = int((stringWidth(last, "Helvetica", 12) + gap) / 12 * 1000)
    ahead = int(gap / 12 * 1000)
    paper.draw(_show(f"[{-ahead} ({last}) {back} ({first})] TJ", x0, 200))
    return paper.leak("run that goes back", FAMILY)
