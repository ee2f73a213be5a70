"""A picture made by hand with every kind of block and the awkward cases: nothing known, unverified, rare kanji."""

from datetime import date
from decimal import Decimal

from kaname.law import T
from kaname.registers.blocks import (
    Bars,
    Column,
    Figure,
    Flow,
    Moment,
    Numbers,
    Page,
    Picture,
    Prose,
    Row,
    Series,
    Source,
    Stage,
    Table,
    Timeline,
)

DAY = date(2024, 6, 4)
DECK = Source(T("内閣府説明資料", "Cabinet Office deck"), DAY, "https://www.cao.go.jp/keizai_anzen_hosho/")
OFFICE = Source(T("この役所の記録", "records of this office"), DAY)
CASES, OKU = T("件", "cases"), T("億円", "JPY 100 m")
PRODUCTS = (
    ("抗菌性物質製剤", "antibacterial preparations", 553),
    ("肥料", "fertiliser", 160),
    ("永久磁石", "permanent magnets", 253),
    ("工作機械・産業用ロボット", "machine tools and industrial robots", 416),
    ("航空機の部品", "aircraft parts", 744),
    ("半導体", "semiconductors", 7730),
    ("蓄電池", "storage batteries", 5974),
    ("クラウドプログラム", "cloud programs", 1366),
    ("天然ガス", "natural gas", 236),
    ("重要鉱物", "critical minerals", 2158),
    ("船舶の部品", "ship parts", 88),
    ("先端電子部品", "advanced electronic parts", None),
)


def picture(day: date = DAY, plans: int = 85, rows: int = 12) -> Picture:
    """`rows`: how long the longest table is."""
    figures = (
        Figure(
            "supply.products",
            T("特定重要物資", "specified critical products"),
            12,
            T("物資", "products"),
            DECK,
            "/supply/products/",
        ),
        Figure(
            "supply.plans", T("認定供給確保計画", "certified plans"), plans, CASES, DECK, "/cases/?kind=supply.plan"
        ),
        Figure(
            "supply.money",
            T("基金の造成", "paid into funds"),
            Decimal("19689"),
            OKU,
            DECK,
            estimate=True,
            note=T("資料の合計と行の和は一致しない", "the deck's total is not the sum of its rows"),
        ),
    )
    return Picture(
        day,
        T("経済安全保障推進法の全体像", "The Economic Security Promotion Act at a glance"),
        (
            Numbers(
                "cover.supply", T("特定重要物資の安定的な供給の確保", "Stable supply of critical products"), figures
            ),
            Numbers(
                "cover.patents",
                T("特許出願の非公開", "Non-disclosure of patent applications"),
                (
                    Figure(
                        "patents.fields", T("特定技術分野", "specified technical fields"), 25, T("分野", "fields"), DECK
                    ),
                    Figure(
                        "patents.directions",
                        T("保全指定", "security designations"),
                        None,
                        CASES,
                        None,
                        note=T("公表されていない", "not published"),
                    ),
                    Figure(
                        "patents.first_day",
                        T("運用開始", "in operation since"),
                        date(2024, 5, 1),
                        None,
                        DECK,
                        verified=False,
                    ),
                ),
            ),
        ),
        (_supply(day, plans), _table(rows), _when(day), _flow()),
        (T("一部の数は公表資料にありません。", "Some figures are not in published material."),),
    )


