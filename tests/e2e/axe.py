"""What axe-core and a narrow screen say of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
RUN = """async () => {
  const only = {resultTypes: ['violations'], preload: false, iframes: false};
  return (await axe.run(document, only)).violations;
}"""
# A page may not scroll sideways, and a part of it only where the keyboard reaches it by name.
SIDEWAYS = """() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > window.innerWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((each) =>
      !each.closest('[tabindex="0"]')
      && each.getBoundingClientRect().right > window.innerWidth + 1);
    faults.push(`page is ${root.scrollWidth} wide: ` + wide.slice(-3).map((each) =>
      `<${each.localName} class="${each.getAttribute('class')}">`).join(' '));
  }
  for (const each of document.querySelectorAll('body *')) {
    const moves = ['auto', 'scroll'].includes(getComputedStyle(each).overflowX);
    if (!moves || each.scrollWidth <= each.clientWidth || each.localName === 'textarea') continue;
    if (each.tabIndex < 0 || !(each.ariaLabel || each.getAttribute('aria-labelledby')))
      faults.push(`<${each.localName} class="${each.className}"> scrolls without a name`);
  }
  return faults;
}"""


def faults_of(page: Page) -> list[str]:
    """Every fault of the page that is open, wide and narrow, one sentence each."""
    found: list[str] = []
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict by another name
        found += [f"{size['width']} px: {fault}" for fault in violations_of(page)]
    return found + [f"320 px: {fault}" for fault in page.evaluate(SIDEWAYS)]


def violations_of(page: Page) -> list[str]:
    """What axe finds; it is evaluated, as the page's own policy lets no script in."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [
        f"{each['id']}: {each['help']}: " + " ".join(node["html"][:160] for node in each["nodes"])
        for each in found
    ]
