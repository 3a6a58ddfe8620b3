"""The usual PyMuPDF program: join, mark, apply, stamp, save. It leaks; here it is only a measure.

Run by the Python of `bench/.venv`, which alone has PyMuPDF (AGPL): no part of what ships.
Usage: python usual_program.py CASE_DIR OUT.pdf
"""

import json
import sys
from pathlib import Path

import pymupdf


def main(folder: Path, out: Path) -> None:
    """Assembles the case as most programs do."""
    case = json.loads((folder / "case.json").read_text())
    bundle = pymupdf.open()
    for document in case["documents"]:
        first = bundle.page_count
        with pymupdf.open(folder / document["file"]) as source:
            bundle.insert_pdf(source)
        _redact(bundle, first, document)
    total = bundle.page_count
    for number, page in enumerate(bundle, 1):
        page.insert_text((480, 820), f"{case['reference']} page {number} of {total}", fontsize=8)
    bundle.save(out, garbage=3, deflate=True)


def _redact(bundle: pymupdf.Document, first: int, document: dict) -> None:
    pages = {}
    for area in document["areas"]:
        pages.setdefault(first + area["page"] - 1, []).append(area)
    for number, areas in pages.items():
        page = bundle[number]
        for area in areas:
            page.add_redact_annot(area["rect"], text=area["code"], fill=(0, 0, 0))
        page.apply_redactions()
    for withheld in document["withheld_pages"]:
        page = bundle[first + withheld["page"] - 1]
        page.add_redact_annot(page.rect, fill=(0, 0, 0))
        page.apply_redactions()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
