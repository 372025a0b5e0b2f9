"""Reports are hostile input: whatever stands in a field is shown as text, in every output, in a real browser.

Each payload calls `pwn("<field>")` if anything runs it. Every text field of every table carries every payload; then all
that can be opened in the page is opened. The same is done with the page's Content-Security-Policy taken out, so that
the policy is a second wall and not the only one.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pytest
import shapely
from conftest import Watched

from geo.schema import COLUMNS, incidents_frame
from layers.assets import leaflet_js, our_js
from layers.basemap import OfflineBase
from layers.basemap_clip import BaseClip, read_clip
from layers.component import panel_data, panel_view, store_css
from layers.export import to_html
from layers.front import pack_fronts
from layers.maps import IncidentMap, incident_map
from layers.points import Points, pack_incidents

ROOT = Path(__file__).resolve().parent.parent
CLIP = ROOT / "data" / "theatres" / "karabakh-2020" / "basemap"
BOX = (44.4, 38.3, 49.0, 41.5)

CALL = "pwn('@')"
PAYLOADS = {
    "plain": "plain words @",
    # elements that run at once
    "image": f'<img src=x onerror="{CALL}">',
    "image without quotes": "<img src=x onerror=pwn('@')//",
    "svg": f'<svg onload="{CALL}"></svg>',
    "svg animation": f'<svg><animate onbegin="{CALL}" attributeName=x dur=1s>',
    "details": f'<details open ontoggle="{CALL}">x</details>',
    "video": f'<video><source onerror="{CALL}"></video>',
    "focus": f'<input autofocus onfocus="{CALL}">',
    "frame with a page": f'<iframe srcdoc="<script>parent.{CALL}</script>"></iframe>',
    "frame with a script": f'<iframe src="javascript:parent.{CALL}"></iframe>',
    "object": f'<object data="javascript:{CALL}"></object>',
    "custom element": f'<x onclick="{CALL}" tabindex=1 id=x autofocus onfocus="{CALL}">',
    "mutation": f'<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror={CALL}>">',
    "noscript": f'<noscript><p title="</noscript><img src=x onerror={CALL}>">',
    "template": f"<template><script>{CALL}</script></template><script>{CALL}</script>",
    # ends of what the page puts around the text
    "script end": f"</script><script>{CALL}</script>",
    "script end in capitals": f"</SCRIPT ><SCRIPT>{CALL}</SCRIPT>",
    "comment opens script": f"<!--<script>{CALL}",
    "title end": f"</title><script>{CALL}</script>",
    "style end": f"</style><script>{CALL}</script>",
    "textarea end": f"</textarea><img src=x onerror={CALL}>",
    "cdata end": f"]]><script>{CALL}</script>",
    "popup end": f"</div></div></div></blockquote></dl><script>{CALL}</script>",
    "attribute end": f'" onmouseover="{CALL}" autofocus onfocus="{CALL}" x="',
    "attribute end, single": f"' onmouseover='{CALL}' autofocus onfocus='{CALL}' x='",
    # strings of scripts and templates
    "template literal": "${pwn('@')}",
    "template literal without quotes": "${pwn(/@/.source)}",
    "back-tick": "`+pwn('@')+`",
    "string end": "');pwn('@');//",
    "string end, double": '");pwn("@");//',
    "back-slash": "\\');pwn('@');//\\",
    "json end": '"}];pwn("@");[{"x":"',
    "line separators": "\u2028pwn('@')\u2029pwn('@')\n",
    "unicode escapes": r"\u003cimg src=x onerror=pwn('@')\u003e",
    "jinja": "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}@",
    "jinja error": "{% raise %}{{ @ }}{#",
    "python format": "{0.__class__} %(x)s %s {@}",
    # entities decoded once too often
    "entities": f"&lt;img src=x onerror={CALL}&gt;",
    "numeric entities": f"&#60;img src=x onerror={CALL}&#62;&#x3c;script&#x3e;{CALL}&#x3c;/script&#x3e;",
    "double entities": f"&amp;lt;img src=x onerror={CALL}&amp;gt;",
    # addresses
    "link": f'<a href="javascript:{CALL}" autofocus onfocus="{CALL}">x</a>',
    "script address": f"javascript:{CALL}",
    "page address": f"data:text/html,<script>opener.{CALL}</script>",
    "remote picture": '<img src="https://example.org/@.png"><link rel=stylesheet href="https://example.org/@.css">',
    "base": '<base href="https://example.org/@/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://example.org/@">',
    "form": '<form action="https://example.org/@"><button autofocus>x</button></form>',
    "style": "<style>*{display:none!important;background:url(https://example.org/@)}</style>",
    "css": "red;background:url(https://example.org/@);x:expression(pwn('@'))",
    # names that are something in JavaScript, and things with their names
    "prototype": "__proto__",
    "constructor": "constructor",
    "method": "hasOwnProperty",
    "to string": "toString",
    "clobbering": '<img name=contactline><form id=L><input name=map></form><a id=contactline name=json href="x:@">',
    # letters that hide or turn others
    "turned": "\u202egnillehs\u202c \u2066x\u2069 @",
    "invisible": "Mar\u200btu\u00adni\ufeff @",
    "combining": "Z" + "\u0301\u0323" * 200 + " @",
    "control": "a\x00b\x01c\x1b[31md\x7f @",
    "half a pair": "\ud83d @",
    "long": "<b>" * 5000 + "@",
}
Payloads = Mapping[str, str]
FIELDS = [name for name, kind in COLUMNS.items() if kind == "string"]

WATCH = "window.ran = []; window.pwn = (where) => { window.ran.push(String(where)); };"
INVENTORY = """() => {
  const count = (css) => document.querySelectorAll(css).length;
  return Object.fromEntries(["script", "style", "iframe", "object", "embed", "base", "meta", "link", "form", "template",
    "video", "math", "img", "a", "[onerror]", "[onload]", "[onfocus]", "[onclick]", "[onmouseover]",
  ].map((css) => [css, count(css)]));
}"""
EXERCISE = """async () => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const find = () => window.layerOnShow ?? Object.values(window).find((v) => v instanceof contactline.PointsLayer);
  while (!find()) await wait(20);
  const layer = find();
  const map = layer._map;
  await layer.ready;
  await wait(100);
  const nameOf = (node) => `${node.tagName}.${node.className?.baseVal ?? node.className}`;
  const shape = (node) => [...node.querySelectorAll("*")].map(nameOf).join(" ");
  const seen = {};
  for (let row = 0; row < layer.table.placed; row++) {
    await layer.open([row]);
    const box = [...document.querySelectorAll(".cl-popup .cl-popup-body")].at(-1); // those before fade out
    for (const closed of box.querySelectorAll("details")) closed.open = true;
    const record = await layer.table.record(row);
    seen[record.sub_event_type] = { shape: shape(box), text: box.textContent };
    const at = map.latLngToContainerPoint(layer.latLng(row));
    layer._hover({ containerPoint: at, latlng: layer.latLng(row) });
  }
  map.closePopup();
  for (const button of document.querySelectorAll(".cl-list-control button")) button.click();
  await wait(50);
  for (const line of document.querySelectorAll(".cl-list li > button")) line.click();
  await wait(100);
  const state = contactline.stateOf(map);
  const choices = [...document.querySelectorAll("[data-key=color-by] option")].map((option) => option.value);
  const named = [...layer.table.columns].filter(([, column]) => column.values).map(([field]) => field);
  for (const field of [...choices, ...named]) {
    state.set({ colorBy: field }, "color");
    await wait(45);
    for (const closed of document.querySelectorAll("details")) closed.open = true;
  }
  for (const box of document.querySelectorAll(".cl-legend input[type=checkbox]")) { box.click(); box.click(); }
  for (const button of document.querySelectorAll(".cl-buttons button")) button.click();
  for (const node of document.querySelectorAll("[tabindex], button, summary, input, select")) node.focus();
  await wait(200);
  return seen;
}"""


def loaded(payload: str, field: str) -> str:
    """The payload with its field's name in it; without half surrogate pairs, which pandas refuses (but see below)."""
    return payload.replace("@", field).encode("utf-8", "replace").decode("utf-8")


