"""Over six hundred files that mean harm or are harmed, each made from a fixed seed."""

from __future__ import annotations

import gzip
import io
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from tests.corpus import outlook, records

BadFile = tuple[str, bytes]


def bad_files() -> Iterator[BadFile]:
    """Name and content of each; the same at every run."""
    for kind in (damaged, bad_pdfs, bad_office, bad_mails, bad_pictures, bad_archives, bad_texts):
        yield from kind()
    yield from bad_names()


def sound_files() -> dict[str, bytes]:
    """One good file of each kind that can be made without a converter."""
    html = b"<html><body><table><tr><td>words</td></tr></table></body></html>"
    return {
        "a.pdf": records.pdf("one", "two"),
        "a.docx": records.word_with_hidden_things(),
        "a.xlsx": records.workbook_with_hidden_things(),
        "a.eml": bytes(records.mail()),
        "a.mbox": b"From a Mon Jun 01 10:00:00 2009\n" + bytes(records.mail()),
        "a.msg": outlook.msg(outlook.message("Visit", "words")),
        "a.png": records.picture("x", (300, 200)),
        "a.jpg": records.picture("x", (300, 200), "JPEG"),
        "a.gif": records.picture("x", (300, 200), "GIF"),
        "a.tif": records.picture("x", (300, 200), "TIFF"),
        "a.webp": records.picture("x", (300, 200), "WEBP"),
        "a.heic": records.picture("x", (300, 200), "HEIF"),
        "a.zip": records.archive({"a.txt": b"words" * 100}),
        "a.html": html,
        "a.ics": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n",
        "a.vcf": b"BEGIN:VCARD\nFN:Dan Pike\nTEL:07700 900789\nEND:VCARD\n",
        "a.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard words\par}",
    }


