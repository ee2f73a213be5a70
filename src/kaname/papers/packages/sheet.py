"""A form as a workbook and back: filled in at a desk without this program, read as if it had been typed here.

The first sheet has a line for each field, each table of a form (部品, 申請者 ...) a sheet of its own. What cannot be
read is told by its line; what can be read is kept, and the form shows the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from kaname.files.books import nobodys
from kaname.files.problems import Problem
from kaname.files.sheets import Sheet, cell_name, formula_at, merged_at, sheets_of
from kaname.law import Lang, T, Text, cited
from kaname.papers.packages.typed import Typed
from kaname.procedure.declare import Field, FieldType

FORM = "form"
_HEAD = (T("項目の名（変えない）", "name (leave as it is)"), T("項目", "field"), T("要否", "needed"), 
         T("書き方", "how"), T("根拠", "provision"), T("記入", "fill in here"))  # fmt: skip
_GIVEN = len(_HEAD)  # the column to fill in, from 1
_MUST, _MAY = T("必須", "required"), T("任意又は場合による", "optional, or as the case is")
_YES, _NO = T("はい", "yes"), T("いいえ", "no")
_HOW = {
    FieldType.DAY: T("日付：2026/11/23、令和8年11月23日", "a day: 2026/11/23"),
    FieldType.YEN: T("円単位の整数", "whole yen"), FieldType.INTEGER: T("整数", "a whole number"),
    FieldType.PERCENT: T("百分率：10.95", "a percentage: 10.95"), FieldType.FLAG: T("はい、いいえ", "yes, no"),
    FieldType.IPC: T("一行に一つ", "one a line"), FieldType.ROWS: T("別のシートに", "on a sheet of its own"),
}  # fmt: skip
_PARTS = {"day": T("日", "day"), "time": T("時刻（9:30）", "time (9:30)")}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a workbook says, as if typed; and what in it could not be taken, by file, line and field."""

    typed: Mapping[str, list[str]]
    problems: tuple[Problem, ...]


# -- out -------------------------------------------------------------------------------------------------------------


