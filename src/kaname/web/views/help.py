"""Help: the keys and the marks of states; the words stand in the glossary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kaname.law import T

KEYS = (
    (("j", "k"), T("次の行、前の行へ", "next row, previous row")),
    (("x",), T("行を選ぶ", "select the row")),
    (("Enter",), T("行を開く", "open the row")),
    (("e",), T("選んだ行（なければ今の行）を確認済みにする", "mark the chosen rows, or this row, as seen")),
    (("s",), T("選んだ行（なければ今の行）を後に回す", "put the chosen rows, or this row, off")),
    (("m",), T("選んだ行（なければ今の行）を自分の担当にする", "assign the chosen rows, or this row, to yourself")),
    (("z",), T("受信箱で最後にしたことを元に戻す", "take back the last thing done to the inbox")),
    (("a",), T("いつもの行為へ", "go to the usual act")),
    (("Ctrl+Enter",), T("入力を送る、確認して記録する", "send the form; record what was checked")),
    (("n",), T("受領証から次の仕事へ", "from a receipt to the next piece of work")),
    (("/",), T("検索欄へ", "go to the search field")),
    (("g i",), T("受信箱へ", "go to the inbox")),
    (("g c",), T("案件の一覧へ", "go to the cases")),
    (("g n",), T("新しい案件へ", "open a new case")),
    (("g s",), T("該当性の確認へ", "go to screening")),
    (("g d",), T("期限台帳へ", "go to the docket")),
    (("g o",), T("持分へ", "go to ownership")),
    (("g p",), T("計画の見通しへ", "go to the plan board")),
    (("g f",), T("届出の要否へ", "go to the scope wizard")),
    (("g h",), T("変更の分類へ", "go to the change classifier")),
    (("g m",), T("名称の照合へ", "go to the screening of names")),
    (("g t",), T("重要技術へ", "go to critical technologies")),
    (("g q",), T("相談・説明会へ", "go to consultations and briefings")),
    (("?",), T("このヘルプへ", "this help")),
)
STATES = (
    ("running", None, T("期間が進んでいます。", "The period runs.")),
    ("due_soon", 3, T("末日が近づいています。", "Its last day is near.")),
    (
        "overdue",
        2,
        T("末日を過ぎても履行の記録がありません。", "Its last day has passed and nothing shows it was met."),
    ),
    ("stopped", None, T("期間が止まっています。", "The period is stopped.")),
    ("met", None, T("履行した記録があります。", "The record shows it was met.")),
    ("lapsed", None, T("期間が終わりました。", "The period is over.")),
    ("ban", None, T("この日、この行為は禁じられています。", "On this day the act is forbidden.")),
    ("freed", None, T("禁止が解けています。", "The ban is lifted.")),
    (
        "unverified",
        None,
        T(
            "法令の読み方が定まっていません。安全な側の日を示します。",
            "The law is unclear here; the safe day is shown.",
        ),
    ),
)


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html", {"keys": KEYS, "states": STATES})
