"""Figures: how many people were killed or hurt, in digits and words."""

from __future__ import annotations

import pytest

from geo.figures import Figure, figures_in
from geo.sentences import read_sentences
from geo.theatre import load_theatre
from geo.tolls import toll_of
from geo.vocabulary import Vocabulary, load_vocabularies


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, Vocabulary]:
    return load_vocabularies(load_theatre("karabakh-2020"))


def figures(vocabularies: dict[str, Vocabulary], lang: str, text: str) -> list[Figure]:
    reading = read_sentences(text, vocabularies[lang])
    return [f for s in reading.sentences for f in figures_in(reading, s)]


def tolls(vocabularies: dict[str, Vocabulary], lang: str, text: str) -> tuple[object, object, object, object]:
    found = figures(vocabularies, lang, text)
    low, _, high = toll_of([f for f in found if f.kind == "dead"])
    hurt_low, _, hurt_high = toll_of([f for f in found if f.kind == "wounded"])
    return low, high, hurt_low, hurt_high


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Four people were killed and eleven wounded", (4, 4, 11, 11)),
        ("en", "The strike killed a mother and her son", (2, 2, None, None)),
        ("en", "At least 14 people died", (14, None, None, None)),
        ("en", "Two women and a reporter were wounded", (None, None, 3, 3)),
        ("en", "Four people, a child among them, were dead by evening", (4, 4, None, None)),
        ("en", "One man, 53, was killed", (1, 1, None, None)),
        ("en", "There were no casualties", (0, 0, 0, 0)),
        ("ru", "Число раненых в городе выросло с двух до девяти, погиб один человек", (1, 1, 9, 9)),
        ("ru", "Погибли трое, включая ребёнка; сегодня умерла ещё одна раненая", (4, 4, None, None)),
        ("ru", "Погибли водитель и фельдшер, врач ранен", (2, 2, 1, 1)),
        ("hy", "Զոհվել են մայր և որդի, հայրը վիրավորվել է", (2, 2, 1, 1)),
        ("ru", "Пятеро из семерых пострадавших скончались", (5, 5, None, None)),
        ("ru", "Погибло до десяти человек", (None, 10, None, None)),
        ("ru", "Сначала говорили о пяти жертвах, но штаб к вечеру подтвердил только три", (3, 3, None, None)),
        ("hy", "Մինչև տասը մարդ է զոհվել", (None, 10, None, None)),
        ("hy", "Զոհվել է պատանի, այսօր մահացել է նաև նրա ընկերը", (2, 2, None, None)),
        ("az", "Bir nəfər həlak olub, üç nəfər xəsarət alıb", (1, 1, 3, 3)),
        ("az", "Altı yaşlı uşaq ayağından yaralanıb", (None, None, 1, 1)),
        ("az", "Bir neçə nəfər həlak olub", (None, None, None, None)),
        ("hy", "Զոհվել է տեղացի հովիվը, նրա թոռը վիրավորվել է", (1, 1, 1, 1)),
        ("hy", "Զոհվել են մի կին և նրա երկու թոռները՝ ընդամենը երեք հոգի", (3, 3, None, None)),
        ("hy", "Ոչ թե երկու, այլ մեկ զոհ կա՝ վարորդը", (1, 1, None, None)),
        ("en", "Nine are dead, not seven", (9, 9, None, None)),
        ("fr", "Un homme de 53 ans est mort et deux voisins ont été blessés", (1, 1, 2, 2)),
        ("fr", "Un mort et trois blessés, et non trois morts", (1, 1, 3, 3)),
        ("fr", "Trois, puis quatorze, puis dix-neuf morts", (19, 19, None, None)),
        ("fr", "Quatre-vingts soldats ont été tués", (80, 80, None, None)),
        ("fr", "Vingt et un morts, soixante-dix blessés", (21, 21, 70, 70)),
        ("fr", "Deux personnes, et non trois, ont péri dans le bombardement", (2, 2, None, None)),
        ("fr", "Deux passants au moins ont été tués", (2, None, None, None)),
        ("fr", "Le pilote, un commandant, n'a pas survécu", (1, 1, None, None)),
        ("fr", "Deux frères, Samvel et Aram, 19 et 22 ans, sont morts", (2, 2, None, None)),
        ("fr", "Sur les sept personnes qui s'y trouvaient, deux sont mortes", (2, 2, None, None)),
        ("fr", "Le conducteur a été tué sur le coup, sa passagère est morte à l'hôpital", (2, 2, None, None)),
        ("fr", "Armen Sargsian et Sona Danielian sont morts", (2, 2, None, None)),
        ("fr", "Une boulangère a été tuée ; un premier communiqué parlait de deux morts", (1, 1, None, None)),
        ("ru", "Двое членов экипажа погибли, третий ранен", (2, 2, 1, 1)),
        ("ru", "Один убитый, двое раненых", (1, 1, 2, 2)),
        ("ru", "14 погибших, более 40 раненых", (14, 14, 40, None)),
        ("ru", "Погибших нет", (0, 0, None, None)),
        ("ru", "Никто не пострадал", (0, 0, 0, 0)),
        ("ru", "Погибли три человека, женщина и двое её внуков", (3, 3, None, None)),
        ("ru", "Погибли не менее семи человек", (7, None, None, None)),
        ("az", "Xəsarət alan yoxdur", (0, 0, 0, 0)),
        ("az", "Dörd nəfər həlak olub, on yaralı var", (4, 4, 10, 10)),
        ("az", "Ölənlərin sayı doqquza çatıb", (9, 9, None, None)),
        ("hy", "Կողմը խոսում է տասներեք զոհի մասին", (13, 13, None, None)),
        ("hy", "Մեկ բնակիչ սպանվել է, երկուսը վիրավորվել են", (1, 1, 2, 2)),
        ("hy", "Զոհվել է 21 մարդ, ոչ թե 20", (21, 21, None, None)),
    ],
)
def test_toll(vocabularies: dict[str, Vocabulary], lang: str, text: str, expected: tuple[object, ...]) -> None:
    assert tolls(vocabularies, lang, text) == expected


@pytest.mark.parametrize("written", ["5 000", "5\u202f000", "5.000"])
def test_every_separator_counts_the_same(vocabularies: dict[str, Vocabulary], written: str) -> None:
    (figure,) = figures(vocabularies, "fr", f"La guerre a fait près de {written} morts")
    assert (figure.best, figure.total) == (5000, True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Two missiles killed nobody and hit 14 houses"),
        ("en", "The wounded were taken to a hospital 40 kilometres away"),
        ("ru", "Обстрел начался в 13:00"),
        ("fr", "Trente roquettes sont tombées en deux heures"),
    ],
)
def test_what_is_no_person_is_not_counted(vocabularies: dict[str, Vocabulary], lang: str, text: str) -> None:
    assert not [f for f in figures(vocabularies, lang, text) if f.best > 0]
