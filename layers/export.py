"""A map as one file that works for ever: everything inside it, nothing asked of any network.

Every script and style sheet that folium links to is replaced by its text from an installed package; an address that no
package carries stops the export. The page's Content-Security-Policy names the scripts by hash, taken from what was
generated, so that nothing else can run even if it got in.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink

from .assets import asset_text
from .errors import LayerError
from .front import Fronts
from .legend import About
from .points import Points

__all__ = ["manifest_of", "to_html"]

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
TILE_HOST = re.compile(r"(https://[a-z0-9.{}*-]+)(?=/)")
PACKAGES = ("contactline", "folium", "XStatic-Leaflet")
JQUERY = ("jquery", "https://code.jquery.com/jquery-3.7.1.min.js")


def to_html(
    map_: folium.Map,
    path: str | Path | None = None,
    *,
    manifest: Mapping[str, Any] | None = None,
    title: str | None = None,
) -> str:
    """Render a map as one self-contained page; write it to `path` if given, and return it.

    Args:
        map_: any folium.Map, or a folium.plugins.DualMap; elements that a user added keep working as far as installed
            packages carry their files.
        manifest: what the reader should know (filter, sources, licences …); versions and data hashes are added.
        title: of the page; None keeps the map's own.

    Raises:
        AssetError: an element needs a file that no installed package carries.
    """
    figure = map_.get_root()
    if not isinstance(figure, Figure):
        raise LayerError(f"{map_.get_name()}: not part of a page; make it with folium.Map or incident_map")
    about = About(manifest_of(map_, manifest or {}))
    bearer = next((e for e in [map_, *_walk(figure)] if isinstance(e, folium.Map)), None)
    if bearer is None:
        raise LayerError(f"{map_.get_name()}: no folium.Map is in its page; make it with folium.Map or incident_map")
    bearer.add_child(about, name="contactline_about")
    parts = (figure.header, figure.html, figure.script)
    before = [part._children.copy() for part in parts]
    try:
        for child in figure._children.values():
            child.render()
        page = (
            _page(figure, title or getattr(map_, "title", "") or figure.title or "Map")
            .encode("utf-8", "replace")
            .decode("utf-8")
        )
    finally:  # the map stays as the caller made it; folium would add what it renders once more every time
        del bearer._children["contactline_about"]
        for part, children in zip(parts, before, strict=True):
            part._children = children
    if path is not None:
        Path(path).write_text(page, encoding="utf-8", newline="\n")
    return page


def manifest_of(map_: folium.Map, more: Mapping[str, Any]) -> dict[str, Any]:
    """Versions of what made the map and hashes of the data in it, beside what the caller wants said."""
    data = {
        str(layer.layer_name): {"sha256": layer.pack.sha256, **_size(layer)}
        for layer in _walk(map_.get_root())
        if isinstance(layer, Points | Fronts)
    }
    return {**more, "data": data, "made_with": {name: _version(name) for name in PACKAGES}}


def _size(layer: Points | Fronts) -> dict[str, Any]:
    if isinstance(layer, Points):
        return {"incidents": layer.pack.rows, "with_a_place": layer.pack.placed, "with_a_date": layer.pack.dated}
    days = layer.pack.days
    return {"days": len(days), "from": days[0] if days else None, "to": days[-1] if days else None}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _walk(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _walk(child)


def _page(figure: Figure, title: str) -> str:
    """Put the page together; only scripts that are rendered here get a hash."""
    head = [_inlined(child) for child in _header(figure)]
    body = figure.html.render()
    script = f"\n{figure.script.render()}\n"
    hashes = [_hash(text) for part in head for text in SCRIPT.findall(part)] + [_hash(script)]
    images = " ".join(["data:", "blob:", *_tile_hosts(figure)])
    policy = (
        f"default-src 'none'; script-src {' '.join(dict.fromkeys(hashes))}; style-src 'unsafe-inline'; "
        f"img-src {images}; font-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            f"<title>{html.escape(title)}</title>",
            *head,
            "</head>",
            "<body>",
            "<noscript>The scripts in this file draw the map; please let them run. They fetch nothing.</noscript>",
            body,
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _tile_hosts(figure: Figure) -> list[str]:
    """Where a reader who switches to online tiles will be served from; empty for a map that has none."""
    addresses = {str(e.tiles) for e in _walk(figure) if isinstance(e, folium.TileLayer)}
    hosts = {TILE_HOST.match(address) for address in addresses}
    return sorted(re.sub(r"\{s\}", "*", host[1]) for host in hosts if host)


def _header(figure: Figure) -> list[Element]:
    """Header elements in order; jQuery comes along only if a popup of folium's own asks for it."""
    children = [c for name, c in figure.header._children.items() if name != "meta_http"]
    links = {c.url for c in children if isinstance(c, JavascriptLink)}
    needs = any(isinstance(e, folium.Popup) for e in _walk(figure)) and JQUERY[1] not in links
    return [JavascriptLink(JQUERY[1]), *children] if needs else children


def _inlined(child: Element) -> str:
    if isinstance(child, JavascriptLink):
        return f"<script>{asset_text(child.url)}</script>"
    if isinstance(child, CssLink):
        return f"<style>{asset_text(child.url)}</style>"
    return str(child.render())


def _hash(script: str) -> str:
    """What a browser computes for an inline script: line ends are normalised before it looks."""
    digest = hashlib.sha256(script.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
