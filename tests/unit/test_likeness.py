from __future__ import annotations

import random
import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sar.documents.likeness import (
    PageText,
    Pair,
    RecordText,
    alike,
    compared,
    quoted_mails,
    same_content,
    same_places,
)
from sar.documents.page_terms import terms_of

SAID = (
    "Dear colleague I visited Niamh at school on Tuesday and she told me that she had settled in"
    " well with her new carers and asked when she could see her brother again"
)
WORDS = SAID.split()


def key(number: int) -> uuid.UUID:
    return uuid.UUID(int=number)


def record(number: int, *texts: str, look: str = "same", **given: object) -> RecordText:
    pages = tuple(
        PageText(key(1000 * number + at), terms_of(text), look) for at, text in enumerate(texts)
    )
    return RecordText(key(number), pages, **given)  # type: ignore[arg-type]


def mail(number: int, text: str, day: int) -> RecordText:
    head = f"Date {day} May 2014 From A To B Subject Niamh "
    return record(
        number,
        head + text,
        is_mail=True,
        head_count=len(terms_of(head)),
        dated_on=date(2014, 5, day),
    )


def test_the_same_words_and_pictures_are_a_copy_of_the_first() -> None:
    records = [record(1, SAID), record(2, SAID), record(3, SAID.upper())]
    assert list(same_content(records)) == [Pair(key(2), key(1)), Pair(key(3), key(1))]


@pytest.mark.parametrize(
    "other",
    [record(2, SAID, look="signed by hand"), record(2, SAID, SAID), record(2, SAID + " x")],
)
def test_what_differs_in_a_picture_a_page_or_a_word_is_no_copy(other: RecordText) -> None:
    assert list(same_content([record(1, SAID), other])) == []


def test_pages_without_pictures_are_never_certain() -> None:
    assert list(same_content([record(1, SAID, look=""), record(2, SAID, look="")])) == []


def test_a_mail_wholly_quoted_in_a_later_one_gives_way_to_the_fullest() -> None:
    first = mail(1, SAID, 1)
    reply = mail(2, f"Thank you. > {SAID}", 2)
    last = mail(3, f"Agreed. >> Thank you. > {SAID}", 3)
    found = {pair.copy: pair.kept for pair in quoted_mails([first, reply, last])}
    assert found[first.id] == last.id


@pytest.mark.parametrize(
    "later",
    [
        mail(2, "Thank you. " + SAID.replace("brother", "sister"), 2),
        mail(2, " ".join(WORDS[:-1]), 2),
        mail(2, " ".join([*WORDS[:9], "[she", "laughed]", *WORDS[9:]]), 2),
    ],
)
def test_a_mail_quoted_in_part_or_changed_is_not_given_up(later: RecordText) -> None:
    assert list(quoted_mails([mail(1, SAID, 1), later])) == []


def test_an_earlier_mail_never_stands_for_a_later_one() -> None:
    pairs = list(quoted_mails([mail(1, f"{SAID} and more besides was said", 1), mail(2, SAID, 2)]))
    assert key(2) not in {pair.copy for pair in pairs}


def test_a_mail_of_a_few_words_proves_nothing() -> None:
    assert (
        list(quoted_mails([mail(1, "Yes, thanks.", 1), mail(2, f"Yes, thanks. {SAID}", 2)])) == []
    )


def test_nearly_the_same_is_found_and_measured() -> None:
    long = " ".join(f"word{number}" for number in range(200)).split()
    changed = [*long[:50], "different", *long[51:]]
    (pair,) = alike([(key(1), long), (key(2), changed), (key(3), list(reversed(long)))])
    assert (pair.copy, pair.kept) == (key(2), key(1))
    assert 0.9 < pair.share < 1.0


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_a_page_with_a_few_words_changed_is_found_whichever_they_are(
    seed: int, changes: int
) -> None:
    made = random.Random(seed)
    words = [f"word{made.randrange(4000)}" for _ in range(300)]
    other = list(words)
    for _ in range(changes // 2):
        other[made.randrange(len(other))] = "changed"
    assert [pair.copy for pair in alike([(key(1), words), (key(2), other)])] == [key(2)]


def test_each_of_many_that_are_alike_is_compared_with_the_first_alone() -> None:
    words = terms_of(SAID * 3)
    pairs = list(alike((key(number), words) for number in range(1, 400)))
    assert {pair.kept for pair in pairs} == {key(1)}
    assert len(pairs) == 398


def test_two_texts_are_compared_word_by_word() -> None:
    left, right = compared(
        ["She", "saw", "her", "brother."], ["She", "saw", "her", "sister,", "Ada."]
    )
    assert [(each.words, each.is_same) for each in left] == [
        ("She saw her", True),
        ("brother.", False),
    ]
    assert [(each.words, each.is_same) for each in right] == [
        ("She saw her", True),
        ("sister, Ada.", False),
    ]


@given(st.lists(st.sampled_from(WORDS)), st.lists(st.sampled_from(WORDS)))
def test_comparing_loses_no_word_of_either_side(left: list[str], right: list[str]) -> None:
    pieces = compared(left, right)
    for words, side in zip((left, right), pieces, strict=True):
        assert " ".join(each.words for each in side).split() == words
    for mine, theirs in same_places(left, right).items():
        assert left[mine] == right[theirs]
