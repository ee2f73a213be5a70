"""Every number of the government deck of 2024-06-04 that the picture claims to reproduce, against the researched facts.

Where the deck disagrees with itself the picture shows both numbers and says so.
"""

import os
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kaname.law import T
from kaname.registers.blocks import Bars, Figure, Numbers, Page, Picture, Prose, Row, Table, Timeline
from kaname.registers.picture import BeforeTheAct, picture

SHARED = Path(os.environ.get("KANAME_SHARED", Path(__file__).parents[2].parent / "shared"))
DECK, TODAY = date(2024, 6, 4), date(2026, 11, 26)


@cache
def facts(name: str) -> Any:
    path = SHARED / "facts" / f"{name}.yaml"
    if not path.is_file():
        pytest.skip(f"researched facts are absent: {path}")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def on(day: date) -> Picture:
    return picture(day, today=TODAY)


def figures(of: Picture) -> dict[str, Figure]:
    return {f.id: f for f in of.figures()}


def value(id: str, day: date = DECK) -> Any:
    return figures(on(day))[id].value


def page(id: str, day: date = DECK) -> Page:
    return next(p for p in on(day).pages if p.id == id)


def table(id: str, day: date = DECK) -> Table:
    return next(b for p in on(day).pages for b in p.blocks if isinstance(b, Table) and b.id == id)


def cells(row: Row, of: Table) -> dict[str, Any]:
    return dict(zip((c.id for c in of.columns), row.cells, strict=True))


# -- Chapter 2 -------------------------------------------------------------------------------------------------------


def test_twelve_products_and_eighty_five_plans() -> None:
    said = facts("ch2_supply")
    assert value("supply.products") == len(said["products"]) == 12
    assert value("supply.plans") == said["seed_totals"]["certified_total_20240604"] == 85
    of = table("supply.products_table")
    by_product = {row.id: cells(row, of)["plans"] for row in of.rows}
    assert by_product == {p["id"]: p["certified_plans_20240604"] for p in said["products"]}
    assert sum(n or 0 for n in by_product.values()) == 85
    assert of.total and cells(of.total, of)["plans"] == 85


def test_products_stand_from_the_day_of_the_facts() -> None:
    of = table("supply.products_table")
    said = {p["id"]: p["designated_on"] for p in facts("ch2_supply")["products"]}
    assert {row.id: cells(row, of)["designated_on"].isoformat() for row in of.rows} == said


def test_the_fund_table_by_product() -> None:
    of = table("supply.money.table")
    names = {"contributed_2022": "state_contribution_R4_oku", "contributed_2023": "state_contribution_R5_oku",
             "decided": "decided_R5_estimate_oku", "spent": "spent_R5_estimate_oku"}  # fmt: skip
    said = {p["id"]: p["fund"] for p in facts("ch2_supply")["products"]}
    for row in of.rows:
        shown = cells(row, of)
        for column, name in names.items():
            amount = said[row.id].get(name)
            assert shown[column] == (None if amount is None else Decimal(str(amount))), (row.id, column)


def test_printed_totals_stand_beside_the_sums_and_what_differs_is_said() -> None:
    said = facts("ch2_supply")["seed_totals"]
    of = table("supply.money.compared")
    printed = [cells(r, of)["printed"] for r in of.rows]
    assert printed == [*said["fund_table_total"].values(), *(b["oku"] for b in said["budgets"])]
    differ = {cells(r, of)["total"].en: cells(r, of)["difference"] for r in of.rows if cells(r, of)["difference"]}
    assert differ == {"spent (estimate for the end of fiscal 2023)": Decimal("-1.5"),
                      "supplementary budget of fiscal 2023": Decimal(1)}  # fmt: skip
    spent = figures(on(DECK))["supply.money.spent"]
    assert spent.value == Decimal("689.5")
    assert spent.note and "691" in spent.note.ja and "691" in spent.note.en
    assert spent.estimate and figures(on(DECK))["supply.money.decided"].value == said["fund_table_total"]["decided"]
    assert value("supply.money.contributed") == sum(said["fund_table_total"][y] for y in ("R4", "R5"))
    assert "先端電子部品" in " ".join(t.ja for t in prose("money")), "the blank of the deck is told"


