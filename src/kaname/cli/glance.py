"""`kaname glance`: the picture of the Act on a day, as text, JSON, a folder of CSV files, a report, a slide deck."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kaname.cli import outfile, params, show
from kaname.cli.group import bilingual, option
from kaname.cli.language import language
from kaname.cli.office import office
from kaname.cli.who import EMAIL, person, wrong
from kaname.law import Lang, T

if TYPE_CHECKING:  # Django is set up once the office is open
    from kaname.registers.blocks import Picture

_ABOUT = T(
    """ある日の法の姿を示す：四つの制度の数、節目、物資、基金、分野、技術、特許。数は出典とともに示す。

--for を付けなければ公表された事実だけで、この事務所の記録は数えない。付ければ、その人が見ることのできる案件を数える。
値のない数は「値なし」と示す。""",
    """The Act on a day: the numbers of the four regimes, milestones, products, funds, sectors, technologies, patents,
each with its source.

Without --for only published facts are shown and no record of this office is counted; with it, the cases which that
person may know of are. A figure that nobody knows is shown as having no value.""",
)
_DAY = T("この日の姿（既定は今日）。2022-05-18 から", "on this day (default: today), from 2022-05-18")
_FOR = T("この人が見ることのできる記録を数える", "count the records that this person may know of")
_CSV = T("表ごとに CSV を書くフォルダ（なければ作る）", "folder for one CSV a table (made if missing)")
_PDF = T("報告書（PDF/A-2a）を書くファイル", "file for the report (PDF/A-2a)")
_PPTX = T("スライドを書くファイル", "file for the slides")
_WROTE = T("{n} 個の表を {folder} に書いた", "wrote {n} tables to {folder}")


@bilingual("glance", _ABOUT, "kaname glance --as-of 2024-06-04", "kaname glance --json",
           "kaname glance --as-of 2024-06-04 --csv glance --for taro@example.jp",
           "kaname glance --as-of 2024-06-04 --pdf glance.pdf --pptx glance.pptx --lang ja")  # fmt: skip
@option("--as-of", type=params.Day(), metavar="DAY", about=_DAY)
@option("--for", "whose", type=EMAIL, metavar="EMAIL", about=_FOR)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@option("--csv", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", about=_CSV)
@option("--pdf", metavar="FILE", about=_PDF)
@option("--pptx", metavar="FILE", about=_PPTX)
def command(as_of: date | None, whose: str | None, as_json: bool, folder: Path | None, pdf: str | None,
            pptx: str | None) -> None:  # fmt: skip
    with office(guarded=whose is not None):  # what is published needs no database
        from kaname.registers import open_data
        from kaname.registers.picture import BeforeTheAct, picture

        try:
            found = picture(as_of or params.today(), person(whose, "--for") if whose else None)
        except BeforeTheAct as error:
            raise wrong("--as-of", error.text) from None
        if folder:
            every = open_data.tables(found)
            for id, table in every.items():
                text = open_data.csv_text(table, language())
                outfile.write(folder / f"{id}.csv", text.encode("utf-8-sig"), make_folder=True)
            click.echo(_WROTE.fill(n=len(every), folder=folder)[language()], err=as_json)
        for line in _printed(found, pdf, pptx):
            click.echo(line, err=as_json)
        if as_json:
            show.as_json(open_data.as_data(found))
        elif not (folder or pdf or pptx):
            show.lines(told(found, language()))


def _printed(of: "Picture", pdf: str | None, pptx: str | None) -> Iterator[str]:
    """The report and the slides, written; what is said of each."""
    if pdf:
        from kaname.registers.report import pdf as report

        yield _write(Path(pdf), report(of, language()))
    if pptx:
        from kaname.registers.slides import pptx as slides  # takes a second to import

        yield _write(Path(pptx), slides(of, language()))


def _write(file: Path, data: bytes) -> str:
    outfile.write(file, data)
    return T(f"{file}：{len(data):,} バイト", f"{file}: {len(data):,} bytes")[language()]


def told(of: "Picture", lang: Lang) -> Iterator[str]:
    from kaname.registers.words import figure, source

    yield f"{of.title[lang]}  {of.as_of}"
    for numbers in of.cover:
        yield from ("", numbers.title[lang])
        yield from show.columns(
            [[f.label[lang], f"{figure(f, lang)} {f.unit[lang] if f.unit and f.value is not None else ''}".strip(),
              f.note[lang] if f.value is None and f.note else source(f.source, lang)] for f in numbers.figures]
        )  # fmt: skip
    for page in of.pages:
        yield from ("", page.title[lang], f"  {page.answer[lang]}")
    for text in of.warnings:
        yield from ("", text[lang])
