"""Changes to a filed plan: T6 line by line, then the edges of bands, periods, countries and windows."""

from datetime import date

import pytest

from kaname.regimes.infrastructure.catalogue import ORDERS
from kaname.regimes.infrastructure.change import SUBJECTS, Change, NotAChange, Plan, Stage
from kaname.regimes.infrastructure.change_classifier import classify
from kaname.regimes.infrastructure.change_rules import RULES, Class

S, R, M, N, A = Class.SIGNIFICANT, Class.REPORT, Class.MINOR, Class.NOTHING, Class.ASK


def change(plan, stage, subject, aspect, before=None, after=None, **more):
    return classify(Change(Plan(plan), Stage(stage), subject, aspect, before, after, **more))


T6 = [
    ("introduction before supplier address Tokyo Osaka", M),
    ("introduction before supplier address Tokyo Singapore", S),
    ("introduction before component_supplier officers - -", R),
    ("introduction before supplier holders 24 26", R),
    ("introduction before supplier holders 26 32", M),
    ("introduction before supplier holders 26 33.4", R),
    ("introduction before supplier holders 49 50", R),
    ("introduction before supplier holders 51 60", M),
    ("introduction before supplier holders 26 24", M),
    ("introduction before component name OS-A OS-B", S),
    ("introduction after component name OS-A OS-B", R),
    ("introduction before component_supplier factory Taiwan Vietnam", S),
    ("introduction after component_supplier factory Taiwan Vietnam", N),
    ("introduction before introduction time 2025-10-01 2026-01-01", R),
    ("maintenance running entrustment period 36 24", R),
    ("maintenance running entrustment period 36 48", S),
    ("maintenance running entrustee name A B", S),
    ("maintenance running entrustee address JP IN", R),
    ("maintenance running sub_entrustee added - B", S),
    ("maintenance running measures declared backup -", S),
    ("introduction before measures declared backup -", S),
]


def told(line):
    return [None if word == "-" else word for word in line.split()]


@pytest.mark.parametrize(("line", "expected"), T6)
def test_t6(line, expected):
    assert change(*told(line)).says is expected


def test_t6_the_component_form_after_the_introduction():
    assert change("introduction", "after", "component", "name").form.id == "F_REPORT_COMPONENT"
    assert change("introduction", "before", "supplier", "officers").form.id == "F_REPORT_CHANGE"


def test_t6_thirty_days_for_a_significant_change():
    days = change("introduction", "before", "facility", "outline", accepted_on=date(2025, 9, 1)).standstill
    assert (days.last_banned_day, days.first_free_day) == (date(2025, 9, 30), date(2025, 10, 1))
    assert days.if_extended_last_day == date(2025, 12, 31)
    assert change("introduction", "before", "supplier", "officers", accepted_on=date(2025, 9, 1)).standstill is None


def test_t6_penalties():
    assert change("introduction", "before", "facility", "outline").penalty == "PEN-92-1-1"
    assert change("introduction", "before", "supplier", "officers").penalty == "PEN-96-7"
    assert change("introduction", "before", "facility", "outline", emergency=True).penalty == "PEN-92-1-5"


# -- holders ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("24.99", "25", R), ("24.99", "24.999", M), ("25", "33.3", M), ("25", "33.34", R), ("25", "100/3", R),
        ("33.33", "100/3", R), ("100/3", "49.99", M), ("100/3", "50", R), ("50", "100", M), ("20", "60", R),
        ("60", "20", M), ("60", "30", M), ("50", "49.9", M), ("10", "12", M), ("5", "5.01", M),
        ("4.99", "5", R), ("0", "5", R), ("0", "30", R), ("4", "4.9", N), ("4.99", "0", N),
        ("5", "4.99", A), ("30", "0", A), (None, "26", A), ("26", None, A), ("24%", "26 %", R), ("24.999999", "25", R),
    ],
)  # fmt: skip
def test_bands(before, after, expected):
    assert change("introduction", "before", "supplier", "holders", before, after).says is expected


def test_a_holder_below_five_asks_and_names_the_careful_course():
    found = change("introduction", "before", "supplier", "holders", "6", "4")
    assert (found.says, found.safe, found.why[0].question, found.why[0].confidence.value) == (A, R, 313, "low")


def test_new_and_leaving_holders():
    assert change("introduction", "before", "supplier", "holder_added", None, "5").says is R
    assert change("introduction", "before", "supplier", "holder_added", None, "4.99").says is N
    assert change("introduction", "before", "supplier", "holder_added").says is A
    assert change("introduction", "before", "supplier", "holder_removed").says is A


# -- countries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("JP", "日本", M), ("東京都", "Japan", M), ("大阪府", "東京都", M), ("US", "米国", M), ("jp", "SG", S),
        ("1-1 Chiyoda, Tokyo", "2 Raffles Place, Singapore", S), ("Springfield", "Shelbyville", A),
        ("Springfield", "Springfield", M), ("JP", None, A), (None, None, A),
    ],
)  # fmt: skip
def test_addresses_are_compared_by_country(before, after, expected):
    assert change("introduction", "before", "supplier", "address", before, after).says is expected


