"""The map inside Streamlit: the tables go over once, a step sends little, pan and zoom outlive reruns."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Watched

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent
APP = f"""
import datetime as dt, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
import pandas as pd, streamlit as st
from benchmarks._map_variants import made_up
from geo.theatre import load_theatre
from test_layers_maps import fronts
from views.map_panel import map_panel

@st.cache_resource
def tables():
    incidents = made_up(20_000).assign(incident_id=lambda f: [f"i{{k}}" for k in range(len(f))])
    return load_theatre(), incidents, fronts()

theatre, incidents, front = tables()
last = st.slider("Last day", dt.date(2016, 1, 2), dt.date(2023, 8, 31), dt.date(2019, 1, 1))
kinds = st.segmented_control("Kind", ["capture", "shelling"])
only = {{"event_type": [kinds]}} if kinds else None
seen = map_panel(theatre, incidents, front, key="map", height_px=500, last=last, first=last - dt.timedelta(2),
                 only=only, version="1")
st.write(f"picked {{seen.picked}} day {{seen.day}} only {{kinds}} last {{last}}")
"""
MAP = "document.querySelector('.contactline-panel').contactline.map"
STATE = f"{MAP}.contactline"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A page of Streamlit with nothing in it but two widgets and the map."""
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", str(tmp_path / "app.py"), *options]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5)
                break
            except OSError:
                time.sleep(0.25)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def said(watched: Watched, words: str) -> None:
    watched.until(f"document.body.innerText.includes({words!r})", within_s=60)


def test_the_panel_in_a_page_of_streamlit(watched: Watched, address: str) -> None:
    received: list[int] = []
    watched.page.on("websocket", lambda s: s.on("framereceived", lambda frame: received.append(len(frame))))
    watched.page.goto(address)
    watched.until("document.querySelector('.cl-count')?.textContent.includes('on the map')", within_s=90)
    assert sum(received) > 200_000  # 20,000 incidents, Leaflet and our script

    watched.page.evaluate(f"{MAP}.setView([39.5, 46.8], 10, {{ animate: false }})")
    watched.page.wait_for_timeout(500)
    received.clear()
    slider = watched.page.locator("[data-testid=stSlider]").get_by_role("slider")
    slider.focus()
    watched.page.keyboard.press("ArrowRight")
    said(watched, "last 2019-01-02")
    watched.until(f"new Date({STATE}.time * 1000).toISOString().startsWith('2019-01-02')")
    watched.page.wait_for_timeout(500)
    assert sum(received) <= 4096, f"a step in time sent {sum(received)} bytes"
    assert watched.page.evaluate(f"{MAP}.getZoom()") == 10

    received.clear()
    watched.page.get_by_text("capture", exact=True).click()
    said(watched, "only capture")
    watched.until(f"{STATE}.masks.event_type?.has('shelling') && !{STATE}.masks.event_type.has('capture')")
    watched.page.wait_for_timeout(500)
    assert sum(received) <= 4096, f"a filter step sent {sum(received)} bytes"

    layer = f"(() => {{ let l; {MAP}.eachLayer((x) => {{ if (x.rowsAt) l = x; }}); return l; }})()"
    watched.page.evaluate(f"{layer}.open([{layer}._points.rows[{layer}._window.from]])")
    said(watched, "picked i")
    before = watched.page.locator(".cl-day").inner_text()
    watched.page.locator(".cl-timeline").get_by_role("button", name="One step back").click()
    said(watched, "day 2019-01-01")
    assert watched.page.locator(".cl-day").inner_text() != before
    assert watched.page.evaluate(f"{MAP}.getZoom()") == 10
    assert watched.requests == []


def test_the_same_words_everywhere() -> None:
    from geo.theatre import load_theatre
    from views.map_panel import _labels

    labels: dict[str, Any] = _labels(load_theatre())
    assert labels["event_type"]["shelling"]
    assert labels["claimant"]["az_mod"]
