"""The parts of every page as tags, at hand in every template. `/parts/` shows each of them in every state.

Values come from `kaname.web.parts`; texts are `law.Text` or plain strings. Nothing here asks a database.

{% state_tag "due_soon" 3 %}                     a legal state: running due_soon overdue stopped met lapsed pending ban
                                                 freed unverified; the number is the days left, or over
{% day d %}  {% day d "table" %}                 2026年11月23日（月・祝）; forms: screen, table, era (papers)
{% date d today=as_of sort=text %}               the day with あと3日 and the kind of date beside it
{% clock view why=url note=url %}                a card; `view` from parts.clocks.clock_view
{% why_panel explained %}                        the steps of kaname.procedure.explain
{% answer sentences %}                           the answer: a list of texts, the first one large
{% ban b as_of %}   {% duty d as_of %}           cards of procedure.BanNow and DutyNow
{% reasons refused.reasons mend=dict %}          a refusal as help; `mend`: code or field of a reason -> items.Mend
{% field view %}                                 `view` from parts.fields.field_view
{% error_summary errors %}                       {HTML name: text}; {% error_mark errors %} begins the title block
{% table table %}  {% chips list %}  {% pager p %}   values of parts.tables; {% options choices %} of a select
{% timeline events %} {% tabs list label=text %} {% task_list tasks %} {% summary_list filled %}   values of parts.items
{% plain_field form.login "メール" "Email" %} {% form_errors form %}   the same for a Django form
{% banner text %} {% banner text "done" title=text %}          sorts: info done warn wrong; one a page at most
{% empty_state title text action=text href=url %}      what will be here, and one way on
{% progress done total label=text %}             of a job; total=None while it is not known
{% downloads href %}                             a table to take away: CSV, and the same as a workbook
{% basis bases %}                                the provisions in brackets, by the day `on=`
{% digest hex %}                                 the first twelve places, with a copy button
{% keyed "usual" %}  {% key_of "usual" %}       a key of `web.keys` onto a link, button or field; shown beside it
{% marks hit.title_marks %}                      a text with what was looked for marked: pairs of (text, is it a hit)
{% strip marks %} {% bar 3 10 text %} {% spark series %}       small drawings, each with its sentence
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Day
from datetime import datetime
from functools import lru_cache
from html import escape as plain_escape
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kaname.law import Bases, Lang, T, Text, cited
from kaname.procedure import Explained, Reason
from kaname.procedure.reasons import sanction
from kaname.procedure.show import BanNow, DutyNow, owes
from kaname.web import keys
from kaname.web.parts import dates, drawings
from kaname.web.parts.clocks import ClockView
from kaname.web.parts.fields import FieldView
from kaname.web.parts.items import Event, Filled, Mark, Mend, Series, Tab, Task
from kaname.web.parts.states import STATES, due_state, word
from kaname.web.parts.tables import Chip, Pager, Table, Tag
from kaname.web.templatetags.kaname import lang

register = template.Library()
_PART = "web/parts/{}.html".format


@register.simple_tag
def keyed(id: str) -> SafeString:
    """The attributes by which the script hears a key, and by which a screen reader tells of it."""
    found = keys.key(id)
    return format_html(
        ' data-key="{}" aria-keyshortcuts="{}"' if found.aria else ' data-key="{}"', found.press, found.aria
    )


@register.simple_tag
def key_of(id: str) -> SafeString:
    return format_html('<kbd class="keycap" aria-hidden="true">{}</kbd>', keys.key(id).press)


@register.simple_tag
def downloads(href: str) -> SafeString:
    sheet = f"{href}{'&' if '?' in href else '?'}as=xlsx"
    return format_html('<a href="{}">CSV</a> <a href="{}">XLSX</a>', href, sheet)


# -- states, dates, provisions ---------------------------------------------------------------------------------------


@register.simple_tag
def state_tag(state: str, days: int | None = None) -> SafeString:
    return _state_tag(state, days, lang())


@lru_cache(maxsize=4096)
def _state_tag(state: str, days: int | None, language: Lang) -> SafeString:
    return format_html(
        '<span class="tag {}"><span class="icon" aria-hidden="true">{}</span>{}</span>',
        state,
        STATES[state].icon,
        word(state, days)[language],
    )


@register.simple_tag
def day(value: Day | datetime | None, form: str = "screen") -> SafeString | str:
    if value is None:
        return ""
    # Instants of two time zones may be equal and look different: only days are remembered.
    return (_day.__wrapped__ if isinstance(value, datetime) else _day)(value, form, lang())


@lru_cache(maxsize=4096)
def _day(value: Day, form: str, language: Lang) -> SafeString:
    name = None if isinstance(value, datetime) else dates.holiday(value)
    shown = dates.show(value, language, form)
    if name and form == "screen":
        return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), name[language], shown)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shown)


@register.simple_tag
def date(value: Day | None, today: Day | None = None, sort: Text | None = None, form: str = "screen") -> SafeString:
    parts = [day(value, form)]
    if value and today:
        parts.append(format_html('<span class="left">{}</span>', dates.left(value, today)[lang()]))
    if sort:
        parts.append(format_html('<span class="sort">{}</span>', sort[lang()]))
    return format_html('<span class="date">{}</span>', mark_safe(" ".join(parts)))


_OPEN = T("? 未確認 論点{n}", "? unverified, question {n}")


@register.simple_tag
def basis(bases: Bases, on: Day | None = None, question: int | None = None) -> SafeString | str:
    """The provisions in brackets, by the numbers of a day; behind them the open question that what is said rests on."""
    named = T('<span class="basis">［{}］</span>', '<span class="basis">[{}]</span>')[lang()]
    cited_ = format_html(named, cited(bases, lang(), on)) if bases else ""
    if not question:
        return cited_
    return format_html('{} <small class="nobr">{}</small>', cited_, _OPEN.fill(n=question)[lang()])


@register.inclusion_tag(_PART("digest"))
def digest(value: str) -> dict[str, Any]:
    return {"value": value, "short": value[:12]}


# -- what stands in a case -------------------------------------------------------------------------------------------


@register.inclusion_tag(_PART("clock"))
def clock(view: ClockView, why: str = "", note: str = "") -> dict[str, Any]:
    """`why`: address of the working; `note`: address of the paper on the question of law, where it is unverified."""
    return {"c": view, "why": why, "note": note, "unclear": view.question is not None}


@register.inclusion_tag(_PART("why_panel"))
def why_panel(explained: Explained) -> dict[str, Any]:
    return {"e": explained}


@register.inclusion_tag(_PART("answer"))
def answer(sentences: Sequence[Text | str]) -> dict[str, Any]:
    return {"sentences": sentences}


@register.inclusion_tag(_PART("ban"))
def ban(now: BanNow, as_of: Day) -> dict[str, Any]:
    return {"b": now, "ban": now.of.ban, "as_of": as_of, "penalty": sanction(now.of.ban.penalty, as_of)}


@register.inclusion_tag(_PART("duty"))
def duty(now: DutyNow, as_of: Day) -> dict[str, Any]:
    state, days = {"done": ("met", None), "void": ("lapsed", None)}.get(now.status) or due_state(now.due, as_of)
    penalty = sanction(now.of.duty.penalty, as_of)
    return {"d": now, "duty": now.of.duty, "by": owes(now).label, "as_of": as_of, "state": state, "days": days,
            "penalty": penalty, "urgent": {"overdue": "late", "due_soon": "now"}.get(state, "")}  # fmt: skip


_NOT_NOW = T("この行為は、今はできません。", "This act cannot be done now.")


@register.inclusion_tag(_PART("reasons"))
def reasons(
    why: Sequence[Reason], mend: Mapping[str, Mend] | None = None, title: Text | None = None, on: Day | None = None
) -> dict[str, Any]:
    mends = mend or {}
    lines = [(r, mends.get(r.field) or mends.get(r.code)) for r in why]
    return {
        "lines": lines,
        "on": on,
        "title": title or _NOT_NOW,
    }


# -- forms -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag(_PART("field"))
def field(view: FieldView) -> dict[str, Any]:
    return {"f": view, "widget": _PART(f"field/{view.widget}")}


@register.inclusion_tag(_PART("error_summary"))
def error_summary(errors: Mapping[str, Text] | None) -> dict[str, Any]:
    """Links lead to the fields; a name without a field ("") is a sentence alone."""
    return {"lines": [("f-" + name.replace(".", "-") if name else "", text) for name, text in (errors or {}).items()]}


@register.inclusion_tag(_PART("plain_field"))
def plain_field(bound: Any, ja: str = "", en: str = "") -> dict[str, Any]:
    """A field of a Django form (login, password, second step) in the look of ours; without words: its own label."""
    bound.field.widget.attrs.pop("placeholder", None)  # it would say the label twice
    return {"f": bound, "label": T(ja, en) if ja else str(bound.label)}


@register.inclusion_tag(_PART("error_summary"))
def form_errors(form: Any) -> dict[str, Any]:
    """The error summary of a Django form."""
    return {"lines": [(form[n].auto_id if n in form.fields else "", e) for n, es in form.errors.items() for e in es]}


@register.simple_tag
def error_mark(errors: Mapping[str, Text] | None) -> str:
    return T("エラー：", "Error: ")[lang()] if errors else ""


@register.inclusion_tag(_PART("summary_list"))
def summary_list(filled: Sequence[Filled]) -> dict[str, Any]:
    return {"lines": filled}


# -- lists -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag(_PART("table"))
def table(table: Table) -> dict[str, Any]:
    return {"table": table, "lines": _lines(table)}


def _lines(table: Table) -> SafeString:
    """The rows. Written here and not in the template, which took two thirds of the time of a page for its 350 cells."""
    language = lang()
    tds = [
        (f'<td{_NUM if c.num else ""} data-head="{escape(c.head[language])}"><span>', "</span></td>")
        for c in table.columns[1:]
    ]
    found: list[str] = []
    for row in table.rows:
        name = _cell(row.name, language)
        found.append(f'<tr data-row data-usual="{escape(row.usual)}">' if row.usual else "<tr data-row>")
        about = plain_escape(row.about[language] if isinstance(row.about, Text) else row.about)
        if table.selectable:
            of = SafeString(f"{name} {about}".strip())
            found.append(format_html(_BOX, table.selectable, row.key, T("選ぶ", "Select")[language], of))
        spoken = f'{name}<span class="visually-hidden"> {about}</span>' if about else name
        link = f'<a href="{plain_escape(row.href)}">{spoken}</a>' if row.href else spoken
        found.append(f'<th scope="row">{link}</th>\n')
        for (begin, end), value in zip(tds, row.cells, strict=True):
            found += (begin, _cell(value, language), end)
        found.append("</tr>\n")
    return mark_safe("".join(found))


_NUM = ' class="num"'
_A_WORD = 4  # characters
_BOX = (
    '<td class="pick"><label class="choice"><input type="checkbox" name="{}" value="{}">'
    '<span class="visually-hidden">{} {}</span></label></td>'
)


@register.simple_tag
def cell(value: Any) -> SafeString:
    """A value of a table: a tag, a day in table form, a text, a number with its commas."""
    return mark_safe(_cell(value, lang()))


def _cell(value: Any, language: Lang) -> str:
    """The same as HTML. Most are texts; Django's own escaping would ask of each whether it is lazy."""
    match value:
        case SafeString():
            return value
        case Text():
            return _whole(value[language])
        case Tag():
            return _state_tag(value.state, value.days, language)
        case Day():
            return day(value, "table")
        case int() | float() if not isinstance(value, bool):
            return f"{value:,}"
    return _whole(str(value or ""))


