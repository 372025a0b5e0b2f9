"""One file that works for ever: everything inside, nothing asked of a network, nothing run that was not meant."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import folium
import pytest
from branca.element import JavascriptLink
from conftest import Watched
from folium.plugins import DualMap, FastMarkerCluster

from geo.schema import incidents_frame
from layers.assets import asset_text, inline_images, leaflet_css
from layers.basemap import online_tiles
from layers.errors import AssetError
from layers.export import manifest_of, to_html
from layers.maps import IncidentMap, incident_map
from layers.points import Points, pack_incidents
from layers.timeline import Timeline


def table(count: int = 3) -> Any:
    return incidents_frame(
        [
            {
                "incident_id": f"i{k}", "date_start": f"2020-10-{k + 1:02}", "longitude": 46.5 + k / 10,
                "latitude": 39.5, "event_type": "shelling", "text": f"Shells fell on place {k}.",
            }
            for k in range(count)
        ]
    )  # fmt: skip


def addresses(page: str) -> list[str]:
    """Every address in an attribute, a style or an import that a browser would ask for."""
    loads = r"""(?:src|href|action|poster|data)\s*=\s*["']?(https?:|//)[^"'\s>]*|url\(\s*["']?(https?:|//)[^)]*"""
    outside = re.sub(r"<script\b[^>]*>.*?</script>", "", page, flags=re.DOTALL)
    return [m[0] for m in re.finditer(loads, outside)]


def test_the_page_has_all_its_scripts_and_their_hashes() -> None:
    page = to_html(incident_map(table()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "connect-src 'none'" in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) >= 3
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]
    assert not addresses(page)
    assert "<script src" not in page
    assert "<link" not in page


def test_writing_and_returning_are_the_same(tmp_path: Path) -> None:
    page = to_html(incident_map(table()), tmp_path / "map.html", title="<Karabakh> & more")
    assert (tmp_path / "map.html").read_text("utf-8") == page
    assert "<title>&lt;Karabakh&gt; &amp; more</title>" in page


def test_a_map_can_be_exported_twice_and_still_be_saved_as_any_folium_map(tmp_path: Path) -> None:
    map_ = incident_map(table())
    first, second = to_html(map_), to_html(map_)
    assert len(first) == len(second)
    map_.save(tmp_path / "stock.html")
    assert "cdn.jsdelivr.net/npm/leaflet" in (tmp_path / "stock.html").read_text("utf-8")


def test_an_address_that_no_package_carries_stops_the_export() -> None:
    map_ = incident_map(table())
    map_.get_root().header.add_child(JavascriptLink("https://example.org/tracker.js"))
    with pytest.raises(AssetError, match=r"https://example\.org/tracker\.js"):
        to_html(map_)
    with pytest.raises(AssetError):
        asset_text("https://evil.example/leaflet@1.9.3/dist/leaflet.js.exe")


def test_style_sheets_carry_their_images() -> None:
    assert not re.search(r"url\((?!\"?(data:|#))", leaflet_css())
    assert inline_images("a{background:url('x.png?v=1#i')} b{fill:url(#grad)}", str.upper) == (
        'a{background:url("X.PNG")} b{fill:url(#grad)}'
    )


def test_the_manifest_tells_versions_hashes_and_counts() -> None:
    map_ = incident_map(table(4))
    about = manifest_of(map_, {"filter": "shelling only", "licences": ["CC BY"]})
    assert about["filter"] == "shelling only"
    assert about["data"]["Incidents"]["sha256"] == pack_incidents(table(4)).sha256
    assert about["data"]["Incidents"]["incidents"] == 4
    assert set(about["made_with"]) == {"contactline", "folium", "XStatic-Leaflet"}
    page = to_html(map_, manifest={"filter": "</script><b>"})
    found = re.search(r'id="contactline-manifest">(.*?)</script>', page, re.DOTALL)
    assert found
    assert json.loads(found[1])["filter"] == "</script><b>"


def test_only_tiles_that_somebody_asked_for_may_be_fetched() -> None:
    assert "img-src data: blob:;" in to_html(incident_map(table()))
    page = to_html(incident_map(table(), online=["OpenStreetMap.Mapnik"]))
    assert re.search(r"img-src data: blob: https://[*a-z.]*tile\.openstreetmap\.org;", page)
    assert online_tiles("OpenStreetMap.Mapnik").show is False


OPEN = "document.querySelector('.cl-count')?.textContent.includes('on the map')"


@pytest.mark.browser
def test_the_file_opens_without_a_request_or_a_complaint(tmp_path: Path, watched: Watched) -> None:
    to_html(incident_map(table()), tmp_path / "map.html", manifest={"sources": ["wire"]})
    page = watched.open(tmp_path / "map.html")
    watched.until(OPEN)
    assert page.locator(".cl-count").inner_text() == "3 on the map"
    page.get_by_role("button", name="About").click()
    assert "wire" in page.locator(".cl-about").inner_text()
    assert watched.errors == []
    assert watched.requests == []


@pytest.mark.browser
def test_plain_folium_objects_keep_working_in_it(tmp_path: Path, watched: Watched) -> None:
    map_ = incident_map(table())
    folium.CircleMarker([39.5, 46.5], tooltip="a tooltip").add_to(map_)
    folium.Marker([39.6, 46.6]).add_to(map_)
    folium.GeoJson({"type": "Point", "coordinates": [46.7, 39.5]}).add_to(map_)
    to_html(map_, tmp_path / "map.html")
    page = watched.open(tmp_path / "map.html")
    watched.until(OPEN)
    assert page.locator(".leaflet-marker-icon").count() == 2
    assert all(page.evaluate("[...document.querySelectorAll('.leaflet-marker-icon')].map(i => i.naturalWidth > 0)"))
    assert watched.errors == []
    assert watched.requests == []


@pytest.mark.browser
def test_layers_work_in_groups_layer_control_and_dual_maps(tmp_path: Path, watched: Watched) -> None:
    map_ = IncidentMap(location=[39.5, 46.6], zoom_start=8, tiles=None, max_zoom=18)
    group = folium.FeatureGroup(name="group").add_to(map_)
    Points(table()).add_to(group)
    Points(table(2), name="second <b>").add_to(map_)
    Timeline(fragment=False).add_to(map_)
    folium.LayerControl(collapsed=False).add_to(map_)
    to_html(map_, tmp_path / "map.html")
    page = watched.open(tmp_path / "map.html")
    watched.until("document.querySelector('.cl-count')?.textContent === '5 on the map'")
    page.get_by_label("group").uncheck()
    watched.until("document.querySelector('.cl-count')?.textContent === '2 on the map'")
    assert page.get_by_label("second <b>").count() == 1
    page.get_by_label("group").check()
    watched.until("document.querySelector('.cl-count')?.textContent === '5 on the map'")
    assert watched.errors == []


def test_a_dual_map_draws_the_layer_on_both_sides() -> None:
    dual = DualMap(location=[39.5, 46.6], zoom_start=8, tiles=None)
    Points(table()).add_to(dual)
    page = dual.get_root().render()
    ids = re.findall(r'contactline\.points\("(\w+)"\)', page)
    assert len(set(ids)) == 2
    for found in ids:
        assert f'id="{found}_data"' in page
        assert f'id="{found}_options"' in page


@pytest.mark.browser
def test_two_maps_side_by_side_each_keep_their_own_time(tmp_path: Path, watched: Watched) -> None:
    dual = DualMap(location=[39.5, 46.6], zoom_start=8, tiles=None, max_zoom=18)
    Points(table()).add_to(dual)
    Timeline(fragment=False).add_to(dual)
    to_html(dual, tmp_path / "dual.html")
    page = watched.open(tmp_path / "dual.html")
    watched.until("document.querySelectorAll('.cl-count').length === 2")
    counts = "[...document.querySelectorAll('.cl-count')].map((c) => c.textContent).join()"
    watched.until(f"{counts} === '3 on the map,3 on the map'")
    page.locator(".cl-timeline input[type=range]").first.focus()
    page.keyboard.press("ArrowLeft")
    watched.until(f"{counts} === '2 on the map,3 on the map'")
    page.evaluate("Object.values(window).find((v) => v instanceof L.Map).setZoom(10, { animate: false })")
    zooms = "Object.values(window).filter((v) => v instanceof L.Map).map((m) => m.getZoom()).join()"
    watched.until(f"{zooms} === '10,10'")
    assert watched.errors == []
    assert watched.requests == []


def test_plugins_of_folium_come_from_the_package_that_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    map_ = incident_map(table())
    FastMarkerCluster([[39.5, 46.5]]).add_to(map_)
    page = to_html(map_)
    assert "markerClusterGroup" in page
    assert not addresses(page)
    monkeypatch.setitem(sys.modules, "offlinefolium.elements", None)
    with pytest.raises(AssetError, match=r"contactline\[stock\]"):
        to_html(map_)


def test_an_element_outside_a_page_is_told_so() -> None:
    with pytest.raises(Exception, match=r"add it to a folium\.Map"):
        Points(table()).render()


def test_a_name_of_a_layer_is_text() -> None:
    assert Points(table(), name="<img> {{ 7 }}").layer_name == "&lt;img&gt; &#123;&#123; 7 &#125;&#125;"
