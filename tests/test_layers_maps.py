"""The map in a real browser: what a reader sees and can do."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from conftest import Watched, missing

from geo.schema import incidents_frame
from layers.errors import LayerError
from layers.export import to_html
from layers.maps import incident_map
from layers.points import pack_incidents

COUNT = "document.querySelector('.cl-count').textContent"
LAYER = """(() => {
  const map = Object.values(window).find((v) => v instanceof L.Map);
  let found;
  map.eachLayer((layer) => { if (layer instanceof contactline.PointsLayer) found = layer; });
  return found;
})()"""


def incident(number: int, **values: Any) -> dict[str, Any]:
    return {
        "incident_id": f"i{number}", "date_start": f"2020-10-{number:02}", "longitude": 46.5 + number / 20,
        "latitude": 39.5, "event_type": "shelling", "claim_status": "claimed", "claimant": "Defence Ministry",
        "claimant_side": "AZ", "place_name": "Martuni", "place_names": "Martuni / Xocavənd", "where_prec": 1,
        "radius_km": 1.0, "sources": "wire; agency", "text": f"Shells fell on Martuni, incident {number}.",
        "lang": "en", "reported_at": f"2020-10-{number + 1:02}T08:00:00Z", **values,
    }  # fmt: skip


def incidents() -> gpd.GeoDataFrame:
    return incidents_frame(
        [
            incident(1),
            incident(3, event_type="capture", claim_status="denied", denied_by="NK-AM", denial_text="Not so."),
            incident(5, date_end="2020-10-09"),
            incident(8, longitude=46.9, claimant_side="NK-AM"),
            incident(8, longitude=46.9, incident_id="i8b", event_type="capture"),
            incident(9, longitude=None, latitude=None, place_name=None, place_names=None, where_prec=5),
            incident(10, date_start=None),
        ]
    )


def fronts() -> gpd.GeoDataFrame:
    rows = []
    for k in range(10):
        edge = 46.7 + k / 50
        day = dt.date(2020, 10, 1) + dt.timedelta(days=k)
        parts = [
            ("area", "NK-AM", "assessed", shapely.box(46.0, 39.0, edge, 40.0)),
            ("area", "AZ", "assessed", shapely.box(edge, 39.0, 47.5, 40.0)),
            ("line", None, "assessed", shapely.LineString([(edge, 39.0), (edge, 40.0)])),
        ]
        rows += [{"as_of": day, "kind": a, "side": b, "status": c, "geometry": d} for a, b, c, d in parts]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)


@pytest.fixture
def shown(tmp_path: Path, watched: Watched) -> Watched:
    """The map of the incidents and fronts above, open and drawn."""
    sides = {"AZ": "Azerbaijan", "NK-AM": "Karabakh forces"}
    map_ = incident_map(incidents(), fronts(), title="Test", sides=sides, credit="Places: <b>a gazetteer</b>")
    to_html(map_, tmp_path / "map.html")
    watched.open(tmp_path / "map.html")
    watched.until(f"document.querySelector('.cl-count') && {COUNT}.includes('on the map')")
    return watched


def click(shown: Watched, row_id: str) -> None:
    """Click on the symbol of an incident."""
    shown.page.evaluate(f"window.layer = {LAYER}")
    shown.page.evaluate(f"layer.table.rowOf('incident_id', '{row_id}').then((r) => {{ window.row = r; }})")
    x, y = shown.page.evaluate(
        "(() => { const p = layer._map.latLngToContainerPoint(layer.latLng(row)); return [p.x, p.y]; })()"
    )
    shown.page.mouse.click(x, y)


@pytest.mark.browser
def test_counts_tell_what_is_on_the_map_and_what_cannot_be(shown: Watched) -> None:
    assert shown.page.locator(".cl-count").inner_text() == "5 on the map · 1 without a place"
    assert shown.page.locator(".cl-day").inner_text() == "10 Oct 2020"
    assert "Places: <b>a gazetteer</b>" in shown.page.locator(".leaflet-control-attribution").inner_text()


@pytest.mark.browser
def test_keys_move_the_day_and_a_window_narrows_it(shown: Watched) -> None:
    slider = shown.page.get_by_label("Day", exact=True)
    slider.focus()
    for _ in range(5):
        shown.page.keyboard.press("ArrowLeft")
    shown.until(f"{COUNT} === '3 on the map'")
    assert slider.get_attribute("aria-valuetext") == "5 Oct 2020"
    shown.page.get_by_label("How much before").select_option("3")
    shown.until(f"{COUNT} === '2 on the map'")
    shown.page.keyboard.press("Home")
    slider.focus()
    shown.page.keyboard.press("End")
    shown.until(f"{COUNT} === '3 on the map · 1 without a place'")  # one of them began on the 5th and lasts


@pytest.mark.browser
def test_an_incident_that_lasts_into_the_window_is_drawn(shown: Watched) -> None:
    shown.page.get_by_label("How much before").select_option("1")
    slider = shown.page.get_by_label("Day", exact=True)
    slider.focus()
    for _ in range(3):
        shown.page.keyboard.press("ArrowLeft")  # 7 October: nothing began, one goes on
    shown.until(f"{COUNT} === '1 on the map'")
    shown.until(f"{LAYER}.count === 1")


@pytest.mark.browser
def test_as_known_then_leaves_out_what_was_reported_later(shown: Watched) -> None:
    slider = shown.page.get_by_label("Day", exact=True)
    slider.focus()
    for _ in range(7):
        shown.page.keyboard.press("ArrowLeft")  # 3 October: the capture of that day was reported on the 4th
    shown.until(f"{COUNT} === '2 on the map'")
    shown.page.get_by_label("as known then").check()
    shown.until(f"{COUNT} === '1 on the map'")


@pytest.mark.browser
def test_a_popup_tells_who_says_what_where_and_who_denies_it(shown: Watched) -> None:
    click(shown, "i3")
    popup = shown.page.locator(".cl-popup")
    popup.wait_for()
    words = popup.inner_text()
    for part in (
        "Capture", "3 Oct 2020", "Martuni / Xocavənd", "± 1 km", "Claimed by Defence Ministry", "Denied by",
        "Azerbaijan", "Karabakh forces", "Not so.", "wire; agency", "Shells fell on Martuni, incident 3.", "i3",
    ):  # fmt: skip
        assert part in words
    assert popup.locator("blockquote mark").first.inner_text() == "Martuni"


@pytest.mark.browser
def test_several_incidents_of_one_place_can_be_paged_through(shown: Watched) -> None:
    click(shown, "i8")
    popup = shown.page.locator(".cl-popup")
    popup.wait_for()
    assert "1 of 2 at this place" in popup.inner_text()
    first = popup.locator("footer").inner_text()
    popup.get_by_role("button", name="Next incident").click()
    shown.until("document.querySelector('.cl-pager').textContent.includes('2 of 2')")
    assert popup.locator("footer").inner_text() != first


@pytest.mark.browser
def test_data_that_cannot_be_read_are_not_a_silent_empty_map(tmp_path: Path, page: Any) -> None:
    text = to_html(incident_map(incidents()))
    broken = re.sub(r'(<script type="text/plain" id="points_\w+">)[^<]+', r"\1AAAAAAAA", text)
    assert broken != text
    (tmp_path / "map.html").write_text(broken, encoding="utf-8")
    watched = Watched(page)
    watched.open(tmp_path / "map.html")
    watched.until("document.querySelector('.cl-fault')?.textContent.includes('cannot be read')")


@pytest.mark.browser
def test_the_legend_filters_and_counts(shown: Watched) -> None:
    page = shown.page
    page.locator("input[data-key='event_type:shelling']").uncheck()
    shown.until(f"{COUNT} === '2 on the map'")
    page.get_by_label("Colour by").select_option("claim_status")
    page.locator("input[data-key='claim_status:denied']").wait_for()
    assert page.locator(".cl-filters").get_by_text("Event type").count() == 1
    shown.until("location.hash.includes('hide.event_type=shelling') && location.hash.includes('by=claim_status')")


@pytest.mark.browser
def test_a_link_opens_on_the_same_day_filter_and_view(tmp_path: Path, shown: Watched) -> None:
    fragment = "on=2020-10-05&window=3&hide.event_type=capture&by=claimant_side&map=9/39.6/46.7"
    shown.page.goto("about:blank")
    shown.open(tmp_path / "map.html", fragment)
    shown.until(f"document.querySelector('.cl-count') && {COUNT} === '1 on the map'")
    shown.until("Object.values(window).find((v) => v instanceof L.Map).getZoom() === 9")
    assert shown.page.locator(".cl-day").inner_text() == "5 Oct 2020"
    assert shown.page.get_by_label("Colour by").input_value() == "claimant_side"


@pytest.mark.browser
def test_the_list_can_be_walked_with_keys_and_holds_what_the_map_cannot(shown: Watched) -> None:
    page = shown.page
    page.get_by_role("button", name="List").focus()
    page.keyboard.press("Enter")
    headings = page.locator(".cl-list h3").all_inner_texts()
    assert headings == ["On the map (5)", "Without a place (1)", "Without a date (1)"]
    page.locator(".cl-list section").nth(1).locator("li > button").focus()
    page.keyboard.press("Enter")
    shown.until("document.querySelector('.cl-list .cl-incident')?.textContent.includes('no named place')")
    page.locator(".cl-list section").nth(0).locator("li > button").first.focus()
    page.keyboard.press("Enter")
    page.locator(".cl-popup").wait_for()
    page.keyboard.press("Escape")
    assert shown.errors == []


@pytest.mark.browser
def test_the_front_is_that_of_the_day_and_says_on_whose_word(shown: Watched) -> None:
    page = shown.page
    side = "(() => { const s = document.querySelector('.cl-holding strong'); return s && s.textContent; })()"
    x, y = page.evaluate(
        f"(() => {{ const p = {LAYER}._map.latLngToContainerPoint([39.8, 46.75]); return [p.x, p.y]; }})()"
    )
    page.mouse.click(x, y)
    shown.until(f"{side} === 'Karabakh forces'")
    page.keyboard.press("Escape")
    page.get_by_label("Day", exact=True).focus()
    page.keyboard.press("Home")
    shown.until("document.querySelector('.cl-day').textContent === '1 Oct 2020'")
    shown.until("!document.querySelector('.cl-holding')")
    page.wait_for_timeout(100)
    page.mouse.click(x, y)
    shown.until(f"{side} === 'Azerbaijan'")


@pytest.mark.browser
def test_playing_goes_on_by_itself_and_stops_at_the_end(shown: Watched) -> None:
    page = shown.page
    page.get_by_label("Speed").select_option("4")  # nine steps, two seconds: time enough to see it play
    page.get_by_role("button", name="Play").click()
    shown.until("document.querySelector('[aria-label=Pause]')")
    shown.until(
        "document.querySelector('[aria-label=Play]') && document.querySelector('.cl-day').textContent === '10 Oct 2020'"
    )


@pytest.mark.browser
def test_the_same_map_gives_the_same_pixels(shown: Watched) -> None:
    pixels = f"""(async () => {{
      const layer = {LAYER};
      layer._place();
      const data = layer._canvases[1].getContext('2d').getImageData(0, 0, layer.view.width, layer.view.height).data;
      const digest = await crypto.subtle?.digest('SHA-256', data);
      return digest ? [...new Uint8Array(digest)].join() : data.reduce((a, b) => (a * 31 + b) >>> 0, 7);
    }})()"""
    first = shown.page.evaluate(pixels)
    shown.page.evaluate("document.querySelector('input[type=range]').dispatchEvent(new Event('input'))")
    assert shown.page.evaluate(pixels) == first


@pytest.mark.browser
def test_on_a_telephone_nothing_covers_the_map(tmp_path: Path, browser: Any) -> None:
    to_html(incident_map(incidents(), fronts(), title="Test"), tmp_path / "map.html")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, device_scale_factor=2)
    watched = Watched(context.new_page()).watch()
    page = watched.open(tmp_path / "map.html")
    watched.until(f"document.querySelector('.cl-count') && {COUNT}.includes('on the map')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".cl-legend").evaluate("d => d.open") is False
    legend, bar = page.locator(".cl-legend").bounding_box(), page.locator(".cl-timeline").bounding_box()
    assert legend["y"] + legend["height"] < 140
    assert bar["y"] > 660
    x, y = page.evaluate(
        f"(() => {{ const l = {LAYER}; const p = l._map.latLngToContainerPoint(l.latLng(0)); return [p.x, p.y]; }})()"
    )
    page.touchscreen.tap(x, y)
    page.locator(".cl-popup .cl-incident").wait_for()
    page.locator(".leaflet-popup-close-button").click(timeout=10_000)  # fails if anything lies over it
    assert watched.errors == []
    context.close()


def test_what_cannot_be_published_is_refused() -> None:
    with pytest.raises(LayerError, match="GeoDataFrames"):
        incident_map(pack_incidents(incidents()), blur_km=5)


def test_missing_is_never_a_silent_pass() -> None:
    with pytest.raises(BaseException):  # noqa: B017, PT011 - a skip or a failure, each its own kind
        missing("no browser")
