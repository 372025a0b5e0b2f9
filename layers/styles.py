"""Colours, shapes and words of the map, read from data: adding a type or a theatre changes no code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .errors import LayerError

__all__ = ["Styles", "load_styles"]

DEFAULT = Path(__file__).parent / "assets" / "styles" / "default.toml"
HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Styles:
    """What a map looks like and what it calls things; see assets/styles/default.toml for the meaning of each."""

    fields: Mapping[str, Mapping[str, Any]]
    sides: Mapping[str, Mapping[str, str]]
    palette: tuple[str, ...]
    shapes: tuple[str, ...]
    side_palette: tuple[str, ...]
    filters: tuple[str, ...]
    missing: Mapping[str, str]

    def with_sides(self, names: Mapping[str, str]) -> Styles:
        """The same styles with these sides too: id to name, each in the next colour of `side_palette`."""
        sides = dict(self.sides)
        for side, name in names.items():
            color = self.side_palette[len(sides) % len(self.side_palette)]
            shape = self.shapes[len(sides) % len(self.shapes)]
            sides.setdefault(side, {"label": name, "color": color, "shape": shape})
        return replace(self, sides=sides)

    def with_labels(self, field: str, labels: Mapping[str, str]) -> Styles:
        """The same styles with other words for the values of one column."""
        entry = dict(self.fields.get(field, {}))
        values = {k: dict(v) for k, v in entry.get("values", {}).items()}
        for value, label in labels.items():
            values.setdefault(value, {})["label"] = label
        return replace(self, fields={**self.fields, field: {**entry, "values": values}})

    def as_json(self) -> dict[str, Any]:
        """For the scripts of the page."""
        return {
            "fields": {k: dict(v) for k, v in self.fields.items()},
            "sides": {k: dict(v) for k, v in self.sides.items()},
            "palette": list(self.palette),
            "shapes": list(self.shapes),
            "filters": list(self.filters),
            "missing": dict(self.missing),
        }


def load_styles(path: Path | None = None) -> Styles:
    """Read a style file; None reads the one that comes with the package.

    Raises:
        LayerError: the file cannot be read, or lacks what every map needs; all faults at once.
    """
    path = path or DEFAULT
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LayerError(f"{path}: not a readable TOML file: {error}") from None
    faults = [
        f"{path}: '{key}' is missing" for key in ("palette", "shapes", "side_palette", "missing") if key not in raw
    ]
    colors = [*raw.get("palette", ()), *raw.get("side_palette", ())]
    values = [v for field in raw.get("fields", {}).values() for v in field.get("values", {}).values()]
    colors += [v["color"] for v in values if "color" in v]
    faults += [f"{path}: colour {c!r} must be like #0072b2" for c in colors if not HEX.fullmatch(str(c))]
    if faults:
        raise LayerError.of(faults)
    return Styles(
        fields=raw.get("fields", {}),
        sides=raw.get("sides", {}),
        palette=tuple(raw["palette"]),
        shapes=tuple(raw["shapes"]),
        side_palette=tuple(raw["side_palette"]),
        filters=tuple(raw.get("filters", ())),
        missing=raw["missing"],
    )
