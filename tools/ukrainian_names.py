"""Ukrainian names of places in Latin letters and in Russian, by rule: what agencies write when no table is at hand.

Rules know no history: a name that Russian writes from another root ("Київ", "Запоріжжя") comes out wrong and is left to
GeoNames, which has such names of towns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["kmu", "other_forms", "russian", "russian_in_latin"]

VOWELS = "аеєиіїоуюяыэёАЕЄИІЇОУЮЯЫЭЁ"
KMU_LETTERS = [
    "a",
    "b",
    "v",
    "h",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "y",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
    "",
]
RUSSIAN_LETTERS = [
    "a",
    "b",
    "v",
    "g",
    "d",
    "e",
    "zh",
    "z",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "r",
    "s",
    "t",
    "u",
    "f",
    "kh",
    "ts",
    "ch",
    "sh",
    "shch",
    "y",
    "e",
]
# Cabinet of Ministers, resolution 55 of 2010; the second form is the one at the start of a word
KMU: Mapping[str, str] = {
    **dict(zip("абвгґдежзиіклмнопрстуфхцчшщь", KMU_LETTERS, strict=True)),
    **{"'": "", "’": "", "ʼ": ""},
}  # fmt: skip
SOFT: Mapping[str, tuple[str, str]] = {
    "є": ("ie", "ye"), "ї": ("i", "yi"), "й": ("i", "y"), "ю": ("iu", "yu"), "я": ("ia", "ya"),
}  # fmt: skip
# as BGN/PCGN 1965 has it, without its marks
BGN: Mapping[str, str] = {**KMU, "є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
RUSSIAN: Mapping[str, str] = {
    **dict(zip("абвгдежзиклмнопрстуфхцчшщыэ", RUSSIAN_LETTERS, strict=True)),
    "ь": "", "ъ": "", "й": "y", "ю": "yu", "я": "ya", "ё": "yo",
}  # fmt: skip
APOSTROPHES = "'’ʼ"
# stems that Russian writes otherwise than letter by letter, the longest first where two begin alike
STEMS: tuple[tuple[str, str], ...] = (
    ("слов'ян", "славян"), ("кам'ян", "камен"), ("олександр", "александр"), ("олексі", "алексе"), ("микіл", "николь"),
    ("микол", "никол"), ("михайл", "михайл"), ("андрі", "андре"), ("сергі", "серге"), ("матві", "матве"),
    ("олен", "елен"), ("юр'", "юрь"), ("іллі", "ильи"), ("пилип", "филипп"), ("троїц", "троиц"), ("залізн", "железн"),
    ("піщан", "песчан"), ("піск", "песк"), ("світл", "светл"), ("світ", "свет"), ("біл", "бел"), ("ліс", "лес"),
    ("сір", "сер"), ("дід", "дед"), ("вільн", "вольн"), ("вільх", "ольх"), ("підгір", "подгор"), ("під", "под"),
    ("гірськ", "горск"), ("гірн", "горн"), ("гірк", "горьк"), ("хутір", "хутор"), ("верхньо", "верхне"),
    ("нижньо", "нижне"), ("середньо", "средне"), ("новосіл", "новосел"), ("вовч", "волч"), ("довг", "долг"),
    ("жовт", "желт"), ("яблун", "яблон"), ("чорн", "черн"), ("щаст", "счаст"), ("сонц", "солнц"), 
    ("криворіж", "криворож"),
    ("річ", "реч"), ("міст", "мост"), ("крим", "крым"), ("опит", "опыт"), ("рибн", "рыбн"), ("висок", "высок"),
    ("кобил", "кобыл"), ("сторож", "сторож"), ("рівн", "ровн"), ("першо", "перво"), ("перш", "перв"), ("вугле", "угле"),
    ("степанівк", "степановк"), ("ніжин", "нежин"), ("хліб", "хлеб"), ("нов", "нов"), ("березн", "березн"),
    ("комишу", "камыше"), ("спірн", "спорн"), ("кругл", "кругл"), ("зрубн", "зрубн"), ("вись", "высь"),
)  # fmt: skip
# endings of a word, tried in order
ENDINGS: tuple[tuple[str, str], ...] = (
    (r"иївка$", "иевка"), (r"([аеоую])ївка$", r"\1евка"), (r"([жчшщцйь])івка$", r"\1евка"), (r"івка$", "овка"),
    (r"івськ(?=\w)", "овск"), (r"ївськ", "евск"), (r"ївка", "евка"), (r"івц", "овц"),
    (r"([сцз])ьке$", r"\1кое"), (r"([сцз])ький$", r"\1кий"), (r"([сцз])ька$", r"\1кая"), (r"([сцз])ькі$", r"\1кие"),
    (r"(ов|ев|єв|ин|ін|їн)е$", r"\1о"), (r"([жчшщ])е$", r"\1ее"), (r"нє$", "нее"),
    (r"([бвгґдзйклмнпрстфхц])е$", r"\1ое"),
    (r"([бвгдзклмпрстх])на$", r"\1ная"), (r"([кгх])ий$", r"\1ий"), (r"ій$", "ий"), (r"ий$", "ый"), (r"ні$", "ные"),
    (r"їв$", "ев"), (r"ів$", "ов"), (r"([кгх])и$", r"\1и"), (r"и$", "ы"), (r"ці$", "цы"),
)  # fmt: skip
SOFT_SIGNS = ((re.compile("([сцз])ьк"), r"\1к"), (re.compile("ьо"), "е"), (re.compile(f"[{APOSTROPHES}]я"), "ья"))
LETTERS = str.maketrans("іїєґ", "ииег")
WORD = re.compile(rf"[\w{APOSTROPHES}]+")


def kmu(name: str) -> str:
    """A name as Ukraine's own rules of 2010 romanise it."""
    return WORD.sub(lambda m: _cased(m.group(), _kmu_word(m.group().lower())), name)


