"""`kaname keys`: the agent that holds the master keys in a process of its own, and how the keys of the office stand."""

import signal
from pathlib import Path
from typing import Any

from kaname.cli import ceremony, envelope, recovery, show
from kaname.cli.ceremony import folder
from kaname.cli.group import Entry, Group, bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office, settings
from kaname.cli.who import wrong
from kaname.law import T

_AGENT = T("親鍵を別のプロセスで預かり、UNIX ソケットで包みを解く。止めるまで動く。",
           "Hold the master keys in a process of its own, unwrap by a UNIX socket, until it is stopped.")  # fmt: skip
_STATUS = T("鍵の様子と、鍵の記録簿の新しい行。", "How the keys stand, and the newest lines of the book of keys.")
_RELEASE = T("番人が止めた名（kaname keys status が示す）を解く；番人のユーザーで",
             "let go on whom the agent has stopped (kaname keys status shows the name); as its user")  # fmt: skip
_ALLOW = T("頼んでよいユーザー（コンマで区切る）", "users who may ask, separated by commas")
_NO_SOCKET = T("{where}：使えない（{why}）；番人のほかに何もない、書き込めるフォルダの名を",
               "{where}: cannot be used ({why}); expected a name in a folder that may be written to, where neither "
               "a file nor another agent is")  # fmt: skip

command = Group(
    "keys",
    (
        Entry("agent", "kaname.cli.keys", _AGENT, "agent_command"),
        Entry("status", "kaname.cli.keys", _STATUS, "status_command"),
        Entry("ceremony", "kaname.cli.ceremony", ceremony.ABOUT),
        Entry("envelope", "kaname.cli.envelope", envelope.ENVELOPE, "envelope_command"),
        Entry("shares", "kaname.cli.recovery", recovery.SHARES, "shares_command"),
        Entry("kit", "kaname.cli.recovery", recovery.KIT, "kit_command"),
        Entry("drill", "kaname.cli.recovery", recovery.DRILL, "drill_command"),
        Entry("recover", "kaname.cli.recovery", recovery.RECOVER, "recover_command"),
    ),
    about=T("封緘の鍵の番人と様子。", "The agent of sealing keys, and how they stand."),
    examples=("kaname keys status",),
)


@bilingual("agent", _AGENT, "kaname keys agent --allow kaname --socket /run/kaname-keys/socket")
@option("--socket", "path", metavar="FILE", about=T("既定は KANAME_HOME/keys.sock", "default: KANAME_HOME/keys.sock"))
@option("--allow", default="", metavar="USERS", about=_ALLOW)
@option("--release", metavar="NAME", about=_RELEASE)
def agent_command(path: str | None, allow: str, release: str | None) -> None:
    if release:
        _release(path, release)
        return
    settings()
    from kaname.ledger.key_agent import Agent, uids
    from kaname.site.home import home

    try:
        allowed = uids(allow)
    except ValueError as nobody:
        raise wrong("--allow", T(f"{nobody} というユーザーはいない", f"there is no user {nobody}")) from None
    where = Path(path) if path else home() / "keys.sock"
    try:
        agent = Agent(where, allowed)
    except OSError as error:
        raise wrong("--socket", _NO_SOCKET.fill(where=where, why=error.strerror or error)) from None
    signal.signal(signal.SIGTERM, _stop)
    with agent:
        show.lines([said(T(f"鍵の番人：{where}", f"key agent at {where}"))])
        try:
            agent.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            pass
        finally:
            where.unlink(missing_ok=True)


def _release(path: str | None, name: str) -> None:
    """Asked of the agent that runs, by its own user: for everybody else it goes on as it is."""
    with folder():
        from kaname.ledger.agent_keys import ask_at

        if not ask_at(path, do="release", name=name):
            stopped = ", ".join(ask_at(path, do="status")["stopped"]) or "-"
            raise wrong("--release", T(f"「{name}」は止められていない；止められているのは：{stopped}",
                                       f"{name!r} is not stopped; stopped: {stopped}"))  # fmt: skip
    show.lines([said(T(f"{name} は続けられる", f"{name} may go on"))])


def _stop(*_: Any) -> None:
    raise KeyboardInterrupt


@bilingual("status", _STATUS, "kaname keys status")
@option("--json", "as_json", is_flag=True, about=show.JSON)
def status_command(as_json: bool) -> None:
    with office():
        from django.conf import settings as of

        from kaname.access.keeping import lines_of_both, people, to_do
        from kaname.ledger import destroyed, key_book, sealing
        from kaname.ledger.agent_keys import AgentKeys, ask
        from kaname.ledger.master import masters

        rows = sealing.key_rows()
        stopped = ask(do="status")["stopped"] if isinstance(masters(), AgentKeys) else []
        whose = people(stopped)
        found = {
            "service": of.KANAME_MASTER_KEYS, "master": masters().current(), "keys": len(rows),
            "circles": len({row.circle for row in rows}), "destroyed": len(destroyed.all_()), "stopped": stopped,
            "to_do": list(map(said, to_do())),
            "book": [{"number": x.number, "at": x.at, "what": x.what} for x in lines_of_both()[:20]],
        }  # fmt: skip
    if as_json:
        show.as_json(found)
        return
    heads = {
        "service": T("親鍵の預け先", "master keys held by"), "master": T("今の親鍵", "master"), "keys": T("鍵", "keys"),
        "circles": T("区画など", "circles"), "destroyed": T("破棄された区画", "destroyed"),
    }  # fmt: skip
    lines = show.columns([[said(head), str(found[name])] for name, head in heads.items()], indent="")
    lines += [f"  {one}" for one in found["to_do"]]
    lines += [said(T(f"止められた名：{one}", f"stopped: {one}")) for one in whose]
    lines += [f"{x['number']:>4}  {x['at'][:19]}Z  {said(key_book.WHAT[x['what']])}" for x in found["book"]]
    show.lines(lines)
