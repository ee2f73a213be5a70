"""`kaname papers`: documents that no act has named are removed after thirty days, files without document after one.
Dockets and tables on the desk have had their day with it."""

from kaname.cli import show
from kaname.cli.group import bilingual
from kaname.cli.language import said
from kaname.cli.office import office
from kaname.law import T

_ABOUT = T("どの行為にも使われず30日を過ぎた書類と、残りかすのファイルを消す。毎日一度。",
           "Remove documents that no act has named in thirty days, and stray files. Once a day.")  # fmt: skip


@bilingual("papers", _ABOUT, "kaname papers")
def papers_command() -> None:
    with office():
        from kaname.desk import holdings, names, screenings, trade
        from kaname.papers import texts
        from kaname.papers.upkeep import collect
        from kaname.vendors.binding import bind_late

        read = texts.read_waiting()
        done = collect()
        bound = done.bound + bind_late()
        for desk in (screenings, holdings, names, trade):
            desk.sweep()  # what has had its time goes even where nobody looks at the desk
    text = T(f"書類 {done.documents} 件、残りのファイル {done.files} 件を消した。事件に結び直した書類・開示 {bound} 件",
             f"{done.documents} documents and {done.files} stray files removed; "
             f"{bound} documents and passports bound to their cases")  # fmt: skip
    show.lines(
        [
            said(T(f"書類 {read} 件を読み、探せるようにした", f"{read} documents read, to be found by their text")),
            said(text),
        ]
    )
