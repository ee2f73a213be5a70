"""The glossary (用語集): the field's words in both languages, with their reading in kana and the place they come from.

`find(words)` is pure and asks nobody: every piece of the words must stand in the term, its reading, its English or its
other names; terms that begin with it come first. Katakana reads as hiragana, full width as half width.
"""

import unicodedata
from functools import cache

from kaname.law.glossary import general, house, infrastructure, patents, supply, technology
from kaname.law.glossary.term import Term
from kaname.law.text import Lang

__all__ = ["KANA_ROWS", "TERMS", "Term", "alike", "find", "index", "term", "within"]

TERMS: tuple[Term, ...] = (
    *general.TERMS, *supply.TERMS, *infrastructure.TERMS, *technology.TERMS, *patents.TERMS, *house.TERMS,
)  # fmt: skip
_BY_ID = {t.id: t for t in TERMS}

# The rows of the syllabary under which Japanese indexes stand: the kana that head each, voiced ones included.
KANA_ROWS = (
    ("あ", "あいうえお"), ("か", "かきくけこがぎぐげご"), ("さ", "さしすせそざじずぜぞ"),
    ("た", "たちつてとだぢづでど"),
    ("な", "なにぬねの"), ("は", "はひふへほばびぶべぼぱぴぷぺぽ"), ("ま", "まみむめも"), ("や", "やゆよ"),
    ("ら", "らりるれろ"), ("わ", "わをん"),
)  # fmt: skip
_ROW_OF = {kana: row for row, kanas in KANA_ROWS for kana in kanas}
_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}


def term(id: str) -> Term:
    """The term of an id. Raises LookupError naming what was asked for."""
    try:
        return _BY_ID[id]
    except KeyError:
        raise LookupError(f"no term {id!r} in the glossary; expected an id such as {TERMS[0].id}") from None


def find(words: str) -> tuple[Term, ...]:
    """The terms in which every piece of the words stands, the nearest first; none for an empty text."""
    pieces = alike(words).split()
    if not pieces:
        return ()
    found = [(_rank(keys, pieces[0]), t) for t, keys in _keys() if all(any(p in k for k in keys) for p in pieces)]
    return tuple(t for _, t in sorted(found, key=lambda pair: (pair[0], pair[1].kana)))


def within(text: str) -> tuple[Term, ...]:
    """The terms whose own words stand in a text as they are written, those that stand first first."""
    places = [(at, -len(word), t) for t in TERMS for word in (t.ja, t.en) if (at := text.find(word)) >= 0]
    return tuple(dict.fromkeys(t for _, _, t in sorted(places, key=lambda p: p[:2])))


def index(lang: Lang) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """Terms under their head: the row of the syllabary in Japanese, the letter in English. No head stands empty."""
    rows: dict[str, list[Term]] = {head: [] for head, _ in KANA_ROWS} if lang == "ja" else {}
    for t in sorted(TERMS, key=lambda t: t.kana if lang == "ja" else t.en.casefold()):
        rows.setdefault(_ROW_OF[t.kana[0]] if lang == "ja" else t.en[0].upper(), []).append(t)
    return tuple((head, tuple(terms)) for head, terms in rows.items() if terms)


def alike(text: str) -> str:
    """The key under which a text is looked for: width, case, kana and spaces made alike."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA).split())


@cache
def _keys() -> tuple[tuple[Term, tuple[str, ...]], ...]:
    return tuple((t, tuple(alike(word) for word in t.names)) for t in TERMS)


def _rank(keys: tuple[str, ...], piece: str) -> int:
    """0 the word itself, 1 a word that begins so, 2 a word that holds it."""
    return 0 if piece in keys else 1 if any(k.startswith(piece) for k in keys) else 2
