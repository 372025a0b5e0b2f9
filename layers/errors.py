"""What goes wrong with input to a layer. Absence is a value; these are for tables and options that cannot be used."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["AssetError", "LayerError"]


class LayerError(Exception):
    """Bad input: the message says where, what, and what would do, in one line per fault."""

    @classmethod
    def of(cls, faults: Iterable[str]) -> LayerError:
        """One error for all faults that a validator found."""
        return cls("\n".join(faults))


class AssetError(LayerError):
    """A script, style sheet or image that a map asks for and no installed package carries."""
