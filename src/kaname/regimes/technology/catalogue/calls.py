"""Calls (公募) of the K Program that are known. There were more: this is no register of the funding agencies."""

from dataclasses import dataclass
from datetime import date, datetime

from kaname.days import JST
from kaname.law import T, Text
from kaname.law.dated import Confidence
from kaname.regimes.technology.catalogue.sources import Source, cited
from kaname.regimes.technology.catalogue.when import When

OKU = 100_000_000
FIRST_CALLS = date(2022, 12, 5)


@dataclass(frozen=True, slots=True)
class Call:
    """`concept` is the title of the concept; `sure_of_agency`: whether the source names the agency that calls."""

    id: str
    agency: str
    concept: Text
    opened: When
    sources: tuple[Source, ...]
    confidence: Confidence
    type: str = ""
    max_budget_yen: int | None = None
    closes: datetime | None = None
    technologies: tuple[str, ...] = ()
    sure_of_agency: bool = True
    note: Text | None = None


_LIST = (
    Call("uav_safety", "jst",
        T("災害・緊急時等に活用可能な小型無人機を含めた運航安全管理技術",
            "operation safety management including small UAVs usable in disasters and emergencies"),
        When("2022-12"), cited("wix"), Confidence.MEDIUM, "project", 60 * OKU,
        technologies=("SPA-08", "SPA-09", "SPA-10")),
    Call("auv_survey", "jst",
        T("無人機技術を用いた効率的かつ機動的な自律型無人探査機（AUV）による海洋観測・調査システムの構築",
            "system of ocean observation and survey by AUVs, efficient and mobile by unmanned craft"),
        When("2022-12"), cited("wix"), Confidence.MEDIUM, "project", 80 * OKU, technologies=("OCE-04", "OCE-05")),
    Call("ai_security", "jst",
        T("人工知能（AI）が浸透するデータ駆動型の経済社会に必要なAIセキュリティ技術の確立",
            "AI security for a data-driven economy and society pervaded by AI"),
        When("2022-12"), cited("wix"), Confidence.MEDIUM, "individual_research", 25 * OKU, technologies=("XCY-01",),
        note=T("資料は年を2023年と誤記", "the page wrongly writes 2023 for the year")),
    Call("nedo_2026_07", "nedo", T("経済安全保障重要技術育成プログラムの公募", "call of the K Program"),
        When("2026-07-29"), cited("jg"), Confidence.MEDIUM, closes=datetime(2026, 8, 12, 12, tzinfo=JST),
        sure_of_agency=False,
        note=T("公募が二週間の例がある。Jグランツに掲載される。機関は推定",
            "calls can be as short as two weeks and are listed on J-Grants; the agency is probable")),
)  # fmt: skip

CALLS = {c.id: c for c in _LIST}


def calls(as_of: date) -> tuple[Call, ...]:
    """Those that had surely opened by a day."""
    return tuple(c for c in _LIST if c.opened.by(as_of))