def _supply(day: date, plans: int) -> Page:
    money = Bars(
        "supply.funds",
        T("半導体と蓄電池に基金の7割が向かう", "Chips and batteries take 70 % of the funds"),
        T(f"物資別の造成額、億円、{day}", f"paid in by product, JPY 100 m, {day}"),
        tuple(T(ja, en) for ja, en, _ in PRODUCTS),
        (
            Series(T("造成額", "paid in"), tuple(v for *_, v in PRODUCTS)),
            Series(T("交付決定額", "decided"), tuple(v and v * 2 // 3 for *_, v in PRODUCTS)),
        ),
        OKU,
        DECK,
    )
    numbers = Numbers(
        "supply.numbers",
        T("物資と計画", "Products and plans"),
        (
            Figure("supply.page_plans", T("認定計画", "certified plans"), plans, CASES, DECK),
            Figure("supply.cloud", T("うちクラウド", "of these cloud"), 8, CASES, OFFICE),
        ),
    )
    return Page(
        "supply",
        T("物資の安定供給", "Stable supply"),
        T(
            f"{plans}件の計画を認定し、12物資の供給力を高めています。",
            f"{plans} certified plans strengthen the supply of 12 products.",
        ),
        (numbers, money),
    )


def _table(rows: int) -> Page:
    columns = (
        Column("no", T("番号", "no."), True),
        Column("name", T("名称", "name")),
        Column("company", T("事業者", "company")),
        Column("amount", T("金額", "amount"), True, OKU),
        Column("since", T("認定日", "certified on")),
    )
    made = tuple(
        Row(
            f"r{n}",
            (
                n,
                T(
                    f"計画その{n}：{PRODUCTS[n % 12][0]}の設備投資と研究開発",
                    f"Plan {n}: investment and research for {PRODUCTS[n % 12][1]}",
                ),
                "株式会社𠮷田髙﨑製作所",
                Decimal(n) / 4 if n % 5 else None,
                date(2023, 1 + n % 12, 1),
            ),
            verified=bool(n % 7),
        )
        for n in range(1, rows + 1)
    )
    total = Row("total", (None, T("合計", "total"), "", Decimal("19.5"), None))
    table = Table(
        "plans.list",
        T("認定供給確保計画の一覧", "Certified plans"),
        columns,
        made,
        total,
        OFFICE,
        T("個別の助成額は公表されていないものを空欄とした", "blank where the amount is not published"),
    )
    return Page(
        "plans",
        T("認定計画", "Certified plans"),
        T("計画は全国に広がっています。", "Plans are spread over the whole country."),
        (table,),
    )


def _when(day: date) -> Page:
    told = (
        (date(2022, 5, 11), "成立", "passed"),
        (date(2022, 5, 18), "公布", "promulgated"),
        (date(2022, 8, 1), "第1章・第2章・第4章の施行", "chapters 1, 2 and 4 in force"),
        (date(2022, 12, 23), "特定重要物資の指定", "critical products designated"),
        (date(2023, 11, 17), "特定社会基盤事業者の指定", "infrastructure operators designated"),
        (date(2024, 5, 1), "特許出願非公開制度の施行", "patent non-disclosure in force"),
        (date(2024, 5, 17), "基幹インフラ審査制度の運用開始", "infrastructure review begins to bite"),
        (date(2025, 4, 1), "一般港湾運送の追加", "general port transport added"),
        (date(2027, 12, 16), "医療の追加（遅くとも）", "health care added (at the latest)"),
    )
    moments = tuple(Moment(f"m{n}", on, T(ja, en), DECK, ahead=on > day) for n, (on, ja, en) in enumerate(told))
    open_ = Moment("guideline", None, T("基本指針の見直し", "review of the basic guideline"), verified=False)
    return Page(
        "when",
        T("施行の歩み", "Timeline"),
        T("四つの制度はすべて動いています。", "All four regimes are in operation."),
        (
            Timeline("when.strip", T("法の歩み", "The Act in dates"), (*moments, open_)),
            Prose(
                "when.watch",
                T("附帯決議の求め", "What both Houses asked for"),
                (
                    T("施行後3年を目途に見直す。", "Review the Act about three years after it came into force."),
                    T("事業者の負担に配慮する。", "Mind the burden on companies."),
                ),
                DECK,
                True,
            ),
        ),
    )


def _flow() -> Page:
    stages = (
        Stage("file", T("計画書の届出", "plan filed"), 4),
        Stage("review", T("審査（原則30日）", "review (30 days)"), 3),
        Stage("extended", T("延長（最長4月）", "extended (up to 4 months)"), 1),
        Stage("recommended", T("勧告", "recommendation"), 0),
        Stage("order", T("命令", "order"), None, note=T("勧告に応じないとき", "where it is not followed")),
        Stage("introduced", T("導入・委託", "introduced"), 12),
    )
    return Page(
        "infrastructure",
        T("基幹インフラ", "Critical infrastructure"),
        T("審査中は3件です。", "Three plans are under review."),
        (Flow("infrastructure.flow", T("審査の流れ", "How a plan is reviewed"), stages, OFFICE),),
    )
