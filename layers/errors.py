"""What goes wrong with tables and maps. Absence is a value; these are for input that cannot be used."""

from __future__ import annotations

__all__ = ["LayerError"]


class LayerError(Exception):
    """Bad input: the message says where, what, and what would do, in one line per fault."""
