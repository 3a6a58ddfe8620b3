"""`sar triage` on files, through the sandbox."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from sar.cli.triage import command

ASKING = (
    b"Received: from a by b; Mon, 12 Oct 2026 09:15:00 +0100\nFrom: Sam <sam@example.org>\n"
    b"To: DPO@Westminster.gov.uk\nSubject: My file\nMessage-ID: <one@example.org>\n\n"
    b"I was with the YOT in 2019. Please send me everything you have on me.\n"
)


def answer(*files: Path) -> Any:
    result = CliRunner().invoke(command, [str(each) for each in files])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_one_file_gives_one_answer(tmp_path: Path) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(ASKING)
    told = answer(mail)
    assert (told["council"], told["kind"], told["service"]) == ("WCC", "access", "SVC-06")
    assert told["is_rights_request"] is True
    assert told["received_on"] == "2026-10-12"
    assert told["duplicate_of"] is None


def test_a_repeat_among_several_files_names_the_first(tmp_path: Path) -> None:
    first, empty, again = (tmp_path / name for name in ("a.eml", "b.eml", "c.eml"))
    first.write_bytes(ASKING)
    empty.write_bytes(b"")
    again.write_bytes(ASKING.replace(b"<one@", b"<two@"))
    told = answer(first, empty, again)
    assert [each["duplicate_of"] for each in told] == [None, None, str(first)]
    assert told[1]["kind"] == "not-a-request"
    assert told[1]["problems"] == ["The mail is empty."]
