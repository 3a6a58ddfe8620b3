"""What a file really is: judged by its bytes; its name only breaks ties between kinds of text."""

from __future__ import annotations

import re
import tarfile
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import filetype
import olefile

from sar.documents.encoding import decoded
from sar.documents.names import ending_of

_HEAD = 64 << 10


class Family(StrEnum):
    """Kinds of file that are opened in the same way."""

    PDF = "pdf"
    WORD = "word"
    SLIDES = "slides"
    SHEET = "sheet"
    MAIL = "mail"
    OUTLOOK = "outlook"
    TNEF = "tnef"
    MAILBOX = "mailbox"
    CALENDAR = "calendar"
    CONTACT = "contact"
    IMAGE = "image"
    TEXT = "text"
    TABLE = "table"
    MARKDOWN = "markdown"
    HTML = "html"
    ARCHIVE = "archive"
    LOCKED = "locked"
    OTHER_ARCHIVE = "other-archive"
    OUTLOOK_FILE = "outlook-file"
    SEALED = "sealed"
    SOUND = "sound"
    VIDEO = "video"
    PROGRAM = "program"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Media:
    """A media type, the family that opens it, and the ending such files usually have."""

    media_type: str
    family: Family
    ending: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
DOCX = Media(_OOXML + "wordprocessingml.document", Family.WORD, "docx")
XLSX = Media(_OOXML + "spreadsheetml.sheet", Family.SHEET, "xlsx")
PPTX = Media(_OOXML + "presentationml.presentation", Family.SLIDES, "pptx")
PDF = Media("application/pdf", Family.PDF, "pdf")
ZIP = Media("application/zip", Family.ARCHIVE, "zip")
MAIL = Media("message/rfc822", Family.MAIL, "eml")
TEXT = Media("text/plain", Family.TEXT, "txt")
EMPTY = Media("application/x-empty", Family.EMPTY, "")
UNKNOWN = Media("application/octet-stream", Family.UNKNOWN, "")

