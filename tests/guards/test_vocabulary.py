"""One word for one thing: events, permissions, addresses, rules and their rows."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from enum import StrEnum

from sar.adapters.jobs import JobName
from sar.domain.events import EventName
from sar.domain.permissions import Permission
from sar.services.timeline import KINDS, SENTENCES
from tests.guards.house import Desk
from tests.guards.source import ROOT, name_of, places, product, texts, tree

RULES = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
# Enumerations whose values are not of our choosing, or are sentences that people read.
OTHER_WORDS = {
    "Channel": "sentences of a report",
    "ClockEventType": "as clock files have them",
    "ClockFlag": "as clock files have them",
    "ClockRegime": "as clock files have them",
    "ClockStatus": "as clock files have them",
    "Council": "as the councils write themselves",
    "FormKind": "words of an explanation",
    "OverlappingQuestions": "as clock files have them",
    "Part3Count": "as clock files have them",
    "RequestType": "as clock files have them",
    "people.Role": "as people registers have them",
}
# Rules that are written and tested, and that no screen asks yet.
UNASKED = {
    "clock_result.is_late",
    "register.recipient_now",
    "retention.sar_file_until",
}
# Events of a council, and of no case.
OF_A_COUNCIL = {
    "clock.setting-changed",
    "holidays.taken",
    "letter-text.changed",
    "register.changed",
    "school.added",
    "school.closed",
    "school.opened",
}
# Permissions of screens that are not there yet.
AHEAD = {"AUDIT_READ", "USER_MANAGE"}
UNTYPED_PARTS = {
    "token": "an unguessable link is no uuid",
    "service_id": "the register numbers services by name, like SVC-06",
    "council": "its short name, which a service looks up",
    "kind": "a letter is named by what it is for",
    "field": "a part of a register's row, by name",
    "name": "a setting, by name",
}
NEVER = ("ticket", "customer", "redline", "export pack")
NEVER_ALLOWED_IN = {
    "docs/glossary.md": "it says which words are not used",
    "tests/guards/test_vocabulary.py": "it names them",
}


def attributes_of(kind: str, *folders: str) -> set[str]:
    """Which members of an enumeration the product's files name."""
    return {
        node.attr
        for name, node in places(ast.Attribute)
        if name.startswith(folders) and ast.unparse(node.value).rpartition(".")[2] == kind
    }


def test_every_event_is_recorded_by_a_use_case() -> None:
    recorded = {
        node.attr
        for name, node in places(ast.Attribute)
        if name.startswith("sar/services/")
        and name != "sar/services/timeline.py"
        and ast.unparse(node.value) == "EventName"
    }
    assert set(EventName.__members__) - recorded == set()


def test_every_event_of_a_case_has_a_sentence_and_a_kind_on_the_timeline() -> None:
    of_cases = {each for each in EventName if each.value not in OF_A_COUNCIL}
    of_cases -= {each for each in EventName if each.value.startswith("staff.")}
    assert of_cases == set(SENTENCES)
    assert {each.value.partition(".")[0] for each in of_cases} <= {kind for kind, _ in KINDS} | {
        "page"
    }
    assert len(set(SENTENCES.values())) == len(SENTENCES)


def test_an_event_reads_noun_dot_past() -> None:
    for each in EventName:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*", each.value)
        assert each.value.replace(".", "_").replace("-", "_").upper() == each.name


def test_every_permission_is_asked_for_by_a_view() -> None:
    asked = attributes_of("Permission", "sar/web/")
    assert set(Permission.__members__) - asked <= AHEAD


def test_every_job_is_owed_by_something() -> None:
    owed = attributes_of("JobName", "sar/services/", "workers/schedule.py", "sar/cli/")
    assert set(JobName.__members__) - owed == set()


