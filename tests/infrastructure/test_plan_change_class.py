"""T6: the class of a change, proposed by the act that records it, for the stage at which the case stands."""

import json

import pytest
from plan_ledgers import kaname, ledger, tried

CLEARED = ledger('2025-06-02 introduction_plan.file\n2025-06-02 introduction_plan.accept {"complete": true}')
INTRODUCED = CLEARED + '\n{"act": "introduction_plan.introduce", "on": "2025-07-02"}'
RUNNING = ledger(
    "2025-06-02 entrusted_maintenance_plan.file\n2025-06-02 entrusted_maintenance_plan.accept\n"
    "2025-07-02 entrusted_maintenance_plan.start"
)  # fmt: skip


def proposed(case, *rows):
    changes = [dict(zip(("subject", "aspect", "before", "after"), row, strict=False)) for row in rows]
    call = ("plan_change.classify", "--on", "2025-09-01", "--run", "c1", "--data", json.dumps({"changes": changes}))
    return kaname(case, "try", *call)["entry"]["data"]["class"]


# case, what changes, from, to -> class
TABLE = [
    (CLEARED, ("supplier", "address", "東京都", "大阪府"), "minor"),
    (CLEARED, ("supplier", "address", "日本", "シンガポール"), "significant"),
    (CLEARED, ("component_supplier", "officers"), "reportable"),
    (CLEARED, ("supplier", "holders", "24", "26"), "reportable"),
    (CLEARED, ("supplier", "holders", "26", "32"), "minor"),
    (CLEARED, ("supplier", "holders", "26", "33.4"), "reportable"),
    (CLEARED, ("supplier", "holders", "49", "50"), "reportable"),
    (CLEARED, ("supplier", "holders", "51", "60"), "minor"),
    (CLEARED, ("supplier", "holders", "26", "24"), "minor"),
    (CLEARED, ("component", "name"), "significant"),
    (INTRODUCED, ("component", "name"), "reportable"),
    (CLEARED, ("component_supplier", "factory", "日本", "シンガポール"), "significant"),
    (INTRODUCED, ("component_supplier", "factory", "日本", "シンガポール"), "minor"),
    (CLEARED, ("introduction", "time"), "reportable"),
    (RUNNING, ("entrustment", "period", "36", "24"), "reportable"),
    (RUNNING, ("entrustment", "period", "36", "48"), "significant"),
    (RUNNING, ("entrustee", "name"), "significant"),
    (RUNNING, ("entrustee", "address", "日本", "シンガポール"), "reportable"),
    (RUNNING, ("sub_entrustee", "added"), "significant"),
    (CLEARED, ("measures", "declared"), "significant"),
]


@pytest.mark.parametrize(("case", "row", "wanted"), TABLE, ids=["-".join(map(str, row)) for _, row, _ in TABLE])
def test_t6_the_class_is_proposed(case, row, wanted):
    assert proposed(case, row) == wanted


def test_the_gravest_change_decides_and_the_unclear_is_taken_carefully():
    assert proposed(CLEARED, ("supplier", "holders", "26", "32"), ("component", "name")) == "significant"
    assert proposed(CLEARED, ("supplier", "address")) == "significant", "from where to where is not told"


def test_another_class_needs_a_reason_and_an_unfitting_row_is_told():
    changes = [{"subject": "component", "aspect": "name"}]
    act = ("plan_change.classify", "2025-09-01", "--run", "c1")
    data = {"changes": changes, "class": "minor"}
    assert tried(CLEARED, *act, **data)[0] is False
    assert tried(CLEARED, *act, **data, reason_for_class="同一製品の名称変更")[0] is True
    found, said = tried(CLEARED, *act, **{"changes": [{"subject": "entrustee", "aspect": "name"}], "class": "minor"})
    assert (found, "in a plan of introduction" in said) == (False, True)
    assert tried(CLEARED, *act, **{"class": "significant"})[0] is True, "told without the rows"
    assert tried(CLEARED, *act)[0] is False, "neither rows nor class"
