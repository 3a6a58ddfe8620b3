"""The file store: the only maker of paths, and every object encrypted under its case's key."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import obstore
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config

CHUNK = 1024 * 1024
NONCE_BYTES = 12
SEALED_CHUNK = NONCE_BYTES + CHUNK + 16
HEADER = struct.Struct(">4sBB16sQ")  # magic, version, algorithm, data key, bytes of the plain file
MAGIC, VERSION, AES_256_GCM = b"SARF", 1, 1
WHOLE = 8 * CHUNK  # up to this size an object is sent in one create-only request
CHUNKS_A_REQUEST = 16
OBJECT_KEY = re.compile(
    r"(?P<council>[a-z0-9-]{1,20})/(?P<key>[0-9a-f-]{36})/(?P<id>[0-9a-f-]{36})\Z"
)
DAMAGED = "A stored file is damaged or is not where it belongs, so it was not opened."
CHANGED = "The file changed while it was being kept; nothing was kept of it. Try again."
MISSING = "A stored file is missing."
UNREACHABLE = "The file store cannot be used just now: its disk may be full, or its service away."


class FileStoreError(Exception):
    """The store refused: an object is missing, damaged, or another case's, or the disk is full."""


@dataclass(frozen=True, slots=True)
class OpenKey:
    """An unwrapped data key. Never kept, never logged."""

    id: UUID
    controller_code: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the store says of an object it took: where it is, and its plain hash and bytes."""

    object_key: str
    sha256: str
    size: int


class FileStore:
    """Objects that are written once, read whole or in ranges, and deleted; nothing else.

    An object is a header and chunks of 1 MiB, each sealed with AES-256-GCM and bound to council,
    data key, object, version, header, its own number and whether it is the last. So a chunk that is
    altered, moved, swapped, repeated, cut off, or read in another case's name does not open.
    """

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    @classmethod
    def at(cls, url: str, *, endpoint: str = "", region: str = "", access: str = "") -> FileStore:
        """The store in a folder, or at `s3://bucket/prefix` with `access` as `id:secret`."""
        parts = urlsplit(url)
        if parts.scheme != "s3":
            return cls(LocalStore(Path(url), mkdir=True))
        key_id, _, secret = access.partition(":")
        config: S3Config = {}
        if region:
            config["region"] = region
        if endpoint:
            config["endpoint"] = endpoint
        if access:
            config["access_key_id"], config["secret_access_key"] = key_id, secret
        options: ClientConfig = {"allow_http": endpoint.startswith("http://")}
        prefix = parts.path.strip("/") or None
        return cls(S3Store(parts.netloc, prefix=prefix, config=config, client_options=options))

    def put(self, key: OpenKey, source: bytes | Path) -> StoredFile:
        """Encrypts and keeps the bytes, or the file at the path, under a new object key.

        Raises FileStoreError when the store cannot take it; nothing of it is then visible.
        """
        if isinstance(source, bytes):
            return self._put(key, BytesIO(source), len(source))
        with source.open("rb") as file:
            return self._put(key, file, os.fstat(file.fileno()).st_size)

    def read(self, key: OpenKey, object_key: str) -> bytes:
        """The whole plain file; for files known to be small."""
        return b"".join(self.stream(key, object_key))

    def stream(
        self, key: OpenKey, object_key: str, start: int = 0, stop: int | None = None
    ) -> Iterator[bytes]:
        """The plain bytes from `start` up to `stop` (or the end), each piece checked before given.

        Raises FileStoreError when a piece is missing, damaged or not this case's.
        """
        sealed = self._open(key, object_key)
        end = sealed.size if stop is None else min(stop, sealed.size)
        if start >= end and sealed.size:
            return
        first, last = start // CHUNK, max(end - 1, 0) // CHUNK
        edges = [*range(first, last + 1, CHUNKS_A_REQUEST), last + 1]
        for low, high in pairwise(edges):
            block = self._range(object_key, *sealed.span(low, high))
            for number, plain in enumerate(sealed.opened(block, low, high), start=low):
                offset = number * CHUNK
                yield plain[max(start - offset, 0) : end - offset]

    def size(self, key: OpenKey, object_key: str) -> int:
        """Bytes of the plain file."""
        return self._open(key, object_key).size

    def fetch(self, key: OpenKey, object_key: str, out: Path) -> Path:
        """Writes the plain file to `out`, in a scratch folder that its user removes."""
        with out.open("wb") as file:
            for piece in self.stream(key, object_key):
                file.write(piece)
        return out

    def delete(self, object_key: str) -> None:
        """Forgets the object; one that is gone already is no fault."""
        _checked(object_key)
        try:
            obstore.delete(self._store, object_key)
        except (NotFoundError, FileNotFoundError):
            return
        except (BaseError, OSError) as fault:
            raise FileStoreError(UNREACHABLE) from fault

    def names(self, controller_code: str = "") -> Iterator[str]:
        """The keys of all objects, or of one council's: for reconciling store and database."""
        for batch in obstore.list(self._store, prefix=controller_code.casefold() or None):
            yield from (entry["path"] for entry in batch)

    def _put(self, key: OpenKey, source: BinaryIO, size: int) -> StoredFile:
        object_key = f"{key.controller_code.casefold()}/{key.id}/{uuid4()}"
        sealed = _Sealed(key, object_key, size)
        digest = hashlib.sha256()
        pieces = sealed.sealing(source, digest.update)
        try:
            if size <= WHOLE:
                body = b"".join(pieces)
                obstore.put(self._store, object_key, body, mode="create", use_multipart=False)
            else:
                obstore.put(self._store, object_key, pieces, max_concurrency=2)
            self._settle(object_key)
        except (BaseError, OSError) as fault:
            raise FileStoreError(UNREACHABLE) from fault
        return StoredFile(object_key, digest.hexdigest(), size)

    def _settle(self, object_key: str) -> None:
        if not isinstance(self._store, LocalStore):
            return
        path = Path(str(self._store.prefix)) / object_key
        for place in (path, path.parent, path.parent.parent, path.parent.parent.parent):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)  # the row that names it must not outlive it in a power cut
            finally:
                os.close(descriptor)

    def _open(self, key: OpenKey, object_key: str) -> _Sealed:
        match = _checked(object_key)
        if (match["council"], match["key"]) != (key.controller_code.casefold(), str(key.id)):
            raise FileStoreError(DAMAGED)
        stored = self._stored_bytes(object_key)
        if stored < HEADER.size:
            raise FileStoreError(DAMAGED)
        head = HEADER.unpack(self._range(object_key, 0, HEADER.size))
        sealed = _Sealed(key, object_key, head[-1])
        if HEADER.pack(*head) != sealed.header or stored != sealed.span(0, sealed.chunks)[1]:
            raise FileStoreError(DAMAGED)
        return sealed

    def _stored_bytes(self, object_key: str) -> int:
        try:
            return obstore.head(self._store, object_key)["size"]
        except (NotFoundError, FileNotFoundError):
            raise FileStoreError(MISSING) from None
        except (BaseError, OSError) as fault:
            raise FileStoreError(UNREACHABLE) from fault

    def _range(self, object_key: str, start: int, end: int) -> bytes:
        try:
            return bytes(obstore.get_range(self._store, object_key, start=start, end=end))
        except (NotFoundError, FileNotFoundError):
            raise FileStoreError(MISSING) from None
        except (BaseError, OSError) as fault:
            raise FileStoreError(UNREACHABLE) from fault


