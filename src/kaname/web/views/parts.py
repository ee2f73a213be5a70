"""Every part in every state on one page: the place to look at them, and to test them."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.law import T, Text
from kaname.procedure import Entry, Reason, Standing, bans, duties, explain, fold
from kaname.procedure.declare import Field, FieldType, Option
from kaname.regimes.patents.kinds import application
from kaname.web.parts.clocks import clock_view, clock_views
from kaname.web.parts.fields import field_view
from kaname.web.parts.items import Event, Filled, Mark, Mend, Series, Tab, Task
from kaname.web.parts.tables import Chip, Column, Pager, Row, Table, Tag

DAY = date(2026, 4, 27)
_STATES = (
    ("running", None),
    ("due_soon", 3),
    ("overdue", 2),
    ("stopped", None),
    ("met", None),
    ("lapsed", None),
    ("pending", None),
    ("ban", None),
    ("freed", None),
    ("unverified", None),
)


def show(request: HttpRequest) -> HttpResponse:
    request.as_of = DAY
    return render(request, "web/parts.html", _values())


@cache
def _standing() -> Standing:
    """An invented application in the middle of the review."""
    said = [
        Entry(
            "first_review.file",
            date(2025, 9, 16),
            {"title": "見本の装置", "ipc": ["B64C 39/02"], "made_in_japan": True, "secret": True},
            by="applicant",
            party="架空重工",
            seq=1,
        ),
        Entry("first_review.notify_sent", date(2025, 12, 10), {"received_on": "2025-12-12"}, seq=2),
        Entry("security_review.notify_intention", date(2026, 4, 17), {"received_on": "2026-04-20"}, seq=3),
    ]
    return fold(application, said, DAY)


@cache
def _values() -> dict[str, Any]:
    standing = _standing()
    first = next(iter(standing.clocks.values()))
    views = clock_views(standing)
    return {
        "states": _STATES,
        "day": date(2026, 11, 23),
        "as_of": DAY,
        "soon": DAY + timedelta(3),
        "sort": T("法定・失権", "statutory: a right is lost"),
        "clocks": views[:4],
        "explained": explain(standing, first.key),
        "clock": clock_view(standing, first),
        "answer": [
            T(
                "2026年5月7日（木）までに、取下げをするかどうかを回答できます。",
                "You may answer until 7 May 2026 (Thu) whether you withdraw.",
            ),
            T("回答しないときは、そのまま審査が続きます。", "If you do not answer, the review goes on."),
        ],
        "bans": bans(standing)[:1],
        "duties": duties(standing)[:2],
        "reasons": [
            Reason(
                T("保全審査がまだ終わっていない", "the security review has not ended"), first.clock.basis, code="state"
            ),
            Reason(
                T("書面が添えられていない", "the written notice is missing"), first.clock.basis, "paper", "condition"
            ),
        ],
        "mend": {"paper": Mend(T("書面を添える", "Attach the notice"), "#f-paper")},
        "fields": _fields(),
        "errors": _ERRORS,
        "table": _TABLE,
        "chips": _CHIPS,
        "pager": Pager(1, 50, 5000, {"due": "week"}),
        "tabs": _TABS,
        "events": _EVENTS,
        "tasks": _TASKS,
        "filled": _FILLED,
        "marks": _MARKS,
        "digest": "9f2b7c41d0aa" + "5e" * 26,
        "basis": first.clock.basis,
        "spark": Series((3, 5, 4, 8, 7, 11), T("6年で3件から11件に増えた", "from 3 to 11 in six years")),
        "bar_text": T("10件のうち3件", "3 of 10"),
    }


_ERRORS: dict[str, Text] = {
    "filed_on": T(
        "「2026/2/30」は日付として読めません。20261123、2026/11/23、R8.11.23、令和8年11月23日のように、暦にある日を入力してください。",
        "'2026/2/30' cannot be read as a date. Enter a day such as 20261123, 2026/11/23 or R8.11.23.",
    ),
    "amount": T(
        "「手数料」が読めません。円単位の整数を入力してください（例：1,200,000）。",
        "Fee: this cannot be read. Enter whole yen, such as 1,200,000.",
    ),
}


def _fields() -> list[Any]:
    typed = {
        "title": ["見本の装置"],
        "received_on": ["R8.11.23"],
        "filed_on": ["2026/2/30"],
        "amount": ["百万"],
        "secret": ["yes"],
        "sorts": ["a", "c"],
        "owners.0.name": ["架空重工"],
        "owners.0.share": ["10.95"],
    }
    options = (Option("a", T("甲", "first")), Option("b", T("乙", "second")), Option("c", T("丙", "third")))
    many = tuple(Option(f"o{n}", T(f"第{n}号", f"item {n}")) for n in range(1, 10))
    f = FieldType
    declared: list[tuple[Field, dict[str, Any]]] = [
        (Field("title", T("発明の名称", "title of the invention"), f.TEXT, required=True), {}),
        (
            Field(
                "reason",
                T("理由", "reason"),
                f.TEXT,
                help=T("どの事実によるかを書いてください。", "Say on which facts it rests."),
            ),
            {"long": True},
        ),
        (Field("secret", T("公にされていない", "not public"), f.FLAG, finding=True), {}),
        (Field("received_on", T("到達日", "day of receipt"), f.DAY, required=True), {}),
        (Field("filed_on", T("出願日", "filing day"), f.DAY, required=True), {}),
        (Field("opened_at", T("開いた時刻", "time of opening"), f.INSTANT), {}),
        (Field("pages", T("枚数", "number of pages"), f.INTEGER), {}),
        (Field("amount", T("手数料", "fee"), f.YEN, required=True), {}),
        (Field("share", T("持分", "share"), f.PERCENT), {}),
        (Field("party", T("出願人", "applicant"), f.PARTY), {"known": ("架空重工", "架空電機", "架空特許事務所")}),
        (Field("person", T("発明者", "inventor"), f.PERSON, sealed=True), {"known": ("要 花子",)}),
        (Field("paper", T("通知書", "written notice"), f.DOCUMENT), {}),
        (Field("ipc", T("国際特許分類", "IPC symbols"), f.IPC), {}),
        (Field("way", T("方法", "way"), f.CHOICE, options=options), {}),
        (Field("sorts", T("種類", "sorts"), f.CHOICE, options=options, several=True), {}),
        (Field("item", T("号", "item"), f.CHOICE, options=many), {}),
        (Field("papers", T("添付書類", "papers attached"), f.DOCUMENT, several=True), {}),
        (
            Field(
                "owners",
                T("共有者", "joint owners"),
                f.ROWS,
                columns=(
                    Field("name", T("氏名又は名称", "name"), f.PARTY, required=True),
                    Field("share", T("持分", "share"), f.PERCENT),
                ),
            ),
            {},
        ),
    ]
    return [field_view(field, typed, errors=_ERRORS, **more) for field, more in declared]


_TABLE = Table(
    T("期限の近い案件", "Cases due soon"),
    (
        Column(T("案件", "Case"), sort="number"),
        Column(T("末日", "Last day"), sort="due"),
        Column(T("すること", "To do")),
        Column(T("手数料（円）", "Fee (JPY)"), num=True),
        Column(T("状態", "State")),
    ),
    (
        Row(
            "特願2026-000123",
            (date(2026, 4, 30), T("取下げの意思の回答", "answer on withdrawal"), 14000, Tag("due_soon", 3)),
            "#table",
            "1",
        ),
        Row(
            "特願2026-000456",
            (date(2026, 4, 25), T("資料の提出", "submission of papers"), 0, Tag("overdue", 2)),
            "#table",
            "2",
        ),
        Row(
            "特願2026-000789",
            (date(2026, 9, 1), T("外国出願の可否", "foreign filing"), None, Tag("running")),
            "#table",
            "3",
        ),
    ),
    sub=T("2026年4月27日現在", "on 27 April 2026"),
    sorted_by="due",
    query={"due": "week"},
    selectable="case",
)
_CHIPS = (
    Chip(T("今日", "Today"), "?due=today#lists", 2),
    Chip(T("今週", "This week"), "?due=week#lists", 14, True),
    Chip(T("期限超過", "Overdue"), "?due=over#lists", 1),
)
_TABS = (
    Tab(T("概要", "Overview"), "#tabs", True),
    Tab(T("経過", "History"), "#history", count=12),
    Tab(T("書類", "Papers"), "#papers"),
)
_EVENTS = (
    Event(
        date(2026, 4, 17),
        T("保全指定をしようとする旨の通知", "notice of intention to designate"),
        "内閣総理大臣",
        digest="ab" * 32,
    ),
    Event(date(2025, 12, 16), T("出願の日から3月の経過", "three months from filing passed"), sort="law"),
    Event(date(2025, 11, 2), T("外国への出願", "filing abroad"), "架空重工", sort="breach"),
    Event(date(2025, 9, 16), T("特許出願", "patent application"), "架空重工"),
)
_TASKS = (
    Task(T("出願の内容", "The application"), "#tasks", T("記入済み", "filled in")),
    Task(T("発明者", "Inventors"), "#tasks", state="overdue", hint=T("氏名のない行があります。", "A row has no name.")),
    Task(T("書面", "Papers"), "#tasks", T("未着手", "not started")),
)
_FILLED = (
    Filled(T("発明の名称", "title of the invention"), "見本の装置", "#f-title"),
    Filled(T("到達日", "day of receipt"), date(2026, 4, 20), "#f-received_on"),
    Filled(T("理由", "reason"), None, "#f-reason"),
)
_MARKS = (
    Mark(date(2026, 4, 20), T("到達", "receipt"), "start"),
    Mark(date(2026, 4, 27), T("今日", "today"), "today"),
    Mark(date(2026, 5, 7), T("末日", "last day")),
    Mark(date(2026, 5, 8), T("経過した日", "first free day"), "free"),
)
