"""`kaname pack`, `kaname take`: the package that goes to a filing service, and one that came from there."""

import json
from pathlib import Path

import click

from kaname.cli import outfile, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import EMAIL, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_PACK = T("記録した申請・届出を、様式、データ、添付の一式（ZIP）にする。",
          "Make a recorded filing a package: the form, its data, what is attached (ZIP).")  # fmt: skip
_TAKE = T("一式を確かめ、記録したら何が起きるかを示す。--record で記録する。",
          "Check a package and show what recording it would do. --record records it.")  # fmt: skip


@bilingual("pack", _PACK, "kaname pack 1 2 --by hanako@example.jp --out filing.zip")
@argument("case", CASE)
@argument("seq", T("記録の番号", "number of the entry"), type=click.IntRange(1, 999_999_999))
@option("--by", required=True, type=EMAIL, about=T("誰の権限で読むか", "with whose rights it is read"))
@option("--out", required=True, about=T("書き出すファイル", "file to write"))
def pack_command(case: str, seq: int, by: str, out: str) -> None:
    with office():
        from kaname.access.api import AccessError, UnknownCase
        from kaname.papers import packages

        try:
            raw = packages.pack(person(by), case_id(case), seq, language())
        except UnknownCase:
            raise BadInput([Problem("CASE", 0, "", T(f"事件 {case} はない", f"there is no case {case}"))]) from None
        except AccessError as wrong:
            raise BadInput([Problem("SEQ", 0, "", wrong.text)]) from None
    outfile.write(out, raw)
    show.lines([said(T(f"{out}：{len(raw):,} バイト", f"{out}: {len(raw):,} bytes"))])


@bilingual("take", _TAKE, "kaname take filing.zip --by hanako@example.jp --record")
@argument("file", T("一式のファイル", "file of the package"))
@option("--by", required=True, type=EMAIL, about=T("誰が記録するか", "who records it"))
@option("--case", "case", default="", about=T("この事件に（既定は新しい事件）", "in this case (default: a new one)"))
@option("--record", is_flag=True, about=T("記録する", "record it"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def take_command(ctx: click.Context, file: str, by: str, case: str, record: bool, as_json: bool) -> None:
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        text = T(f"読めない（{error.strerror}）", f"cannot be read ({error.strerror})")
        raise BadInput([Problem(file, 0, "", text)]) from None
    with office():
        from kaname.access.api import AccessError
        from kaname.papers import packages
        from kaname.procedure import Refused

        package = packages.opened(file, content)
        who, id = person(by), case_id(case) if case else ""
        try:
            answer = packages.taken(who, package, id) if record else packages.tried(who, package, id)
        except AccessError as wrong:
            raise BadInput([Problem(file, 0, "", wrong.text)]) from None
    reasons = list(answer.reasons) if isinstance(answer, Refused) else []
    done = answer if isinstance(answer, packages.Done) else None
    if as_json:
        show.as_json({
            "act": package.of.name, "on": package.entry.on.isoformat(), "party": package.entry.party,
            "attachments": [a.path for a in package.attachments], "left_out": [said(t) for t in package.left_out],
            "accepted": not reasons, "reasons": [said(r.text) for r in reasons],
            "case": done.case if done else "", "entry": done.seq if done else 0,
        })  # fmt: skip
    else:
        lines = [f"{said(package.of.act.label)}  {package.entry.on}  {package.entry.party}"]
        lines += [f"  {id}: {json.dumps(value, ensure_ascii=False)}" for id, value in package.entry.data.items()]
        lines += [said(T(f"  {a.path}：{len(a.content):,} バイト", f"  {a.path}: {len(a.content):,} bytes"))
                  for a in package.attachments]  # fmt: skip
        lines += [said(T("入らない項目：", "left out: ")) + said(t) for t in package.left_out]
        lines += [said(r.text) for r in reasons]
        if done:
            text = T(f"記録した：事件 {done.case} 記録 {done.seq}", f"recorded: {done.case} entry {done.seq}")
            lines.append(said(text))
        elif not reasons:
            lines.append(said(T("記録できる（--record）", "can be recorded (--record)")))
        show.lines(lines)
    ctx.exit(1 if reasons else 0)