class _Sealed:
    """One object's shape and seals, all of which follow from its key, name and plain size."""

    def __init__(self, key: OpenKey, object_key: str, size: int) -> None:
        self.size = size
        self.chunks = max(1, -(-size // CHUNK))
        self.header = HEADER.pack(MAGIC, VERSION, AES_256_GCM, key.id.bytes, size)
        self.name = f"{object_key}|{VERSION}".encode()
        self.cipher = AESGCM(key.secret)

    def span(self, low: int, high: int) -> tuple[int, int]:
        """Where the sealed chunks from `low` up to `high` lie in the object."""
        end = HEADER.size + high * SEALED_CHUNK
        if high == self.chunks:
            end -= self.chunks * CHUNK - self.size
        return HEADER.size + low * SEALED_CHUNK, end

    def sealing(self, source: BinaryIO, seen: Callable[[bytes], None]) -> Iterator[bytes]:
        """Header and sealed chunks, in order."""
        yield self.header
        for number in range(self.chunks):
            expected = min(CHUNK, self.size - number * CHUNK)
            plain = source.read(expected)
            if len(plain) != expected:
                raise FileStoreError(CHANGED)
            seen(plain)
            nonce = secrets.token_bytes(NONCE_BYTES)
            yield nonce + self.cipher.encrypt(nonce, plain, self._bound(number))

    def opened(self, block: bytes, low: int, high: int) -> Iterator[bytes]:
        """The plain chunks from `low` up to `high`, each of which proved itself."""
        for number in range(low, high):
            at = (number - low) * SEALED_CHUNK
            nonce, body = block[at : at + NONCE_BYTES], block[at + NONCE_BYTES : at + SEALED_CHUNK]
            try:
                yield self.cipher.decrypt(nonce, body, self._bound(number))
            except (InvalidTag, ValueError):
                raise FileStoreError(DAMAGED) from None

    def _bound(self, number: int) -> bytes:
        is_last = number == self.chunks - 1
        return self.name + f"|{number}|{int(is_last)}|".encode() + self.header


def _checked(object_key: str) -> re.Match[str]:
    match = OBJECT_KEY.match(object_key)
    if match is None:
        raise FileStoreError(DAMAGED)
    return match