_MAGIC: tuple[tuple[bytes, Media], ...] = (
    (b"{\\rtf", Media("application/rtf", Family.WORD, "rtf")),
    (b"\x89PNG\r\n\x1a\n", Media("image/png", Family.IMAGE, "png")),
    (b"\xff\xd8\xff", Media("image/jpeg", Family.IMAGE, "jpg")),
    (b"GIF8", Media("image/gif", Family.IMAGE, "gif")),
    (b"II*\0", Media("image/tiff", Family.IMAGE, "tif")),
    (b"MM\0*", Media("image/tiff", Family.IMAGE, "tif")),
    (b"\x78\x9f\x3e\x22", Media("application/ms-tnef", Family.TNEF, "dat")),
    (b"\x1f\x8b", Media("application/gzip", Family.ARCHIVE, "gz")),
    (b"BZh", Media("application/x-bzip2", Family.ARCHIVE, "bz2")),
    (b"\xfd7zXZ\0", Media("application/x-xz", Family.ARCHIVE, "xz")),
    (b"7z\xbc\xaf\x27\x1c", Media("application/x-7z-compressed", Family.OTHER_ARCHIVE, "7z")),
    (b"Rar!\x1a\x07", Media("application/vnd.rar", Family.OTHER_ARCHIVE, "rar")),
    (b"MSCF", Media("application/vnd.ms-cab-compressed", Family.OTHER_ARCHIVE, "cab")),
    (b"!BDN", Media("application/vnd.ms-outlook-pst", Family.OUTLOOK_FILE, "pst")),
    (b"\xffWPC", Media("application/vnd.wordperfect", Family.WORD, "wpd")),
    (b"BM", Media("image/bmp", Family.IMAGE, "bmp")),
    (b"MZ", Media("application/vnd.microsoft.portable-executable", Family.PROGRAM, "exe")),
    (b"\x7fELF", Media("application/x-executable", Family.PROGRAM, "")),
    (b"ID3", Media("audio/mpeg", Family.SOUND, "mp3")),
    (b"#!AMR", Media("audio/amr", Family.SOUND, "amr")),
    (b"0&\xb2u\x8ef\xcf\x11", Media("video/x-ms-asf", Family.VIDEO, "wmv")),
)
_SHORT = {b"MZ", b"BZh", b"BM", b"ID3"}  # a plain text may begin like this
_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
_OLE = (
    ("EncryptedPackage", Media("application/x-encrypted-office", Family.LOCKED, "docx")),
    ("__properties_version1.0", Media("application/vnd.ms-outlook", Family.OUTLOOK, "msg")),
    ("WordDocument", Media("application/msword", Family.WORD, "doc")),
    ("Workbook", Media("application/vnd.ms-excel", Family.SHEET, "xls")),
    ("Book", Media("application/vnd.ms-excel", Family.SHEET, "xls")),
    ("PowerPoint Document", Media("application/vnd.ms-powerpoint", Family.SLIDES, "ppt")),
)
_ZIPPED = (
    ("word/", DOCX),
    ("xl/", XLSX),
    ("ppt/", PPTX),
)
_XLSB = Media("application/vnd.ms-excel.sheet.binary.macroEnabled.12", Family.SHEET, "xlsb")
_MACRO_TYPES = {
    "docx": "application/vnd.ms-word.document.macroEnabled.12",
    "xlsx": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "pptx": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
}
_OPEN_DOCUMENT = {
    _ODF + "text": Media(_ODF + "text", Family.WORD, "odt"),
    _ODF + "spreadsheet": Media(_ODF + "spreadsheet", Family.SHEET, "ods"),
    _ODF + "presentation": Media(_ODF + "presentation", Family.SLIDES, "odp"),
    _ODF + "graphics": Media(_ODF + "graphics", Family.SLIDES, "odg"),
}
_FLAT = {"odt": "fodt", "ods": "fods", "odp": "fodp", "odg": "fodg"}
_BY_ENDING = {
    "csv": Media("text/csv", Family.TABLE, "csv"),
    "tsv": Media("text/tab-separated-values", Family.TABLE, "tsv"),
    "md": Media("text/markdown", Family.MARKDOWN, "md"),
    "markdown": Media("text/markdown", Family.MARKDOWN, "md"),
    "htm": Media("text/html", Family.HTML, "html"),
    "html": Media("text/html", Family.HTML, "html"),
}
_HEADER_NAMES = {
    *("from", "to", "subject", "date", "received", "message-id", "mime-version"),
    *("return-path", "delivered-to", "content-type", "reply-to", "cc", "x-mailer"),
}
# Endings that promise a kind of content; another kind in them is worth telling the officer.
_SAME = {"jpeg": "jpg", "tiff": "tif", "htm": "html", "docm": "docx", "dotx": "docx"}
_SAME |= {"xlsm": "xlsx", "xltx": "xlsx", "pptm": "pptx", "ppsx": "pptx", "dot": "doc"}
_SAME |= {"heif": "heic", "avif": "heic", "mht": "mhtml", "tgz": "gz", "log": "txt", "pps": "ppt"}


def what_is(path: Path, name: str) -> Media:
    """The media of a file, by its content; `name` decides only between kinds of plain text."""
    if path.stat().st_size == 0:
        return EMPTY
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if ending_of(name) in {"p7m", "pgp", "gpg"}:
        return Media("application/pkcs7-mime", Family.SEALED, ending_of(name))
    return _binary(path, head) or _text(head, name) or _guessed(head)


def promised_ending(name: str) -> str:
    """The usual ending for what a name promises: 'jpg' for 'photo.JPEG'."""
    ending = ending_of(name)
    return _SAME.get(ending, ending)


def is_other_than_named(name: str, media: Media) -> bool:
    """True when the name promises a kind of file that this is not."""
    known = {each.ending for _, each in (*_MAGIC, *_OLE, *_ZIPPED)}
    known |= {"pdf", "zip", "eml", "odt", "ods", "odp", "webp", "heic", "ics", "vcf", "mhtml"}
    promised = promised_ending(name)
    return promised in known - {"", "dat", "gz"} and promised != media.ending


def _binary(path: Path, head: bytes) -> Media | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(olefile.MAGIC):
        return _compound(path)
    return _magic(head) or _tar(path, head)


