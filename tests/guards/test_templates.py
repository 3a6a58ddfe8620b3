"""Pages: nothing unescaped, nothing inline, nothing from elsewhere, nothing left over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from flask import template_rendered
from jinja2 import Template

from tests.guards.house import NOBODY, Desk
from tests.guards.routes import ROUTES, path_of
from tests.guards.seeding import PEOPLE
from tests.guards.source import ROOT, calls, name_of, places, product

FOLDER = ROOT / "templates"
TEMPLATES = {each.relative_to(FOLDER).as_posix(): each for each in sorted(FOLDER.rglob("*.html"))}
SCREENS = {name: each for name, each in TEMPLATES.items() if not name.startswith("letters/")}
# Where markup is put together in Python, each with the reason that makes it safe.
MARKUP = {
    "sar/web/fields.py": "the GOV.UK macro has escaped what is in it",
    "sar/web/page.py": "`format` escapes what is put in",
}
# A letter has one stylesheet inside it: it is set with no network, and no browser ever sees it.
STYLE_INSIDE = {"letters/base.html"}
# Letters that can be written, and that no screen writes yet.
OTHERWISE_SHOWN = {
    "auth/nothing_here.html",  # to a person whose last role has ended
    "officer/confirm_hits.html",  # in answer to a form of hits
}
UNWRITTEN = {
    "admin/form_page.html",
    "letters/acknowledgement.html",
    "letters/clarification-request.html",
    "letters/extension-notice.html",
    "letters/identity-request.html",
    "letters/search-request.html",
}
PERSONAS = ("auth", "officer", "requester", "team", "admin")
_FORBIDDEN = {
    "an escape is switched off": re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\("),
    "a style is inline": re.compile(r"\bstyle\s*=|<style\b"),
    "a script is inline": re.compile(r"\son[a-z]+\s*=\s*[\"']|javascript:|\bhx-on\b"),
    "a script has no nonce": re.compile(r"<script\b(?![^>]*nonce=)"),
    "a script is not a file of ours": re.compile(
        r"<script\b(?![^>]*\bsrc=\"\{\{ url_for\('static')"
    ),
    "something is fetched from elsewhere": re.compile(
        r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"
    ),
    "a page opens another window": re.compile(r"target\s*=\s*[\"']_blank"),
    "a browser is told to run what it is sent": re.compile(r"\bhx-(?:vals|headers)=[\"']js:"),
}


@pytest.mark.parametrize("fault", _FORBIDDEN)
def test_no_template_has(fault: str) -> None:
    found = {
        name
        for name, path in TEMPLATES.items()
        if _FORBIDDEN[fault].search(path.read_text(encoding="utf-8"))
    }
    assert found == (STYLE_INSIDE if fault == "a style is inline" else set())


def test_markup_is_put_together_only_where_that_was_reviewed() -> None:
    names = ("Markup", "Markup.format", "render_template_string", "markupsafe.Markup")
    assert {name for name, _ in calls(*names)} <= MARKUP.keys()
    assert "safe" not in {node.attr for _, node in places(ast.Attribute)}


def named_in_python() -> set[str]:
    """Every text of the product that could be the name of a template, with and without ending."""
    return {node.value for _, node in places(ast.Constant) if isinstance(node.value, str)}


def named_in_templates() -> set[str]:
    """Every template that another one extends, includes or imports from."""
    pattern = re.compile(r"\{%\s*(?:extends|include|from|import)\s+[\"']([^\"']+)[\"']")
    return {
        name
        for path in TEMPLATES.values()
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }


def test_every_template_is_used() -> None:
    python, others = named_in_python(), named_in_templates()
    unused = {
        name
        for name in TEMPLATES
        if name not in python | others
        and name.removeprefix("letters/") not in others
        and name.removeprefix("letters/").removesuffix(".html") not in python
    }
    assert unused <= UNWRITTEN


def test_every_template_a_view_names_is_there() -> None:
    named = {each for each in named_in_python() if re.fullmatch(r"[a-z_]+/[a-z_-]+\.html", each)}
    assert named <= TEMPLATES.keys()


def test_a_persona_shows_only_pages_of_its_own() -> None:
    for path in product():
        name = name_of(path)
        persona = name.removeprefix("sar/web/").partition("/")[0]
        if not name.startswith("sar/web/") or persona not in PERSONAS:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and str(node.value).endswith(".html"):
                assert str(node.value).startswith(f"{persona}/"), name


def test_a_persona_does_not_borrow_the_pages_of_another() -> None:
    for name, path in SCREENS.items():
        persona = name.partition("/")[0]
        if persona not in PERSONAS:
            continue
        for other in set(PERSONAS) - {persona}:
            assert not re.search(
                rf"[\"']{other}/[a-z_]+\.html[\"']", path.read_text(encoding="utf-8")
            ), name


def test_every_template_can_be_read(house: Desk) -> None:
    for name in SCREENS:
        house.app.jinja_env.get_template(name)


@pytest.fixture(scope="module")
def shown(house: Desk) -> dict[str, str]:
    """The pages that a walk over every address shows: template to the address that showed it."""
    found: dict[str, str] = {}

    def note(sender: object, template: Template, **_: object) -> None:
        found.setdefault(str(template.name), here[0])

    here = [""]
    with template_rendered.connected_to(note, house.app):
        for who, path in _walk(house):
            here[0] = path
            house.ask(who, "GET", path)
        house.execute("UPDATE disclosure SET revoked_at = '2026-01-01 00:00:00.000000'")
        house.ask(NOBODY, "GET", path_of("GET /collect/<token>", house.ids("RBKC")))
        house.restore()
    return found


def _walk(house: Desk) -> Iterator[tuple[object, str]]:
    for name, row in ROUTES.items():
        if not name.startswith("GET ") or "static" in name:
            continue
        path = path_of(name, house.ids("RBKC"))
        if "<token>" in name:
            yield house.requester("RBKC"), path
        for who, roles in PEOPLE.items():
            if len(roles) == 1 and row.who and roles.get("RBKC") in row.who:
                yield who, path
                break
        else:
            yield NOBODY, path
    yield NOBODY, "/nowhere"


def test_every_page_is_shown_by_some_address_with_every_name_in_it_known(
    shown: dict[str, str],
) -> None:
    """A name that is misspelt is an error of the page: see `sar/web/undefined.py`."""
    parts = named_in_templates() | {"base.html"} | UNWRITTEN | OTHERWISE_SHOWN
    assert sorted(SCREENS.keys() - shown.keys() - parts) == []


def test_a_misspelt_name_in_a_page_is_an_error(house: Desk) -> None:
    template = house.app.jinja_env.from_string("{{ csae.reference }}")
    with pytest.raises(Exception, match="'csae' is undefined"):
        template.render()
