"""The plan board: which facility may go live when. Weeks across, and the same days in a table, by day of go-live."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from kaname.access import api as access
from kaname.desk.plans import Listed, Planned, listed
from kaname.law import T, Text
from kaname.web.parts import dates
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang, say
from kaname.web.views.cases import page_of
from kaname.web.views.common import case_href, case_name, day_of
from kaname.web.views.infrastructure.common import GROUPS, with_query
from kaname.web.views.infrastructure.weeks import draw, monday

SIZE, MOST = 25, 10_000
BACK = timedelta(weeks=4)
_HEADS = (
    Column(T("計画", "plan")), Column(T("事業者", "operator")), Column(T("導入等の予定日", "planned day")),
    Column(T("禁止期間", "standstill")), Column(T("導入等ができる日", "free from")),
    Column(T("勧告の実益のある日", "last useful day")), Column(T("段階", "stage")), Column(T("様子", "state")),
)  # fmt: skip


def board(request: HttpRequest) -> HttpResponseBase:
    errors: dict[str, Text] = {}
    today = access.today()
    first = monday(day_of(request, "from", today - BACK, errors))
    group = request.GET.get("state", "open")
    group, sector = group if group in GROUPS else "open", request.GET.get("sector", "")[:40]
    if "csv" in request.GET:
        return _csv(request, group, sector, today)
    page = page_of(request)
    found = listed(request.user, group, sector, (page - 1) * SIZE, SIZE)
    query = {
        name: value
        for name in ("state", "sector", "from")
        if (value := request.GET.get(name, "").strip()[:60]) and name not in errors
    }
    drawn = draw([(case_name(r.case.case), case_href(r.case.case), r.plan) for r in found.rows], first, today)
    return render(request, "web/infrastructure/board.html", {
        "answer": answer(found, today), "drawn": drawn, "table": _table(found, today), "total": found.total,
        "pager": Pager(page, SIZE, found.total, query), "chips": _chips(query, group),
        "sectors": [(s.id, s.name, s.id == sector) for s in found.sectors], "errors": errors, "typed": request.GET,
        "filtered": bool(query), "first": first, "before": with_query(query, **{"from": _iso(first - 2 * BACK)}),
        "after": with_query(query, **{"from": _iso(first + 2 * BACK)}), "group": group,
        "csv": with_query(query, csv="1"),
        "summary": _summary(found),
    }, status=400 if errors else 200)  # fmt: skip


def _iso(day: date) -> str:
    return day.isoformat()


def answer(found: Listed, today: date) -> list[Text]:
    """What becomes free next, what is planned too early, and by when a recommendation is of use. Of several pages it
    is said of this one."""
    open_ones = [r for r in found.rows if not r.plan.over]
    lines: list[Text] = []
    if early := [r for r in open_ones if r.plan.too_early]:
        lines.append(T(f"{len(early)}件は、予定の日が禁止期間の中にあります：{_names(early).ja}。",
                       f"{len(early)} planned for a day within the standstill: {_names(early).en}."))  # fmt: skip
    coming = sorted((r for r in open_ones if r.plan.free and r.plan.free > today), key=lambda r: r.plan.free or today)
    if coming:
        row, free = coming[0], dates.screen(coming[0].plan.free or today)
        lines.insert(0, T(
            f"次に導入等ができるようになるのは、{row.plan.operator}の「{row.plan.facility}」で、{free.ja}からです（ほかに何もなければ）。",
            f"Next to be free: {row.plan.facility} of {row.plan.operator}, from {free.en} if nothing else happens.",
        ))  # fmt: skip
    elif open_ones:
        lines.insert(0, T("禁止期間の終わりを待つ計画はありません。", "No plan waits for the end of a standstill."))
    useful = sorted((r.plan.useful, r.plan.facility) for r in open_ones if r.plan.useful and r.plan.useful >= today)
    if useful:
        day = dates.screen(useful[0][0])
        lines.append(T(f"勧告の実益のある最後の日が最も近いのは{day.ja}です（「{useful[0][1]}」）。",
                       f"The nearest last useful day for a recommendation is {day.en} ({useful[0][1]})."))  # fmt: skip
    if lines and found.total > len(found.rows):
        lines[0] = T(f"このページでは、{lines[0].ja}", f"On this page: {lines[0].en}")
    return lines


def _names(rows: list[Planned]) -> Text:
    names = [case_name(r.case.case) for r in rows[:5]]
    more = len(rows) > 5
    return T("、".join(n.ja for n in names) + ("ほか" if more else ""),
             ", ".join(n.en for n in names) + (" and others" if more else ""))  # fmt: skip


def _summary(found: Listed) -> Text:
    """What the drawing says to those who do not see it: the table says every day."""
    ja = "、".join(f"{r.plan.facility or case_name(r.case.case).ja} {_told(r).ja}" for r in found.rows[:12])
    en = "; ".join(f"{r.plan.facility or case_name(r.case.case).en}: {_told(r).en}" for r in found.rows[:12])
    return T(f"{ja}。同じ日は下の表にすべてあります。", f"{en}. The table below holds every day.")


def _told(row: Planned) -> Text:
    live, free = row.plan.go_live, row.plan.free
    return T(f"予定 {live or '未定'}、導入等ができる日 {free or '未定'}",
             f"planned {live or 'not set'}, free from {free or 'not known'}")  # fmt: skip


# -- the table -------------------------------------------------------------------------------------------------------


def _table(found: Listed, today: date) -> Table:
    return Table(T("予定日の順", "by planned day"), _HEADS, [_row(r, today) for r in found.rows])


def _row(r: Planned, today: date) -> Row:
    p = r.plan
    name = case_name(r.case.case)
    name = T(f"{name.ja} {p.facility}", f"{name.en} {p.facility}")
    sectors = T("・".join(s.name.ja for s in r.sectors), ", ".join(s.name.en for s in r.sectors))
    operator = T(f"{p.operator}{f'（{sectors.ja}）' if r.sectors else ''}",
                 f"{p.operator}{f' ({sectors.en})' if r.sectors else ''}")  # fmt: skip
    cells = (operator, p.go_live or "", _standstill(r, today), _free(r), p.useful or "", p.label, _tag(r, today))
    return Row(name, cells, case_href(r.case.case))


def _standstill(r: Planned, today: date) -> Any:
    """The two days, and how much of the time between them has passed."""
    if r.plan.standstill is None:
        return ""
    first, last = r.plan.standstill
    all_days = (last - first).days + 1
    passed = min(max((today - first).days + 1, 0), all_days)
    said = T(f"{all_days}日のうち{passed}日", f"{passed} of {all_days} days")
    bar = render_to_string("web/parts/bar.html", {"part": round(100 * passed / all_days, 1), "summary": said})
    return mark_safe(f'<span class="nobr">{first:%Y-%m-%d}</span> – <span class="nobr">{last:%Y-%m-%d}</span> {bar}')


def _free(r: Planned) -> Any:
    """The first free day, and under it the one at worst."""
    if r.plan.free is None or r.plan.over:
        return ""
    if r.plan.worst is None:
        return r.plan.free
    worst = T(f"延長されれば {r.plan.worst}", f"if extended {r.plan.worst}")[lang()]
    return format_html('<span class="nobr">{}</span><br><small>{}</small>', r.plan.free.isoformat(), worst)


def _tag(r: Planned, today: date) -> Tag:
    if r.plan.over:
        return Tag("met") if r.plan.state != "stopped" else Tag("lapsed")
    if r.plan.free and r.plan.free <= today:
        return Tag("freed")
    return Tag("ban")


def _chips(query: dict[str, str], group: str) -> list[Chip]:
    return [Chip(label, with_query(query, state=id), on=id == group) for id, label in GROUPS.items()]


def _csv(request: HttpRequest, group: str, sector: str, today: date) -> HttpResponse | HttpResponseBase:
    rows = (
        [r.case.case.number, r.plan.facility, r.plan.operator, ";".join(s.name[lang()] for s in r.sectors),
         r.plan.go_live, *(r.plan.standstill or ("", "")), r.plan.free, r.plan.worst, r.plan.useful, say(r.plan.label)]
        for start in range(0, MOST, 500)
        for r in listed(request.user, group, sector, start, 500).rows
    )  # fmt: skip
    return as_csv(f"plans-{today:%Y%m%d}.csv", [h[lang()] for h in _CSV], rows)


_CSV = (
    T("案件", "case"), T("設備", "facility"), T("事業者", "operator"), T("分野", "sector"), T("予定日", "planned day"),
    T("禁止期間の初日", "standstill from"), T("末日", "to"), T("導入等ができる日", "free from"),
    T("延長された場合", "if extended"), T("勧告の実益のある日", "last useful day"), T("段階", "stage"),
)  # fmt: skip
