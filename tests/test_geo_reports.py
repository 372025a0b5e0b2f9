"""Reports in: texts unchanged, days found where a dispatch names them, broken items reported with their place."""

from __future__ import annotations

import datetime as dt
import io
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.datelines import load_months, published_in
from geo.errors import ReportError
from geo.fetcher import Fetched, fetch
from geo.reports import Report, read_reports, read_reports_from, report_from

GOLD = Path(__file__).parent / "gold" / "karabakh_dev.jsonl"
DAY = dt.date(2020, 10, 23)
WINDOW = (dt.date(2020, 9, 27), dt.date(2020, 11, 10))
MONTHS = load_months()


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, **options: object) -> tuple[list[Report], list[str]]:
    errors: list[str] = []
    reports = list(read_reports(path, on_error=lambda error: errors.append(str(error)), **options))  # type: ignore[arg-type]
    return reports, errors


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("BAKI, 4 oktyabr. Ordumuz irəliləyir.", "2020-10-04"),
        ("Bakı, 4 oktyabr, TESTPRESS. Ordumuz irəliləyir.", "2020-10-04"),
        ("EREVAN, 2 octobre - Un drone a tiré jeudi soir.", "2020-10-02"),
        ("EREVAN/BAKOU, 1er octobre (Agence) - Un drone a tiré.", "2020-10-01"),
        ("ЕРЕВАН, 23 октября. В ночь на пятницу обстреляли город.", "2020-10-23"),
        ("ЕРЕВАН, 23 ОКТЯБРЯ /Корр. Агентства/. Город обстреляли.", "2020-10-23"),
        ("ԵՐԵՎԱՆ, 23 ՀՈԿՏԵՄԲԵՐԻ, ԳՈՐԾԱԿԱԼՈՒԹՅՈՒՆ։ Քաղաքը հրետակոծվել է։", "2020-10-23"),
        ("YEREVAN, October 23. /AGENCY/. The town was shelled.", "2020-10-23"),
        ("BAKU, Azerbaijan, Oct. 23 (Agency) - The town was shelled.", "2020-10-23"),
        ("Lead-in and menu words Agence • 23/10/2020 à 10:50\n\n\nBAKOU, 23 octobre (Agence) - Texte.", "2020-10-23"),
        ("КИЇВ, 23 жовтня (Агентство) — Місто обстріляли.", "2020-10-23"),
        ("ANKARA, 23 Ekim (Ajans) - Kasaba bombalandı.", "2020-10-23"),
        ("الخرطوم 23 أكتوبر 2020 (وكالة) - قصفت المدينة.", "2020-10-23"),
        ("BAKU 23 October (Agency) - The town was shelled.", "2020-10-23"),
        ("4 October 2020\n\nThe town was shelled on 2 October 2020.", "2020-10-04"),
        ("Publié le 23 octobre 2020 à 10h50\nLa ville a été bombardée.", "2020-10-23"),
        ("2020-10-09T10:11:00Z\nThe town was shelled.", "2020-10-09"),
        ("23.10.2020\nГород обстреляли.", "2020-10-23"),
        ("2020 թ. հոկտեմբերի 4\nՔաղաքը հրետակոծվել է։", "2020-10-04"),
    ],
)
def test_the_day_that_a_dispatch_names(text: str, day: str) -> None:
    assert published_in(text, months=MONTHS, window=WINDOW) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on 10 October in the town. On 11 October, again.",
        "The army has taken nine villages since 27 September 2020, it said, and the fighting goes on around the town.",
        "On 4 October 2020 the town was hit by rockets.",
        "Les combats ont repris le 27 septembre 2020 à 07:15 selon le ministère, qui accuse l'autre camp.",
        "Nazirliyin məlumatına görə, sentyabrın 29-da rayon atəşə tutulub.",
        "Armenia 23 October lost a village.",
        "According to the ministry, October 9 - a Friday - was quiet.",
        "The 1994 truce held until 2 April 2016.",
        "No date at all.",
        "",
    ],
)
def test_the_date_of_an_event_is_no_publication_day(text: str) -> None:
    assert published_in(text, months=MONTHS, window=WINDOW) is None


def test_a_year_is_taken_only_where_one_fits() -> None:
    text = "EREVAN, 2 octobre - Un drone."
    with pytest.raises(ReportError, match=r"no year.*--published YYYY-10-02"):
        published_in(text, months=MONTHS)
    with pytest.raises(ReportError, match="no year"):
        published_in(text, months=MONTHS, window=(dt.date(2018, 1, 1), dt.date(2022, 1, 1)))
    with pytest.raises(ReportError, match="no year"):
        published_in("EREVAN, 2 mars - Un drone.", months=MONTHS, window=WINDOW)
    over_new_year = (dt.date(2020, 11, 1), dt.date(2021, 2, 1))
    assert published_in("MOSCOU, 3 janvier - Texte.", months=MONTHS, window=over_new_year) == dt.date(2021, 1, 3)


