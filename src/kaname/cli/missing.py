"""`kaname missing`: every entry that a restore has taken back, who says so, and what to do with it."""

import click

from kaname.cli import show
from kaname.cli.group import bilingual, option
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.cli.upkeep import receipts_in
from kaname.law import T

_ABOUT = T("写しに戻した後、ここに欠けている記録を一件ずつ、取り戻し方とともに。",
           "Every entry that is missing since the database was put back, and how to get it back.")  # fmt: skip
_RECEIPTS = T("人が持ってきた署名つき受領証、又はそのフォルダ", "signed receipts that people bring: a file or a folder")
_RESTORED = T("データベースを別の方法（pg_restore など）で戻したことを届け出る",
              "say that the database was put back by another way (pg_restore, a snapshot)")  # fmt: skip


@bilingual("missing", _ABOUT, "kaname missing", "kaname missing --receipts receipts/")
@option("--receipts", about=_RECEIPTS)
@option("--restored", is_flag=True, about=_RESTORED)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, receipts: str | None, restored: bool, as_json: bool) -> None:
    with office(guarded=False):
        from kaname.ledger.proof import restores
        from kaname.ledger.proof.restores import Lost

        if restored:
            restores.raise_epoch()
        if receipts:
            held = receipts_in(receipts, signed_only=True)
            restores.note([Lost(case, seq, digest, restores.RECEIPT) for (case, seq), digest in held.items()])
        found = [(one, restores.words(one)) for one in restores.missing()]
        back = [(e.epoch, e.at, e.anchor) for e in restores.epochs()]
    if as_json:
        told = [{**one._asdict(), "text": said(text)} for one, text in found]
        show.as_json({"restores": [{"epoch": e, "at": at, "anchor": n} for e, at, n in back], "missing": told})
    else:
        heads = [
            said(T(f"第 {e} 回の復元：{at}、定点 {n} まで", f"restore {e}: {at}, anchors up to {n}"))
            for e, at, n in back
        ]
        none = said(T("欠けている記録は知られていない", "nothing is known to be missing"))
        lines = [f"  {one.case}:{one.seq}  {said(text)}" for one, text in found]
        show.lines([*heads, *(lines or [none])])
    ctx.exit(1 if found else 0)
