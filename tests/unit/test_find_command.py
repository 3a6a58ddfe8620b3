from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sar.cli.suggest import command
from sar.documents.people_register import parse_registers
from sar.domain.people import RegisterError
from tests.unit.find_register import PEOPLE


def run(folder: Path, lines: str, register: object = None) -> Result:
    """What `sar suggest` does with these lines and this register."""
    people = folder / "registers.json"
    documents = folder / "docs.jsonl"
    content = {"one": {"people": PEOPLE}} if register is None else register
    people.write_text(content if isinstance(content, str) else json.dumps(content))
    documents.write_text(lines, encoding="utf-8")
    return CliRunner().invoke(command, ["--register", str(people), str(documents)])


def line(words: str, **more: object) -> str:
    """One document as a JSON line."""
    return json.dumps({"doc_id": "d1", "case_id": "one", "text": words, **more})


def test_it_prints_a_line_of_spans_for_each_document(tmp_path: Path) -> None:
    result = run(tmp_path, f"{line('Padraig rang.')}\n\n{line('Nobody here.', doc_id='d2')}\n")
    assert result.exit_code == 0
    first, second = map(json.loads, result.output.splitlines())
    (span,) = first["spans"]
    assert (first["doc_id"], second) == ("d1", {"doc_id": "d2", "spans": []})
    assert list(span) == ["start", "end", "type", "person", "decision", "score", "why"]
    assert (span["start"], span["end"], span["type"], span["person"]) == (0, 7, "PERSON", "dad")
    assert span["decision"] == "redact"
    assert "Pádraig Lynch (dad)" in span["why"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("{}\n{not json", "Line 1 of docs.jsonl needs doc_id, a text."),
        (line("fine") + "\n{not json", "Line 2 of docs.jsonl is not JSON"),
        ("[1, 2]", "Line 1 of docs.jsonl must be an object"),
        (line("x", text=None), "Line 1 of docs.jsonl needs text, a text."),
        (line("x", case_id="two"), "Line 1 of docs.jsonl is of case 'two'"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_in_a_sentence(
    tmp_path: Path, lines: str, sentence: str
) -> None:
    register = {"one": {"people": PEOPLE}, "three": {"people": PEOPLE}}
    result = run(tmp_path, lines, register)
    assert result.exit_code == 1
    assert sentence in result.output
    assert result.output.startswith("Error: ")


@pytest.mark.parametrize(
    ("register", "sentence"),
    [
        ("{", "registers.json is not JSON: line 1"),
        ([1], "A register must be an object with a list of people."),
        (
            {"one": {"people": [{"given": "A", "role": "boss"}]}},
            "Person 1 in the register needs a role",
        ),
        ({"one": {"people": [{"role": "family"}]}}, "Person 1 in the register has no name."),
        ({"one": [{"role": "family", "given": "A", "dob": "soon"}]}, "must be a date"),
        ({"one": [{"role": "family", "given": "A", "phones": [1]}]}, "phones in the register"),
        ({"one": ["A"]}, "Person 1 in the register must be an object."),
        ("7", "The register must be an object"),
    ],
)
def test_a_register_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, register: object, sentence: str
) -> None:
    result = run(tmp_path, line("x"), register)
    assert result.exit_code == 1
    assert sentence in result.output


def test_one_register_alone_serves_documents_without_a_case(tmp_path: Path) -> None:
    text = json.dumps({"doc_id": "d", "text": "Padraig rang."})
    result = run(tmp_path, text, {"people": PEOPLE})
    assert json.loads(result.output)["spans"][0]["person"] == "dad"


def test_a_register_may_be_a_list_of_cases_or_bare_lists_of_people() -> None:
    assert set(parse_registers([{"case_id": "a", "people": PEOPLE}])) == {"a"}
    assert parse_registers({"b": PEOPLE})["b"].people[0].given == "Ruairí"
    with pytest.raises(RegisterError, match="list of people"):
        parse_registers({"b": {"people": None}})


def test_a_date_of_birth_may_be_typed_the_british_way() -> None:
    people = {
        "b": [{"role": "family", "given": "A", "dob": "24/03/2011", "phones": "07700 900001"}]
    }
    person = parse_registers(people)["b"].people[0]
    assert (str(person.dob), person.phones) == ("2011-03-24", ("07700 900001",))


def test_ids_must_be_an_object() -> None:
    with pytest.raises(RegisterError, match="ids of person 1"):
        parse_registers({"b": [{"role": "family", "given": "A", "ids": ["x"]}]})


def test_files_that_are_not_text_are_refused_in_a_sentence(tmp_path: Path) -> None:
    binary = tmp_path / "b.json"
    binary.write_bytes(b"\xff\xfe\xff")
    people = tmp_path / "people.json"
    people.write_text(json.dumps({"people": PEOPLE}))
    for register, documents in ((binary, people), (people, binary)):
        result = CliRunner().invoke(command, ["--register", str(register), str(documents)])
        assert (result.exit_code, result.output) == (1, "Error: b.json is not UTF-8 text.\n")
