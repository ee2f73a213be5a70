"""The inventory model: outputs of the published implementation, the slow oracle, and what must hold."""

import json
from pathlib import Path

import network_oracle as oracle
import numpy as np
import pytest

from kaname.assess.network.inventory import InventorySettings, Rationing, inventory_run
from kaname.assess.network.measures import Kind, Measure, with_measures
from kaname.assess.network.net import Network, NetworkError
from kaname.assess.network.scenario import Scenario

GOLDEN = json.loads((Path(__file__).parent / "network_golden" / "inventory.json").read_text("utf-8"))


@pytest.mark.parametrize("name", GOLDEN)
def test_days_are_those_of_the_published_implementation(name):
    told = GOLDEN[name]
    supplier, buyer, amount = np.array(told["links"], float).T
    network = Network.of(
        supplier.astype(int) - 1, buyer.astype(int) - 1, amount, np.unique(told["sector"], return_inverse=True)[1]
    )
    shock = Scenario.of("shock", [int(k) - 1 for k in told["delta"]], told["delta"].values())
    settings = InventorySettings(told["stock"], tau=told["tau"], final_demand=np.array(told["final_demand"], float))
    found = inventory_run(network, shock, settings, len(told["production"]) - 1)
    for ours, theirs in (("production", found.production), ("consumption", found.consumption),
                         ("value_added", found.value_added)):  # fmt: skip
        if told[ours]:
            np.testing.assert_allclose(theirs, told[ours], rtol=0, atol=1e-9)


def made_up(seed, n=12):
    rng = np.random.default_rng(seed)
    a = np.where(rng.random((n, n)) < 0.25, rng.integers(1, 50, (n, n)), 0).astype(float)
    np.fill_diagonal(a, 0)
    industry = rng.integers(0, 4, n)
    final = rng.integers(1, 60, n).astype(float)
    i, j = np.nonzero(a)
    return a, final, industry, Network.of(i, j, a[i, j], industry), rng


@pytest.mark.parametrize("rationing", Rationing)
@pytest.mark.parametrize("seed", range(12))
def test_any_network_lives_the_days_of_the_slow_oracle(seed, rationing):
    a, final, industry, network, rng = made_up(seed)
    delta = np.where(rng.random(len(a)) < 0.3, rng.random(len(a)), 0.0)
    stock = rng.integers(1, 9, len(a)).astype(float)
    network = Network.of(network.supplier, network.buyer, network.weight, industry, stock=stock)
    hit = np.flatnonzero(delta)
    found = inventory_run(
        network, Scenario.of("x", hit.tolist(), delta[hit].tolist()),
        InventorySettings(tau=4.0, rationing=rationing, final_demand=final), 25,
    )  # fmt: skip
    wanted = oracle.days(a, final, industry, delta, stock, 4.0, 25, rationing is Rationing.SMOOTHING)
    for ours, theirs in zip((found.production, found.consumption, found.value_added), wanted, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@pytest.mark.parametrize("rationing", Rationing)
@pytest.mark.parametrize("seed", range(6))
def test_outage_recovery_stocks_of_links_and_spare_capacity_are_those_of_the_slow_oracle(seed, rationing):
    a, final, industry, network, rng = made_up(seed)
    names = [f"k{k}" for k in range(4)]  # a measure says a firm or an industry by its name
    network = Network.of(network.supplier, network.buyer, network.weight, industry, industries=names)
    buyer, firm = int(network.buyer[0]), int(rng.integers(len(a)))
    plan = [Measure(Kind.STOCK, str(buyer), 11, str(network.supplier[0])), Measure(Kind.CAPACITY, str(firm), 0.3)]
    delta = np.where(rng.random(len(a)) < 0.4, rng.random(len(a)), 0.0)
    hit = np.flatnonzero(delta)
    asked = InventorySettings(3, tau=4.0, rationing=rationing, final_demand=final, outage=5, recovery=0.25)
    found = inventory_run(with_measures(network, plan), Scenario.of("x", hit.tolist(), delta[hit].tolist()), asked, 25)
    stock, spare = np.full(a.shape, 3.0), np.zeros(len(a))
    stock[network.supplier[0], buyer], spare[firm] = 11.0, 0.3
    smoothing = rationing is Rationing.SMOOTHING
    wanted = oracle.days(a, final, industry, delta, stock, 4.0, 25, smoothing, spare, outage=5, recovery=0.25)
    for ours, theirs in zip((found.production, found.consumption, found.value_added), wanted, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def test_nothing_lost_is_nothing_changed_and_money_has_no_unit():
    _, final, industry, network, _ = made_up(3)
    settings = InventorySettings(final_demand=final)
    calm = inventory_run(network, Scenario.of("nothing", []), settings, 10)
    np.testing.assert_allclose(calm.production, calm.production[0], rtol=1e-12)
    assert calm.loss[-1] == pytest.approx(0, abs=1e-9)
    shock = Scenario.of("x", [0, 1], 0.4)
    yen = Network.of(network.supplier, network.buyer, network.weight * 150, industry)
    one = inventory_run(network, shock, settings, 20)
    other = inventory_run(yen, shock, InventorySettings(final_demand=final * 150), 20)
    np.testing.assert_allclose(one.production * 150, other.production, rtol=1e-9)
    np.testing.assert_allclose(one.lost.sum(), one.loss[-1], rtol=1e-9)


def test_stocks_of_a_plan_put_the_loss_off():
    chain = Network.of([0, 1], [1, 2], [10.0, 20.0], [0, 1, 2], names=("mine", "smelter", "works"))
    shock, settings = Scenario.of("mine", [0]), InventorySettings(stock=2, outage=8)
    plain = inventory_run(chain, shock, settings, 8)
    kept = inventory_run(with_measures(chain, [Measure(Kind.STOCK, "smelter", 30)]), shock, settings, 8)
    assert kept.loss[-1] < plain.loss[-1]


def test_drawn_stocks_follow_the_seed_and_the_floor():
    _, final, _, network, _ = made_up(4)
    shock = Scenario.of("x", [0])
    runs = [
        inventory_run(network, shock, InventorySettings(stock=5, seed=s, final_demand=final), 30) for s in (1, 1, 2)
    ]
    assert runs[0].production.tobytes() == runs[1].production.tobytes() != runs[2].production.tobytes()
    high = inventory_run(network, shock, InventorySettings(stock=1, floor=50, seed=1, final_demand=final), 30)
    same = inventory_run(network, shock, InventorySettings(stock=50, final_demand=final), 30)
    assert high.production.tobytes() == same.production.tobytes()


@pytest.mark.parametrize("wrong", [{"tau": 0}, {"stock": -1}, {"recovery": 2}, {"final_demand": np.array([-1.0])}])
def test_settings_that_mean_nothing_are_refused(wrong):
    network = Network.of([], [], [], [0])
    with pytest.raises(NetworkError):
        inventory_run(network, Scenario.of("x", [0]), InventorySettings(**wrong), 3)
