"""The outside world as this process has it: opened once, by whatever joins the parts."""

from dataclasses import dataclass, field

from sar.adapters.files import FileStore
from sar.adapters.inbox import DropFolders
from sar.adapters.jobs import JobSender
from sar.adapters.keys import KeyRing
from sar.adapters.outbox import Outbox
from sar.adapters.scanner import Scanner
from sar.domain.regulator import Regulator


@dataclass(frozen=True, slots=True)
class Doors:
    """Keys, files, job messages, mail in and out, the address people type, and the regulator.

    Without a `scanner` files are opened unscanned, and the screens say so.
    """

    keys: KeyRing
    files: FileStore
    jobs: JobSender
    inbox: DropFolders
    outbox: Outbox
    base_url: str
    scanner: Scanner | None = None
    regulator: Regulator = field(default_factory=Regulator)


_opened: list[Doors] = []


def open_doors(opened: Doors) -> None:
    """Makes these the doors of the process; a test opens its own."""
    _opened[:] = [opened]


def doors() -> Doors:
    """The doors of the process; raises RuntimeError before anything opened them."""
    if not _opened:
        raise RuntimeError("The application has not been joined: nobody called open_doors.")
    return _opened[0]
