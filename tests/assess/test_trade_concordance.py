"""Codes of one revision of the HS brought into another: weights, even splits, ways back and ways on, refusals."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.concordance import Concordance, read_concordance
from kaname.assess.trade.notes import Rule
from kaname.assess.trade.page import Page
from kaname.assess.trade.products import bundle
from kaname.assess.trade.reading import open_flows
from kaname.files.problems import BadInput

HEAD = "from_revision,from_code,to_revision,to_code,weight\n"
TRADE = "refYear,reporterISO,partnerISO,flowCode,cmdCode,classificationCode,primaryValue,netWgt\n"
# Heading 854140 of HS 2017 became four codes in HS 2022; the weights are made up.
SPLIT = "H5,854140,H6,854141,0.25\nH5,854140,H6,854142,0.5\nH5,854140,H6,854149,0.25\nH5,854150,H6,854159,\n"


def table(tmp_path, text, name="hs.csv"):
    place = tmp_path / name
    place.write_text(text, "utf-8")
    return str(place)


def page(tmp_path, concordance, product, *rows, years=(2020,), revision=""):
    place, wanted = table(tmp_path, TRADE + "".join(f"{row}\n" for row in rows), "trade.csv"), bundle([product])
    with open_flows(place, wanted, concordance=concordance, revision=revision) as (flows, _):
        made = Page(flows, wanted, Asked("JPN", years, draws=10))
    return made, {(f.measure, f.year, f.partner): f.value for f in made.figures}


def test_weights_say_how_much_goes_where(tmp_path):
    made = read_concordance(table(tmp_path, HEAD + SPLIT))
    assert made.faults == []
    assert made.of("854140", "H5", "H6").parts == (
        ("854141", Fraction(1, 4)), ("854142", Fraction(1, 2)), ("854149", Fraction(1, 4)),
    )  # fmt: skip
    rows = ("2020,JPN,CHN,M,854140,H5,100,", "2020,JPN,KOR,M,854142,H6,50,")
    shown, found = page(tmp_path, made, "H6:854142", *rows[:1])
    assert found["imports", 2020, ""] == 50
    assert Rule.CONVERTED in shown.notes
    shown, found = page(tmp_path, made, "8541", *rows[:1])
    assert found["imports", 2020, ""] == 100  # all four stay under the heading


def test_without_weights_a_split_is_even_and_told(tmp_path):
    made = read_concordance(table(tmp_path, "HS 2017,HS 2022\n854140,854141\n854140,854142\n854140,854149\n"))
    shown, found = page(tmp_path, made, "854142", "2020,JPN,CHN,M,854140,H5,90,", "2020,JPN,KOR,M,854150,H5,7,")
    assert found["imports", 2020, ""] == pytest.approx(30)
    note = next(note for note in shown.notes if note.rule is Rule.EVENLY)
    assert (note.records, note.found) == ([1], ["H5:854140"])


def test_a_table_leads_back_and_on(tmp_path):
    steps = "H4,111111,H5,222222,\nH4,111112,H5,222222,\nH5,222222,H6,333333,\n"
    made = read_concordance(table(tmp_path, HEAD + steps))
    assert made.of("111111", "H4", "H6").parts == (("333333", Fraction(1)),)
    back = made.of("333333", "H6", "H4")
    assert back.parts == (("111111", Fraction(1, 2)), ("111112", Fraction(1, 2)))
    assert Rule.EVENLY in back.rules
    assert made.of("999999", "H4", "H6").parts == (("999999", Fraction(1)),)
    assert Rule.UNLISTED in made.of("999999", "H4", "H6").rules
    assert made.newest == "H6"


def test_rows_without_a_way_are_left_out_and_told(tmp_path):
    made = read_concordance(table(tmp_path, HEAD + SPLIT))
    shown, found = page(tmp_path, made, "H6:854142", "2020,JPN,CHN,M,854142,H2,100,", "2020,JPN,KOR,M,854142,H6,50,")
    assert found["imports", 2020, ""] == 50
    note = next(note for note in shown.notes if note.rule is Rule.NO_WAY)
    assert note.found == ["H2:854142"]


def test_a_heading_that_lost_codes_has_no_way(tmp_path):
    out = HEAD + "H5,854140,H6,854141,\nH5,854150,H6,852411,\n"
    made = read_concordance(table(tmp_path, out))
    assert made.of("8541", "H5", "H6").parts == ()
    assert made.of("8542", "H5", "H6").parts == (("8542", Fraction(1)),)


def test_a_reporter_counts_once_under_two_revisions(tmp_path):
    made = read_concordance(table(tmp_path, HEAD + SPLIT))
    rows = ("2020,JPN,CHN,M,854140,H5,100,", "2020,JPN,CHN,M,854142,H6,60,", "2020,USA,CHN,M,854140,H5,10,",
            "2021,JPN,CHN,M,854140,H5,40,")  # fmt: skip
    shown, found = page(tmp_path, made, "854142", *rows, years=(2020, 2021))
    assert found["imports", 2020, ""] == 60
    assert found["imports", 2021, ""] == 20
    assert Rule.REVISIONS in shown.notes
    assert Rule.ACROSS not in shown.notes


def test_without_a_concordance_each_reporter_keeps_its_own_revision(tmp_path):
    rows = ("2020,JPN,CHN,M,850760,H5,100,", "2020,USA,CHN,M,850760,H6,10,", "2020,CHN,USA,X,850760,H6,10,")
    shown, found = page(tmp_path, None, "850760", *rows)
    assert found["imports", 2020, ""] == 100
    assert Rule.ACROSS in shown.notes
    assert Rule.REVISIONS not in shown.notes
    shown, found = page(tmp_path, None, "H6:850760", *rows)
    assert found["imports", 2020, ""] == 100
    note = next(note for note in shown.notes if note.rule is Rule.READ_AS)
    assert (note.rows, note.found) == (1, ["H6 -> H5"])
    shown, found = page(tmp_path, None, "H5:850760,H6:850760", *rows)  # two parts, each with its rows
    assert found["imports", 2020, ""] == 100


def test_rows_that_state_no_revision_have_that_of_the_file(tmp_path):
    made = read_concordance(table(tmp_path, HEAD + SPLIT))
    _, found = page(tmp_path, made, "854142", "2020,JPN,CHN,M,854140,,100,", revision="H5")
    assert found["imports", 2020, ""] == 50


def test_weights_that_do_not_add_up(tmp_path):
    bad = HEAD + "H5,111111,H6,111111,0.7\nH5,111111,H6,111112,0.7\nH5,222222,H6,222221,0.5\nH5,222222,H6,222222,\n"
    bad += "H5,333333,H6,333333,0.4\nH5,44,H6,444444,\nH9x,555555,H6,555555,\nH5,666666,H6,666666,-1\n"
    made = read_concordance(table(tmp_path, bad))
    assert [(line, fault.field) for line, fault in made.faults] == [
        (2, "weight"), (4, "weight"), (7, "from_code"), (8, "from_revision"), (9, "weight"),
    ]  # fmt: skip
    assert made.of("111111", "H5", "H6").parts == (("111111", Fraction(1, 2)), ("111112", Fraction(1, 2)))
    assert Rule.PARTLY in made.of("333333", "H5", "H6").rules


@pytest.mark.parametrize("text", ["a,b\n1,2\n", HEAD, "HS 2022\n854140\n"])
def test_what_is_no_concordance_is_refused(tmp_path, text):
    with pytest.raises(BadInput, match="expected"):
        read_concordance(table(tmp_path, text))


codes = st.integers(0, 9).map(lambda n: f"{n:06d}")


@given(st.dictionaries(codes, st.lists(codes, min_size=1, max_size=4, unique=True)), codes)
def test_nothing_is_lost_or_made_on_an_even_way(successors, code):
    made = Concordance("", {("H5", "H6"): {}})
    for one, to in successors.items():
        made.steps["H5", "H6"][one] = tuple((two, Fraction(1, len(to))) for two in to)
    assert sum(weight for _, weight in made.of(code, "H5", "H6").parts) == 1
