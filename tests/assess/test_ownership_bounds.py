"""Thresholds are met exactly; what is missing or contradictory becomes a bound that holds for whatever is true."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ownership_cases import exactly, inverse, told

from kaname.assess.ownership import report
from kaname.assess.ownership.book import Holding, Kind
from kaname.assess.ownership.exact import meets
from kaname.assess.ownership.network import Right, network
from kaname.assess.ownership.origins import Origin, countries, origins
from kaname.assess.ownership.shares import (
    BANDS,
    CONTROL,
    HOLDER,
    UNIT,
    UNKNOWN,
    Share,
    ShareError,
    band,
    parse,
    percent,
)
from kaname.assess.ownership.target import holders

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "five", "control", "bands"),
    [
        ("4.99", False, False, 0), ("4.9999999999", False, False, 0), ("5", True, False, 0), ("5.00 %", True, False, 0),
        ("24.9999999999", True, False, 0), ("25", True, False, 1), ("33.33", True, False, 1),
        ("33.3333333333", True, False, 1), ("33.3333333334", True, False, 2), ("50", True, False, 3),
        ("50.0000000001", True, True, 3), ("１００％", True, True, 3),
    ],
)  # fmt: skip
def test_a_threshold_has_no_float_surprise(text, five, control, bands):
    share = parse(text)
    assert share.exact
    assert (HOLDER.met(share.low), CONTROL.met(share.low), band(share.low)) == (five, control, bands)


def test_what_a_share_may_look_like():
    assert parse("") == parse("不明") == UNKNOWN
    assert str(parse("25..50")) == str(parse("25-50%")) == "25..50"
    assert str(parse("0.1")) == "0.1"
    more = parse("33.33333333333333")  # more decimals than a unit holds: between two units
    assert more.high - more.low == 1
    assert more.low <= Fraction("33.33333333333333") / 100 * UNIT <= more.high


@pytest.mark.parametrize("text", ["-1", "100.0000000001", "NaN", "Infinity", "half", "1e1", "60..40", "1,5", "-5..10"])
def test_what_is_no_share(text):
    with pytest.raises(ShareError):
        parse(text)


@given(st.integers(0, 10**9))
def test_a_share_is_shown_as_it_was_written(billionths):
    assert parse(percent(billionths * 1000)).low == billionths * 1000


def test_a_crossing_is_told_in_its_direction_and_with_its_certainty():
    before, after = date(2026, 3, 31), DAY
    book = told(
        Holding("a", "x", votes=exactly("24.99"), until=before), Holding("a", "x", votes=exactly("33.34"), since=after),
        Holding("b", "x", votes=exactly(50), until=before), Holding("b", "x", votes=exactly("49.99"), since=after),
        Holding("c", "y", votes=exactly(10)), Holding("d", "y", votes=exactly(4), until=before),
        Holding("d", "y", votes=Share(4 * UNIT // 100, 6 * UNIT // 100), since=after),
    )  # fmt: skip
    found = [(r["holder"], r["line"], r["change"], r["sure"]) for r in report.changes(book, before, after)]
    assert found == [
        ("a", "25%", "rise", "yes"), ("a", "1/3", "rise", "yes"), ("b", "50%", "fall", "yes"),
        ("d", "5%", "rise", "possible"),
    ]  # fmt: skip


def test_an_integrated_share_at_a_band_is_decided_exactly():
    """0.1 x 0.9 ... adds up to a float a hair away from one quarter; as fractions it is one quarter."""
    book = told(*(Holding("g", f"h{n}", capital=exactly(70)) for n in range(5)),
                *(Holding(f"h{n}", "t", capital=exactly("7.142857142")) for n in range(5)))  # fmt: skip
    made = network(book, right=Right.CAPITAL)
    near = float(made.graph.holders_of(book.number["t"])[book.number["g"]])
    assert meets(made, book.number["g"], book.number["t"], BANDS[0], near) is False
    quarter = told(*(Holding("g", f"h{n}", capital=exactly(50)) for n in range(5)),
                   *(Holding(f"h{n}", "t", capital=exactly(10)) for n in range(5)))  # fmt: skip
    made = network(quarter, right=Right.CAPITAL)
    near = float(made.graph.holders_of(quarter.number["t"])[quarter.number["g"]])
    assert meets(made, quarter.number["g"], quarter.number["t"], BANDS[0], near - 1e-15) is True


def test_votes_and_capital_are_kept_apart():
    """A has the votes, B the capital; where a company states no votes its capital stands in, and that is said."""
    book = told(
        Holding("a", "x", votes=exactly(60), capital=exactly(10)),
        Holding("b", "x", votes=exactly(40), capital=exactly(90)),
        Holding("x", "y", capital=exactly(80)),
        a=("JP", Kind.PERSON), b=("US", Kind.PERSON),
    )  # fmt: skip
    rows = {r["company"]: r for r in report.companies(report.Day.of(book, None))}
    assert (rows["x"]["controllers"], rows["x"]["foreign_low"]) == ("a", "90")
    assert (rows["y"]["controllers"], rows["y"]["foreign_low"]) == ("a", "72")
    assert (rows["x"]["votes_from_capital"], rows["y"]["votes_from_capital"]) == ("no", "yes")
    by_votes = {r["company"]: r for r in report.companies(report.Day.of(book, None), Right.VOTES)}
    assert by_votes["x"]["foreign_low"] == "40"


def test_kinds_and_countries_add_up_with_what_is_unknown():
    book = told(
        Holding("gov", "soe", capital=exactly(100)), Holding("soe", "t", capital=exactly(30)),
        Holding("jp", "t", capital=exactly(20)), Holding("us", "t", capital=exactly("12.5")),
        Holding("who", "t", capital=exactly(10)), Holding("mof", "t", capital=exactly(5)),
        gov=("CN", Kind.STATE), soe=("CN", Kind.COMPANY), jp=("JP", Kind.PERSON), us=("US", Kind.COMPANY),
        mof=("JP", Kind.STATE),
    )  # fmt: skip
    made = network(book, right=Right.CAPITAL)
    t, found = book.number["t"], origins(made)
    assert found.low[t] == pytest.approx([0.3, 0.125, 0.25, 0.325])
    assert found.high(Origin.STATE)[t] == pytest.approx(0.625)
    low, high = found.foreign
    assert (low[t], high[t]) == pytest.approx((0.425, 0.75))
    assert countries(made)[t] == pytest.approx({"CN": 0.3, "JP": 0.25, "US": 0.125})


@st.composite
def open_networks(draw):
    """A network with open figures, and one way in which they may be true."""
    size = draw(st.integers(2, 5))
    holdings, truth = [], []
    for company in range(size):
        left = 90
        for holder in draw(st.lists(st.integers(0, size - 1), max_size=3, unique=True)):
            real = draw(st.integers(0, left))
            left -= real
            below, above = draw(st.integers(0, real)), draw(st.integers(0, 100 - real))
            share = Share((real - below) * UNIT // 100, (real + above) * UNIT // 100)
            share = draw(st.sampled_from([share, exactly(real), UNKNOWN]))
            holdings.append(Holding(f"n{holder}", f"n{company}", votes=share, capital=share))
            truth.append((f"n{holder}", f"n{company}", real))
    return holdings, truth


@given(open_networks(), st.data())
@settings(max_examples=200, deadline=None)
def test_the_bounds_hold_whatever_is_true(drawn, data):
    holdings, truth = drawn
    book = told(*holdings)
    made = network(book, right=Right.CAPITAL)
    size = len(book.entities)
    if not size:
        return
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for holder, company, real in truth:
        matrix[book.number[holder]][book.number[company]] += Fraction(real, 100)
    exact = inverse(matrix)
    one = data.draw(st.integers(0, size - 1))
    most = made.most_of(one)
    for other in range(size):
        if other != one:
            net = exact[one][other] / exact[one][one]
            least = float(made.graph.holders_of(other)[one]) / float(made.graph.returning([one])[0])
            assert least - 1e-12 <= float(net) <= most[other] + 1e-12


@given(open_networks())
@settings(max_examples=200, deadline=None)
def test_control_is_sure_or_possible_whatever_is_true(drawn):
    holdings, truth = drawn
    book = told(*holdings)
    votes = network(book)
    real = told(*(Holding(h, c, votes=exactly(r)) for h, c, r in truth))

    def pairs(found, of):
        return {(of.entities[a].id, of.entities[b].id) for a, b in zip(*(x.tolist() for x in found.pairs), strict=True)}

    actual = pairs(network(real).control(), real)
    assert pairs(votes.control(), book) <= actual <= pairs(votes.may_control(), book)


def test_the_most_is_reached_by_a_choice_that_adds_up_to_a_whole():
    """20 % open between two holders goes to the one that leads to the asked person, and no more than is left."""
    book = told(Holding("p", "h", capital=exactly(100)), Holding("h", "t", capital=Share(0, UNIT)),
                Holding("q", "t", capital=exactly(80)))  # fmt: skip
    made = network(book, right=Right.CAPITAL)
    assert made.most_of(book.number["p"])[book.number["t"]] == pytest.approx(0.2)
    rows = {r["holder"]: r for r in holders(report.Day.of(book, None), "t")}
    assert (rows["p"]["net_low"], rows["p"]["net_high"], rows["h"]["controls"]) == ("0", "20", "no")
    assert rows["q"]["controls"] == "yes"


def test_parallel_statements_are_never_added_up():
    book = told(*(Holding("a", "x", votes=share, capital=share) for share in
                  (exactly(30), exactly(30), UNKNOWN)), Holding("b", "y", votes=exactly(30)),
                Holding("b", "y", votes=exactly(40)))  # fmt: skip
    made = network(book)
    shares = {book.entities[c].id: made.share(e) for e, c in enumerate(made.company.tolist())}
    assert shares == {"x": exactly(30), "y": Share(30 * UNIT // 100, 40 * UNIT // 100)}
    assert [fault.expected.en for fault in made.faults] == ["one share a day"]


def test_more_than_a_whole_is_told_and_bounded():
    book = told(Holding("a", "x", votes=exactly(60)), Holding("b", "x", votes=exactly("40.01")))
    made = network(book)
    assert "100.01 %" in made.faults[0].found.en
    assert [made.share(e) for e in range(2)] == [Share(0, 60 * UNIT // 100), Share(0, 4001 * UNIT // 10000)]
    assert not made.control().companies.size
    assert [book.entities[n].id for n in made.may_control().pairs[0].tolist()] == ["a"]


def test_own_shares_carry_no_votes_but_count_as_capital():
    book = told(
        Holding("x", "x", votes=exactly(10), capital=exactly(10)),
        Holding("a", "x", votes=exactly(60), capital=exactly(45)),
    )
    votes, flow = network(book), network(book, right=Right.CAPITAL)
    assert len(votes.notes) == 1
    assert votes.holder.size == 1
    found = flow.graph.holders_of(book.number["x"])[book.number["a"]]
    assert found == pytest.approx(0.5)  # 0.45 of what the company does not hold of itself


def test_a_circle_without_anybody_outside_belongs_to_nobody():
    book = told(Holding("x", "y", capital=exactly(100)), Holding("y", "x", capital=exactly(100)),
                x=("JP", Kind.COMPANY), y=("JP", Kind.COMPANY))  # fmt: skip
    made = network(book, right=Right.CAPITAL)
    assert "hold each other whole" in made.notes[0].found.en
    assert origins(made).low[:, Origin.UNKNOWN].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2025, 12, 31), 1), (DAY, 1), (date(2026, 4, 2), 0), (date(2025, 3, 31), 0)]
)
def test_a_holding_counts_on_both_its_first_and_its_last_day(day, expected):
    book = told(Holding("a", "x", votes=exactly(51), since=date(2025, 4, 1), until=DAY))
    assert network(book, day).holder.size == expected


def test_a_group_in_concert_is_named_where_no_member_controls_alone():
    book = told(Holding("a", "x", votes=exactly(30), group="sisters"),
                Holding("b", "x", votes=exactly(25), group="sisters"),
                Holding("x", "y", votes=exactly(60)))  # fmt: skip
    rows = {r["company"]: r["controllers"] for r in report.companies(report.Day.of(book, DAY))}
    assert rows == {"x": "concert:sisters", "y": "concert:sisters"}
    told_of = {r["holder"]: r["controls"] for r in holders(report.Day.of(book, DAY), "y")}
    assert told_of == {"x": "yes", "a": "concert:sisters", "b": "concert:sisters"}
    votes = network(book, DAY)
    assert np.array_equal(votes.control(votes.groups()).of(0), [book.number["x"], book.number["y"]])
