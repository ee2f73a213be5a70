"""The fast engine against slow exact derivations: fractions, the fixed point by looking again at everybody."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ownership_cases import Small, controlled, exactly, inverse, networks, told

from kaname.assess.ownership import sweeps
from kaname.assess.ownership.book import Holding
from kaname.assess.ownership.exact import working
from kaname.assess.ownership.graph import Graph, control
from kaname.assess.ownership.network import Right, network
from kaname.assess.ownership.shares import UNIT, Threshold
from kaname.assess.ownership.steps import control_steps
from kaname.law import T


def net_of(edges):
    net = Small(edges)
    return net, net.matrix(), inverse(net.matrix())


@given(networks().filter(bool))
@settings(max_examples=200, deadline=None)
def test_integrated_shares_are_those_of_the_inverse(edges):
    net, _, exact = net_of(edges)
    for target in range(len(net.names)):
        expected = [float(exact[i][target] - (i == target)) for i in range(len(net.names))]
        assert net.graph.holders_of(target) == pytest.approx(expected, abs=1e-12)
    diagonal = [float(exact[i][i]) for i in range(len(net.names))]
    assert net.graph.returning(range(len(net.names))) == pytest.approx(diagonal, rel=1e-12)


@given(networks().filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_ultimate_shares_are_what_the_sources_hold(edges, data):
    net, _, exact = net_of(edges)
    mark = np.array([data.draw(st.booleans()) for _ in net.names], float)
    sources = net.graph.sources
    found = net.graph.ultimate(mark)
    together = net.graph.ultimate(np.column_stack([mark, 1 - mark]))
    for j in range(len(net.names)):
        expected = sum(float(exact[i][j]) * mark[i] for i in range(len(net.names)) if sources[i])
        assert found[j] == pytest.approx(expected, abs=1e-12)
    assert together[:, 0] == pytest.approx(found, abs=1e-15)


@given(networks().filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_whoever_is_held_to_be_an_end_is_not_looked_behind(edges, data):
    """The same as a network from which the holdings in them are taken away."""
    net = Small(edges)
    held = np.array([data.draw(st.booleans()) for _ in net.names])
    mark = np.arange(1.0, len(net.names) + 1)
    kept = ~held[net.company]
    cut = Graph.of(len(net.names), net.holder[kept], net.company[kept], net.units[kept])
    value = np.where(held | net.graph.sources, mark, 0.0)
    exact = inverse(_matrix(len(net.names), net.holder[kept], net.company[kept], net.units[kept]))
    expected = [sum(float(exact[i][j]) * value[i] for i in range(len(net.names))) for j in range(len(net.names))]
    assert net.graph.ultimate(mark, held) == pytest.approx(expected, abs=1e-11)
    assert cut.count == net.graph.count


def _matrix(size, holder, company, units):
    rows = [[Fraction(0)] * size for _ in range(size)]
    for h, c, u in zip(holder.tolist(), company.tolist(), units.tolist(), strict=True):
        rows[h][c] += Fraction(u, UNIT)
    return rows


@given(networks(whole=True).filter(bool))
@settings(max_examples=300, deadline=None)
def test_control_is_the_least_fixed_point(edges):
    net = Small(edges)
    found = net.pairs(control(len(net.names), net.holder, net.company, net.units).pairs)
    expected = {(net.names[x], net.names[y]) for x in range(len(net.names)) for y in controlled(net.matrix(), {x})}
    assert found == expected


@given(networks(whole=True).filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_those_who_act_in_concert_control_as_one(edges, data):
    net = Small(edges)
    group = data.draw(st.lists(st.integers(0, len(net.names) - 1), min_size=1, max_size=4, unique=True))
    found = control(len(net.names), net.holder, net.company, net.units, [group]).of(0)
    assert set(found.tolist()) == controlled(net.matrix(), set(group))


@given(networks(whole=True).filter(bool))
@settings(max_examples=150, deadline=None)
def test_the_steps_to_control_add_up_by_those_already_under_it(edges):
    """There are steps where there is control and nowhere else; each is over half, by votes of who is in before."""
    net = Small([e for e in edges if e[0] != e[1]])
    book = told(*(Holding(h, c, votes=exactly(u * 100 / UNIT)) for h, c, u in net.edges))
    made = network(book)
    expected = {(net.names[x], net.names[y]) for x in range(len(net.names)) for y in controlled(net.matrix(), {x})}
    for x in net.names:
        for y in net.names:
            if x == y:
                continue
            steps = control_steps(made, [book.number[x]], book.number[y])
            assert bool(steps) == ((x, y) in expected)
            inside = {book.number[x]}
            for step in steps:
                assert {who for who, _ in step.votes} <= inside
                assert 2 * step.total > UNIT
                for who, units in step.votes:
                    assert net.matrix()[net.number[book.entities[who].id]][
                        net.number[book.entities[step.company].id]
                    ] == (Fraction(units, UNIT))
                inside.add(step.company)
            assert not steps or steps[-1].company == book.number[y]


def test_half_is_no_control_unless_the_rule_says_so():
    net = Small([("a", "b", 0.5), ("c", "d", 0.5000000001)])
    arrays = len(net.names), net.holder, net.company, net.units
    assert net.pairs(control(*arrays).pairs) == {("c", "d")}
    reached = Threshold("50%", Fraction(1, 2), False, T("50%以上", "50 % or more"))
    assert net.pairs(control(*arrays, line=reached).pairs) == {("a", "b"), ("c", "d")}


@given(networks(whole=True).filter(bool))
@settings(max_examples=100, deadline=None)
def test_what_is_held_in_circles_alone_is_nobodys(edges):
    """Companies that hold each other whole: the smallest solution, which counts nothing for them, and no infinity."""
    graph = Small(edges).graph
    found = graph.ultimate(np.ones(graph.count))
    assert np.isfinite(found).all()
    assert (found <= 1 + 1e-12).all()
    for target in range(graph.count):
        assert np.isfinite(graph.holders_of(target)).all()


def test_a_ring_nearly_wholly_held_inside_loses_no_digit():
    """1 - (1 - 10^-10)^3 by subtraction would keep six digits."""
    little = 10**-10
    net = Small([("x", "a", little), ("a", "b", 1.0), ("b", "c", 1.0), ("c", "a", 1 - little)])
    assert net.graph.ultimate(np.array([n == "x" for n in net.names], float)) == pytest.approx([1, 1, 1, 1], rel=1e-15)


def test_a_large_circle_is_iterated_to_the_same_end(monkeypatch):
    size = sweeps.ITERATED + 200
    ring = [(f"c{n}", f"c{(n + 1) % size}", 0.6) for n in range(size)]
    edges = [*ring, *(("x" if n % 2 else "y", f"c{n}", 0.3) for n in range(size)), ("c5", "c900", 0.05)]
    net = Small(edges)
    assert (net.graph.ends - net.graph.begins).tolist() == [size]
    mark = np.array([name == "x" for name in net.names], float)
    dense = np.zeros((len(net.names), len(net.names)))
    dense[net.holder, net.company] = net.units / UNIT
    expected = np.linalg.solve(np.eye(len(net.names)) - dense.T, mark)
    assert net.graph.ultimate(mark) == pytest.approx(expected, abs=1e-13)
    target = net.number["c7"]
    column = np.linalg.solve(np.eye(len(net.names)) - dense, np.eye(len(net.names))[target])
    column[target] -= 1
    assert net.graph.holders_of(target) == pytest.approx(column, abs=1e-12)
    assert net.graph.returning([target, net.number["x"]]) == [None, 1.0]


@given(networks().filter(bool), st.data())
@settings(max_examples=200, deadline=None)
def test_the_working_adds_up_to_the_share(edges, data):
    """Each step is the sum of its terms, each term takes up what an earlier or simultaneous step came to."""
    net, _, exact = net_of(edges)
    book = told(*(Holding(h, c, capital=exactly(u * 100 / UNIT)) for h, c, u in net.edges))
    made = network(book, right=Right.CAPITAL)
    holder, company = (data.draw(st.sampled_from(net.names)) for _ in range(2))
    found = working(made, book.number[holder], book.number[company])
    i, j = net.number[holder], net.number[company]
    assert found.share == exact[i][j] - (i == j)
    total = {step.company: step.total for step in found.steps}
    for step in found.steps:
        assert step.total == sum(term.product for term in step.terms)
        for term in step.terms:
            own = Fraction(int(term.holder == book.number[holder]))
            assert term.through == total.get(term.holder, Fraction(0)) + own
    assert len(found.said(made)) == len(found.steps)
