"""What goes wrong with input. Absence is a value; these are for input that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "CatalogueError",
    "CorrectionError",
    "EndpointError",
    "GazetteerError",
    "GeoError",
    "ReportError",
    "StoreError",
    "TheatreError",
]


class GeoError(Exception):
    """Bad input: the message says where, what, and what would do, in one line per fault."""

    @classmethod
    def of(cls, faults: Iterable[str]) -> GeoError:
        """One error for all faults that a validator found."""
        return cls("\n".join(faults))


class ReportError(GeoError):
    """A report that cannot be read or lacks what coding needs."""


class TheatreError(GeoError):
    """A theatre folder that is missing or wrong."""


class GazetteerError(GeoError):
    """A gazetteer source or index that cannot be used."""


class CatalogueError(GeoError):
    """A table of another catalogue that cannot be read or written."""


class StoreError(GeoError):
    """A database that cannot be opened, read or written."""


class CorrectionError(GeoError):
    """A correction that cannot be made or undone."""


class EndpointError(GeoError):
    """An LLM endpoint that gives no usable answer; `passing` when asking again may help."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing
