"""The front: what must hold for any base line and claims, and for the shipped theatre."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.base_line import BaseLine, base_line_of, read_base_line
from geo.control import CLAIM_COLUMNS, control_claims
from geo.errors import GeoError
from geo.front import FRONT_COLUMNS, front_on, fronts, fronts_from
from geo.ground import projections
from geo.theatre import load_theatre

DAY0 = dt.date(2021, 1, 1)
LAND = shapely.box(30, 47, 33, 49)
WEST = shapely.Polygon([(30, 47), (31.5, 47), (31.6, 47.6), (31.4, 48.3), (31.5, 49), (30, 49)])
to_metres, _ = projections(LAND.bounds)


def base_line(west: str = "W", east: str = "E") -> BaseLine:
    return base_line_of(DAY0, {west: WEST}, outside=east, land=LAND, source="made up", licence="CC0")


def claims_of(rows: list[tuple[float, float, int, str]], *, kind: str = "listed") -> pd.DataFrame:
    """Claims from (lon, lat, days after the base line, to_side)."""
    table = pd.DataFrame(rows, columns=["longitude", "latitude", "after", "to_side"])
    table["place_id"] = table["longitude"].map("{:.3f}".format) + "/" + table["latitude"].map("{:.3f}".format)
    table["date"] = pd.Timestamp(DAY0) + pd.to_timedelta(table["after"], "D")
    table["kind"] = np.where(table["after"] == 0, "held", kind)
    table["claim_id"] = table["place_id"] + "@" + table["after"].astype(str) + table["to_side"]
    fixed = {"from_side": None, "claimant": "list", "claimant_side": None, "confidence": 0.9, "source": "made up"}
    return table.assign(reported_at=table["date"], **fixed)[list(CLAIM_COLUMNS)]


def side_at(lon: float, lat: float) -> str:
    return "W" if shapely.intersects_xy(WEST, lon, lat) else "E"


def area(front: pd.DataFrame, side: str) -> shapely.Geometry:
    rows = front[(front["kind"] == "area") & (front["side"] == side)]
    return to_metres(shapely.union_all(rows.geometry.to_numpy()))


def differ_m2(one: shapely.Geometry, other: shapely.Geometry) -> float:
    return shapely.symmetric_difference(one, other).area


cells = st.tuples(st.integers(1, 29), st.integers(1, 19))  # a grid of places a tenth of a degree apart
turns = st.lists(st.tuples(cells, st.integers(1, 20), st.sampled_from("WE")), max_size=25)


def grid_claims(changes: list[tuple[tuple[int, int], int, str]], *, kind: str = "listed") -> pd.DataFrame:
    rows = [
        (30 + i / 10 + 0.013 * (j % 3), 47 + j / 10, 0, side_at(30 + i / 10 + 0.013 * (j % 3), 47 + j / 10))
        for i in range(1, 30)
        for j in range(1, 20)
    ]
    said = {(cell, day): side for cell, day, side in changes}
    rows += [(30 + i / 10 + 0.013 * (j % 3), 47 + j / 10, day, side) for ((i, j), day), side in said.items()]
    return claims_of(rows, kind=kind)


@settings(max_examples=12, deadline=None)
@given(turns, st.sampled_from(["listed", "confirmed", "announced", "agreed"]))
def test_areas_are_valid_disjoint_and_cover_the_land(changes: list, kind: str) -> None:
    base = base_line()
    front = fronts_from(base, grid_claims(changes, kind=kind), [DAY0 + dt.timedelta(days=20)])
    areas = front[front["kind"] == "area"].geometry
    assert areas.is_valid.all()
    assert front.geometry.is_valid.all()
    shapes = to_metres(areas.to_numpy())
    together = shapely.union_all(shapes)
    assert abs(shapely.area(shapes).sum() - together.area) < 100  # no two overlap
    assert differ_m2(together, to_metres(base.land)) < 1_000


@settings(max_examples=8, deadline=None)
@given(turns)
def test_swapping_the_sides_mirrors_the_front(changes: list) -> None:
    day = [DAY0 + dt.timedelta(days=20)]
    claims = grid_claims(changes)
    swapped = claims.assign(to_side=claims["to_side"].map({"W": "E", "E": "W"}))
    front = fronts_from(base_line(), claims, day)
    mirror = fronts_from(base_line("E", "W"), swapped, day)
    assert differ_m2(area(front, "W"), area(mirror, "E")) < 5_000
    assert differ_m2(area(front, "E"), area(mirror, "W")) < 5_000


@settings(max_examples=8, deadline=None)
@given(turns, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(changes: list, random: object) -> None:
    claims = grid_claims(changes)
    shuffled = claims.sample(frac=1, random_state=random.randint(0, 999))  # type: ignore[attr-defined]
    day = [DAY0 + dt.timedelta(days=20)]
    one, other = fronts_from(base_line(), claims, day), fronts_from(base_line(), shuffled, day)
    assert one.drop(columns="geometry").equals(other.drop(columns="geometry"))
    assert (one.geometry.to_wkb() == other.geometry.to_wkb()).all()


@settings(max_examples=8, deadline=None)
@given(turns)
def test_carried_from_day_to_day_is_the_same_as_worked_out_at_once(changes: list) -> None:
    claims = grid_claims(changes)
    days = [DAY0 + dt.timedelta(days=n) for n in range(0, 21, 2)]
    carried = fronts_from(base_line(), claims, days)
    for day in days[-1], days[4]:
        at_once = fronts_from(base_line(), claims, [day])
        then = carried[carried["as_of"] == pd.Timestamp(day)]
        assert differ_m2(area(then, "W"), area(at_once, "W")) < 5_000
        assert then["basis_claim_ids"].tolist() == at_once["basis_claim_ids"].tolist()


@settings(max_examples=8, deadline=None)
@given(turns, st.integers(1, 19), st.sampled_from(["listed", "confirmed", "agreed"]))
def test_a_claim_far_away_changes_nothing_here(changes: list, row: int, kind: str) -> None:
    here = [change for change in changes if change[0][1] <= 5]  # the south
    far = [((15, 19), 3, "E"), ((14, 19), 3, "E"), ((14, 18), 3, "E"), ((13, 19), 3, "E")]  # the north, 110 km away
    day = [DAY0 + dt.timedelta(days=20)]
    south = to_metres(shapely.box(30, 47, 33, 47.6))
    without = fronts_from(base_line(), grid_claims(here, kind=kind), day)
    with_far = fronts_from(base_line(), grid_claims(here + far, kind=kind), day)
    assert differ_m2(area(without, "W").intersection(south), area(with_far, "W").intersection(south)) < 100
    assert differ_m2(area(without, "W"), area(with_far, "W")) > 1e6  # it does change something there


def test_without_changes_the_front_is_the_base_line_to_the_metre() -> None:
    base = base_line()
    for claims in grid_claims([]), grid_claims([]).iloc[:0]:
        front = fronts_from(base, claims, [DAY0, DAY0 + dt.timedelta(days=90)])
        assert list(front.columns) == [*FRONT_COLUMNS, "geometry"]
        for _, rows in front.groupby("as_of"):
            line = to_metres(rows.loc[rows["kind"] == "line"].geometry.iloc[0])
            true = to_metres(shapely.LineString([(31.5, 47), (31.6, 47.6), (31.4, 48.3), (31.5, 49)]))
            assert shapely.hausdorff_distance(line, true) < 1.5  # ends stop a metre short of the edge of the land
            assert set(rows["status"]) == {"assessed"}


def test_a_lone_change_far_behind_the_line_moves_nothing_until_others_follow() -> None:
    lone = grid_claims([((5, 10), 3, "E")])
    day = [DAY0 + dt.timedelta(days=20)]
    front = fronts_from(base_line(), lone, day)
    claimed = front[(front["kind"] == "area") & (front["status"] == "claimed")]
    assert (
        differ_m2(to_metres(shapely.union_all(front[(front.side == "W")].geometry.to_numpy())), to_metres(WEST)) < 80e6
    )
    assert claimed["side"].tolist() == ["E"]  # shown as claimed, so that nothing is dropped in silence
    assessed = front[(front["kind"] == "line") & (front["status"] == "assessed")].geometry.iloc[0]
    assert to_metres(assessed).distance(to_metres(shapely.Point(30.513, 48))) > 50_000
    vouched = fronts_from(base_line(), grid_claims([((5, 10), 3, "E")], kind="confirmed"), day)
    assert shapely.intersects_xy(
        vouched[(vouched.side == "E") & (vouched.status == "assessed")].union_all(), 30.513, 48
    )


def test_neighbouring_changes_grow_together() -> None:
    block = [((i, j), 3, "E") for i in (13, 14) for j in (8, 9, 10, 11)]
    front = fronts_from(base_line(), grid_claims(block), [DAY0 + dt.timedelta(days=5)])
    east = front[(front.side == "E") & (front.status == "assessed")].union_all()
    assert all(shapely.intersects_xy(east, 30 + i / 10 + 0.013 * (j % 3), 47 + j / 10) for (i, j), _, _ in block)
    assert len(shapely.get_parts(east)) == 1


@pytest.mark.parametrize("kind", ["confirmed", "announced", "agreed", "listed", "contested"])
def test_a_place_outside_of_the_land_moves_nothing(kind: str) -> None:
    outside = claims_of([(40.0, 10.0, 0, "W"), (40.0, 10.0, 3, "E"), (41.0, 10.0, 3, "W")], kind=kind)
    front = fronts_from(base_line(), outside, [DAY0 + dt.timedelta(days=4), DAY0 + dt.timedelta(days=20)])
    assert set(front["status"]) == {"assessed"}
    assert differ_m2(area(front[front["as_of"] == "2021-01-21"], "W"), to_metres(WEST)) < 1_000


def test_places_at_one_point_and_claims_of_a_third_side() -> None:
    twins = claims_of(
        [(31.0, 48.0, 0, "W"), (31.0, 48.00001, 0, "W"), (31.0, 48.0, 3, "E"), (31.0, 48.00001, 5, "X")],
        kind="confirmed",
    )
    twins = twins.assign(place_id=["a", "b", "a", "b"])
    front = fronts_from(base_line(), twins, [DAY0 + dt.timedelta(days=9)])
    assert front.geometry.is_valid.all()
    assert set(front.loc[front["kind"] == "area", "side"]) == {"W", "E", "X"}


def test_a_day_before_the_base_line_is_refused() -> None:
    with pytest.raises(GeoError, match=r"2020-12-31: the base line is of 2021-01-01"):
        fronts_from(base_line(), grid_claims([]), [DAY0 - dt.timedelta(days=1)])


# --- the shipped theatre ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def karabakh() -> pd.DataFrame:
    theatre = load_theatre("karabakh-2020")
    days = [
        "2020-09-26",
        "2020-10-03",
        "2020-10-09",
        "2020-10-12",
        "2020-10-14",
        "2020-10-18",
        "2020-10-20",
        "2020-10-26",
    ]
    days += ["2020-11-08", "2020-11-09", "2020-11-10", "2020-11-20", "2020-11-25", "2020-12-01", "2020-12-13"]
    return fronts(theatre, [dt.date.fromisoformat(day) for day in days])


def test_before_the_war_it_is_the_line_of_contact(karabakh: pd.DataFrame) -> None:
    theatre = load_theatre("karabakh-2020")
    table = pd.read_csv(theatre.folder / "line_of_contact.csv")
    drawn = table[table["segment"] == "line_of_contact"]
    metres, _ = projections(theatre.bbox)
    true = metres(shapely.LineString(drawn[["longitude", "latitude"]].to_numpy()))
    rows = karabakh[(karabakh["as_of"] == "2020-09-26") & (karabakh["kind"] == "line")]
    line = metres(rows.geometry.iloc[0])
    points = shapely.line_interpolate_point(true, np.linspace(0, true.length, 400))
    assert shapely.distance(line, points).mean() < 10
    assert abs(line.length - true.length) < 3_000


def test_confirmed_and_handed_over_places_lie_on_their_side_on_their_day(karabakh: pd.DataFrame) -> None:
    theatre = load_theatre("karabakh-2020")
    places = theatre.table("places").set_index("place_id")
    changes = theatre.table("control_changes")
    told = changes[changes["kind"].isin(["confirmed", "handed_over_by_agreement"])]
    wrong = []
    for row in told[told["date"].isin({str(day.date()) for day in karabakh["as_of"]})].itertuples():
        lon, lat = float(places.at[row.place_id, "longitude"]), float(places.at[row.place_id, "latitude"])
        areas = karabakh[(karabakh["as_of"] == row.date) & (karabakh["kind"] == "area")]
        on = areas[areas.geometry.intersects(shapely.Point(lon, lat))]["side"].tolist()
        wrong += [(row.place_id, row.date, row.controller, on)] if on != [row.controller] else []
    assert len(told) > 90
    assert not wrong


def test_disputed_towns_show_both_lines(karabakh: pd.DataFrame) -> None:
    for day in "2020-10-09", "2020-10-12", "2020-10-14", "2020-11-08", "2020-11-09", "2020-11-10":
        rows = karabakh[karabakh["as_of"] == day]
        assert "disputed" in set(rows["status"]), day
        assert "contested" in set(rows["status"]), day
    settled = karabakh[karabakh["as_of"] == "2020-10-20"]
    assert "hadrut" not in " ".join(settled.loc[settled["status"] == "contested", "basis_claim_ids"])


def test_known_then_is_less_sure_than_known_today() -> None:
    theatre, day = load_theatre("karabakh-2020"), dt.date(2020, 10, 20)
    then, today = front_on(theatre, day, as_known=day), front_on(theatre, day)
    announced = "dordchinar_fuz@2020-10-20:announced"
    status = {
        name: set(front.loc[front["basis_claim_ids"].str.contains(announced) & (front["kind"] == "area"), "status"])
        for name, front in (("then", then), ("today", today))
    }
    assert status == {"then": {"claimed"}, "today": {"assessed"}}


def test_peacekeepers_hold_the_corridor_from_the_agreement_on(karabakh: pd.DataFrame) -> None:
    held = {day: set(rows["side"].dropna()) for day, rows in karabakh.groupby("as_of")}
    assert "RU-PK" not in held[pd.Timestamp("2020-11-09")]
    assert {"AZ", "NK-AM", "RU-PK"} <= held[pd.Timestamp("2020-11-10")]


def test_land_held_in_the_end_is_what_the_control_table_implies(karabakh: pd.DataFrame) -> None:
    """Against cells of the nearest place on the land behind the line of contact, as the table has it on that day."""
    theatre = load_theatre("karabakh-2020")
    base, claims = read_base_line(theatre), control_claims(theatre)
    metres, _ = projections(base.land.bounds)
    for day in "2020-11-10", "2020-12-01":
        told = claims[(claims["date"] <= day) & (claims["kind"] != "denied")]
        last = told.sort_values("date", kind="stable").drop_duplicates("place_id", keep="last")
        last = last.drop_duplicates(["longitude", "latitude"])
        last = last[shapely.intersects_xy(base.areas["NK-AM"], last["longitude"], last["latitude"])]
        points = metres(shapely.points(last["longitude"], last["latitude"]))
        cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), ordered=True))
        land = shapely.intersection(cells, metres(base.areas["NK-AM"]))
        implied = {side: shapely.area(land[(last["to_side"] == side).to_numpy()]).sum() for side in ("AZ", "NK-AM")}
        implied["AZ"] += metres(base.areas["AZ"]).area
        for side, expected in implied.items():
            rows = karabakh[(karabakh["as_of"] == day) & (karabakh["side"] == side)]
            held = shapely.area(metres(rows.geometry.to_numpy())).sum()
            assert held == pytest.approx(expected, rel=0.03), (day, side)
