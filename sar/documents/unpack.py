"""Archives: a list of what they hold as pages, and each file in them a child."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sar.documents.converted import HiddenPart, Made, Material
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.names import clean_path, ending_of
from sar.documents.own_pages import render, table
from sar.documents.unpack_zip import zip_entries

MOST_FILES = 2000
MOST_BYTES = 400 << 20
_DAMAGED = (
    "This archive is damaged and cannot be opened. "
    "Ask for it again, or unpack it yourself and upload the files."
)
_FAULTS = (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
# What computers leave in archives for themselves.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_UNPACKERS: dict[str, Callable[[Path], AbstractContextManager[Any]]] = {
    "gz": gzip.GzipFile,
    "bz2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}


@dataclass
class _Budget:
    """Counts what comes out, so that a small file cannot become an endless one."""

    files: int = 0
    left: int = MOST_BYTES
    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self, source: IO[bytes]) -> bytes:
        """The whole of one entry.

        Raises:
            DocumentError: TOO_BIG.
        """
        content = source.read(self.left + 1)
        self.left -= len(content)
        self.files += 1
        if self.left < 0 or self.files > MOST_FILES:
            raise DocumentError(
                DocumentFault.TOO_BIG,
                "This archive unpacks to more than is allowed (2,000 files or 400 MB). "
                "Unpack it yourself and upload the files you need.",
            )
        return content


def convert_archive(material: Material) -> Made:
    """A zip, tar, gz, bz2 or xz file: entries that are no plain files are told, never followed."""
    made, budget = Made(material.folder / "archive.pdf"), _Budget()
    try:
        for name, content, remark in _entries(material, budget):
            shown = clean_path(name)
            if content is not None and not any(each in name for each in _LITTER):
                made.add_child(material.folder, shown, content)
            budget.rows.append((shown, f"{len(content or b''):,}", remark))
            if remark:
                made.hidden.append(HiddenPart(f"{shown}: {remark}"))
    except _FAULTS as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
    if not budget.rows:
        raise DocumentError(DocumentFault.EMPTY, "This archive holds no files. Ask for it again.")
    rows = [("File", "Bytes", "Remark"), *budget.rows]
    render(f"<h1>Archive</h1>{table(rows, (10, 2, 5), head=True)}", made.pdf)
    return made


def _entries(material: Material, budget: _Budget) -> Iterator[tuple[str, bytes | None, str]]:
    if material.media.ending == "zip":
        yield from zip_entries(material.path, material.password, budget.read)
    elif _is_tar(material.path):
        yield from _tar_entries(material, budget)
    else:
        yield from _single(material, budget)


def _is_tar(path: Path) -> bool:
    """True for a tar with something in it: to the library, nothing but zeros is a tar as well."""
    if not tarfile.is_tarfile(path):
        return False
    with tarfile.open(path) as archive:
        return archive.next() is not None


def _tar_entries(material: Material, budget: _Budget) -> Iterator[tuple[str, bytes | None, str]]:
    with tarfile.open(material.path) as archive:
        for member in archive:
            source = archive.extractfile(member) if member.isreg() else None
            if source is not None:
                yield member.name, budget.read(source), ""
            elif not member.isdir():
                yield member.name, None, "not a plain file, left out"


def _single(material: Material, budget: _Budget) -> Iterator[tuple[str, bytes | None, str]]:
    stem = material.name
    if ending_of(stem) == material.media.ending:
        stem = stem[: -len(material.media.ending) - 1]
    with _UNPACKERS[material.media.ending](material.path) as source:
        yield stem, budget.read(source), ""
