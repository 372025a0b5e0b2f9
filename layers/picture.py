"""A map as a picture or a sheet of paper: a headless Chromium opens the page and looks at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .errors import LayerError

__all__ = ["find_browser", "to_pdf", "to_png"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
SETTLED_MS = 8000  # of the page's own clock, which runs as fast as the page can: layers unpack, draw and come to rest
STILL = ("@media print /* still */", "@media all")  # print.css marks what a picture leaves out


def find_browser(named: str | Path | None = None) -> str | None:
    """A Chromium on this machine: the named one, $CONTACTLINE_CHROMIUM, one on the path or in the usual places."""
    wanted = str(named) if named else os.environ.get("CONTACTLINE_CHROMIUM")
    if wanted:
        return shutil.which(wanted)
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    return on_path or next((place for place in PLACES if Path(place).is_file()), None)


def to_png(
    page: str,
    path: Path | None = None,
    *,
    width: int = 1440,
    height: int = 900,
    scale: float = 1.0,
    fragment: str = "",
    controls: bool = False,
    browser: str | Path | None = None,
    timeout_s: float = 120,
) -> bytes:
    """A picture of a page that `to_html` made; nothing is asked of any network.

    Args:
        page: the page's HTML.
        width, height: of the view, in CSS pixels; the picture has `scale` times as many.
        fragment: what follows "#" in the address: day, filter and view, as the page itself writes them.
        controls: keep buttons and slider in the picture.
        browser: a Chromium; None looks for one.

    Raises:
        LayerError: there is no browser, or it made no picture.
    """
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000 and 0.1 <= scale <= 8):
        raise LayerError(f"picture: {width} × {height} at scale {scale} cannot be drawn; 1440 × 900 at 2 would do")
    shown = page if controls else page.replace(*STILL)
    view = [f"--window-size={width},{height}", f"--force-device-scale-factor={scale}", "--hide-scrollbars"]
    return _kept(_looked_at(shown, "picture.png", "--screenshot=", view, fragment, browser, timeout_s), path)


def to_pdf(
    page: str,
    path: Path | None = None,
    *,
    fragment: str = "",
    browser: str | Path | None = None,
    timeout_s: float = 120,
) -> bytes:
    """The printed page (A4, landscape) as PDF; options and errors as in `to_png`."""
    sheet = ["--window-size=1047,718", "--no-pdf-header-footer"]
    return _kept(_looked_at(page, "page.pdf", "--print-to-pdf=", sheet, fragment, browser, timeout_s), path)


def _looked_at(
    page: str,
    name: str,
    order: str,
    options: Sequence[str],
    fragment: str,
    browser: str | Path | None,
    timeout_s: float,
) -> bytes:
    program = find_browser(browser)
    if program is None:
        raise LayerError("picture: no Chromium found; install one, or name it in $CONTACTLINE_CHROMIUM")
    with tempfile.TemporaryDirectory(prefix="contactline-") as folder:
        source, target = Path(folder) / "page.html", Path(folder) / name
        source.write_text(page, encoding="utf-8", newline="\n")
        address = source.as_uri() + (f"#{fragment}" if fragment else "")
        call = [program, *_safe_options(folder), *options, f"{order}{target}", address]
        try:
            done = subprocess.run(call, capture_output=True, text=True, timeout=timeout_s, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise LayerError(f"picture: {program} did not finish ({error}); a smaller map or another one may") from None
        if not target.is_file() or not target.stat().st_size:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise LayerError(f"picture: {program} made none: {last}")
        return target.read_bytes()


def _safe_options(folder: str) -> list[str]:
    """A profile of its own that is thrown away, no network, and the sandbox wherever the system lets it be."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--no-first-run",
        f"--user-data-dir={folder}/profile",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--virtual-time-budget={SETTLED_MS}",
        *(["--no-sandbox"] if root else []),
    ]


def _kept(data: bytes, path: Path | None) -> bytes:
    if path is not None:
        try:
            path.write_bytes(data)
        except OSError as error:
            raise LayerError(f"{path}: cannot be written ({error.strerror}); give another path") from None
    return data