def prose(id: str, day: date = DECK) -> list[T]:
    return [s for b in page(id, day).blocks if isinstance(b, Prose) for s in b.sentences]


# -- Chapter 3 -------------------------------------------------------------------------------------------------------


def test_sectors_and_operators_by_day() -> None:
    told = facts("ch3_infrastructure")["sectors"]
    counts = {c["date"]: c["total"] for c in told["general"]["operator_counts"]}
    assert value("infrastructure.operators") == counts["2024-05-17"] == 210
    assert value("infrastructure.operators", date(2025, 7, 30)) == 210
    assert value("infrastructure.operators", date(2025, 7, 31)) == counts["2025-07-31"] == 257
    assert value("infrastructure.operators", date(2024, 2, 28)) is None
    assert counts["2026-07-01"] is None and value("infrastructure.operators", TODAY) == 257
    assert value("infrastructure.sectors") == 14
    assert value("infrastructure.sectors", date(2025, 4, 1)) == 15 == value("infrastructure.sectors", TODAY)


def test_a_sector_to_come_is_told_once_an_act_was_promulgated() -> None:
    def note(day: date) -> str:
        found = figures(on(day))["infrastructure.sectors"].note
        return found.en if found else ""

    assert note(date(2024, 5, 16)) == ""
    assert "port" in note(DECK) and "health" not in note(DECK)
    assert "health" in note(TODAY) and "port" not in note(TODAY)
    assert "port" not in {r.id for r in table("infrastructure.sectors_table", date(2024, 5, 16)).rows}
    assert {r.id for r in table("infrastructure.sectors_table", TODAY).rows} >= {"port", "health_care"}


# -- Chapter 4 -------------------------------------------------------------------------------------------------------


def test_fifty_technologies_by_domain_and_vision() -> None:
    said = facts("ch4_technology")
    counts = said["technology_counts"]
    assert value("technology.technologies") == len(said["technologies"]) == counts["total"] == 50
    of = table("technology.list")
    shown = [cells(r, of) for r in of.rows]
    assert [s["id"] for s in shown] == [t["id"] for t in said["technologies"]]
    assert [s["technology"].ja for s in shown] == [t["name_ja"] for t in said["technologies"]]
    assert Counter(s["vision"] for s in shown) == {1: counts["vision_1"], 2: counts["vision_2"]} == {1: 27, 2: 23}
    domains = table("technology.domains")
    by_domain = {c["domain"].ja: (c["vision_1"], c["vision_2"]) for c in (cells(r, domains) for r in domains.rows)}
    assert by_domain == {d: (v["vision_1"], v["vision_2"]) for d, v in counts["by_domain"].items()}


def test_what_only_the_totals_confirm_is_marked() -> None:
    dated = {"press", "press22", "call22", "adopt23", "wind"}
    sure = {t["id"] for t in facts("ch4_technology")["technologies"] if dated & set(t["vision_evidence"])}
    assert {r.id for r in table("technology.list").rows if r.verified} == sure


def test_eleven_councils_and_the_fund() -> None:
    said = facts("ch4_technology")
    assert value("technology.councils") == said["councils"]["count"] == 11
    note = figures(on(DECK))["technology.councils"].note
    assert note and str(said["councils"]["names_missing"]) in note.en
    assert (
        value("technology.fund") == next(m["amount_oku_yen"] for m in said["funding"] if "total" in m["item"]) == 5000
    )
    assert value("technology.councils", date(2024, 6, 3)) is None
    assert value("technology.technologies", date(2023, 8, 27)) == 27


# -- Chapter 5 -------------------------------------------------------------------------------------------------------


def test_twenty_five_fields_of_forty_seven_items() -> None:
    said = facts("ch5_patents")["fields"]["list"]
    assert value("patents.fields") == len(said) == 25
    assert value("patents.items") == 47
    of = table("patents.fields_table")
    assert [cells(r, of)["name"].ja for r in of.rows] == [f["name_ja"] for f in said]
    now = table("patents.fields_table", TODAY)  # the facts number the items as they stand since 2025-01-01
    items = {r.id: cells(r, now)["items"] for r in now.rows}
    assert items == {f"field{f['no']}": ", ".join(map(str, f["order_items"])) for f in said}


