"""The formulas of dependence and criticality against every verification row of the facts, and against fractions."""

from fractions import Fraction

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ownership_cases import shared

from kaname.assess.trade import measures as m


@pytest.fixture(scope="module")
def facts():
    return yaml.safe_load(shared("facts", "analytics_methods.yaml").read_text("utf-8"))["criticality_eu"]


def risk_of(row, compute=m.supply_risk):
    used = row["supply_used"]
    return compute(
        None if used == "EU only" else row["hhi_wgi_t_gs"],
        None if used == "GS only" else row["hhi_wgi_t_eu"],
        row["import_reliance_pct"] / 100,
        row["eol_rir_pct"] / 100,
        row["si_sr"],
    )


def test_supply_risk_of_2017_in_every_row(facts):
    rows = facts["verification_2017"]["rows"]
    assert len(rows) > 20
    for row in rows:
        assert risk_of(row) == pytest.approx(row["sr_calc_from_rounded_inputs"], abs=1e-3), row["material"]
        low, high = risk_of(row, m.supply_risk_bounds)
        assert (low, high) == pytest.approx(row["sr_interval_from_input_rounding"], abs=1e-3), row["material"]
        assert low - 0.05 <= row["published_sr"] <= high + 0.05, row["material"]


def test_supply_risk_of_2023_is_that_of_the_worse_stage(facts):
    rows = facts["verification_2023_results"]["rows"]
    assert len(rows) > 20
    for row in rows:
        stages = {"Extraction": row["supply_risk_primary"], "Processing": row["supply_risk_refined"]}
        assert m.material_risk(list(stages.values())) == pytest.approx(row["supply_risk"]), row


def test_economic_importance_of_2023(facts):
    found = facts["verification_2023_ei"]
    for row in found["rows"]:
        use, added = zip(*((use["share"], use["value_added_meur"]) for use in row["uses"]), strict=True)
        ours = m.economic_importance(use, added, row["si_ei"], found["max_value_added_meur"])
        assert ours == pytest.approx(row["ei_calc"], abs=1e-3), row["material"]
        assert ours == pytest.approx(row["ei_published"], abs=found["tolerance"]), row["material"]


def test_critical_is_judged_on_the_printed_decimal():
    assert m.eu_critical(0.95, 2.75)
    assert not m.eu_critical(0.9499, 5.0)
    assert not m.eu_critical(1.0, 2.7499)
    assert str(m.one_decimal(0.15)) == "0.2"
    assert str(m.one_decimal(1.05)) == "1.1"


amounts = st.lists(st.integers(0, 10**12), min_size=1, max_size=12)


@given(amounts)
def test_concentration_is_that_of_fractions(values):
    total = sum(values)
    if not total:
        assert m.hhi(values) is None
        assert m.top(values, 1) is None
        return
    parts = sorted((Fraction(v, total) for v in values), reverse=True)
    assert m.hhi(values) == pytest.approx(float(sum(p * p for p in parts)), rel=1e-12)
    assert m.top(values, 3) == pytest.approx(float(sum(parts[:3])), rel=1e-12)
    assert 1 / len(values) - 1e-12 <= m.hhi(values) <= 1 + 1e-12


@given(amounts, amounts, st.integers(0, 10**12))
def test_reliance_is_between_nothing_and_all(imports, exports, production):
    bought, sold = sum(imports), sum(exports)
    found = m.import_reliance(bought, sold, production)
    if bought > sold:
        assert found == pytest.approx(float(Fraction(bought - sold, production + bought - sold)))
    else:
        assert found in (0.0, None)


def test_reliance_keeps_the_negative_figure_for_information():
    assert m.import_reliance(10, 30, 100, clip=False) == pytest.approx(-0.25)
    assert m.import_reliance(10, 30, 100) == 0.0
    assert m.import_reliance(0, 0, 0) is None


def test_a_negative_reliance_leaves_the_world_out():
    assert m.supply_risk(9.0, 2.0, -0.5, 0.0, 1.0) == 2.0
    assert m.supply_risk(9.0, 2.0, 1.0, 0.0, 1.0) == 5.5


def test_governance_runs_from_best_to_worst():
    assert m.governance([[2.5] * 6, [-2.5] * 6, [0.0] * 6]).tolist() == [0.0, 10.0, 5.0]
    assert m.weighted_hhi([1, 1], [2.0, 6.0], [0.8, 1.5]) == pytest.approx(0.25 * 1.6 + 0.25 * 9.0)
    assert m.supplier_risk([3, 1], [2.0, 6.0]) == pytest.approx(3.0)


def test_bottom_up_indicators_and_their_lines():
    found = m.bottom_up([80, 20], 50, 60)
    assert found == pytest.approx((0.68, 2 / 3, 100 / 60))
    assert m.dependent(found)
    assert not m.dependent(m.bottom_up([80, 20], 50, 100))  # exactly on the line is not over it
    assert m.bottom_up([5], 0, 0)[2] == m.NO_EXPORTS
    assert m.bottom_up([], 0, 0) == (None, None, None)


def test_exposed_in_two_of_three_years():
    year = (0.5, 0.41, 10.0, 0.0)
    assert m.exposed(*year)
    assert not m.exposed(0.5, 0.4, 10.0, 0.0)
    assert m.lasting([True, False, True])
    assert not m.lasting([True, False, False, True])
    assert not m.lasting([True, True])


def test_geopolitical_risk_and_the_rest():
    assert m.instability([2.5, -2.5, np.nan]).tolist() == [0.0, 1.0, 0.5]
    assert m.geopolitical_risk([1, 1], [10, 10], [1.0, 0.5], 10) == pytest.approx(0.5 * 15 / 30)
    assert m.characterisation(0.4094, 2.0) == pytest.approx(2.0)
    assert m.time_to_recover(30, 0.75) == 120
    assert m.time_to_recover(30, 1) is None
    assert m.us_supply_risk(0.4, 0.4, 0.4) == pytest.approx(0.4)
    assert m.us_critical(0.1, 1)
    assert not m.us_critical(0.39)


def test_substitution_scores():
    assert m.substitution_risk([(1.0, 1.0, 1.0, [(0.5, 0.5), (0.5, 0.5)])]) == pytest.approx(0.5)
    assert m.substitution_importance([(0.8, 1.0, 0.5), (1.0, 1.0, 0.5)]) == pytest.approx(0.9)


def test_rows_of_one_partner_are_added():
    assert m.summed(["CHN", "AUS", "CHN"], [1, 2, 3]) == {"CHN": 4, "AUS": 2}
