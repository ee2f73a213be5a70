"""The workload of the office: a bar and a line a person, the same figures as a table to take away."""

from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kaname.access import api as access
from kaname.law import T, Text
from kaname.task import load
from kaname.task.load import Load
from kaname.web.parts.items import Series
from kaname.web.parts.tables import Column, Row, Table
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import say

_NOBODY = T("担当なし", "nobody")


@require_safe
def workload(request: HttpRequest) -> HttpResponseBase:
    today = access.today()
    rows = load.loads(request.user, today)
    weeks = [today + timedelta(7 * n) for n in range(load.WEEKS)]
    heads = [T("人", "person"), T("期限超過", "overdue"),
             *(T(f"{d:%m-%d}の週", f"week from {d:%m-%d}") for d in weeks),
             T("その後", "later"), T("末日なし", "no last day"), T("担当の事件", "cases assigned"),
             T("相手待ち", "waiting for others")]  # fmt: skip
    cells = [(_name(r), r.overdue, *r.weeks, r.later, r.undated, r.assigned, r.waiting) for r in rows]
    if request.GET.get("format") == "csv":
        told = ([say(name), *figures] for name, *figures in cells)
        return as_csv(f"workload-{today:%Y%m%d}.csv", [say(head) for head in heads], told)
    table = Table(
        T("人ごとの件数", "Matters by person"), [Column(h, num=n > 0) for n, h in enumerate(heads)],
        [Row(name, [_figure(n) for n in figures]) for name, *figures in cells],
        sub=T("あなたに見える事件の、あなたの役割のもの", "of the cases you may know of, in your roles"),
    )  # fmt: skip
    most = max(r.due for r in rows)
    drawn = [(_name(r), r, _told(r), Series(r.weeks, _weeks(r))) for r in rows if r.due]
    busiest = max((r for r in rows if r.person), key=lambda r: r.due, default=None)
    return render(request, "web/task/load.html", {
        "table": table, "drawn": drawn, "most": most, "csv": "?format=csv", "late": sum(r.overdue for r in rows),
        "due": sum(r.due for r in rows), "nobody": rows[-1].due,
        "busiest": busiest if busiest and busiest.due else None,
    })  # fmt: skip


def _name(r: Load) -> Text:
    return T(r.person.name, r.person.name) if r.person else _NOBODY


def _figure(n: object) -> str:
    return f"{n:,}"


def _told(r: Load) -> Text:
    return T(f"期限超過と八週間で{r.due}件、うち超過{r.overdue}件",
             f"{r.due} overdue or due in eight weeks, {r.overdue} of them overdue")  # fmt: skip


def _weeks(r: Load) -> Text:
    said = "、".join(map(str, r.weeks))
    return T(f"週ごと：{said}", f"by week: {', '.join(map(str, r.weeks))}")
