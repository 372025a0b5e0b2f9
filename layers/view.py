"""What part of the world a map opens on, leaving room for its panels."""

from __future__ import annotations

from typing import Any

from branca.element import MacroElement
from folium.template import Template

from .assets import add_json, require_scripts

__all__ = ["View"]


class View(MacroElement):
    """Open a map on a box: west, south, east, north in degrees."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        contactline.fit({{ this._parent.get_name() }}, contactline.json("{{ this.get_name() }}_box"));
        {% endmacro %}
    """)

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "View"
        self.box = box

    def render(self, **kwargs: Any) -> str:
        """Register scripts and the box with the figure, then the call."""
        require_scripts(self)
        add_json(self, f"{self.get_name()}_box", self.box)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""