def test_an_unknown_place_names_what_to_tell():
    found = change("introduction", "before", "supplier", "address", "JP", "Shelbyville")
    assert ([n.id for n in found.needs], found.safe) == (["after"], S)


def test_governing_law_is_the_country_itself():
    for party in ("supplier", "component_supplier"):
        assert change("introduction", "before", party, "governing_law", "US", "SG").says is S
        assert change("introduction", "before", party, "governing_law").says is S
        assert change("introduction", "before", party, "governing_law", "US", "USA").says is N
        assert change("introduction", "before", party, "nationality", "US", "SG").says is S


def test_parties_of_entrusted_work_are_freer_once_it_runs():
    for party in ("entrustee", "sub_entrustee"):
        for aspect in ("address", "governing_law", "nationality"):
            assert change("maintenance", "before", party, aspect, "JP", "IN").says is S
            assert change("maintenance", "running", party, aspect, "JP", "IN").says is R
        assert change("maintenance", "running", party, "address", "JP", "Osaka").says is M
        assert change("maintenance", "running", party, "name").says is S
        assert change("maintenance", "before", party, "name").says is S


def test_factories():
    assert change("introduction", "before", "supplier", "factory", "JP", "VN").rule == "SIG_4"
    assert change("introduction", "before", "component_supplier", "factory", "JP", "VN").rule == "SIG_7"
    assert change("introduction", "before", "supplier", "factory", "Osaka", "Nara").rule == "MIN_3"


def test_what_stays_the_same_is_no_change():
    assert change("introduction", "before", "supplier", "holders", "26", "26.0").says is N
    assert change("introduction", "before", "supplier", "foreign_sales", "30", "30").says is N


@pytest.mark.parametrize(("before", "after", "expected"), [
    ("10", "24.99", N), ("10", "25", R), ("25", "10", R), ("30", "40", R), (None, "40", R), (None, None, R),
])  # fmt: skip
def test_sales_to_foreign_governments_below_a_quarter_stand_in_no_plan(before, after, expected):
    assert change("introduction", "before", "supplier", "foreign_sales", before, after).says is expected


def test_nothing_was_accepted_before_the_law():
    with pytest.raises(NotAChange):
        change("introduction", "before", "component", "name", accepted_on=date(2023, 11, 16))
    days = change("introduction", "before", "component", "name", accepted_on=date(2023, 11, 17)).standstill
    assert days.last_banned_day == date(2023, 12, 16)


@pytest.mark.parametrize("third", ["1/3", "1/4", " 1/3 %"])
def test_a_fraction_of_one_is_no_percentage(third):
    """Read as a third of one percent it would fall below five and be nobody's business."""
    with pytest.raises(NotAChange):
        change("introduction", "before", "supplier", "holders", "6", third)


# -- periods ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", ["entrustment", "sub_entrustment"])
@pytest.mark.parametrize("stage", ["before", "running"])
@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("36", "35", R), ("36", "36", S), ("36", "37", S), (None, "24", A),
        ("2025-04-01/2028-03-31", "2025-04-01/2028-03-30", R),
        ("2025-04-01/2028-03-31", "2025-04-01/2028-04-01", S),
        ("2025-04-01/2028-03-31", "2025-03-31/2027-03-31", S),
        ("2025-04-01/2028-03-31", "2025-05-01/2028-03-31", R),
        ("2025-04-01/2028-03-31", "2025-04-01/2028-03-31", N),  # as many months may lie elsewhere, the same days not
    ],
)  # fmt: skip
def test_shortening_is_reported_everything_else_proposed(subject, stage, before, after, expected):
    assert change("maintenance", stage, subject, "period", before, after).says is expected


# -- windows, emergency notices, omission -----------------------------------------------------------------------------


def test_after_an_introduction_only_components_count():
    for subject, (_, aspects, plans) in SUBJECTS.items():
        for aspect in aspects if Plan.INTRODUCTION in plans else ():
            found = change("introduction", "after", subject, aspect, "JP", "SG")
            assert found.says is (R if subject == "component" else N), (subject, aspect)


def test_after_the_end_of_the_work_nothing_counts():
    for subject, (_, aspects, plans) in SUBJECTS.items():
        for aspect in aspects if Plan.MAINTENANCE in plans else ():
            assert change("maintenance", "ended", subject, aspect, "1", "2").says is N


def test_an_emergency_notice_knows_components_and_the_running_work_only():
    notice = dict(emergency_notice=True)
    assert change("introduction", "before", "component", "name", **notice).form.id == "F_REPORT_COMPONENT"
    assert change("introduction", "before", "supplier", "name", **notice).says is N
    found = change("maintenance", "running", "entrustment", "content", **notice)
    assert found.says is S
    assert "54(5)" in [p.citation for w in found.why for p in w.basis if hasattr(p, "citation")]


