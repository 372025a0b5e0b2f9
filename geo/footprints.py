"""Footprints: how much land a change of control at a place moves.

The base line moves only where places changed hands. A change takes the land that lies nearer to it than to any place
that its adversary still holds, as far as the deepest of the changes around it lies behind the line: in a fast advance
footprints grow together, in a static phase they stay as small as the change. A change that stands alone, far behind
the line, moves nothing until the places around it follow, unless more than one voice vouches for it.
Everything here is projected to an equal-area plane, in metres.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from .base_line import polygonal
from .ground import GRID_M, Ground
from .islands import absorbed
from .nearer import nearer

__all__ = ["Moved", "Print", "Said", "joined", "less", "move", "patches", "solid"]

NEIGHBOURS = 6  # how many places around a change are asked for support
SHARE_CHANGED = 0.2  # of them must have changed too, where the place was known before
SHARE_FRESH = 0.4  # … where nothing was said of the place before
EDGE_M = 1_000.0  # a change this close to the line needs no support
DEPTH_SHARE = 0.8  # a footprint reaches this share of the greatest depth of the changes around it …
FADE = 0.1  # … less this much for each metre between them
PEERS = 10  # how many changes around are looked at
PEERS_WITHIN_M = 60_000.0
FARTHEST_M = 30_000.0
ALL_AROUND_M = 200_000.0  # a hand-over takes all land nearer to the place than to one that the other side keeps
POCKET_M = 3_000.0  # the least that a change takes which is vouched for: a place and the fields around it
SLIVER_M = 0.5
HECTARE_M2 = 10_000.0  # nobody claims less
TILE_M = 30_000.0
EMPTY = shapely.Polygon()

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a place on a day, as far as it moves land.

    `side` None: nothing certain (contested, or no longer spoken of). `sure`: more than one voice vouches for it;
    `agreed`: handed over, with all the land around. `fresh`: nothing was said of it on the day of the base line.
    """

    side: str | None
    changed: bool = False
    sure: bool = False
    agreed: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Print:
    """The footprint of one change: who gains, how far it may reach, and the land nearer to it than to any foe."""

    side: str
    radius: float
    land: BaseGeometry


Group = tuple[str, str, int, int]  # loser, gainer, and a tile of the plane


@dataclass(frozen=True, slots=True)
class Moved:
    """The land by side after places changed hands, and what is needed to carry on from here."""

    said: Mapping[int, Said]
    areas: Mapping[str, BaseGeometry]
    prints: Mapping[int, Print] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)  # of the places that hold footprints back
    unions: Mapping[Group, tuple[tuple[Print, ...], BaseGeometry]] = field(default_factory=dict)


def move(ground: Ground, said: Mapping[int, Said], *, previous: Moved | None = None) -> Moved:
    """Move the base line by what is said of the places; what did not change since `previous` is kept from it."""
    changes = _changes(ground, said)
    backed = _backed(ground, said, changes)
    moving = {i: s for i, s in changes.items() if i in backed or s.sure or s.agreed}
    keeping = {i: s.side for i, s in said.items() if s.side is not None and s.side == ground.sides[i]}
    holders = keeping | {i: str(s.side) for i, s in moving.items()}
    prints = _prints(ground, moving, _radii(ground, moving, backed), holders, previous)
    if previous is not None and prints == previous.prints:
        return Moved(said, previous.areas, prints, holders, previous.unions)
    unions = _unions(ground, prints, previous.unions if previous else {})
    vouched = {i for i, s in said.items() if s.changed or s.sure or s.fresh}
    areas = absorbed(ground, _areas(ground, prints, unions), holders=holders, vouched=vouched)
    return Moved(said, areas, prints, holders, unions)


def patches(ground: Ground, moved: Moved, told: Mapping[int, Said]) -> dict[str, BaseGeometry]:
    """The land that sides would hold beyond what is assessed, if what is told of these places is true."""
    moving = {i: s for i, s in told.items() if s.side}
    if not moving:
        return {}
    said = {**moved.said, **told}
    together = moving | {i: moved.said[i] for i in moved.prints if i not in told}
    radii = _radii(ground, together, _backed(ground, said, _changes(ground, said)))
    found: dict[str, BaseGeometry] = {}
    for side in sorted({str(s.side) for s in moving.values()}):
        mine = sorted(i for i, s in moving.items() if s.side == side)
        reach = np.array([radii[i] for i in mine])
        own = set(mine)
        foes = [j for j in _around(ground, mine, reach) if j not in own and moved.holders.get(j, side) != side]
        shapes = nearer(ground.xy[mine], ground.xy[foes], reach)
        union = shapely.intersection(joined(shapes), ground.land, grid_size=GRID_M)
        parts = shapely.get_parts(less(union, moved.areas.get(side, EMPTY)))
        found[side] = shapely.MultiPolygon(parts[shapely.area(parts) > HECTARE_M2].tolist())
    return found


