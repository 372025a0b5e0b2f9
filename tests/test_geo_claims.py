"""Claims: who says that what happened where and when, from texts with their places given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.claims import Claim, claims_in
from geo.desk import Desk, open_desk
from geo.mentions import Mention, Role
from geo.reports import Report
from geo.theatre import load_theatre

WORDS = (
    *(
        "said",
        "shelled",
        "Tartar.",
        "12",
        "killed",
        "on",
        "Friday",
        "denied",
        "overnight",
        "ministry",
        "Armenian",
        "no",
    ),
    *("обстрел", "Тертера,", "погибли", "не", "dünən", "atəş", "Tərtər", "երեկ", "«»", "—", ":", "\n", "1992"),
    *("selon", "hier", "tués"),
)
FRIDAY = dt.date(2020, 10, 23)
Named = tuple[str, str, Role]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk(load_theatre("karabakh-2020"))


@pytest.fixture(scope="module")
def places() -> dict[str, tuple[float, float, float]]:
    table = load_theatre("karabakh-2020").table("places").set_index("place_id")
    return {
        str(place): (float(row["longitude"]), float(row["latitude"]), float(row["radius_km"] or 5))
        for place, row in table.iterrows()
    }


@pytest.fixture
def code(desk: Desk, places: dict[str, tuple[float, float, float]]):  # type: ignore[no-untyped-def]
    def run(lang: str, text: str, *named: Named, published: dt.date = FRIDAY) -> list[Claim]:
        mentions: list[Mention] = []
        at = 0
        for surface, place_id, role in named:
            at = text.index(surface, at)
            lon, lat, radius = places[place_id]
            end = at + len(surface)
            prec = 3 if radius > 12 else 1
            mentions.append(Mention(at, end, surface, role, place_id, surface, lat, lon, radius, prec, 0.9))
            at = end
        claims, _ = claims_in(
            Report("r", text, lang=lang, published=published, source="a"), mentions, desk, min_confidence=0.0
        )
        for claim in claims:
            assert text[claim.span_start : claim.span_end] == claim.text
            assert all(0 <= a < b <= len(text) for a, b in claim.spans.values())
        return claims

    return run


def told(claims: Sequence[Claim]) -> list[tuple[str, str | None, str | None, str]]:
    return [(c.event_type, c.place_id, c.claimant, c.claim_status) for c in claims if c.scope == "incident"]


def days(claim: Claim) -> tuple[str, str]:
    return str(claim.date_start)[5:], str(claim.date_end)[5:]


def test_two_places_and_two_dates_in_one_sentence(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "en",
        "Askeran was shelled on Wednesday evening and Martuni overnight, the Karabakh army said.",
        ("Askeran", "askeran", "event"),
        ("Martuni", "martuni_nk", "event"),
        ("Karabakh", "nagorno_karabakh", "actor"),
    )
    assert [(c.place_id, c.claimant, days(c)) for c in claims] == [
        ("askeran", "nk_defence_army", ("10-21", "10-21")),
        ("martuni_nk", "nk_defence_army", ("10-21", "10-22")),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        (
            "en",
            "Hadrut was captured, Ilham Aliyev said. Armenian officials insist the town is still under their control.",
            "Hadrut",
        ),
        ("fr", "Ilham Aliev a annoncé la prise de Hadrout. Selon Erevan, c'est entièrement faux.", "Hadrout"),
        ("ru", "Ильхам Алиев объявил о взятии Гадрута. В Ереване это назвали дезинформацией.", "Гадрута"),
        (
            "az",
            "Prezident İlham Əliyev Hadrutun azad edildiyini bildirib. Ermənistan Müdafiə Nazirliyi bunu təkzib edib.",
            "Hadrutun",
        ),
        ("hy", "Ալիևը հայտարարել է Հադրութի գրավման մասին։ ՀՀ պաշտպանության նախարարությունը հերքել է դա։", "Հադրութի"),
    ],
)
def test_the_other_side_s_denial_marks_the_claim(code, lang: str, text: str, named: str) -> None:  # type: ignore[no-untyped-def]
    capitals: dict[str, tuple[Named, ...]] = {
        "fr": (("Erevan", "yerevan", "metonym"),),
        "ru": (("Ереване", "yerevan", "metonym"),),
    }
    (claim,) = code(lang, text, (named, "hadrut", "event"), *capitals.get(lang, ()))
    assert (claim.event_type, claim.claimant, claim.claim_status) == ("capture", "ilham_aliyev", "denied")
    assert claim.denied_by
    assert claim.denial_text
    assert claim.denial_text in text


def test_a_denial_alone_retells_the_other_side_s_claim(code) -> None:  # type: ignore[no-untyped-def]
    (claim,) = code(
        "fr",
        "« Entièrement faux », a répondu le ministère azerbaïdjanais de la Défense à l'accusation arménienne"
        " d'un pilonnage de Chouchi cette nuit.",
        ("Chouchi", "shusha", "event"),
    )
    assert told([claim]) == [("shelling", "shusha", "am_gov", "denied")]
    assert (claim.denied_by, days(claim)) == ("az_mod", ("10-22", "10-23"))


def test_a_dispatch_with_two_ministries_and_a_running_total(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "fr",
        "EREVAN/BAKOU, 23 octobre - Les combats ont déjà fait quelque 5.000 morts depuis le 27 septembre, a dit"
        " le Kremlin. Paris et Moscou tentent une médiation. Deux trêves conclues à Moscou ont été ignorées.\n\n"
        "Le ministère azerbaïdjanais de la Défense a fait état d'accrochages en plusieurs points de la ligne de front."
        " Le ministère arménien de la Défense affirme vendredi matin que Martouni a été pilonnée pendant la nuit par"
        " les forces azerbaïdjanaises.",
        ("EREVAN", "yerevan", "dateline"),
        ("BAKOU", "baku", "dateline"),
        ("Moscou", "moscow", "metonym"),
        ("Moscou", "moscow", "background"),
        ("Martouni", "martuni_nk", "event"),
    )
    total, clash, shelling = claims
    assert (total.scope, total.deaths_best, total.place_id) == ("cumulative_total", 5000, None)
    assert total.date_start == dt.date(2020, 9, 27)
    assert (clash.event_type, clash.place_id, clash.latitude, clash.where_prec) == ("ground_clash", None, None, 5)
    assert (clash.claimant, clash.claim_status) == ("az_mod", "claimed")
    assert told([shelling]) == [("shelling", "martuni_nk", "am_mod", "claimed")]
    assert (days(shelling), shelling.perpetrator) == (("10-22", "10-23"), "AZ")


@pytest.mark.parametrize(
    ("lang", "text", "named"),
    [
        ("en", "No shelling was heard in Stepanakert overnight.", "Stepanakert"),
        ("en", "Lachin will be handed over by 1 December, the ministry said.", "Lachin"),
        ("en", "In February 1992 Shusha was shelled.", "Shusha"),
        ("en", "Thousands have fled the fighting in Hadrut.", "Hadrut"),
        ("ru", "Степанакерт ночью не обстреливался.", "Степанакерт"),
        ("fr", "Latchine n'est pas tombée.", "Latchine"),
        ("hy", "1992-ի մայիսին ազատագրվեց Շուշին։", "Շուշին"),
    ],
)
def test_what_did_not_happen_is_no_claim(code, lang: str, text: str, named: str) -> None:  # type: ignore[no-untyped-def]
    assert told(code(lang, text, (named, "shusha", "event"))) == []


def test_a_list_of_villages_makes_one_claim_each(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "az",
        "Prezident yazıb: «Cəbrayıl rayonunun Sofulu və Kürdlər kəndləri işğaldan azad edildi».",
        ("Cəbrayıl", "jabrayil_rayon", "background"),
        ("Sofulu", "sofulu_jab", "event"),
        ("Kürdlər", "kurdlar_jab", "event"),
    )
    assert told(claims) == [
        ("capture", "sofulu_jab", "ilham_aliyev", "claimed"),
        ("capture", "kurdlar_jab", "ilham_aliyev", "claimed"),
    ]


def test_fire_after_a_truce_breaks_it(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "ru",
        "Перемирие вступило в силу в пятницу в 08:00. Минобороны Азербайджана говорит об обстреле сёл под Тертером.",
        ("Азербайджана", "azerbaijan", "actor"),
        ("Тертером", "tartar", "event"),
    )
    assert told(claims) == [
        ("ceasefire", None, None, "confirmed"),
        ("ceasefire_violation", "tartar", "az_mod", "claimed"),
    ]


def test_a_side_s_own_loss_is_confirmed(code) -> None:  # type: ignore[no-untyped-def]
    (claim,) = code(
        "hy",
        "Նախագահի խոսնակ Վահրամ Պողոսյանն ընդունել է, որ Շուշին այլևս մեր վերահսկողության տակ չէ։",
        ("Շուշին", "shusha", "event"),
    )
    assert told([claim]) == [("withdrawal", "shusha", "vahram_poghosyan", "confirmed")]


def test_only_wounded_means_nobody_killed(code) -> None:  # type: ignore[no-untyped-def]
    (claim,) = code(
        "en",
        "Two women were wounded when shells hit Tartar, prosecutors said.",
        ("Tartar", "tartar", "event"),
    )
    assert (claim.deaths_low, claim.deaths_high, claim.injured_low) == (0, 0, 2)
    assert claim.claimant == "az_prosecutor"


def test_losses_of_the_enemy_are_no_victims_of_the_event(code) -> None:  # type: ignore[no-untyped-def]
    (claim,) = code(
        "en",
        "Our forces killed 20 enemy soldiers near Hadrut on Monday, the Armenian defence ministry said.",
        ("Hadrut", "hadrut", "event"),
    )
    assert (claim.scope, claim.deaths_best) == ("enemy_loss_claim", 20)


def test_a_denial_goes_on_to_a_statement_of_its_own(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "en",
        "Stepanakert was shelled overnight, the Karabakh emergency service said. Azerbaijan's defence ministry"
        " called this a lie and said that Armenian guns had fired on Tartar.",
        ("Stepanakert", "stepanakert", "event"),
        ("Tartar", "tartar", "event"),
    )
    assert told(claims) == [
        ("shelling", "stepanakert", "nk_emergency_service", "denied"),
        ("shelling", "tartar", "az_mod", "claimed"),
    ]


def test_a_denial_that_names_its_kind_answers_that_kind(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "ru",
        "Ильхам Алиев объявил о взятии Гадрута. Днём обстрелян Тертер, заявила прокуратура. Армянская сторона обстрел"
        " отрицает.",
        ("Гадрута", "hadrut", "event"),
        ("Тертер", "tartar", "event"),
    )
    assert [(c.event_type, c.claim_status) for c in claims] == [("capture", "claimed"), ("shelling", "denied")]


def test_places_listed_of_an_area_stand_for_it(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "en",
        "Nine villages in Fuzuli district are under Azerbaijani control, President Aliyev said on Tuesday. He named"
        " Garadaghli and Garakollu among them.",
        ("Fuzuli", "fuzuli_rayon", "event"),
        ("Garadaghli", "garadaghli_fuz", "event"),
        ("Garakollu", "garakollu_fuz", "event"),
    )
    assert told(claims) == [
        ("capture", "garadaghli_fuz", "ilham_aliyev", "claimed"),
        ("capture", "garakollu_fuz", "ilham_aliyev", "claimed"),
    ]


def test_an_age_is_no_toll(code) -> None:  # type: ignore[no-untyped-def]
    (claim,) = code(
        "en",
        "A shell fell on Tartar on Tuesday; a man of 61 died and three were hurt, the prosecutor's office said.",
        ("Tartar", "tartar", "event"),
    )
    assert (claim.deaths_low, claim.injured_low) == (1, 3)


def test_the_weekday_of_tomorrow_is_no_past_day(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "fr",
        "La trêve commence demain samedi, annonce Washington. Goubadly est prise, affirme Ilham Aliev.",
        ("Goubadly", "qubadli", "event"),
    )
    assert [c.date_start for c in claims if c.event_type == "capture"] == [FRIDAY]


def test_admitting_something_else_answers_nothing(code) -> None:  # type: ignore[no-untyped-def]
    claims = code(
        "az",
        "Baş Prokurorluq Bərdəyə raket hücumu barədə məlumat verib. Ermənistan tərəfi bunu inkar edir. Arayik"
        " Harutyunyan isə ordumuzun Şuşaya yaxınlaşdığını etiraf edib.",
        ("Bərdəyə", "barda", "event"),
        ("Şuşaya", "shusha", "background"),
    )
    assert [(c.place_id, c.claim_status) for c in claims if c.place_id == "barda"] == [("barda", "denied")]


@settings(max_examples=120, deadline=None)
@given(
    lang=st.sampled_from(["en", "fr", "ru", "az", "hy"]),
    text=st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
)
def test_no_text_raises_and_no_event_lies_ahead(desk: Desk, lang: str, text: str) -> None:
    at = text.find("Tartar")
    mentions = [Mention(at, at + 6, "Tartar", "event", "tartar", "Tartar", 40.3, 46.9, 5.0, 1, 0.9)] if at >= 0 else []
    claims, _ = claims_in(Report("r", text, lang=lang, published=FRIDAY), mentions, desk, min_confidence=0.0)
    assert all(c.date_start <= c.date_end <= FRIDAY for c in claims if c.event_type != "ceasefire")
    assert len({c.claim_id for c in claims}) == len(claims)
