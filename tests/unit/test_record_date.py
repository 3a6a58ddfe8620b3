from datetime import date

import pytest

from sar.documents.record_date import RecordDate, record_date
from sar.domain.chronology import DateSource

TODAY = date(2026, 11, 22)
OTHER = date(2013, 12, 23)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2010-02-03 Contact and referral.docx", date(2010, 2, 3)),
        ("Home_visit_03.02.2010.pdf", date(2010, 2, 3)),
        ("Letter 3 February 2010 to school.docx", date(2010, 2, 3)),
        ("Review minutes.docx", OTHER),
        ("Plan for 2031-01-01.docx", OTHER),
    ],
)
def test_the_date_in_the_name_comes_before_what_the_file_says_of_itself(
    name: str, expected: date
) -> None:
    found = record_date(name, WORD, OTHER, TODAY)
    assert found.on == expected
    assert found.source is (DateSource.DOCUMENT if expected == OTHER else DateSource.NAME)


def test_a_mail_keeps_its_own_date_whatever_it_is_called() -> None:
    assert record_date("2020-01-01 fwd.eml", "message/rfc822", OTHER, TODAY) == RecordDate(
        OTHER, DateSource.MAIL
    )


def test_no_record_is_of_the_future() -> None:
    assert record_date("note.docx", WORD, date(2030, 1, 1), TODAY) == RecordDate()
