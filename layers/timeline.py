"""One bar for all layers of a map: the day, the window before it, playing, "as known then"."""

from __future__ import annotations

import datetime as dt
from typing import Any

from branca.element import MacroElement
from folium.template import Template

from .assets import add_json, require_scripts

__all__ = ["Timeline"]


class Timeline(MacroElement):
    """The time control of a map; every `Points` and `Fronts` layer of the same map follows it.

    Args:
        day: the day the map opens on; None opens on the last.
        window_days: how many days up to that day are shown; 0 shows all so far.
        fragment: keep day, window, filters and view in the address of the page, so that a link opens the same.
        steps_per_second: how fast it plays.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        contactline.timeline({{ this._parent.get_name() }}, contactline.json("{{ this.get_name() }}_options"));
        {% endmacro %}
    """)

    def __init__(
        self,
        *,
        day: dt.date | None = None,
        window_days: int = 0,
        fragment: bool = True,
        steps_per_second: float = 4.0,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Timeline"
        self.options: dict[str, Any] = {"window": window_days, "fragment": fragment, "speed": steps_per_second}
        if day is not None:
            self.options["day"] = day.isoformat()

    def render(self, **kwargs: Any) -> str:
        """Register scripts and options with the figure, then the control itself."""
        require_scripts(self)
        add_json(self, f"{self.get_name()}_options", self.options)
        super().render(**kwargs)  # type: ignore[no-untyped-call]
        return ""
