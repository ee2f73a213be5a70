"""Systemic risk: outputs of the published implementation, a slow oracle, and what holds whatever the network."""

import json
from pathlib import Path

import network_oracle as oracle
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import tries
from kaname.assess.network import loops
from kaname.assess.network.measures import Kind, Measure, with_measures
from kaname.assess.network.net import Network, NetworkError
from kaname.assess.network.risk import Settings, Stop, systemic_risk
from kaname.assess.network.scenario import Scenario, Scenarios

NETWORKS = tries(40, ci=300)
GOLDEN = Path(__file__).parent / "network_golden"
TABLES = [
    (name, table)
    for name in ("example", "figure1", "synthetic_24")
    for table in json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))["tables"]
]


def golden(name):
    told = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    supplier, buyer, weight = np.array(told["links"], float).T
    return told, (supplier.astype(int) - 1, buyer.astype(int) - 1, weight), np.array(told["sector"]) - 1


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_scores_and_steps_are_those_of_the_published_implementation(name, table):
    told, links, sector = golden(name)
    wanted = told["tables"][table]
    settings = dict(wanted["settings"])
    network = Network.of(*links, sector, essential=settings.pop("essential"))
    found = systemic_risk(network, settings=Settings(**settings))
    total, down, up, steps = np.array(wanted["rows"]).T
    for ours, theirs in ((found.total, total), (found.down, down), (found.up, up)):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-12)
    assert found.iterations.tolist() == steps.tolist()
    assert found.converged.all()


def made_up(seed, firms=None):
    """A small network of any kind: dense or thin, with self-links, idle firms and classes of every sort."""
    rng = np.random.default_rng(seed)
    n = firms or int(rng.integers(1, 30))
    kinds = int(rng.integers(1, 6))
    w = np.where(rng.random((n, n)) < rng.choice([0.05, 0.15, 0.5]), np.round(rng.lognormal(2, 1.5, (n, n)), 2), 0.0)
    return w, rng.integers(0, kinds, n), rng.integers(0, 3, (kinds, kinds)), rng


def network_of(w, industry, essential, **more):
    i, j = np.nonzero(w)
    return Network.of(i, j, w[i, j], industry, essential=essential, industries=[str(k) for k in range(len(essential))],
                      **more)  # fmt: skip


@settings(max_examples=NETWORKS)
@given(st.integers(0, 2**32))
@pytest.mark.parametrize("market", (False, True))
def test_any_network_gets_the_scores_of_the_slow_oracle(market, seed):
    w, industry, essential, rng = made_up(seed)
    network = network_of(w, industry, essential)
    shocks = rng.random((5, len(w))) * (rng.random((5, len(w))) < 0.3)
    shocks[0] = 0.0
    eps = float(rng.choice([0.1, 0.01, 1e-4]))
    scenarios = [Scenario.of(str(k), np.flatnonzero(x).tolist(), x[x > 0].tolist()) for k, x in enumerate(shocks)]
    for by_loss in (False, True):
        rule = Stop.LOSS if by_loss else Stop.CHANGE
        found = systemic_risk(network, scenarios, Settings(market=market, eps=eps, stop=rule), states=True)
        for k, shock in enumerate(shocks):
            if not w.sum():
                continue
            total, down, up, steps, hd, hu = oracle.cascade(
                w, industry, essential, 1 - shock, market=industry if market else None, eps=eps, by_loss=by_loss
            )
            assert found.iterations[k] == steps
            np.testing.assert_allclose([found.total[k], found.down[k], found.up[k]], [total, down, up], 0, 1e-12)
            np.testing.assert_allclose(found.kept_down[k], hd, 0, 1e-12)
            np.testing.assert_allclose(found.kept_up[k], hu, 0, 1e-12)


def plan_of(rng, w):
    """Some measures, as the engine and as the oracle take them; each bears on one supplier that the firm buys of."""
    ours, theirs = [], []
    for kind in rng.choice(["stock", "capacity", "second_source"], 4).tolist():
        suppliers, buyers = np.nonzero(w)
        at = int(rng.integers(suppliers.size))
        of, firm, source = int(suppliers[at]), int(buyers[at]), int(rng.integers(-1, len(w)))
        amount = float(rng.integers(0, 50)) if kind == "stock" else float(rng.random())
        if kind == "second_source" and source == firm:
            source = -1
        ours.append(Measure(Kind(kind), str(firm), amount, str(of), "" if source < 0 else str(source)))
        theirs.append((kind, firm, amount, [of], source if kind == "second_source" else -1))
        if kind == "second_source" and source >= 0:
            w, *_ = oracle.measured(w, None, np.zeros(len(w)), theirs[-1:], 30.0)
    return ours, theirs


