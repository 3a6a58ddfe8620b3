import time

from sar.documents.content_lines import content_lines


def test_folded_lines_and_escapes_are_undone() -> None:
    (line,) = content_lines("SUMMARY:Meet\r\n ing at\\, say\\; ten\\nsharp")
    assert line.value == "Meeting at, say; ten\nsharp"


def test_parameters_are_read_in_both_forms() -> None:
    old, new = content_lines("TEL;WORK;VOICE:1\nTEL;TYPE=cell;TYPE=pref:2")
    assert old.label == "Telephone (work, voice)"
    assert new.label == "Telephone (cell)"


def test_a_quoted_parameter_may_hold_a_colon() -> None:
    (line,) = content_lines('ATTENDEE;CN="Obi: Ada";PARTSTAT=ACCEPTED:mailto:ada@example.org')
    assert line.parameters["CN"] == "Obi: Ada"
    assert line.value == "mailto:ada@example.org"


def test_quoted_printable_goes_over_lines() -> None:
    (line,) = content_lines("NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo=\nthree")
    assert line.value == "one\ntwothree"


def test_base64_is_a_file() -> None:
    (line,) = content_lines("PHOTO;ENCODING=b;TYPE=JPEG:aGVs\n bG8=")
    assert line.content == b"hello"
    (line,) = content_lines("PHOTO:data:image/jpeg;base64,aGVsbG8=")
    assert line.content == b"hello"


def test_a_group_before_a_name_is_dropped() -> None:
    (line,) = content_lines("item1.EMAIL:a@example.org")
    assert line.name == "EMAIL"


def test_a_line_that_is_none_is_kept_as_a_note() -> None:
    (line,) = content_lines("just words")
    assert (line.name, line.value) == ("NOTE", "just words")


def test_a_hostile_line_is_read_at_once() -> None:
    start = time.process_time()
    for hostile in ("A" + ";" * 20_000, "A;" + 'x="' * 20_000, "A" + ';a="b"' * 20_000 + '"'):
        content_lines(hostile)
    assert time.process_time() - start < 5
