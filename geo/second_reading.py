"""A second reading of names by a model that the user has: it may add a doubtful name or weakly speak against one.

Off unless asked for. natasha reads Russian (`pip install 'contactline[ner]'`); spaCy reads with any pipeline that is
installed, like `spacy:fr_core_news_sm`.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .errors import GazetteerError

__all__ = ["NameReader", "ReadName", "read_again", "second_readers", "with_second_reading"]

Kind = Literal["place", "person", "body"]
# Log-odds: a place seen lifts a doubtful name over the threshold; a person or body only outweighs weak evidence.
FOR, AGAINST = 2.0, -1.2
KINDS: dict[str, Kind] = {
    **dict.fromkeys(("LOC", "GPE", "FAC"), "place"),
    **dict.fromkeys(("PER", "PERSON"), "person"),
    **dict.fromkeys(("ORG", "NORP"), "body"),
}


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name that a model saw: offsets in code points of the text."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class NameReader:
    """A model as a function from text to names, for one language (BCP 47)."""

    name: str
    lang: str
    read: Callable[[str], Sequence[ReadName]]


def read_again(text: str, lang: str, readers: Iterable[NameReader]) -> list[ReadName]:
    """What the readers of a text's language see in it."""
    return [name for reader in readers if reader.lang == lang for name in reader.read(text)]


def with_second_reading(likely: float, start: int, end: int, names: Iterable[ReadName]) -> float:
    """The probability that a span names a place after the names that a model saw there; unchanged where it saw none."""
    kinds = {name.kind for name in names if name.start < end and start < name.end}
    if not kinds or not 0.0 < likely < 1.0:
        return likely
    shift = FOR if "place" in kinds else AGAINST
    return 1.0 / (1.0 + math.exp(-(math.log(likely / (1.0 - likely)) + shift)))


def second_readers(names: Iterable[str]) -> tuple[NameReader, ...]:
    """Open readers by name: `natasha`, or `spacy:PIPELINE`.

    Raises:
        GazetteerError: no such reader, or it is not installed.
    """
    return tuple(_spacy(n.partition(":")[2]) if n.startswith("spacy:") else _natasha(n) for n in names)


def _natasha(name: str) -> NameReader:
    if name != "natasha":
        raise GazetteerError(f"no second reader {name!r}: natasha, or spacy: and a pipeline such as fr_core_news_sm")
    natasha = _module("natasha")
    segmenter, tagger = natasha.Segmenter(), natasha.NewsNERTagger(natasha.NewsEmbedding())

    def read(text: str) -> list[ReadName]:
        doc = natasha.Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return [ReadName(s.start, s.stop, KINDS[s.type]) for s in doc.spans if s.type in KINDS]

    return NameReader("natasha", "ru", read)


def _spacy(pipeline: str) -> NameReader:
    spacy = _module("spacy")
    try:
        model = spacy.load(pipeline)
    except OSError as error:
        raise GazetteerError(f"spaCy has no pipeline {pipeline!r}: install it with pip, by its name: {error}") from None

    def read(text: str) -> list[ReadName]:
        return [ReadName(e.start_char, e.end_char, KINDS[e.label_]) for e in model(text).ents if e.label_ in KINDS]

    return NameReader(f"spacy:{pipeline}", str(model.lang), read)


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        would_do = "'contactline[ner]'" if name == "natasha" else name
        raise GazetteerError(f"{name} is not installed ({error}): pip install {would_do}") from None
