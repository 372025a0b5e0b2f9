"""A page measured in headless Chromium: how soon it is idle, what a step in time costs, how much memory it takes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Error, sync_playwright

__all__ = ["measure"]

FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking")
SOFTWARE_GL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
# Idle: the load event, our layer ready if there is one, then three frames in a row less than 100 ms apart.
WATCH = """
window.__frame = () => new Promise((r) => requestAnimationFrame(() => r(performance.now())));
window.__settle = async () => {
  let last = performance.now(), first = last, calm = 0;
  while (calm < 3) {
    const now = await __frame();
    if (now - last < 100) { if (!calm) first = now; calm++; } else calm = 0;
    last = now;
  }
  return first;
};
addEventListener('load', async () => {
  window.__map = window.L && Object.values(window).find((v) => v instanceof L.Map);
  const ready = [];
  __map?.eachLayer((layer) => { if (layer.ready) ready.push(layer.ready); });
  await Promise.all(ready);
  window.__idle = await __settle();
});
"""
STEP = """async (step) => { const begin = performance.now(); await (%s); const script = performance.now() - begin;
  await __frame(); const painted = await __frame(); return [script, painted - begin]; }"""


@contextmanager
def chromium(webgl: bool) -> Iterator[tuple[Any, str]]:
    """A browser of its own for one page, with a profile that tells its processes apart."""
    profile = tempfile.mkdtemp(prefix="contactline-bench-")
    binary = os.environ.get("CONTACTLINE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        context = driver.chromium.launch_persistent_context(
            profile,
            executable_path=binary,
            headless=True,
            args=[*FLAGS, *(SOFTWARE_GL if webgl else ("--disable-gpu",))],
            viewport={"width": 1200, "height": 800},
        )
        try:
            yield context, profile
        finally:
            context.close()
            shutil.rmtree(profile, ignore_errors=True)


def renderer_mb(profile: str) -> int:
    """Resident memory of the largest renderer of this profile, libraries included."""
    sizes = [0]
    for process in psutil.process_iter(["cmdline", "memory_info"]):
        line = " ".join(process.info["cmdline"] or [])
        if "--type=renderer" in line and profile in line:
            sizes.append(process.info["memory_info"].rss)
    return max(sizes) >> 20


def measure(
    path: Path, third: str | None, symbols: str | None = None, *, webgl: bool = False, limit_s: float = 60.0
) -> dict[str, Any]:
    """Open a page and measure it; what takes longer than the limit is left out and named in `fault`."""
    with chromium(webgl) as (context, profile):
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda r: requests.append(r.url) if r.url.startswith("http") else None)
        page.add_init_script(WATCH)
        page.set_default_timeout(limit_s * 1000)
        found: dict[str, Any] = {}
        try:
            page.goto(path.as_uri(), wait_until="commit")
            end = time.monotonic() + limit_s
            while (idle := page.evaluate("window.__idle")) is None:
                if time.monotonic() > end:
                    return {**found, "fault": f"not idle after {limit_s:.0f} s"}
                time.sleep(0.1)
            found = {"idle_s": round(idle / 1000, 2), "memory_mb": renderer_mb(profile), "requests": len(requests)}
            for key, script in (("step_ms", third), ("symbols_ms", symbols)):
                if script:
                    steps = [page.evaluate(STEP % script, step) for step in range(5 if idle < 10_000 else 2)]
                    found[key] = round(sorted(painted for _, painted in steps)[len(steps) // 2], 1)
        except Error as error:
            return {**found, "fault": str(error).splitlines()[0][:80]}
        return found
