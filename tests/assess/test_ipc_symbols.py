import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.assess.ipc import Place, Relation, Symbol, Term, listed, official, parse, places, split

KANJI = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "text",
    ["B64C39/02", "B64C 39/02", "b64c39/02", "B64C0039020000", "B64C  39/02", "Ｂ六四Ｃ三九／〇二",
     "Ｂ６４Ｃ　３９／０２", "B64C 39/020", "B64C 39/02 (2006.01)", "B64C 39/02 [2006.01] I",
     "B64C  39/02        20060101AFI20060722BHJP", " B64C39/02 "],
)  # fmt: skip
def test_every_spelling_names_the_same_symbol(text: str) -> None:
    assert parse(text) == Symbol("B64C", 39, 20_000)


@pytest.mark.parametrize(
    "text",
    ["", "64C39/02", "I01B1/00", "B6C39/02", "B64C39/2", "B64C0/00", "B64C12345/00", "B64 39/02", "B64C39/02x",
     "B64C39/1234567", "B64C٣٩/٠٢", "B64C/02", "39/02", "B64C39/02 and more"],
)  # fmt: skip
def test_what_is_no_symbol_is_not_read(text: str) -> None:
    assert parse(text) is None


def test_a_group_without_slash_is_its_main_group_and_areas_stand_alone() -> None:
    assert str(parse("F41G 7")) == "F41G 7/00"
    assert str(parse("F41")) == "F41"
    assert str(parse("F41G")) == "F41G"


def test_separators_of_any_width_and_empty_places() -> None:
    assert split("A01B 1/00;;A01B1/02 | A01B 3/00；") == ["A01B 1/00", "A01B1/02", "A01B 3/00"]
    assert split("A01B 1/00, Ｂ六四Ｃ三九／〇二、F41H 11/00") == ["A01B 1/00", "Ｂ六四Ｃ三九／〇二", "F41H 11/00"]
    assert split("A61K 31/00,601; F41H 11/00") == ["A61K 31/00,601", "F41H 11/00"], "an FI with its subdivision"


symbols = st.builds(
    lambda head, letter, main, sub: Symbol(f"{head[0]}{head[1]:02d}{letter}", main, int(sub.ljust(6, "0"))),
    st.tuples(st.sampled_from("ABCDEFGH"), st.integers(0, 99)), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    st.integers(1, 9999), st.from_regex(r"[0-9]{2,6}", fullmatch=True),
)  # fmt: skip


@given(symbols)
def test_printing_key_and_kanji_keep_the_symbol(symbol: Symbol) -> None:
    text = str(symbol)
    assert parse(text) == symbol
    assert Symbol.from_key(symbol.key) == symbol
    assert parse("".join(KANJI[int(c)] if c.isdigit() else c for c in text).replace("/", "／")) == symbol


@given(symbols, symbols)
def test_keys_sort_as_the_classification_does(a: Symbol, b: Symbol) -> None:
    assert (a < b) == (a.key < b.key)


def test_digits_behind_the_slash_are_a_decimal_fraction() -> None:
    assert sorted(map(parse, ["A01B3/43", "A01B3/426", "A01B3/42"])) == [
        parse("A01B3/42"),
        parse("A01B3/426"),
        parse("A01B3/43"),
    ]


def test_a_place_without_slash_takes_what_is_below_and_one_with_slash_only_itself() -> None:
    assert Place.of("F41").holds(Symbol("F41G", 7, 220_000))
    assert Place.of("F41G7").holds(Symbol("F41G", 7, 220_000))
    assert not Place.of("F41G7").holds(Symbol("F41G", 70))
    assert not Place.of("F41H3/00").holds(Symbol("F41H", 3, 20_000))


def test_relations_from_in_to_elsewhere() -> None:
    hull = Term(listed("B63G8", "00 04"), spared=listed("B63G8", "28"), renamed=places("B63X1/00"))
    assert hull.relation(Symbol("B63G", 8, 40_000)) is Relation.IN
    assert hull.relation(Symbol("B63G", 8, 40_000), listed=False) is Relation.UNLISTED
    assert hull.relation(Symbol("B63X", 1)) is Relation.RENAMED
    assert hull.relation(Symbol("B63G", 8, 360_000)) is Relation.NEIGHBOUR
    assert hull.relation(Symbol("B63G")) is Relation.BROADER
    assert hull.relation(Symbol("B63G", 8, 280_000)) is Relation.ELSEWHERE
    assert hull.relation(Symbol("B63G", 9)) is Relation.ELSEWHERE


def test_the_official_list_is_read_and_an_empty_one_refused() -> None:
    read = official("2026.01", ["symbol,date", "B64C0039020000,20060101", '"H10F0030200000"'])
    assert Symbol("H10F", 30, 200_000) in read
    assert Symbol("H10F") in read and Symbol("H10") in read
    assert Symbol("H10F", 30, 210_000) not in read
    with pytest.raises(ValueError, match="no IPC symbol"):
        official("x", ["nothing here"])
