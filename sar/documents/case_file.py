"""Reads `case.json`: the case a bundle is made of, with every path kept inside its folder.

What this program does not know is refused, because a part spelt wrongly would be a part left in.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sar.documents.bundle_case import BundleCase, BundleDocument
from sar.documents.errors import DocumentError, DocumentFault
from sar.documents.letterhead import (
    InformationUse,
    LetterContext,
    Officer,
    SearchedPlace,
)
from sar.domain.disclosure import IN_BUNDLE, NotIncluded, PageFate, PageRef
from sar.domain.errors import PlanError
from sar.domain.redaction import parse_plan
from sar.domain.regulator import Regulator

NAME = "case.json"
_CASE = {"reference", "council", "title", "documents", "never", "volume_mb"}
_CASE_MORE = {"letter", "not_included", "reviewers"}
_DOCUMENT = {"file", "title", "date", "areas", "withheld_pages", "is_prepared"}
_LETTER = {field.name for field in fields(LetterContext)}
_LARGEST = 64 << 20  # bytes of case.json
_MOST_PAGES = 1_000_000
Part = TypeVar("Part")


def read_case(folder: Path) -> BundleCase:
    """The case that `case.json` in this folder describes.

    Raises:
        DocumentError: the file, or a document it names, is not there.
        PlanError: the file is malformed, or names something outside its folder.
    """
    path = folder / NAME
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise DocumentError(DocumentFault.CORRUPT, f"There is no readable {NAME} in {folder.name}.")
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise PlanError(f"{NAME} is not JSON: {error}.") from error
    return parse_case(data, folder.resolve())


def parse_case(data: object, folder: Path) -> BundleCase:
    """The case in these plain values; documents are looked up in folder.

    Raises:
        DocumentError: a document is not there.
        PlanError: a part is missing, unknown, or of the wrong kind.
    """
    case = _known(data, _CASE | _CASE_MORE, "The case")
    never = parse_plan({"never": case.get("never", [])}).never
    return BundleCase(
        reference=_text(case, "reference"),
        council=_text(case, "council"),
        title=_text(case, "title", ""),
        documents=_each(case, "documents", lambda each: _document(each, folder)),
        never=never,
        volume_mb=_number(case, "volume_mb", 100),
        letter=_letter(case.get("letter", {})),
        not_included=_each(case, "not_included", _not_included),
        reviewers=_texts(case, "reviewers"),
    )


def _document(data: object, folder: Path) -> BundleDocument:
    document = _known(data, _DOCUMENT, "A document")
    file = _text(document, "file")
    plan = {name: document.get(name, []) for name in ("areas", "withheld_pages")}
    try:
        return BundleDocument(
            title=_text(document, "title", "") or "Record",
            dated_on=_date(document.get("date"), "date"),
            source=_inside(folder, file),
            is_prepared=document.get("is_prepared") is True,
            plan=parse_plan(plan),
            note=file,
        )
    except PlanError as error:
        raise PlanError(f"{file}: {error}") from error


def _inside(folder: Path, file: str) -> Path:
    """The document's path, links followed, when it is a file inside the folder."""
    if "\0" in file:
        raise PlanError("A file name may not hold a null character.")
    path = (folder / file).resolve()
    if not path.is_relative_to(folder):
        raise PlanError("The file lies outside the folder of the case.")
    if not path.is_file():
        raise DocumentError(DocumentFault.CORRUPT, f"{file}: there is no such file.")
    return path


def _letter(data: object) -> LetterContext:
    letter = dict(_known(data, _LETTER, "The letter"))
    for name in ("dated_on", "received_on"):
        letter[name] = _date(letter.get(name), name)
    for name in ("requester_name", "complaint_words"):
        letter[name] = _text(letter, name, "")
    letter["about"] = _text(letter, "about", "you")
    if "support" in letter:
        letter["support"] = _texts(letter, "support")
    letter["searched"] = _each(letter, "searched", lambda each: _plain(SearchedPlace, each))
    for name, kind in (("officer", Officer), ("use", InformationUse), ("regulator", Regulator)):
        letter[name] = _plain(kind, letter.get(name, {}))
    return LetterContext(**letter)


def _plain(kind: type[Part], data: object) -> Part:
    """A dataclass of texts, or of tuples of texts, from an object with the same names."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # always a dataclass
    values = _known(data, names, kind.__name__)
    read: dict[str, Any] = {
        name: _texts(values, name) if name == "address" else _text(values, name) for name in values
    }
    try:
        return kind(**read)
    except TypeError as error:
        raise PlanError(f"{kind.__name__} lacks a part: {', '.join(sorted(names))}.") from error


def _not_included(data: object) -> NotIncluded:
    values = _known(data, {"fate", "pages", "reason", "copies_of"}, "not_included")
    fate, pages = values.get("fate"), values.get("pages")
    allowed = [each.value for each in PageFate if each not in IN_BUNDLE]
    if fate not in allowed:
        raise PlanError(f"The fate of pages not included must be one of {', '.join(allowed)}.")
    if type(pages) is not int or not 0 <= pages <= _MOST_PAGES:
        raise PlanError("Pages not included need a whole number of pages.")
    copies = _each(values, "copies_of", _page_ref)
    return NotIncluded(PageFate(fate), pages, _text(values, "reason"), copies)


def _page_ref(data: object) -> PageRef:
    """A page of a document by the document's number, from 1, in the list of the case."""
    values = _known(data, {"document", "page"}, "copies_of")
    document, page = values.get("document"), values.get("page")
    if type(document) is not int or type(page) is not int or min(document, page) < 1:
        raise PlanError("copies_of needs the number of a document and of its page, from 1.")
    return PageRef(str(document), page)


def _known(data: object, names: Collection[str], what: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise PlanError(f"{what} must be an object.")
    unknown = sorted(set(map(str, data)) - set(names))
    if unknown:
        raise PlanError(f"{what} has parts this program does not know: {', '.join(unknown)}.")
    return data


def _text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise PlanError(f"{name} must be a text.")
    return " ".join(value.split())


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return _each(data, name, lambda each: _text({name: each}, name))


def _each(data: Mapping[str, Any], name: str, read: Callable[[object], Part]) -> tuple[Part, ...]:
    values = data.get(name, [])
    if not isinstance(values, list | tuple):
        raise PlanError(f"{name} must be a list.")
    return tuple(read(value) for value in values)


def _number(data: Mapping[str, Any], name: str, default: float) -> float:
    value = data.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PlanError(f"{name} must be a number.")
    return float(value)


def _date(value: object, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError as error:
        raise PlanError(f"{name} must be a date such as 2019-03-04, or nothing.") from error
