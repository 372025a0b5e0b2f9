"""The one place that goes to the network for reports; every caller can hand in another one."""

from __future__ import annotations

import mimetypes
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from .errors import ReportError

__all__ = ["Fetch", "Fetched", "fetch"]

MAX_BYTES = 50_000_000
TIMEOUT_S = 30.0
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes and, without parameters, its media type."""

    content: bytes
    media_type: str

    @property
    def suffix(self) -> str:
        """The file suffix that goes with the media type, or nothing."""
        if self.media_type in FEED_TYPES:
            return ".rss"
        return mimetypes.guess_extension(self.media_type) or ""


Fetch = Callable[[str], Fetched]


def fetch(url: str) -> Fetched:
    """Get an address.

    Raises:
        ReportError: it is not http or https, does not answer in time, answers with an error, or is too large.
    """
    if not url.startswith(("http://", "https://")):
        raise ReportError(f"{url}: only http and https addresses are fetched")
    request = urllib.request.Request(url, headers={"User-Agent": "contactline"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            content = answer.read(MAX_BYTES + 1)
            media_type = answer.headers.get_content_type()
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ReportError(f"{url}: cannot be fetched: {reason}; a saved copy of the file would do") from None
    if len(content) > MAX_BYTES:
        raise ReportError(f"{url}: larger than {MAX_BYTES // 1_000_000} MB; a saved part of it would do")
    return Fetched(content, media_type)