def _changes(ground: Ground, said: Mapping[int, Said]) -> dict[int, Said]:
    """The places that changed hands; one outside of the land cannot move what is not drawn."""
    return {
        i: s
        for i, s in said.items()
        if s.changed and s.side and ground.sides[i] is not None and s.side != ground.sides[i]
    }


def _backed(ground: Ground, said: Mapping[int, Said], changes: Mapping[int, Said]) -> set[int]:
    """Changes at the line, and those that enough of the places around them share; repeated until none falls out."""
    speaking = np.zeros(len(ground.xy) + 1, dtype=bool)  # the last one stands for "no more neighbours" (-1)
    speaking[[i for i, s in said.items() if s.side is not None]] = True
    backed = set(changes)
    for side in {str(s.side) for s in changes.values()}:
        members = np.array(sorted(i for i, s in changes.items() if s.side == side), dtype=np.int64)
        need = np.array([SHARE_FRESH if changes[i].fresh else SHARE_CHANGED for i in members.tolist()])
        edge = np.array([ground.depth(i, side) <= EDGE_M for i in members.tolist()])
        asked = speaking[ground.neighbours[members]]
        asked &= np.cumsum(asked, axis=1) <= NEIGHBOURS
        count = np.maximum(asked.sum(axis=1), 1)
        stands = np.zeros(len(ground.xy) + 1, dtype=bool)
        stands[members] = True
        while True:
            share = (asked & stands[ground.neighbours[members]]).sum(axis=1) / count
            lone = members[~edge & (share < need) & stands[members]]
            if not len(lone):
                break
            stands[lone] = False
        backed -= set(members[~stands[members]].tolist())
    return backed


def _radii(ground: Ground, moving: Mapping[int, Said], backed: set[int]) -> dict[int, float]:
    """How far each change reaches: as deep as the deepest of the changes to the same side around it."""
    radii = dict.fromkeys(moving, POCKET_M)  # a side without land of its own holds pockets
    for side in {str(s.side) for s in moving.values()} & ground.depths.keys():
        members = np.array(sorted(i for i, s in moving.items() if s.side == side and i in backed), dtype=np.int64)
        depth = np.zeros(len(ground.xy) + 1)
        depth[members] = ground.depths[side][members]
        peers = np.zeros(len(ground.xy) + 1, dtype=bool)
        peers[members] = True
        near = peers[ground.neighbours[members]] & (ground.apart[members] <= PEERS_WITHIN_M)
        near &= np.cumsum(near, axis=1) <= PEERS
        others = DEPTH_SHARE * depth[ground.neighbours[members]] - FADE * np.where(near, ground.apart[members], np.inf)
        reach = np.maximum(DEPTH_SHARE * depth[members], others.max(axis=1, initial=0.0))
        floor = np.array([POCKET_M if moving[i].sure else 0.0 for i in members.tolist()])
        reach = np.minimum(np.maximum(reach, floor), FARTHEST_M)
        radii |= dict(zip(members.tolist(), reach.tolist(), strict=True))
    return radii | {i: ALL_AROUND_M for i, s in moving.items() if s.agreed}


def _prints(
    ground: Ground,
    moving: Mapping[int, Said],
    radii: Mapping[int, float],
    holders: Mapping[int, str],
    previous: Moved | None,
) -> dict[int, Print]:
    """The footprint of each change; kept from the day before where neither its reach nor its surroundings changed."""
    old, before = (previous.prints, previous.holders) if previous else ({}, {})
    turned = sorted(j for j in before.keys() | holders.keys() if before.get(j) != holders.get(j))
    stirred = ground.xy[turned]
    same = [i for i, s in moving.items() if i in old and old[i].side == s.side and old[i].radius == radii[i]]
    calm = ~_within(ground.xy[same], stirred, 2 * np.array([radii[i] for i in same]))
    prints = {i: old[i] for i, kept in zip(same, calm.tolist(), strict=True) if kept}
    prints |= {i: Print(str(s.side), radii[i], ground.shapes[i]) for i, s in moving.items() if i in ground.shapes}
    anew = [i for i in moving if i not in prints]
    for side in sorted({str(moving[i].side) for i in anew}):
        for land in {ground.sides[i] for i in anew if moving[i].side == side}:
            mine = [i for i in anew if moving[i].side == side and ground.sides[i] == land]
            reach = np.array([radii[i] for i in mine])
            foes = [j for j in _around(ground, mine, reach) if ground.sides[j] == land and holders.get(j, side) != side]
            for i, shape in zip(mine, nearer(ground.xy[mine], ground.xy[foes], reach), strict=True):
                prints[i] = Print(side, radii[i], shape)
    return prints


