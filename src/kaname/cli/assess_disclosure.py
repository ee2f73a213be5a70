"""`kaname assess disclosure`: which sales, holders and papers of a party go into a plan filed on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import click

from kaname.cli import objects, params, show
from kaname.cli.assess_answer import part
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language
from kaname.cli.objects import Told
from kaname.files.problems import BadInput, Problem
from kaname.law import Lang, T
from kaname.regimes.infrastructure import as_data
from kaname.regimes.infrastructure.catalogue import ORDERS
from kaname.regimes.infrastructure.disclosure_windows import (
    Holder,
    Sales,
    Window,
    YearEnd,
    certificate,
    foreign_sales,
    named_holders,
    sales_answer,
    window,
    window_of,
)
from kaname.regimes.infrastructure.filing.windows import is_year_end

_ABOUT = T(
    """供給者等について、計画書に記載すべき外国政府等との取引高と議決権保有者、添付できる書類を、届出の日から判定する
（省令9条2項、11条2号・4号。総務省令は10条、12条）。

FILE は JSON のオブジェクト（- は標準入力）。割合は % の数。

\b
  year_end   事業年度の末日（"03-31"）。変わった会社は year_ends に末日の一覧
  sales      [{"year_end": "2025-03-31", "country": "X", "body": "省", "ratio": "15"}]
  holders    [{"name": "甲", "ratio": "5.00", "direct": true}]
  papers     [{"name": "登記事項証明書", "made_on": "2025-03-02", "expires_on": null}]""",
    """Tell which sales to foreign governments and which holders of a party go into a plan filed on a day, and which
papers are fresh enough (orders Arts. 9(2), 11(ii), 11(iv); MIC 10, 12).

FILE is a JSON object (- is standard input). Ratios are in percent.

\b
  year_end   end of the fiscal year ("03-31"); after a change give all ends as year_ends
  sales      [{"year_end": "2025-03-31", "country": "X", "body": "ministry", "ratio": "15"}]
  holders    [{"name": "A", "ratio": "5.00", "direct": true}]
  papers     [{"name": "registry certificate", "made_on": "2025-03-02", "expires_on": null}]""",
)
_SALES, _PAPER = T("外国政府等との取引高", "sales to foreign governments"), T("書類", "paper")
_HOLDERS = T("記載する議決権保有者：{names}", "holders to be named: {names}")


def ratio(value: Any) -> Fraction:
    """A share in percent, exactly."""
    shown = objects.text(value).strip().removesuffix("%").removesuffix("％").strip()
    try:
        found = Fraction(shown)
    except (ValueError, ZeroDivisionError):
        found = Fraction(-1)
    if not 0 <= found <= 100 or ("/" in shown and 0 < found <= 1):  # 1/3 means a third, not a third of a percent
        raise objects.Unreadable(
            T(
                f"「{value}」は割合として読めない；0から100までの数を",
                f"cannot read {value!r} as a percentage; expected a number from 0 to 100",
            )
        )
    return found / 100


def month_day(value: Any) -> YearEnd:
    """The end of a fiscal year as month and day."""
    if not is_year_end(objects.text(value)):
        raise objects.Unreadable(
            T(
                f"「{value}」は月日として読めない；03-31 の形で",
                f"cannot read {value!r}; expected month and day such as 03-31",
            )
        )
    month, _, day = objects.text(value).partition("-")
    return YearEnd(int(month), int(day))


def days(value: Any) -> list[date]:
    if not isinstance(value, list):
        raise objects.Unreadable(T("配列でない；日の配列を", "no list; expected a list of days"))
    return [objects.day(v) for v in value]


def rows(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise objects.Unreadable(T("配列でない；[{…}] を", "no list; expected [{...}]"))
    return value


FIELDS: dict[str, objects.Reader] = {
    "year_end": month_day, "year_ends": days, "sales": rows, "holders": rows, "papers": rows,
}  # fmt: skip
SALES: dict[str, objects.Reader] = {
    "year_end": objects.day, "country": objects.text, "body": objects.text, "ratio": ratio,
}  # fmt: skip
HOLDERS: dict[str, objects.Reader] = {"name": objects.text, "ratio": ratio, "direct": objects.flag}
PAPERS: dict[str, objects.Reader] = {"name": objects.text, "made_on": objects.day, "expires_on": objects.day}


@bilingual("disclosure", _ABOUT, "kaname assess disclosure vendor.json --filing 2025-06-02 --order mic")
@argument("file", T("供給者等の事実（JSON）", "the facts of the party as JSON"))
@option(
    "--filing", type=params.Day(), metavar="DAY", about=T("届出の日（既定は今日）", "day of filing (default: today)")
)
@option("--order", type=click.Choice(tuple(ORDERS)), about=T("主務省令", "the ministry's order"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def command(file: str, filing: date | None, order: str | None, as_json: bool) -> None:
    """The command. Exit status 2 where the facts cannot be read."""
    (told, *more), _ = objects.objects(file)
    if more:
        raise BadInput(
            [Problem(file, 0, "", T("オブジェクトが二つ以上；一つを", "more than one object; expected one"))]
        )
    data = _judged(told, filing or params.today(), order, language())
    if as_json:
        return show.as_json(data)
    return show.lines(_text(data, language()))


def _judged(told: Told, filing: date, order: str | None, lang: Lang) -> dict[str, Any]:
    found = objects.read(told, FIELDS)
    held = [Holder(**h) for h in _each(told, found, "holders", HOLDERS, "name", "ratio")]
    _no_more_than_all(told, "holders", (h.ratio for h in held if h.direct))
    papers = _each(told, found, "papers", PAPERS, "name")
    return {
        "filing": filing.isoformat(),
        **_sales(told, found, filing, order, lang),
        "holders": [{"name": h.name, "percent": str(h.ratio * 100)} for h in named_holders(held)],
        "papers": [
            {"name": p["name"],
             **as_data.answer(certificate(filing, p.get("made_on"), p.get("expires_on"), order), lang)}
            for p in papers
        ],
    }  # fmt: skip


def _sales(told: Told, found: Mapping[str, Any], filing: date, order: str | None, lang: Lang) -> dict[str, Any]:
    sold = [Sales(**s) for s in _each(told, found, "sales", SALES, "year_end", "country", "body", "ratio")]
    within = _window(found, filing)
    if within is None:
        if sold:
            objects.required(told, found, "year_end")
        return {"window": None, "foreign_sales": None, "listed": []}
    _years_of_the_party(told, found, sold)
    for year in {s.year_end for s in sold}:
        _no_more_than_all(told, f"sales ({year})", (s.ratio for s in sold if s.year_end == year))
    return {
        "window": {"cut_off": within.cut_off.isoformat(), "years": [y.isoformat() for y in within.years]},
        "foreign_sales": as_data.answer(sales_answer(within, sold, order=order), lang),
        "listed": [
            {"year_end": x.year_end.isoformat(), "country": x.country, "percent": str(x.total * 100),
             "bodies": [{"body": b.body, "percent": str(b.ratio * 100)} for b in x.bodies]}
            for x in foreign_sales(within, sold)
        ],
    }  # fmt: skip


def _years_of_the_party(told: Told, found: Mapping[str, Any], sold: list[Sales]) -> None:
    """Sales of a year that does not end as the party's years do would be left out of the test in silence."""
    ends = found.get("year_ends")
    wrong = [n for n, s in enumerate(sold, 1) if s.year_end not in (
        ends if ends is not None else (found["year_end"].in_year(s.year_end.year),))]  # fmt: skip
    if wrong:
        said = T("この者の事業年度の末日でない", "no end of a fiscal year of this party")
        raise BadInput([Problem(f"{told.file}: sales[{n}]", told.line, "year_end", said) for n in wrong])


