"""`kaname assess scope`: must a plan be filed under Art. 52(1)?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import click

from kaname.cli import objects, params, show
from kaname.cli.assess_answer import part
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.files.problems import BadInput, Problem, near
from kaname.law import Lang, T
from kaname.regimes.infrastructure import as_data
from kaname.regimes.infrastructure.catalogue import SECTORS, NotInCatalogue, sector
from kaname.regimes.infrastructure.catalogue.model import Figure, Sector
from kaname.regimes.infrastructure.exempt_persons import Supplier
from kaname.regimes.infrastructure.figures import NotAFigure, figure
from kaname.regimes.infrastructure.scope_event import EMERGENCY, Event
from kaname.regimes.infrastructure.scope_wizard import Scope, assess
from kaname.regimes.infrastructure.situation import Grace, Situation

_ABOUT = T(
    """導入等計画書の届出（法52条1項）が要るかを、事業者・設備・行為に分けて答える。

FILE は JSON のオブジェクト、その配列、又は一行に一つ（- は標準入力）。項目の名はオプションと同じで、- を _ にしたもの
（designated_on など）。figures と emergency は、名と値のオブジェクト。分からない事実は書かない。答えが ask（要確認）
のとき、足りない事実の名を示す。--list は、分野・事業・数値・設備の名を示す。

\b
route
  plan              導入等計画書をあらかじめ届け出る
  emergency_notice  遅滞なく緊急導入等届出書を届け出る
  nothing           届出は要らない
  ask               事実が足りない""",
    """Tell whether a plan must be filed (Art. 52(1)): operator, facility, event each inside, outside or ask, and why.

FILE is a JSON object, a list of them, or one a line (- is standard input). Fields are named as the options, with _
for - (designated_on ...); figures and emergency are objects of names and values. Leave out what is not known: where the
answer is ask, the missing facts are named. --list shows the names of sectors, businesses, figures and facilities.

