"""The same map inside a dashboard page: its parts as bytes that go over once, and a small wish for each step.

Made for Streamlit's components v2, without importing it. Two components are mounted: a store, whose message (script and
data) stays byte for byte the same, so that Streamlit sends it once; and the map, which is told in a few hundred bytes
which parts to show and which day, window and filter the page wants. Pan, zoom and what the reader chose inside the map
outlive a rerun.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .assets import leaflet_css, leaflet_js, our_css, our_js
from .basemap import OfflineBase
from .front import FrontsPack
from .points import PointsPack
from .styles import Styles, load_styles

__all__ = ["MAP_JS", "PanelData", "panel_data", "panel_view", "store_css", "store_js"]

# What the map component runs; it is sent with every step, so all else of it lives in the store's script. Events: the
# trigger `pick` carries an incident id, the state `window` carries {time, from, to, window, known} once the slider is
# let go.
MAP_JS = """export default function show(args) {
  if (globalThis.contactline?.panel) globalThis.contactline.panel(args);
  else setTimeout(show, 20, args);
}
"""


@dataclass(frozen=True, slots=True)
class PanelData:
    """What a map is made of: the store's message, and the hashes by which the map asks for its parts."""

    message: bytes
    parts: Mapping[str, str]


def store_js() -> str:
    """The store component's script: Leaflet and ours, once a page, then the parts."""
    libraries = f"{leaflet_js()}\n{our_js()}"
    return (
        f"if (!globalThis.contactline?.mount) {{\n{libraries}\n}}\n"
        "export default function ({ data }) { if (data) globalThis.contactline.store(data); }\n"
    )


def store_css() -> str:
    """The style sheets of map and panels."""
    return f"{leaflet_css()}\n{our_css()}"


def panel_data(
    points: PointsPack,
    fronts: FrontsPack | None = None,
    *,
    base: OfflineBase | None = None,
    styles: Styles | None = None,
) -> PanelData:
    """Put all parts of a map into one message; make it once a table and keep it."""
    sides = {side: side for side in (fronts.sides if fronts else ())}
    look = (styles or load_styles()).with_sides(sides)
    parts = {"points": ("bytes", points.data), "styles": ("json", _json(look.as_json()))}
    if fronts is not None:
        parts["fronts"] = ("bytes", fronts.data)
    if base is not None:
        parts["base"] = ("json", _json(base.payload()))
    hashes = {name: hashlib.sha256(data).hexdigest()[:16] for name, (_, data) in parts.items()}
    listed = [{"hash": hashes[n], "size": len(data), "kind": kind} for n, (kind, data) in parts.items()]
    head = _json(listed)
    message = b"".join([struct.pack("<I", len(head)), head, *(data for _, data in parts.values())])
    return PanelData(message, hashes)


def panel_view(
    data: PanelData,
    *,
    bounds: tuple[float, float, float, float],
    height_px: int = 640,
    first: dt.date | None = None,
    last: dt.date | None = None,
    known: bool = False,
    only: Mapping[str, Sequence[str]] | None = None,
    chosen: str | None = None,
    color_by: str = "event_type",
    note: str = "",
    credit: str = "",
    listing: bool = False,
) -> dict[str, Any]:
    """What the page wants shown: this is all that a step sends.

    Args:
        data: from `panel_data`.
        bounds: west, south, east, north that the map opens on; later calls do not move it.
        first, last: the days wanted, both included; without `first` all up to `last`.
        known: only what had been reported by `last`.
        only: for a column, the values wanted; a column that is not named shows all of its values.
        chosen: id of the incident to mark and bring into view.
        credit: whom the points come from.
        listing: offer the map's own list of incidents; a page that has a list beside the map needs none.
    """
    view: dict[str, Any] = {**data.parts, "bounds": bounds, "height": height_px, "color_by": color_by, "known": known}
    view["window"] = (last - first).days + 1 if first and last else 0
    view["only"] = {column: list(values) for column, values in (only or {}).items()}
    view["chosen"] = chosen
    if last is not None:
        view["day"] = last.isoformat()
    view |= {"listing": listing, "credit": credit}
    if note:
        view["note"] = note
    return view


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