def test_day_and_month_in_figures_are_not_guessed() -> None:
    text = "04/10/2020\nThe town was shelled."
    with pytest.raises(ReportError, match=r"2020-04-10 or 2020-10-04|2020-10-04 or 2020-04-10"):
        published_in(text, months=MONTHS)
    assert published_in(text, months=MONTHS, lang="fr") == dt.date(2020, 10, 4)
    assert published_in(text, months=MONTHS, window=WINDOW) == dt.date(2020, 10, 4)
    assert published_in("23/10/2020\nThe town.", months=MONTHS) == DAY
    assert published_in("10/23/2020\nThe town.", months=MONTHS) == DAY
    assert published_in("31/11/2020\nThe town.", months=MONTHS) is None


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_a_day_nothing_or_a_clear_error(text: str) -> None:
    fault = ""
    try:
        day = published_in(text, months=MONTHS, window=WINDOW)
        assert day is None or isinstance(day, dt.date)
    except ReportError as error:
        fault = str(error)
    assert not fault or "--published" in fault


def test_gold_reports_are_read_as_they_stand() -> None:
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    reports = list(read_reports(GOLD))
    assert [(r.id, r.text, r.lang, str(r.published), r.source) for r in reports] == [
        (line["id"], line["text"], line["lang"], line["published"], line["source"]) for line in lines
    ]


@settings(deadline=None)
@given(
    st.text(
        st.characters(exclude_characters="\ufeff", exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"),
        min_size=1,
    )
)
def test_nfc_text_is_never_changed(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    if text.strip():
        assert report_from(text, published=DAY).text == text


def test_text_becomes_nfc_without_mark_and_without_what_no_database_holds() -> None:
    line = rb'{"text": "A\ud83d", "title": "B\ud83d", "source": "\u0001", "id": "\udfff", "published": "2020-10-23"}'
    (report,) = read_reports_from(io.BytesIO(line), name="a.jsonl")
    assert (report.text, report.title, report.source, report.id) == ("A\ufffd", "B\ufffd", "\ufffd", "\ufffd")
    assert report_from("\ufeffLa\u0302chin \ud800\x00!", published=DAY).text == "Lâchin \ufffd\ufffd!"


def test_one_dispatch(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "\ufeffBAKOU, 4 octobre (Agence) - Texte.\r\n")
    (report,), errors = read(path, window=WINDOW, lang="fr")
    assert (report.text, report.published, report.lang) == (
        "BAKOU, 4 octobre (Agence) - Texte.\r\n",
        dt.date(2020, 10, 4),
        "fr",
    )
    assert not errors
    other = write(tmp_path, "b.txt", "Another text")
    assert read(other, published=DAY)[0][0].id != report.id
    assert read(path, published=DAY)[0][0].id == report.id


def test_without_a_day_the_error_says_what_would_do(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "The town was shelled.")
    with pytest.raises(ReportError, match=r"a\.txt: the text names no publication day; give it \(--published"):
        list(read_reports(path))


def test_broken_lines_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        '{"id": "1", "text": "A", "published": "2020-10-23"}',
        "{oops",
        "[1]",
        "",
        '{"id": "2", "published": "2020-10-23"}',
    ]
    lines += ['{"id": "3", "text": "B", "published": "soon"}', '{"id": "4", "text": " ", "published": "2020-10-23"}']
    lines += ['{"id": 5, "text": "C", "published": "2020-10-23T23:30:00Z"}', '{"id": "6", "text": "D"}']
    path = write(tmp_path, "a.jsonl", "\n".join(lines))
    reports, errors = read(path, timezone="Asia/Baku")
    assert [(r.id, r.text, str(r.published)) for r in reports] == [("1", "A", "2020-10-23"), ("5", "C", "2020-10-24")]
    assert [error.split(": ")[0].split("line ")[1] for error in errors] == ["2", "3", "5", "6", "7", "9"]
    with pytest.raises(ReportError, match="line 2"):
        list(read_reports(path))


@pytest.mark.parametrize(
    "written", ["2020-10-23T10:50:00+04:00", "Fri, 23 Oct 2020 06:50:00 GMT", "1603435800", "2020-10-23T06:50:00Z"]
)
def test_moments_are_aware_and_days_are_those_of_the_theatre(written: str) -> None:
    line = json.dumps({"text": "A", "published": written}).encode()
    (report,) = read_reports_from(io.BytesIO(line), name="a.jsonl", timezone="Asia/Baku")
    assert report.published_at == dt.datetime(2020, 10, 23, 6, 50, tzinfo=dt.UTC)
    assert report.published == DAY


@pytest.mark.parametrize("written", ["23.10.2020", "23/10/2020", "23 octobre 2020", "October 23, 2020", "20201023"])
def test_days_in_tables_may_be_written_as_in_datelines(written: str) -> None:
    line = json.dumps({"text": "A", "published": written}).encode()
    (report,) = read_reports_from(io.BytesIO(line), name="a.jsonl")
    assert (report.published, report.published_at) == (DAY, None)


def test_a_long_report_in_a_table(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "text,date\n" + "word " * 60_000 + ",2020-10-23\nB,2020-10-23\n")
    reports, errors = read(path)
    assert [len(r.text) for r in reports] == [300_000, 1]
    assert not errors


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_known_names(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["Report ID", "Pub_Date", "Body", "Language"],
        ["7", "2020-10-23", '"Line one\nline ""two"""', "en"],
        ["", "", "", ""],
    ]
    rows += [["8", "2020-10-24", "", "en"], ["9", "2020-10-25", "Last", ""]]
    path = write(tmp_path, "a.csv", "\n".join(delimiter.join(row) for row in rows))
    reports, errors = read(path, lang="fr")
    assert [(r.id, r.text, r.lang, str(r.published)) for r in reports] == [
        ("7", 'Line one\nline "two"', "en", "2020-10-23"),
        ("9", "Last", "fr", "2020-10-25"),
    ]
    assert len(errors) == 1
    assert "line 5" in errors[0]


def test_csv_in_utf16(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "text,date\nՇուշի,2020-10-23\n".encode("utf-16"))
    assert read(path)[0][0].text == "Շուշի"


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "what,when\nThe town was shelled.,2020-10-23\n")
    (report,), _ = read(path, columns={"text": "what", "published": "when"})
    assert (report.text, report.published) == ("The town was shelled.", DAY)
    with pytest.raises(ReportError, match=r"no column with the report's text among 'what', 'when'.*--column text=NAME"):
        read(path)
    with pytest.raises(ReportError, match=r"no such field or column: text=which.*columns here are what, when"):
        read(path, columns={"text": "which"})


