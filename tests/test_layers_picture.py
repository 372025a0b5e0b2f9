"""Pictures and paper: what a headless browser makes of a page shows the map, without buttons and without a network."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from geo.schema import incidents_frame
from layers.errors import LayerError
from layers.export import to_html
from layers.maps import incident_map
from layers.picture import find_browser, to_pdf, to_png

CLIP = Path(__file__).resolve().parent.parent / "data" / "theatres" / "karabakh-2020" / "basemap"


@pytest.fixture(scope="module")
def chromium(browser: Any) -> str:
    """The suite's browser stands for the machine's: where that one may not be missing, this may not either."""
    found = find_browser()
    if found is None:
        pytest.skip("Playwright's own Chromium only: nothing on the path")
    return found


@pytest.fixture(scope="module")
def sheet() -> str:
    rows = [
        {"date_start": f"2020-10-{day:02d}", "event_type": "shelling", "latitude": 39.8, "longitude": 46.5 + day / 50}
        for day in (1, 10, 20)
    ]
    return to_html(incident_map(incidents_frame(rows), bbox=(44.4, 38.3, 49.0, 41.5), basemap=CLIP, title="Picture"))


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), dtype=int)


@pytest.mark.browser
def test_the_picture_shows_the_map(sheet: str, chromium: str, tmp_path: Path) -> None:
    data = to_png(sheet, tmp_path / "map.png", width=1200, height=800)
    assert (tmp_path / "map.png").read_bytes() == data
    picture = pixels(data)
    assert picture.shape == (800, 1200, 3)
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 2000  # relief, not an empty sheet
    water = (picture[..., 2] - picture[..., 0] > 20).mean()
    assert 0.03 < water < 0.5


@pytest.mark.browser
def test_scale_multiplies_pixels(sheet: str, chromium: str) -> None:
    assert pixels(to_png(sheet, width=300, height=200, scale=2)).shape == (400, 600, 3)


@pytest.mark.browser
def test_the_fragment_says_what_is_seen(sheet: str, chromium: str) -> None:
    early = pixels(to_png(sheet, width=900, height=600, fragment="on=2020-10-02"))
    late = pixels(to_png(sheet, width=900, height=600, fragment="on=2020-10-21"))
    assert (early != late).any()


@pytest.mark.browser
def test_buttons_stay_out_of_the_picture(sheet: str, chromium: str) -> None:
    """Zoom buttons stand at the upper left: with them, without them."""
    corner = np.s_[10:80, 10:48]
    with_buttons = pixels(to_png(sheet, width=900, height=600, controls=True))[corner]
    without = pixels(to_png(sheet, width=900, height=600))[corner]
    assert (with_buttons == 255).all(axis=-1).mean() > 0.4
    assert (without == 255).all(axis=-1).mean() < 0.1


@pytest.mark.browser
def test_the_sheet_is_one_page_of_pdf(sheet: str, chromium: str, tmp_path: Path) -> None:
    data = to_pdf(sheet, tmp_path / "map.pdf")
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
    width, height = map(float, re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", data)[0])
    assert (round(width), round(height)) == (842, 595)  # A4, landscape


@pytest.mark.browser
def test_nothing_is_fetched(chromium: str) -> None:
    """A page that asks for a picture from elsewhere gets none, also by name of this machine's neighbours."""
    html = (
        "<body style='margin:0'><img src='https://example.org/x.png' onerror='document.body.style.background=\"#f60\"'>"
    )
    picture = pixels(to_png(html, width=100, height=100))
    assert tuple(picture[90, 90]) == (255, 102, 0)


@pytest.mark.browser
def test_printing_lays_out_the_map_anew_and_puts_it_back(sheet: str, watched: Any, tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text(sheet, encoding="utf-8")
    opened = watched.open(tmp_path / "map.html")
    size = (
        "(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])(document.querySelector('.leaflet-container'))"
    )
    before = opened.evaluate(size)
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.evaluate(size) == [1047, 718]
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.evaluate(size) == before
    assert watched.errors == []


def test_no_browser_says_what_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTACTLINE_CHROMIUM", "no-such-browser")
    with pytest.raises(LayerError, match="CONTACTLINE_CHROMIUM"):
        to_png("<p>x")


def test_a_program_that_makes_no_picture_is_named() -> None:
    with pytest.raises(LayerError, match="made none"):
        to_png("<p>x", browser=sys.executable)


@pytest.mark.parametrize("wrong", [{"width": 0}, {"height": -3}, {"scale": 0}, {"width": 10**6}])
def test_wrong_sizes_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(LayerError, match="1440"):
        to_png("<p>x", **wrong)