def test_six_figures_once_they_are_published() -> None:
    said = next(s for s in facts("ch5_patents")["statistics"] if s["id"] == "FY2024")
    names = {"sent": "sent_to_prime_minister", "designations": "designations", "lifted_or_expired": "lifted_or_expired",
             "standing_at_end": "standing_designations_at_end",
             "prior_confirmation_requests": "prior_confirmation_requests",
             "non_sending_notices": "non_sending_notices"}  # fmt: skip
    for ours, theirs in names.items():
        assert value(f"patents.six.{ours}", TODAY) == said[theirs]
        early = figures(on(DECK))[f"patents.six.{ours}"]
        assert early.value is None and early.note, "not known on the deck's day: shown as open"


# -- any day ---------------------------------------------------------------------------------------------------------


DAYS = [
    date(2022, 5, 18),
    date(2022, 7, 31),
    date(2022, 9, 16),
    date(2022, 12, 22),
    date(2023, 4, 1),
    date(2023, 11, 1),
    date(2024, 2, 2),
    date(2024, 5, 1),
    DECK,
    date(2025, 12, 24),
    TODAY,
    date(2040, 1, 1),
]


def test_before_the_act_there_is_no_picture() -> None:
    with pytest.raises(BeforeTheAct) as refused:
        picture(date(2022, 5, 17), today=TODAY)
    assert "2022-05-18" in refused.value.text.ja and "2022-05-18" in refused.value.text.en


# Counts that a source tells for a day; an event of an earlier day may well be told by a later source.
TOLD_FOR_A_DAY = ("supply.plans", "supply.money", "infrastructure.operators", "technology.councils",
                  "patents.six")  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_says_its_source_or_why_there_is_none(day: date) -> None:
    for figure in on(day).figures():
        assert figure.source or (figure.value is None and figure.note), figure.id
        assert figure.label.ja and figure.label.en
        if figure.source and figure.source.as_of and figure.id.startswith(TOLD_FOR_A_DAY):
            assert figure.source.as_of <= day, f"{figure.id} is known only later"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_one_id_is_one_number(day: date) -> None:
    seen: dict[str, Any] = {}
    for figure in on(day).figures():
        assert seen.setdefault(figure.id, figure.value) == figure.value, figure.id
    blocks = [b.id for p in on(day).pages for b in p.blocks]
    assert len(blocks) == len(set(blocks))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_tables_and_bars_are_whole(day: date) -> None:
    for p in on(day).pages:
        assert p.answer.ja and p.answer.en
        for b in p.blocks:
            if isinstance(b, Table):
                assert all(len(r.cells) == len(b.columns) for r in (*b.rows, *((b.total,) if b.total else ())))
                assert len({r.id for r in b.rows}) == len(b.rows)
            if isinstance(b, Bars):
                assert all(len(s.values) == len(b.categories) for s in b.series)
            if isinstance(b, Timeline):
                assert all(m.ahead == (m.day is None or m.day > day) for m in b.moments)


def test_the_cover_has_three_numbers_a_regime() -> None:
    assert [(n.id, len(n.figures)) for n in on(DECK).cover] == [
        (f"cover.{r}", 3) for r in ("supply", "infrastructure", "technology", "patents")]  # fmt: skip
    assert all(isinstance(n, Numbers) for n in on(DECK).cover)


def test_a_day_to_come_is_told_as_such() -> None:
    assert any("2040-01-01" in w.en for w in on(date(2040, 1, 1)).warnings)
    assert not any("has not come" in w.en for w in on(TODAY).warnings)


def test_the_points_of_the_resolutions_stand_with_their_status() -> None:
    said = [p for p in facts("ch3_infrastructure")["amendments"]["policy_watch_items"] if p["id"] != "W_REVIEW"]
    assert value("watch.points") == len(said) == 9 and value("watch.open") == 9
    assert value("watch.points", date(2024, 4, 4)) is None
    of = table("watch.points_table", TODAY)
    enacted = {p["id"] for p in said if p["status"].startswith("enacted")}
    assert {r.id for r in of.rows if cells(r, of)["status"].en.startswith("enacted")} == enacted
    assert value("watch.enacted", TODAY) == len(enacted) == 2


def test_what_nobody_counted_is_said_and_not_made_up() -> None:
    assert any("whole government" in s.en for s in prose("outreach"))
    assert all(f.value is None and f.note for f in on(DECK).figures() if f.id.startswith("outreach."))
