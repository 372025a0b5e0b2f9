"""The dashboard in a real browser: nothing is asked of other machines, nothing complains, and it can be used."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent
READY_MS = 240_000  # the first start compiles the gazetteer and codes the samples
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running dashboard, started as a user starts it, from an empty folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("serve")
    log = (folder / "log").open("w+", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "serve", "--port", str(port)], cwd=folder, stdout=log, stderr=log
    )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except OSError:
            assert server.poll() is None, "the dashboard ended at once"
            time.sleep(0.25)
    pytest.fail("the dashboard did not answer")


def opened(page: Any, url: str) -> Any:
    page.goto(url)
    page.wait_for_selector("[data-testid=stDataFrame]", timeout=READY_MS)
    page.wait_for_selector("[data-testid=stSpinner]", state="detached", timeout=READY_MS)
    return page


def test_it_asks_no_other_machine_and_does_not_complain(watched: Any, address: str) -> None:
    opened(watched.page, address)
    watched.page.wait_for_timeout(1500)
    assert watched.requests == []
    assert [e for e in watched.errors if "Unrecognized feature" not in e and "sandbox attribute" not in e] == []


def test_a_line_of_the_list_opens_the_incident_with_its_sentence(page: Any, address: str) -> None:
    opened(page, address)
    box = page.locator("[data-testid=stDataFrame]").bounding_box()
    page.mouse.click(box["x"] + 120, box["y"] + 52)
    page.wait_for_selector("mark.sentence")
    assert page.locator("mark.sentence").inner_text().strip()


def test_a_filter_goes_into_the_address_and_comes_back_from_it(page: Any, address: str) -> None:
    opened(page, f"{address}/?status=Denied")
    count = re.search(r"(\d+) of (\d+) incidents", page.inner_text("[data-testid=stMain]"))
    assert count is not None
    assert int(count[1]) < int(count[2])
    page.get_by_label("Event").first.click()
    page.get_by_role("option").first.click()
    page.wait_for_function("location.search.includes('type=')")
    assert "status=Denied" in page.url


def test_the_day_of_the_map_goes_into_the_address_and_the_list_follows(page: Any, address: str) -> None:
    opened(page, address)
    slider = page.locator(".contactline-panel input[aria-label=Day]")
    slider.wait_for()
    everything = listed(page)
    page.wait_for_timeout(1000)
    slider.fill("10")
    page.wait_for_function("location.search.includes('on=2020-10-07')")
    page.wait_for_function("before => !document.body.innerText.includes(before)", arg=f"{everything} incidents, newest")
    early = listed(page)
    assert 0 < early < everything
    opened(page, page.url)
    slider.wait_for()
    page.wait_for_function("document.querySelector('.contactline-panel input[aria-label=Day]').value === '10'")
    assert listed(page) == early


def listed(page: Any) -> int:
    """How many incidents the list says that it shows."""
    found = re.search(r"(\d+) incidents, newest first", page.inner_text("[data-testid=stMain]"))
    assert found is not None
    return int(found[1])


def test_a_pasted_report_is_coded_in_view(watched: Any, address: str) -> None:
    page = opened(watched.page, address)
    page.get_by_role("link", name="Read a report").click()
    page.get_by_label("Paste a report").fill(
        "BAKU, October 23 - The Armenian defence ministry said that Azerbaijani forces shelled the town of Martuni "
        "overnight. <img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
    )
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector("mark.event")
    assert page.evaluate("window.hacked") is None
    assert watched.requests == []


def test_nothing_is_cut_off_on_a_phone(page: Any, address: str) -> None:
    page.set_viewport_size(PHONE)
    opened(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
