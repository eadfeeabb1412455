"""A real browser for tests of pages: whatever a page logs, throws or asks for beyond itself fails its test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 740}


@dataclass
class Visit:
    """A page in the browser and what it did: ``page`` is Playwright's; ``said`` and ``asked`` should stay empty."""

    page: Any
    said: list[str] = field(default_factory=list)
    """What was logged as error or warning, thrown, or shown as a dialog."""
    asked: list[str] = field(default_factory=list)
    """Addresses that were requested besides files of this machine."""

    def watch(self) -> None:
        """Listen to everything a page should not do."""
        self.page.on("console", lambda one: one.type in ("error", "warning") and self.said.append(one.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("request", lambda one: self._harmless(one.url) or self.asked.append(one.url))

    def _refuse(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self.said.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()

    def _harmless(self, url: str) -> bool:
        return url.startswith(("file:", "data:", "blob:"))

    def hindrances(self) -> list[str]:
        """What axe finds that hinders people, a line each.

        Example: ``color-contrast: <span class="soft">…</span>``
        """
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The browser of this machine; skips where none is installed.

    One a module: while Playwright is at work its event loop runs, which tests of other modules would stumble on.
    """
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"needs a browser: none of {', '.join(BROWSERS)} is installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """Opens a file in a window of its own: ``visit(path, "#part", viewport=PHONE, color_scheme="dark")``.

    Other arguments are those of Playwright's ``new_context``. When the test ends, no page may have logged an error,
    thrown, or asked for an address.
    """
    made: list[tuple[Any, Visit]] = []

    def opened(path: Path, part: str = "", **options: Any) -> Visit:
        context = browser.new_context(**{"viewport": DESK, "locale": "zh-CN", "reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        one = Visit(context.new_page())
        made.append((context, one))
        one.watch()
        one.page.goto(path.resolve().as_uri() + part)
        return one

    yield opened
    for context, _ in made:
        context.close()
    assert [(one.said, one.asked) for _, one in made] == [([], [])] * len(made)