def _no_more_than_all(told: Told, name: str, ratios: Iterable[Fraction]) -> None:
    if (total := sum(ratios, Fraction(0))) > 1:
        said = T(f"割合の合計が{float(total * 100):.6g}%になる；100%以下のはず",
            f"the shares add up to {float(total * 100):.6g}%; expected no more than 100%")  # fmt: skip
        raise BadInput([Problem(told.file, told.line, name, said)])


def _window(found: Mapping[str, Any], filing: date) -> Window | None:
    if "year_ends" in found:
        return window_of(filing, found["year_ends"])
    return window(filing, found["year_end"]) if "year_end" in found else None


def _each(told: Told, found: Mapping[str, Any], name: str, fields: Mapping[str, objects.Reader],
          *needed: str) -> list[dict[str, Any]]:  # fmt: skip
    """The rows of a list, each read as an object of its own. Raises BadInput."""
    read: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for n, row in enumerate(found.get(name, []), 1):
        inner = Told(f"{told.file}: {name}[{n}]", told.line, row if isinstance(row, dict) else {})
        try:
            values = objects.read(inner, fields)
            objects.required(inner, values, *needed)
            read.append(values)
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return read


def _text(data: Mapping[str, Any], lang: Lang) -> list[str]:
    lines = []
    if data["foreign_sales"]:
        lines += part(_SALES, data["foreign_sales"], lang)
    names = [f"{h['name']} {h['percent']}%" for h in data["holders"]]
    lines.append("  " + _HOLDERS.fill(names="、".join(names) if lang == "ja" else ", ".join(names) or "-")[lang])
    for paper in data["papers"]:
        lines += part(T(f"{_PAPER.ja}「{paper['name']}」", f"{_PAPER.en} {paper['name']!r}"), paper, lang)
    return lines
