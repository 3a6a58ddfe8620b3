"""A case brought to a stage by plain requests, for a browser to go on from."""

from __future__ import annotations

from typing import Any

from tests.integration.test_journey import Journey


class PlainJourney(Journey):
    """The journey by plain requests, which carry no CSRF token as the browser's do."""

    def go(self, *steps: str, **given: Any) -> Any:
        self.app.config["WTF_CSRF_ENABLED"] = False
        done = [getattr(self, step)(**given) for step in steps]
        self.app.config["WTF_CSRF_ENABLED"] = True
        return done[-1]

    def post(self, path: str, data: dict[str, Any]) -> None:
        sent = self.officer.post(path, data=data)
        assert sent.status_code == 302, sent.text
