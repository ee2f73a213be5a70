"""`kaname papers`: documents that no act has named are removed after thirty days, files without document after one.
Dockets and tables on the desk have had their day with it. `run` reads what has come in, `find` and `text` tell it."""

import click

from kaname.cli import show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import said
from kaname.cli.notices import Stopped
from kaname.cli.office import office
from kaname.cli.who import EMAIL, PERSON, person
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_ABOUT = T("書類を検査し、読み、探せるようにする。30日どの行為にも使われない書類と残りのファイルを消す。毎日一度。",
           "Scan and read documents, so that they are found by what they say; remove those that no act has named in "
           "thirty days, and stray files. Once a day.")  # fmt: skip
_RUN = T("届いた書類を検査し、読み続ける。何台で動かしてもよい（kaname up が一つ動かす）。終わりは Ctrl-C。",
         "Scan and read what comes in, again and again; any number may run side by side (kaname up runs one). "
         "Ctrl-C ends it.")  # fmt: skip
_FIND = T("書類を、書いてある言葉で探す。見せた書類は読んだものとして記録する。",
          "Find documents by what they say. Each one shown is logged as read.")  # fmt: skip
_TEXT = T("書類に書いてある文字。読んだものとして記録する。", "The words of a document. The reading is logged.")


@click.pass_context
def _tidy(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is not None:
        return
    with office():
        from kaname.desk import run_out
        from kaname.papers import reader
        from kaname.papers.upkeep import collect
        from kaname.vendors.binding import bind_late

        read = reader.once(most=100_000)
        done = collect()
        bound = done.bound + bind_late()
        run_out.sweep()  # what has had its time goes even where nobody looks at the desk
    text = T(f"書類 {done.documents} 件、残りのファイル {done.files} 件を消した。事件に結び直した書類・開示 {bound} 件",
             f"{done.documents} documents and {done.files} stray files removed; "
             f"{bound} documents and passports bound to their cases")  # fmt: skip
    show.lines([said(T(f"書類 {read} 件を読み、探せるようにした", f"{read} documents read, to be found by their text")),
                said(text)])  # fmt: skip


papers_command = Group(
    "papers",
    (
        Entry("run", "kaname.cli.papers", _RUN, "run_command"),
        Entry("find", "kaname.cli.papers", _FIND, "find_command"),
        Entry("text", "kaname.cli.papers", _TEXT, "text_command"),
    ),
    about=_ABOUT,
    examples=("kaname papers", "kaname papers find hanako@example.jp 特定重要設備"),
)
papers_command.callback = _tidy


@bilingual("run", _RUN, "kaname papers run")
@option(
    "--beside",
    type=int,
    hidden=True,
    about=T("この番号のプロセスが終われば終わる", "end with the process of this number"),
)
def run_command(beside: int | None) -> None:
    with office():
        from kaname.desk import run_out, shock_runs
        from kaname.papers import reader
        from kaname.task import jobs

        reader.run(Stopped(beside), also=(jobs.run_free, shock_runs.run_free, run_out.now_and_then))


@bilingual("find", _FIND, "kaname papers find hanako@example.jp 特定重要設備 承認")
@argument("email", PERSON, type=EMAIL)
@argument("words", T("探す言葉（一文字から）", "words to look for, from one letter on"), nargs=-1, required=True)
@option("--limit", type=click.IntRange(1, 200), default=20, about=T("件数（既定は 20）", "how many (default: 20)"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def find_command(email: str, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    with office():
        from kaname.papers import api as papers

        found = papers.find(person(email), " ".join(words), limit, door="command")
    rows = [
        {"document": h.document, "case": h.case, "name": h.name, "page": h.page, "pages": h.pages,
         "words": "".join(part for part, _ in h.snippet)}
        for h in found.hits
    ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    none = said(T("見つからない", "nothing found"))
    more = [said(T("ほかにもある", "and more"))] if found.more else []
    show.lines([f"{r['document']}  {r['case']}  {r['page']}/{r['pages']}  {r['name']}  {r['words']}" for r in rows]
               + more or [none])  # fmt: skip


@bilingual("text", _TEXT, "kaname papers text hanako@example.jp abcdefghijklmnop")
@argument("email", PERSON, type=EMAIL)
@argument("document", T("書類の番号", "id of the document"))
def text_command(email: str, document: str) -> None:
    with office():
        from kaname.access.api import NotAllowed, Unknown
        from kaname.papers import previews

        try:
            look = previews.look(person(email), "", document, "command")
        except Unknown:
            text = T(f"{email} が読める書類に {document} はない", f"no document {document} that {email} may read")
            raise BadInput([Problem("DOCUMENT", 0, "", text)]) from None
        except NotAllowed as wrong:
            raise BadInput([Problem("DOCUMENT", 0, "", wrong.text)]) from None
    if look.why:
        raise BadInput([Problem("DOCUMENT", 0, "", look.why)])
    show.lines([*look.texts, *(f"-- {said(mark)}" for mark in look.marks)])
