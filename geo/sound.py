"""Sound keys: one key for the spellings of a name in Latin, Cyrillic and Armenian letters.

Khojavend, Khodjavend, Xocavənd, Ходжавенд and Խոջավենդ share one key. A key keeps the consonants in coarse classes and
where vowels stand, not which; so it is used only for names that no other way finds, and only near the theatre.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["skeleton", "sound_key", "sounds_of"]

MIN_LETTERS = 5
MIN_CONSONANTS = 3

# Letters to sounds: K (k, g, q, gh), H (h, kh), J (j, ch), X (sh, zh), S (s, z, ts), T, P, V, L, M, N, R; A any vowel.
CYRILLIC = ("абвгґдеёжзийклмнопрстуфхцчшщыэюяіїє", "APVKKTAAXSAAKLMNAPRSTAVHSJXXAAAAAAA")
ARMENIAN = ("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցփքօֆ", "APKTASAATXALHSKHSKJMANXAJPJRSVTRSPKAV")
LATIN = ("abdefghiklmnopqrstuvwyz", "APTAVKHAKLMNAPKRSTAVVAS")
BY_LETTER: Mapping[int, int] = str.maketrans(CYRILLIC[0] + ARMENIAN[0] + LATIN[0], CYRILLIC[1] + ARMENIAN[1] + LATIN[1])
SPELLINGS = (("дж", "J"), ("дз", "S"), ("тс", "S"), ("ու", "A"), ("եվ", "AV"), ("և", "AV"), ("եւ", "AV"), ("ւ", "V"))
TURKIC = (("ç", "J"), ("c", "J"), ("ş", "X"), ("x", "H"), ("q", "K"), ("ğ", "K"), ("j", "X"), ("y", "A"))
FRENCH = (("tch", "J"), ("dj", "J"), ("kh", "H"), ("gh", "K"), ("sh", "X"), ("ch", "X"), ("qu", "K"), ("gu", "K"))
FRENCH_ENDS = (("ou", "A"), ("ph", "V"), ("ts", "S"), ("tz", "S"), ("j", "X"), ("ce", "SA"), ("ci", "SA"), ("c", "K"))
ENGLISH = (("tch", "J"), ("dzh", "J"), ("dj", "J"), ("kh", "H"), ("gh", "K"), ("sh", "X"), ("zh", "X"), ("ch", "J"))
ENGLISH_ENDS = (("ph", "V"), ("ts", "S"), ("tz", "S"), ("j", "J"), ("x", "H"), ("c", "K"))
# Arabic writes few vowels: its words are compared by consonants alone, with f for v and b for p.
ARABIC = ("بتثجحخدذرزسشصضطظغفقكلمنهپچژگ", "PTSJHHTSRSSXSTTSKVKKLMNHPJXK")
BY_ARABIC: Mapping[int, int] = str.maketrans(*ARABIC)
# … and foreign names, whose vowels are all written ("مارادي"), also as they stand.
WRITTEN_VOWELS = "اويىآأإة"
BY_VOWELLED: Mapping[int, int] = str.maketrans(ARABIC[0] + WRITTEN_VOWELS, ARABIC[1] + "A" * len(WRITTEN_VOWELS))
ARABIC_PAIRS = (("تز", "ز"), ("تس", "س"), ("تش", "چ"), ("دج", "ج"))
REPEATS = re.compile(r"(.)\1+")


def sound_key(name: str, lang: str) -> str:
    """The sound key of a name as a language writes it; "" where the name is too short to be told by sound."""
    if lang == "ar":
        for written, sound in ARABIC_PAIRS:
            name = name.replace(written, sound)
        key = REPEATS.sub(r"\1", "".join(c for c in name if c in ARABIC[0]).translate(BY_ARABIC))
        return key if len(key) > MIN_CONSONANTS else ""
    plain = "".join(c for c in name.lower().replace("ı", "i").replace("ə", "a") if c.isalpha() or c == "\u0307")
    if len(plain) < MIN_LETTERS:
        return ""
    spellings = (*FRENCH, *FRENCH_ENDS) if lang == "fr" else (*ENGLISH, *ENGLISH_ENDS)
    for written, sound in (*SPELLINGS, *(TURKIC if lang in ("az", "tr") else ()), *spellings):
        plain = plain.replace(written, sound)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    key = REPEATS.sub(r"\1", bare.translate(BY_LETTER))
    if not key.isascii() or not key.isupper() or sum(c != "A" for c in key) < MIN_CONSONANTS:
        return ""
    return key


def sounds_of(name: str, lang: str) -> set[str]:
    """The sound keys under which a name of a text is looked up: in Arabic also the one with the vowels that it has."""
    keys = {sound_key(name, lang)}
    if lang == "ar":
        for written, sound in ARABIC_PAIRS:
            name = name.replace(written, sound)
        key = REPEATS.sub(r"\1", "".join(c for c in name if c in ARABIC[0] + WRITTEN_VOWELS).translate(BY_VOWELLED))
        if len(key) >= MIN_LETTERS and sum(c != "A" for c in key) >= MIN_CONSONANTS:
            keys.add(key)
    return keys - {""}


def skeleton(key: str) -> str:
    """The consonants of a sound key, as an Arabic spelling shows them."""
    return REPEATS.sub(r"\1", key.replace("A", ""))
