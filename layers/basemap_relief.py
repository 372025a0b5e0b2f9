"""Relief as a picture: pale tints and a soft shade, in Web Mercator, small enough to travel inside a page."""

from __future__ import annotations

import io

import numpy as np

from .basemap_sources import Box, Elevation

__all__ = ["as_webp", "hillshade", "mercator_box", "tinted", "to_mercator"]

# Height in metres and its tint: lowland sage, cream, dun uplands, snow. Pale, because incidents lie on top.
TINTS = (
    (-100, (226, 231, 214)),
    (0, (231, 234, 218)),
    (250, (239, 238, 223)),
    (800, (241, 235, 217)),
    (1500, (236, 226, 207)),
    (2400, (229, 219, 204)),
    (3200, (236, 232, 226)),
    (4200, (248, 248, 248)),
)
LIGHTS = ((315.0, 0.6), (270.0, 0.2), (0.0, 0.2))  # azimuth, weight: the lesser lights keep slopes along 315° readable
SUN_HEIGHT = 45.0
STEEP = (
    0.5  # the slope (rise over run) that the steep tenth of every theatre is drawn with, so that plains show form too
)
FLATTEST = 0.02  # below this a theatre is a plain, and noise is not blown up into hills
DARKEST, BRIGHTEST = 0.74, 1.05
METRES_PER_DEGREE = 111_320.0


def hillshade(elevation: Elevation) -> np.ndarray:
    """Light on each cell relative to flat ground (1.0), from several lights, exaggerated to suit the theatre."""
    rows, columns = elevation.metres.shape
    west, south, east, north = elevation.box
    latitudes = np.radians(np.linspace(north, south, rows))
    across = (east - west) / columns * METRES_PER_DEGREE * np.cos(latitudes)[:, None]
    down = (north - south) / rows * METRES_PER_DEGREE
    southward, eastward = np.gradient(elevation.metres)
    dx, dy = eastward / across, -southward / down
    steep = float(np.percentile(np.hypot(dx, dy), 90))
    factor = STEEP / max(steep, FLATTEST)
    dx, dy = dx * factor, dy * factor
    sun = np.radians(SUN_HEIGHT)
    light = np.zeros_like(dx)
    for azimuth, weight in LIGHTS:
        a = np.radians(azimuth)
        facing = np.sin(sun) - np.cos(sun) * (dx * np.sin(a) + dy * np.cos(a))
        light += weight * facing / np.sqrt(1 + dx**2 + dy**2)
    return np.asarray(np.clip(light / np.sin(sun), 0, None))


def tinted(elevation: Elevation) -> np.ndarray:
    """RGB picture (rows, columns, 3; 0–255) of heights: tint by height, shade by slope."""
    heights = np.array([h for h, _ in TINTS], dtype="float64")
    colours = np.array([c for _, c in TINTS], dtype="float64")
    tint = np.stack([np.interp(elevation.metres, heights, colours[:, band]) for band in range(3)], axis=-1)
    shade = 1 + 0.42 * (hillshade(elevation) - 1)
    return _shaded(tint, shade)


def tinted_from_grey(relief: Elevation) -> np.ndarray:
    """RGB picture from ready-made brightness, brought to the same pale tone."""
    flat = float(np.median(relief.metres))
    tint = np.broadcast_to(np.array(TINTS[2][1], dtype="float64"), (*relief.metres.shape, 3))
    return _shaded(tint, 1 + 0.9 * (relief.metres - flat) / 255)


def to_mercator(picture: np.ndarray, box: Box, *, width: int) -> np.ndarray:
    """Resample a lon/lat picture to Web Mercator at `width` pixels, bilinear, same box."""
    _, bottom, _, top = mercator_box(box)
    left, right = (box[0] + 180) / 360, (box[2] + 180) / 360
    height = max(2, round(width * (bottom - top) / (right - left)))
    y = top + (np.arange(height) + 0.5) / height * (bottom - top)
    latitude = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    rows = (box[3] - latitude) / (box[3] - box[1]) * picture.shape[0] - 0.5
    columns = (np.arange(width) + 0.5) / width * picture.shape[1] - 0.5
    return _bilinear(_bilinear(picture, rows), columns, axis=1)


def mercator_box(box: Box) -> Box:
    """West, south, east, north in Web Mercator world units (0–1, y down)."""
    west, south, east, north = box

    def y(latitude: float) -> float:
        return float((1 - np.arcsinh(np.tan(np.radians(latitude))) / np.pi) / 2)

    return (west + 180) / 360, y(south), (east + 180) / 360, y(north)


def as_webp(picture: np.ndarray, *, quality: int) -> bytes:
    """The picture as lossy WebP."""
    from PIL import Image  # build-time only: part of the extra

    out = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype("uint8"), "RGB").save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def _shaded(tint: np.ndarray, shade: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(tint * np.clip(shade, DARKEST, BRIGHTEST)[..., None], 0, 255))


def _bilinear(values: np.ndarray, at: np.ndarray, *, axis: int = 0) -> np.ndarray:
    at = np.clip(at, 0, values.shape[axis] - 1)
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, values.shape[axis] - 1)
    shape = [1] * values.ndim
    shape[axis] = len(at)
    part = (at - low).reshape(shape)
    return np.asarray(np.take(values, low, axis) * (1 - part) + np.take(values, high, axis) * part)
