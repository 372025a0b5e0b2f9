"""Pages: one saved or fetched HTML page is one report; menus, adverts and comments are left out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import IO

from .extras import optional
from .items import Broken, Item

__all__ = ["page_items"]


def page_items(file: IO[bytes], where: str) -> Iterator[Item | Broken]:
    """The article of a page with the day, title, outlet and language that the page gives itself."""
    trafilatura = optional("trafilatura", extra="readers", what="reading HTML pages")
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # a page that it cannot read is told by us
    content = file.read()
    try:
        article = trafilatura.bare_extraction(
            content,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            favor_precision=True,
            # The day that the page names as its own, never one that is guessed from the text.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        yield Broken(where, f"not a page that can be read: {error}")
        return
    if article is None or not (article.text or "").strip():
        yield Broken(where, "no article found on this page; its text in a .txt file would do")
        return
    yield Item(
        where,
        article.text,
        lang=_language(content) or article.language,
        published=article.date or None,
        source=article.sitename or article.hostname,
        title=article.title,
        url=article.url or (where if where.startswith(("http://", "https://")) else None),
    )


def _language(content: bytes) -> str | None:
    found = re.search(rb"<html[^>]*\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)", content[:5000])
    return found[1].decode("ascii").split("-")[0].lower() if found else None
