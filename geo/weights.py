"""Weights: the numbers of the recognition model, as data."""

from __future__ import annotations

import tomllib
from pathlib import Path

from .errors import GazetteerError

__all__ = ["load_weights"]

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "models" / "recognition.toml"


def load_weights(path: Path | None = None) -> dict[str, float]:
    """Read the model's weights by feature.

    Raises:
        GazetteerError: no such file, or it has no table of weights.
    """
    path = path or SHIPPED
    try:
        weights = tomllib.loads(path.read_text(encoding="utf-8"))["weights"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise GazetteerError(f"{path}: no recognition weights: {error}; run tools/train_recognition.py") from None
    return {str(name): float(weight) for name, weight in weights.items()}
