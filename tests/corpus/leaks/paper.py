"""A PDF writer that hides nothing: every object, stream and byte is where a test puts it."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth

from sar.domain.redaction import Area, Plan, Rect

WIDE, HIGH = 420.0, 320.0
_FIRST = "Zelma Orrin Tavish Quilla Bramwell Yesenia Kestrel Odalys Wystan Peregrine".split()
_LAST = "Quarrington Vexley Thornbury Ostrander Mellifont Drakeford Yarbrough Sallowby".split()
_WORDS = "heron lantern orchard gravel teapot marble lichen saddle copper meadow".split()


class Names:
    """Names, numbers and words that no other run uses."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def person(self) -> str:
        """A first and a last name, with letters added so that they are new every time."""
        extra = "".join(self.random.choice("aeiou") + self.random.choice("lnrst") for _ in range(2))
        return f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}{extra}"

    def phone(self) -> str:
        """A number nobody has."""
        return f"07700 900{self.random.randrange(1000):03d}"

    def kept(self) -> str:
        """Words that must survive."""
        return " ".join(self.random.sample(_WORDS, 3))


@dataclass(frozen=True)
class Leak:
    """One kind of leak: the file, what to remove, what must be gone, what must stay.

    `is_text` says that the secret can be read as text in the source; `is_inside` that it lies in an
    area (otherwise it is nowhere a person looks, and only `never` names it).
    """

    kind: str
    family: str
    pdf: bytes
    areas: tuple[Area, ...]
    secrets: tuple[str, ...]
    kept: tuple[str, ...]
    is_inside: bool = True
    is_letters_only: bool = False  # what leaks is not the words but their letters or length

    def plan(self, *, with_never: bool = True) -> Plan:
        """The plan that should remove it."""
        return Plan(self.areas, (), self.secrets if with_never else ())


@dataclass
class Paper:
    """A file under construction; page content is drawn with `line` and `draw`."""

    names: Names
    objects: list[bytes] = field(default_factory=list)
    content: list[bytes] = field(default_factory=list)
    resources: dict[str, dict[str, str]] = field(default_factory=dict)
    page_keys: dict[str, str] = field(default_factory=dict)
    catalog_keys: dict[str, str] = field(default_factory=dict)
    trailer_keys: dict[str, str] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    more_pages: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)
    page_resources: str = ""

    def __post_init__(self) -> None:
        self.objects = [b"", b"", b""]  # catalogue, page tree, first page: written last
        self.use("Font", "F1", self.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                                        "/Encoding /WinAnsiEncoding >>"))  # fmt: skip
        first = names_kept(self)
        self.draw(f"BT /F1 12 Tf 40 280 Td ({first}) Tj ET")

    def add(self, body: str | bytes) -> int:
        """A new object; gives its number."""
        self.objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, data: bytes | str, entries: str = "", *, packed: bool = False) -> int:
        """A new stream; gives its number."""
        raw = data.encode("latin-1") if isinstance(data, str) else data
        if packed:
            raw, entries = zlib.compress(raw), f"/Filter /FlateDecode {entries}"
        head = f"<< /Length {len(raw)} {entries} >>\nstream\n".encode("latin-1")
        return self.add(head + raw + b"\nendstream")

    def use(self, kind: str, name: str, number: int) -> None:
        """Gives an object a name in the page's resources."""
        self.resources.setdefault(kind, {})[name] = f"{number} 0 R"

    def draw(self, operators: str | bytes) -> None:
        """Adds to the first page's content."""
        self.content.append(
            operators.encode("latin-1") if isinstance(operators, str) else operators
        )

    def secret(self, text: str | None = None) -> str:
        """A secret of this file."""
        text = text or self.names.person()
        self.secrets.append(text)
        return text

    def area(self, x0: float, y0: float, x1: float, y1: float, page: int = 1) -> None:
        """An area given in the page's own coordinates, origin bottom left."""
        self.areas.append(Area(page, Rect(x0, HIGH - y1, x1, HIGH - y0), "s40(2)"))

    def before_and_after(self, text: str, y: float = 200, size: float = 12) -> tuple[float, float]:
        """Draws words around a gap as wide as the text; gives where the gap begins and ends."""
        head, tail = names_kept(self), names_kept(self)
        x0 = 40 + stringWidth(head + " ", "Helvetica", size)
        x1 = x0 + stringWidth(text, "Helvetica", size)
        self.draw(f"BT /F1 {size} Tf 40 {y} Td ({head}) Tj ET")
        self.draw(f"BT /F1 {size} Tf {x1 + 4:.3f} {y} Td ({tail}) Tj ET")
        self.area(x0 - 0.5, y - 0.3 * size, x1 + 0.5, y + 0.95 * size)
        return x0, x1

    def finish(self) -> bytes:
        """The bytes of the file."""
        contents = self.stream(b"\n".join(self.content))
        kids = [3]
        resources = "<< " + " ".join(_entries(kind, each) for kind, each in self.resources.items())
        base = f"/Resources {resources} >>" + f" {self.page_resources}"
        for data, keys in self.more_pages:
            number = self.add(b"")
            extra = self.stream(data)
            self.objects[number - 1] = _page(base, f"{extra} 0 R", keys)
            kids.append(number)
        keys = {"MediaBox": f"[0 0 {WIDE:g} {HIGH:g}]", **self.page_keys}
        self.objects[2] = _page(base, self.page_keys.get("Contents", f"{contents} 0 R"), keys)
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        self.objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
        extra_keys = " ".join(f"/{key} {value}" for key, value in self.catalog_keys.items())
        self.objects[0] = f"<< /Type /Catalog /Pages 2 0 R {extra_keys} >>".encode("latin-1")
        return written(self.objects, self.trailer_keys)

    def leak(self, kind: str, family: str, pdf: bytes | None = None, **facts: bool) -> Leak:
        """The finished leak."""
        return Leak(
            kind,
            family,
            pdf or self.finish(),
            tuple(self.areas),
            tuple(self.secrets),
            tuple(self.kept),
            **facts,
        )


def names_kept(paper: Paper) -> str:
    """Fresh words to keep, noted in the file's list."""
    text = paper.names.kept()
    paper.kept.append(text)
    return text


def written(objects: Sequence[bytes], trailer_keys: dict[str, str] | None = None) -> bytes:
    """Objects 1, 2, 3 ... as a file with one cross-reference table."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(starts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{start:010d} 00000 n \n".encode() for start in starts)
    extra = " ".join(f"/{key} {value}" for key, value in (trailer_keys or {}).items())
    out += f"trailer\n<< /Size {len(starts) + 1} /Root 1 0 R {extra} >>\n".encode("latin-1")
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


def utf16(text: str) -> str:
    """A PDF text string in hex."""
    return "<feff" + text.encode("utf-16-be").hex() + ">"


def _entries(kind: str, each: dict[str, str]) -> str:
    return f"/{kind} << " + " ".join(f"/{name} {value}" for name, value in each.items()) + " >>"


def _page(base: str, contents: str, keys: dict[str, str]) -> bytes:
    merged = {"MediaBox": f"[0 0 {WIDE:g} {HIGH:g}]", **keys, "Contents": contents}
    extra = " ".join(f"/{key} {value}" for key, value in merged.items())
    return f"<< /Type /Page /Parent 2 0 R {base} {extra} >>".encode("latin-1")