def hostile_incidents(payloads: Payloads = PAYLOADS) -> gpd.GeoDataFrame:
    """One row a payload, in all text fields; `sub_event_type` keeps the payload's name, so that rows can be told."""
    rows = []
    for number, (name, payload) in enumerate(payloads.items()):
        row: dict[str, Any] = {field: loaded(payload, field) for field in FIELDS}
        versions = [{key: loaded(payload, f"versions.{key}") for key in VERSION_KEYS} for _ in range(2)]
        versions[1] |= {loaded(payload, "key"): "value", "half": "\ud83d", "__proto__": {"polluted": True}}
        row |= {
            "sub_event_type": name,
            "versions": json.dumps(versions),
            "date_start": f"2020-10-{1 + number % 28:02d}",
            "latitude": 39.0 + 0.25 * (number // 8),
            "longitude": 45.0 + 0.4 * (number % 8),
            "reported_at": "2020-10-30T10:00Z",
        }
        rows.append(row)
    rows.append(rows[1] | {"latitude": None, "longitude": None, "sub_event_type": "nowhere"})
    rows.append(rows[2] | {"date_start": None, "sub_event_type": "never"})
    return incidents_frame(rows)


VERSION_KEYS = ("claimant", "claim_status", "text", "source", "lang", "reported_at")


def hostile_fronts(payloads: Payloads) -> gpd.GeoDataFrame:
    texts = list(payloads.values())
    shapes = [shapely.box(45 + 0.05 * n, 39, 45.05 + 0.05 * n, 40) for n in range(len(texts))]
    return gpd.GeoDataFrame(
        {
            "as_of": "2020-10-01",
            "kind": "area",
            "side": [loaded(text, "side") for text in texts],
            "status": "assessed",
            "confidence": 0.5,
            "basis_claim_ids": [loaded(text, "basis") for text in texts],
            "source": [loaded(text, "front source") for text in texts],
            "licence": [loaded(text, "licence") for text in texts],
        },
        geometry=shapes,
        crs=4326,
    )


def hostile_clip(payloads: Payloads) -> BaseClip:
    clip = read_clip(CLIP)
    topology = json.loads(json.dumps(clip.topology))
    texts = list(payloads.values())
    topology["objects"]["labels"]["geometries"] = [
        {
            "type": "Point",
            "coordinates": [300 * n, 8000],
            "properties": {"text": loaded(text, "label"), "rank": 1, "kind": loaded(text, "kind")},
        }
        for n, text in enumerate(texts)
    ]
    for kind in ("borders", "disputed"):
        topology["objects"][kind]["geometries"][0]["properties"]["name"] = loaded(texts[1], "line")
    topology["contactline"]["sources"] = [
        {"credit": loaded(text, "credit"), "licence": loaded(text, "clip licence")} for text in texts
    ]
    return dataclasses.replace(clip, topology=topology)


def map_of(payloads: Payloads) -> folium.Map:
    """Everything that takes a text, with the payloads in it."""
    texts = list(payloads.values())
    short = [text for text in texts if len(text) < 1000]
    return incident_map(
        hostile_incidents(payloads),
        hostile_fronts(payloads),
        bbox=BOX,
        title=" ".join(loaded(text, "title") for text in short),
        note=" ".join(loaded(text, "note") for text in short),
        sides={loaded(text, "side id"): loaded(text, "side name") for text in texts},
        labels={"event_type": {loaded(text, "event_type"): loaded(text, "type label") for text in texts}},
        basemap=hostile_clip(payloads),
    )


def export_of(payloads: Payloads) -> str:
    manifest = {loaded(text, "manifest key"): loaded(text, "manifest") for text in payloads.values()}
    return to_html(map_of(payloads), manifest=manifest)


def panel_of(payloads: Payloads) -> str:
    """The component in a page of its own, fed as a dashboard feeds it."""
    data = panel_data(
        pack_incidents(hostile_incidents(payloads)),
        pack_fronts(hostile_fronts(payloads)),
        base=OfflineBase(hostile_clip(payloads)),
    )
    note = " ".join(loaded(text, "note") for text in payloads.values())
    view = panel_view(data, bounds=BOX, height_px=700, listing=True, note=note, last=dt.date(2020, 10, 31))
    fill = {
        "CSS": store_css(),
        "SCRIPTS": f"<script>{leaflet_js()}</script><script>{our_js()}</script>",
        "BYTES": base64.b64encode(data.message).decode(),
        "VIEW": base64.b64encode(json.dumps(view).encode()).decode(),
    }
    return re.sub("@(CSS|SCRIPTS|BYTES|VIEW)@", lambda found: fill[found[1]], PANEL)


PANEL = """<!doctype html><meta charset="utf-8"><title>panel</title><style>@CSS@</style><div id="here"></div>@SCRIPTS@
<script>
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
contactline.store(bytes("@BYTES@"));
const data = JSON.parse(new TextDecoder().decode(bytes("@VIEW@")));
contactline.panel({ data, parentElement: here, setTriggerValue() {}, setStateValue() {} }).then((panel) => {
  window.layerOnShow = here.querySelector(".contactline-panel").contactline.layers.points.layer;
});
</script>"""


def without_policy(page: str) -> str:
    bare, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert count == 1
    return bare


@dataclasses.dataclass(frozen=True, slots=True)
class Visit:
    """What came of opening a page and all that opens in it."""

    seen: dict[str, dict[str, str]]
    elements: dict[str, int]
    title: str
    url: str
    pages: int
    ran: list[str]
    dialogs: list[str]
    errors: list[str]
    requests: list[str]
    polluted: Any


def visit(browser: Any, page: str, path: Path) -> Visit:
    path.write_text(page, encoding="utf-8", newline="\n")
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    watched = Watched(context.new_page()).watch()
    dialogs: list[str] = []
    watched.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    watched.page.add_init_script(WATCH)
    opened = watched.open(path)
    seen = opened.evaluate(EXERCISE)
    found = Visit(
        seen=seen,
        elements=opened.evaluate(INVENTORY),
        title=opened.title(),
        url=opened.url,
        pages=len(context.pages),
        ran=opened.evaluate("window.ran"),
        dialogs=dialogs,
        errors=watched.errors,
        requests=watched.requests,
        polluted=opened.evaluate("({}).polluted"),
    )
    context.close()
    return found


PLAIN = dict.fromkeys(PAYLOADS, PAYLOADS["plain"])
PAGES = {
    "export": lambda payloads: export_of(payloads),
    "export without its policy": lambda payloads: without_policy(export_of(payloads)),
    "component": lambda payloads: panel_of(payloads),
}


@pytest.fixture(scope="module", params=[*PAGES])
def visits(
    request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Visit, Visit]:
    """One kind of page, visited with the payloads and with plain words in their place."""
    make, folder = PAGES[request.param], tmp_path_factory.mktemp("pages")
    return visit(browser, make(PAYLOADS), folder / "hostile.html"), visit(browser, make(PLAIN), folder / "plain.html")


@pytest.fixture(scope="module")
def hostile_page() -> str:
    return export_of(PAYLOADS)


@pytest.fixture(scope="module")
def plain_page() -> str:
    return export_of(PLAIN)


pytestmark = pytest.mark.browser


def test_nothing_runs(visits: tuple[Visit, Visit]) -> None:
    hostile, _ = visits
    assert hostile.ran == []
    assert hostile.dialogs == []
    assert hostile.requests == []
    assert hostile.errors == []
    assert hostile.polluted is None
    assert hostile.pages == 1
    assert hostile.url.startswith("file:")


def test_no_element_gets_in(visits: tuple[Visit, Visit]) -> None:
    hostile, plain = visits
    assert hostile.elements == plain.elements


def test_no_popup_is_forged_and_no_word_lost(visits: tuple[Visit, Visit]) -> None:
    seen = visits[0].seen
    assert set(seen) == {*PAYLOADS, "never"}
    benign = same(seen["plain"]["shape"])
    for name, popup in seen.items():
        payload = PAYLOADS.get(name, PAYLOADS["image without quotes"])
        assert same(popup["shape"]) == benign, name
        for field in ("text", "place_name", "denial_text", "sources", "versions.text"):
            assert loaded(payload, field) in popup["text"], (name, field)


def same(shape: str) -> str:
    """What may differ between two popups: a name is marked in a sentence that holds it, a status has its class."""
    return re.sub(r"cl-status-(?!denied)\w+", "", shape).replace("MARK. ", "")


@pytest.mark.parametrize(
    "fragment",
    [
        "by=__proto__&hide.__proto__=x&hide.constructor=y",
        "by=constructor&window=1e309&on=%00&map=NaN/NaN/NaN",
        "map=99/91/181&on=9999-99-99&window=-5&density=%3Cimg%20src%3Dx%20onerror%3Dpwn(1)%3E",
        "hide.event_type=%E0%A4%A",
        "by=radius_km",
        "%3Cscript%3Epwn(1)%3C/script%3E",
    ],
)
def test_the_address_is_hostile_too(plain_page: str, watched: Any, tmp_path: Path, fragment: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(without_policy(plain_page), encoding="utf-8", newline="\n")
    watched.page.add_init_script(WATCH)
    opened = watched.open(path, fragment)
    layer = "Object.values(window).find((v) => v instanceof contactline.PointsLayer)"
    assert opened.evaluate(f"{layer}.ready.then((layer) => layer.table.rows)") == len(PAYLOADS) + 2
    opened.wait_for_timeout(200)
    assert opened.evaluate("window.ran") == []
    assert opened.evaluate("({}).polluted ?? null") is None
    assert watched.errors == []


def test_title_is_text(hostile_page: str) -> None:
    head = hostile_page[: hostile_page.index("</head>")]
    title = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    assert title
    assert "<" not in title[1]
    assert "{{ 7*7 }}" in title[1]


def test_no_template_engine_reads_a_text(hostile_page: str) -> None:
    """Jinja would have made 49 of it, or listed Python's classes."""
    assert "<class" not in hostile_page
    assert "49{%" not in hostile_page


def test_layer_names_are_text(watched: Any, tmp_path: Path) -> None:
    """Names of our layers in folium's own layer control, which takes HTML."""
    map_ = IncidentMap([39.5, 46], zoom_start=8, tiles=None, max_zoom=18)
    row = hostile_incidents().iloc[:1]
    for payload in PAYLOADS.values():
        Points(row, name=loaded(payload, "layer")).add_to(map_)
    OfflineBase(CLIP, name="".join(loaded(p, "base") for p in PAYLOADS.values() if len(p) < 1000)).add_to(map_)
    folium.LayerControl(collapsed=False).add_to(map_)
    path = tmp_path / "page.html"
    path.write_text(without_policy(to_html(map_)), encoding="utf-8", newline="\n")
    watched.page.add_init_script(WATCH)
    opened = watched.open(path)
    opened.wait_for_timeout(300)
    control = "document.querySelector('.leaflet-control-layers')"
    tags = f"[...new Set([...{control}.querySelectorAll('*')].map((e) => e.tagName))].sort()"
    assert opened.evaluate(tags) == ["A", "DIV", "INPUT", "LABEL", "SECTION", "SPAN"]
    assert all(word in opened.evaluate(f"{control}.textContent") for word in ("plain words layer", "${pwn('layer')}"))
    assert opened.evaluate("window.ran") == []
    assert watched.errors == []
    assert watched.requests == []
