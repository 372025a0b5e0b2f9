"""Denials: who contradicts, who is the source, and what is neither, in whole reports."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 23)  # a Friday


def told(coder: Coder, lang: str, text: str) -> list[Claim]:
    return list(coder.code(Report("x", text, lang=lang, published=DAY)).claims)


@pytest.mark.parametrize(
    ("lang", "answer"),
    [
        ("en", "Hot air, Shushan Stepanyan retorted on Facebook: the Armenian side was observing the truce."),
        ("en", "Yerevan answered that not one shot had left its guns."),
        ("en", "Armenia's defence ministry said that its forces had not fired on the town."),
        ("fr", "« Non », répond le ministère arménien de la Défense."),
        ("fr", "Erevan jure n'avoir visé aucune ville."),
        ("fr", "Élucubrations, ironise Erevan."),
    ],
)
def test_an_answer_that_contradicts_is_a_denial(coder: Coder, lang: str, answer: str) -> None:
    first = {
        "en": "Tartar was shelled on Thursday, Azerbaijan's defence ministry said. ",
        "fr": "Terter a été bombardée jeudi, affirme le ministère azerbaïdjanais de la Défense. ",
    }
    (claim,) = told(coder, lang, first[lang] + answer)
    assert (claim.place_id, claim.claimant, claim.claim_status) == ("tartar", "az_mod", "denied")


def test_no_comment_and_a_counter_accusation_are_no_denials(coder: Coder) -> None:
    text = "Stepanakert was shelled on Thursday, the Artsakh Information Center said. "
    (claim,) = told(coder, "en", text + "Baku did not respond.")
    assert claim.claim_status == "claimed"
    first, second = told(coder, "en", text + "Tartar had been shelled too, Azerbaijan's defence ministry countered.")
    assert (first.claim_status, second.claimant) == ("claimed", "az_mod")


def test_only_the_last_of_a_list_is_disputed(coder: Coder) -> None:
    text = (
        "Azerbaijani troops have taken Arayatli, Zargar and Edisha, Ilham Aliyev tweeted on Friday."
        " Artsrun Hovhannisyan disputed only the last."
    )
    assert [(c.place_id, c.claim_status) for c in told(coder, "en", text)] == [
        ("arayatli", "claimed"),
        ("zargar_fuz", "claimed"),
        ("edisha", "denied"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "claimant"),
    [
        ("en", "Shushan Stepanyan on Facebook, Thursday, 11 p.m.: the enemy is shelling Martuni.", "shushan_stepanyan"),
        ("en", "Martuni was shelled at night, it says on Shushan Stepanyan's Facebook page.", "shushan_stepanyan"),
        ("fr", "Communiqué du ministère arménien de la Défense. Martouni a été bombardée jeudi.", "am_mod"),
        (
            "fr",
            "Martouni a été bombardée jeudi, selon un bilan donné par l'ombudsman Artak Beglarian.",
            "artak_beglaryan",
        ),
        ("fr", "Martouni a été bombardée jeudi, s'indigne Artak Beglarian.", "artak_beglaryan"),
    ],
)
def test_headings_channels_and_verbs_name_the_source(coder: Coder, lang: str, text: str, claimant: str) -> None:
    (claim,) = told(coder, lang, text)
    assert (claim.place_id, claim.claimant) == ("martuni_nk", claimant)


def test_who_fired_is_not_the_source_of_the_shelling(coder: Coder) -> None:
    text = (
        "Shells hit a school in Martuni on Thursday. The army keeps its guns ready, Azerbaijan's defence ministry said."
    )
    (claim,) = told(coder, "en", text)
    assert (claim.place_id, claim.claimant) == ("martuni_nk", None)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Has Shusha fallen? Nobody can say."),
        ("en", "Neither side reported any fighting near Martuni on Thursday."),
        ("en", "Buses took the last families from Stepanakert to Goris."),
        ("en", "A mortar crew could watch both Shusha and Lachin from there."),
        ("fr", "Choucha est-elle tombée ?"),
        ("fr", "Aucun des deux camps n'a signalé de combats près de Martouni."),
        ("fr", "L'ennemi est à cinq kilomètres de Chouchi."),
        ("fr", "Paris appelle les deux camps à cesser de bombarder Stepanakert et Gandja."),
    ],
)
def test_what_only_speaks_of_an_event_is_none(coder: Coder, lang: str, text: str) -> None:
    assert told(coder, lang, text) == []


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        ("en", "Shells hit Karin Tak near Shusha on Thursday.", ["karintak"]),
        ("en", "Shells hit Ganja, Barda and Beylagan on Thursday.", ["ganja", "barda", "beylagan"]),
        ("en", "Two villages near Martuni, Karmir Shuka and Taghavard, were shelled.", ["karmir_shuka", "taghavard"]),
        ("fr", "Un obus a touché jeudi la cathédrale Ghazanchetsots de Chouchi.", ["ghazanchetsots"]),
        ("fr", "Un obus a touché jeudi Tchartar, près de Martouni.", ["chartar"]),
    ],
)
def test_a_place_that_only_locates_another_is_no_scene(coder: Coder, lang: str, text: str, places: list[str]) -> None:
    assert [c.place_id for c in told(coder, lang, text)] == places


def test_the_day_before_is_counted_from_the_day_told_of(coder: Coder) -> None:
    text = "Martouni a été bombardée mercredi. Askeran avait été bombardée la veille."
    assert [str(c.date_start) for c in told(coder, "fr", text)] == ["2020-10-21", "2020-10-20"]


def test_an_admitted_withdrawal_confirms_the_capture(coder: Coder) -> None:
    text = (
        "Azerbaijani troops took Lisagor on Thursday, Ilham Aliyev said."
        " The garrison had withdrawn at dawn, Karabakh's army said."
    )
    assert [(c.event_type, c.place_id, c.claim_status) for c in told(coder, "en", text)] == [
        ("capture", "lisagor", "confirmed"),
        ("withdrawal", "lisagor", "confirmed"),
    ]


def test_what_happens_on_another_continent_is_not_the_war(coder: Coder) -> None:
    assert told(coder, "en", "Police in Lyon reported clashes between youths on Thursday.") == []


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Բաքուն կարճ պատասխանեց. «Չենք կրակել»։", "denied"),  # a dot before a quotation is a colon
        ("Բաքվի խոսքով՝ նման հրաման ոչ ոք չի տվել։", "denied"),
        ("Բաքուն դեռ չի արձագանքել։", "claimed"),
    ],
)
def test_an_armenian_answer_goes_on_behind_the_dot(coder: Coder, answer: str, status: str) -> None:
    found = told(coder, "hy", "Պաշտպանության բանակը հայտնում է, որ երեկ հրետակոծվել է Մարտունին։ " + answer)
    assert [(c.place_id, c.claim_status) for c in found] == [("martuni_nk", status)]


@pytest.mark.parametrize(
    "text",
    [
        "Երեկ հակառակորդը Ջաբրայիլից հրետակոծել է Հադրութը։",  # from where
        "Երեկ հրետակոծվել է Ջաբրայիլի մոտ գտնվող Հադրութը։",  # near what
        "Երեկ հրետակոծվել է Հադրութը։ Արդյոք հարվածեցի՞ն նաև Ջաբրայիլին։",  # the mark stands on the word
    ],
)
def test_a_place_that_only_locates_or_is_asked_for_is_no_scene(coder: Coder, text: str) -> None:
    assert [c.place_id for c in told(coder, "hy", text)] == ["hadrut"]


def test_who_is_told_is_not_who_tells(coder: Coder) -> None:
    text = "Երեկ հրետակոծվել է Մարտունին։ Այս մասին «Արմենպրես»-ին ասել է Արտակ Բեգլարյանը։"
    assert [c.claimant for c in told(coder, "hy", text)] == ["artak_beglaryan"]


def test_verb_last_languages_tell_by_endings_and_order_who_speaks_of_what(coder: Coder) -> None:
    fired = told(coder, "az", "Kürdəmirə raket düşüb; prokurorluq raketin Ermənistan ərazisindən atıldığını bildirir.")
    assert [(c.place_id, c.claimant) for c in fired] == [("kurdamir", "az_prosecutor")]
    both = told(coder, "az", "Bakı Tərtərin, İrəvan isə Xankəndinin bu gün atəşə tutulduğunu deyir.")
    assert {(c.place_id, c.claimant) for c in both} == {("tartar", "az_gov"), ("stepanakert", "am_gov")}
    announced = told(coder, "az", "Bakıda Prezident İlham Əliyev bu gün Hadrutun alındığını elan etdi.")
    assert [c.place_id for c in announced] == ["hadrut"]
    left_open = told(coder, "az", "Gorusda karvan bombalanıb. Ermənistan MTX-nin bu məlumatını Bakı təsdiqləməyib.")
    assert [(c.place_id, c.claimant, c.claim_status) for c in left_open] == [("goris", "am_nss", "claimed")]
