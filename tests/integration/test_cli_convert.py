import hashlib
import json
from pathlib import Path

from click.testing import CliRunner

from sar.cli.main import main
from tests.corpus import records


def run(out: Path, *files: Path, options: tuple[str, ...] = ()) -> list[dict[str, object]]:
    arguments = ["convert", *map(str, files), "--out", str(out), *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    entries = json.loads((out / "report.json").read_text())
    assert isinstance(entries, list)
    return entries


def test_every_file_and_every_file_inside_has_its_line(tmp_path: Path) -> None:
    inner = records.archive({"note.txt": b"deep words", "empty.txt": b""})
    message = records.mail("Visit", "top words")
    message.add_attachment(inner, "application", "zip", filename="more.zip")
    source = tmp_path / "visit.eml"
    source.write_bytes(bytes(message))
    entries = run(tmp_path / "out", source)
    assert [(each["name"], each["parent"], each["status"]) for each in entries] == [
        ("visit.eml", None, "converted"),
        ("more.zip", "visit.eml", "converted"),
        ("note.txt", "more.zip", "converted"),
        ("empty.txt", "more.zip", "quarantined"),
    ]
    assert entries[3]["reason"] == "This file is empty. Ask for it again."
    assert entries[0]["sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert set(entries[0]) == {
        *("name", "parent", "media_type", "status", "reason"),
        *("sha256", "pdf", "pages", "text", "hidden"),
    }
    assert "deep words" in (tmp_path / "out" / str(entries[2]["text"])).read_text()
    assert (tmp_path / "out" / str(entries[2]["pdf"])).read_bytes().startswith(b"%PDF")


def test_files_of_one_name_never_overwrite_one_another(tmp_path: Path) -> None:
    for folder, words in (("a", b"first words"), ("b", b"second words")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "note.txt").write_bytes(words)
    entries = run(tmp_path / "out", tmp_path / "a/note.txt", tmp_path / "b/note.txt")
    texts = [(tmp_path / "out" / str(each["text"])).read_text() for each in entries]
    assert texts == ["first words", "second words"]
    assert len({each["pdf"] for each in entries}) == 2


def test_pages_are_parted_by_form_feeds(tmp_path: Path) -> None:
    (tmp_path / "two.pdf").write_bytes(records.pdf("one", "two"))
    (entry,) = run(tmp_path / "out", tmp_path / "two.pdf")
    assert entry["pages"] == 2
    assert (tmp_path / "out" / str(entry["text"])).read_text() == "one\ftwo"


def test_a_password_opens_what_is_locked(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(records.pdf("secret", encrypt="pw"))
    (held,) = run(tmp_path / "held", tmp_path / "a.pdf")
    assert (held["status"], held["pdf"], held["pages"]) == ("quarantined", None, 0)
    (opened,) = run(tmp_path / "open", tmp_path / "a.pdf", options=("--password", "pw"))
    assert opened["status"] == "converted"


def test_a_nest_of_archives_ends_with_a_reason(tmp_path: Path) -> None:
    content = b"the innermost words"
    for number in range(20):
        content = records.archive({f"{number}.zip" if number else "0.txt": content})
    (tmp_path / "nest.zip").write_bytes(content)
    entries = run(tmp_path / "out", tmp_path / "nest.zip")
    assert entries[-1]["status"] == "quarantined"
    assert "too deep" in str(entries[-1]["reason"])