def damaged() -> Iterator[BadFile]:
    """Cut off, with flipped bits, holes, tails, and parts that are there twice."""
    for name, sound in sound_files().items():
        for number in range(22):
            chance = random.Random(f"{name} {number}")
            content = bytearray(sound)
            place = chance.randrange(len(content))
            if number < 6:
                del content[place:]
            elif number < 14:
                for _ in range(1 + 4 * (number - 6)):
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            elif number < 18:
                content[place : place + 300] = bytes(300)
            elif number < 20:
                content[place:place] = content[: 1 + place // 2]
            else:
                content += chance.randbytes(5000)
            yield f"damaged-{number}-{name}", bytes(content)


def bad_pdfs() -> Iterator[BadFile]:
    """Loops, bombs and impossible pages."""
    yield "just-head.pdf", b"%PDF-1.7"
    yield "html.pdf", b"%PDF-1.4\n<html><script>alert(1)</script></html>"
    bomb = zlib.compress(zlib.compress(bytes(200 << 20), 9), 9)
    yield "bomb.pdf", pdf_of(page_of(), b"<</Filter[/FlateDecode/FlateDecode]>>", bomb)
    yield "huge.pdf", pdf_of(page_of(b"/MediaBox[0 0 9999999 9999999]"))
    yield "line.pdf", pdf_of(page_of(b"/MediaBox[0 0 72 4561920]"))
    yield "inside-out.pdf", pdf_of(page_of(b"/MediaBox[500 500 0 0]"))
    yield "no-size.pdf", pdf_of(page_of(b"/MediaBox[0 0 0 0]"))
    yield "words-as-size.pdf", pdf_of(page_of(b"/MediaBox[(a)(b)(c)(d)]"))
    yield "loop.pdf", pdf_of(b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
    yield "counts.pdf", pdf_of(b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 1000000>>", page_of())
    yield (
        "many.pdf",
        pdf_of(b"<</Type/Pages/Kids[%s]/Count 30000>>" % (b"3 0 R " * 30000), page_of()),
    )
    deep = b"[" * 20_000 + b"]" * 20_000
    yield "deep.pdf", pdf_of(page_of(b"/Annots " + deep))
    yield "launch.pdf", pdf_of(page_of(b"/AA<</O<</S/Launch/F(/bin/sh)>>>>"))
    yield "units.pdf", pdf_of(page_of(b"/UserUnit 100000"))
    for turn in (45, -90, 99999999):
        yield f"turn{turn}.pdf", pdf_of(page_of(b"/Rotate %d" % turn))
    for operators in (b"q " * 100_000, b"BT " * 50_000, b"/X Do", b"1 0 0 1 1e30 1e30 cm 0 0 m"):
        yield f"operators-{len(operators)}.pdf", pdf_of(page_of(), b"<<>>", operators)


def bad_office() -> Iterator[BadFile]:
    """Bombs of entities, links to elsewhere, parts that lie."""
    word, book = records.saved(records.word("words")), records.workbook_with_hidden_things()
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bombs = {
        "laughs": f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>',
        "passwd": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
        "outside": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
        "deep": "<x>" * 50_000 + "</x>" * 50_000,
        "none": "",
        "half": "<x><y>",
    }
    for name, markup in bombs.items():
        content = markup.encode()
        for part in (
            "word/document.xml",
            "word/comments.xml",
            "docProps/core.xml",
            "word/styles.xml",
        ):
            yield f"{name}-{part.replace('/', '-')}.docx", records.with_part(word, part, content)
        for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            yield f"{name}-{part.replace('/', '-')}.xlsx", records.with_part(book, part, content)
    link = '<Relationship Id="rId77" Type="{}/{}" Target="{}" TargetMode="External"/>'
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for kind, target in (
        ("attachedTemplate", "http://127.0.0.1:9/t.dotm"),
        ("image", "file:///etc/passwd"),
        ("oleObject", "http://127.0.0.1:9/o"),
        ("frame", "\\\\127.0.0.1\\share"),
    ):
        links = link.format(base, kind, target)
        head = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        )
        part = f"{head}{links}</Relationships>".encode()
        yield f"link-{kind}.docx", records.with_part(word, "word/_rels/settings.xml.rels", part)
    big = records.with_part(word, "word/media/big.xml", b"")
    yield "bomb.docx", records.archive({**_parts(big), "word/big.xml": bytes(400 << 20)})
    yield (
        "flat.fodt",
        (
            b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:'
            b'xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.text"/>'
        ),
    )


def bad_mails() -> Iterator[BadFile]:
    """Nests, false encodings, endless heads."""
    part = b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n"
    start = b"From: a@example.org\nSubject: x\n"
    for depth in (20, 200, 3000):
        nest = b"".join(part % (n, n) for n in range(depth))
        yield f"nest-{depth}.eml", start + nest + b"Content-Type: text/plain\n\nwords"
        wrapped = b"Content-Type: message/rfc822\n\n" * depth
        yield f"wrapped-{depth}.eml", start + wrapped + b"Subject: y\n\nwords"
    for charset in ("", "utf-7", "hex", "rot13", "zlib", "idna", "x" * 3000, "utf-16", "\x00"):
        head = f"Content-Type: text/plain; charset={charset}\n\nwords £".encode()
        yield f"charset-{charset[:9]!r}.eml", start + head
    yield "long-head.eml", start + b"To: " + b"a@example.org, " * 40_000 + b"\n\nwords"
    yield "many-heads.eml", start + b"".join(b"X-%d: y\n" % n for n in range(50_000)) + b"\nwords"
    yield "no-end.eml", start + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 3000
    yield "false.eml", start + b"Content-Transfer-Encoding: base64\n\n!!!! not base64 ????"
    yield "long-line.eml", start + b"\n" + b"x" * 300_000
    yield "tall.eml", start + b"Content-Type: text/html\n\n" + b"<div>" * 20_000 + b"words"
    yield "wide.eml", start + b"Content-Type: text/html\n\n<table><tr>" + b"<td>x" * 3000
    yield "style.eml", start + b"Content-Type: text/html\n\n<p style='width:1e9px;margin:1e9px'>w"
    yield "picture.eml", start + b"Content-Type: text/html\n\n<img width=999999 height=999999>w"
    for number in range(12):
        chance = random.Random(number)
        yield f"winmail-{number}.dat", b"\x78\x9f\x3e\x22\1\0" + chance.randbytes(60 * (number + 1))


def bad_pictures() -> Iterator[BadFile]:
    """Pictures that claim to be far larger than they are."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    for side in (20_000, 65_500, 2**31 - 1):
        head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0))
        body = chunk(b"IDAT", zlib.compress(bytes(1000)))
        yield f"flood-{side}.png", b"\x89PNG\r\n\x1a\n" + head + body
        yield (
            f"flood-{side}.bmp",
            b"BM"
            + struct.pack(
                "<IIIIiiHHIIIIII",
                99,
                0,
                54,
                40,
                side,
                min(side, 2**31 - 1),
                1,
                24,
                0,
                0,
                0,
                0,
                0,
                0,
            ),
        )
    yield "flood.gif", b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0xF7, 0, 0) + bytes(800)
    jpeg = bytearray(records.picture("x", (64, 64), "JPEG"))
    place = jpeg.index(b"\xff\xc0") + 5
    jpeg[place : place + 4] = struct.pack(">HH", 65_500, 65_500)
    yield "flood.jpg", bytes(jpeg)
    tags = [(256, 4, 1, 60_000), (257, 4, 1, 60_000), (258, 3, 1, 8), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 60_000), (279, 4, 1, 10)]
    rows = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    yield "flood.tif", b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + bytes(4)
    loop = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + struct.pack("<I", 8)
    yield "loop.tif", loop


def bad_archives() -> Iterator[BadFile]:
    """Slips, bombs, links and crowds."""
    for number, name in enumerate(
        ("../x", "/x", "C:\\x", "a/../../x", "..\\x", "x\0", "x" * 3000, "‮gpj.exe", "con", ".")
    ):
        yield f"slip-{number}.zip", records.archive({name: b"words"})
    yield "bomb.zip", records.archive({"zeros": bytes(500 << 20)})
    yield "bomb.gz", gzip.compress(bytes(450 << 20))
    yield "crowd.zip", records.archive({f"{number}": b"" for number in range(65_000)})
    yield "same.zip", _same_names()
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as tar:
            member = tarfile.TarInfo("link")
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
        yield f"kind-{kind!r}.tar", out.getvalue()
    lying = records.archive({"a": b"x" * 99})
    yield "lying.zip", lying.replace(struct.pack("<I", 99), b"\1\0\0\0")
    quine = records.archive({"again.zip": b""})
    yield "again.zip", records.archive({"again.zip": quine})


def bad_texts() -> Iterator[BadFile]:
    """Letters of every kind, and files that pretend to be text."""
    for number, text in enumerate(
        ("O'Brien", "Łódź", "Nguyễn", "নমস্কার", "ਸਤ", "مرحبا", "你好", "👩‍👧‍👦", "\u202eback",
         "a\u200bb", "é" * 500, "\ufffe",
         "\x1b[31mred", "=cmd|' /C calc'!A0", "{{7*7}}", "<svg onload=x>",
         "%n%n%s", "\u0645" * 5000, "Z̷͚͝a̸l̷g̵o̶" * 200, "-" * 100_000, "\n" * 5000, "\t" * 5000)
    ):  # fmt: skip
        for ending in ("txt", "csv", "md", "html"):
            yield f"text-{number}.{ending}", text.encode("utf-8", "surrogatepass")


def bad_names() -> Iterator[BadFile]:
    """Names that climb, hide, break lines or mean devices."""
    for name in (
        *("../../x.txt", "/etc/passwd", "..\\..\\x.txt", "C:\\x.txt", "a\0b.txt", "a\nb.txt"),
        *("x" * 400 + ".txt", "CON", "NUL.txt", "‮txt.exe", ".", "..", "", " ", "--help", "-o.txt"),
        *("$(touch x).txt", "`id`.txt", "a;b.txt", "a|b.txt", "*.txt", "~", "📷.txt", "a" * 255),
        *("%00.txt", "file:///etc/passwd", "http://127.0.0.1/x", "<b>.txt", "'\".txt", "x.docx "),
    ):
        yield name, b"words"


def pdf_of(pages: bytes, *objects: bytes) -> bytes:
    """A PDF of a catalogue, then these as objects 2, 3 ...; the last may be a stream's bytes."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", pages]
    if objects and len(objects) == 2:
        head = objects[0].replace(b"<<", b"<</Length %d" % len(objects[1]), 1)
        page = pages.replace(b"CONTENT", b"4 0 R")
        bodies = [bodies[0], b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
        bodies.append(head + b"stream\n" + objects[1] + b"\nendstream")
    elif b"/Page/" in pages:
        bodies = [bodies[0], b"<</Type/Pages/Kids[3 0 R]/Count 1>>", pages]
    else:
        bodies += objects
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start))
    return out.getvalue()


def page_of(more: bytes = b"") -> bytes:
    box = b"" if b"MediaBox" in more else b"/MediaBox[0 0 300 300]"
    return b"<</Type/Page/Parent 2 0 R%s%s/Contents CONTENT>>" % (box, more)


def _parts(office_file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(office_file)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def _same_names() -> bytes:
    first, second = records.archive({"a.txt": b"one", "b.txt": b"two"}), b"b.txt"
    return first.replace(second, b"a.txt")
