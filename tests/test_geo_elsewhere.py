"""Where verbs come last: which place, speaker, number and day go with a verb that ends a sentence, in Azerbaijani."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report


def claims(coder: Coder, text: str) -> list[Claim]:
    """Claims of a report of Thursday, 22 October."""
    return list(coder.code(Report("r", text, lang="az", published=dt.date(2020, 10, 22))).claims)


def test_a_list_of_directions_has_one_verb(coder: Coder) -> None:
    text = "Döyüşlər Ağdərə, Xocavənd və Qubadlı istiqamətlərində davam edib."
    assert [c.place_id for c in claims(coder, text)] == ["martakert", "martuni_nk", "qubadli"]


def test_the_side_that_fire_came_from_is_not_the_place_before_it(coder: Coder) -> None:
    (claim,) = claims(coder, "Naxçıvan Muxtar Respublikasının Ordubad rayonuna Ermənistan tərəfdən raket atılıb.")
    assert claim.place_id == "ordubad_rayon"


@pytest.mark.parametrize(
    ("text", "place_ids"),
    [
        (
            "Prezident Qubadlının Padar, Əfəndilər və Yusifbəyli kəndlərinin azad edildiyini bildirib.",
            ["padar_qub", "afandilar_qub", "yusifbayli_qub"],
        ),
        (
            "Prezident Cəbrayılın Şıxlar və Qaracallı, Zəngilanın isə Muğanlı və Yenikənd kəndlərinin azad edildiyini"
            " bildirib.",
            ["shikhlar_jab", "garajalli_jab", "mughanli_zan", "yenikand_zan"],
        ),
        ("Karxulu, Decal, Mahmudlu... Prezidentin bu gün elan etdiyi siyahı belə başlayır.", ["karkhulu_jab"]),
    ],
)
def test_villages_are_those_of_the_district_named_before(coder: Coder, text: str, place_ids: list[str]) -> None:
    found = claims(coder, text)
    assert [c.place_id for c in found][: len(place_ids)] == place_ids
    assert {c.claimant for c in found} == {"ilham_aliyev"}


def test_the_place_of_a_funeral_is_not_all_of_its_district(coder: Coder) -> None:
    text = "Ağdamın Rzalar kəndində dəfn mərasimi vaxtı mərmi düşməsi nəticəsində dörd nəfər həlak olub."
    (claim,) = claims(coder, text)
    assert (claim.place_id, claim.deaths_best) == ("rzalar", 4)


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Baş Prokurorluq BQXK-nın Ağdam yaxınlığında atəşə tutulduğunu bildirib.", "az_prosecutor"),
        (
            "Prezident Zəngilanın, eləcə də rayonun daha on iki yaşayış məntəqəsinin, o cümlədən Havalı, Zərnəli və"
            " Məmmədbəyli kəndlərinin də azad edildiyini xəbər verib.",
            "ilham_aliyev",
        ),
        ("Zakir Həsənov Ali Baş Komandana məruzəsində Hadrutun təmizləndiyini bildirib.", "zakir_hasanov"),
        ("Xankəndidəki «müdafiə nazirliyi» Şuşa yaxınlığında döyüşlərin getdiyini bildirib.", "nk_defence_army"),
    ],
)
def test_who_tells_is_not_who_is_told_of_or_told_to(coder: Coder, text: str, claimant: str) -> None:
    assert {c.claimant for c in claims(coder, text)} == {claimant}


def test_who_follows_another_has_the_verb_behind_them(coder: Coder) -> None:
    text = "Ermənistan MN bunu inkar edib, Vahram Poğosyan isə Xankəndiyə raket atıldığını bildirib."
    (claim,) = claims(coder, text)
    assert (claim.claimant, claim.claim_status) == ("vahram_poghosyan", "claimed")


def test_a_denial_speaks_of_the_town_of_a_list_or_of_another_town(coder: Coder) -> None:
    text = "Prezident Füzuli şəhərinin, habelə Qoçəhmədli və Cuvarlı kəndlərinin azad edildiyini elan edib. "
    town = claims(coder, text + "Artsrun Ovannisyan şəhərin itirildiyini təkzib edib.")
    assert [c.claim_status for c in town] == ["denied", "claimed", "claimed"]
    other = claims(coder, text + "Artsrun Ovannisyan Hadrutun itirildiyini təkzib edib.")
    assert [c.claim_status for c in other if c.place_id != "hadrut"] == ["claimed"] * 3


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Tərtər atəşə tutulub, 19 yaşlı qız qəlpə yarası alaraq xəstəxanada ölüb.", 1, 1),
        ("Tərtər atəşə tutulub, axşama qədər beş nəfər ölüb.", 5, 5),
        ("Tərtər atəşə tutulub, beş nəfərə qədər adam ölüb.", None, 5),
        ("Tərtərə mərmi düşüb, bir sakin yaralanıb, ümumilikdə sentyabrın 27-dən 65 mülki şəxs həlak olub.", 0, 0),
    ],
)
def test_numbers(coder: Coder, text: str, low: int | None, high: int) -> None:
    (claim,) = claims(coder, text)
    assert (claim.deaths_low, claim.deaths_high) == (low, high)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("On yeddi oktyabr günü Tərtər atəşə tutulub.", 17, 17),
        ("Tərtər oktyabrın 1-i ilə 15-i arasında atəşə tutulub.", 1, 15),
        ("Tərtər oktyabrın 19-dan atəşə tutulur.", 19, 22),
        ("Tərtər üçüncü gündür atəşə tutulur.", 20, 22),
        ("Tərtər atəşə tutulub. Nazirlik hadisənin oktyabrın 20-də saat 13:20-də baş verdiyini bildirib.", 20, 20),
    ],
)
def test_days(coder: Coder, text: str, first: int, last: int) -> None:
    (claim,) = claims(coder, text)
    assert (claim.date_start.day, claim.date_end.day) == (first, last)


def test_what_only_ends_like_a_negation_denies_nothing(coder: Coder) -> None:
    assert [c.place_id for c in claims(coder, "Tərtər mütəmadi olaraq atəşə tutulur.")] == ["tartar"]


def test_a_town_that_opens_a_report_is_its_dateline(coder: Coder) -> None:
    coded = coder.code(Report("r", "Bakı. Nazir Şuşaya səfər edib.", lang="az", published=dt.date(2020, 11, 9)))
    assert coded.mentions[0].role == "dateline"


def test_a_people_may_be_the_source_and_another_side_the_deed(coder: Coder) -> None:
    text = "Ermənilərin məlumatına görə, Azərbaycan aviasiyası cümə axşamı Hadrut kəndini bombalayıb."
    assert {c.claimant for c in claims(coder, text)} == {"am_gov"}


def test_who_is_named_between_dashes_is_counted_already(coder: Coder) -> None:
    text = "Xankəndidə üç nəfər – bir qadın, qızı və qonşusu – raket zərbəsi nəticəsində ölüb."
    assert [(c.deaths_low, c.deaths_high) for c in claims(coder, text)] == [(3, 3)]


def test_a_sentence_behind_tells_where_and_when_it_was(coder: Coder) -> None:
    text = "Zəngilan istiqamətində minaya düşən maşında iki həkim ölüb. Hadisə dünən Mincivan yaxınlığında baş verib."
    (claim,) = claims(coder, text)
    assert (claim.place_id, claim.date_start.day) == ("minjivan", 21)


def test_where_somebody_goes_nobody_speaks(coder: Coder) -> None:
    report = Report("r", "Paşinyanın Moskvaya uçmasını tələb edirlər.", lang="az", published=dt.date(2020, 10, 22))
    assert [m.role for m in coder.code(report).mentions] == ["background"]
