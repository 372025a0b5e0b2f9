"""Opening a coder with a word to whoever waits: the first time its gazetteer has to be compiled."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import typer

from geo.credence import MIN_CREDENCE
from geo.gazetteer import open_gazetteer
from geo.incidents import Coder, open_coder
from geo.second_reading import second_readers
from geo.theatre import Theatre

__all__ = ["coder_with_word"]


def coder_with_word(
    theatre: Theatre, *, second_reader: Iterable[str] = (), min_confidence: float = MIN_CREDENCE
) -> Coder:
    """The theatre's coder; at a terminal, stderr tells what is being compiled, in one line that is cleared again."""
    if sys.stderr.isatty():
        told = False

        def tell(what: str, places: int) -> None:
            nonlocal told
            told = True
            typer.echo(f"\r\033[KMaking the gazetteer (only this time): {what}, {places:,} places", err=True, nl=False)

        open_gazetteer(theatre, progress=tell)
        if told:
            typer.echo("\r\033[K", err=True, nl=False)
    return open_coder(theatre, second_readers=second_readers(second_reader), min_confidence=min_confidence)
