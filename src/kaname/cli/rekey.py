"""`kaname rekey`: new keys for what is sealed, while the office works."""

import click

from kaname.cli import show
from kaname.cli.group import bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.progress import progress
from kaname.law import T

_ABOUT = T("封緘の親鍵を新しくする。途中で止まっても、もう一度で続く。",
           "Draw a new master key for what is sealed. Stopped half way, the same command goes on.")  # fmt: skip
_VALUES = T("値の鍵も新しくし、すべての値を封緘し直す（鍵が漏れたとき）",
            "new keys for the values too, every value sealed again (after keys have leaked)")  # fmt: skip


@bilingual("rekey", _ABOUT, "kaname rekey")
@option("--values", is_flag=True, about=_VALUES)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def rekey_command(ctx: click.Context, values: bool, as_json: bool) -> None:
    with office(), progress() as done:
        from kaname.ledger.reseal import rekey

        found = rekey(values, done)
    if as_json:
        show.as_json({"master": found.master, "keys": found.keys, "values": found.values})
        return
    text = T(f"親鍵 {found.master}：鍵 {found.keys} 個を包み直し、値 {found.values} 個を封緘し直した",
             f"master {found.master}: {found.keys} keys wrapped again, {found.values} values sealed again")  # fmt: skip
    kept = T("前の親鍵は KANAME_HOME に sealing_key.* として残る；以前の写しが要らなくなったら消すこと",
             "earlier masters stay in KANAME_HOME as sealing_key.*, for backups made before; remove them "
             "once none of these is wanted")  # fmt: skip
    show.lines([said(text), said(kept)])
