"""What our own files are made of; anything else in an output is a finding.

Each shape lists the keys a dictionary may have and the shape of each value. `plain` values hold no
further dictionaries; `text` values are read by people or programs and are searched elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sar.documents.verify.needles import squeeze
from sar.documents.verify.plain_file import PlainFile
from sar.documents.verify.syntax import Name, Ref, Stream

Shape = dict[str, str]


def _shape(plain: str, **other: str) -> Shape:
    return {**dict.fromkeys(plain.split(), "plain"), **other}


_CODED = {"DecodeParms": "parameters"}
SHAPES: dict[str, Shape] = {
    "trailer": _shape("Size", Root="catalog", ID="identity"),
    "catalog": _shape(
        "Type Version PageMode PageLayout",
        Lang="language",
        Pages="pages",
        MarkInfo="plain-map",
        StructTreeRoot="tree",
        Outlines="outline",
        PageLabels="labels",
        ViewerPreferences="preferences",
        Metadata="metadata",
    ),
    "preferences": _shape("DisplayDocTitle"),
    "metadata": _shape("Type Subtype Length Filter", **_CODED),
    "pages": _shape("Type Count", Kids="pages*", Parent="back"),
    "page": _shape(
        "Type MediaBox CropBox StructParents Tabs Rotate",
        Parent="back",
        Resources="resources",
        Contents="content*",
        Group="group",
    ),
    "content": _shape("Length Filter", **_CODED),
    "parameters": _shape(
        "Predictor Colors BitsPerComponent Columns K Rows BlackIs1 EndOfLine "
        "EncodedByteAlign EndOfBlock ColorTransform",
        JBIG2Globals="content",
    ),
    "resources": _shape(
        "ProcSet",
        Font="font-map",
        XObject="drawing-map",
        ExtGState="state-map",
        ColorSpace="colours-map",
        Pattern="pattern-map",
        Shading="shading-map",
    ),
    "image": _shape(
        "Type Subtype Width Height BitsPerComponent Decode Interpolate ImageMask "
        "SMaskInData Matte Intent Length Filter",
        ColorSpace="colours",
        Mask="image",
        SMask="image",
        **_CODED,
    ),
    "form": _shape(
        "Type Subtype FormType BBox Matrix StructParents Length Filter",
        Resources="resources",
        Group="group",
        **_CODED,
    ),
    "group": _shape("Type S I K", CS="colours"),
    "state": _shape("Type CA ca BM AIS SA OP op OPM", SMask="soft-mask"),
    "soft-mask": _shape("Type S BC", G="form", TR="function"),
    "pattern": _shape(
        "Type PatternType PaintType TilingType BBox XStep YStep Matrix Length Filter",
        Resources="resources",
        Shading="shading",
        **_CODED,
    ),
    "shading": _shape(
        "ShadingType Background BBox AntiAlias Coords Domain Matrix Extend "
        "BitsPerCoordinate BitsPerComponent BitsPerFlag VerticesPerRow Decode Length "
        "Filter",
        ColorSpace="colours",
        Function="function",
        **_CODED,
    ),
    "function": _shape(
        "FunctionType Domain Range C0 C1 N Bounds Encode Decode Size BitsPerSample Order "
        "Length Filter",
        Functions="function*",
        **_CODED,
    ),
    "colour-stream": _shape("N Range Length Filter", Alternate="colours", **_CODED),
    "colour-values": _shape("WhitePoint BlackPoint Gamma Matrix Range"),
    "font": _shape(
        "Type Subtype BaseFont FirstChar LastChar Widths DW DW2 W W2 FontBBox FontMatrix Name",
        Encoding="encoding",
        DescendantFonts="font*",
        ToUnicode="to-unicode",
        FontDescriptor="descriptor",
        CIDSystemInfo="registry",
        CIDToGIDMap="content",
        CharProcs="glyph-map",
        Resources="resources",
    ),
    "registry": _shape("Supplement", Registry="known", Ordering="known"),
    "encoding": _shape("Type BaseEncoding Differences Length Filter", **_CODED),
    "to-unicode": _shape("Type CMapName Length Filter", CIDSystemInfo="registry", **_CODED),
    "descriptor": _shape(
        "Type FontName FontStretch FontWeight Flags FontBBox ItalicAngle "
        "Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth "
        "MissingWidth",
        FontFamily="text",
        FontFile="font-file",
        FontFile2="font-file",
        FontFile3="font-file",
        CIDSet="content",
    ),
    "font-file": _shape("Subtype Length1 Length2 Length3 Length Filter", **_CODED),
    "outline": _shape(
        "Type Count F C",
        First="outline",
        Last="outline",
        Next="outline",
        Prev="outline",
        Parent="back",
        Title="text",
        Dest="target",
    ),
    "labels": _shape("Limits", Nums="label*", Kids="labels*"),
    "label": _shape("Type S St", P="text"),
    "tree": _shape(
        "Type ParentTreeNextKey S MCID",
        Lang="language",
        K="tree*",
        ParentTree="tree-numbers",
        RoleMap="plain-map",
        P="back",
        Pg="back",
        Alt="text",
        ActualText="text",
        T="text",
        A="attributes*",
        ID="text",
        IDTree="tree-numbers",
    ),
    "tree-numbers": _shape("Limits", Nums="tree*", Names="tree*", Kids="tree-numbers*"),
    "attributes": _shape(
        "O Scope RowSpan ColSpan BBox Placement ListNumbering Width Height", Summary="text"
    ),
}
# Words every file has in its own grammar: to find them there says nothing.
GRAMMAR = frozenset(
    {squeeze(key) for shape in SHAPES.values() for key in shape}
    | set(
        re.findall(
            r"\w+",
            """adobe identity ucs text image form normal catalog trailer stream object xobject begin
            end def dict findresource process procset cidinit cmap true false null devicegray
            devicergb devicecmyk flatedecode dctdecode luminosity alpha structelem
            winansiencoding""",
        )
    )
)
_LANGUAGE = re.compile(rb"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_MAPS = {
    "font-map": "font",
    "drawing-map": "drawing",
    "state-map": "state",
    "colours-map": "colours",
    "pattern-map": "pattern",
    "shading-map": "shading",
    "glyph-map": "content",
    "plain-map": "plain",
}


def _is_plain(file: PlainFile, value: object) -> bool:
    """True for a number, a name, or lists of these; words have no business there."""
    value = file.resolve(value)
    if isinstance(value, list):
        return all(_is_plain(file, each) for each in value)
    return not isinstance(value, (dict, Stream, bytes))


def _is_text(_: PlainFile, value: object) -> bool:
    return isinstance(value, bytes)


def _is_language(_: PlainFile, value: object) -> bool:
    return isinstance(value, bytes) and _LANGUAGE.fullmatch(value) is not None


def _is_known(_: PlainFile, value: object) -> bool:
    return value in (b"Adobe", b"Identity", b"UCS")


def _is_identity(file: PlainFile, value: object) -> bool:
    """Two digests of sixteen bytes."""
    value = file.resolve(value)
    return isinstance(value, list) and all(
        isinstance(each, bytes) and len(each) == 16 for each in value
    )


def _is_any(_: PlainFile, value: object) -> bool:
    return True


_LEAVES: dict[str, Callable[[PlainFile, object], bool]] = {
    "plain": _is_plain,
    "text": _is_text,
    "language": _is_language,
    "known": _is_known,
    "identity": _is_identity,
    "back": _is_any,
    "target": _is_any,
}


@dataclass(frozen=True)
class Stray:
    """A place in the file that is not on the list; page counts from 1, None for the document."""

    sentence: str
    page: int | None


class _Walk:
    def __init__(self, file: PlainFile) -> None:
        self.file = file
        self.seen: set[tuple[str, int]] = set()
        self.page_count = 0
        self.waiting: list[tuple[str, Any, int | None]] = [("trailer", file.trailer, None)]
        self.strays: list[Stray] = []

    def run(self) -> list[Stray]:
        while self.waiting:
            shape, value, page = self.waiting.pop()
            if isinstance(value, Ref):
                if (shape, value.number) in self.seen:
                    continue
                self.seen.add((shape, value.number))
                value = self.file.resolve(value)
            self._value(shape, value, page)
        return self.strays

    def _value(self, shape: str, value: object, page: int | None) -> None:
        if shape.endswith("*"):
            self._many(shape[:-1], value, page)
        elif shape in _LEAVES:
            if not _LEAVES[shape](self.file, value):
                self._stray(f"a value that is not as it should be ({shape})", page)
        elif shape == "colours":
            self._colours(value, page)
        elif shape in _MAPS:
            self._map(_MAPS[shape], value, page)
        elif isinstance(value, (dict, Stream)):
            self._dictionary(shape, value, page)
        elif isinstance(value, list):
            self.waiting += [(shape, each, page) for each in value]

    def _many(self, shape: str, value: object, page: int | None) -> None:
        for each in reversed(value) if isinstance(value, list) else [value]:
            self.waiting.append((shape, each, page))

    def _map(self, shape: str, value: object, page: int | None) -> None:
        if not isinstance(value, dict):
            self._stray(f"a map of {shape}s that is none", page)
            return
        for each in value.values():
            self.waiting.append((shape, each, page))

    def _colours(self, value: object, page: int | None) -> None:
        if isinstance(value, Stream):
            self._dictionary("colour-stream", value, page)
        elif isinstance(value, dict):
            shape = "function" if "FunctionType" in value else "colour-values"
            self._dictionary(shape, value, page)
        elif isinstance(value, list):
            for each in value:
                inner = self.file.resolve(each)
                if isinstance(inner, Stream) and "FunctionType" in inner.entries:
                    self.waiting.append(("function", each, page))
                elif isinstance(inner, Stream) and "N" not in inner.entries:
                    self.waiting.append(("content", each, page))
                else:
                    self.waiting.append(("colours", each, page))

    def _dictionary(self, shape: str, value: dict[str, Any] | Stream, page: int | None) -> None:
        entries = value.entries if isinstance(value, Stream) else value
        shape, page = self._narrowed(shape, entries, page)
        allowed = SHAPES.get(shape)
        if allowed is None:
            self._stray(f"an object of a kind that is not on the list ({shape})", page)
            return
        for key, inner in entries.items():
            if key not in allowed:
                self._stray(f"/{key[:40]} in a {shape}", page)
            elif key == "Mask" and isinstance(self.file.resolve(inner), list):
                self._stray("a picture that hides some of its colours", page)
            else:
                self.waiting.append((allowed[key], inner, page))

    def _narrowed(
        self, shape: str, entries: dict[str, Any], page: int | None
    ) -> tuple[str, int | None]:
        kind = entries.get("Type")
        if shape == "pages" and kind == "Page":
            self.page_count += 1
            if self.file.resolve(entries.get("Rotate", 0)) != 0:
                self._stray("a page that is turned by its viewer", self.page_count)
            return "page", self.page_count
        if shape == "drawing":
            subtype = entries.get("Subtype")
            return {"Image": "image", "Form": "form"}.get(str(subtype), f"drawing {subtype}"), page
        return shape, page

    def _stray(self, what: str, page: int | None) -> None:
        self.strays.append(Stray(f"The file has {what}.", page))


def strays(file: PlainFile) -> Iterator[Stray]:
    """Everything reachable in the file that is not on the list."""
    yield from dict.fromkeys(_Walk(file).run())


def is_name(value: object) -> bool:
    """True for a PDF name."""
    return isinstance(value, Name)
