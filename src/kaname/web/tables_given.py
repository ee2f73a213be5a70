"""A table that somebody pasted, and what is wrong with a file in the words of a page: there are no options to name."""

import csv
import io
import re

from kaname.files.problems import BadInput, Problem
from kaname.files.streams import WrongEncoding
from kaname.law import T, Text

MOST_TOLD = 50
_OPTION = re.compile(r"[；;][^；;]*--[a-z].*$")


def content(text: str) -> io.BytesIO:
    """What was pasted, as a file. Out of a spreadsheet columns stand apart by tabs; else it is CSV or JSON already."""
    plain = text.replace("\r\n", "\n")
    if "\t" not in plain.partition("\n")[0]:
        return io.BytesIO(plain.encode())
    out = io.StringIO()
    csv.writer(out).writerows(csv.reader(io.StringIO(plain), delimiter="\t"))
    return io.BytesIO(out.getvalue().encode())


def name_of(text: str) -> str:
    """The name under which a pasted text is read."""
    begins = text.lstrip()[:1]
    return "pasted.json" if begins == "[" else "pasted.jsonl" if begins == "{" else "pasted.csv"


def told_all(wrong: BadInput) -> list[Text]:
    """Everything wrong with files that belong together, each with the file it is in; the first `MOST_TOLD`."""
    if isinstance(wrong, WrongEncoding):
        return []
    return [_placed(problem) for problem in wrong.problems[:MOST_TOLD]]


def _placed(problem: Problem) -> Text:
    plain = told(BadInput([problem]))
    return T(f"{problem.file}：{plain.ja}", f"{problem.file}: {plain.en}") if problem.file else plain


def told(wrong: BadInput) -> Text:
    """The first thing wrong with a file."""
    if isinstance(wrong, WrongEncoding):
        return T(
            "文字コードを判別できません。表のファイルか確かめ、文字コードを選んで、もう一度送ってください。",
            "The encoding cannot be told. Make sure that it is a table, choose the encoding and send it again.",
        )
    first = wrong.problems[0]
    place = T(f"{first.line}行目：", f"line {first.line}: ") if first.line else T("", "")
    field = f"{first.field}：" if first.field not in ("", "-") else ""
    ja, en = (_OPTION.sub("", first.text[lang]) for lang in ("ja", "en"))
    return T(f"{place.ja}{field}{ja}。", f"{place.en}{field.replace('：', ': ')}{en}.")


def too_large(most: int) -> Text:
    return T(
        f"ファイルが大きすぎます。{most >> 20} MBまでにしてください。分けるか、圧縮（.gz）もできます。",
        f"The file is too large. Choose one of at most {most >> 20} MB, or split it; it may be packed (.gz).",
    )