_UNBROKEN = re.compile(r"(?:\d{2,4}\w{0,4})?第\d+号(?:-\d+)?|(?<![\w-])[\w.]{0,6}\d-\d[\w-]{0,8}(?![\w-])")


def _whole(text: str) -> str:
    """The text as HTML. What is read as one is not broken over two lines: the number of a case, a reference, a word."""
    said = plain_escape(text)
    if len(text) <= _A_WORD and text:
        return f'<span class="nobr">{said}</span>'
    return _UNBROKEN.sub(r'<span class="nobr">\g<0></span>', said) if any(map(str.isdecimal, text)) else said


@register.simple_tag
def options(found: Iterable[tuple[str, Text | str, bool]]) -> SafeString:
    """The choices of a select: value, label, whether chosen. Written here, for the stages of all kinds are hundreds."""
    language = lang()
    return mark_safe("".join([_option(value, label, language, chosen) for value, label, chosen in found]))


@lru_cache(maxsize=4096)
def _option(value: str, label: Text | str, language: Lang, chosen: bool) -> str:
    on = " selected" if chosen else ""
    said = label[language] if isinstance(label, Text) else label
    return f'<option value="{plain_escape(value)}"{on}>{plain_escape(said)}</option>'


@register.inclusion_tag(_PART("chips"))
def chips(chips: Sequence[Chip], label: Text | str = "", clear: str = "") -> dict[str, Any]:
    return {"chips": chips, "label": label or T("絞り込み", "Filters"), "clear": clear}


