"""What must hold for systemic risk whatever the network, and what scenarios and counter-measures do to it."""

import csv
import gzip

import network_oracle as oracle
import numpy as np
import pytest
from ownership_cases import shared
from test_network_risk import made_up, network_of

from kaname.assess.network.measures import Kind, Measure, with_measures, worth
from kaname.assess.network.net import Network, NetworkError, by_name
from kaname.assess.network.paths import path_of_loss
from kaname.assess.network.risk import Settings, systemic_risk
from kaname.assess.network.scenario import Import, Scenario, imports_cut, industry, region

SEEDS = range(10)


def scores(network, **settings):
    return systemic_risk(network, settings=Settings(**settings))


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_order_of_firms_do_not_matter(seed):
    w, p, essential, rng = made_up(seed, 20)
    mixed = rng.permutation(20)
    one = scores(network_of(w, p, essential))
    other = scores(network_of(w[np.ix_(mixed, mixed)], p[mixed], essential))
    np.testing.assert_allclose(other.total, one.total[mixed], 0, 1e-12)
    assert other.iterations.tolist() == one.iterations[mixed].tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_unit_of_money_does_not_matter(seed):
    w, p, essential, _ = made_up(seed, 20)
    for unit in (1e-6, 150.0):
        one, other = scores(network_of(w, p, essential)), scores(network_of(w * unit, p, essential))
        np.testing.assert_allclose(other.total, one.total, 0, 1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_larger_shock_and_a_finer_stop_never_lose_less(seed):
    w, p, essential, rng = made_up(seed, 20)
    network = network_of(w, p, essential)
    hit = rng.choice(20, 4, replace=False).tolist()
    steps = [Scenario.of(str(x), hit, x) for x in (0.1, 0.5, 1.0)] + [Scenario.of("more", range(20))]
    found = systemic_risk(network, steps, Settings(eps=1e-9))
    assert (np.diff(found.total) >= -1e-9).all()
    coarse, fine = (systemic_risk(network, steps, Settings(eps=eps)) for eps in (0.1, 1e-6))
    assert (fine.total >= coarse.total - 1e-12).all()
    assert (fine.iterations >= coarse.iterations).all()
    assert (found.total >= np.maximum(found.down, found.up) - 1e-12).all()
    assert (found.total <= found.down + found.up + 1e-12).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_firm_split_in_two_that_fail_together_is_the_same_firm(seed):
    w, p, essential, _ = made_up(seed, 12)
    np.fill_diagonal(w, 0)
    halves = np.block([[w, w[:, :1] / 2], [w[:1] / 2, np.zeros((1, 1))]])
    halves[:12, 0], halves[0, :12] = w[:, 0] / 2, w[0] / 2
    one = systemic_risk(network_of(w, p, essential), [Scenario.of("0", [0])], Settings(market=False), states=True)
    two = systemic_risk(
        network_of(halves, np.append(p, p[0]), essential), [Scenario.of("0", [0, 12])], Settings(market=False),
        states=True,
    )  # fmt: skip
    np.testing.assert_allclose(two.kept_down[0, :12], one.kept_down[0], 0, 1e-12)
    np.testing.assert_allclose(two.kept_up[0, :12], one.kept_up[0], 0, 1e-12)
    np.testing.assert_allclose(two.total, one.total, 0, 1e-12)


def test_parts_that_do_not_trade_and_idle_firms_are_left_alone():
    w = np.zeros((6, 6))
    w[0, 1], w[2, 3] = 5.0, 7.0
    found = systemic_risk(network_of(w, [0, 1, 0, 1, 0, 2], np.full((3, 3), 2)), settings=Settings(market=False))
    np.testing.assert_allclose(found.total, [5 / 12, 5 / 12, 7 / 12, 7 / 12, 0, 0])
    nobody = systemic_risk(Network.of([], [], [], [0, 0]))
    assert nobody.total.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("market", (False, True))
def test_the_published_example_network_with_the_published_survey(market):
    data = shared("data", "supply_network", "esri")
    with gzip.open(data / "example_net_erdos_renyi_101.csv.gz", "rt") as file:
        w = np.array([[float(x) for x in row] for row in list(csv.reader(file))[1:]])
    with (data / "industry_vector.csv").open() as file:
        p = np.array([int(row["industry_id"]) - 1 for row in csv.DictReader(file)])
    with gzip.open(data / "essentiality_nace2_expert_survey.csv.gz", "rt") as file:
        survey = np.array([[int(x) for x in row[1:]] for row in list(csv.reader(file))[1:]])
    found = scores(network_of(w, p, survey[:5, :5]), market=market)
    whole = scores(network_of(w, p, survey), market=market)
    assert whole.total.tobytes() == found.total.tobytes()
    for k in range(len(w)):
        psi = np.ones(len(w))
        psi[k] = 0
        total, down, up, steps, _, _ = oracle.cascade(w, p, survey[:5, :5], psi, market=p if market else None)
        assert found.iterations[k] == steps
        np.testing.assert_allclose([found.total[k], found.down[k], found.up[k]], [total, down, up], 0, 1e-12)


CHAIN = Network.of(
    [0, 1, 2, 3], [1, 2, 4, 2], [10, 20, 50, 20], [0, 1, 2, 1, 3], names=("mine", "smelter", "works", "rival", "shop"),
    industries=("ore", "metal", "goods", "trade"), region=[0, 0, 1, 1, 1], regions=("north", "south"),
    revenue=[10, 20, 50, 40, 60],
)  # fmt: skip


def test_scenarios_strike_whom_they_name():
    assert industry(CHAIN, "metal", 0.5).firms.tolist() == [1, 3]
    assert region(CHAIN, "north").firms.tolist() == [0, 1]
    rows = [
        Import("XE", "salt", 0.8, industry="metal"),
        Import("XE", "oil", 0.5, firm="works", essential=False, weight=0.2),
        Import("XF", "salt", 0.2, industry="metal"),
    ]
    found = imports_cut(CHAIN, rows, "XE", 0.5)
    assert found.firms.tolist() == [1, 2, 3]
    np.testing.assert_allclose(found.loss, [0.4, 0.05, 0.4])
    for wrong in (
        lambda: industry(CHAIN, "milk"),
        lambda: region(CHAIN, "moon"),
        lambda: CHAIN.numbers(["mine", "x", "y"]),
        lambda: imports_cut(CHAIN, [Import("XE", "salt", 0.8, firm="nobody")], "XE", 1.0),
    ):
        with pytest.raises(NetworkError):
            wrong()


@pytest.mark.parametrize(
    ("measure", "outage"),
    [
        (Measure(Kind.STOCK, "smelter", 30, "ore"), 60),
        (Measure(Kind.CAPACITY, "rival", 1.0), None),
        (Measure(Kind.SECOND_SOURCE, "works", 0.5, "smelter", "rival"), None),
        (Measure(Kind.SECOND_SOURCE, "works", 0.5, "smelter"), None),
    ],
)
def test_each_measure_is_worth_something_where_it_bears_and_never_harms_there(measure, outage):
    shock = [Scenario.of("mine", [0])]
    found = worth(CHAIN, shock, [measure], Settings(), outage)
    assert found.after.down[0] < found.before.down[0]
    assert CHAIN.weight.sum() == pytest.approx(with_measures(CHAIN, [measure], outage).weight.sum())


def test_a_stock_for_the_whole_outage_keeps_the_loss_away():
    found = worth(CHAIN, [Scenario.of("mine", [0])], [Measure(Kind.STOCK, "smelter", 60, "mine")], outage=60)
    assert found.after.down[0] == pytest.approx(0.1)  # the mine's own tenth of all sales


def test_stocks_do_not_add_up_and_bridge_what_a_second_source_brings_too():
    shock = [Scenario.of("mine", [0])]
    one, two = (
        worth(CHAIN, shock, [Measure(Kind.STOCK, "smelter", days) for days in given], Settings(), outage=60).after
        for given in ((30,), (30, 20, 30))
    )
    assert one.total[0] == two.total[0], "the longest counts: thirty days of sixty are bridged, not three quarters"
    stock = Measure(Kind.STOCK, "works", 30)
    source = Measure(Kind.SECOND_SOURCE, "works", 0.5, "smelter", "mine")
    first, last = (with_measures(CHAIN, given, 60) for given in ((stock, source), (source, stock)))
    assert first.passes.tolist() == last.passes.tolist() == np.where(first.buyer == 2, 0.5, 1.0).tolist()
    moved = [Measure(Kind.SECOND_SOURCE, "works", 1.0, "smelter", "rival"), Measure(Kind.STOCK, "works", 9, "smelter")]
    assert with_measures(CHAIN, moved, 60).links == CHAIN.links - 1, "what is bought no more needs no stock"
    with pytest.raises(NetworkError):
        with_measures(CHAIN, [Measure(Kind.STOCK, "mine", 9, "works")], 60)


def test_a_name_that_two_firms_have_stands_for_neither():
    assert by_name({"a": "甲", "b": "乙", "c": "乙", "d": "a", "e": "e"}) == {"甲": "a", "e": "e"}


@pytest.mark.parametrize("seed", SEEDS)
def test_chains_begin_at_the_shock_and_their_firms_account_for_the_score(seed):
    w, p, essential, _ = made_up(seed, 20)
    network = network_of(w, p, essential)
    found = path_of_loss(network, Scenario.of("0", [0]), most=30)
    assert sum(chain.counts for chain in found.chains) == pytest.approx(found.scores.total[0], abs=1e-12)
    assert found.through[0] == pytest.approx(found.scores.total[0], abs=1e-12)
    assert found.by_industry.sum() == pytest.approx(found.scores.total[0], abs=1e-12)
    for chain in found.chains:
        assert chain.steps[0].firm == 0
        pairs = zip(chain.steps, chain.steps[1:], strict=False)
        assert all(w[(a.firm, b.firm) if chain.down else (b.firm, a.firm)] > 0 for a, b in pairs)
