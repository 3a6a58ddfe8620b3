"""Rewrites a PDF by a more patient program where the library would give parts of it up."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from sar.documents.tools import Limits, run

_GIVEN_UP = "giving up on reading object"
_LIMITS = Limits(seconds=300, memory_mb=3072, output_mb=2048)


def whole_pdf(pdf: Path, scratch: Path, password: str = "") -> Path:
    """The file itself, or a copy in scratch with the parts that the library cannot read.

    It gives up a dictionary with a handful of repeated keys, such as distilling writes at times.

    Raises:
        pikepdf.PdfError: it cannot be opened at all.
    """
    with pikepdf.open(pdf, password=password, suppress_warnings=True) as opened:
        for _ in opened.objects:
            pass
        if not any(_GIVEN_UP in str(warning) for warning in opened.get_warnings()):
            return pdf
    copy = scratch / f"whole-{pdf.name}"
    argv = ["qpdf", "--decrypt", f"--password={password}", str(pdf.resolve()), copy.name]
    run(argv, scratch=scratch, limits=_LIMITS)  # its code only says that there were warnings
    return copy if copy.exists() else pdf
