from __future__ import annotations

from sar.documents.layout import PageLayout, Word
from sar.documents.mail_head import mail_head
from sar.documents.page_terms import terms_of
from sar.domain.redaction import Rect

HEAD = (
    (60, "Date"),
    (140, "5 May 2014, 10:00"),
    (60, "From"),
    (140, "Ann Bee <ann@example.org>"),
    (60, "To"),
    (140, "Cee Dee <cee@example.org>,"),
    (140, "Eff Gee <eff@example.org>"),
    (60, "Subject"),
    (140, "Niamh"),
)


def page(*lines: tuple[float, str]) -> PageLayout:
    words = tuple(
        Word(word, Rect(x + 50 * at, 20.0 * line, x + 50 * at + 40, 20.0 * line + 12), line)
        for line, (x, text) in enumerate(lines)
        for at, word in enumerate(text.split())
    )
    return PageLayout(1, 595, 842, words)


def head_words(*body: tuple[float, str]) -> int:
    return mail_head(page(*HEAD, *body))


EXPECTED = sum(len(terms_of(text)) for _, text in HEAD)


def test_the_head_ends_where_the_mail_begins() -> None:
    assert head_words((60, "Dear Cee, she is well.")) == EXPECTED


def test_a_body_that_begins_with_the_word_of_a_label_is_no_head() -> None:
    assert head_words((60, "To confirm what we said:"), (60, "From today on")) == EXPECTED


def test_an_empty_page_has_no_head() -> None:
    assert mail_head(page()) == 0
