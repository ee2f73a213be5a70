"""`kaname assess application`: what does an application for certification of a supply plan lack?"""

from datetime import date
from typing import Any

import click

from kaname.cli import objects, params, show
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.files.problems import BadInput, Problem
from kaname.law import T, cited
from kaname.regimes.supply.filing import as_data, read
from kaname.regimes.supply.filing.check import Checked, check
from kaname.regimes.supply.filing.finding import Weight

_ABOUT = T(
    """供給確保計画の認定の申請（法9条）に足りないものを、根拠とともに全て示す。どの省令によるか、申請者ごとの報告の期限も。

FILE は JSON のオブジェクト（- は標準入力）。項目の名は行為 plan.submit と同じ（kaname describe supply.plan --json）。
終了コード：0 申請できる、1 足りない、2 読めない。""",
    """Tell all that an application for certification of a supply plan (Art. 9) lacks, with the order that applies and
the days on which each applicant will report.

FILE: a JSON object (- is standard input) with the fields of the act plan.submit (kaname describe supply.plan --json).
Exit status: 0 it can be filed, 1 something is missing, 2 it cannot be read.""",
)
_WEIGHTS = {
    Weight.MISSING: T("不足", "missing"),
    Weight.WRONG: T("誤り", "wrong"),
    Weight.CHECK: T("確認", "check"),
}


@bilingual("application", _ABOUT, "kaname assess application docs/examples/supply_application.json --filing 2026-04-01")
@argument("file", T("申請の内容（JSON）", "the application as JSON"))
@option("--filing", type=params.Day(), about=T("申請の日（既定は今日）", "day of filing (default: today)"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, file: str, filing: date | None, as_json: bool) -> None:
    told, single = objects.objects(file)
    found = [_checked(one, filing or params.today()) for one in told]
    if as_json:
        data: list[dict[str, Any]] = [as_data.checked(one, language()) for one in found]
        show.as_json(data[0] if single else data)
    else:
        show.lines(line for one in found for line in _text(one))
    ctx.exit(0 if all(one.can_be_filed for one in found) else 1)


def _checked(told: objects.Told, filing: date) -> Checked:
    values, wrong = read.application(told.values)
    if wrong:
        raise BadInput([Problem(told.file, told.line, reason.field, reason.text) for reason in wrong])
    return check(values, filing)


def _text(found: Checked) -> list[str]:
    lang = language()
    lines = []
    for f in found.findings:
        row = f"[{f.row}]" if f.row else ""
        lines.append(
            show.with_basis(f"{said(_WEIGHTS[f.weight])}: {f.field}{row}: {f.text[lang]}", cited(f.basis, lang))
        )
    if found.order:
        lines.append(said(T(f"{found.order.label.ja}の認定省令による。行為は {found.act}",
                            f"under the order of {found.order.label.en}; the act is {found.act}")))  # fmt: skip
    lines += [
        said(T(f"  {r.applicant.party}：{r.year_end} に終わる事業年度の報告は {r.due} まで（原則）",
               f"  {r.applicant.party}: the year that ends on {r.year_end} is reported by {r.due} (in principle)"))
        for r in found.reports
    ]  # fmt: skip
    left = sum(f.blocks for f in found.findings)
    done = T(f"申請できる。標準処理期間（目安）は {found.target} まで",
             f"can be filed; the month of processing (a target) ends on {found.target}")  # fmt: skip
    return [*lines, said(T(f"まだ申請できない：{left} か所", f"cannot be filed yet: {left} to mend") if left else done)]
