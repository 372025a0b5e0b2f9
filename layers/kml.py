"""KML for Google Earth and QGIS: a time span for the slider, typed fields, and no text that is taken for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely
from shapely.geometry.base import BaseGeometry

__all__ = ["kml_document"]

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TITLE = ("place_name", "event_type", "kind", "status", "side")  # the fields that name a placemark, where there are any
BEGIN, END = ("date_start", "as_of"), ("date_end", "as_of")


def kml_document(
    fields: Sequence[str], rows: Sequence[Mapping[str, Any]], shapes: Sequence[BaseGeometry | None], layer: str
) -> str:
    """One KML document with one placemark a row. Values are plain: text, numbers, booleans, ISO dates, None."""
    kinds = {name: _kind(row[name] for row in rows) for name in fields}
    schema = "".join(f"<SimpleField name={_attribute(n)} type={_attribute(kind)}/>" for n, kind in kinds.items())
    body = "\n".join(_placemark(row, shape) for row, shape in zip(rows, shapes, strict=True))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{_text(layer)}</name>\n'
        f'<Schema name={_attribute(layer)} id="fields">{schema}</Schema>\n'
        '<Style id="plain"><BalloonStyle><text>$[name]</text></BalloonStyle></Style>\n'  # a balloon would show HTML
        f"<Folder><name>{_text(layer)}</name>\n{body}\n</Folder></Document></kml>\n"
    )


def _placemark(row: Mapping[str, Any], shape: BaseGeometry | None) -> str:
    title = " · ".join(str(row[name]) for name in TITLE if row.get(name))
    data = "".join(
        f"<SimpleData name={_attribute(name)}>{_text(_value(value))}</SimpleData>"
        for name, value in row.items()
        if value is not None
    )
    return (
        f"<Placemark><name>{_text(_no_markup(title))}</name>{_span(row)}<styleUrl>#plain</styleUrl>"
        f'<ExtendedData><SchemaData schemaUrl="#fields">{data}</SchemaData></ExtendedData>'
        f"{'' if shape is None or shape.is_empty else _geometry(shape)}</Placemark>"
    )


def _span(row: Mapping[str, Any]) -> str:
    begin = next((row[name] for name in BEGIN if row.get(name)), None)
    end = next((row[name] for name in END if row.get(name)), None)
    inner = "".join(f"<{tag}>{_text(str(day))}</{tag}>" for tag, day in (("begin", begin), ("end", end)) if day)
    return f"<TimeSpan>{inner}</TimeSpan>" if inner else ""


def _geometry(shape: BaseGeometry) -> str:
    parts = shapely.get_parts(shape)
    if len(parts) > 1:
        return f"<MultiGeometry>{''.join(_geometry(part) for part in parts)}</MultiGeometry>"
    only = parts[0]
    if only.geom_type == "Polygon":
        inner = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in only.interiors)
        return f"<Polygon><outerBoundaryIs>{_ring(only.exterior)}</outerBoundaryIs>{inner}</Polygon>"
    return f"<{only.geom_type}><coordinates>{_coordinates(only)}</coordinates></{only.geom_type}>"


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing>"


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{x:.7f},{y:.7f}" for x, y in shapely.get_coordinates(shape))


def _kind(values: Iterable[Any]) -> str:
    kinds = set(_kinds(values))
    if kinds == {"bool"}:
        return "bool"
    if kinds == {"int"}:
        return "int"
    return "double" if kinds and kinds <= {"int", "float"} else "string"


def _kinds(values: Iterable[Any]) -> Iterator[str]:
    return (type(value).__name__ for value in values if value is not None)


def _value(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _no_markup(title: str) -> str:
    """Google Earth takes a name for HTML, escaped or not; the field itself keeps the text as it is."""
    return title.replace("<", "‹").replace(">", "›").replace("$[", "$ [")


def _text(text: str) -> str:
    return escape(NOT_IN_XML.sub("�", text))


def _attribute(text: str) -> str:
    return quoteattr(NOT_IN_XML.sub("�", text))
