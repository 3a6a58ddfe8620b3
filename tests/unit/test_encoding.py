import pytest

from sar.documents.encoding import decoded, readable

WORDS = "Zoë said “no” – £5"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_words_survive_every_encoding_of_british_offices(encoding: str) -> None:
    plain = WORDS if encoding not in {"utf-16-le", "utf-16-be"} else "Zoe said no"
    assert decoded(plain.encode(encoding)) == plain


def test_a_declared_encoding_is_believed_when_it_fits() -> None:
    assert decoded("Żółć".encode("iso-8859-2"), "iso-8859-2") == "Żółć"


def test_a_declared_encoding_that_does_not_exist_is_passed_over() -> None:
    assert decoded(WORDS.encode(), "x-unknown-9") == WORDS


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decoded(bytes(range(256)) * 4) is None


def test_a_sample_may_end_within_a_character() -> None:
    assert decoded("naïve café".encode()[:-1]) == "naïve caf"


def test_known_text_with_stray_signs_is_still_readable() -> None:
    assert readable(b"one\x00two\x81") == "one·two·"
