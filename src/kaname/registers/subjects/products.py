"""Chapter 2: designated products and certified plans, as published and as recorded here."""

from datetime import date

from kaname.law import T, Text
from kaname.regimes.supply.catalogue.products import DECK as COUNTED_ON
from kaname.regimes.supply.catalogue.products import Product, certified_plans, in_force
from kaname.regimes.supply.versions import IN_FORCE
from kaname.registers.at import At
from kaname.registers.blocks import Bars, Block, Column, Figure, Flow, Numbers, Page, Row, Series, Source, Stage, Table
from kaname.registers.sources import CASE, DECK, PLAN, UNPUBLISHED, Known, latest, order

TITLE = T("特定重要物資と認定計画", "Critical products and certified plans")

PRODUCT = T("物資", "products")
_PUBLISHED = (
    Known(COUNTED_ON, certified_plans(), DECK),
    # Told as "December 2024": known from the end of that month on.
    Known(
        date(2024, 12, 31),
        116,
        Source(T("国会答弁（2024年12月頃）", "Diet answer, about December 2024"), date(2024, 12, 31)),
        note=T("物資別の内訳は公表されていない（確かさ：中）", "no breakdown by product is known (confidence: medium)"),
    ),
)
_REVIEW = (
    ("submitted", T("申請", "submitted")),
    ("supplement_requested", T("追加書類の要求", "documents asked for")),
    ("ministers_consulted", T("協議済", "ministers consulted")),
    ("jftc_referred", T("公取委に意見の求め", "JFTC asked")),
    ("certified", T("認定", "certified")),
)


def products(at: At) -> Figure:
    return Figure(
        "supply.products",
        T("特定重要物資", "specified critical products"),
        len(in_force(at.day)),
        PRODUCT,
        order(at.known),
        at.address("/supply/products/"),
    )


def certified(at: At) -> Figure:
    """The plans certified, as published last."""
    known = latest(_PUBLISHED, at.day)
    label, behind = T("認定供給確保計画", "certified supply plans"), "/supply/register/"
    if known is None:
        return Figure("supply.plans", label, None, PLAN, records=behind, note=UNPUBLISHED)
    return Figure("supply.plans", label, known.value, PLAN, known.source, behind, known.note)


def recorded(at: At) -> Figure:
    """Those of the cases here that the reader may know of."""
    return at.counted(
        "supply.plans.recorded",
        T("うちこの事務所の案件", "certified plans among the cases here"),
        at.records.standing("supply.plan", "plan", "certified"),
        PLAN,
        at.cases("supply.plan", "plan", "certified"),
    )


def page(at: At) -> Page:
    found = in_force(at.day)
    blocks: list[Block] = [
        Numbers("supply.numbers", T("物資と計画", "Products and plans"), (products(at), certified(at), recorded(at)))
    ]
    if at.day >= COUNTED_ON:
        blocks.append(_bars(found, at))
    blocks += [_table(found, at), _flow(at)]
    return Page("products", TITLE, _answer(at), tuple(blocks))


def _answer(at: At) -> Text:
    many, plans = len(in_force(at.day)), certified(at)
    if not many:
        begun = (
            T("第2章は施行済み", "Chapter 2 is in force")
            if at.day >= IN_FORCE
            else T(f"第2章の施行は{IN_FORCE}", f"Chapter 2 comes into force on {IN_FORCE}")
        )
        return T(f"指定された物資はまだありません（{begun.ja}）。", f"No product is designated yet ({begun.en}).")
    if plans.value is None:
        return T(
            f"{many}物資が指定されています。認定計画の数は、この日までに公表されていません。",
            f"{many} products are designated. No number of certified plans was published up to this day.",
        )
    return T(
        f"{many}物資が指定され、公表された認定計画は{plans.value}件です。",
        f"{many} products are designated; {plans.value} certified plans were published.",
    )


def _bars(found: tuple[Product, ...], at: At) -> Bars:
    """The plans by product: known for the deck's day alone."""
    ranked = sorted((p for p in found if p.certified), key=lambda p: -(p.certified or 0))
    first, total = ranked[:3], certified_plans()
    share = sum(p.certified or 0 for p in first)
    return Bars(
        "supply.plans_by_product",
        T(
            f"{'・'.join(p.label.ja for p in first)}で{total}件のうち{share}件",
            f"{', '.join(p.label.en for p in first)}: {share} of {total} plans",
        ),
        T(f"物資別の認定計画、件、{COUNTED_ON} 現在", f"certified plans by product, number, on {COUNTED_ON}"),
        tuple(p.label for p in ranked),
        (Series(T("認定計画", "certified plans"), tuple(p.certified for p in ranked)),),
        CASE,
        DECK,
        "/supply/register/",
    )


def _table(found: tuple[Product, ...], at: At) -> Table:
    columns = (
        Column("product", T("物資", "product")),
        Column("item", T("施行令1条の号", "item of Order Art. 1"), number=True),
        Column("ministry", T("所管", "ministry")),
        Column("designated_on", T("指定の施行", "designated from")),
        Column("widened", T("範囲の追加", "scope widened")),
        Column("support_body", T("支援の実施者", "support body")),
        Column("plans", T("認定計画", "certified plans"), number=True, unit=CASE),
    )
    rows = tuple(_row(p, at) for p in found)
    known = at.day >= COUNTED_ON
    total = Row("total", (T("合計", "total"), None, "", None, "", "", certified_plans())) if known and rows else None
    told = T(
        f"認定計画の物資別の数は{COUNTED_ON}現在のみ公表。先端電子部品と後の4物資の数は示されていない",
        f"plans by product were published for {COUNTED_ON} only; none is printed for electronic components and the "
        "four products that came later",
    )
    return Table(
        "supply.products_table",
        T("指定された物資", "Designated products"),
        columns,
        rows,
        total,
        order(at.known),
        told if known else None,
    )


def _row(p: Product, at: At) -> Row:
    wider = "、".join(w.ja for w in p.scope_on(at.day)), ", ".join(w.en for w in p.scope_on(at.day))
    body = p.support_body
    return Row(
        p.id,
        (
            p.label,
            p.item,
            p.under.label,
            p.designated_on,
            T(*wider),
            body.name if body else "",
            p.certified if at.day >= COUNTED_ON else None,
        ),
        f"/supply/pdca/{p.id}/?as_of={at.day}",
        note=None if body is None or not body.confidence.unverified else T("支援の実施者は未確認", "body unverified"),
    )


def _flow(at: At) -> Flow:
    stages = tuple(
        Stage(id, label, at.records.standing("supply.plan", "plan", id), at.cases("supply.plan", "plan", id))
        for id, label in _REVIEW
    )
    return Flow(
        "supply.review",
        T("この事務所の供給確保計画の今", "Where the supply plans of this office stand"),
        stages,
        at.own,
    )
