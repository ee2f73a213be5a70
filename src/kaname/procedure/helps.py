"""Help on a field: what its declaration says, and for every type how it is given. No field stands without."""

from kaname.law import T, Text
from kaname.procedure.declare import Field, FieldType

_HOW = {
    FieldType.TEXT: T("文字で自由に書きます。", "Free text."),
    FieldType.FLAG: T(
        "はい・いいえで答えます。分からなければ選びません。", "Answer yes or no; choose neither if it is not known."
    ),
    FieldType.DAY: T("2026/11/23 や 令和8年11月23日のように書きます。", "A day such as 2026/11/23 or R8.11.23."),
    FieldType.INSTANT: T("日と時刻を書きます。時刻は日本時間です。", "A day and a time, in Japan's time."),
    FieldType.INTEGER: T("整数で書きます。", "A whole number."),
    FieldType.YEN: T("円の額を整数で書きます。", "An amount in yen, a whole number."),
    FieldType.PERCENT: T("百分率を数字で書きます。", "A percentage, in figures."),
    FieldType.PARTY: T("当事者の名を、届け出たとおりに書きます。", "The name of the party, as it was filed."),
    FieldType.PERSON: T("人の氏名を書きます。", "The name of the person."),
    FieldType.DOCUMENT: T("書類の名を書き、ファイルを添えます。", "Name the paper and attach its file."),
    FieldType.IPC: T("国際特許分類の記号を一行に一つ書きます。", "IPC symbols, one a line."),
    FieldType.CHOICE: T("一つを選びます。", "Choose one."),
    FieldType.ROWS: T("一行ずつ書きます。空いた行は数えません。", "One row each; empty rows do not count."),
}
_SEVERAL = {
    FieldType.CHOICE: T("当てはまるものをすべて選びます。", "Choose all that apply."),
    FieldType.DOCUMENT: T(
        "書類を一行に一つ書き、ファイルを添えます。", "Name the papers, one a line, and attach their files."
    ),
}
_LINES = T("一行に一つ書きます。", "One a line.")
_FINDING = T("役所の担当者が判断して記します。", "The officer judges this and records it.")


def how(field: Field) -> Text:
    """How the field is given, by its type."""
    if field.several:
        return _SEVERAL.get(field.type, _HOW[field.type] if field.type is FieldType.IPC else _LINES)
    said = _HOW[field.type]
    return T(f"{_FINDING.ja}{said.ja}", f"{_FINDING.en} {said.en}") if field.finding else said


def help_of(field: Field) -> Text:
    """What a form says under the field: the declaration's own help, else how it is given."""
    return field.help or how(field)
