"""`kaname describe`: a kind of case as text, data or flow chart, as the law stands on a day."""

from datetime import date

import click

from kaname.cli import params, show
from kaname.cli.case_days import CaseDay
from kaname.cli.describe_text import describe_text
from kaname.cli.group import argument, bilingual, option
from kaname.cli.kinds import Kind
from kaname.cli.language import language
from kaname.law import T
from kaname.procedure.declare import CaseKind
from kaname.procedure.describe import describe
from kaname.procedure.draw import draw

_ABOUT = T("事件の種類を、その日の規定により説明する：状態、行為、期間、禁止、義務。流れ図も描く。",
           "Describe a kind of case as the law stands on a day: states, acts, clocks, duties; or draw it.")  # fmt: skip


@bilingual(
    "describe", _ABOUT, "kaname describe patents.application", "kaname describe patents.application --svg > chart.svg"
)
@argument("kind", show.KIND, type=Kind())
@option(
    "--as-of",
    type=CaseDay(),
    about=T("この日の規定（既定は日本の今日）", "the law of this day (default: today in Japan)"),
)
@option("--json", "form", flag_value="json", about=show.JSON)
@option("--mermaid", "form", flag_value="mermaid", about=T("Mermaid の流れ図", "flow chart in Mermaid"))
@option("--svg", "form", flag_value="svg", about=T("SVG の流れ図", "flow chart in SVG"))
@option("--bpmn", "form", flag_value="bpmn", about=T("BPMN 2.0 の流れ図", "flow chart in BPMN 2.0"))
def command(kind: CaseKind, as_of: date | None, form: str | None) -> None:
    day = as_of or params.today()
    if form in ("mermaid", "svg", "bpmn"):
        click.echo(draw(kind, form, language(), as_of=day).rstrip("\n"))
    elif form == "json":
        show.as_json(describe(kind, day))
    else:
        show.lines(describe_text(describe(kind, day), language()))