def test_what_was_left_out_of_the_plan_cannot_change_it():
    left_out = dict(omitted=True)
    for aspect in ("content", "time", "period"):
        assert change("maintenance", "running", "sub_entrustment", aspect, "36", "48", **left_out).says is N
    for aspect in ("officers", "holders", "foreign_sales"):
        assert change("maintenance", "running", "sub_entrustee", aspect, "24", "26", **left_out).says is N
    assert change("maintenance", "running", "sub_entrustee", "name", **left_out).says is S
    assert change("maintenance", "running", "sub_entrustee", "added", **left_out).says is S
    assert change("maintenance", "running", "sub_entrustee", "representative", **left_out).says is R


def test_dropping_out_is_asked_with_a_careful_course():
    found = change("maintenance", "running", "sub_entrustee", "removed")
    assert (found.says, found.safe, found.why[0].question) == (A, S, 343)


# -- provisions -------------------------------------------------------------------------------------------------------


def cites(found):
    return [(p.law.id, p.citation) for w in found.why for p in w.basis]


@pytest.mark.parametrize("order", ORDERS)
def test_each_order_has_its_own_article(order):
    law = ORDERS[order].id
    article = "24" if order == "mic" else "23"
    assert cites(change("introduction", "before", "facility", "outline", order=order)) == [
        ("espa", "54(1)"), (law, article)]  # fmt: skip
    later = ["25", "26"] if order == "mic" else ["24", "25"]
    assert cites(change("introduction", "before", "supplier", "officers", order=order)) == [
        ("espa", "54(4)"), *((law, a) for a in later)]  # fmt: skip


def test_forms_by_ministry():
    for order, number in (("meti", "様式第七（一）"), ("mic", "様式第九（一）")):
        assert change("introduction", "before", "facility", "outline", order=order).form.number(order) == number
    assert change("introduction", "after", "component", "kind").form.title("mic").ja.startswith("様式第十二 ")


# -- conformance ------------------------------------------------------------------------------------------------------


def test_every_rule_of_the_facts_is_asked():
    from ch3_facts import load

    plan_change = next(p for p in load()["procedures"] if p["id"] == "P10_PLAN_CHANGE")["classification"]
    named = {r["id"] for group in ("significant", "minor", "reportable_examples") for r in plan_change[group]}
    ours_alone = {"DROPPED", "UNCHANGED", "BELOW_QUARTER", "NOT_CHANGED", "NEVER_NAMED", "BELOW_FIVE", "RESIDUAL"}
    assert named == ({r.id for r in RULES} | {"REP_8"}) - ours_alone
    for r in plan_change["significant"]:
        ours = [x for x in RULES if x.id == r["id"]]
        wanted = {"both": set(Plan), "maintenance": {Plan.MAINTENANCE}}.get(r["applies"], {Plan.INTRODUCTION})
        assert all(set(x.plans) == wanted and x.says is S for x in ours), r["id"]


def test_every_pair_of_subject_and_aspect_has_an_answer():
    """Nothing falls through to an error; what no rule names is reported."""
    for subject, (_, aspects, plans) in SUBJECTS.items():
        for plan in plans:
            for aspect in aspects:
                for stage in ("before", "after") if plan is Plan.INTRODUCTION else ("before", "running", "ended"):
                    found = change(plan, stage, subject, aspect)
                    assert found.why and found.when.ja and found.when.en
                    assert (found.says is A) == bool(found.safe)


@pytest.mark.parametrize(
    ("args", "field"),
    [
        (("introduction", "before", "entrustee", "name"), "subject"),
        (("maintenance", "running", "component", "name"), "subject"),
        (("introduction", "running", "supplier", "name"), "stage"),
        (("introduction", "before", "nobody", "name"), "subject"),
        (("introduction", "before", "supplier", "outline"), "aspect"),
    ],
)
def test_what_no_plan_has_is_refused(args, field):
    with pytest.raises(NotAChange) as refused:
        change(*args)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("aspect", "before", "after"),
    [("holders", "24", "x"), ("holders", "24", "101"), ("holders", "-1", "5"), ("holders", "1/0", "5")],
)
def test_unreadable_shares_are_refused(aspect, before, after):
    with pytest.raises(NotAChange):
        change("introduction", "before", "supplier", aspect, before, after)


@pytest.mark.parametrize(("before", "after"), [("36", "3 years"), ("36", "0"), ("36", "2025-04-01/2028-03-31"),
    ("2025-04-01/2024-03-31", "2025-04-01/2028-03-31")])  # fmt: skip
def test_unreadable_periods_are_refused(before, after):
    with pytest.raises(NotAChange):
        change("maintenance", "running", "entrustment", "period", before, after)
