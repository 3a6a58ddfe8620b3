"""Whose a number, date or address is: the nearest person in its row, sentence or form."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sar.documents.name_mentions import Mention
from sar.documents.people_register import Person
from sar.documents.recognisers import Detail
from sar.documents.table_rows import is_form_line, lines_of
from sar.domain.people import KEPT_ROLES, Role

_SENTENCE = re.compile(r"(?<=[a-z0-9)\]\"'’][.!?])[\s\"'“]+(?=[A-Z\[(])|\n\s*\n")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:mother|father|mum|mam|dad|parents?|brother|sister|siblings?|aunt\w*|uncle|cousin|gran\w*|nan|"
    r"nana|partner|boyfriend|girlfriend|friend|neighbours?|carers?|victim|witness|referrer|landlord|"
    r"ex-\w+|husband|wife|step\w+|m[gu]m|pgm|another|other|somebody|someone|male|female)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:Ltd|Limited|plc|LLP|CIC|Inc|Council|Trust|Solicitors|Surgery|Hospital|Clinic|(?:Health|Contact|"
    r"Family|Children'?s|Medical|Community) Centre|Nursery|Agency|Services?|Foundation)\b"
)
_BODY_KINDS = frozenset({"SORT_CODE", "ACCOUNT_NUMBER", "PHONE", "EMAIL"})
_PRIVATE = frozenset(
    {"NHS_NUMBER", "UPN", "ULN", "NI_NUMBER", "DOB", "ADDRESS", "POSTCODE", "AGE", "SCHOOL"}
)


@dataclass(frozen=True)
class Owner:
    """Whose a detail seems to be: people, or a body such as a company; how says by what sign."""

    people: tuple[Person, ...]
    how: str
    is_body: bool = False


class Surroundings:
    """The rows, sentences and forms of one text, with the people named in each."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        """Mentions in the order of the text."""
        self._text = text
        self._mentions = mentions
        self._mention_starts = [mention.start for mention in mentions]
        self._lines = lines_of(text)
        self._line_starts = [start for start, _ in self._lines]
        self._forms = [is_form_line(text[start:end]) for start, end in self._lines]
        self._breaks = self._sentence_breaks()

    def owner_of(self, detail: Detail) -> Owner | None:
        """The owner, or None when no one person is near enough."""
        low, high = self._line(detail.start)
        if self._forms[self._line_number(detail.start)]:
            found = self._in_form_line(detail, low, high)
        else:
            found = self._in_sentence(detail, *self._sentence(detail.start))
        return found or self._in_block(detail)

    def before_in_sentence(self, start: int) -> Mention | None:
        """The last naming before this place in its sentence."""
        low, _ = self._sentence(start)
        return self._last(low, start)

    def after_within(self, start: int, distance: int) -> Mention | None:
        """The next naming that begins at most this many characters on."""
        _, high = self._sentence(start)
        return self._next(start, high, start + distance)

    # Row and sentence

    def _in_form_line(self, detail: Detail, low: int, high: int) -> Owner | None:
        before = self._last(low, detail.start)
        if before is None and detail.kind not in {"PHONE", "EMAIL"}:
            before = self._next(detail.end, high) if "|" in self._text[low:high] else None
        if before is None:
            return None
        return self._unless_another(before, detail, low, "same line")

    def _in_sentence(self, detail: Detail, low: int, high: int) -> Owner | None:
        before = self._last(low, detail.start)
        if before is not None:
            return self._unless_another(before, detail, low, "same sentence")
        after = self._next(detail.end, high)
        return None if after is None else Owner(after.people, "same sentence")

    def _unless_another(self, mention: Mention, detail: Detail, low: int, how: str) -> Owner:
        """Nobody, when the nearest person's would be kept and another may be meant."""
        between = self._text[mention.end : detail.start]
        if _is_kept(mention):
            others = self._between(low, mention.start)
            if _SOMEBODY_ELSE.search(between) or any(not _is_kept(each) for each in others):
                return Owner((), "one of several people")
        return Owner(mention.people, how)

    # Form block

    def _in_block(self, detail: Detail) -> Owner | None:
        low = self._block_start(detail.start)
        before = self._between(low, detail.start)
        if detail.kind in _PRIVATE:
            before = [each for each in before if not _is_worker(each)]
        if not before:
            return self._body(detail, low)
        named = {person for mention in before for person in mention.people}
        if len(named) == 1 and all(mention.people for mention in before):
            return Owner(tuple(named), "same block")
        return None

    def _body(self, detail: Detail, low: int) -> Owner | None:
        start = low if detail.kind in _BODY_KINDS else max(low, detail.start - 45)
        before = self._text[start : detail.start]
        if detail.kind not in _BODY_KINDS:
            before = before.rpartition("\n")[2]
            if not re.search(r",\s*$", before):
                return None
        return Owner((), "a body, not a person", is_body=True) if _BODY.search(before) else None

    def _block_start(self, at: int) -> int:
        number = self._line_number(at)
        first = number
        while (
            first > 0 and number - first < 8 and self._text[slice(*self._lines[first - 1])].strip()
        ):
            first -= 1
        return self._lines[first][0]

    # Places

    def _line_number(self, at: int) -> int:
        return bisect_right(self._line_starts, at) - 1

    def _line(self, at: int) -> tuple[int, int]:
        return self._lines[self._line_number(at)]

    def _sentence(self, at: int) -> tuple[int, int]:
        number = bisect_right(self._breaks, at)
        low = self._breaks[number - 1] if number else 0
        high = self._breaks[number] if number < len(self._breaks) else len(self._text)
        return low, high

    def _sentence_breaks(self) -> list[int]:
        places = {match.end() for match in _SENTENCE.finditer(self._text)}
        for (start, end), is_form in zip(self._lines, self._forms, strict=True):
            if is_form:
                places |= {start, min(end + 1, len(self._text))}
        return sorted(places)

    def _between(self, low: int, high: int) -> Sequence[Mention]:
        """The namings that begin from low on and before high."""
        starts = self._mention_starts
        return self._mentions[bisect_left(starts, low) : bisect_left(starts, high)]

    def _last(self, low: int, high: int) -> Mention | None:
        inside = [each for each in self._between(low, high) if each.end <= high]
        return inside[-1] if inside else None

    def _next(self, low: int, high: int, latest: int | None = None) -> Mention | None:
        found = next((each for each in self._between(low, high) if each.end <= high), None)
        return None if found and latest is not None and found.start > latest else found


def _is_kept(mention: Mention) -> bool:
    return bool(mention.people) and all(each.role in KEPT_ROLES for each in mention.people)


def _is_worker(mention: Mention) -> bool:
    return bool(mention.people) and all(each.role is Role.PROFESSIONAL for each in mention.people)
