"""War zones: of many namesakes the one among the known places of a war is meant, or in the region behind it."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.incidents import Coder, open_coder
from geo.new_theatre import Founding, new_theatre
from geo.reports import Report
from geo.sources import RawPlace
from geo.theatre import load_theatre
from geo.war_zones import fought_over

DAY = dt.date(2022, 3, 20)


@pytest.fixture(scope="module")
def ukraine(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    founding = Founding("ua", ("UA",), dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    return open_coder(load_theatre(new_theatre(founding, tmp_path_factory.mktemp("theatres"))))


def test_the_front_is_fought_over_and_a_quiet_valley_is_not() -> None:
    near, far = (RawPlace("p", "village", lon, lat, {"en": "X"}) for lon, lat in ((37.95, 48.55), (24.0, 48.3)))
    shares = fought_over([near, far])
    assert shares[0] > 0.5
    assert shares[1] == 0.0


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("On 20 March 2022, Russian forces shelled Hranitne.", (47.46, 37.87)),
        ("On 20 March 2022, Russian forces retook Zatyshshia, Zaporizhia.", (47.68, 36.33)),
        ("On 20 March 2022, Russian forces shelled Mykolaiv.", (46.97, 32.0)),
    ],
)
def test_the_namesake_at_war_is_meant(ukraine: Coder, text: str, near: tuple[float, float]) -> None:
    claim = ukraine.code(Report("r", text, lang="en", published=DAY)).claims[0]
    assert (claim.latitude, claim.longitude) == (pytest.approx(near[0], abs=0.1), pytest.approx(near[1], abs=0.1))