def enumerations() -> Iterator[type[StrEnum]]:
    """Every enumeration of words in the product."""
    for path in product():
        name = name_of(path)
        if not name.startswith(("sar/", "workers/")) or "StrEnum" not in ast.dump(tree(path)):
            continue
        module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
        for _, each in inspect.getmembers(module, inspect.isclass):
            if issubclass(each, StrEnum) and each.__module__ == module.__name__:
                yield each


def test_words_that_are_kept_are_kebab_case() -> None:
    odd = {
        f"{each.__name__}.{member.name} = {member.value}"
        for each in enumerations()
        if not {each.__name__, f"{each.__module__.rpartition('.')[2]}.{each.__name__}"}
        & OTHER_WORDS.keys()
        for member in each
        if not re.fullmatch(r"[a-z0-9]+([-.:][a-z0-9]+)*", member.value)
    }
    assert odd == set()


def test_an_address_is_kebab_case_and_each_part_of_it_has_a_type(house: Desk) -> None:
    for rule in house.app.url_map.iter_rules():
        for part in re.sub(r"<[^>]+>", "", rule.rule).split("/"):
            assert re.fullmatch(r"[a-z0-9-]*", part), rule.rule
        for kind, name in re.findall(r"<(?:([^:>]+):)?(\w+)>", rule.rule):
            assert kind or name in UNTYPED_PARTS, f"{rule.rule}: {name} has no type"


def test_a_view_is_named_by_a_verb_as_its_page_and_its_address_are(house: Desk) -> None:
    for endpoint in house.app.view_functions:
        persona, _, name = endpoint.rpartition(".")
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name), endpoint
        assert persona in {"auth", "officer", "team", "requester", "admin", ""}, endpoint


def public_rules() -> set[str]:
    """Every public function of the domain, as `module.function`."""
    return {
        f"{path.stem}.{each.name}"
        for path in product()
        if name_of(path).startswith("sar/domain/")
        for each in tree(path).body
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")
    }


def rows() -> list[tuple[str, str, str]]:
    """(law, function, tests) of each row of docs/rules.md."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in RULES.splitlines()
        if line.startswith("|") and "`" in line
    ]
    return [(row[0], row[1].strip("`"), row[2]) for row in cells]


def test_every_public_rule_has_a_row_in_rules_md() -> None:
    missing = public_rules() - {function for _, function, _ in rows()}
    assert not missing, f"Give each its law, its function and its test in docs/rules.md: {missing}"


def test_every_row_of_rules_md_is_a_rule_once() -> None:
    named = [function for _, function, _ in rows()]
    assert sorted(set(named)) == sorted(named)
    assert set(named) <= public_rules()


def test_every_row_of_rules_md_names_its_law_and_tests_that_are_there() -> None:
    kept = {each.name for each in (ROOT / "tests" / "unit").glob("test_*.py")}
    for law, function, tests in rows():
        assert re.match(
            r"UK GDPR|DPA 2018|none \(|Interpretation Act|Banking|Regulation 1182|SI 20|Freedom of"
            r"|Children Act|Education Act|Family Law|the (choices|facts) UK GDPR",
            law,
        ), function
        named = set(re.findall(r"`(test_\w+\.py)`", tests))
        assert named, function
        assert named <= kept, (function, named - kept)


def test_every_public_rule_is_used() -> None:
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for kind in (ast.Name, ast.Attribute)
        for _, node in places(kind)
    }
    unused = {each for each in public_rules() if each.partition(".")[2] not in used}
    assert not unused - UNASKED, "A rule that nobody asks is no rule: use it, or take it out."


def test_the_words_the_house_does_not_use_are_nowhere() -> None:
    pattern = re.compile(rf"\b({'|'.join(NEVER)})s?\b", re.IGNORECASE)
    found = {
        f"{name}: {hit[0]}"
        for name, text in texts().items()
        if name not in NEVER_ALLOWED_IN
        and not name.startswith(
            ("tests/corpus/", "sar/adapters/demonstration/", "sar/domain/data/")
        )
        if (hit := pattern.search(text))
    }
    assert found == set()
