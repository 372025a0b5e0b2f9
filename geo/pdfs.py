"""PDFs: one file is one report; lines that the layout broke are joined again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO

from .extras import optional
from .items import Broken, Item

__all__ = ["pdf_items"]

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_A-ZА-ЯԱ-Ֆ])")
_SOFT_BREAK = re.compile(r"(?<![.!?:;։…\n])\n(?!\n|\s*[-•–—*]\s)")


def pdf_items(file: IO[bytes], where: str) -> Iterator[Item | Broken]:
    """The text layer of a PDF. The file's own dates say when it was made, not when it was published: not used."""
    pypdf = optional("pypdf", extra="readers", what="reading PDF files")
    try:
        reader = pypdf.PdfReader(io.BytesIO(file.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            yield Broken(where, "locked with a password; an unlocked copy would do")
            return
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata.title if reader.metadata else None) or None
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Broken(where, f"not a PDF that can be read: {error}")
        return
    text = _unwrapped("\n\n".join(pages))
    if not text:
        yield Broken(where, "no text layer (a scan?); a copy with recognised text would do")
        return
    yield Item(where, text, title=str(title) if title else None)


def _unwrapped(text: str) -> str:
    lines = "\n".join(" ".join(line.split()) for line in text.replace("\r", "\n").splitlines())
    return _SOFT_BREAK.sub(" ", _HYPHEN.sub("", lines)).strip()
