"""Evidence: a figure beside a threshold, what would change the answer, and the record that is carried into a case."""

import hashlib
import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.assess.trade.asked import Asked
from kaname.assess.trade.evidence import MEANS, SETTABLE, Source, evidence
from kaname.assess.trade.figures import Figure, figure
from kaname.assess.trade.products import bundle
from kaname.assess.trade.run import Given, read_all
from kaname.assess.trade.stated import MEASURES, NOBODY, REST
from kaname.assess.trade.turning import Side, judged
from kaname.files.named import Table
from kaname.regimes.supply.catalogue.requirements import INDICATORS, REQUIREMENTS


def of(measure: str, amounts: dict[str, int], **more) -> Figure:
    return figure(measure, 2023, {"amounts": {code: str(one) for code, one in amounts.items()}}, "table", **more)


def test_over_under_open_and_nothing():
    top = of("top_1", {"CHN": 60, "AUS": 40})
    assert judged(top, 0.5).side is Side.OVER
    assert judged(top, 0.6).side is Side.UNDER, "on the line is not over it"
    assert judged(of("top_1", {"CHN": 60, NOBODY: 40}, low=0.6, high=1.0), 0.7).side is Side.OPEN
    assert judged(Figure("hhi", 2023, None, {}, "table"), 0.4).side is Side.NO_DATA
    drawn = judged(of("top_1", {"CHN": 60, "AUS": 40}, drawn=(0.55, 0.65)), 0.58)
    assert (drawn.side, drawn.certain) == (Side.OVER, False)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8), st.floats(0.05, 0.95))
def test_what_has_to_move_brings_the_concentration_to_the_line(amounts, line):
    one = of("hhi", {f"{n:03}": amount for n, amount in enumerate(amounts)})
    found = judged(one, line)
    if found.moved is None:
        parts = sorted((a / sum(amounts) for a in amounts), reverse=True)
        assert one.value <= line or sum(p * p for p in parts[1:]) >= line
        return
    parts = sorted((a / sum(amounts) for a in amounts), reverse=True)
    assert 0 < found.moved <= parts[0]
    assert (parts[0] - found.moved) ** 2 + sum(p * p for p in parts[1:]) == pytest.approx(line)


def test_a_largest_share_falls_to_the_line_unless_the_next_is_over_it_too():
    assert judged(of("top_1", {"CHN": 70, "AUS": 30}), 0.5).moved == pytest.approx(0.2)
    assert judged(of("top_1", {"CHN": 51, "AUS": 49}), 0.4).moved is None
    assert judged(of("top_1", {"CHN": 70, REST: 30}), 0.5).moved == pytest.approx(0.2)


def test_every_measure_speaks_to_a_requirement_of_the_case():
    assert set(MEANS) <= set(MEASURES)
    assert set(SETTABLE) <= set(MEASURES)
    for requirement, indicator in MEANS.values():
        assert requirement in REQUIREMENTS
        assert not indicator or indicator in {one.id for one in REQUIREMENTS[requirement].indicators} <= set(INDICATORS)


@pytest.fixture
def record(tmp_path):
    place = tmp_path / "trade.csv"
    rows = "".join(f"{year},2504,{who},JPN,{amount}\n" for year in (2021, 2022, 2023)
                   for who, amount in (("CHN", 70 + year % 10), ("AUS", 30)))  # fmt: skip
    place.write_text(f"year,product,exporter,importer,value\n{rows}", "utf-8")
    wanted = bundle(["2504"])
    page = read_all(Given(Table(str(place))), wanted).page(wanted, Asked("JPN", (2021, 2022, 2023)))
    sources = [Source("trade.csv", "trade", hashlib.sha256(place.read_bytes()).hexdigest(), 6)]

    def made(**more):
        return evidence(page, wanted, sources, date(2023, 7, 1), more.pop("thresholds", {}), "/page/", **more)

    return made


def test_the_record_names_its_files_and_can_be_checked(record):
    told = record(thresholds={"hhi": 0.4}).as_json()
    digest = told.pop("digest")
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest == hashlib.sha256(plain.encode()).hexdigest()
    assert digest != record().digest
    for one in told["indicators"]:
        assert MEASURES[one["measure"]].compute(**one["inputs"]) == one["value"], "each can be computed again"
    assert {one["year"] for one in told["indicators"]} == {2023}


def test_rows_are_those_of_the_field_of_the_case(record):
    rows = record(thresholds={"hhi": 0.4}).rows()
    assert all(re.fullmatch("[0-9a-f]{64}", row["digest"]) and row["page"] == "/page/" for row in rows)
    assert {row["as_of"] for row in rows} == {"2023-07-01"}, "no data younger than the day of the act"
    hhi = next(row for row in rows if row["indicator"] == "r2_hhi")
    assert (hhi["requirement"], hhi["threshold"], hhi["figure"]) == ("r2", "0.4", "hhi 2504 JPN 2023")
    assert not [row for row in record(left_out=("hhi",)).rows() if row["indicator"] == "r2_hhi"]
