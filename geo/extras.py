"""Optional dependencies: a clear line instead of a traceback when one is missing."""

from __future__ import annotations

import importlib
from typing import Any

from .errors import GeoError

__all__ = ["optional"]


def optional(module: str, *, extra: str, what: str) -> Any:
    """Import an optional module.

    Raises:
        GeoError: it is not installed; the message gives the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        wanted = error.name or module
        raise GeoError(
            f"{what} needs {wanted!r}, which is not installed: pip install 'contactline[{extra}]' would do"
        ) from None
