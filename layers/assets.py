"""Scripts, style sheets and data of a page: our own from this package, Leaflet's from an installed one.

Nothing here goes through a template: branca compiles the text of its elements with Jinja, and text of a report must
never meet a template engine. `RawElement` renders what it holds.
"""

from __future__ import annotations

import base64
import hashlib
import html
import importlib
import json
import mimetypes
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from branca.element import Element, Figure

from .errors import AssetError, LayerError

__all__ = [
    "RawElement",
    "add_data",
    "add_json",
    "add_shared",
    "asset_text",
    "leaflet_css",
    "leaflet_js",
    "our_css",
    "our_js",
]
__all__ += ["require_scripts", "safe_name"]

FOLDER = Path(__file__).parent / "assets"
# In the order in which they build on each other; the bundle is their text without `import` and `export`.
MODULES = (
    *(
        "bytes",
        "text_block",
        "table",
        "sprites",
        "raster",
        "filters",
        "state",
        "dom",
        "styles",
        "swatch",
        "canvas_layer",
    ),
    *("basemap_clip", "basemap_names", "basemap_layer", "density", "popup", "points_layer", "front_table"),
    *("front_layer", "timeline", "legend", "listing", "about", "map_panel", "print", "main"),
)
IMPORT = re.compile(r"^import\b[^;]*;\n", re.MULTILINE)
MARGIN = re.compile(r"^[ \t]+|^[ \t]*//.*\n|^[ \t]*\n", re.MULTILINE)  # indents, lines of comment, empty lines
EXPORT = re.compile(r"^export (default )?", re.MULTILINE)
CSS_URL = re.compile(r"url\(\s*(['\"]?)(?!data:|#)([^)'\"]+)\1\s*\)")
LEAFLET_URL = re.compile(r"/leaflet@1\.9\.\d/dist/leaflet\.(js|css)$")
JQUERY_URL = re.compile(r"/jquery-3\.7\.\d(\.min)?\.js$")


class RawElement(Element):
    """Ready HTML that no template touches."""

    def __init__(self, raw: str) -> None:
        super().__init__()
        self._name = "Raw"
        self.raw = raw

    def render(self, **kwargs: Any) -> str:
        """The HTML as it is."""
        return self.raw


def our_js() -> str:
    """All our modules as one plain script; it sets the global `contactline`."""
    parts = [EXPORT.sub("", IMPORT.sub("", _own(f"js/{name}.mjs"))) for name in MODULES]
    wrapped = MARGIN.sub("", "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n")
    plain = [_own(f"js/{path.name}") for path in sorted((FOLDER / "js").glob("*.js"))]
    return _inert_script("\n".join([wrapped, *plain]))


def our_css() -> str:
    """All our style sheets."""
    return "\n".join(_own(f"css/{path.name}") for path in sorted((FOLDER / "css").glob("*.css")))


def leaflet_js() -> str:
    """Leaflet's script, from XStatic-Leaflet, with its default marker images inlined."""
    folder = _package_folder("xstatic.pkg.leaflet", "XStatic-Leaflet")
    images = {
        key: _data_uri(folder / "images" / name)
        for key, name in {
            "iconUrl": "marker-icon.png",
            "iconRetinaUrl": "marker-icon-2x.png",
            "shadowUrl": "marker-shadow.png",
        }.items()
    }
    patch = f"delete L.Icon.Default.prototype._getIconUrl;L.Icon.Default.mergeOptions({json.dumps(images)});"
    return _inert_script((folder / "leaflet.js").read_text("utf-8")) + "\n" + patch


def leaflet_css() -> str:
    """Leaflet's style sheet, from XStatic-Leaflet, with its images inlined."""
    folder = _package_folder("xstatic.pkg.leaflet", "XStatic-Leaflet")

    def image(name: str) -> str:  # the marker's image comes with the script
        return "data:," if name.endswith("marker-icon.png") else _data_uri(folder / name)

    return inline_images((folder / "leaflet.css").read_text("utf-8"), image)


