"""Other scripts in Latin letters, as far as rules go: kana, Hangul, Cyrillic, Greek; the consonants of Arabic names.

Kanji and Hanzi have no rule: their reading must be given (a name in kana or Latin letters beside them).
"""

import re
from enum import StrEnum
from functools import cache
from unicodedata import normalize


class Script(StrEnum):
    """The script of a word of `letters.words`; OTHER has no rule here."""

    LATIN = "latin"
    KANA = "kana"
    HANGUL = "hangul"
    CYRILLIC = "cyrillic"
    GREEK = "greek"
    ARABIC = "arabic"
    OTHER = "other"


_RANGES = (
    ("a", "z", Script.LATIN), ("0", "9", Script.LATIN), ("ァ", "ヺ", Script.KANA), ("가", "힣", Script.HANGUL),
    ("Ѐ", "ӿ", Script.CYRILLIC), ("Ͱ", "Ͽ", Script.GREEK), ("ؠ", "ي", Script.ARABIC), ("ٮ", "ۓ", Script.ARABIC),
)  # fmt: skip


@cache
def script(letter: str) -> Script:
    return next((found for low, high, found in _RANGES if low <= letter <= high), Script.OTHER)


_SYLLABLES = (
    "アa イi ウu エe オo カka キki クku ケke コko サsa シshi スsu セse ソso タta チchi ツtsu テte トto"
    " ナna ニni ヌnu ネne ノno ハha ヒhi フfu ヘhe ホho マma ミmi ムmu メme モmo ヤya ユyu ヨyo"
    " ラra リri ルru レre ロro ワwa ンn ガga ギgi グgu ゲge ゴgo ザza ジji ズzu ゼze ゾzo ダda デde ドdo"
    " バba ビbi ブbu ベbe ボbo パpa ピpi プpu ペpe ポpo"
)
_KANA_LATIN = {each[0]: each[1:] for each in _SYLLABLES.split()}
_YOON = re.compile("([キシチニヒミリギジビピ])([ヤユヨ])")
_SMALL_YOON = re.compile("([キシチニヒミリギジビピ])([ャュョ])")
_LARGE = str.maketrans("ャュョ", "ヤユヨ")
_PALATAL = {"シ": "sh", "チ": "ch", "ジ": "j"}


def romanised(word: str, apart: frozenset[str] = frozenset()) -> str | None:
    """A word in Latin letters by rule, or None where a letter has none. Kana: Hepburn, long vowels not written.
    `apart`: pairs of kana that are two syllables."""
    out, arabic = [], False
    if all(script(c) in (Script.KANA, Script.LATIN) for c in word):
        return _hepburn(word, apart)
    for c in word:
        found = script(c)
        if found is Script.HANGUL:
            out.append(_hangul(c))
        elif found in (Script.CYRILLIC, Script.GREEK):
            out.append(_LETTERS.get(c, ""))
        elif found is Script.LATIN:
            out.append(c)
        else:
            arabic = True
    return None if arabic else "".join(out)


def apart(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """The pairs such as ミヤ in words that a text may mean as two syllables (Miya): those that it nowhere writes with a
    small kana."""
    pairs = {pair[0] for word in words for pair in _YOON.finditer(word)}
    if not pairs:
        return frozenset()
    katakana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in normalize("NFKC", text))
    return frozenset(pairs - {pair[0].translate(_LARGE) for pair in _SMALL_YOON.finditer(katakana)})


def _hepburn(word: str, apart: frozenset[str]) -> str:
    """Small kana were made large in `letters`, so シヤ is read sha, the commoner reading in names, unless `apart`."""

    def joined(pair: re.Match[str]) -> str:
        first, second = pair.groups()
        if pair[0] in apart:
            return _KANA_LATIN[first] + _KANA_LATIN[second]
        head = _PALATAL.get(first, _KANA_LATIN[first][0] + "y")
        return head + _KANA_LATIN[second][1]

    text = "".join(_KANA_LATIN.get(c, c) for c in _YOON.sub(joined, word))
    text = re.sub("n(?=[bmp])", "m", text)
    return re.sub("ou|oo", "o", text).replace("uu", "u")


_INITIAL = "g|kk|n|d|tt|r|m|b|pp|s|ss||j|jj|ch|k|t|p|h".split("|")  # noqa: SIM905
_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905
_FINAL = "|k|k|k|n|n|n|t|l|k|m|l|l|l|p|l|m|p|p|t|t|ng|t|t|k|t|p|t".split("|")  # noqa: SIM905


def _hangul(syllable: str) -> str:
    """Revised Romanisation, syllable by syllable."""
    number = ord(syllable) - 0xAC00
    return _INITIAL[number // 588] + _VOWEL[number % 588 // 28] + _FINAL[number % 28]


_ALPHABETS = (
    "аa бb вv гg дd еe ёe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya"
    " іi їyi єye ґg ўu ђdj јj љlj њnj ћc џdz ѓg ќk ѕdz"
    " αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs τt υy φf χch ψps ωo ςs"
)
_LETTERS = {each[0]: each[1:] for each in _ALPHABETS.split()}
_LOOKALIKE = str.maketrans("аеорсухкмтвнієїѕјԁαορνικτ", "aeopcyxkmtbhieisjdaopvikt")


def lookalike(word: str) -> str | None:
    """A word of Latin and Cyrillic or Greek letters mixed, with the Latin letters that look the same; else None."""
    found = {script(c) for c in word}
    mixed = Script.LATIN in found and found & {Script.CYRILLIC, Script.GREEK}
    return word.translate(_LOOKALIKE) if mixed and any(c.isalpha() and c.isascii() for c in word) else None


_ARABIC = "بb تt ثt جj حh خk دd ذd رr زz سs شs صs ضd طt ظz غg فf قk كk لl مm نn هh پb چs ژz گg"
_CONSONANTS = {each[0]: each[1:] for each in _ARABIC.split()}
_DIGRAPHS = (("kh", "k"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("zh", "z"))
_LATIN_CONSONANTS = str.maketrans("qcxpv", "kksbf", "aeiouyw")


def skeleton(word: str) -> str:
    """The consonants of an Arabic or Latin word in one alphabet, without the article; vowels are seldom written."""
    if any(script(c) is Script.ARABIC for c in word):
        word = word.removeprefix("ال") if len(word) > 4 else word
        text = "".join(_CONSONANTS.get(c, "") for c in word)
    else:
        if word in ("al", "el", "ul", "ad", "as", "ar"):
            return ""
        for pair, one in _DIGRAPHS:
            word = word.replace(pair, one)
        text = word.translate(_LATIN_CONSONANTS)
    return re.sub(r"(.)\1+", r"\1", text.removesuffix("h") if len(text) > 2 else text)
