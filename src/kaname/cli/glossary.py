"""`kaname glossary WORD`: what a word of the field means, its reading, its English and where it comes from."""

from datetime import date

import click

from kaname.cli import params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.law import Lang, T, cited, glossary

_ABOUT = T(
    "言葉の意味、読み、英語、条文。かなや英語でも探せる。言葉がなければすべての用語。",
    "What a word means, its reading, its English, its provision. Kana and English are found too. No word: all terms.",
)


# fmt: off
@bilingual("glossary", _ABOUT, "kaname glossary 保全指定", "kaname glossary standstill --json")
@argument("word", T("言葉、読み、英語", "word, reading or English"), nargs=-1)
@option("--as-of", type=params.Day(), metavar="DAY", about=T("条文の番号の日（既定は日本の今日）",
    "day whose numbers of provisions are shown (default: today in Japan)"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, word: tuple[str, ...], as_of: date | None, as_json: bool) -> None:
    # fmt: on
    """The command. Exit status 1 where the glossary has no such word."""
    on, lang = as_of or params.today(), language()
    found = glossary.find(" ".join(word)) if word else glossary.TERMS
    if as_json:
        show.as_json({"as_of": on.isoformat(), "terms": [t.told(lang, on) for t in found]})
    elif found:
        show.lines(line for t in found for line in _text(t, on, lang))
    else:
        show.lines([T("その言葉は用語集にありません。短くするか、かなや英語でお試しください。",
                      "The glossary has no such word: try a shorter one, kana or English.")[lang]])
    ctx.exit(0 if found else 1)


def _text(t: glossary.Term, on: date, lang: Lang) -> list[str]:
    where = cited(t.basis, lang, on) if t.basis else t.source[lang] if t.source else ""
    return [f"{t.ja}（{t.kana}） {t.en}", f"  {show.with_basis(t.means[lang], where)}"]
