"""Any geopy geocoder as a second opinion, tested against a local server that speaks Nominatim's format."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from geopy.geocoders import Nominatim

from geo.second_opinion import SecondOpinion

ANSWER = [{"place_id": 1, "display_name": "Nowhereville, Testland", "lat": "12.5", "lon": "-3.25", "licence": "ODbL"}]


class Service:
    """A local Nominatim: what it was asked, and whether it is up."""

    def __init__(self) -> None:
        self.asked: list[dict[str, list[str]]] = []
        self.moments: list[float] = []
        self.up = True
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlparse(self.path).query)
                service.asked.append(query)
                service.moments.append(time.monotonic())
                known = query.get("q") == ["Nowhereville"]
                body = json.dumps(ANSWER if known else []).encode()
                self.send_response(200 if service.up else 503)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the test's output quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def opinion(self, folder: Path, *, min_delay_s: float = 0.0) -> SecondOpinion:
        domain = f"127.0.0.1:{self.server.server_address[1]}"
        geocoder = Nominatim(user_agent="contactline-tests", domain=domain, scheme="http", timeout=5)
        return SecondOpinion.of(geocoder, answers=folder / "answers.sqlite", min_delay_s=min_delay_s, max_retries=0)


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.server.shutdown()
    running.server.server_close()


def test_an_answer_has_its_point_and_its_service(service: Service, tmp_path: Path) -> None:
    (found,) = service.opinion(tmp_path).geocode("Nowhereville")
    assert (found.latitude, found.longitude) == (12.5, -3.25)
    assert found.raw["service"].startswith("Nominatim")


def test_answers_are_kept_also_the_unknown_ones(service: Service, tmp_path: Path) -> None:
    opinion = service.opinion(tmp_path)
    for _ in range(3):
        assert len(opinion.geocode("Nowhereville")) == 1
        assert opinion.geocode("Elsewhere") == []
    assert len(service.asked) == 2
    assert len(service.opinion(tmp_path).geocode("  Nowhereville ")) == 1
    assert len(service.asked) == 2


def test_only_the_name_is_sent(service: Service, tmp_path: Path) -> None:
    service.opinion(tmp_path).geocode("Nowhereville")
    (query,) = service.asked
    assert query.pop("q") == ["Nowhereville"]
    assert set(query) <= {"format", "limit"}


def test_a_service_that_is_down_is_no_answer_and_is_asked_again(service: Service, tmp_path: Path) -> None:
    opinion = service.opinion(tmp_path)
    service.up = False
    assert opinion.geocode("Nowhereville") == []
    service.up = True
    assert len(opinion.geocode("Nowhereville")) == 1


def test_questions_are_rate_limited(service: Service, tmp_path: Path) -> None:
    opinion = service.opinion(tmp_path, min_delay_s=0.2)
    for name in ("a", "b", "c"):
        opinion.geocode(name)
    first, second, third = service.moments
    assert second - first >= 0.15
    assert third - second >= 0.15
