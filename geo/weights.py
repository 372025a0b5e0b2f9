"""Weights: the numbers of the models, as data."""

from __future__ import annotations

import tomllib
from pathlib import Path

from .errors import GazetteerError

__all__ = ["CREDENCE", "MODELS", "RECOGNITION", "load_weights"]

MODELS = Path(__file__).resolve().parent.parent / "data" / "models"
RECOGNITION, CREDENCE = MODELS / "recognition.toml", MODELS / "credence.toml"


def load_weights(path: Path = RECOGNITION) -> dict[str, float]:
    """Read a model's weights by feature.

    Raises:
        GazetteerError: no such file, or it has no table of weights.
    """
    try:
        weights = tomllib.loads(path.read_text(encoding="utf-8"))["weights"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise GazetteerError(f"{path}: no weights: {error}; run tools/train_{path.stem}.py") from None
    return {str(name): float(weight) for name, weight in weights.items()}
