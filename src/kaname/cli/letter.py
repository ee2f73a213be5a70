"""`kaname letter`: an act of a case on paper. `kaname letters`: many at once."""

import io
from datetime import date

import click

from kaname.cli import outfile, params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import CASE, case_id, office
from kaname.cli.who import EMAIL, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_LETTER = T(
    "記録した行為を、通知又は届出の紙面（PDF/A）にする。", "Print a recorded act as a letter or filing (PDF/A)."
)


_LETTERS = T(
    "一つの行為の書面をまとめて、ZIP（要約値の一覧つき）又は印刷用の一つの PDF にする。",
    "The letters of one act together: a ZIP with a list of digests, or one PDF for the printer.",
)
_OUT = T("書き出すファイル（既定は標準出力）", "file (default: standard output)")


@bilingual("letter", _LETTER, "kaname letter 1 2 --by hanako@example.jp --out letter.pdf")
@argument("case", CASE)
@argument("seq", T("記録の番号", "number of the entry"), type=click.IntRange(1, 999_999_999))
@option("--by", required=True, type=EMAIL, about=T("誰の権限で読むか", "with whose rights it is read"))
@option("--out", default="-", about=_OUT)
@option("--issue", is_flag=True, about=T("書面を発する。発していれば、その書面", "issue it; issued before, that paper"))
def command(case: str, seq: int, by: str, out: str, issue: bool) -> None:
    with office():
        from kaname.access.api import NotAllowed, Unknown, UnknownCase
        from kaname.papers import letters

        try:
            who, id = person(by), case_id(case)
            if issue:
                raw = b"".join(letters.again(who, id, letters.issue(who, id, seq).seq).pieces)
            else:
                raw = letters.pdf(letters.letter(who, id, seq, language()))
        except (letters.NotIssued, NotAllowed) as wrong:
            raise BadInput([Problem("SEQ", 0, "", wrong.text)]) from None
        except (Unknown, UnknownCase):
            text = T(
                f"事件 {case} に、{by} が読める記録 {seq} はない", f"case {case} has no entry {seq} that {by} may read"
            )
            raise BadInput([Problem("SEQ", 0, "", text)]) from None
    outfile.write(out, raw)
    if out != "-":
        show.lines([said(T(f"{out}：{len(raw):,} バイト", f"{out}: {len(raw):,} bytes"))])


_DAY = params.Day()
_EXAMPLE = "kaname letters patents.application first_review.notify_nonsend --by hanako@example.jp --out letters.zip"


@bilingual("letters", _LETTERS, _EXAMPLE)
@argument("kind", T("事件の種類", "kind of case"))
@argument("act", T("行為", "act"))
@option("--by", required=True, type=EMAIL, about=T("誰の権限で読むか", "with whose rights they are read"))
@option("--from", "first", type=_DAY, default=None, about=T("この日から", "from this day on"))
@option("--to", "last", type=_DAY, default=None, about=T("この日まで", "up to this day"))
@option("--out", required=True, about=T("書き出すファイル", "file to write"))
@option("--join", is_flag=True, about=T("印刷用の一つの PDF", "one PDF for the printer"))
@option("--issue", is_flag=True, about=T("まだ発していない書面を発する", "issue those that have not gone out"))
def letters_command(
    kind: str, act: str, by: str, first: date | None, last: date | None, out: str, join: bool, issue: bool
) -> None:
    if join and issue:
        raise click.UsageError(said(T("--join と --issue は同時に使えない", "--join and --issue exclude each other")))
    with office():
        from kaname.papers import letters

        who = person(by)
        try:
            wanted = letters.select(who, kind, act, first, last)
        except letters.NotIssued as wrong:
            raise BadInput([Problem("--from", 0, "", wrong.text)]) from None
        except LookupError as error:
            raise BadInput([Problem("KIND ACT", 0, "", T(str(error), str(error)))]) from None
        made = io.BytesIO()
        told = letters.joined(who, wanted, made, language()) if join else letters.archive(
            who, wanted, made, language(), issue)  # fmt: skip
    outfile.write(out, made.getvalue())
    failed = [line for line in told if line.problem]
    done = len(told) - len(failed)
    show.lines([said(T(f"{out}：{done} 通、できなかったもの {len(failed)} 通",
                       f"{out}: {done} letters, {len(failed)} could not be made"))]
               + [f"  {line.case}:{line.entry}: {said(line.problem)}" for line in failed if line.problem])  # fmt: skip
