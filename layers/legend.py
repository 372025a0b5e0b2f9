"""The panels beside a map: the legend, which is the filter as well, the list, and what the map was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from branca.element import MacroElement
from folium.template import Template

from .assets import add_json, add_shared, require_scripts
from .styles import Styles, load_styles

__all__ = ["About", "Legend", "Listing"]


class Legend(MacroElement):
    """Legend and filters of all `Points` and `Fronts` layers of a map.

    Args:
        title: shown above the legend.
        note: shown below it, such as whose borders the base map draws.
        styles: colours, shapes and labels.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        contactline.legend({{ this._parent.get_name() }}, contactline.json("{{ this.get_name() }}_options"));
        {% endmacro %}
    """)

    def __init__(self, *, title: str = "", note: str = "", styles: Styles | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Legend"
        self.options: dict[str, Any] = {"title": title, "note": note, "styles": (styles or load_styles()).as_json()}

    def render(self, **kwargs: Any) -> str:
        """Register scripts and options with the figure, then the control itself."""
        require_scripts(self)
        styles = add_shared(self, self.options["styles"])
        add_json(self, f"{self.get_name()}_options", {**self.options, "styles": styles})
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


class Listing(MacroElement):
    """All incidents on show as a list for keys and screen readers, with those that have no place or no date."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        contactline.listing({{ this._parent.get_name() }}, contactline.json("{{ this.get_name() }}_options"));
        {% endmacro %}
    """)

    def __init__(self, *, styles: Styles | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Listing"
        self.options = {"styles": (styles or load_styles()).as_json()}

    def render(self, **kwargs: Any) -> str:
        """Register scripts and options with the figure, then the control itself."""
        require_scripts(self)
        styles = add_shared(self, self.options["styles"])
        add_json(self, f"{self.get_name()}_options", {**self.options, "styles": styles})
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""


class About(MacroElement):
    """What a map was made from, readable in the page.

    Args:
        manifest: plain values, lists and mappings; keys become labels.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        contactline.about({{ this._parent.get_name() }}, contactline.json("contactline-manifest"));
        {% endmacro %}
    """)

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "About"
        self.manifest = manifest

    def render(self, **kwargs: Any) -> str:
        """Register scripts and the manifest with the figure, then the control itself."""
        require_scripts(self)
        add_json(self, "contactline-manifest", self.manifest)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""
