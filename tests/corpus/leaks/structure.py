"""Leaks in how a file is put together."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.corpus.leaks.paper import HIGH, WIDE, Leak, Names, Paper, written

FAMILY = "structure"


def _shown(text: str, x: float, y: float = 200) -> str:
    return f"BT /F1 12 Tf {x:.2f} {y} Td ({text}) Tj ET"


def _form(paper: Paper, content: str, extra: str = "") -> int:
    font = paper.resources["Font"]["F1"]
    forms = " ".join(f"/{name} {to}" for name, to in paper.resources.get("XObject", {}).items())
    return paper.stream(
        content,
        f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDE:g} {HIGH:g}] "
        f"/Resources << /Font << /F1 {font} >> /XObject << {forms} >> >> {extra}",
    )


def kinds(names: Names) -> Iterator[Leak]:
    """One file for each kind of structure."""
    for make in (
        _in_form,
        _nested,
        _shared,
        _private,
        _tile,
        _soft_mask,
        _split,
        _comment,
        _unknown_operator,
        _dead_code,
        _unused_form,
        _resource_name,
        _inherited,
        _orphan,
        _after_end,
        _between,
        _before,
        _second_table,
        _property,
        _object_stream,
        _after_data,
        _deep_page,
    ):
        yield make(names)


def _in_form(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.use("XObject", "X1", _form(paper, _shown(text, x0)))
    paper.draw("/X1 Do")
    return paper.leak("form", FAMILY)


def _nested(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.use("XObject", "X1", _form(paper, _shown(text, x0)))
    inner = _form(paper, "q 1 0 0 1 0 0 cm /X1 Do Q")
    paper.resources["XObject"] = {"X1": f"{inner} 0 R"}
    outer = _form(paper, "/X1 Do")
    paper.resources["XObject"] = {"X2": f"{outer} 0 R"}
    paper.draw("/X2 Do")
    return paper.leak("nested forms", FAMILY)


def _shared(names: Names) -> Leak:
    """The same form on two pages, an area on each."""
    paper = Paper(names)
    text = paper.secret()
    x0, x1 = paper.before_and_after(text)
    paper.use("XObject", "X1", _form(paper, _shown(text, x0)))
    paper.draw("/X1 Do")
    paper.more_pages.append((b"/X1 Do", {}))
    paper.area(x0 - 0.5, 196.4, x1 + 0.5, 211.4, page=2)
    return paper.leak("form shared by pages", FAMILY)


def _private(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    extra = f"/PieceInfo << /Editor << /LastModified (D:2020) /Private ({text}) >> >>"
    paper.use("XObject", "X1", _form(paper, _shown(paper.kept[0], 40), extra))
    paper.draw("/X1 Do")
    return paper.leak("private data of a form", FAMILY, is_inside=False)


def _tile(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    x0, x1 = paper.before_and_after(text)
    font = paper.resources["Font"]["F1"]
    tile = paper.stream(
        _shown(text, 0, 4),
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 200 16] /XStep 200 "
        f"/YStep 16 /Matrix [1 0 0 1 {x0:.2f} 196] /Resources << /Font << /F1 {font} >> >>",
    )
    paper.use("Pattern", "P1", tile)
    paper.draw(f"/Pattern cs /P1 scn {x0:.2f} 196 {x1 - x0:.2f} 15 re f 0 g")
    return paper.leak("pattern that draws text", FAMILY)


def _soft_mask(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    x0, x1 = paper.before_and_after(text)
    group = _form(paper, f"1 g {_shown(text, x0)}", "/Group << /S /Transparency /CS /DeviceGray >>")
    paper.use("ExtGState", "G1", paper.add(
        f"<< /Type /ExtGState /SMask << /Type /Mask /S /Luminosity /G {group} 0 R >> >>"
    ))  # fmt: skip
    paper.draw(f"q /G1 gs 0 g {x0:.2f} 196 {x1 - x0:.2f} 15 re f Q")
    return paper.leak("soft mask that draws text", FAMILY)


def _split(names: Names) -> Leak:
    """Two content streams, cut between an operand and its operator."""
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    whole = b"\n".join(paper.content) + _shown(text, x0).encode()
    cut = whole.rindex(b" Tj")
    first, second = paper.stream(whole[:cut]), paper.stream(whole[cut:])
    paper.page_keys["Contents"] = f"[{first} 0 R {second} 0 R]"
    return paper.leak("content split inside an operation", FAMILY)


def _comment(names: Names) -> Leak:
    paper = Paper(names)
    paper.draw(f"% {paper.secret()}\n")
    return paper.leak("comment in the content", FAMILY, is_inside=False)


def _unknown_operator(names: Names) -> Leak:
    paper = Paper(names)
    paper.draw(f"BX ({paper.secret()}) zzz EX")
    return paper.leak("unknown operator", FAMILY, is_inside=False)


def _dead_code(names: Names) -> Leak:
    """A string left on the stack by no operator."""
    paper = Paper(names)
    paper.draw(f"({paper.secret()}) pop")
    return paper.leak("operand of nothing", FAMILY, is_inside=False)


def _unused_form(names: Names) -> Leak:
    paper = Paper(names)
    paper.use("XObject", "X9", _form(paper, _shown(paper.secret(), 40)))
    return paper.leak("resource that is not used", FAMILY, is_inside=False)


def _resource_name(names: Names) -> Leak:
    paper = Paper(names)
    name = paper.secret().replace(" ", "#20")
    paper.use("XObject", name, _form(paper, _shown(paper.kept[0], 40)))
    paper.draw(f"/{name} Do")
    return paper.leak("name of a resource", FAMILY, is_inside=False)


def _inherited(names: Names) -> Leak:
    """Resources and box come from the page tree."""
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.draw(_shown(text, x0))
    font = paper.resources["Font"]["F1"]
    contents = paper.stream(b"\n".join(paper.content))
    paper.finish()
    paper.objects[1] = (
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 {WIDE:g} {HIGH:g}] "
        f"/Resources << /Font << /F1 {font} >> >> >>"
    ).encode()
    paper.objects[2] = f"<< /Type /Page /Parent 2 0 R /Contents {contents} 0 R >>".encode()
    return paper.leak("inherited resources", FAMILY, written(paper.objects))


def _orphan(names: Names) -> Leak:
    paper = Paper(names)
    paper.add(f"({paper.secret()})")
    return paper.leak("object nothing uses", FAMILY, is_inside=False)


def _after_end(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    pdf = paper.finish() + f"\n{text}\n".encode()
    return paper.leak("bytes after the end", FAMILY, pdf, is_inside=False)


def _between(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    paper.objects[3] += f"\nendobj\n% {text}\n999 0 obj\nnull".encode()
    return paper.leak("bytes between objects", FAMILY, is_inside=False)


def _before(names: Names) -> Leak:
    paper = Paper(names)
    text = paper.secret()
    pdf = f"{text}\n".encode() + paper.finish()
    return paper.leak("bytes before the header", FAMILY, pdf, is_inside=False)


def _second_table(names: Names) -> Leak:
    """A broken cross-reference: the object a reader repairs to is not the one listed."""
    paper = Paper(names)
    text = paper.secret()
    x0, _ = paper.before_and_after(text)
    paper.draw(_shown(text, x0))
    pdf = paper.finish().replace(b"startxref\n", b"startxref\n9")
    return paper.leak("broken cross-reference", FAMILY, pdf)


def _property(names: Names) -> Leak:
    paper = Paper(names)
    number = paper.add(f"<< /Type /Note /Who ({paper.secret()}) >>")
    paper.use("Properties", "M1", number)
    paper.draw(f"/Span /M1 BDC {_shown(paper.kept[0], 40)} EMC")
    return paper.leak("property list of marked content", FAMILY, is_inside=False)


def _object_stream(names: Names) -> Leak:
    """A leftover in an object stream that no table names."""
    paper = Paper(names)
    text = paper.secret()
    body = f"90 0 ({text})"
    packed = zlib.compress(body.encode())
    paper.add(
        f"<< /Type /ObjStm /N 1 /First 5 /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
        .encode() + packed + b"\nendstream"
    )  # fmt: skip
    return paper.leak("leftover in an object stream", FAMILY, is_inside=False)


def _after_data(names: Names) -> Leak:
    """Bytes in a stream after its compressed data ends."""
    paper = Paper(names)
    text = paper.secret()
    packed = zlib.compress(_shown(paper.kept[0], 40).encode()) + text.encode()
    number = paper.add(
        f"<< /Length {len(packed)} /Filter /FlateDecode /Type /XObject /Subtype /Form "
        f"/BBox [0 0 400 300] /Resources << /Font << /F1 {paper.resources['Font']['F1']} >> >> >>"
        "\nstream\n".encode() + packed + b"\nendstream"
    )  # fmt: skip
    paper.use("XObject", "X1", number)
    paper.draw("/X1 Do")
    return paper.leak("bytes after compressed data", FAMILY, is_inside=False)


def _deep_page(names: Names) -> Leak:
    """Keys on the page that mean nothing to any reader."""
    paper = Paper(names)
    paper.page_keys["Remark"] = f"<< /Of << /Whom ({paper.secret()}) >> >>"
    return paper.leak("private key of a page", FAMILY, is_inside=False)
