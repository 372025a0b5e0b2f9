"""Sources of villages, which stand behind all others: the shipped table, and packages that the user has installed."""

from __future__ import annotations

from .mimu import MimuVillages, mimu_database
from .sources import VILLAGES, WORLD, Source, TableSource

__all__ = ["village_sources"]

SETTLEMENTS = WORLD / "settlements.csv.gz"
KARABAKH = WORLD.parent / "theatres" / "karabakh-2020" / "places.csv"


def village_sources() -> list[Source]:
    """Villages of Ukraine and round it, and of Karabakh; of Myanmar where mm_geo_coder is installed."""
    mimu = mimu_database()
    shipped: list[Source] = [
        TableSource(SETTLEMENTS, rank=VILLAGES, said="KATOTTG; GeoNames (CC BY 4.0)"),
        TableSource(KARABAKH, rank=VILLAGES, said="theatre karabakh-2020"),
    ]
    return [*shipped, *([MimuVillages(mimu)] if mimu else [])]