@register.inclusion_tag(_PART("pager"))
def pager(pager: Pager) -> dict[str, Any]:
    return {"p": pager}


@register.inclusion_tag(_PART("tabs"))
def tabs(tabs: Sequence[Tab], label: Text | str = "") -> dict[str, Any]:
    return {"tabs": tabs, "label": label or T("この案件の画面", "Pages of this case")}


@register.inclusion_tag(_PART("timeline"))
def timeline(events: Sequence[Event]) -> dict[str, Any]:
    return {"events": events}


@register.inclusion_tag(_PART("task_list"))
def task_list(tasks: Sequence[Task]) -> dict[str, Any]:
    return {"tasks": tasks}


@register.simple_tag
def marks(found: Iterable[tuple[str, bool]]) -> SafeString:
    parts = ((plain_escape(text), is_hit) for text, is_hit in found)
    return mark_safe("".join(f"<mark>{text}</mark>" if is_hit else text for text, is_hit in parts))


# -- messages --------------------------------------------------------------------------------------------------------

_SORTS = {"success": "done", "warning": "warn", "error": "wrong"}


@register.filter
def banner_sort(level: str) -> str:
    """Django's level of a message as the sort of a banner."""
    return _SORTS.get(level, "info")


_ICONS = {"info": "i", "done": "✓", "warn": "▲", "wrong": "!"}


