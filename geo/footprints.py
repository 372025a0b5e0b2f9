"""Footprints: how much land a change of control at a place moves.

The base line moves only where places changed hands. A change takes the land that lies nearer to it than to any place
that its adversary still holds, as far as the deepest of the changes around it lies behind the line: in a fast advance
footprints grow together, in a static phase they stay as small as the change. A change that stands alone, far behind
the line, moves nothing until the places around it follow, unless more than one voice vouches for it.
Everything here is projected to an equal-area plane, in metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from .base_line import polygonal
from .ground import GRID_M, Ground
from .nearer import nearer

__all__ = ["Moved", "Print", "Said", "less", "move", "solid"]

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


@dataclass(frozen=True, slots=True)
class Moved:
    """The land by side after places changed hands, and what is needed to carry on from here."""

    said: Mapping[int, Said]
    areas: Mapping[str, BaseGeometry]
    prints: Mapping[int, Print] = field(default_factory=dict)
    holders: Mapping[int, str] = field(default_factory=dict)  # of the places that hold footprints back

    def changed(self) -> frozenset[int]:
        """The places whose change moved land."""
        return frozenset(self.prints)


def move(ground: Ground, said: Mapping[int, Said], *, previous: Moved | None = None) -> Moved:
    """Move the base line by what is said of the places; what did not change since `previous` is kept from it."""
    if previous is not None and said == previous.said:
        return previous
    changes = {i: s for i, s in said.items() if s.changed and s.side and s.side != ground.sides[i]}
    backed = _backed(ground, said, changes)
    moving = {i: s for i, s in changes.items() if i in backed or s.sure or s.agreed}
    keeping = {i: s.side for i, s in said.items() if s.side is not None and s.side == ground.sides[i]}
    holders = keeping | {i: str(s.side) for i, s in moving.items()}
    prints = _prints(ground, moving, _radii(ground, moving, backed), holders, previous)
    if previous is not None and prints == previous.prints:
        return Moved(said, previous.areas, prints, holders)
    return Moved(said, _areas(ground, prints), prints, holders)


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
    prints = {i: old[i] for i in same if not _within(ground.xy[i], stirred, 2 * radii[i]).any()}
    anew = [i for i in moving if i not in prints]
    for side in sorted({str(moving[i].side) for i in anew}):
        for land in {ground.sides[i] for i in anew if moving[i].side == side}:
            mine = [i for i in anew if moving[i].side == side and ground.sides[i] == land]
            foes = sorted(j for j, holder in holders.items() if ground.sides[j] == land and holder != side)
            reach = np.array([radii[i] for i in mine])
            for i, shape in zip(mine, nearer(ground.xy[mine], ground.xy[foes], reach), strict=True):
                prints[i] = Print(side, radii[i], shape)
    return prints


def _within(point: Points, others: Points, distance: float) -> npt.NDArray[np.bool_]:
    return np.hypot(*(others - point).T) <= distance


def _areas(ground: Ground, prints: Mapping[int, Print]) -> dict[str, BaseGeometry]:
    """Land by side: what the base line gave, less what others took from it, and what was taken."""
    groups: dict[tuple[str, str], list[BaseGeometry]] = {}
    for i, shape in sorted(prints.items()):
        groups.setdefault((str(ground.sides[i]), shape.side), []).append(shape.land)
    taken: dict[str, list[BaseGeometry]] = {}
    left = dict(ground.areas)
    for (loser, side), shapes in sorted(groups.items(), key=lambda item: item[0]):
        union = shapely.union_all(shapes, grid_size=GRID_M)
        taken.setdefault(side, []).append(shapely.intersection(union, left[loser], grid_size=GRID_M))
        left[loser] = shapely.difference(left[loser], union, grid_size=GRID_M)
    sides = sorted({*left, *taken})
    joined = {s: [left.get(s, EMPTY), *taken.get(s, [])] for s in sides}
    return {s: solid(shapely.union_all(parts, grid_size=GRID_M)) for s, parts in joined.items()}


def less(area: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """What is left of an area without another one."""
    return solid(shapely.difference(area, other, grid_size=GRID_M))


def solid(geometry: BaseGeometry) -> BaseGeometry:
    """A geometry's polygons, without slivers less than half a metre thick."""
    pieces = shapely.get_parts(polygonal(geometry))
    return shapely.multipolygons(pieces[shapely.area(pieces) > SLIVER_M * shapely.length(pieces)])