@settings(max_examples=NETWORKS)
@given(st.integers(0, 2**32))
@pytest.mark.parametrize("market", (False, True))
def test_any_network_with_sales_markets_weights_and_measures_gets_the_scores_of_the_slow_oracle(market, seed):
    w, industry, essential, rng = made_up(seed)
    n = len(w)
    if not w.sum():
        return
    revenue, costs = (rng.lognormal(3, 1, n) * (rng.random(n) < 0.5) for _ in range(2))
    markets, weights = rng.integers(0, 4, n), rng.random(n)
    network = Network.of(
        *np.nonzero(w), w[np.nonzero(w)], industry, essential=essential, market=markets, revenue=revenue, costs=costs,
        industries=[f"k{k}" for k in range(len(essential))],
    )  # fmt: skip
    ours, theirs = plan_of(rng, w)
    better = with_measures(network, ours, 30.0)
    sales, cost = np.maximum(w.sum(axis=1), revenue), np.maximum(w.sum(axis=0), costs)
    after, passes, spare, sales, _ = oracle.measured(w, industry, sales, theirs, 30.0)
    shock = rng.random(n) * (rng.random(n) < 0.4)
    hit = np.flatnonzero(shock)
    for stop in Stop:
        how = Settings(market=market, eps=1e-3, stop=stop, weights=weights)
        found = systemic_risk(better, [Scenario.of("x", hit.tolist(), shock[hit].tolist())], how, states=True)
        total, down, up, steps, hd, hu = oracle.cascade(
            after, industry, essential, 1 - shock, market=markets if market else None, eps=1e-3, weights=weights,
            by_loss=stop is Stop.LOSS, sales=sales, costs=cost, passes=passes, spare=spare,
        )  # fmt: skip
        assert found.iterations[0] == steps
        np.testing.assert_allclose([found.total[0], found.down[0], found.up[0]], [total, down, up], 0, 1e-12)
        np.testing.assert_allclose(found.kept_down[0], hd, 0, 1e-12)
        np.testing.assert_allclose(found.kept_up[0], hu, 0, 1e-12)


def test_bits_do_not_depend_on_threads_or_on_who_shares_a_sweep():
    w, industry, essential, rng = made_up(5, 300)
    network = network_of(w, industry, essential)
    whole = systemic_risk(network, threads=1)
    for threads in (2, 3):
        again = systemic_risk(network, threads=threads)
        assert whole.total.tobytes() == again.total.tobytes()
        assert whole.down.tobytes() == again.down.tobytes()
    each = Scenarios.each_firm(network)
    for k in rng.integers(0, 300, 20).tolist():
        alone = systemic_risk(network, [Scenario.of("one", [k])])
        assert (alone.total[0], alone.down[0], alone.up[0]) == (whole.total[k], whole.down[k], whole.up[k])
        assert alone.iterations[0] == whole.iterations[k]
    assert len(each) == 300


@pytest.mark.parametrize("market", [False, True])
@pytest.mark.parametrize("stop", Stop)
@pytest.mark.parametrize("left", [None, "missing", "worst", "told"])
def test_a_sweep_leaves_its_state_as_it_found_it(monkeypatch, market, stop, left):
    """A thread has one state for all its sweeps: thousands of scenarios one after the other, each as if it were the
    first. What is left over of a firm (here put there on purpose) would be seen."""
    w, industry, essential, _ = made_up(11, 40)
    network = network_of(w, industry, essential)
    clean = loops.state
    first = systemic_risk(network, settings=Settings(market=market, stop=stop, limit=3), threads=1)

    def made(firms, slots, markets):
        state = clean(firms, slots, markets)
        if left:
            kinds = (state.shape[0] - slots - 2 * markets - 4) // 9
            at = {"told": 2, "worst": 3, "missing": 5}[left] * kinds
            state[at : at + firms] = 0.5
        return state

    monkeypatch.setattr(loops, "state", made)
    many = Scenarios([], np.arange(1201), np.tile(np.arange(40), 30), np.ones(1200))
    found = systemic_risk(network, many, Settings(market=market, stop=stop, limit=3), threads=1)
    same = all((getattr(found, name).reshape(30, 40) == getattr(first, name)).all() for name in ("total", "down", "up"))
    assert same == (left is None or (left == "told" and not market))


def test_an_unknown_firm_and_arrays_that_fit_nowhere_are_told():
    network = Network.of([0], [1], [1.0], [0, 1], names=("a", "b"))
    with pytest.raises(NetworkError, match="no firm c"):
        network.number("c")
    for wrong in (
        dict(weight=[-1.0]), dict(supplier=[2]), dict(industry=[0, -1]), dict(essential=np.ones((3, 3))),
        dict(weight=[float("nan")]), dict(industry=[]), dict(essential=np.full((2, 2), 7)),
    ):  # fmt: skip
        with pytest.raises(NetworkError):
            Network.of(**{"supplier": [0], "buyer": [1], "weight": [1.0], "industry": [0, 1], **wrong})
    with pytest.raises(NetworkError):
        systemic_risk(network, [Scenario.of("far", [7])])
