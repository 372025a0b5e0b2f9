"""What tests share: a browser, and pages that notice every request and every error."""

from __future__ import annotations

import importlib.util
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from geo.incidents import Coder, open_coder
from geo.theatre import load_theatre

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCAL = (
    "file:",
    "data:",
    "blob:",
    "about:",
    "http://localhost",
    "http://127.0.0.1",
    "ws://localhost",
    "ws://127.0.0.1",
)


def missing(what: str) -> None:
    """A browser test may be skipped at home, in CI it may not."""
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(f"{what}: CI may not skip a browser test")
    pytest.skip(what)


def find_chromium() -> str | None:
    """$CONTACTLINE_CHROMIUM, else a Chromium on the path; None leaves it to Playwright's own."""
    named = os.environ.get("CONTACTLINE_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The run's own folders instead of the user's. One compiled gazetteer serves all tests, also child processes;
    set CONTACTLINE_CACHE to keep it between runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTACTLINE_DATA", str(tmp_path_factory.mktemp("data")))
        if "CONTACTLINE_CACHE" not in os.environ:
            patch.setenv("CONTACTLINE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def coder() -> Coder:
    """What the rules make of short texts: nothing is set aside as doubtful. Tests of whole reports open their own."""
    return open_coder(load_theatre("karabakh-2020"), min_confidence=0.0)


def node() -> str:
    """A Node.js to run the page's scripts with: the system's, else the one that Playwright brings."""
    found = shutil.which("node")
    if found is None and (spec := importlib.util.find_spec("playwright")) and spec.origin:
        brought = Path(spec.origin).parent / "driver" / "node"
        found = str(brought) if brought.exists() else None
    if found is None:
        missing("no Node.js to run the page's scripts with")
    return str(found)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api") if not os.environ.get("CI") else __import__("playwright.sync_api")
    api = getattr(api, "sync_api", api)
    with api.sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Any) -> Iterator[Any]:
    """A headless Chromium for the whole run."""
    try:
        found = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
    except Exception as error:  # noqa: BLE001 - Playwright raises its own kinds; whatever it is, there is no browser
        missing(f"no Chromium to drive ({str(error).splitlines()[0]}); set CONTACTLINE_CHROMIUM or install one")
    yield found
    found.close()


@dataclass(slots=True)
class Watched:
    """A page with all that it complained of and all that it asked of other machines."""

    page: Any
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self) -> Watched:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("request", lambda r: None if r.url.startswith(LOCAL) else self.requests.append(r.url))
        return self

    def open(self, path: Path, fragment: str = "") -> Any:
        """Open a file; then wait with `until` for what is to come."""
        self.page.goto(path.as_uri() + (f"#{fragment}" if fragment else ""))
        self.page.wait_for_load_state("load")
        return self.page

    def until(self, script: str, *, within_s: float = 30.0) -> Any:
        """Wait until a script gives something true. A page with a strict policy lets no other way of waiting in."""
        end = time.monotonic() + within_s
        while True:
            value = self.page.evaluate(script)
            if value or time.monotonic() > end:
                assert value, f"after {within_s} s still false: {script}"
                return value
            time.sleep(0.03)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page, without network."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def watched(page: Any) -> Watched:
    """A fresh page that keeps a list of its errors and of its requests to other machines."""
    return Watched(page).watch()
