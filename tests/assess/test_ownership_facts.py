"""The verification rows of the facts about ownership, each as it stands there."""

import numpy as np
import pytest
import yaml
from ownership_cases import Small, shared

from kaname.assess.ownership.graph import control
from kaname.assess.ownership.power import power_index
from kaname.assess.ownership.shares import UNIT


@pytest.fixture(scope="module")
def rows():
    facts = yaml.safe_load(shared("facts", "analytics_methods.yaml").read_text("utf-8"))
    return {row["id"]: row for row in facts["ownership"]["verification"]}


def small(row) -> Small:
    return Small(tuple(edge) for edge in row["edges_owner_company_share"])


def controls(net: Small) -> set[tuple[str, str]]:
    return net.pairs(control(len(net.names), net.holder, net.company, net.units).pairs)


def gross(net: Small) -> dict[str, float]:
    found = {}
    for target, company in enumerate(net.names):
        for holder, share in zip(net.names, net.graph.holders_of(target), strict=True):
            if share > 0:
                found[f"{holder}->{company}"] = share
    return found


def test_three_that_hold_each_other_control_nobody(rows):
    assert controls(small(rows["OWN-1"])) == {tuple(pair) for pair in rows["OWN-1"]["expected_pairs"]}


def test_integrated_shares_gross_and_net(rows):
    row = rows["OWN-2"]
    net = small(row)
    assert gross(net) == pytest.approx(row["gross"], abs=1e-12)
    back = net.graph.returning(range(len(net.names)))
    cleaned = {
        pair: share / back[net.number[pair.split("->")[0]]]
        for pair, share in gross(net).items()
        if pair.split("->")[0] != pair.split("->")[1]
    }
    assert cleaned == pytest.approx(row["net_brioschi"], abs=1e-12)
    assert controls(net) == {tuple(pair) for pair in row["control_pairs"]}


def test_a_pyramid_controls_what_it_owns_little_of(rows):
    row = rows["OWN-3"]
    assert gross(small(row)) == pytest.approx(row["integrated"], abs=1e-12)
    assert controls(small(row)) == {tuple(pair) for pair in row["control_pairs"]}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_network_power_index(rows, seed):
    row = rows["OWN-4"]
    number = {name: n for n, name in enumerate(row["entities"])}
    edges = [(number[h], number[c], round(s * UNIT)) for c, held in row["holders_of"].items() for h, s in held.items()]
    holder, company, units = (np.array(column, np.int64) for column in zip(*edges, strict=True))
    found = power_index(len(number), holder, company, units, seed=seed)
    expected = [row["expected_npi"][name] for name in row["entities"]]
    assert found == pytest.approx(expected, abs=row["tolerance"])
