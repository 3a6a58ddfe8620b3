"""The real application on loopback, a worker in the background, and Debian's Chromium."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.integration.carrying import carry_all
from tests.integration.conftest import (
    PASSWORD,
    PEOPLE,
    actor_of,
    app,
    case_id,
    client_of,
    desk,
    furnished,
    open_case,
    post,
)

__all__ = ["actor_of", "app", "case_id", "client_of", "desk", "furnished", "open_case", "post"]

expect.set_options(timeout=20_000)  # a shared machine may be slow

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason="Debian's chromium is not installed"))


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Says nothing."""


class Site:
    """Where the application is served, and a way to wait for the workers."""

    def __init__(self, app: Flask, url: str) -> None:
        self.app, self.url = app, url

    def work(self) -> None:
        carry_all(self.app)


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def context_of(chromium: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    opened: list[BrowserContext] = []

    def make(**given: Any) -> BrowserContext:  # whatever Playwright takes
        context = chromium.new_context(base_url=site.url, **given)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


def sign_in(page: Page, who: str) -> Page:
    """Signs a person in by the form."""
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(PEOPLE[who].email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page
