"""`kaname assess change`: what a change to a filed plan asks for under Art. 54."""

from collections.abc import Mapping
from typing import Any

import click

from kaname.cli import objects, show
from kaname.cli.assess_answer import missing, reasons
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T
from kaname.regimes.infrastructure import as_data
from kaname.regimes.infrastructure.catalogue import ORDERS
from kaname.regimes.infrastructure.change import SUBJECTS, Change, NotAChange, Plan, Stage
from kaname.regimes.infrastructure.change_classifier import Classified, classify

_ABOUT = T(
    """導入等計画書の変更を、重要な変更・報告・軽微な変更・手続不要に分ける（法54条、省令23条から25条まで）。

FILE は JSON のオブジェクト、その配列、又は一行に一つ（- は標準入力）。項目の名はオプションと同じ（accepted_on など）。
before と after は、変わる事柄により、国、割合（%）、月数、又は始期/終期。--list は、subject と aspect の名を示す。

\b
class
  significant  変更の前に変更の案を届け出て、30日を待つ
  report       遅滞なく報告する
  minor        社内の記録だけ
  nothing      何も要らない
  ask          事実が足りないか、定めが明らかでない（safe は安全な扱い）""",
    """Tell what a change to a filed plan asks for: a proposal beforehand, a report, or nothing (Art. 54; orders 23-25).

FILE is a JSON object, a list of them, or one a line (- is standard input). Fields are named as the options (accepted_on
...). before and after are countries, percentages, months or start/end, as the aspect asks. --list shows the names of
subjects and aspects.

\b
class
  significant  propose the change beforehand and wait thirty days
  report       report it without delay
  minor        keep it in your own log
  nothing      nothing
  ask          facts are missing or the rule is not settled (safe: the careful course)""",
)
_CLASS = {
    "significant": T("重要な変更", "significant change"), "report": T("報告", "report"),
    "minor": T("軽微な変更", "minor change"), "nothing": T("手続不要", "nothing"), "ask": T("要確認", "ask"),
}  # fmt: skip


def _order(value: Any) -> str:
    if value not in ORDERS:
        names = ", ".join(ORDERS)
        raise objects.Unreadable(
            T(f"「{value}」という命令はない；{names} のいずれか", f"no order {value!r}; expected one of {names}")
        )
    return str(value)


FIELDS: dict[str, objects.Reader] = {
    "plan": objects.choice(Plan), "stage": objects.choice(Stage), "subject": objects.text, "aspect": objects.text,
    "before": objects.text, "after": objects.text, "omitted": objects.flag, "emergency_notice": objects.flag,
    "emergency": objects.flag, "accepted_on": objects.day, "order": _order,
}  # fmt: skip


@bilingual(
    "change", _ABOUT,
    "kaname assess change --plan introduction --stage before --subject supplier --aspect address "
    "--before JP --after SG",
    "kaname assess change --plan maintenance --stage running --subject entrustment --aspect period "
    "--before 36 --after 24",
    "kaname assess change changes.json --order mic --json",
)  # fmt: skip
@argument(
    "file",
    T("変更を書いた JSON（オプションだけで足りるときは省く）", "the changes as JSON (or use the options)"),
    required=False,
)
@option("--plan", metavar="PLAN", about=T("、".join(Plan), ", ".join(Plan)))
@option("--stage", metavar="STAGE", about=T("導入は before、after。委託は before、running、ended",
    "introduction: before, after; maintenance: before, running, ended"))  # fmt: skip
@option("--subject", metavar="NAME", about=T("何の変更か（--list）", "what changes (--list)"))
@option("--aspect", metavar="NAME", about=T("その何が変わるか（--list）", "what about it (--list)"))
@option("--before", metavar="VALUE", about=T("変更前", "what it was"))
@option("--after", metavar="VALUE", about=T("変更後", "what it becomes"))
@option(
    "--omitted", metavar="yes|no", about=T("記載を省略した再委託か", "left out of the plan under the omission rule")
)
@option(
    "--emergency-notice", metavar="yes|no", about=T("緊急導入等届出書の変更か", "what was filed is an emergency notice")
)
@option(
    "--emergency", metavar="yes|no", about=T("緊急の変更か（54条1項ただし書）", "an emergency change (54(1) proviso)")
)
@option("--accepted-on", metavar="DAY", about=T("変更の案の受理の日", "day the proposal is accepted"))
@option(
    "--order", metavar="ORDER", about=T(f"主務省令：{'、'.join(ORDERS)}", f"the ministry's order: {', '.join(ORDERS)}")
)
@option("--list", "list_names", is_flag=True, about=T("使える名を示す", "show the names there are"))
@option(
    "--fail",
    is_flag=True,
    about=T("重要な変更があるか、分からないとき、終了状態1", "exit status 1 if a change is significant or unclear"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, /, file: str | None, list_names: bool, fail: bool, as_json: bool, **flags: Any) -> None:
    """The command. Exit status 2 where the change cannot be read."""
    if list_names:
        return _list(as_json)
    told, single = objects.objects(file) if file else ([objects.Told("change", 0, {})], True)
    own = {k: v for k, v in flags.items() if v is not None}
    found = [_classify(objects.Told(t.file, t.line, {**t.values, **own})) for t in told]
    data = [as_data.change(one, language()) for one in found]
    if as_json:
        show.as_json(data[0] if single else data)
    else:
        show.lines(line for row in data for line in _text(row, language()))
    if fail and any(row["class"] in ("significant", "ask") for row in data):
        ctx.exit(1)
    return None


def _classify(told: objects.Told) -> Classified:
    found = objects.read(told, FIELDS)
    objects.required(told, found, "plan", "stage", "subject", "aspect")
    try:
        return classify(Change(**found))
    except NotAChange as error:
        raise BadInput([Problem(told.file, told.line, error.field, error.text)]) from None


def _text(row: Mapping[str, Any], lang: Lang) -> list[str]:
    name = SUBJECTS[row["subject"]]
    lines = [f"{_CLASS[row['class']][lang]}: {name[0][lang]} - {name[1][row['aspect']][lang]}"]
    lines += reasons(row["why"], lang, "  ") + missing(row["needs"], lang, "  ")
    lines.append(f"  {row['when']}")
    if row["safe"]:
        lines.append(T("  安全な扱い：{c}", "  careful course: {c}").fill(c=_CLASS[row["safe"]])[lang])
    if row["form"]:
        lines.append(f"  {row['form']['title']}")
    if row["penalty"]:
        lines.append(T("  怠ると罰則：{p}", "  punished if not done: {p}").fill(p=row["penalty"]["basis"])[lang])
    if row["standstill"]:
        days = T("  {last_banned_day} まで禁止、{first_free_day} から可（最長の延長で {if_extended_last_day} まで）",
                 "  banned through {last_banned_day}, free from {first_free_day} (if extended to the maximum: banned "
                 "through {if_extended_last_day})")  # fmt: skip
        lines.append(days.fill(**row["standstill"])[lang])
    return lines


def _list(as_json: bool) -> None:
    lang = language()
    if as_json:
        return show.as_json([
            {"subject": s, "name": name[lang], "plans": [p.value for p in plans],
             "aspects": [{"aspect": a, "name": label[lang]} for a, label in aspects.items()]}
            for s, (name, aspects, plans) in SUBJECTS.items()
        ])  # fmt: skip
    lines = []
    for s, (name, aspects, plans) in SUBJECTS.items():
        lines.append(f"{s}  {name[lang]}  ({', '.join(plans)})")
        lines += show.columns([(a, label[lang]) for a, label in aspects.items()], "  ")
    return show.lines(lines)
