"""The entries of a zip file; one that is locked comes out as a small locked zip of its own."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import zstandard

from sar.documents.errors import DocumentError, DocumentFault

LOCKED = (
    "This archive needs a password. "
    "Ask the sender for it, or upload a copy of the files without one."
)
_MOST_ENTRIES = 10_000
_ZSTANDARD = 93
_LARGEST_WINDOW = 128 << 20
_DAMAGED = (
    "This archive is damaged and cannot be opened. "
    "Ask for it again, or unpack it yourself and upload the files."
)
_LOCAL, _CENTRAL, _TAIL = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"


def zip_entries(
    path: Path, password: str | None, read: Callable[[IO[bytes]], bytes]
) -> Iterator[tuple[str, bytes | None, str]]:
    """Name, bytes and remark of each entry; `read` keeps count of what comes out.

    Raises:
        DocumentError: ENCRYPTED when its only entry is locked, TOO_BIG, CORRUPT.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if len(entries) > _MOST_ENTRIES:
                raise DocumentError(
                    DocumentFault.TOO_BIG,
                    f"This archive lists {len(entries):,} files. Unpack it yourself and upload "
                    "the files you need.",
                )
            for entry in entries:
                yield _entry(archive, entry, password, read, len(entries) == 1)
    except (zipfile.BadZipFile, struct.error) as error:
        raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error


def _entry(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    password: str | None,
    read: Callable[[IO[bytes]], bytes],
    is_only: bool,
) -> tuple[str, bytes | None, str]:
    name = _name(entry)
    if stat.S_ISLNK(entry.external_attr >> 16):
        return name, None, "a link to another file, left out"
    key = password.encode() if password else None
    try:
        with _opened(archive, entry, key) as source:
            return name, read(source), ""
    except NotImplementedError as error:
        if is_only and entry.flag_bits & 1:
            raise DocumentError(DocumentFault.ENCRYPTED, LOCKED) from error
        return name, _locked_zip(archive, entry), "packed in a way that cannot be opened here"
    except RuntimeError as error:  # zipfile says so of a missing or wrong password
        if is_only:
            raise DocumentError(DocumentFault.ENCRYPTED, LOCKED) from error
        return name, _locked_zip(archive, entry), "needs a password"
    except (zipfile.BadZipFile, zlib.error, zstandard.ZstdError, EOFError, OSError) as error:
        if is_only:
            raise DocumentError(DocumentFault.CORRUPT, _DAMAGED) from error
        return name, _locked_zip(archive, entry), "damaged"


def _opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, key: bytes | None) -> IO[bytes]:
    if entry.compress_type != _ZSTANDARD or entry.flag_bits & 1:
        return archive.open(entry, pwd=key)
    packed = _raw(archive, entry)[1]
    return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(packed)


def _name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & 0x800:
        return entry.filename
    try:  # old programs wrote UTF-8 without saying so
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _locked_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The entry's own bytes, as they are, in an archive that holds nothing else."""
    names, body, fields = _raw(archive, entry)
    if not fields:
        return b"PK\x03\x04"
    lengths = fields[9:11]  # of the name, and of what follows it (how strong encryption was done)
    packed, size = min(entry.compress_size, 0xFFFFFFFF), min(entry.file_size, 0xFFFFFFFF)
    shared = (fields[1], entry.flag_bits, *fields[3:6], entry.CRC, packed, size, *lengths)
    local = struct.pack(_LOCAL, b"PK\x03\x04", *shared) + names + body
    central = struct.pack(_CENTRAL, b"PK\x01\x02", 20, *shared, 0, 0, 0, 0, 0) + names
    tail = struct.pack(_TAIL, b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + tail


def _raw(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[bytes, bytes, tuple[int, ...]]:
    """The name with what follows it, the packed bytes and the header of an entry."""
    file = archive.fp
    assert file is not None
    file.seek(entry.header_offset)
    head = file.read(struct.calcsize(_LOCAL))
    if len(head) < struct.calcsize(_LOCAL):
        return b"", b"", ()
    fields = struct.unpack(_LOCAL, head)
    names = file.read(fields[9] + fields[10])
    return names, file.read(entry.compress_size), fields
