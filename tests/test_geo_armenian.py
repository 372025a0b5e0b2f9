"""Armenian: what its endings and word order tell, in whole reports."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.claims import Claim
from geo.incidents import CodedReport, Coder
from geo.reports import Report

DAY = dt.date(2020, 10, 23)  # a Friday


def read(coder: Coder, text: str) -> CodedReport:
    return coder.code(Report("x", text, lang="hy", published=DAY))


def told(coder: Coder, text: str) -> list[Claim]:
    return list(read(coder, text).claims)


def test_a_capital_without_an_article_is_where_somebody_goes(coder: Coder) -> None:
    roles = {
        m.text: m.role for m in read(coder, "Երևան տանող ճանապարհը փակ է, պնդում են Բաքվում։ Մոսկվան լռում է։").mentions
    }
    assert roles == {"Երևան": "background", "Բաքվում": "metonym", "Մոսկվան": "metonym"}


def test_a_last_word_in_small_letters_has_endings_too(coder: Coder) -> None:
    (mention,) = read(coder, "Արկեր են ընկել Քարին տակի մոտ։").mentions
    assert (mention.place_id, mention.role) == ("karintak", "event")


def test_troops_leave_one_place_and_dig_in_at_another(coder: Coder) -> None:
    claims = told(coder, "Երեկ մեր ուժերը դուրս են եկել Մեծ Թաղերից և ամրացել Տումիի բարձունքներում, հայտնել է ՊԲ-ն։")
    assert [(c.place_id, c.event_type) for c in claims] == [("mets_tagher", "withdrawal")]


def test_what_a_relative_clause_parts_from_its_verb_did_not_happen(coder: Coder) -> None:
    text = "Տերտերի մոտ գերիների փոխանակումը, որ նախատեսված էր այսօր, չկայացավ։"
    assert told(coder, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Երեկ Արծվանիկում հրետակոծությունից մեկ գյուղացի է զոհվել։ Սկզբում խոսվում էր երեք զոհի մասին։",
        "Սկզբում ասում էին՝ երեք, հետո՝ երկու. երեկ Արծվանիկում հրետակոծությունից զոհվածների թիվը մեկ է։",
        "Երեկ Արծվանիկում հրետակոծությունից զոհվել է գյուղացու օգնականը։",
    ],
)
def test_only_the_last_of_several_figures_counts(coder: Coder, text: str) -> None:
    (claim,) = told(coder, text)
    assert (claim.place_id, claim.deaths_low, claim.deaths_high) == ("artsvanik", 1, 1)


def test_a_week_is_no_saturday(coder: Coder) -> None:
    (claim,) = told(coder, "Արդեն մեկ շաբաթ է՝ Թաղավարդում մարտեր են։")
    assert claim.date_end == DAY


@pytest.mark.parametrize(
    "source",
    ["Այս մանրամասները հրապարակել է Արցախի օմբուդսմենը։", "Աղբյուր՝ Արցախի օմբուդսմեն։"],
)
def test_a_source_at_the_end_is_that_of_all_before(coder: Coder, source: str) -> None:
    text = "Երեկ հրետակոծվել է Շուշին։ Մարդիկ փախել են նկուղներ։ Երեք տանիք է վնասվել։ "
    (claim,) = told(coder, text + source)
    assert claim.claimant == "artak_beglaryan"


def test_a_mayor_speaks_of_the_own_village(coder: Coder) -> None:
    (claim,) = told(coder, "Հերհեր գյուղի ղեկավարը պատմել է, որ երեկ արկի պայթյունից կին է մահացել։")
    assert (claim.place_id, claim.claimant, claim.deaths_high) == ("herher_nk", "nk_presidency", 1)


def test_the_ends_of_a_road_are_not_where_it_happened(coder: Coder) -> None:
    coded = read(coder, "Երեկ Հադրութ–Ֆիզուլի ճանապարհին մարտեր են եղել, հայտնել է ՊԲ-ն։")
    assert [m.role for m in coded.mentions] == ["background", "background"]


def test_a_figure_of_each_place_and_a_part_of_a_whole(coder: Coder) -> None:
    each = told(coder, "Երեկ հրետակոծվել են Գիշին և Սոսը, հայտնել է ԱԻՊԾ-ն։ Գյուղերում մեկական վիրավոր կա։")
    assert [(c.place_id, c.deaths_high) for c in each] == [("gishi", 0), ("sos_nk", 0)]
    (claim,) = told(coder, "Երեկ Գիշիում արկից վեց աշխարհազորայիններից երկուսը զոհվել են։")
    assert claim.deaths_high == 2


def test_our_side_records_and_a_village_may_be_called_monastery(coder: Coder) -> None:
    (claim,) = told(coder, "Մեր կողմը երեկ ժամը 15:00-ի դրությամբ արձանագրել է Վանք գյուղի հրետակոծություն։")
    assert (claim.place_id, claim.claimant) == ("vank_martakert", "am_gov")


def test_a_flag_by_its_colours_and_the_aide_of_somebody(coder: Coder) -> None:
    (claim,) = told(coder, "Միջնավանի վրա ծածանվում է եռագույնը, հայտնել է Ալիևի օգնականը։")
    assert (claim.place_id, claim.event_type, claim.claimant) == ("minjivan", "capture", "az_presidency")


def test_where_it_happened_may_be_told_behind(coder: Coder) -> None:
    text = "Անօդաչուն հարվածել է ցիստեռնին։ Միջադեպը տեղի է ունեցել երեկ Խրամորթ գյուղի մոտ։"
    (claim,) = told(coder, text)
    assert (claim.place_id, claim.event_type, claim.date_end.day) == ("khramort", "drone_strike", 22)


@pytest.mark.parametrize(
    "text",
    [
        "Երեկ հակառակորդը կորցրել է երեք տանկ Մարտակերտի մոտ։",
        "Նրա մասունքներն ամփոփվեցին Արմավիր քաղաքի պանթեոնում։",
        "Դարձյալ հանգիստ է Մարտակերտում։",
        "Արյուն հանձնեք Գորիսում, դիրքերի տեղը մի՛ գրեք։",
    ],
)
def test_what_only_sounds_like_war(coder: Coder, text: str) -> None:
    assert [c for c in told(coder, text) if c.event_type != "aircraft_shot_down"] == []


def test_of_two_names_of_a_place_the_one_where_it_happened_counts(coder: Coder) -> None:
    text = "Գիշերը Շուշիում կրակոցներ չեն լսվել, բայց ժամը վեցից հրետակոծվել է Շուշիի կենտրոնը։"
    assert [c.place_id for c in told(coder, text)] == ["shusha"]


def test_an_excuse_answers_whose_statement_is_named(coder: Coder) -> None:
    text = (
        "Երեկ Երասխի մոտ խոցվել էր ուղղաթիռ. Ռուսաստանի պաշտպանության նախարարության այս հայտարարությունից հետո"
        " Ադրբեջանը ներողություն խնդրեց։"
    )
    (claim,) = told(coder, text)
    assert (claim.claimant, claim.claim_status) == ("ru_mod", "confirmed")


def test_an_infinitive_is_no_deed(coder: Coder) -> None:
    assert told(coder, "Հակառակորդը ցանկանում է գրավել Շուշին։") == []
    assert [c.event_type for c in told(coder, "Հակառակորդը երեկ է գրավել Շուշին, ասել է ՊՆ-ն։")] == ["capture"]


def test_what_fires_is_not_what_was_shot_down(coder: Coder) -> None:
    (claim,) = told(coder, "Երեկ Շուշիի վրա խփել են ինքնաթիռից, հայտնել է ԱԻՊԾ-ն։")
    assert claim.event_type == "air_strike"


def test_one_of_those_counted_before(coder: Coder) -> None:
    text = "Երեկ Շուշիում խոցվել է մեքենա. մեջը եղել է երեք բժիշկ, մեկին փրկել չի հաջողվել։"
    (claim,) = told(coder, text)
    assert claim.deaths_high == 1


def test_the_capture_of_those_is_that_of_all_just_left(coder: Coder) -> None:
    text = "Մեր ուժերը երեկ թողել են Խաչթեք և Գետամեջ գյուղերը, ասել է ՊՆ-ն։ Ալիևը դրանց գրավման մասին հայտարարել է։"
    captured = [c.place_id for c in told(coder, text) if c.event_type == "capture"]
    assert captured == ["khandak_qub", "hamzali_qub"]


def test_a_blow_is_dealt_to_a_place_and_an_ending_is_no_abbreviation(coder: Coder) -> None:
    text = "Երեկ հակահարված է հասցվել Քյուրդլար գյուղին, զոհերի թիվը հասել է 13-ի. ադրբեջանական կողմ։"
    (claim,) = told(coder, text)
    assert (claim.place_id, claim.deaths_high) == ("kurdlar_fuz", 13)


def test_defused_mines_and_hotels_of_a_town(coder: Coder) -> None:
    coded = read(coder, "Երեկ երեք ական են վնասազերծել Լիսագորի մոտ։ Ջերմուկի հյուրանոցներում տեղ չկա։")
    assert [m.place_id for m in coded.mentions] == ["lisagor", "jermuk"]
    assert list(coded.claims) == []


def test_a_fight_is_no_march_and_a_compass_point_only_locates(coder: Coder) -> None:
    (claim,) = told(coder, "Լաչինի մոտ՝ Իշխանաձոր գյուղից հյուսիս, երեկ մարտ է տեղի ունեցել, հայտնել է ՊԲ-ն։")
    assert (claim.place_id, claim.event_type) == ("lachin", "ground_clash")


def test_debris_is_no_shelling_and_a_repelled_enemy_no_withdrawal(coder: Coder) -> None:
    text = "Երեկ Ստեփանակերտի երկնքում խոցվել է անօդաչու, հայտնել է ՊԲ-ն։ Բեկորներն ընկել են Շոշ գյուղի դաշտերում։"
    assert [(c.place_id, c.event_type) for c in told(coder, text)] == [("stepanakert", "aircraft_shot_down")]
    (claim,) = told(coder, "Երեկ Թալիշի ուղղությամբ հակառակորդը հարձակվել է ու հետ նահանջել, հայտնել է ՊԲ-ն։")
    assert claim.event_type == "ground_clash"
