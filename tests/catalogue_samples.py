"""Rows of other catalogues, made up in their shapes, and what their tests share."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.ucdp import COLUMNS_OUT as UCDP_COLUMNS

OLD = (
    "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,"
    "ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,ADMIN1,ADMIN2,ADMIN3,LOCATION,LATITUDE,LONGITUDE,GEO_PRECISION,SOURCE,NOTES,"
    "FATALITIES\n"
    "999,12TST,12,18/04/2016,2016,1,Battle-No change of territory,Army of Northland,,1,Southland Guard,,2,12,Northland,"
    'North,Upper,,Millbrook,41.5,44.25,2,Wire; Daily,"Fighting near Millbrook, four soldiers died.",4\n'
    "999,13TST,13,02/05/2016,2016,2,Remote violence,Army of Northland,,1,,,0,10,Northland,North,,,Ferry,41.6,44.5,1,"
    "Wire,Shelling of Ferry.,0\n"
)
MIDDLE = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,timestamp,iso3\n"
    "#event+id,#country+code,#event+code,#event+code+no,#date,#date+year,#date+precision,#event+type,#event+type+sub,"
    "#group+name+first,#group+name+first+assoc,#group+first,#group+name+second,#group+name+second+assoc,#group+second,"
    "#interaction,#region+name,#country+name,#adm1+name,#adm2+name,#adm3+name,#loc+name,#geo+lat,#geo+lon,"
    "#geo+precision,#meta+source,#meta+scale,#description,#affected+killed,#date+updated,#country+iso3\n"
    "77,900,TST77,77,15 April 2020,2020,3,Explosions/Remote violence,Air/drone strike,Army of Northland,,1,"
    "Civilians (Southland),,7,17,Europe,Southland,South,,,Hillside,40.25,45.125,3,Wire,National,Two people died.,2,"
    "1587000000,SOU\n"
)
NEW = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp,population_best\n"
    "TST901,2024-03-05,2024,1,Political violence,Battles,Non-state actor overtakes territory,Southland Guard,,"
    "Rebel group,Army of Northland,,State forces,Rebel group-State forces,,900,Europe,Northland,North,,,Ferry,41.6,"
    "44.5,1,Wire-Daily,National,Ferry was taken.,0,crowd size=no report,1710000000,12000\n"
)
UCDP_ROW = dict.fromkeys(UCDP_COLUMNS, "") | {
    "id": "5001", "relid": "NOR-2020-1-1-1", "year": "2020", "active_year": "1", "code_status": "Clear",
    "type_of_violence": "3", "conflict_dset_id": "9", "conflict_new_id": "10", "conflict_name": "Northland: South",
    "dyad_new_id": "11", "side_a": "Government of Northland", "side_b": "Civilians", "number_of_sources": "2",
    "source_article": '"Wire,2020-10-05,Four die";"Daily,2020-10-06,Village burns"', "source_office": "Wire;Daily",
    "source_headline": "Four die;Village burns", "source_original": "Mayor of Hillside", "where_prec": "2",
    "where_coordinates": "Hillside town", "where_description": "near Hillside", "adm_1": "South oblast",
    "latitude": "40.25", "longitude": "45.125", "geom_wkt": "POINT (45.125 40.25)", "priogrid_gid": "187651",
    "country": "Southland", "iso3": "SOU", "country_id": "900", "region": "Europe", "event_clarity": "1",
    "date_prec": "2", "date_start": "2020-10-04 00:00:00.000", "date_end": "2020-10-05 00:00:00.000", "deaths_a": "0",
    "deaths_b": "0", "deaths_civilians": "4", "deaths_unknown": "0", "best": "4", "high": "6", "low": "3",
    "gwnoa": "900",
}  # fmt: skip
KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Map</name>
<Folder><name>Events</name><Folder><name>Northland</name>
<Placemark id="p1"><name>12 APR 2022</name><description><![CDATA[Missile hits the depot &amp; the <b>bridge</b>.<br>
Source: <a href="https://example.org/1">film</a> https://example.org/2]]></description><styleUrl>#icon-1</styleUrl>
<Point><coordinates>45.125,40.25,0</coordinates></Point></Placemark>
<Placemark><name>Ferry</name><TimeStamp><when>2022-04-13T10:00:00Z</when></TimeStamp>
<ExtendedData><Data name="Equipment"><value>T-72</value></Data></ExtendedData>
<Point><coordinates> 44.5,41.6 </coordinates></Point></Placemark>
<Placemark><name>No day</name><Point><coordinates>44.5,41.6</coordinates></Point></Placemark>
<Placemark><name>14 APR 2022</name><LineString><coordinates>1,2 3,4</coordinates></LineString></Placemark>
</Folder></Folder></Document></kml>"""


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def raw_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{key.lower(): value for key, value in row.items()} for row in csv.DictReader(file)]


def row(frame: gpd.GeoDataFrame, number: int = 0) -> dict[str, Any]:
    return {name: value for name, value in frame.iloc[number].items() if not pd.isna(value)}
