"""`kaname task`: jobs whose worker died go on; inbox, jobs, views, deputies and workload as text or JSON."""

import click

from kaname.cli import show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.params import Day
from kaname.cli.who import EMAIL, PERSON, person, wrong
from kaname.law import T

_RUN = T("働き手を失った「まとめて行う」仕事を続ける。", "Go on with bulk jobs whose worker has died.")
_JOBS = T("人がまとめて行ったもの。", "What a person has done to many cases.")
_INBOX = T("人の受信箱。", "The inbox of a person.")
_VIEWS = T("人の保存した見方。", "The saved views of a person.")
_LOAD = T("人の事務所の仕事の量。", "The workload of a person's office.")
_DEPUTY = T("人の代理を決める、終わらせる、見る。", "Name, end or list who deputises for a person.")

command = Group(
    "task",
    (
        Entry("run", "kaname.cli.task", _RUN, "run_command"),
        Entry("jobs", "kaname.cli.task", _JOBS, "jobs_command"),
        Entry("inbox", "kaname.cli.task", _INBOX, "inbox_command"),
        Entry("views", "kaname.cli.task", _VIEWS, "views_command"),
        Entry("load", "kaname.cli.task", _LOAD, "load_command"),
        Entry("deputy", "kaname.cli.task", _DEPUTY, "deputy_command"),
    ),
    about=T("日々の仕事。", "A day's work."),
    examples=("kaname task load hanako@example.jp",),
)


@bilingual("run", _RUN, "kaname task run")
@option("--json", "as_json", is_flag=True, about=show.JSON)
def run_command(as_json: bool) -> None:
    with office():
        from kaname.desk import shock_runs
        from kaname.task import jobs

        count, parts = jobs.run_free(), shock_runs.run_free()
    told = T(f"{count} 件、計算{parts}部分", f"{count} cases settled, {parts} parts of calculations finished")
    show.as_json({"settled": count, "parts": parts}) if as_json else show.lines([said(told)])


@bilingual("jobs", _JOBS, "kaname task jobs hanako@example.jp")
@argument("email", PERSON, type=EMAIL)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def jobs_command(email: str, as_json: bool) -> None:
    with office():
        from kaname.task import jobs

        rows = [{"id": j.public_id, "act": j.act, "state": str(j.state), "counts": dict(jobs.counts(j))}
                for j in jobs.listed(person(email))]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    told = [f"{r['id']}  {r['state']:9}  {r['act']}  {r['counts']}" for r in rows]
    show.lines(told or [said(T("何もない", "none"))])


@bilingual("inbox", _INBOX, "kaname task inbox hanako@example.jp --show away")
@argument("email", PERSON, type=EMAIL)
@option("--show", "which", type=click.Choice(["open", "mine", "others", "away", "all"]), default="open",
        about=T("どの行か", "which lines"))  # fmt: skip
@option("--json", "as_json", is_flag=True, about=show.JSON)
def inbox_command(email: str, which: str, as_json: bool) -> None:
    with office():
        from kaname.task import inbox
        from kaname.task.inbox import Show

        boxes = inbox.inbox(person(email), Show.OPEN if which == "open" else Show(which))
        rows = [{"group": str(b.group), "day": str(i.day) if i.day else None, "case": i.case, "number": i.number,
                 "label": said(i.label)} for b in boxes for i in b.items]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    told = [f"{r['group']:8}  {r['day'] or '-':10}  {r['number']:>6}  {r['label']}" for r in rows]
    show.lines(told or [said(T("何もない", "none"))])


@bilingual("views", _VIEWS, "kaname task views hanako@example.jp")
@argument("email", PERSON, type=EMAIL)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def views_command(email: str, as_json: bool) -> None:
    with office():
        from kaname.task import views

        rows = [{"list": s.view.page, "name": s.view.name, "query": s.view.query, "shared": s.view.shared}
                for s in views.of(person(email))]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    show.lines([f"{r['list']}  {r['name']}  ?{r['query']}" for r in rows] or [said(T("何もない", "none"))])


@bilingual("load", _LOAD, "kaname task load hanako@example.jp --json")
@argument("email", PERSON, type=EMAIL)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def load_command(email: str, as_json: bool) -> None:
    with office():
        from kaname.task import load

        found = load.loads(person(email))
    names = [r.person.name if r.person else said(T("担当なし", "nobody")) for r in found]
    if as_json:
        show.as_json(
            [{"name": r.person.name if r.person else None, "overdue": r.overdue, "weeks": list(r.weeks),
              "later": r.later, "undated": r.undated, "assigned": r.assigned, "waiting": r.waiting} for r in found]
        )  # fmt: skip
        return
    show.lines(
        [f"{r.overdue:>4} ! {' '.join(map(str, r.weeks))}  {name}" for r, name in zip(found, names, strict=True)]
    )


@bilingual(
    "deputy",
    _DEPUTY,
    "kaname task deputy hanako@example.jp",
    "kaname task deputy hanako@example.jp --to taro@example.jp --from 2026-12-01 --until 2026-12-05",
)
@argument("email", PERSON, type=EMAIL)
@option("--to", "to", type=EMAIL, about=T("代理をする人", "who deputises"))
@option("--from", "first", type=Day(), about=T("始めの日", "first day"))
@option("--until", "last", type=Day(), about=T("終わりの日", "last day"))
@option("--read-only", is_flag=True, about=T("閲覧のみ", "reading only"))
@option("--end", "ends", metavar="ID", about=T("この代理を終わらせる", "end this one"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def deputy_command(
    email: str, to: str | None, first: object, last: object, read_only: bool, ends: str | None, as_json: bool
) -> None:
    with office():
        from datetime import date

        from kaname.access import deputies
        from kaname.access.errors import AccessError

        who = person(email)
        try:
            if ends:
                deputies.stop(who, ends)
            if to:
                if not isinstance(first, date) or not isinstance(last, date):
                    raise wrong("--from", T("始めと終わりの日が要る", "give the first and the last day"))
                deputies.name(who, person(to, "--to"), first, last, not read_only)
        except AccessError as error:
            raise wrong("kaname", error.text) from None
        rows = [{"id": d.public_id, "deputy": d.person.email, "first": str(d.valid_from), "last": str(d.valid_until),
                 "may_act": d.may_act} for d in deputies.given(who)]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    told = [f"{r['id']}  {r['first']} - {r['last']}  {r['deputy']}" for r in rows]
    show.lines(told or [said(T("代理はいない", "no deputy"))])
