"""The ground under the incidents: an offline base map that is always there, and online tiles for who asks for them."""

from __future__ import annotations

import base64
import html
import json
import zlib
from pathlib import Path
from typing import Any

import folium
import xyzservices
import xyzservices.providers
from folium.map import Layer
from folium.template import Template

from .assets import add_json, require_scripts, safe_name
from .basemap_clip import BaseClip, read_clip
from .errors import LayerError

__all__ = ["OfflineBase", "online_tiles"]

NOTE = "Borders are for reference, not endorsement"


class OfflineBase(Layer):
    """Relief, water, borders and place names from a clip, for any folium.Map; asks no other machine for anything.

    Args:
        clip: the clip, or the folder that `contactline basemap build` wrote.
        labels: draw place names.
        name: what the layer control calls it.

    Raises:
        LayerError: the folder holds no clip.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = contactline.basemap(contactline.json({{ this.data_id|tojavascript }}));
        {% endmacro %}
    """)

    def __init__(
        self,
        clip: BaseClip | Path,
        *,
        labels: bool = True,
        name: str = "Offline base map",
        control: bool = True,
        show: bool = True,
    ) -> None:
        super().__init__(name=safe_name(name), overlay=False, control=control, show=show)
        self._name = "OfflineBase"
        self.clip = clip if isinstance(clip, BaseClip) else read_clip(clip)
        self.labels = labels

    @property
    def data_id(self) -> str:
        """Id of the element that carries the data."""
        return f"{self.get_name()}_data"

    def payload(self) -> dict[str, Any]:
        """What `contactline.basemap` takes in the browser: deflated TopoJSON and WebP, both in base64, and options."""
        vectors = json.dumps(self.clip.topology, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        relief = self.clip.relief
        return {
            "vectors": base64.b64encode(deflate.compress(vectors) + deflate.flush()).decode("ascii"),
            "relief": base64.b64encode(relief).decode("ascii") if relief is not None else None,
            "options": {"labels": self.labels, "attribution": attribution(self.clip)},
        }

    def render(self, **kwargs: Any) -> str:
        """Register scripts and data with the figure, then the layer itself."""
        require_scripts(self)
        add_json(self, self.data_id, self.payload())
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""

    def _get_self_bounds(self) -> list[list[float | None]]:
        west, south, east, north = self.clip.box
        return [[south, west], [north, east]]


def attribution(clip: BaseClip) -> str:
    """Who made the data, as escaped HTML for Leaflet's attribution line."""
    makers = dict.fromkeys(str(source["credit"]) for source in clip.sources)
    return " · ".join(html.escape(text) for text in (*makers, NOTE))


def online_tiles(name: str, *, show: bool = False) -> folium.TileLayer:
    """Tiles from a provider that xyzservices knows, like "OpenStreetMap.Mapnik"; each view then asks that provider.

    Raises:
        LayerError: no provider has that name, or it wants a key.
    """
    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError:
        raise LayerError(
            f"online tiles {name!r}: xyzservices knows no such provider; OpenStreetMap.Mapnik would do"
        ) from None
    if provider.requires_token():
        raise LayerError(f"online tiles {provider.name}: this provider wants a key; OpenStreetMap.Mapnik wants none")
    return folium.TileLayer(
        tiles=provider.build_url(scale_factor="@2x" if "{r}" in provider.url else None),
        attr=provider.html_attribution,
        name=f"{provider.name} (online)",
        max_zoom=int(provider.get("max_zoom", 18)),
        overlay=False,
        show=show,
    )