@register.inclusion_tag(_PART("banner"))
def banner(text: Text | str, sort: str = "info", title: Text | str = "") -> dict[str, Any]:
    return {"text": text, "sort": sort, "title": title, "icon": _ICONS[sort]}


@register.inclusion_tag(_PART("empty_state"))
def empty_state(title: Text | str, text: Text | str = "", action: Text | str = "", href: str = "") -> dict[str, Any]:
    return {"title": title, "text": text, "action": action, "href": href}


@register.inclusion_tag(_PART("progress"))
def progress(done: int, total: int | None, label: Text | str, cancel: str = "") -> dict[str, Any]:
    return {"done": done, "total": total, "label": label, "cancel": cancel}


# -- small drawings ----------------------------------------------------------------------------------------------------


@register.inclusion_tag(_PART("strip"))
def strip(marks: Sequence[Mark]) -> dict[str, Any]:
    return {"s": drawings.strip(marks)} if marks else {"s": None}


@register.inclusion_tag(_PART("bar"))
def bar(value: float, most: float, summary: Text | str) -> dict[str, Any]:
    return {"part": round(100 * min(value / most, 1) if most else 0, 1), "summary": summary}


@register.inclusion_tag(_PART("spark"))
def spark(series: Series) -> dict[str, Any]:
    points = drawings.points(series)
    x, _, y = points.rpartition(" ")[2].partition(",")
    return {"points": points, "summary": series.summary, "x": x, "y": y}