\b
route
  plan              file a plan beforehand
  emergency_notice  file an emergency notice without delay
  nothing           nothing must be filed
  ask               facts are missing""",
)
_EXAMPLE = (
    "kaname assess scope --sector electricity --business generation --designated-on 2023-11-16 --on 2024-05-17 "
    "--facility output_control --figure controlled_output_kw=600000 --event introduction --supplier third"
)
_TITLES = {
    "plan": T("届出", "plan"), "criteria": T("指定基準", "criteria"), "operator": T("事業者", "operator"),
    "facility": T("設備", "facility"), "event": T("行為", "event"),
}  # fmt: skip
_ROUTE = {
    "plan": T("導入等計画書の届出が要る", "file a plan beforehand"),
    "emergency_notice": T("緊急導入等届出書の届出が要る", "file an emergency notice without delay"),
    "nothing": T("届出は要らない", "nothing must be filed"), "ask": T("事実が足りない", "facts are missing"),
}  # fmt: skip

_IN_GRACE = T(
    "  その日は経過措置の期間中。主務省が受け付けるか尋ねること",
    "  that day lies in the grace: ask whether the ministry accepts plans then",
)


def _figures(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise objects.Unreadable(T('オブジェクトでない；{"名": 値} を', 'no object; expected {"name": value}'))
    return dict(value)


def _emergency(value: Any) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for name, given in _figures(value).items():
        if name not in EMERGENCY:
            text = near((), EMERGENCY)
            raise objects.Unreadable(T(f"不明な名；{text.ja}", f"unknown name; {text.en}"), name)
        found[name] = objects.flag(given)
    return found


FIELDS: dict[str, objects.Reader] = {
    "sector": objects.text, "business": objects.text, "on": objects.day, "figures": _figures,
    "designated": objects.flag, "designated_on": objects.day, "lifted_on": objects.day, "successor": objects.flag,
    "grace": objects.choice(Grace), "facility": objects.text, "facility_listed_on": objects.day,
    "work_listed_on": objects.day, "event": objects.choice(Event), "supplier": objects.choice(Supplier),
    "third_party_facility": objects.flag, "third_party_component": objects.flag, "emergency": _emergency,
}  # fmt: skip


@bilingual(
    "scope", _ABOUT, _EXAMPLE, "kaname assess scope case.json --json", "kaname assess scope --list --sector 電気"
)
@argument(
    "file",
    T("事実を書いた JSON（オプションだけで足りるときは省く）", "the facts as JSON (or use the options)"),
    required=False,
)
@option("--sector", metavar="NAME", about=T("分野（electricity、電気）", "the sector (electricity, 電気)"))
@option("--business", metavar="NAME", about=T("事業（generation、発電事業）", "the business (generation, 発電事業)"))
@option(
    "--on",
    metavar="DAY",
    about=T("導入・委託の日（既定は今日）", "day of the introduction or entrustment (default: today)"),
)
@option(
    "--figure", multiple=True, metavar="NAME=VALUE", about=T("基準の数値", "a figure of the criteria or the facility")
)
@option("--designated", metavar="yes|no", about=T("指定されているか", "is it designated"))
@option("--designated-on", metavar="DAY", about=T("指定の日", "day of designation"))
@option("--lifted-on", metavar="DAY", about=T("指定の解除の日", "day the designation was lifted"))
@option("--successor", metavar="yes|no", about=T("他の指定事業者からの承継による指定か",
    "criteria met by succession to another designated operator"))  # fmt: skip
@option(
    "--grace",
    metavar="running|over",
    about=T("指定の日が不明のとき：経過措置の期間中か", "if the day is not known: the grace"),
)
@option("--facility", metavar="NAME", about=T("設備（どれでもなければ none）", "the facility (none if it is another)"))
@option(
    "--facility-listed-on", metavar="DAY", about=T("改正で特定重要設備となった日", "day an amendment made it critical")
)
@option(
    "--work-listed-on",
    metavar="DAY",
    about=T("改正で重要維持管理等となった日", "day an amendment made the work critical"),
)
@option("--event", metavar="EVENT", about=T("、".join(Event), ", ".join(Event)))
@option(
    "--supplier",
    metavar="WHO",
    about=T(f"供給者又は委託先：{'、'.join(Supplier)}", f"supplier or entrustee: {', '.join(Supplier)}"),
)
@option("--third-party-facility", metavar="yes|no", about=T("第三者の特定重要設備が組み込まれているか",
    "a critical facility of a third party is built in"))  # fmt: skip
@option("--third-party-component", metavar="yes|no", about=T("第三者の構成設備が含まれるか",
    "a prescribed component comes from a third party"))  # fmt: skip
@option("--emergency", multiple=True, metavar="NAME=yes|no", about=T(f"緊急の要件：{'、'.join(EMERGENCY)}",
    f"conditions of an emergency: {', '.join(EMERGENCY)}"))  # fmt: skip
@option("--list", "list_names", is_flag=True, about=T("使える名を示す", "show the names there are"))
@option(
    "--fail",
    is_flag=True,
    about=T("何か届け出るべきとき、又は分からないとき、終了状態1", "exit status 1 unless nothing must be filed"),
)
@option("--json", "as_json", is_flag=True, about=show.JSON)
@click.pass_context
def command(ctx: click.Context, /, file: str | None, list_names: bool, fail: bool, as_json: bool, **flags: Any) -> None:
    """The command. Exit status 2 where the facts cannot be read."""
    if list_names:
        return _list(flags["sector"], as_json)
    told, single = objects.objects(file) if file else ([objects.Told("scope", 0, {})], True)
    own = _from_options(flags)
    found = [_assess(objects.Told(t.file, t.line, {**t.values, **own})) for t in told]
    data = [{"on": day.isoformat(), **as_data.scope(scope, language(), day)} for day, scope in found]
    if as_json:
        show.as_json(data[0] if single else data)
    else:
        show.lines(line for row in data for line in _text(row, language()))
    if fail and any(row["route"] != "nothing" for row in data):
        ctx.exit(1)
    return None


def _from_options(flags: Mapping[str, Any]) -> dict[str, Any]:
    given = {k: v for k, v in flags.items() if v not in (None, ()) and k not in ("figure", "emergency")}
    if flags["figure"]:
        given["figures"] = objects.pairs(flags["figure"], "--figure")
    if flags["emergency"]:
        given["emergency"] = objects.pairs(flags["emergency"], "--emergency")
    return given


def _assess(told: objects.Told) -> tuple[date, Scope]:
    found = objects.read(told, FIELDS)
    objects.required(told, found, "sector")
    found.setdefault("on", params.today())
    try:
        found["figures"] = _values(told, found.get("figures", {}), sector(found["sector"]))
        return found["on"], assess(Situation(**found))
    except NotInCatalogue as error:
        raise BadInput([Problem(told.file, told.line, error.field, error.text)]) from None


def _values(told: objects.Told, given: Mapping[str, Any], of: Sector) -> dict[str, Any]:
    """The figures of a sector, each as its unit asks. Raises BadInput."""
    known = {f.id: f for b in of.businesses for f in b.figures}
    found, problems = {}, []
    for name, value in given.items():
        if name not in known:
            text = near((), known)
            problems.append(
                Problem(
                    told.file, told.line, f"figures.{name}", T(f"不明な数値；{text.ja}", f"unknown figure; {text.en}")
                )
            )
            continue
        try:
            found[name] = _value(known[name], value)
        except objects.Unreadable as error:
            problems.append(Problem(told.file, told.line, f"figures.{name}", error.text))
    if problems:
        raise BadInput(problems)
    return found


def _value(of: Figure, value: Any) -> bool | Decimal:
    try:
        return figure(of, value)
    except NotAFigure as error:
        raise objects.Unreadable(error.text) from None


def _text(row: Mapping[str, Any], lang: Lang) -> list[str]:
    lines = [_ROUTE[row["route"]][lang]]
    for name, title in _TITLES.items():
        lines += part(title, row[name], lang, names=name == "plan")
    if row["grace"]:
        lines.append(
            T("  経過措置：{first_day} から {last_day} まで", "  grace: {first_day} to {last_day}").fill(
                **row["grace"]
            )[lang]
        )
    if row["accept_by"]:
        by = T("  遅くとも {standard} までに受理されること（最長に延長されれば {if_extended}）",
               "  accepted by {standard} at the latest ({if_extended} if extended to the maximum)")  # fmt: skip
        lines.append(by.fill(**row["accept_by"])[lang])
        if row["accept_by"]["within_grace"]:
            lines.append(_IN_GRACE[lang])
    return lines


def _list(name: str | None, as_json: bool) -> None:
    try:
        chosen = (sector(name),) if name else SECTORS
    except NotInCatalogue as error:
        raise BadInput([Problem("--sector", 0, "", error.text)]) from None
    data = [as_data.catalogue(of, language(), params.today()) for of in chosen]
    if as_json:
        return show.as_json(data)
    lines = []
    for of in data:
        lines.append(f"{of['sector']}  {of['name']}  [{of['item']}]")
        for b in of["businesses"]:
            lines.append(f"  {b['business']}  {b['name']}")
            for c in b["criteria"]:
                span = f"  ({c['since'] or ''}..{c['until'] or ''})" if c["since"] or c["until"] else ""
                lines.append(f"    {c['rule']}{span}")
                lines += show.columns([(f["id"], f["unit"], f["label"]) for f in c["figures"]], "      ")
            for f in b["facilities"]:
                lines.append(f"    {f['facility']}  {f['name']}")
                lines += show.columns([(x["id"], x["unit"], x["label"]) for x in f["figures"]], "      ")
    return show.lines(lines)
