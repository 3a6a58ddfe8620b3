"""LibreOffice: one process for each file, with a profile of its own that runs no macros."""

from __future__ import annotations

import shutil
from pathlib import Path

from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.tools import Limits, run

LIMITS = Limits(seconds=240, memory_mb=2048, processes=64, output_mb=512)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
%s</oor:items>
"""
_ITEM = """<item oor:path="/org.openoffice.Office.%s"><prop oor:name="%s" oor:op="fuse">\
<value>%s</value></prop></item>
"""
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
    ("Calc/Content/Update", "Link", "2"),
    ("Common/Misc", "FirstRun", "false"),
)


def converted_by_office(source: Path, folder: Path, target: str, kind: str = "") -> Path:
    """Source written anew by LibreOffice.

    Target is an ending, with a filter after a colon if need be. Kind is the ending LibreOffice
    is shown, when the source's own name does not say it.

    Raises:
        DocumentError: CORRUPT when nothing came out, TIMED_OUT, TOO_BIG, TOOL_MISSING.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given = folder / f"source.{kind or source.suffix.lstrip('.')}"
    if given != source:
        shutil.copyfile(source, given)
    out = folder / "out"
    argv = [
        "soffice",
        f"-env:UserInstallation={_profile(folder).as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", target, "--outdir", str(out), str(given)),
    ]
    run(argv, scratch=folder, limits=LIMITS)
    made = out / f"source.{target.partition(':')[0]}"
    # The exit code means nothing: what counts is what came out.
    if not made.is_file() or made.stat().st_size == 0:
        raise DocumentError(
            DocumentFault.CORRUPT,
            "This document is damaged or of an unknown make and cannot be opened. "
            "Open it in the program that made it, save it as a PDF and upload that.",
        )
    return made


def _profile(folder: Path) -> Path:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    items = "".join(_ITEM % setting for setting in _SETTINGS)
    settings = profile / "user" / "registrymodifications.xcu"
    settings.write_text(_PROFILE % items, encoding="utf-8")
    return profile
