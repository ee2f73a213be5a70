"""The register of certified plans: the office's own cases and imported lists in one list, told apart, with filters."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from kaname.access import api as access
from kaname.days import DayError
from kaname.desk import supply
from kaname.law import T, Text
from kaname.regimes.supply import register as plans
from kaname.regimes.supply.catalogue import ORDERS, PRODUCTS
from kaname.regimes.supply.given import Unusable, yen
from kaname.regimes.supply.plan_numbers import line
from kaname.regimes.supply.register.counts import PUBLISHED, Counted
from kaname.regimes.supply.register.measures import COLUMNS, as_texts, measure_rows
from kaname.regimes.supply.register.plan import Certified
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table
from kaname.web.read import parse_day
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import page_of
from kaname.web.views.common import address
from kaname.web.views.infrastructure.common import with_query
from kaname.web.views.supply.amounts import oku

SIZE = 25
_WORDS = ("product", "ministry", "item", "applicant", "since", "until", "least", "most", "origin")
ORIGINS = {"": T("すべて", "all"), "case": T("この事務所の案件", "cases of this office"),
           "import": T("取り込んだ一覧", "imported lists")}  # fmt: skip
_HEADS = (
    Column(T("申請者", "applicants")), Column(T("物資", "product")), Column(T("品目", "item")),
    Column(T("認定日", "certified on")), Column(T("助成金（億円）", "grant (100 m yen)"), num=True),
    Column(T("出所", "source")), Column(T("様子", "state")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for, what of it could not be read, and the rest of the address."""

    asked: plans.Asked
    errors: dict[str, Text] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)


def register(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    wanted = asked(request)
    every = supply.plans(request.user)
    found = plans.sifted(every, wanted.asked)
    if "csv" in request.GET:
        return as_csv(f"plans-{access.today():%Y%m%d}.csv", [say(h) for h in _CSV], _lines(found))
    if "measures" in request.GET:
        return as_csv(f"plan-measures-{access.today():%Y%m%d}.csv", COLUMNS, map(as_texts, measure_rows(found)))
    page = page_of(request)
    shown = found[(page - 1) * SIZE : page * SIZE]
    counts = plans.counted(every, access.today())
    return render(request, "web/supply/register.html", {
        "answer": answer(every, found, wanted), "total": len(found), "every": len(every), "errors": wanted.errors,
        "table": Table(T("認定の新しい順", "newest first"), _HEADS, [_row(p) for p in shown]), "typed": request.GET,
        "pager": Pager(page, SIZE, len(found), wanted.query), "counts": _counts(counts), "published": PUBLISHED,
        "chips": [Chip(label, with_query(wanted.query, origin=id), _many(every, id), on=id == wanted.asked.origin)
                  for id, label in ORIGINS.items()],
        "products": [(p.id, p.label) for p in PRODUCTS.values()], "ministries": [(o.id, o.label) for o in
                                                                                 ORDERS.values()],
        "csv": with_query(wanted.query, csv="1"),
        "measures": with_query(wanted.query, measures="1") if measure_rows(found) else "",
        "filtered": bool(wanted.query),
    }, status=400 if wanted.errors else 200)  # fmt: skip


def asked(request: HttpRequest) -> Wanted:
    """The filters of the address. What cannot be read asks for nothing and is told."""
    typed = {name: value for name in _WORDS if (value := request.GET.get(name, "").strip()[:80])}
    errors: dict[str, Text] = {}
    read: dict[str, Any] = {}
    for name, value in typed.items():
        try:
            read[name] = _READERS.get(name, str)(value)
        except DayError as wrong:
            errors[name] = wrong.text
        except Unusable as wrong:
            errors[name] = wrong.text
    query = {name: value for name, value in typed.items() if name not in errors}
    return Wanted(plans.Asked(**read), errors, query)


def _money(text: str) -> int:
    """An amount; a bare number is 億円, as in the table."""
    return yen(text, "億円")


_READERS: dict[str, Any] = {"since": parse_day, "until": parse_day, "least": _money, "most": _money}


def answer(every: list[Certified], found: list[Certified], wanted: Wanted) -> list[Text]:
    grants = sum(p.grant for p in found if p.grant is not None)
    without = sum(1 for p in found if p.grant is None)
    more = T(f"（{without}件は額が示されていません）", f" ({without} tell no amount)") if without else T("", "")
    fits = T("条件に合う", "that fit") if wanted.query else T("", "")
    return [T(f"{fits.ja}認定計画は{len(found)}件、助成金は合わせて{oku(grants)}億円です{more.ja}。",
              f"{len(found)} certified plans{f' {fits.en}' if fits.en else ''}, "
              f"grants of {oku(grants)} hundred million yen in all{more.en}.")]  # fmt: skip


def _many(every: list[Certified], origin: str) -> int:
    return len(every) if not origin else sum(1 for p in every if bool(p.case) is (origin == "case"))


def _row(p: Certified) -> Row:
    source: Text | str = ORIGINS["case"] if p.case else T(f"取込み：{p.source}", f"imported: {p.source}") if p.source \
        else T("取込み", "imported")  # fmt: skip
    state: Any = (
        T(f"取消し {p.cancelled_on}", f"cancelled {p.cancelled_on}") if p.cancelled_on else T("認定", "certified")
    )
    cells = (p.product.label, p.item, p.certified_on or "", oku(p.grant), source, state)
    return Row(T("、".join(p.applicants), ", ".join(p.applicants)), cells, address("case", p.case) if p.case else "")


def _counts(counts: list[Counted]) -> Table:
    heads = [Column(T("物資", "product")), Column(T("公表（2024年6月4日）", "published, 2024-06-04"), num=True),
             Column(T("ここにある計画", "listed here"), num=True), Column(T("うち資料の日まで", "by that day"),
                 num=True),
             Column(T("足りない件数", "missing of them"), num=True), Column(T("取消し", "cancelled"), num=True),
             Column(T("助成金（億円）", "grants (100 m yen)"), num=True)]  # fmt: skip
    rows = [
        Row(c.product.label, [*("" if v is None else v for v in _numbers(c)), oku(c.grants)],
            with_query({}, product=c.product.id))
        for c in counts
    ]  # fmt: skip
    total = [sum(v or 0 for v in column) for column in zip(*map(_numbers, counts), strict=True)]
    known = [c.grants for c in counts if c.grants is not None]
    rows.append(Row(T("合計", "total"), (*total, oku(sum(known)) if known else "")))
    return Table(T("物資ごとの件数", "Numbers by product"), heads, rows)


def _numbers(c: Counted) -> tuple[int | None, ...]:
    return c.published, c.listed, c.up_to_deck, c.missing, c.cancelled


_CSV = (
    T("物資", "product"), T("申請者", "applicants"), T("認定日", "certified_on"), T("品目", "item"),
    T("認定番号", "number"), T("資金（円）", "funds_yen"), T("助成金（円）", "grant_yen"), T("取消日", "cancelled_on"),
    T("区分", "origin"), T("出所", "source"), T("対策の数値", "measures_in_numbers"),
)  # fmt: skip


def _lines(found: list[Certified]) -> Iterator[list[Any]]:
    for p in found:
        yield [p.product.label[lang()], ";".join(p.applicants), p.certified_on, p.item, p.number, p.funds, p.grant,
               p.cancelled_on, say(ORIGINS["case" if p.case else "import"]), p.source,
               "; ".join(map(line, p.numbers))]  # fmt: skip