def asset_text(url: str) -> str:
    """The text of a script or style sheet that folium links to, from installed packages only.

    Raises:
        AssetError: no installed package carries it; the message names the one that does.
    """
    leaflet = LEAFLET_URL.search(url)
    if leaflet:
        return leaflet_js() if leaflet[1] == "js" else leaflet_css()
    if JQUERY_URL.search(url):
        folder = _package_folder("xstatic.pkg.jquery", "XStatic-jQuery")
        return _inert_script((folder / "jquery.min.js").read_text("utf-8"))
    return _donated(url)


def inline_images(css: str, read: Callable[[str], str]) -> str:
    """Replace every `url(file)` of a style sheet by what `read` returns for it."""
    return CSS_URL.sub(lambda m: f'url("{read(m[2].split("?")[0].split("#")[0])}")', css)


def require_scripts(element: Element) -> None:
    """Register our script and style sheet, once, with the page that an element belongs to."""
    header = _figure_of(element).header
    if "contactline_js" in header._children:
        return
    header.add_child(RawElement(f"<style>{our_css()}</style>"), name="contactline_css")
    header.add_child(RawElement(f"<script>{our_js()}</script>"), name="contactline_js")


def safe_name(name: str) -> str:
    """A layer's name for folium, which shows it as HTML and compiles it as a template on the way."""
    escaped = html.escape(name).replace("{", "&#123;").replace("}", "&#125;")
    return escaped.replace("__proto__", "&#95;_proto__")  # it becomes a key of an object, where that one is special


def add_data(element: Element, element_id: str, data: bytes) -> None:
    """Let a page carry bytes, in an element that no browser runs."""
    text = base64.b64encode(data).decode("ascii")
    raw = RawElement(f'<script type="text/plain" id="{element_id}">{text}</script>')
    _figure_of(element).html.add_child(raw, name=element_id)


def add_shared(element: Element, value: Mapping[str, Any]) -> str:
    """Let a page carry a JSON value once, however many elements need it; returns the id to find it by."""
    digest = hashlib.sha256(json.dumps(value, sort_keys=True).encode("utf-8", "replace")).hexdigest()
    element_id = f"contactline_{digest[:12]}"
    add_json(element, element_id, value)
    return element_id


def add_json(element: Element, element_id: str, value: Any) -> None:
    """Let a page carry a JSON value, in an element that no browser runs; nothing in it can end that element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    raw = RawElement(f'<script type="application/json" id="{element_id}">{text}</script>')
    _figure_of(element).html.add_child(raw, name=element_id)


def _figure_of(element: Element) -> Figure:
    root = element.get_root()
    if not isinstance(root, Figure):
        raise LayerError(f"{element.get_name()}: add it to a folium.Map before rendering")
    return root


def _own(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _inert_script(text: str) -> str:
    """No source map to ask for, nothing that ends the script element."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _data_uri(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def _package_folder(module: str, package: str) -> Path:
    try:
        return Path(importlib.import_module(module).BASE_DIR)
    except ImportError:
        raise AssetError(f"the map needs files from {package}, which is not installed; pip install {package}") from None


def _donated(url: str) -> str:
    """Assets of folium's stock plugins, from the optional package folium-offline, by folium's own URLs."""
    try:
        resources = importlib.import_module("offlinefolium.elements")._res
    except (ImportError, AttributeError):
        raise AssetError(
            f"{url}: no installed package carries this file, and an offline page cannot fetch it; "
            "pip install 'contactline[stock]' has the files of folium's own plugins"
        ) from None
    if url not in resources:
        raise AssetError(f"{url}: neither this package nor folium-offline carries it; leave the element out")
    text = resources[url]
    text = text.decode("utf-8") if isinstance(text, bytes) else str(text)
    return _inert_script(text) if url.endswith(".js") else inline_images(text, lambda _: "data:,")