def test_xlsx(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["id", "date", "text"],
        [1, dt.datetime(2020, 10, 23), "A"],
        [None, None, None],
        [2, "2020-10-24", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    reports, errors = read(tmp_path / "a.xlsx")
    assert [(r.id, r.text, r.published, r.published_at) for r in reports] == [("1", "A", DAY, None)]
    assert ["row 4" in error for error in errors] == [True]
    with pytest.raises(ReportError, match="not an Excel workbook"):
        read(write(tmp_path, "b.xlsx", b"PK no workbook"))


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.unknown"):
        write(tmp_path, name, f"Text {name}")
    assert [r.text for r in read_reports(tmp_path, published=DAY)] == ["Text a.txt", "Text b.txt"]


def test_standard_input_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    for content, texts in ((b'{"text": "A"}\n{"text": "B"}\n', ["A", "B"]), (b"Just a text", ["Just a text"])):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
        assert [r.text for r in read_reports("-", published=DAY)] == texts


def test_what_cannot_be_opened_or_read(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="No such file"):
        list(read_reports(tmp_path / "none.txt"))
    with pytest.raises(ReportError, match=r"no reader for \.xyz; one of these would do: \.atom, \.csv"):
        list(read_reports(write(tmp_path, "a.txt", "A"), format="xyz"))
    with pytest.raises(ReportError, match="not UTF-8 at byte 0"):
        list(read_reports(write(tmp_path, "b.txt", b"\xff\xfa\xfb")))


def test_addresses_go_through_the_fetcher_that_is_given() -> None:
    asked: list[str] = []

    def canned(url: str) -> Fetched:
        asked.append(url)
        return Fetched(b'{"text": "A", "published": "2020-10-23"}', "application/x-ndjson")

    assert [r.text for r in read_reports("https://example.org/a", fetch=canned)] == ["A"]
    assert asked == ["https://example.org/a"]


def test_the_fetcher_opens_no_files() -> None:
    with pytest.raises(ReportError, match="only http"):
        fetch("file:///etc/passwd")
    with pytest.raises(ReportError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/")
