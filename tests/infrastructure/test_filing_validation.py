"""Validation tells all that is missing before filing, each with place and provision, in both languages."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from filing_world import FILING, answers, entrusted, ids, introduction, maintenance, vendor
from hypothesis import given
from hypothesis import strategies as st

from kaname.law import cited
from kaname.regimes.infrastructure.filing.content import Answer, Component, Omission, Party, Plan, Sort
from kaname.regimes.infrastructure.filing.disclosure import SEALABLE, Certificate, Sale, without
from kaname.regimes.infrastructure.filing.finding import Weight
from kaname.regimes.infrastructure.filing.validate import validate
from kaname.regimes.infrastructure.filing.windows import is_fresh, oldest_evidence, sales_years, told_sales


def found(plan: Plan, filing: date = FILING, order: str = "meti"):
    return validate(plan, filing, order).findings


def of_vendor(**more: object) -> list[str]:
    return ids(found(introduction(Party("星野計器", vendor(**more)))))


def test_a_whole_plan_lacks_nothing():
    assert validate(introduction(), FILING).can_be_filed and not found(introduction())
    assert validate(maintenance(), FILING).can_be_filed and not found(maintenance())


def test_an_empty_plan_is_told_everything_at_once():
    told = found(Plan(Sort.INTRODUCTION))
    assert {"facility_name_missing", "facility_outline_missing", "content_missing", "time_missing",
            "supplier_missing", "components_missing", "measure_missing"} <= set(ids(told))  # fmt: skip
    assert ids(told).count("measure_missing") == len(answers(Sort.INTRODUCTION))
    for finding in told:
        assert finding.place and finding.where.ja and finding.where.en and finding.text.ja and finding.text.en
        assert cited(finding.basis, "ja")


def test_before_the_law_nothing_is_filed():
    """Art. 52 is in force from 17 November 2023 on."""
    day = date(2023, 11, 17)
    assert "before_the_law" not in ids(validate(introduction(), day).findings)
    early = validate(introduction(), day - timedelta(1))
    (told,) = [f for f in early.findings if f.id == "before_the_law"]
    assert not early.can_be_filed and cited(told.basis, "en") == "Art. 52(1)" and "2023-11-17" in told.text.ja


def test_an_empty_component_is_told_field_by_field_with_its_source():
    plan = replace(introduction(), components=(Component("", source="bom.json#7"),))
    told = {f.place: f for f in found(plan)}
    assert {f"components[1].{field}" for field in ("name", "kind", "function", "supplier")} <= set(told)
    assert "bom.json#7" in told["components[1].kind"].where.ja


def test_the_number_of_the_order_follows_the_ministry():
    told = {order: found(Plan(Sort.INTRODUCTION), order=order) for order in ("meti", "mic")}
    articles = {o: next(cited(f.basis, "en") for f in t if f.id == "supplier_missing") for o, t in told.items()}
    assert articles == {"meti": "METI Order Art. 11", "mic": "MIC Order Art. 12"}


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ({"name": ""}, "name_missing"),
        ({"representative": ""}, "representative_missing"),
        ({"law": ""}, "law_missing"),
        ({"holders": None}, "holders_missing"),
        ({"holders": [{"name": "A", "country": "JP", "ratio": "60"}, {"name": "B", "country": "JP", "ratio": "41"}]},
         "holders_over_100"),
        ({"holders": [{"name": "星野計器", "country": "JP", "ratio": "10"}]}, "holder_is_itself"),
        ({"holders": [{"name": "ＡＢ社", "country": "JP", "ratio": "10"}] * 2}, "holder_twice"),
        ({"holders": [{"name": "A", "country": "JP"}]}, "holder_ratio_missing"),
        ({"holders": [{"name": "A", "country": "JP", "ratio": "101"}]}, "holder_ratio_range"),
        ({"officers": []}, "officers_missing"),
        ({"officers": [{"name": "A", "nationality": "JP"}]}, "officer_birth_date_missing"),
        ({"officers": [{"name": "A", "nationality": "JP", "birth_date": "2030-01-01"}]}, "officer_birth_date_range"),
        ({"sales": None}, "sales_missing"),
        ({"year_end": "", "sales": [{"country": "X", "body": "省", "ratio": "30", "year_end": "2025-03-31"}]},
         "year_end_missing"),
        ({"factories": None}, "factories_missing"),
        ({"certificates": []}, "registry_missing"),
        ({"certificates": [{"sort": "registry", "issued_on": "2025-04-01"}]}, "identity_missing"),
        ({"certificates": [{"sort": "officer", "about": 7, "expires_on": "2030-01-01"}]}, "identity_of_nobody"),
    ],
)  # fmt: skip
def test_what_a_vendor_leaves_out_or_gets_wrong_is_told(said, id):
    assert id in of_vendor(**said)


def test_an_individual_has_no_holders_representative_or_registry():
    person = vendor(individual=True, representative="", holders=None, officers=None, certificates=[])
    assert not found(introduction(Party("星野計器", person)))


# -- T5: thresholds and windows ---------------------------------------------------------------------------------------

_2025, _2024 = date(2025, 3, 31), date(2024, 3, 31)
T5 = [
    {"year_end": "2025-03-31", "country": "X", "body": "X 省", "ratio": "15"},
    {"year_end": "2025-03-31", "country": "X", "body": "X 市", "ratio": "6"},
    {"year_end": "2025-03-31", "country": "X", "body": "X 中央銀行", "ratio": "5"},
    {"year_end": "2025-03-31", "country": "Y", "body": "Y 庁", "ratio": "20"},
    {"year_end": "2024-03-31", "country": "X", "body": "X 省", "ratio": "20"},
    {"year_end": "2024-03-31", "country": "Y", "body": "Y 庁", "ratio": "20"},
]


def test_a_year_that_ended_less_than_two_months_before_is_not_looked_at():
    years = sales_years(date(2025, 5, 30), "03-31")
    assert years == (date(2024, 3, 31), date(2023, 3, 31), date(2022, 3, 31))
    assert told_sales(vendor(sales=T5).sales, date(2025, 5, 30), "03-31") == []


def test_a_quarter_of_the_sales_to_one_country_is_told_body_by_body():
    years = sales_years(FILING, "03-31")
    assert years == (_2025, _2024, date(2023, 3, 31))
    told = told_sales(vendor(sales=T5).sales, FILING, "03-31")
    assert [(s.body, s.ratio) for s in told] == [("X 省", 15), ("X 市", 6), ("X 中央銀行", 5)]
    assert of_vendor(sales=T5) == ["sale_below"] * 3  # they are only not told of: nothing is wrong


def test_the_cut_off_of_the_law_text_example():
    assert sales_years(date(2024, 5, 17), "03-31") == (date(2023, 3, 31), date(2022, 3, 31), date(2021, 3, 31))


def test_a_fiscal_year_may_end_with_february():
    assert sales_years(date(2024, 6, 3), "02-29")[:2] == (date(2024, 2, 29), date(2023, 2, 28))
    assert sales_years(date(2024, 6, 3), "02-28")[0] == date(2024, 2, 29)


@pytest.mark.parametrize(("ratio", "asked"), [("4.99", False), ("5.00", True)])
def test_holders_are_asked_from_five_per_cent(ratio, asked):
    told = of_vendor(holders=[{"name": "A", "country": "JP", "ratio": ratio}])
    assert ("holder_below" not in told) is asked


@pytest.mark.parametrize(("day", "id"), [("2025-03-01", "registry_too_old"), ("2025-03-02", None)])
def test_a_certificate_of_three_months_is_taken_one_day_older_not(day, id):
    certificates = [{"sort": "registry", "issued_on": day}, {"sort": "officer", "about": 1, "expires_on": "2030-01-01"}]
    assert of_vendor(certificates=certificates) == ([id] if id else [])


def test_at_the_end_of_a_month_the_stricter_day_counts():
    assert oldest_evidence(date(2025, 5, 31)) == date(2025, 3, 1)
    assert oldest_evidence(date(2025, 7, 31)) == date(2025, 5, 1)
    assert oldest_evidence(date(2025, 8, 31)) == date(2025, 5, 31)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 200))
def test_age_of_evidence_by_a_slow_count(filing, days):
    """A certificate is fresh if three months of the calendar from its day have not gone by on the filing day."""
    issued = filing - timedelta(days)
    month = issued.month + 3
    year, month = issued.year + (month > 12), (month - 1) % 12 + 1
    last = max(d for d in range(28, 32) if _is_day(year, month, d))
    until = date(year, month, min(issued.day, last))
    assert is_fresh(Certificate("registry", issued_on=issued), filing) is (filing <= until)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


# -- entrustments, measures, dates ------------------------------------------------------------------------------------


def test_circles_loose_ends_and_numbers_twice():
    plan = maintenance(entrusted("1"), entrusted("2", "3"), entrusted("3", "2"), entrusted("4", "9"), entrusted("1"))
    told = {f.id: f for f in found(plan)}
    assert {"entrustment_circle", "entrustment_loose", "entrustment_twice"} <= set(told)
    assert "2 → 3 → 2" in told["entrustment_circle"].text.ja


def test_a_tier_told_in_short_keeps_its_name_and_certificate():
    short = entrusted("2", "1", content="", starts=None, omission=Omission(True, True, True))
    plan = maintenance(entrusted("1"), short)
    bare = vendor(name="保守 2", holders=None, officers=None, sales=None)
    assert not found(plan.with_party(Party("保守 2", bare)))
    assert ids(found(plan.with_party(Party("保守 2", replace(bare, address=""))))) == ["address_missing"]
    unfounded = maintenance(entrusted("1"), replace(short, omission=Omission(True, True, False)))
    assert {"omission_unfounded", "entrustment_content_missing"} <= set(ids(found(unfounded)))


def test_who_is_told_in_full_once_is_told_in_full():
    twice = maintenance(
        entrusted("1"),
        entrusted("2", "1", party="丙", omission=Omission(True, True, True)),
        entrusted("3", "1", party="丙"),
    )
    assert "holders_missing" in ids(found(twice.with_party(Party("丙", vendor(name="丙", holders=None)))))


def test_contradictory_days():
    assert "time_contradicts" in ids(found(replace(introduction(), ends=date(2025, 8, 1))))
    plan = maintenance(entrusted("1", ends=date(2025, 1, 1)), entrusted("2", "1", starts=date(2024, 1, 1)))
    assert {"entrustment_contradicts", "entrustment_outside"} <= set(ids(found(plan)))
    early = found(replace(introduction(), starts=FILING + timedelta(29)))
    assert ids(early) == ["before_standstill_ends"] and early[0].weight is Weight.CHECK
    assert not found(replace(introduction(), starts=FILING + timedelta(30)))


def test_the_operator_does_not_entrust_itself():
    assert "entrusted_to_itself" in ids(found(maintenance(entrusted("1", party="架空電力"))))


def test_measures_need_a_known_answer_and_a_reason():
    plan = introduction()
    first, *_ = plan.measures
    for answer, id in ((Answer("partly"), "measure_reason_missing"), (Answer("maybe"), "measure_unknown")):
        assert ids(found(replace(plan, measures={**plan.measures, first: answer}))) == [id]
    assert ids(found(replace(plan, measures={**plan.measures, "RMM_MNT_1A": Answer("implemented")}))) == [
        "measure_foreign"
    ]


# -- what is sealed ---------------------------------------------------------------------------------------------------


def test_of_a_veiled_vendor_the_operator_learns_only_that_something_is_missing():
    party = Party(
        "星野計器",
        vendor(officers=[{"name": "秘", "nationality": "ZZ"}]),
        "passport:x:1:y",
        frozenset({"officers", "certificates"}),
    )
    told = validate(introduction(party), FILING)
    assert ids(told.findings) == ["veiled_incomplete"]
    assert "officer_birth_date_missing" in ids(told.behind_veils["星野計器"])
    assert "秘" not in repr(told.findings) and "ZZ" not in repr(told.findings)


def test_no_finding_and_no_repr_holds_a_sealed_value():
    party = Party("星野計器", vendor(officers=[{"name": "CANARY-A", "birth_date": "2031-01-17", "nationality": "QQ"}]))
    told = repr(found(introduction(party))) + repr(party) + repr(introduction(party))
    told += "".join(repr(getattr(party.disclosure, part)) for part in SEALABLE)
    assert not [word for word in ("CANARY-A", "2031", "QQ") if word in told]


def test_what_is_sealed_can_be_taken_out_part_by_part():
    whole = vendor(sales=T5)
    bare = without(whole, SEALABLE)
    assert [getattr(bare, part) for part in SEALABLE] == [None, None, None, None, ()]
    assert {f.name for f in fields(whole)} > set(SEALABLE) and bare.name == whole.name


def test_five_thousand_components_and_four_hundred_vendors_are_seen_at_once():
    sales = (Sale(_2025, "X", "省", None),)
    parties = [Party(f"供給者 {i}", replace(vendor(name=f"供給者 {i}"), sales=sales)) for i in range(400)]
    plan = replace(
        introduction(*parties, Party("星野計器", vendor())),
        components=tuple(Component(f"部品 {i}", "", "機能", f"供給者 {i % 400}") for i in range(5000)),
    )
    told = ids(found(plan))
    assert told.count("component_kind_missing") == 5000 and told.count("sale_ratio_missing") == 400
