"""The map as a panel of a page that is not ours: parts once, small wishes after, what the reader chose stays."""

from __future__ import annotations

import base64
import datetime as dt
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from conftest import Watched
from test_layers_maps import fronts, incidents

from layers.component import MAP_JS, PanelData, panel_data, panel_view, store_css, store_js
from layers.front import pack_fronts
from layers.points import pack_incidents

BOX = (46.0, 39.0, 47.5, 40.0)


@pytest.fixture
def data() -> PanelData:
    return panel_data(pack_incidents(incidents()), pack_fronts(fronts()))


def test_the_message_lists_its_parts_by_hash(data: PanelData) -> None:
    (length,) = struct.unpack_from("<I", data.message)
    listed = json.loads(data.message[4 : 4 + length])
    assert {part["hash"] for part in listed} == set(data.parts.values())
    assert 4 + length + sum(part["size"] for part in listed) == len(data.message)


def test_the_same_tables_give_the_same_message(data: PanelData) -> None:
    again = panel_data(pack_incidents(incidents()), pack_fronts(fronts()))
    assert again == data


def test_a_wish_is_small_however_large_the_tables(data: PanelData) -> None:
    view = panel_view(
        data,
        bounds=BOX,
        first=dt.date(2020, 10, 1),
        last=dt.date(2020, 10, 9),
        only={"event_type": ["shelling", "capture"], "claimant_side": ["AZ"]},
        chosen="i3",
    )
    assert (view["day"], view["window"]) == ("2020-10-09", 9)
    assert len(json.dumps(view)) + len(MAP_JS) < 1200


PAGE = """<!doctype html><meta charset="utf-8"><style>{css}</style>
<div id="store"></div><div id="map"></div>
<script type="module">
const load = (text) => import(URL.createObjectURL(new Blob([text], {{ type: "text/javascript" }})));
const text = (id) => document.getElementById(id).textContent;
const bytes = Uint8Array.from(atob(text("bytes")), (c) => c.charCodeAt(0));
const store = await load(text("store-js"));
const panel = await load(text("map-js"));
window.events = [];
window.rerun = (view) => {{
  store.default({{ data: bytes }});
  panel.default({{
    data: view,
    parentElement: document.getElementById("map"),
    setTriggerValue: (name, value) => events.push([name, value]),
    setStateValue: (name, value) => events.push([name, value]),
  }});
}};
</script>
<script type="text/plain" id="store-js">{store}</script>
<script type="text/plain" id="map-js">{map}</script>
<script type="text/plain" id="bytes">{bytes}</script>"""

COUNT = "document.querySelector('.cl-count')?.textContent"
MAP = "document.querySelector('.contactline-panel').contactline.map"


@pytest.fixture
def host(tmp_path: Path, watched: Watched, data: PanelData) -> Watched:
    """A page that mounts the two components as Streamlit does."""
    page = PAGE.format(css=store_css(), store=store_js(), map=MAP_JS, bytes=base64.b64encode(data.message).decode())
    (tmp_path / "host.html").write_text(page, encoding="utf-8")
    watched.open(tmp_path / "host.html")
    watched.until("typeof window.rerun === 'function'")
    return watched


def wish(host: Watched, data: PanelData, **wanted: Any) -> None:
    view = panel_view(data, bounds=BOX, height_px=600, **wanted)
    host.page.evaluate("(view) => rerun(view)", view)


@pytest.mark.browser
def test_days_and_filters_come_from_the_page_and_the_view_stays(host: Watched, data: PanelData) -> None:
    wish(host, data, last=dt.date(2020, 10, 10))
    host.until(f"{COUNT} === '5 on the map · 1 without a place'")
    host.page.evaluate(f"{MAP}.setView([39.5, 46.8], 10, {{ animate: false }})")
    wish(host, data, first=dt.date(2020, 10, 3), last=dt.date(2020, 10, 8), only={"event_type": ["shelling"]})
    host.until(f"{COUNT} === '2 on the map'")
    assert host.page.evaluate(f"{MAP}.getZoom()") == 10
    assert host.page.evaluate("document.querySelectorAll('.contactline-panel').length") == 1
    wish(host, data, first=dt.date(2020, 10, 3), last=dt.date(2020, 10, 8))
    host.until(f"{COUNT} === '4 on the map'")
    assert host.errors == []
    assert host.requests == []


@pytest.mark.browser
def test_what_the_reader_moved_is_not_moved_back_by_a_rerun(host: Watched, data: PanelData) -> None:
    wish(host, data, last=dt.date(2020, 10, 10))
    host.until(f"{COUNT} === '5 on the map · 1 without a place'")
    host.page.get_by_label("Day", exact=True).focus()
    host.page.keyboard.press("ArrowLeft")
    host.until("document.querySelector('.cl-day').textContent === '9 Oct 2020'")
    wish(host, data, last=dt.date(2020, 10, 10), chosen="i1")
    host.page.wait_for_timeout(200)
    assert host.page.locator(".cl-day").inner_text() == "9 Oct 2020"


@pytest.mark.browser
def test_a_click_gives_the_id_and_the_slider_speaks_once_let_go(host: Watched, data: PanelData) -> None:
    wish(host, data, last=dt.date(2020, 10, 10))
    host.until(f"{COUNT} === '5 on the map · 1 without a place'")
    layer = f"(() => {{ let l; {MAP}.eachLayer((x) => {{ if (x.rowsAt) l = x; }}); return l; }})()"
    x, y = host.page.evaluate(
        f"""(() => {{ const l = {layer}; const p = l._map.latLngToContainerPoint(l.latLng(0));
        const box = l._map.getContainer().getBoundingClientRect(); return [p.x + box.x, p.y + box.y]; }})()"""
    )
    host.page.mouse.click(x, y)
    host.until("events.some(([name, value]) => name === 'pick' && value === 'i1')")
    slider = host.page.get_by_label("Day", exact=True)
    slider.evaluate("(s) => { for (const v of [8, 7, 6]) { s.value = v; s.dispatchEvent(new Event('input')); } }")
    assert host.page.evaluate("events.filter(([name]) => name === 'window').length") == 0
    slider.evaluate("(s) => s.dispatchEvent(new Event('change'))")
    told = host.page.evaluate("events.filter(([name]) => name === 'window').map(([, value]) => value)")
    assert len(told) == 1
    assert told[0]["time"] == dt.datetime(2020, 10, 7, tzinfo=dt.UTC).timestamp()
