"""The keys of the pages, said once: the help page, the frame and every button draw them from here.

`{% keyed "usual" %}` writes them onto a link, button or field; `{% key_of "usual" %}` shows them beside it. What a
person has switched off is neither heard by the script nor shown. A new key is a line here and a `keyed` where it acts.
"""

from dataclasses import dataclass
from enum import Enum

from kaname.law import T, Text


class Where(Enum):
    """Where a key acts."""

    ROWS = T("一覧の中で", "In lists")
    CASE = T("案件と入力で", "In cases and forms")
    EVERYWHERE = T("どの画面でも", "On every page")
    GO = T("画面へ移る", "Go to a page")

    @property
    def label(self) -> Text:
        return self.value


@dataclass(frozen=True, slots=True)
class Key:
    """`id`: what templates call it (for a page, its address' name); `press`: one key, or two after one another."""

    id: str
    press: str
    text: Text
    where: Where
    also: str = ""  # the key that does the opposite, shown with it

    @property
    def pressed(self) -> tuple[str, ...]:
        return (self.press, self.also) if self.also else (self.press,)

    @property
    def aria(self) -> str:
        """The same for `aria-keyshortcuts`, which knows no keys after one another: "" for those."""
        return "" if " " in self.press else self.press.replace("Ctrl+", "Control+")


_ROWS, _CASE, _EVERYWHERE, _GO = Where.ROWS, Where.CASE, Where.EVERYWHERE, Where.GO

KEYS = (
    Key("walk", "j", T("次の行、前の行へ", "next row, previous row"), _ROWS, also="k"),
    Key("pick", "x", T("行を選ぶ", "select the row"), _ROWS),
    Key(
        "seen",
        "e",
        T("選んだ行（なければ今の行）を確認済みにする", "mark the chosen rows, or this row, as seen"),
        _ROWS,
    ),
    Key("snooze", "s", T("選んだ行（なければ今の行）を後に回す", "put the chosen rows, or this row, off"), _ROWS),
    Key(
        "mine",
        "m",
        T("選んだ行（なければ今の行）を自分の担当にする", "assign the chosen rows, or this row, to yourself"),
        _ROWS,
    ),
    Key(
        "bulk",
        "b",
        T("選んだ行（なければ今の行）にまとめて行う", "act in the chosen rows, or this row, at once"),
        _ROWS,
    ),
    Key("undo", "z", T("受信箱で最後にしたことを元に戻す", "take back the last thing done to the inbox"), _ROWS),
    Key("open", "Enter", T("行を開く", "open the row"), _ROWS),
    Key("usual", "a", T("いつもの行為へ", "go to the usual act"), _CASE),
    Key("try", "t", T("行為を試す", "try an act"), _CASE),
    Key("send", "Ctrl+Enter", T("入力を送る、確認して記録する", "send the form; record what was checked"), _CASE),
    Key("next", "n", T("受領証から次の仕事へ", "from a receipt to the next piece of work"), _CASE),
    Key("receipt_case", "o", T("受領証からその案件へ", "from a receipt to its case"), _CASE),
    Key("turn", "[", T("法の今：前の頁へ", "the Act at a glance: previous page"), _CASE),
    Key("turn_on", "]", T("法の今：次の頁へ", "the Act at a glance: next page"), _CASE),
    Key(
        "palette",
        "Ctrl+K",
        T("どこへでも：画面、案件、行為を探して移る", "go anywhere: pages, cases, acts"),
        _EVERYWHERE,
    ),
    Key("search", "/", T("検索欄へ", "go to the search field"), _EVERYWHERE),
    Key("help", "?", T("この画面のヘルプへ", "help for this page"), _EVERYWHERE),
    Key("inbox", "g i", T("受信箱へ", "go to the inbox"), _GO),
    Key("cases", "g c", T("案件の一覧へ", "go to the cases"), _GO),
    Key("new", "g n", T("新しい案件へ", "open a new case"), _GO),
    Key("glance", "g a", T("法の今へ", "go to the Act at a glance"), _GO),
    Key("screening", "g s", T("該当性の確認へ", "go to screening"), _GO),
    Key("docket", "g d", T("期限台帳へ", "go to the docket"), _GO),
    Key("plan_board", "g p", T("計画の見通しへ", "go to the plan board"), _GO),
    Key("plan_scope", "g f", T("届出の要否へ", "go to the scope wizard"), _GO),
    Key("plan_change", "g h", T("変更の分類へ", "go to the change classifier"), _GO),
    Key("plans", "g l", T("計画の準備へ", "go to plans in preparation"), _GO),
    Key("vendors_across", "g v", T("供給者へ", "go to the vendors"), _GO),
    Key("ownership", "g o", T("持分へ", "go to ownership"), _GO),
    Key("names", "g m", T("名称の照合へ", "go to the screening of names"), _GO),
    Key("passports", "g r", T("会社の情報へ", "go to company information"), _GO),
    Key("supply", "g u", T("安定供給へ", "go to stable supply"), _GO),
    Key("technology", "g t", T("重要技術へ", "go to critical technologies"), _GO),
    Key("outreach", "g q", T("相談・説明会へ", "go to consultations and briefings"), _GO),
)
_BY_ID = {key.id: key for key in KEYS}


def key(id: str) -> Key:
    """A key by its id. Raises LookupError for one that this table does not hold."""
    return _BY_ID[id]


def press(id: str) -> str:
    """What leads to a page from anywhere, "" where nothing does."""
    found = _BY_ID.get(id)
    return found.press if found else ""