def _kmu_word(word: str) -> str:
    word = word.replace("зг", "zgh")  # so that it is not read as ж
    out = [SOFT[c][1 if at == 0 else 0] if c in SOFT else KMU.get(c, c) for at, c in enumerate(word)]
    return "".join(out)


def russian(name: str) -> str:
    """What a name is in Russian if it follows the rules."""
    words = WORD.findall(name)
    made = iter([_russian_word(word, last=at == len(words) - 1) for at, word in enumerate(words)])
    return WORD.sub(lambda _: next(made), name)


def _russian_word(word: str, *, last: bool) -> str:
    plain = re.sub(f"[{APOSTROPHES}]", "'", word.lower())
    for written, meant in STEMS:
        if plain.startswith(written) or (plain.startswith("ново") and plain[4:].startswith(written)):
            plain = plain.replace(written, meant, 1)
            break
    if not last and re.search(r"[кнлврт]а$", plain):
        plain += "я"  # an adjective before its noun: Велика Новосілка
    elif not last and len(plain) > 2 and plain.endswith("і"):
        plain = plain[:-1] + ("ие" if plain[-2] in "кгхн" else "ые")
    else:
        for pattern, meant in ENDINGS:
            plain, count = re.subn(pattern, meant, plain)
            if count and pattern.endswith("$"):
                break
    for sign, meant in SOFT_SIGNS:
        plain = sign.sub(meant, plain)
    plain = plain.replace("йо", "е").replace("'", "ъ" if "'є" in plain else "ь")
    return _cased(word, plain.translate(LETTERS))


def other_forms(uk: str, ru: str) -> list[str]:
    """Further spellings in Latin letters that are met in reports, without the one of `kmu`."""
    bgn = _spelt(uk.replace("ьо", "йо"), BGN)
    forms = [bgn, re.sub(r"yy\b", "y", bgn), re.sub(r"yi\b", "y", kmu(uk)), re.sub(r"(?<=[a-z])yi(?=v)", "i", bgn)]
    forms += [form.replace("shch", "sch").replace("Shch", "Sch") for form in (kmu(uk), bgn)]
    forms += russian_in_latin(ru)
    if re.search(r"[ое]во$", ru):  # Калинове is Калиново, but Вишневе is Вишневое
        forms += [f"{ru[:-1]}ое", *russian_in_latin(f"{ru[:-1]}ое")]
    return list(dict.fromkeys(form for form in forms if form != kmu(uk)))


def russian_in_latin(name: str) -> list[str]:
    """The spellings of a Russian name in Latin letters: "Petrovskoye", "Petrovskoe"."""
    glides = rf"(?<=[{VOWELS}ьъ])е|\bЕ"
    glided = _spelt(re.sub(glides, lambda m: "ye" if m.group() == "е" else "Ye", name), RUSSIAN)
    plain = _spelt(name, RUSSIAN)
    forms = []
    for form in (glided, plain):
        forms += [form, re.sub(r"iy\b", "y", re.sub(r"yy\b", "y", form))]
    forms.append(re.sub(r"y(?=[kts])", "i", re.sub(r"iy\b", "i", plain)))
    return list(dict.fromkeys(forms))


def _spelt(name: str, letters: Mapping[str, str]) -> str:
    return WORD.sub(lambda m: _cased(m.group(), "".join(letters.get(c, c) for c in m.group().lower())), name)


def _cased(word: str, made: str) -> str:
    return made[:1].upper() + made[1:] if word[:1].isupper() else made
