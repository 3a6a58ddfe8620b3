"""Cases made for the tests of `sar assemble`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
from click.testing import CliRunner, Result
from reportlab.pdfgen import canvas

from sar.cli.assemble import command
from sar.domain.redaction import Rect

HEIGHT = 842.0
SECRET = "Marigold Fenwick"


def report(path: Path, lines: list[list[str]]) -> Path:
    """A PDF with these lines on each page, 20 points apart from 100 points down."""
    page = canvas.Canvas(str(path), pagesize=(595, HEIGHT), invariant=1)
    page.setTitle("Private working title")
    for texts in lines:
        for at, text in enumerate(texts):
            page.drawString(72, HEIGHT - 100 - 20 * at, text)
        page.showPage()
    page.save()
    return path


def line(number: int, left: float = 70, right: float = 400) -> Rect:
    """The place of a line, counted from 0."""
    return Rect(left, 88 + 20 * number, right, 104 + 20 * number)


def text_of(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def case_in(folder: Path, **changes: Any) -> Path:
    """A case of three documents, one with an area, one with a page withheld."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "files").mkdir(exist_ok=True)
    report(folder / "files/a.pdf", [["A visit to the flat.", f"We met {SECRET}."], ["More words."]])
    report(folder / "files/b.pdf", [["School report."], ["Private page."]])
    report(folder / "files/c.pdf", [["A letter without a date."]])
    data = {
        "reference": "WCC-2026-000004",
        "council": "WCC",
        "title": "Your records",
        "documents": [
            {"file": "files/c.pdf", "title": "Letter", "date": None},
            {
                "file": "files/a.pdf",
                "title": "Home visit",
                "date": "2012-03-04",
                "areas": [{"page": 1, "rect": line(1).as_list(), "code": "TP16"}],
            },
            {
                "file": "files/b.pdf",
                "title": "School report",
                "date": "2009-09-01",
                "areas": [],
                "withheld_pages": [{"page": 2, "code": "SW11"}],
            },
        ],
        "never": [SECRET],
        "volume_mb": 100,
        **changes,
    }
    (folder / "case.json").write_text(json.dumps(data))
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments])
