"""Papers of the demonstration: a story names one as "pdf:TITLE", and a page that says so is handed in for it."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf

from kaname.access import api as access
from kaname.access.models import Person
from kaname.ledger.judging import Receipt
from kaname.papers import api as kept
from kaname.papers.mark_child import coded, resources
from kaname.procedure import Entry, Refused

_MARK = "pdf:"
_SAYS = (
    "見本（架空の資料）",
    "この資料の内容はすべて架空です。",
    "A paper of the demonstration: everything in it is invented.",
)
# What some of them say beside that: there is something to be found by its words.
_MORE = {
    "観測の要求性能（見本）": ("地上の分解能は昼夜とも同じとし、雲の多い日も観測を続けられること。",
                               "軌道の高さと回帰の日数は、別に渡す資料による。"),
    "観測機器の輸送の手順（見本）": ("機器は温度を保った箱に収め、振動の記録を付けて運ぶ。",
                                     "受け取った者は封印の番号を確かめ、管理区域に収める。"),
    "公開情報の整理（見本）": ("公開された論文と特許公報から、光通信の端末の重さと電力を一覧にした。",
                               "非公開の数値は含まない。"),
}  # fmt: skip


def named(entry: Entry) -> bool:
    return any(_is_named(one) for value in entry.data.values() for one in _each(value))


def handed_over(by: Person, case: str, entry: Entry, key: str) -> Receipt | Refused:
    """The act, with a document in the place of each paper that it names."""
    data = {
        name: [_taken(by, case, one) for one in value] if any(_is_named(one) for one in _each(value)) else value
        for name, value in entry.data.items()
    }
    return access.act(by, case, replace(entry, data=data), idempotency_key=key)


def _each(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _is_named(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(_MARK)


def _taken(by: Person, case: str, value: str) -> str:
    title = value.removeprefix(_MARK)
    return kept.take(by, BytesIO(_page(title)), f"{title}.pdf", case).reference


def _page(title: str) -> bytes:
    out = BytesIO()
    with pikepdf.new() as book:
        page = book.add_blank_page(page_size=(595, 842))
        page.obj.Resources = resources(book)
        lines = [
            (20, 760, title),
            *((12, 700 - 24 * n, text) for n, text in enumerate((*_SAYS, *_MORE.get(title, ())))),
        ]
        shown = [b"BT /M %d Tf 1 0 0 1 60 %d Tm <%s> Tj ET" % (size, y, coded(text)) for size, y, text in lines]
        page.obj.Contents = book.make_stream(b"\n".join(shown))
        book.save(out)
    return out.getvalue()
