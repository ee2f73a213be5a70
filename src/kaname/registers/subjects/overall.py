"""The four regimes side by side: what each asks, since when, and its numbers on the day."""

from dataclasses import dataclass
from datetime import date

from kaname.law import GROUPS, T, Text
from kaname.regimes.infrastructure.versions import FIRST_GRACE_OVER, REVIEW
from kaname.regimes.supply.funds.model import What
from kaname.registers.at import At
from kaname.registers.blocks import Column, Figure, Numbers, Page, Row, Table
from kaname.registers.sources import CASE, law
from kaname.registers.subjects import infrastructure, money, patents, products, technology

TITLE = T("全体像", "The overall picture")

_DAYS = {g.id: g.in_force for g in GROUPS}


@dataclass(frozen=True, slots=True)
class Regime:
    """One of the four. `since`: the first day on which anything of it applied; `kinds`: of its cases here."""

    id: str
    chapter: Text
    label: Text
    what: Text
    since: date
    page: str
    kinds: str


REGIMES = (
    Regime(
        "supply",
        T("第2章", "Chapter 2"),
        T("特定重要物資の安定的な供給の確保", "Stable supply of critical products"),
        T("物資を指定し、事業者の計画を認定して支援する", "products are designated, plans certified and supported"),
        _DAYS["main"],
        "/glance/products/",
        "supply.",
    ),
    Regime(
        "infrastructure",
        T("第3章", "Chapter 3"),
        T("特定社会基盤役務の安定的な提供の確保", "Stable infrastructure services"),
        T(
            "重要設備の導入・維持管理の委託を事前に審査する",
            "introducing and entrusting critical equipment is reviewed beforehand",
        ),
        _DAYS["infrastructure_designation"],
        "/glance/infrastructure/",
        "infrastructure.",
    ),
    Regime(
        "technology",
        T("第4章", "Chapter 4"),
        T("特定重要技術の開発支援", "Support for critical technologies"),
        T("協議会と指定基金で研究開発を支える", "research is carried by councils and a designated fund"),
        _DAYS["main"],
        "/glance/technology/",
        "technology.",
    ),
    Regime(
        "patents",
        T("第5章", "Chapter 5"),
        T("特許出願の非公開", "Non-disclosure of patent applications"),
        T("出願を保全審査に付し、必要なら公開を止める", "applications are reviewed and, where needed, not published"),
        _DAYS["patents"],
        "/glance/patents/",
        "patents.",
    ),
)


def cover(at: At) -> tuple[Numbers, ...]:
    """Three numbers a regime."""
    found = money.table_on(at)
    of: dict[str, tuple[Figure, ...]] = {
        "supply": (products.products(at), products.certified(at), money.amount(found, What.CONTRIBUTED, at)),
        "infrastructure": (infrastructure.sectors(at), infrastructure.operators(at), infrastructure.under_review(at)),
        "technology": (technology.technologies(at), technology.councils(at), technology.fund(at)),
        "patents": (patents.fields(at), patents.items(at), patents.sent(at)),
    }
    return tuple(Numbers(f"cover.{r.id}", r.label, of[r.id]) for r in REGIMES)


def page(at: At) -> Page:
    begun = [r for r in REGIMES if r.since <= at.day]
    columns = (
        Column("regime", T("制度", "regime")),
        Column("chapter", T("章", "chapter")),
        Column("what", T("内容", "what it does")),
        Column("since", T("施行", "in force from")),
        Column("state", T("この日", "on this day")),
        Column("cases", T("この事務所の案件", "cases of this office"), True, CASE),
    )
    rows = tuple(
        Row(
            r.id,
            (r.label, r.chapter, r.what, r.since, _state(r, at.day), at.records.cases(r.kinds)),
            at.address(r.page),
        )
        for r in REGIMES
    )
    table = Table(
        "overall.regimes",
        T("四つの制度", "The four regimes"),
        columns,
        rows,
        None,
        law(at.known),
        T(
            "案件の数は、見ることのできる案件をこの日までに開かれた分だけ数える",
            "cases counted are those you may know of, opened up to this day",
        ),
    )
    figures = tuple(
        at.counted(f"overall.{r.id}", r.label, at.records.cases(r.kinds), CASE, at.address(r.page)) for r in REGIMES
    )
    return Page(
        "overall",
        TITLE,
        _answer(len(begun), at),
        (table, Numbers("overall.cases", T("この事務所の案件", "Cases of this office"), figures)),
    )


def _answer(many: int, at: At) -> Text:
    if at.day < _DAYS["basic_policy"]:
        return T(
            "法は公布されていますが、四つの制度はどれも始まっていません。",
            "The Act is promulgated; none of the four regimes has begun.",
        )
    return T(f"四つの制度のうち{many}が始まっています。", f"{many} of the four regimes have begun.")


def _state(r: Regime, day: date) -> Text:
    if day < r.since:
        return T("始まっていない", "not begun")
    if r.id == "infrastructure" and day < FIRST_GRACE_OVER:
        if day < REVIEW:
            return T("指定のみ", "designation only")
        return T(f"経過措置中（届出は{FIRST_GRACE_OVER}から）", f"in grace (filings from {FIRST_GRACE_OVER})")
    return T("運用中", "in operation")
