"""The structure of a tagged PDF, told from its bytes by pikepdf, and everything wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

PAINTING = {
    *("Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do"),
    "INLINE IMAGE",
}


@dataclass
class Element:
    """A node of the structure: its kind, words, and what it holds, in reading order."""

    kind: str
    object: Any
    alt: str = ""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all()

    def pieces(self) -> Iterator[tuple[int, int]]:
        """(page from 0, number) of each piece of marked content here and below."""
        for kid in self.kids:
            yield from kid.pieces() if isinstance(kid, Element) else [kid]


def root_of(pdf: pikepdf.Pdf) -> Element:
    """The structure tree, from its Document element."""
    pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    return _element(pdf.Root.StructTreeRoot.K, pages, None)


def _element(node: Any, pages: dict[Any, int], page: int | None) -> Element:
    if "/Pg" in node:
        page = pages[node.Pg.objgen]
    element = Element(str(node.S)[1:], node, str(node.get("/Alt", "")))
    kids = node.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            element.kids.append(_element(kid, pages, page))
        elif isinstance(kid, Dictionary) and kid.get("/Type") == "/MCR":
            own = pages[kid.Pg.objgen] if "/Pg" in kid else page
            assert own is not None
            element.kids.append((own, int(kid.MCID)))
        elif isinstance(kid, Dictionary):
            assert kid.get("/Type") == "/OBJR"
        else:
            assert page is not None
            element.kids.append((page, int(kid)))
    return element


def faults(path: Path) -> list[str]:
    """What is wrong with the structure; nothing when every rule of this module holds."""
    with pikepdf.open(path) as pdf:
        root = root_of(pdf)
        found = [*_faults_of_elements(root)]
        in_tree = list(root.pieces())
        in_content = []
        for at, page in enumerate(pdf.pages):
            numbers, untagged = _marked(page)
            in_content += [(at, number) for number in numbers]
            found += [f"page {at + 1}: {operator} is not tagged" for operator in untagged]
        if sorted(in_tree) != sorted(in_content):
            lost = set(in_content) ^ set(in_tree)
            found.append(f"content and tree differ, or say a thing twice: {sorted(lost)[:5]}")
        found += _faults_of_parents(pdf, root)
    return found


def _marked(page: pikepdf.Page) -> tuple[list[int], list[str]]:
    """Numbers of the pieces of marked content, and painting outside any."""
    numbers: list[int] = []
    untagged: list[str] = []
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            if name == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
                numbers.append(int(operands[1].MCID))
                if depth:
                    untagged.append("tagged content inside other")
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in PAINTING and not depth:
            untagged.append(name)
    if depth:
        untagged.append("an open end")
    return numbers, untagged


def _faults_of_elements(root: Element) -> Iterator[str]:
    level = 0
    for element in root.all():
        if element.kind == "Figure" and not element.alt:
            yield "a figure without words"
        if element.kind[:1] == "H" and element.kind[1:].isdigit():
            number = int(element.kind[1:])
            if number > level + 1:
                yield f"a heading {number} after a heading {level}"
            level = number
        if element.kind == "Table":
            yield from _faults_of_table(element)


def _faults_of_table(table: Element) -> Iterator[str]:
    cells = [each for each in table.all() if each.kind in {"TH", "TD"}]
    if not any(each.kind == "TH" for each in cells):
        yield "a table without headers"
    for each in cells:
        if each.kind == "TH" and "/Scope" not in each.object.get("/A", {}):
            yield "a header that does not say what it heads"


def _faults_of_parents(pdf: pikepdf.Pdf, root: Element) -> Iterator[str]:
    """The parent tree leads from each piece of content to the element that holds it."""
    rows = dict(_rows(pdf.Root.StructTreeRoot.ParentTree))
    for element in root.all():
        for kid in element.kids:
            if isinstance(kid, Element):
                if kid.object.P.objgen != element.object.objgen:
                    yield f"a {kid.kind} that names another parent"
                continue
            page, number = kid
            parents = rows[int(pdf.pages[page].obj.StructParents)]
            if parents[number].objgen != element.object.objgen:
                yield f"page {page + 1}: piece {number} leads to another element"


def _rows(node: Any) -> Iterator[tuple[int, Any]]:
    for kid in node.get("/Kids", []):
        yield from _rows(kid)
    numbers = node.get("/Nums", Array())
    for at in range(0, len(numbers), 2):
        yield int(numbers[at]), numbers[at + 1]


def words_in_order(path: Path) -> list[str]:
    """What a screen reader says, piece by piece: the words drawn, or those of a figure."""
    said: list[str] = []
    with pikepdf.open(path) as pdf:
        shown = [_shown(page.obj) for page in pdf.pages]
        _say(root_of(pdf), shown, said)
    return said


def _say(element: Element, shown: list[dict[int, str]], said: list[str]) -> None:
    if element.kind == "Figure":
        said.append(element.alt)
        return
    for kid in element.kids:
        if isinstance(kid, Element):
            _say(kid, shown, said)
        else:
            said.append(shown[kid[0]].get(kid[1], ""))


def _shown(page: Any) -> dict[int, str]:
    """The words of each piece of marked content, by the fonts' maps to Unicode."""
    maps: dict[str, dict[int, str]] = {}
    found: dict[int, str] = {}
    current, font = None, ""
    fonts = page.Resources.get("/Font", {})
    for operands, operator in pikepdf.parse_content_stream(pikepdf.Page(page)):
        name = str(operator)
        if name == "BDC" and isinstance(operands[1], Dictionary):
            current = int(operands[1].get("/MCID", -1))
        elif name == "EMC":
            current = None
        elif name == "Tf":
            font = str(operands[0])
            maps.setdefault(font, _unicode(fonts[font]))
        elif name in {"Tj", "TJ"} and current is not None:
            strings = operands[0] if name == "TJ" else [operands[0]]
            for each in strings:
                if isinstance(each, pikepdf.String):
                    data = bytes(each)
                    codes = [
                        int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)
                    ]
                    text = "".join(maps[font].get(code, "?") for code in codes)
                    found[current] = found.get(current, "") + text
    return found


def _unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    result: dict[int, str] = {}
    tokens = font.ToUnicode.read_bytes().replace(b"<", b" <").replace(b">", b"> ").split()
    kind = ""
    row: list[bytes] = []
    for token in tokens:
        if token in {b"beginbfchar", b"beginbfrange"}:
            kind, row = token.decode()[5:], []
        elif token in {b"endbfchar", b"endbfrange"}:
            kind = ""
        elif kind:
            row.append(token.strip(b"<>"))
            if len(row) == (2 if kind == "bfchar" else 3):
                first, last = int(row[0], 16), int(row[-2], 16)
                text = bytes.fromhex(row[-1].decode()).decode("utf-16-be", "replace")
                for code in range(first, last + 1):
                    result[code] = text[:-1] + chr(ord(text[-1]) + code - first)
                row = []
    return result
