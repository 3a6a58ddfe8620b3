"""Pages a second from a file as it comes to prepared, searchable pages, by kind and by workers.

`python -m bench.convert [--each FILES]` prints a table; nothing of it touches a database.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen import canvas

from sar.documents.ingest import ingest
from tests.corpus import records

LINE = "Record {} of the visit: she was seen at home and was well, and the next visit is in May."


def text_pdf() -> bytes:
    """Twenty pages of forty lines."""
    out = BytesIO()
    page = canvas.Canvas(out)
    for number in range(20):
        for line in range(40):
            page.drawString(50, 790 - 18 * line, LINE.format(40 * number + line))
        page.showPage()
    page.save()
    return out.getvalue()


def word() -> bytes:
    """A letter of some ten pages."""
    return records.saved(records.word(*(LINE.format(number) for number in range(400))))


def mail() -> bytes:
    """A mail of a page or two."""
    return bytes(records.mail(body="\n".join(LINE.format(number) for number in range(60))))


def scan() -> bytes:
    """A scanned page, to be read by OCR."""
    out = BytesIO()
    lines = [LINE.format(number)[:60] for number in range(25)]
    records.scan(*lines).save(out, "TIFF")
    return out.getvalue()


KINDS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "Text PDF": ("a.pdf", text_pdf),
    "Word (docx)": ("a.docx", word),
    "Mail (eml)": ("a.eml", mail),
    "Scan with OCR": ("a.tif", scan),
}


def pages_of(name: str, content: bytes) -> int:
    """Takes one file in, pictures and all, and counts its pages."""
    with tempfile.TemporaryDirectory() as folder:
        source, scratch = Path(folder) / "source", Path(folder).resolve() / "scratch"
        source.write_bytes(content)
        scratch.mkdir()
        record = ingest(source, name, scratch)
        assert record.prepared is not None, record.sentence
        return len(record.layouts)


def rate(name: str, content: bytes, count: int, workers: int) -> float:
    """Pages a second over so many files, with so many workers."""
    start = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:  # each file's work is done by programs of its own
        pages = sum(pool.map(lambda _: pages_of(name, content), range(count)))
    return pages / (time.monotonic() - start)


def main() -> None:
    """Prints one row a kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=6, help="files of each kind")
    each = parser.parse_args().each
    print("| kind | one worker | two workers |\n|---|---|---|")
    for kind, (name, make) in KINDS.items():
        content = make()
        one, two = (rate(name, content, each, workers) for workers in (1, 2))
        print(f"| {kind} | {one:.1f} | {two:.1f} |", flush=True)


if __name__ == "__main__":
    main()
