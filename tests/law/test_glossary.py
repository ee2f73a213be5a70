"""Every word of the glossary has a reading, a meaning in both languages and a place it comes from; all are found."""

import re

import pytest

from kaname.law import Provision, article, glossary
from kaname.law.laws import ESPA

HIRAGANA = re.compile(r"[ぁ-ゖー]+")


def test_ids_and_words_are_there_once():
    for name in ("id", "ja", "en"):
        said = [getattr(t, name) for t in glossary.TERMS]
        assert len(said) == len(set(said)), [s for s in said if said.count(s) > 1]


@pytest.mark.parametrize("term", glossary.TERMS, ids=lambda t: t.id)
def test_a_term_is_whole(term):
    assert HIRAGANA.fullmatch(term.kana), term.kana
    assert re.search("[ぁ-ゖ]", term.means.ja) and term.means.en.isascii()
    assert bool(term.basis) != bool(term.source), "a provision, or where else it comes from"
    for place in term.basis:
        if isinstance(place, Provision) and place.law == ESPA:
            assert article(place)
    for near in term.see:
        assert glossary.term(near) is not term
    assert max(len(s) for s in re.split("(?<=。)", term.means.ja)) <= 80


@pytest.mark.parametrize("typed", ["保全指定", "ほぜんしてい", "ホゼンシテイ", "ﾎｾﾞﾝｼﾃｲ", "Security  Designation"])
def test_the_word_itself_comes_first_however_it_is_typed(typed):
    assert glossary.find(typed)[0].id == "security-designation"


def test_every_piece_must_stand_somewhere_and_one_character_is_enough():
    assert {t.id for t in glossary.find("指定 解除")} == {"designation-lifting", "designation-lifted"}
    assert all("禁" in "".join(t.names) for t in glossary.find("禁")) and glossary.find("禁")
    assert glossary.find("") == glossary.find("  ") == glossary.find("nothing of the kind") == ()


def test_every_term_is_found_by_each_of_its_names():
    for term in glossary.TERMS:
        for name in term.names:
            assert term in glossary.find(name), (term.id, name)


def test_the_index_holds_every_term_once_under_its_row_or_letter():
    for lang in ("ja", "en"):
        rows = glossary.index(lang)
        assert sorted(t.id for _, terms in rows for t in terms) == sorted(t.id for t in glossary.TERMS)
    assert dict(glossary.index("ja"))["は"][0].kana[0] in "はば"
    assert [head for head, _ in glossary.index("en")] == sorted({t.en[0].upper() for t in glossary.TERMS})


def test_an_unknown_term_is_named():
    with pytest.raises(LookupError, match="no term 'nothing'"):
        glossary.term("nothing")
