"""The board of supply plans: which application is decided by when, which consultation is missing, which report is due.

The month of processing is drawn as a bar: a target, whose end changes nothing. Beside it stand the days that bind.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kaname.access import api as access
from kaname.desk.supply_plans import Listed, Planned, listed
from kaname.law import T, Text
from kaname.regimes.supply.board import GROUP_WORDS, GROUPS, Month, Pending, Plan
from kaname.web.parts import dates
from kaname.web.parts.states import due_state
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import page_of
from kaname.web.views.common import case_href, case_name
from kaname.web.views.infrastructure.common import with_query

SIZE, MOST = 25, 10_000
_HEADS = (
    Column(T("計画", "plan")), Column(T("物資・申請者", "product, applicants")), Column(T("段階", "stage")),
    Column(T("標準処理期間（目安）", "month of processing (target)")),
    Column(T("9条5項の協議", "consultation, Art. 9(5)")),
    Column(T("定期の報告（原則）", "yearly reports (in principle)")), Column(T("様子", "state")),
)  # fmt: skip


def board(request: HttpRequest) -> HttpResponseBase:
    today = access.today()
    group = request.GET.get("state", "review")
    group = group if group in GROUPS else "review"
    if "csv" in request.GET:
        return _csv(request, group, today)
    page = page_of(request)
    found = listed(request.user, group, (page - 1) * SIZE, SIZE)
    query = {"state": group} if group != "review" else {}
    return render(request, "web/supply/board.html", {
        "answer": answer(found, group, today), "total": found.total, "pager": Pager(page, SIZE, found.total, query),
        "table": Table(GROUP_WORDS[group], _HEADS, [_row(r, today) for r in found.rows]), "group": group,
        "chips": [Chip(word, with_query({}, state=id), on=id == group) for id, word in GROUP_WORDS.items()],
        "csv": with_query(query, csv="1"),
    })  # fmt: skip


# -- the answer ------------------------------------------------------------------------------------------------------


def answer(found: Listed, group: str, today: date) -> list[Text]:
    """What is to be decided next, which consultation is missing, which reports are late: of the rows on this page."""
    if not found.rows:
        return []
    lines = [*_next(found.rows, today), *_unconsulted(found.rows), *_late(found.rows)]
    word = GROUP_WORDS[group]
    return lines or [T(f"{word.ja}：{found.total}件。", f"{word.en.capitalize()}: {found.total}.")]


def _next(rows: Iterable[Planned], today: date) -> Iterator[Text]:
    waits = [
        (p.month.last, case_name(r.case.case), r.plan.lead) for r in rows for p in r.plan.pending
        if p.month and p.month.last >= today
    ]  # fmt: skip
    if waits:
        last, name, lead = min(waits, key=lambda wait: wait[0])
        day, rest = dates.screen(last), dates.left(last, today)
        yield T(f"次に標準処理期間が終わるのは{name.ja}（{lead}）で、{day.ja}（{rest.ja}）です。",
                f"Next month of processing to end: {name.en} ({lead}), on {day.en} ({rest.en}).")  # fmt: skip
    over = [p for r in rows for p in r.plan.pending if p.month and p.month.is_over(today)]
    if over:
        yield T(f"{len(over)}件は標準処理期間を過ぎました。過ぎても認定とはみなされません。",
                f"{len(over)} went past the month. Nothing is deemed certified by that.")  # fmt: skip


def _unconsulted(rows: Iterable[Planned]) -> Iterator[Text]:
    missing = [case_name(r.case.case) for r in rows if r.plan.to_consult]
    if missing:
        names = T("、".join(n.ja for n in missing[:5]), ", ".join(n.en for n in missing[:5]))
        more = T("ほか", " and others") if len(missing) > 5 else T("", "")
        yield T(f"9条5項の協議がまだの申請が{len(missing)}件あります：{names.ja}{more.ja}。",
                f"Without the consultation of Art. 9(5) yet: {names.en}{more.en}.")  # fmt: skip


def _late(rows: Iterable[Planned]) -> Iterator[Text]:
    late = sum(report.overdue for r in rows for report in r.plan.reports)
    if late:
        yield T(f"期限（原則）を過ぎた定期の報告が{late}件あります。48条4項により求めることができます。",
                f"Yearly reports past the day (in principle): {late}. Art. 48(4) lets the minister ask.")  # fmt: skip


# -- the table -------------------------------------------------------------------------------------------------------


def _row(r: Planned, today: date) -> Row:
    p = r.plan
    name = case_name(r.case.case)
    if p.number:
        name = T(f"{name.ja} {p.number}", f"{name.en} {p.number}")
    cells = (_who(p), p.label, _months(p, today), _consultation(p), _reports(p), _tag(p, today))
    return Row(name, cells, case_href(r.case.case))


def _who(p: Plan) -> SafeString:
    """The product with its ministry, and every applicant."""
    product = p.product.label[lang()] if p.product else ""
    ministry = f" ({p.product.under.label[lang()]})" if p.product else ""
    names = T("、", ", ")[lang()].join(a.party for a in p.applicants)
    return format_html('{}{}<br><small lang="ja">{}</small>', product, ministry, names)


def _months(p: Plan, today: date) -> SafeString | str:
    running = [(pending.run, pending.month) for pending in p.pending if pending.month]
    if not running and p.month:
        running = [("", p.month)]
    return format_html_join("", "{}", ((_month(run, month, today),) for run, month in running))


def _month(run: str, month: Month, today: date) -> SafeString:
    """The days of the target, how many of them have passed, and when it would end without the days of waiting."""
    said = T(f"{month.days}日のうち{month.passed(today)}日", f"{month.passed(today)} of {month.days} days")
    if month.met_on:
        said = T(f"{said.ja}で決定", f"decided after {said.en}")
    share = round(100 * month.passed(today) / month.days, 1)
    bar = render_to_string("web/parts/bar.html", {"part": share, "summary": said})
    net = T(f"待った{month.waited}日を除けば {month.net}（定めはない）",
            f"{month.net} without {month.waited} days of waiting (not laid down)")  # fmt: skip
    return format_html(
        '<span class="nobr">{}{}</span> – <span class="nobr">{}</span> {}<small>{}{}</small>',
        f"{run} " if run else "", month.first.isoformat(), month.last.isoformat(), bar, said[lang()],
        format_html("<br>{}", net[lang()]) if month.waited and not month.met_on else "",
    )  # fmt: skip


def _consultation(p: Plan) -> Text:
    if not p.pending:
        return T("", "")
    return T("、".join(_told(one).ja for one in p.pending), "; ".join(_told(one).en for one in p.pending))


def _told(one: Pending) -> Text:
    word = T("済み", "done") if one.consulted else T("まだ", "outstanding")
    return T(f"{one.run} {word.ja}", f"{one.run} {word.en}") if one.run else word


def _reports(p: Plan) -> SafeString | str:
    late = T("経過", "past")[lang()]
    return format_html_join(
        mark_safe("<br>"), '<span class="nobr">{}{}</span> <small lang="ja">{}</small>',
        ((r.due.isoformat(), f" {late}" if r.overdue else "", r.applicant.party) for r in p.reports),
    )  # fmt: skip


def _tag(p: Plan, today: date) -> Tag | str:
    """What presses first: a report that is late or near, else an application; nothing where nothing waits."""
    if p.reports:
        return Tag(*due_state(p.reports[0].due, today))
    if p.state in GROUPS["review"] or p.pending:
        return Tag("stopped") if p.state == "supplement_requested" else Tag("running")
    return "" if p.state == "certified" else Tag("pending") if p.state in GROUPS["before"] else Tag("lapsed")


# -- to take away ----------------------------------------------------------------------------------------------------


def _csv(request: HttpRequest, group: str, today: date) -> HttpResponseBase:
    return as_csv(f"supply-plans-{today:%Y%m%d}.csv", [h[lang()] for h in _CSV], _lines(request, group))


def _lines(request: HttpRequest, group: str) -> Iterator[list[Any]]:
    for start in range(0, MOST, 500):
        rows = listed(request.user, group, start, 500).rows
        for r in rows:
            p, month = r.plan, r.plan.month
            yield [
                r.case.case.number, p.number, p.product.id if p.product else "", p.product.order if p.product else "",
                p.item, ";".join(a.party for a in p.applicants), say(p.label), p.funds, p.grant,
                *(p.period or ("", "")), month and month.first, month and month.last, month and month.waited,
                month and month.met_on, len(p.to_consult), p.reports[0].due if p.reports else "",
            ]  # fmt: skip
        if len(rows) < 500:
            return


_CSV = (
    T("案件", "case"), T("認定番号", "number"), T("物資", "product"), T("省令", "order"), T("品目", "item"),
    T("申請者", "applicants"), T("段階", "stage"), T("資金（円）", "funds (yen)"), T("助成金（円）", "grant (yen)"),
    T("実施期間の始期", "period from"), T("終期", "to"), T("標準処理期間の初日", "target from"), T("末日", "to"),
    T("書類を待った日数", "days of waiting"), T("決定の日", "decided on"),
    T("協議がまだの申請", "to be consulted about"),
    T("次の報告の期限", "next report due"),
)  # fmt: skip
