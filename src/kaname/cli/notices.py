"""`kaname notices`: the sender of mail and webhooks, and what became of each message."""

import os
import signal
from types import FrameType

import click

from kaname.cli import show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.who import EMAIL, PERSON, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_RUN = T("お知らせと webhook を送り続ける。何台で動かしてもよい。終わりは Ctrl-C。",
         "Send reminders and webhooks, again and again; any number may run side by side. Ctrl-C ends it.")  # fmt: skip
_LIST = T("人の、まだ読んでいないお知らせ。", "The reminders that a person has not read.")
_MESSAGES = T("送るものとその様子。", "Messages and what became of them.")
_AGAIN = T("送るのをやめたものを、もう一度送る。", "Send a message that was given up once more.")

command = Group(
    "notices",
    (
        Entry("run", "kaname.cli.notices", _RUN, "run_command"),
        Entry("list", "kaname.cli.notices", _LIST, "list_command"),
        Entry("messages", "kaname.cli.notices", _MESSAGES, "messages_command"),
        Entry("again", "kaname.cli.notices", _AGAIN, "again_command"),
    ),
    about=T("お知らせ、電子メール、webhook。", "Reminders, mail and webhooks."),
    examples=("kaname notices run --once",),
)


@bilingual("run", _RUN, "kaname notices run", "kaname notices run --once --json")
@option("--once", is_flag=True, about=T("一巡で終わる", "one round, then end"))
@option(
    "--beside",
    type=int,
    hidden=True,
    about=T("この番号のプロセスが終われば終わる", "end with the process of this number"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def run_command(once: bool, beside: int | None, as_json: bool) -> None:
    with office():
        from kaname.notices.api import sender

        if not once:
            sender.run(Stopped(beside))
            return
        done = sender.send_all()
    counts = {"sent": done.sent, "void": done.void, "later": done.later, "dead": done.dead}
    text = T(f"送信 {done.sent}、不要 {done.void}、後で {done.later}、断念 {done.dead}",
             f"{done.sent} sent, {done.void} no longer needed, {done.later} later, {done.dead} given up")  # fmt: skip
    show.as_json(counts) if as_json else show.lines([said(text)])


class Stopped:
    """Whether SIGTERM or Ctrl-C came, or the process whose companion this is has ended."""

    def __init__(self, beside: int | None) -> None:
        self._beside, self._stopped = beside, False
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopped = True

    def __call__(self) -> bool:
        return self._stopped or (self._beside is not None and os.getppid() != self._beside)


@bilingual("list", _LIST, "kaname notices list hanako@example.jp")
@argument("email", PERSON, type=EMAIL)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(email: str, as_json: bool) -> None:
    with office():
        from kaname.notices.api import remind

        rows = [
            {"day": str(r.item.day), "before": r.before, "case": r.item.case, "number": r.item.number,
             "label": said(r.item.label)}
            for r in remind.on_page(person(email))
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    none = said(T("新しいお知らせはない", "no new reminders"))
    show.lines([f"{r['day']}  {r['label']}  {r['number']}" for r in rows] or [none])


@bilingual("messages", _MESSAGES, "kaname notices messages --dead")
@option("--dead", is_flag=True, about=T("送るのをやめたものだけ", "only those given up"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def messages_command(ctx: click.Context, dead: bool, as_json: bool) -> None:
    with office():
        from kaname.notices.models import Outgoing

        found = Outgoing.objects.filter(state="dead") if dead else Outgoing.objects.all()
        rows = [
            {"id": r.public_id, "way": r.way, "to": r.person.public_id, "state": r.state, "tries": r.tries,
             "fault": r.fault, "made_at": r.made_at.isoformat()}
            for r in found.select_related("person").order_by("-made_at", "-pk")[:200]
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
    else:
        none = said(T("何もない", "none"))
        show.lines([f"{r['id']}  {r['way']:4}  {r['state']:7}  {r['tries']}  {r['fault']}" for r in rows] or [none])
    ctx.exit(1 if dead and rows else 0)


@bilingual("again", _AGAIN, "kaname notices again abcdefghijklmnop")
@argument("message", T("番号（kaname notices messages）", "its id (kaname notices messages)"))
def again_command(message: str) -> None:
    with office():
        from kaname.notices.api import outbox

        if not outbox.again(message):
            text = T(f"送るのをやめたものに「{message}」はない", f"no message {message!r} was given up")
            raise BadInput([Problem("MESSAGE", 0, "", text)])
    show.lines([said(T("もう一度送る", "it will be sent once more"))])