def _around(ground: Ground, places: list[int], reach: npt.NDArray[np.float64]) -> list[int]:
    """The places that may hold back one of these footprints: no farther than twice its reach."""
    points = np.asarray(shapely.points(ground.xy[places]))
    _, near = ground.tree.query(points, predicate="dwithin", distance=2 * reach)
    return list(map(int, np.unique(near)))


def _within(points: Points, others: Points, distance: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which points have any of the others within their distance."""
    apart = np.hypot(*np.moveaxis(points[:, None, :] - others[None, :, :], 2, 0))
    close: npt.NDArray[np.bool_] = (apart <= distance[:, None]).any(axis=1)
    return close


def _unions(
    ground: Ground, prints: Mapping[int, Print], before: Mapping[Group, tuple[tuple[Print, ...], BaseGeometry]]
) -> dict[Group, tuple[tuple[Print, ...], BaseGeometry]]:
    """Footprints joined tile by tile, so that a day's claims touch few of them."""
    groups: dict[Group, list[Print]] = {}
    for i, shape in sorted(prints.items()):
        tile = np.floor(ground.xy[i] / TILE_M).astype(int).tolist()
        groups.setdefault((str(ground.sides[i]), shape.side, tile[0], tile[1]), []).append(shape)
    unions: dict[Group, tuple[tuple[Print, ...], BaseGeometry]] = {}
    for group, members in groups.items():
        kept = before.get(group)
        same = kept is not None and len(kept[0]) == len(members) and all(map(operator.is_, kept[0], members))
        union = kept[1] if kept and same else joined(shape.land for shape in members)
        unions[group] = (tuple(members), union)
    return unions


def _areas(
    ground: Ground, prints: Mapping[int, Print], unions: Mapping[Group, tuple[tuple[Print, ...], BaseGeometry]]
) -> dict[str, BaseGeometry]:
    """Land by side: what the base line gave, less what others took, and what it took; the largest has the rest."""
    gains = _gains(ground, prints, unions)
    sides = sorted({*ground.areas, *(side for _, side in gains)})
    rest = max(sides, key=lambda side: ground.areas[side].area if side in ground.areas else 0.0)
    areas: dict[str, BaseGeometry] = {}
    for side in sides:
        if side == rest:
            continue
        kept = ground.areas.get(side, EMPTY)
        for (loser, _), gain in gains.items():
            if loser == side:
                kept = shapely.difference(kept, gain, grid_size=GRID_M)
        taken = [
            shapely.intersection(gain, ground.areas[loser], grid_size=GRID_M)
            for (loser, gainer), gain in gains.items()
            if gainer == side
        ]
        areas[side] = solid(joined([kept, *taken]))
    areas[rest] = less(ground.land, joined(areas.values()))
    return areas


def _gains(
    ground: Ground, prints: Mapping[int, Print], unions: Mapping[Group, tuple[tuple[Print, ...], BaseGeometry]]
) -> dict[tuple[str, str], BaseGeometry]:
    """What each side took of each loser's land; an outline that is known goes before what is only near to a place."""
    outlined: dict[str, list[BaseGeometry]] = {}
    for i in prints.keys() & ground.shapes.keys():
        outlined.setdefault(prints[i].side, []).append(prints[i].land)
    gains: dict[tuple[str, str], BaseGeometry] = {}
    for loser, side in sorted({(group[0], group[1]) for group in unions}):
        gain = joined(union for group, (_, union) in unions.items() if group[:2] == (loser, side))
        others = [shape for other, shapes in outlined.items() if other != side for shape in shapes]
        gains[loser, side] = shapely.difference(gain, joined(others), grid_size=GRID_M) if others else gain
    return gains


def joined(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """The union of shapes; one alone is left as it is."""
    parts = [shape for shape in shapes if not shape.is_empty]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts, grid_size=GRID_M)


def less(area: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """What is left of an area without another one."""
    return solid(shapely.difference(area, other, grid_size=GRID_M))


def solid(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry's polygons, without slivers less than half a metre thick."""
    pieces = shapely.get_parts(polygonal(geometry))
    return shapely.MultiPolygon(pieces[shapely.area(pieces) > SLIVER_M * shapely.length(pieces)].tolist())