def _magic(head: bytes) -> Media | None:
    for magic, media in _MAGIC:
        if head.startswith(magic) and (magic not in _SHORT or b"\0" in head[:64]):
            return media
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        return Media("image/heic", Family.IMAGE, "heic")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Media("image/webp", Family.IMAGE, "webp")
    return None


def _tar(path: Path, head: bytes) -> Media | None:
    if head[257:262] == b"ustar" or (head[100:103].isdigit() and tarfile.is_tarfile(path)):
        return Media("application/x-tar", Family.ARCHIVE, "tar")
    return None


def _zipped(path: Path) -> Media:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype":
                declared = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
                return _OPEN_DOCUMENT.get(declared.removesuffix("-template"), ZIP)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError):
        return ZIP
    if "[Content_Types].xml" in names:
        return _office(names)
    return ZIP


def _office(names: list[str]) -> Media:
    for prefix, media in _ZIPPED:
        if any(name.startswith(prefix) for name in names):
            if "xl/workbook.bin" in names:
                return _XLSB
            if any(name.endswith("vbaProject.bin") for name in names):
                return Media(_MACRO_TYPES[media.ending], media.family, media.ending)
            return media
    return ZIP


def _compound(path: Path) -> Media:
    try:
        with olefile.OleFileIO(path) as compound:
            for stream, media in _OLE:
                if compound.exists(stream):
                    return media
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return Media("application/x-ole-storage", Family.UNKNOWN, "")
    return Media("application/x-ole-storage", Family.UNKNOWN, "")


def _text(head: bytes, name: str) -> Media | None:
    text = decoded(head)
    if text is None:
        return None
    start = text.lstrip("\ufeff \t\r\n")
    for judge in (_card, _mail, _markup):
        media = judge(start, name)
        if media is not None:
            return media
    return _BY_ENDING.get(ending_of(name), TEXT)


def _card(start: str, name: str) -> Media | None:
    first = start[:40].upper()
    if first.startswith("BEGIN:VCALENDAR"):
        return Media("text/calendar", Family.CALENDAR, "ics")
    if first.startswith("BEGIN:VCARD"):
        return Media("text/vcard", Family.CONTACT, "vcf")
    return None


def _mail(start: str, name: str) -> Media | None:
    if re.match(r"From \S+.*\n[\w-]+:", start) or (
        start.startswith("From ") and ending_of(name) in {"mbox", "mbx"}
    ):
        return Media("application/mbox", Family.MAILBOX, "mbox")
    headers = start.replace("\r\n", "\n").partition("\n\n")[0]
    names = {each.lower() for each in re.findall(r"(?m)^([A-Za-z][\w-]*):", headers)}
    is_mail = len(names & _HEADER_NAMES) >= 2 and re.match(r"[\w-]+:", headers) is not None
    if not is_mail and ending_of(name) != "eml":
        return None
    if ending_of(name) in {"mht", "mhtml"} or "multipart/related" in headers.lower():
        if "snapshot-content-location" in headers.lower() or "from" not in names:
            return Media("multipart/related", Family.HTML, "mhtml")
        if ending_of(name) in {"mht", "mhtml"}:
            return Media("multipart/related", Family.HTML, "mhtml")
    return MAIL


def _markup(start: str, name: str) -> Media | None:
    first = start[:4096].lower()
    if "<office:document" in first:
        found = re.search(r'office:mimetype="([^"]+)"', first)
        media = _OPEN_DOCUMENT.get(found.group(1)) if found else None
        if media is not None:
            return Media(media.media_type, media.family, _FLAT[media.ending])
    if "<w:worddocument" in first:
        return Media("application/xml", Family.WORD, "xml")
    if "<svg" in first[:1024] and "<html" not in first:
        return Media("image/svg+xml", Family.TEXT, "svg")
    if first.startswith(("<!doctype html", "<html")) or "<html" in first[:1024]:
        return _BY_ENDING["html"]
    return None


def _guessed(head: bytes) -> Media:
    kind = filetype.guess(head)
    if kind is None:
        return UNKNOWN
    family = {"audio": Family.SOUND, "video": Family.VIDEO}.get(kind.mime.partition("/")[0])
    return Media(kind.mime, family or Family.UNKNOWN, kind.extension)
