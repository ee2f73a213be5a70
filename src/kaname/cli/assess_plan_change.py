"""`kaname assess plan-change`: is a change of a certified supply plan minor, or certified beforehand?"""

from collections.abc import Mapping
from typing import Any

import click

from kaname.cli import objects, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.files.problems import BadInput, Problem
from kaname.law import T, cited
from kaname.regimes.supply.catalogue.orders import ORDERS
from kaname.regimes.supply.filing import read
from kaname.regimes.supply.filing.change import Judged, as_data
from kaname.regimes.supply.minor_change import Result

_ABOUT = T(
    """認定供給確保計画の変更が、軽微な変更（届出）か、変更の認定を要するかを、認定省令の数字で判定する（法10条）。

FILE は JSON のオブジェクト、その配列、又は一行に一つ（- は標準入力）。今の計画は was_funds など、変わるものは
funds など、前に認定を受けた計画は certified_funds など。金額は円の整数。""",
    """Judge by the figures of the certification order whether a change of a certified supply plan is minor (a notice)
or needs a certification beforehand (Art. 10).

FILE: a JSON object, a list of them, or one a line (- is standard input). The plan as it is: was_funds and so on; what
changes: funds and so on; as last certified: certified_funds and so on. Money is whole yen.""",
)
_CLASS = {
    Result.MINOR: T("軽微な変更（届出）", "minor (notice)"),
    Result.PRIOR: T("変更の認定を要する", "needs certification beforehand"),
    None: T("変わるものがない", "nothing changes"),
}
_NAMES = tuple(read.CHANGE)


@bilingual(
    "plan-change", _ABOUT,
    "kaname assess plan-change --order meti --was-funds 12000000000 --funds 13100000000",
    "kaname assess plan-change --order maff --was-period-end 2028-03-31 --period-end 2028-09-30 --json",
)  # fmt: skip
@argument(
    "file",
    T("変更（JSON。オプションだけで足りるときは省く）", "the changes as JSON (or use the options)"),
    required=False,
)
@option("--order", metavar="ORDER", about=T(f"認定省令：{'、'.join(ORDERS)}", f"the order: {', '.join(ORDERS)}"))
@option("--was-period-start", metavar="DAY", about=T("今の実施期間の始期", "period from, now"))
@option("--was-period-end", metavar="DAY", about=T("今の実施期間の終期", "period to, now"))
@option("--was-funds", metavar="YEN", type=int, about=T("今の資金の額", "required funds, now"))
@option("--was-grant", metavar="YEN", type=int, about=T("今の助成金の額", "grant, now"))
@option("--period-start", metavar="DAY", about=T("変更後の始期", "period from, as changed"))
@option("--period-end", metavar="DAY", about=T("変更後の終期", "period to, as changed"))
@option("--funds", metavar="YEN", type=int, about=T("変更後の資金の額", "required funds, as changed"))
@option("--grant", metavar="YEN", type=int, about=T("変更後の助成金の額", "grant, as changed"))
@option("--fail", is_flag=True, about=T("認定を要するとき終了状態1", "exit status 1 if one needs a certification"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, /, file: str | None, fail: bool, as_json: bool, **flags: Any) -> None:
    own = {name: value for name, value in flags.items() if value is not None}
    told, single = objects.objects(file) if file else ([objects.Told("plan-change", 0, {})], True)
    found = [_judged(one, {**one.values, **own}) for one in told]
    if as_json:
        data = [as_data(one, language()) for one in found]
        show.as_json(data[0] if single else data)
    else:
        show.lines(line for one in found for line in _text(one))
    if fail and any(one.result is Result.PRIOR for one in found):
        ctx.exit(1)


def _judged(told: objects.Told, values: Mapping[str, Any]) -> Judged:
    found, wrong = read.change(values)
    if found is None:
        raise BadInput([Problem(told.file, told.line, reason.field, reason.text) for reason in wrong])
    return found


def _text(found: Judged) -> list[str]:
    lang = language()
    head = f"{said(_CLASS[found.result])}{f': {found.form[lang]}' if found.result else ''}"
    lines = [show.with_basis(head, cited(found.basis, lang))]
    lines += [f"  {f.why[lang]}" for f in found.findings]
    open_ = T("論点", "question")[lang]
    return lines + [f"  {text[lang]} [{open_} {question}]" for text, question in found.warnings]
