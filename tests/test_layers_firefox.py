"""The export in Firefox too, over WebDriver BiDi, where there is one; Chromium is what CI insists on."""

from __future__ import annotations

import itertools
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from test_layers_hostile_text import EXERCISE, PAYLOADS, WATCH, export_of, without_policy
from test_layers_maps import fronts, incidents
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from layers.export import to_html
from layers.maps import incident_map

CLIP = Path(__file__).resolve().parent.parent / "data" / "theatres" / "karabakh-2020" / "basemap"
START_S, STEP_S = 60, 120


@dataclass(slots=True)
class Firefox:
    """A headless Firefox with one tab; what its pages complain of or fetch is kept."""

    socket: Any
    tab: str = ""
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def call(self, method: str, **params: Any) -> Any:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv(timeout=STEP_S))
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            self.note(message)

    def note(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        if message.get("method") == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.errors.append(params["text"])
        if message.get("method") == "network.beforeRequestSent" and params["request"]["url"].startswith("http"):
            self.requests.append(params["request"]["url"])

    def run(self, script: str) -> Any:
        wrapped = f"Promise.resolve(({script})).then((value) => JSON.stringify(value ?? null))"
        found = self.call("script.evaluate", expression=wrapped, target={"context": self.tab}, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("no Firefox here; it is not required")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile = tmp_path_factory.mktemp("firefox")
    order = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port)]
    process = subprocess.Popen(order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with connected(f"ws://127.0.0.1:{port}/session", process) as wire:
            driver = Firefox(wire)
            driver.call("session.new", capabilities={})
            driver.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            driver.tab = driver.call("browsingContext.getTree")["contexts"][0]["context"]
            yield driver
    finally:
        process.terminate()
        process.wait(30)


def connected(address: str, process: subprocess.Popen[bytes]) -> Any:
    for _ in range(START_S * 4):
        try:
            return connect(address, max_size=None)
        except (OSError, WebSocketException):
            assert process.poll() is None, "Firefox ended at once"
            time.sleep(0.25)
    pytest.fail("Firefox did not answer")


def opened(firefox: Firefox, page: str, path: Path) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
    firefox.errors.clear()
    firefox.requests.clear()
    firefox.call("browsingContext.navigate", context=firefox.tab, url=path.as_uri(), wait="complete")


def test_the_export_draws_and_says_nothing(firefox: Firefox, tmp_path: Path) -> None:
    map_ = incident_map(incidents(), fronts(), bbox=(44.4, 38.3, 49.0, 41.5), basemap=CLIP)
    opened(firefox, to_html(map_), tmp_path / "map.html")
    firefox.run(READY)
    seen = firefox.run(
        """({
          count: document.querySelector(".cl-count").textContent,
          legend: document.querySelector(".cl-legend").textContent,
          drawn: [...document.querySelectorAll(".cl-canvas-layer canvas")].map((canvas) =>
            canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)),
        })"""
    )
    assert "on the map" in seen["count"]
    assert "Base map" in seen["legend"]
    assert sum(seen["drawn"]) >= 4  # ground, names, fronts, points
    assert firefox.errors == []
    assert firefox.requests == []


READY = """(async () => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  while (!document.querySelector(".cl-count")?.textContent) await wait(30);
  await wait(500);
})()"""


def test_no_payload_runs(firefox: Firefox, tmp_path: Path) -> None:
    page = without_policy(export_of(PAYLOADS)).replace("<head>", f"<head><script>{WATCH}</script>", 1)
    opened(firefox, page, tmp_path / "hostile.html")
    seen = firefox.run(f"({EXERCISE})()")
    assert set(seen) == {*PAYLOADS, "never"}
    assert firefox.run("window.ran") == []
    assert firefox.requests == []
    assert firefox.errors == []
