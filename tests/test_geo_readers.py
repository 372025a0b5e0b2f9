"""Pages, feeds, Telegram exports and PDFs in; the same text from several outlets found."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import extras
from geo.duplicates import duplicate_groups
from geo.errors import GeoError, ReportError
from geo.fetcher import Fetched
from geo.markup import plain_text
from geo.reports import READERS, Report, read_reports

DAY = dt.date(2020, 10, 4)
PAGE = """<!DOCTYPE html><html lang="fr-FR"><head><title>La ville bombardée - Le Courrier</title>
<meta property="og:site_name" content="Le Courrier"><meta property="og:title" content="La ville bombardée">
<meta property="article:published_time" content="2020-10-04T10:50:00+02:00">
<link rel="canonical" href="https://example.org/ville"></head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
<article><h1>La ville bombardée</h1>
<p>La ville a été bombardée dans la nuit de samedi à dimanche, a déclaré le ministère de la Défense, qui fait état de
trois blessés &amp; de plusieurs maisons détruites dans les quartiers du nord.</p>
<p>Selon le maire, les habitants se sont réfugiés dans les caves pendant plusieurs heures avant de pouvoir sortir.
Aucun chiffre n'a été donné par l'autre camp, qui dément avoir tiré sur des habitations.</p></article>
<aside><p>Abonnez-vous à notre lettre</p></aside><footer>Mentions légales</footer></body></html>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire &amp; Co</title>
<language>ru-RU</language>
<item><title>Город обстрелян</title><link>https://example.org/1</link><guid>id-1</guid>
<pubDate>Sun, 04 Oct 2020 20:30:00 GMT</pubDate><description><![CDATA[<p>Ночью <b>город</b> обстреляли.</p>
<p>Есть раненые.</p>
<script>alert(1)</script>]]></description></item>
<item><title></title><description></description></item>
<item><title>Без даты</title><description>Текст</description></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry>
<title>Town shelled</title>
<id>tag:1</id><updated>2020-10-04T08:00:00Z</updated>
<content type="html">&lt;p&gt;Town shelled overnight.&lt;/p&gt;</content>
</entry></feed>"""
TELEGRAM = {
    "name": "Канал", "type": "public_channel", "id": 123,
    "messages": [
        {"id": 1, "type": "service", "date": "2020-10-04T00:00:00", "action": "create_channel", "text": ""},
        {"id": 2, "type": "message", "date": "2020-10-05T01:30:00", "date_unixtime": "1601847000", "from": "Канал",
         "text": ["Обстрел ", {"type": "bold", "text": "Мартуни"}, ".\n", {"type": "link", "text": "https://example.org"}]},
        {"id": 3, "type": "message", "date": "2020-10-05T02:00:00", "photo": "p.jpg", "text": ""},
        {"id": 4, "type": "message", "date_unixtime": "1601850000", "forwarded_from": "Другой", "text": "Повтор"},
        {"id": 5, "type": "message", "date_unixtime": "1601850000", "text": [{"type": "strange"}]},
        "no message",
        {"id": 6, "type": "message", "text": "Без даты"},
    ],
}  # fmt: skip


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path | str, **options: object) -> tuple[list[Report], list[str]]:
    errors: list[str] = []
    reports = list(read_reports(path, on_error=lambda error: errors.append(str(error)), **options))  # type: ignore[arg-type]
    return reports, errors


def pdf(*pages: list[str]) -> bytes:
    """A small PDF with one text line under the other."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects += [f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    objects += ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td {shown}ET"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
        objects += [page + " /Resources << /Font << /F1 3 0 R >> >> >>"]
        objects += [f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def test_a_page_is_its_article(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (report,), errors = read(write(tmp_path, "a.html", PAGE), timezone="Asia/Baku")
    assert not errors
    assert report.text.startswith("La ville bombardée\nLa ville a été bombardée dans la nuit")
    assert "trois blessés & de plusieurs" in report.text.replace("\n", " ")
    assert not any(word in report.text for word in ("Accueil", "Abonnez", "Mentions"))
    assert (report.published, report.lang, report.source) == (DAY, "fr", "Le Courrier")
    assert (report.title, report.url) == ("La ville bombardée", "https://example.org/ville")


def test_a_page_without_a_day_asks_for_it_and_one_without_an_article_says_so(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    undated = PAGE.replace('<meta property="article:published_time" content="2020-10-04T10:50:00+02:00">', "")
    _, errors = read(write(tmp_path, "a.html", undated))
    assert ["give it (--published" in error for error in errors] == [True]
    (report,), _ = read(tmp_path / "a.html", published=DAY)
    assert report.published == DAY
    for content in ("<html><body></body></html>", "", "\x00\x01"):
        _, errors = read(write(tmp_path, "b.html", content))
        assert ["no article found" in e or "not a page" in e or "no text" in e for e in errors] == [True]


def test_rss(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    reports, errors = read(write(tmp_path, "a.rss", RSS), timezone="Asia/Baku")
    assert [report.id for report in reports] == ["id-1"]
    report = reports[0]
    assert report.text == "Город обстрелян\n\nНочью город обстреляли.\nЕсть раненые."
    assert report.published_at == dt.datetime(2020, 10, 4, 20, 30, tzinfo=dt.UTC)
    assert (report.published, report.lang, report.source) == (dt.date(2020, 10, 5), "ru", "Wire & Co")
    assert (report.url, report.title) == ("https://example.org/1", "Город обстрелян")
    assert [error.split(":")[0].split(", ")[-1] for error in errors] == ["entry 2", "entry 3"]


def test_atom_from_an_address(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    fetched: list[str] = []

    def canned(url: str) -> Fetched:
        fetched.append(url)
        return Fetched(ATOM.encode(), "application/atom+xml")

    (report,), errors = read("https://example.org/feed", fetch=canned)
    assert (report.text, report.published, report.id) == ("Town shelled overnight.", DAY, "tag:1")
    assert fetched == ["https://example.org/feed"]
    assert not errors


def test_what_is_no_feed(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    with pytest.raises(ReportError, match="not a feed"):
        read(write(tmp_path, "a.xml", "just text"))


def test_a_telegram_channel(tmp_path: Path) -> None:
    reports, errors = read(write(tmp_path, "result.json", json.dumps(TELEGRAM)), timezone="Asia/Baku")
    assert [(r.id, r.text, r.source) for r in reports] == [
        ("123/2", "Обстрел Мартуни.\nhttps://example.org", "Канал"),
        ("123/4", "Повтор", "Другой"),
    ]
    assert reports[0].published_at == dt.datetime(2020, 10, 4, 21, 30, tzinfo=dt.UTC)
    assert reports[0].published == dt.date(2020, 10, 5)
    assert len(errors) == 3
    assert "message 5 of 'Канал'" in errors[0]
    assert "item 6 of 'Канал'" in errors[1]
    assert "message 6 of 'Канал'" in errors[2]


def test_a_telegram_account_and_a_plain_list(tmp_path: Path) -> None:
    account = {"chats": {"about": "…", "list": [TELEGRAM, {**TELEGRAM, "id": 7, "name": "Zwei"}]}}
    reports, _ = read(write(tmp_path, "a.json", json.dumps(account)))
    assert [r.id for r in reports] == ["123/2", "123/4", "7/2", "7/4"]
    rows = [{"text": "A", "date": "2020-10-04"}, 7, {"date": "2020-10-04"}]
    reports, errors = read(write(tmp_path, "b.json", json.dumps(rows)))
    assert [r.text for r in reports] == ["A"]
    assert [error.split(":")[0].split(", ")[-1] for error in errors] == ["item 2", "item 3"]
    for content in ("{}", "7", "{nonsense", '{"chats": 7}', '{"chats": {"list": 7}}'):
        with pytest.raises(ReportError, match=r"no messages|not JSON"):
            read(write(tmp_path, "c.json", content))


def test_a_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    pages = (
        ["BAKU, 4 October 2020", "The town was shelled in the bom-", "bardment of the night, the ministry", "said."],
        ["Second page."],
    )
    (report,), errors = read(write(tmp_path, "a.pdf", pdf(*pages)), published=DAY)
    assert not errors
    assert "The town was shelled in the bombardment of the night, the ministry said." in report.text
    assert report.text.endswith("\n\nSecond page.")


def test_pdfs_that_cannot_be_read(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    for content, said in ((b"%PDF-1.4 broken", "not a PDF"), (pdf([]), "no text layer"), (b"", "not a PDF")):
        reports, errors = read(write(tmp_path, "a.pdf", content), published=DAY)
        assert not reports
        assert [said in error for error in errors] == [True]


def test_every_reader_takes_any_bytes(tmp_path: Path) -> None:
    """A broken file is an error that says where, never a traceback of some library."""
    for suffix in READERS:
        for content in (b"", b"\x00\xff\xfe", b"<", b"{", b"[", b"PK\x03\x04", b'a,b\n"', "é".encode("latin-1")):
            path = write(tmp_path, f"x{suffix}", content)
            try:
                read(path, published=DAY)
            except ReportError as error:
                assert str(path) in str(error)  # noqa: PT017


def test_a_missing_extra_says_what_would_do() -> None:
    with pytest.raises(GeoError, match=r"reading tea needs 'no_such_module'.*pip install 'contactline\[readers\]'"):
        extras.optional("no_such_module", extra="readers", what="reading tea")


def test_markup_becomes_text() -> None:
    markup = (
        "<p>A &lt;b&gt; &amp;<br>B</p><script>x()</script><!-- c --><a href='https://e.org/1'>link</a> 3 < 4 &nbsp;C"
    )
    assert plain_text(markup) == "A <b> &\nB\nlink 3 < 4 C"
    assert "https://e.org/1 link" in plain_text(markup, addresses=True)


@settings(deadline=None)
@given(st.text())
def test_text_without_markup_keeps_its_words(text: str) -> None:
    plain = text.replace("<", " ").replace("&", " ")
    assert plain_text(plain).split() == plain.split()


DISPATCH = (
    "The ministry of defence said on Friday that the town had been shelled during the night by the other side. "
    "Three people were wounded and several houses burned down, the mayor told the agency by telephone. "
    "The other side denied that it had fired at the town and spoke of a provocation along the whole line of contact."
)


def reports_of(*texts: str) -> list[Report]:
    return [Report(f"r{number}", text, published=DAY) for number, text in enumerate(texts)]


def test_the_same_dispatch_in_several_outlets() -> None:
    first_half = DISPATCH[: len(DISPATCH) * 2 // 3]
    edited = DISPATCH.replace("Three people", "Four people").replace("spoke of", "called it")
    retitled = "TOWN SHELLED\n\n" + DISPATCH.upper() + " (Wire)"
    other = (
        "Two villages in the south were taken by the army on Friday, the president wrote, and the enemy fell back to "
        "the hills behind the river; the other side said that its positions held and that the fighting went on."
    )
    groups = duplicate_groups(reports_of(DISPATCH, other, edited, retitled, first_half, DISPATCH))
    assert groups == [["r0", "r2", "r3", "r4", "r5"]]


def test_short_formulaic_reports_are_not_thrown_together() -> None:
    texts = [f"Shelling of {town} was reported on Friday." for town in ("Martuni", "Askeran", "Hadrut", "Shushi")]
    assert duplicate_groups(reports_of(*texts, "", "...", "Shelling of Martuni was reported on Friday.")) == [
        ["r0", "r6"]
    ]


def test_duplicates_are_found_in_linear_time() -> None:
    def took(number: int) -> float:
        words = [f"w{(7919 * i) % 5003}" for i in range(number * 30)]
        texts = [" ".join(words[i * 30 : i * 30 + 60]) for i in range(number)]
        start = time.process_time()
        duplicate_groups(reports_of(*texts, *texts[: number // 2]))
        return time.process_time() - start

    took(100)
    assert took(2000) < 25 * took(200)