def workbook(fields: Mapping[str, Field], typed: Typed, lang: Lang) -> bytes:
    """The form to be filled in, with what is typed so far."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        nobodys(book)
        bold, wrap = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "border": 1})  # a code stays as it was typed
        form = book.add_worksheet(FORM)
        for column, (head, width) in enumerate(zip(_HEAD, (24, 32, 18, 36, 24, 48), strict=True)):
            form.write_string(0, column, head[lang], bold)
            form.set_column(column, column, width)
        form.freeze_panes(1, 0)
        for row, (name, label, field) in enumerate(_lines(fields), 1):
            for column, cell in enumerate((name, label[lang], _needed(field)[lang], _how(field)[lang],
                                           cited(field.basis, lang))):  # fmt: skip
                form.write_string(row, column, cell, wrap)
            if field.type is not FieldType.ROWS:
                form.write_string(row, _GIVEN - 1, _shown(field, typed.get(name, ()), lang), text)
                _offer(form, row, _GIVEN - 1, field, lang)
        for id, field in fields.items():
            if field.type is FieldType.ROWS:
                _table(book, id, field, typed, lang, bold, text)
    return out.getvalue()


def _lines(fields: Mapping[str, Field]) -> Iterator[tuple[str, Text, Field]]:
    """A line for each field by its name in the form; an instant has two, a document none: files cannot lie in cells."""
    for id, field in fields.items():
        if field.type is FieldType.INSTANT:
            for part, word in _PARTS.items():
                yield f"{id}.{part}", T(f"{field.label.ja}（{word.ja}）", f"{field.label.en} ({word.en})"), field
        elif field.type is not FieldType.DOCUMENT:
            yield id, field.label, field


def _table(book: Any, id: str, field: Field, typed: Typed, lang: Lang, bold: Any, text: Any) -> None:
    """The sheet of a table: names in the first line, what they mean in the second, then what is typed."""
    sheet = book.add_worksheet(id[:31])
    sheet.freeze_panes(2, 0)
    columns = [c for c in field.columns if c.type is not FieldType.DOCUMENT]
    numbers = sorted({int(n) for k in typed if k.startswith(f"{id}.") and (n := k.split(".")[1]).isdecimal()})
    for column_at, column in enumerate(columns):
        sheet.write_string(0, column_at, column.id, bold)
        sheet.write_string(1, column_at, f"{column.label[lang]}　{_how(column)[lang]}".strip(), bold)
        sheet.set_column(column_at, column_at, 24, text)
        for row, number in enumerate(numbers, 2):
            sheet.write_string(row, column_at, _shown(column, typed.get(f"{id}.{number}.{column.id}", ()), lang), text)


def _needed(field: Field) -> Text:
    return _MUST if field.required is True else _MAY


def _how(field: Field) -> Text:
    if field.type is FieldType.CHOICE:
        found = T("、".join(o.label.ja for o in field.options), "; ".join(o.label.en for o in field.options))
    else:
        found = _HOW.get(field.type, T("", ""))
    if field.several and field.type is not FieldType.ROWS:
        found = T(f"{found.ja}（一行に一つ）", f"{found.en} (one a line)")
    return T(f"{found.ja}　{field.help.ja}", f"{found.en} {field.help.en}") if field.help else found


def _offer(sheet: Any, row: int, column: int, field: Field, lang: Lang) -> None:
    """A list to choose from, where it fits: spreadsheets hold 255 characters of it."""
    names = [o.label[lang] for o in field.options] if field.type is FieldType.CHOICE else []
    names = [_YES[lang], _NO[lang]] if field.type is FieldType.FLAG else names
    if names and not field.several and len(",".join(names)) <= 255 and not any("," in n for n in names):
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": names})


def _shown(field: Field, values: Sequence[str], lang: Lang) -> str:
    words = {o.id: o.label[lang] for o in field.options} | {"yes": _YES[lang], "no": _NO[lang]}
    known = field.type in (FieldType.CHOICE, FieldType.FLAG)
    return "\n".join(words.get(v, v) if known else v for v in values)


# -- in --------------------------------------------------------------------------------------------------------------


def read(file: str, content: bytes, fields: Mapping[str, Field]) -> Filled:
    """What a filled-in workbook says. Raises BadInput where it is no workbook of a form at all."""
    sheets = {sheet.name: sheet for sheet in sheets_of(file, content)}
    named = {name: field for name, _, field in _lines(fields) if field.type is not FieldType.ROWS}
    typed: dict[str, list[str]] = {}
    problems: list[Problem] = []
    if FORM not in sheets:
        wrong = T(f"シート「{FORM}」がない；この様式から書き出した表が要る",
                  f"no sheet {FORM!r}; expected the workbook written out by this form")  # fmt: skip
        return Filled({}, (Problem(file, 0, "", wrong),))
    for number, row in sheets[FORM].rows[1:]:
        name, given = row[0].strip(), row[_GIVEN - 1] if len(row) >= _GIVEN else ""
        if name not in named:
            if given.strip():
                problems.append(Problem(f"{file} [{FORM}]", number, name, _unknown(name)))
        elif _sound(file, sheets[FORM], number, _GIVEN, name, problems) and given.strip():
            typed[name] = _typed(named[name], given)
    for id, field in fields.items():
        if field.type is FieldType.ROWS and (sheet := sheets.get(id[:31])):
            _read_table(file, sheet, id, field, typed, problems)
    return Filled(typed, tuple(problems))


def _read_table(
    file: str, sheet: Sheet, id: str, field: Field, typed: dict[str, list[str]], problems: list[Problem]
) -> None:  # fmt: skip
    columns = {c.id: c for c in field.columns}
    heads = [cell.strip() for cell in sheet.rows[0][1]] if sheet.rows else []
    for at, head in enumerate(heads, 1):
        if head and head not in columns:
            problems.append(Problem(f"{file} [{sheet.name}]", 1, cell_name(1, at), _unknown(head)))
    for n, (number, row) in enumerate(r for r in sheet.rows if r[0] > 2):
        for at, given in enumerate(row[: len(heads)], 1):
            if heads[at - 1] in columns and _sound(file, sheet, number, at, heads[at - 1], problems) and given.strip():
                typed[f"{id}.{n}.{heads[at - 1]}"] = _typed(columns[heads[at - 1]], given)


def _sound(file: str, sheet: Sheet, row: int, column: int, field: str, problems: list[Problem]) -> bool:
    """Whether a cell says what it shows."""
    if (row, column) in sheet.formulas:
        problems.append(formula_at(file, sheet, row, column, field))
        return False
    if any(left <= column <= right for left, right in sheet.merged_in(row)):
        problems.append(merged_at(file, sheet, row, column, field))
        return False
    return True


def _typed(field: Field, given: str) -> list[str]:
    """What a person would have typed: a word that is offered stands for its option, in either language."""
    text = given.strip()
    if field.type is FieldType.FLAG:
        words = {w[lang]: id for id, w in (("yes", _YES), ("no", _NO)) for lang in ("ja", "en")}
        return [words.get(text, text)]
    if field.type is FieldType.CHOICE:
        words = {word: o.id for o in field.options for word in (o.label.ja, o.label.en)}
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [words.get(line, line) for line in (lines if field.several else [text])]
    return [text]


def _unknown(name: str) -> Text:
    return T(f"この様式に「{name}」という項目はない", f"this form has no field {name!r}")
