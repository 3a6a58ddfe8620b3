"""The councils' keys, kept apart from the data, under which the cases' data keys are wrapped."""

import os
import re
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"  # first byte of a wrapped key: AES-256-GCM, 96-bit random nonce
CODE = re.compile(r"[a-z0-9-]{1,20}\Z", re.IGNORECASE)
SIGNING = "signing"  # file of a council's signing key: an Ed25519 seed (RFC 8032)
KEY_FILE = re.compile(r"[0-9a-f]{16}\Z")


class CouncilKeyError(Exception):
    """A council's key is missing, damaged, or does not open what it was asked to open."""


def kept_secret(path: Path, fresh: bytes) -> bytes:
    """What the file at `path` holds; made of `fresh` when absent, readable by its owner only.

    Two processes that start together get the same secret: the file appears whole or not at all.
    """
    if not path.exists():
        for folder in reversed([folder for folder in path.parents if not folder.exists()]):
            folder.mkdir(mode=0o700, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


class KeyRing:
    """Wraps and unwraps data keys under each council's key-encrypting key.

    A council's keys are `<folder>/<code>/<kek id>`, 32 raw bytes each; `current` names the one
    that wraps. Older ones stay until everything under them has been wrapped again. `signing` is
    the key its certificates are signed with; it is never replaced, so that old ones can be checked.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ensure(self, controller_code: str) -> str:
        """The id of the council's current key, which is made now if there is none.

        The signing key is made with it.
        """
        folder = self._folder(controller_code)
        kept_secret(folder / SIGNING, secrets.token_bytes(KEY_BYTES))
        if not (folder / "current").exists():
            self._add(folder)
        return self.current(controller_code)

    def current(self, controller_code: str) -> str:
        """The id of the key that wraps; raises CouncilKeyError when the council has none."""
        try:
            kek_id = (self._folder(controller_code) / "current").read_text("ascii").strip()
        except FileNotFoundError:
            raise CouncilKeyError(f"The key file of {controller_code} is missing.") from None
        return kek_id

    def has(self, controller_code: str, kek_id: str) -> bool:
        """Whether this key of the council is here."""
        return bool(KEY_FILE.match(kek_id)) and (self._folder(controller_code) / kek_id).exists()

    def rotate(self, controller_code: str) -> str:
        """Makes a new current key and returns its id; wrapped keys must then be wrapped again."""
        folder = self._folder(controller_code)
        kek_id = self._make(folder)
        draft = folder / f".current.{kek_id}"
        draft.write_text(kek_id, "ascii")
        draft.replace(folder / "current")
        return kek_id

    def wrap(self, controller_code: str, key: bytes, context: str) -> tuple[str, bytes]:
        """(kek id, wrapped key). `context` must be given again, the same, to unwrap."""
        kek_id = self.current(controller_code)
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = _bound(controller_code, kek_id, context)
        sealed = AESGCM(self._read(controller_code, kek_id)).encrypt(nonce, key, bound)
        return kek_id, FORMAT + nonce + sealed

    def unwrap(self, controller_code: str, kek_id: str, wrapped: bytes, context: str) -> bytes:
        """The data key; raises CouncilKeyError when council, context or bytes are not the same."""
        nonce, sealed = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
        if wrapped[:1] != FORMAT or len(nonce) != NONCE_BYTES:
            raise CouncilKeyError("A wrapped key is damaged.")
        kek = self._read(controller_code, kek_id)
        try:
            return AESGCM(kek).decrypt(nonce, sealed, _bound(controller_code, kek_id, context))
        except InvalidTag:
            raise CouncilKeyError(
                f"The key of {controller_code} does not open this data key."
            ) from None

    def signing_key(self, controller_code: str) -> Ed25519PrivateKey:
        """The key of the council that signs; raises CouncilKeyError when it has none."""
        try:
            seed = (self._folder(controller_code) / SIGNING).read_bytes()
            return Ed25519PrivateKey.from_private_bytes(seed)
        except FileNotFoundError:
            raise CouncilKeyError(f"The signing key of {controller_code} is missing.") from None
        except ValueError:
            raise CouncilKeyError(f"The signing key of {controller_code} is damaged.") from None

    def _folder(self, controller_code: str) -> Path:
        if not CODE.match(controller_code):
            raise CouncilKeyError("A council's code may hold only letters, digits and hyphens.")
        return self.folder / controller_code.casefold()

    def _add(self, folder: Path) -> None:
        kek_id = self._make(folder)
        kept_secret(folder / "current", kek_id.encode("ascii"))

    def _make(self, folder: Path) -> str:
        kek_id = secrets.token_hex(8)
        kept_secret(folder / kek_id, secrets.token_bytes(KEY_BYTES))
        return kek_id

    def _read(self, controller_code: str, kek_id: str) -> bytes:
        if not KEY_FILE.match(kek_id):
            raise CouncilKeyError("A key id is damaged.")
        try:
            key = (self._folder(controller_code) / kek_id).read_bytes()
        except FileNotFoundError:
            raise CouncilKeyError(f"The key {kek_id} of {controller_code} is missing.") from None
        if len(key) != KEY_BYTES:
            raise CouncilKeyError(f"The key {kek_id} of {controller_code} is damaged.")
        return key


def _bound(controller_code: str, kek_id: str, context: str) -> bytes:
    return f"{controller_code.casefold()}|{kek_id}|{context}".encode()
