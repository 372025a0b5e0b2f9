"""GDELT 2: rows of the event table in (codebook: GDELT Event Codebook V2.0), with a header or as the raw 61 columns."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from .columns import DateOrder, days, incidents_of, moments, numbers, texts, whole

__all__ = ["HEADER", "gdelt_incidents", "is_gdelt"]

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
HEADER = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{which}Geo_{name}" for which in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
WHERE = {"1": 6, "2": 4, "3": 1, "4": 1, "5": 4}  # country, US state, US city, world city, world state → where_prec


def is_gdelt(columns: set[str]) -> bool:
    """Whether a header (lower case) is that of GDELT's event table."""
    return {"globaleventid", "eventcode", "actiongeo_type"} <= columns


def gdelt_incidents(
    raw: pd.DataFrame, *, types: Mapping[str, str], date_order: DateOrder | None = None
) -> gpd.GeoDataFrame:
    """Incidents from GDELT rows (text columns, lower-case names); every column is kept as `gdelt_…`.

    CAMEO's first actor does what the code says to the second, so direction is known; who claims it is not. Codes that
    are no armed event are of type `other`, with the CAMEO code as sub-type.
    """
    day = days(texts(raw, "day", "sqldate"), order=date_order)
    code = texts(raw, "eventcode")
    actors = [texts(raw, f"actor{n}name").fillna(texts(raw, f"actor{n}code")) for n in (1, 2)]
    root = texts(raw, "eventrootcode").fillna(code.str[:2])
    columns = {
        "incident_id": "gdelt:" + texts(raw, "globaleventid"),
        "date_start": day,
        "date_end": day,
        "date_prec": 2,
        "event_type": code.map(types).fillna(code.str[:3].map(types)).fillna(root.map(types)).fillna("other"),
        "sub_event_type": "CAMEO " + code,
        "side_a": actors[0],
        "side_b": actors[1],
        "perpetrator": actors[0],
        "target": actors[1],
        "place_name": texts(raw, "actiongeo_fullname"),
        "latitude": numbers(texts(raw, "actiongeo_lat")),
        "longitude": numbers(texts(raw, "actiongeo_long")),
        "where_prec": texts(raw, "actiongeo_type").map(WHERE),
        "admin1": texts(raw, "actiongeo_adm1code"),
        "admin2": texts(raw, "actiongeo_adm2code"),
        "country": texts(raw, "actiongeo_countrycode"),
        "sources": texts(raw, "sourceurl"),
        "number_of_sources": whole(texts(raw, "numsources")),
        "reported_at": moments(texts(raw, "dateadded")),
        "deleted": False,
    }
    return incidents_of(columns, raw.add_prefix("gdelt_"))
