"""`kaname penalties`: who is punished for what, and how, for conduct on a day."""

from datetime import date
from typing import Any

import click

from kaname.cli import params, show
from kaname.cli.group import bilingual, option
from kaname.cli.language import language
from kaname.cli.standing_text import unverified_text
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T, cited
from kaname.regimes.general import as_data, penalties

_ABOUT = T(
    "誰の、どの行為に、その日にどの罰則があるか。拘禁刑は2025年5月31日までの行為では懲役という。",
    "Who is punished for what conduct, and how, on a day. Imprisonment has another name for conduct up to 2025-05-31.",
)
_RULES = T("罰則によらない不利益", "losses without a penalty")


# fmt: off
@bilingual("penalties", _ABOUT, "kaname penalties --offender 事業者 --as-of 2025-05-31",
           "kaname penalties --violated '52(1)' --json")
@option("--as-of", type=params.Day(), metavar="DAY", about=T("行為の日（既定は日本の今日）",
    "day of the conduct (default: today in Japan)"))
@option("--chapter", type=click.Choice([str(n) for n in penalties.CHAPTERS]), about=T("章", "chapter of the Act"))
@option("--offender", default="", metavar="WORDS", about=T("処罰される者に含まれる語", "words in who is punished"))
@option("--violated", default="", metavar="PLACE", about=T("違反した条文（52(1)）", "provision violated (52(1))"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(
    ctx: click.Context, as_of: date | None, chapter: str | None, offender: str, violated: str, as_json: bool,
) -> None:
    # fmt: on
    """The command. Exit status 1 where no penalty fits."""
    on, lang = as_of or params.today(), language()
    asked = penalties.Asked(on, int(chapter) if chapter else None, offender, violated)
    try:
        found = penalties.explore(asked)
    except penalties.Unreadable as wrong:
        raise BadInput([Problem(wrong.field.upper(), 0, "", wrong.text)]) from None
    if as_json:
        show.as_json(_data(found, on, lang))
    else:
        show.lines(_text(found, on, lang))
    ctx.exit(0 if any(s.in_force for s in found) else 1)


def _data(found: tuple[penalties.Shown, ...], on: date, lang: Lang) -> dict[str, Any]:
    name = penalties.custody(on)
    return {
        "as_of": on.isoformat(), "custody": name and name[lang],
        "penalties": [as_data.shown(s, on, lang) for s in found],
        "without_penalty": [as_data.without_penalty(c, lang) for c in penalties.WITHOUT_PENALTY],
        "unverified": as_data.unread_penalties(on, lang),
    }  # fmt: skip


def _text(found: tuple[penalties.Shown, ...], on: date, lang: Lang) -> list[str]:
    many = sum(s.in_force for s in found)
    told = [T(f"{on} の行為、罰則 {many}", f"conduct on {on}, penalties: {many}")[lang]]
    told += unverified_text(as_data.unread_penalties(on, lang), lang)
    for s in found:
        p = s.penalty
        told += ["", f"{p.provision[lang]}  {p.offender[lang]}", f"  {p.offence[lang]}",
                 f"  {show.with_basis(s.sanction[lang], cited(p.violated, lang, on))}"]  # fmt: skip
        told += [f"  + {mark[lang]}" for mark in penalties.marks(p) if s.in_force]
        told += [f"  - {text[lang]}" for text in (p.excluded_when, p.remark) if text]
    return [*told, *show.section(_RULES, [f"  {show.with_basis(c.text[lang], cited(c.basis, lang))}"
                                          for c in penalties.WITHOUT_PENALTY], lang)]  # fmt: skip
