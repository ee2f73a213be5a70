"""Is an application for certification whole? Everything that is missing or wrong at once, before it is filed.

The ledger takes an application that lacks something, as a ministry's counter does; this says what the ministry would
ask for next. Art. 9(3) lists what the plan states, Art. 2(2) of the orders what is attached. What the policies ask in
their own figures is not laid down in law and is left to a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaname.days import Move, end, months
from kaname.days.length import FirstDay
from kaname.law import Bases, T, Text
from kaname.law.laws import art
from kaname.procedure.declare import Field
from kaname.regimes.supply.applicants import Applicant, applicants
from kaname.regimes.supply.catalogue import MEASURES, PRODUCTS, orders
from kaname.regimes.supply.catalogue.orders import RULES, CertificationOrder
from kaname.regimes.supply.catalogue.products import Product
from kaname.regimes.supply.filing.finding import Finding, Weight
from kaname.regimes.supply.filing.parts import PART_OF, PARTS
from kaname.regimes.supply.filing.reports import ReportDay, report_days
from kaname.regimes.supply.laws import POLICY

_SAID = ("item", "goals", "content", "period_start", "period_end", "structure", "funds", "funding", "smooth_measures",
    "information", "present_state")  # fmt: skip
_ATTACHED = ("application", "articles", "accounts", "proof", "no_organised_crime")
_FIELDS = {f.id: f for p in PARTS.values() for f in p.fields}


@dataclass(frozen=True, slots=True)
class Checked:
    """`product` None: not told, and so neither is the order. `target`: the end of the month of processing, if it is
    received on the day. `reports`: the yearly reports of each applicant, if it is certified on that day."""

    findings: tuple[Finding, ...]
    product: Product | None
    applicants: tuple[Applicant, ...]
    target: date
    reports: tuple[ReportDay, ...]

    @property
    def order(self) -> CertificationOrder | None:
        return self.product.under if self.product else None

    @property
    def act(self) -> str:
        """The act that files it: alone or jointly."""
        return "plan.joint" if len(self.applicants) > 1 else "plan.submit"

    @property
    def can_be_filed(self) -> bool:
        return not any(f.blocks for f in self.findings)


def check(data: Mapping[str, Any], filing: date) -> Checked:
    """The application as the act would file it on a day; `data` by the names of the fields, days as dates or text."""
    product = PRODUCTS.get(data.get("product") or "")
    of = tuple(applicants(data.get("applicants")))
    target = end(filing, months(1), FirstDay.EXCLUDED, Move.NONE).last_day
    start, last = _day(data.get("period_start")), _day(data.get("period_end"))
    reports = report_days(of, start, last, target) if start and last and start <= last else ()
    found = (*_product(product, filing), *_applicants(of, data), *_lacking(data), *_figures(data, start, last),
        *_papers(data, product), *_to_look_at(data, product, of, filing))  # fmt: skip
    places = list(PARTS)
    return Checked(tuple(sorted(found, key=lambda f: places.index(f.part))), product, of, target, reports)


# -- product and order -----------------------------------------------------------------------------------------------

def _product(product: Product | None, filing: date) -> Iterator[Finding]:
    if product is None:
        yield _missing(_FIELDS["product"])
        return
    label, order = product.label, product.under
    if filing < product.designated_on:
        yield _wrong("product", T(f"{label.ja}は {product.designated_on} から特定重要物資である",
            f"{label.en}: a specified critical product from {product.designated_on} on"), art("7"))
    elif filing < order.since:
        yield _wrong("product", T(f"{order.label.ja}の認定省令は {order.since} から施行される",
            f"the order of {order.label.en} is in force from {order.since} on"), RULES["application"].under(order.id))

# -- applicants ------------------------------------------------------------------------------------------------------

def _applicants(of: tuple[Applicant, ...], data: Mapping[str, Any]) -> Iterator[Finding]:
    if not of:
        yield _missing(_FIELDS["applicants"])
    for n, a in enumerate(of, 1):
        if not a.party:
            yield Finding(Weight.MISSING, "applicants", "applicants", T(f"{n}行目の名称がない", f"line {n}: no name"),
                art("9(1)"), n)
        if a.year_end is None:
            name = a.party or str(n)
            yield Finding(Weight.CHECK, "applicants", "applicants",
                T(f"「{name}」の事業年度の末日がない。定期の報告の期限を示せない",
                    f"{name}: no end of the business year, so no day for its yearly report"), orders("report"), n)
    keys = [a.key for a in of]
    for n, key in enumerate(keys, 1):
        if key in keys[:n - 1]:
            yield Finding(Weight.WRONG, "applicants", "applicants",
                T(f"略号「{key}」が重なる。申請者ごとに異なる略号とする",
                    f"the short name {key} stands twice: give each applicant its own"), orders("report"), n)
    if data.get("same_industry") and len(of) == 1:
        yield _wrong("same_industry", T("申請者が一者なので、同一業種の共同の計画でない",
            "one applicant only: not a joint plan within one industry"), art("9(4)(vi)"))

# -- what the plan states, and its papers ----------------------------------------------------------------------------

def _lacking(data: Mapping[str, Any]) -> Iterator[Finding]:
    for name in _SAID:
        if data.get(name) in (None, ""):
            yield _missing(_FIELDS[name])


def _figures(data: Mapping[str, Any], start: date | None, last: date | None) -> Iterator[Finding]:
    if start and last and last < start:
        yield _wrong("period_end", T("実施期間の終期が始期より前である", "the period ends before it begins"),
            art("9(3)(iii)"))
    funds, grant = data.get("funds"), data.get("grant")
    if funds is not None and funds <= 0:
        yield _wrong("funds", T("必要な資金の額は1円以上とする", "the funds are at least 1 yen"), art("9(3)(v)"))
    if grant is not None and grant < 0:
        yield _wrong("grant", T("助成金の額が負である", "the grant is less than nothing"), art("9(3)(v)"))
    if funds is not None and grant is not None and grant > funds:
        yield _wrong("grant", T(f"助成金の額 {grant:,}円が資金の額 {funds:,}円を超える",
            f"the grant of {grant:,} yen is more than the funds of {funds:,} yen"), art("9(3)(v)"))


def _papers(data: Mapping[str, Any], product: Product | None) -> Iterator[Finding]:
    for name in _ATTACHED:
        if not data.get(name):
            yield _missing(_FIELDS[name], product.under.proof if product and name == "proof" else None)
    if product and product.id == "minerals" and not data.get("annex"):
        yield _missing(_FIELDS["annex"], T("重要鉱物の別紙", "the annex for minerals"))
    if product and product.order == "maff" and data.get("permits") and not data.get("annex"):
        yield _missing(_FIELDS["annex"], T("農水省令では、許認可等は添付書類である",
            "under the MAFF order permits are an attachment"), RULES["attachments"].under("maff"))

# -- what a person has to look at ------------------------------------------------------------------------------------

def _to_look_at(data: Mapping[str, Any], product: Product | None, of: tuple[Applicant, ...],
        filing: date) -> Iterator[Finding]:  # fmt: skip
    if data.get("permits") in (None, ""):
        yield _check("permits", T("他の法令の許認可等が要らないか確かめ、なければ「なし」と書く",
            "see whether permits under other laws are needed; write that there are none"), art("9(3)(ix)"))
    if len(of) > 1 and data.get("same_industry") is None:
        yield _check("same_industry", T("同一の業種に属する者の共同の計画かを示す（公正な競争の確保が要件となる）",
            "say whether the applicants are in one industry: fair competition is then a requirement"),
            art("9(4)(vi)", "29(1)"))
    if data.get("same_industry") and len(of) > 1:
        yield _check("same_industry", T("主務大臣は公正取引委員会に意見を求めることができる",
            "the minister may ask the Fair Trade Commission for an opinion"), art("9(4)(vi)", "29(1)"))
    if product is None:
        return
    order = product.under
    rule = RULES["tight_supply"].under(order.id)
    how = T("いずれか一つ", "any one") if order.any_one else T("省令は両方の群を挙げる", "the order lists both groups")
    yield _check("smooth_measures", T(f"措置は次から：{order.tight_supply.ja}（{how.ja}）",
        f"the measures are: {order.tight_supply.en} ({how.en})"), (*art("9(4)(iv)"), *rule))
    yield _check("period_end", T("取組方針が定める期間以上か、期限までに行うかを確かめる",
        "see whether it lasts the policy's period, or ends within its deadline"), art("9(4)(ii)"), 203)
    if order.one_filing_for_all:
        yield _check("product", T("どちらの大臣に出しても、同じ日に他方にも出したものとみなされる",
            "filed with either minister it counts as filed with the other on the same day"),
            RULES["application"].under(order.id))
    if product.technology_from and product.technology_from <= filing:
        yield _check("product", T(f"取組方針が技術流出防止措置（{len(MEASURES)}項目）を求める物資である",
            f"the product's policy asks for protection of technology ({len(MEASURES)} questions)"), POLICY)


# -- how it is said --------------------------------------------------------------------------------------------------

def _missing(field: Field, more: Text | None = None, basis: Bases | None = None) -> Finding:
    label = field.label
    tail = more or T("", "")
    text = T(f"{label.ja}がない{f'（{tail.ja}）' if more else ''}",
        f"{label.en}: missing{f' ({tail.en})' if more else ''}")
    return Finding(Weight.MISSING, PART_OF[field.id], field.id, text, basis or field.basis)


def _wrong(field: str, text: Text, basis: Bases) -> Finding:
    return Finding(Weight.WRONG, PART_OF[field], field, text, basis)


def _check(field: str, text: Text, basis: Bases, question: int | None = None) -> Finding:
    return Finding(Weight.CHECK, PART_OF[field], field, text, basis, question=question)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None
