"""`kaname letter`: an act of a case on paper."""

import click

from kaname.cli import outfile, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import EMAIL, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_LETTER = T(
    "記録した行為を、通知又は届出の紙面（PDF/A）にする。", "Print a recorded act as a letter or filing (PDF/A)."
)


@bilingual("letter", _LETTER, "kaname letter 1 2 --by hanako@example.jp --out letter.pdf")
@argument("case", CASE)
@argument("seq", T("記録の番号", "number of the entry"), type=click.IntRange(1, 999_999_999))
@option("--by", required=True, type=EMAIL, about=T("誰の権限で読むか", "with whose rights it is read"))
@option("--out", default="-", about=T("書き出すファイル（既定は標準出力）", "file (default: standard output)"))
def command(case: str, seq: int, by: str, out: str) -> None:
    with office():
        from kaname.access.api import Unknown, UnknownCase
        from kaname.papers import letters

        try:
            raw = letters.pdf(letters.letter(person(by), case_id(case), seq, language()))
        except (Unknown, UnknownCase):
            text = T(
                f"事件 {case} に、{by} が読める記録 {seq} はない", f"case {case} has no entry {seq} that {by} may read"
            )
            raise BadInput([Problem("SEQ", 0, "", text)]) from None
    outfile.write(out, raw)
    if out != "-":
        show.lines([said(T(f"{out}：{len(raw):,} バイト", f"{out}: {len(raw):,} bytes"))])
