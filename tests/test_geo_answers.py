"""Denials and sources over several sentences, from whole reports in Azerbaijani and Armenian."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report


def claims(coder: Coder, lang: str, text: str) -> dict[str | None, Claim]:
    """Claims of a report of 20 October by place."""
    coded = coder.code(Report("r", text, lang=lang, published=dt.date(2020, 10, 20)))
    return {c.place_id: c for c in coded.claims}


def test_a_denial_answers_the_claim_that_it_names(coder: Coder) -> None:
    told = claims(
        coder,
        "az",
        "Müdafiə Nazirliyi bildirir ki, Ağdamda dron tankı vurub, Xocavənddə isə təyyarə vurulub. "
        "Şuşan Stepanyan təyyarə söhbətini «növbəti nağıl» adlandırıb.",
    )
    assert told["agdam"].claim_status == "claimed"
    assert told["martuni_nk"].claim_status == "denied"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("az", "Ağdam atəşə tutulub, Baş Prokurorluq bildirir. İrəvan bunu nə təsdiq, nə də təkzib edir."),
        ("hy", "Ստեփանակերտը հրետակոծվել է, գրում է Վահրամ Պողոսյանը։ Բաքուն ոչ հաստատել է, ոչ էլ հերքել։"),
    ],
)
def test_who_neither_confirms_nor_denies_says_nothing(coder: Coder, lang: str, text: str) -> None:
    (claim,) = claims(coder, lang, text).values()
    assert claim.claim_status == "claimed"


def test_a_claim_behind_its_denial_is_told_once(coder: Coder) -> None:
    text = (
        "Գանձակի ուղղությամբ հրթիռ չի արձակվել, պնդում է ՀՀ ՊՆ-ն։ Ադրբեջանի դատախազությունը մեղադրում է Հայաստանին. "
        "նրա տվյալներով՝ գիշերը հրթիռ է ընկել Գյանջայի կենտրոնում, զոհվել է տասներկու մարդ։"
    )
    coded = coder.code(Report("r", text, lang="hy", published=dt.date(2020, 10, 24)))
    (claim,) = coded.claims
    assert (claim.claimant, claim.claim_status, claim.deaths_best) == ("az_prosecutor", "denied", 12)


def test_who_speaks_in_a_sentence_of_their_own_tells_what_follows(coder: Coder) -> None:
    told = claims(
        coder,
        "hy",
        "Արտակ Բեգլարյանը ճշտել է տվյալները։ Ասկերանում հրետակոծությունից զոհվել է ոչ թե երկու, այլ մեկ բնակիչ։",
    )
    assert (told["askeran"].claimant, told["askeran"].deaths_best) == ("artak_beglaryan", 1)


def test_enemy_fire_told_at_home_is_not_the_enemys_claim(coder: Coder) -> None:
    told = claims(
        coder,
        "az",
        "Ermənistan silahlı qüvvələri Tərtər şəhərini atəşə tutub. Beş nəfər ölüb, Baş Prokurorluqdan bildirilib.",
    )
    assert told["tartar"].claimant == "az_prosecutor"


@pytest.mark.parametrize(
    ("lang", "text", "status"),
    [
        ("az", "Ağdamda çoban minaya düşərək həlak olub, Baş Prokurorluq bildirir.", "confirmed"),
        ("hy", "Ասկերանում զոհվել է մեկ զինծառայող, հայտնում է ՊԲ-ն։ Հակառակորդը հրետակոծել է Ասկերանը։", "confirmed"),
        ("az", "Müdafiə Nazirliyi bildirir ki, Füzulidə döyüşdə azı yüz əsgər məhv edilib.", "claimed"),
    ],
)
def test_a_side_s_own_loss_is_undisputed(coder: Coder, lang: str, text: str, status: str) -> None:
    assert {c.claim_status for c in claims(coder, lang, text).values()} == {status}


def test_the_others_have_no_victims(coder: Coder) -> None:
    told = claims(
        coder,
        "hy",
        "Հակառակորդը հրետակոծել է Ճարտար քաղաքը, Գիշի և Սոս գյուղերը, հայտնում է Արցախի ԱԻՊԾ-ն։ "
        "Ճարտարում վիրավորվել է մեկ կին, գյուղերում տուժածներ չկան։",
    )
    assert told["gishi"].deaths_best == told["sos_nk"].deaths_best == 0
    assert told["gishi"].injured_low == 0 or told["gishi"].injured_low is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("az", "«Qarabağ» klubu Bakıda oynayıb. «Şuşanın səsi» saytı bağlanıb."),
        ("az", "Etirazçılar Bakıda parlament binasına hücum edib."),
        ("hy", "Պատերազմի սկզբից Արցախում զոհվել է 45 բնակիչ։ Ստեփանակերտում զոհվել է 13-ը։"),
        ("hy", "2016-ի ապրիլին մարտերը չորս օր տևեցին։ Թալիշը ձեռքից ձեռք անցավ։"),
        ("az", "Meyitlərin təhvil verilməsi Suqovuşanda baş tutmayıb."),
    ],
)
def test_what_is_no_incident(coder: Coder, lang: str, text: str) -> None:
    assert [c for c in claims(coder, lang, text).values() if c.scope != "cumulative_total"] == []


def test_a_dateline_that_is_no_capital_may_be_where_it_happened(coder: Coder) -> None:
    told = claims(coder, "az", "GƏNCƏ. Dünən gecə saat 2-də raket binaya dəyib, 9 nəfər həlak olub, – Baş Prokurorluq.")
    assert told["ganja"].deaths_best == 9
    assert claims(coder, "az", "BAKI. Dünən gecə saat 2-də raket binaya dəyib, – Baş Prokurorluq.").get("baku") is None
