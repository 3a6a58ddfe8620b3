"""How a program is shut in: what it may see, what it may use, what it finds in its environment.

Nothing here starts anything: `tools.py` is the only door to another program.
"""

from __future__ import annotations

import math
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PATH = "/usr/local/bin:/usr/bin:/bin"
MARKER = "SAR_INSIDE"
# Only somebody who may already write to the root folder could make this outside a sandbox.
MARKER_FOLDER = Path("/.sar-inside")

# Settings and caches that converters read; nothing with secrets, names of users or networks.
_READABLE = (
    "/etc/fonts",
    "/etc/alternatives",
    "/etc/libreoffice",
    "/etc/ghostscript",
    "/etc/ImageMagick-6",
    "/etc/papersize",
    "/etc/ld.so.cache",
    "/etc/mime.types",
    "/var/cache/fontconfig",
    "/var/lib/ghostscript",
    "/var/lib/libreoffice",
)
_SYSTEM = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Limits:
    """What one run may use: wall-clock seconds, resident memory, processes, bytes written."""

    seconds: float = 60.0
    memory_mb: int = 2048
    processes: int = 64
    output_mb: int = 512


DEFAULT_LIMITS = Limits()


def is_inside() -> bool:
    """True in a process that already runs in the sandbox."""
    return os.environ.get(MARKER) == "1" and MARKER_FOLDER.is_dir()


def environment(scratch: Path) -> dict[str, str]:
    """The whole environment of a program in the sandbox: nothing is inherited."""
    return {
        "PATH": PATH,
        "HOME": str(scratch),
        "TMPDIR": "/tmp",  # noqa: S108  # private to the sandbox
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",  # more tesseract threads than one are slower on two cores
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(_python_path()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",  # the same file must give the same bytes
        MARKER: "1",
    }


def limited(argv: Sequence[str], limits: Limits) -> list[str]:
    """Argv under resource limits that the kernel keeps, never above those this process has."""
    wanted = {
        "as": (resource.RLIMIT_AS, (limits.memory_mb + 2048) << 20),  # always more than memory
        "fsize": (resource.RLIMIT_FSIZE, limits.output_mb << 20),
        "nproc": (resource.RLIMIT_NPROC, limits.processes),
        "cpu": (resource.RLIMIT_CPU, 2 * math.ceil(limits.seconds) + 1),
        "core": (resource.RLIMIT_CORE, 0),
        "nofile": (resource.RLIMIT_NOFILE, 1024),
    }
    kept = [f"--{name}={_at_most(kind, value)}" for name, (kind, value) in wanted.items()]
    return ["prlimit", *kept, "--", *argv]


def _at_most(kind: int, value: int) -> int:
    """The value, or what this process may have at most: a step cannot give more than it got."""
    most = resource.getrlimit(kind)[1]
    return value if most == resource.RLIM_INFINITY else min(value, most)


def shut_in(argv: Sequence[str], scratch: Path) -> list[str]:
    """Argv inside bubblewrap: no network, no other processes, only scratch can be written."""
    return [
        "bwrap",
        "--unshare-all",
        "--unshare-user",
        "--disable-userns",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        *("--uid", "1000", "--gid", "1000"),
        *("--hostname", "sandbox"),
        *("--proc", "/proc"),
        *("--dev", "/dev"),
        *("--size", str(64 << 20), "--tmpfs", "/dev/shm"),  # noqa: S108
        *("--size", str(256 << 20), "--tmpfs", "/tmp"),  # noqa: S108
        *_system_binds(),
        *_python_binds(),
        *("--dir", str(MARKER_FOLDER)),
        *("--bind", str(scratch), str(scratch)),
        *("--remount-ro", "/dev"),
        *("--remount-ro", "/"),
        *("--chdir", str(scratch)),
        "--",
        *argv,
    ]


def interpreter() -> str:
    """The real Python program, whatever links a virtual environment reaches it by."""
    return str(Path(sys.executable).resolve())


def _system_binds() -> list[str]:
    binds = ["--ro-bind", "/usr", "/usr"]
    for name in _SYSTEM:
        path = Path(name)
        if path.is_symlink():
            binds += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            binds += ["--ro-bind", name, name]
    for name in _READABLE:
        binds += ["--ro-bind-try", name, name]
    return binds


def _python_binds() -> list[str]:
    folders = [Path(sys.base_prefix), Path(sys.prefix), Path(interpreter()).parent.parent]
    wanted = {folder.resolve() for folder in folders} | set(folders) | {_PACKAGE}
    binds = []
    for folder in sorted(wanted):
        if folder != Path("/") and not folder.is_relative_to("/usr"):
            binds += ["--ro-bind", str(folder), str(folder)]
    return binds


def _python_path() -> list[str]:
    packages = [
        each
        for each in sys.path
        if each.endswith(("site-packages", "dist-packages"))
        and Path(each).is_relative_to(sys.prefix)
    ]
    return [str(_PACKAGE.parent), *packages]
