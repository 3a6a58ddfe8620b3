"""Incoming mail from drop folders: one folder for each inbox, one file for each mail.

A file is moved out of the way only after what it became has been committed, so that a mail is
never lost; a mail seen twice is recognised by its bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_MAIL_BYTES = 150 * 1024 * 1024
DONE = "done"


@dataclass(frozen=True)
class Dropped:
    """One mail waiting in an inbox's folder."""

    inbox_slug: str
    path: Path


class DropFolders:
    """`root/<inbox slug>/*.eml`; what has been taken in lies in `root/<inbox slug>/done`."""

    def __init__(self, root: Path, slugs: Iterable[str]) -> None:
        self.root = root
        self.slugs = tuple(slugs)

    def prepare(self) -> None:
        """Makes a folder for every inbox."""
        for slug in self.slugs:
            (self.root / slug / DONE).mkdir(parents=True, exist_ok=True)

    def waiting(self) -> Iterator[Dropped]:
        """Mails in order of arrival; a link, a folder or a file still being written is left."""
        for slug in self.slugs:
            folder = self.root / slug
            if not folder.is_dir():
                continue
            found = [Path(entry.path) for entry in os.scandir(folder) if _is_mail(entry)]
            for path in sorted(found, key=lambda each: (each.stat().st_mtime_ns, each.name)):
                yield Dropped(slug, path)

    def read(self, dropped: Dropped) -> bytes:
        """The raw bytes of a mail."""
        return dropped.path.read_bytes()

    def finish(self, dropped: Dropped, name: str) -> None:
        """Moves a mail that was taken in out of the way, under a name of ours."""
        target = self.root / dropped.inbox_slug / DONE
        target.mkdir(parents=True, exist_ok=True)
        if dropped.path.exists():
            dropped.path.replace(target / f"{name}.eml")


def _is_mail(entry: os.DirEntry[str]) -> bool:
    return (
        entry.name.lower().endswith(".eml")
        and not entry.name.startswith(".")
        and entry.is_file(follow_symlinks=False)
        and entry.stat(follow_symlinks=False).st_size <= MAX_MAIL_BYTES
    )
