"""`kaname token`: keys with which programs act for a person through the API."""

from kaname.cli import show
from kaname.cli.group import Entry, Group, argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import office
from kaname.cli.who import EMAIL, PERSON, person
from kaname.days import jst_date
from kaname.files.problems import BadInput, Problem
from kaname.law import T

_ADD = T("トークンを作り、一度だけ示す。", "Make a token; it is shown this once.")
_LIST = T("人のトークンの一覧。", "The tokens of a person.")
_END = T("トークンを直ちに終わらせる。", "End a token at once.")

command = Group(
    "token",
    (
        Entry("add", "kaname.cli.token", _ADD, "add_command"),
        Entry("list", "kaname.cli.token", _LIST, "list_command"),
        Entry("end", "kaname.cli.token", _END, "end_command"),
    ),
    about=T("プログラムが API で使うトークン。", "Tokens with which programs use the API."),
    examples=("kaname token add hanako@example.jp --name nightly --scope read",),
)


@bilingual("add", _ADD, "kaname token add hanako@example.jp --name nightly --scope read --scope act --days 90")
@argument("email", PERSON, type=EMAIL)
@option("--name", required=True, about=T("何のためのものか", "what it is for"))
@option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    about=T("read、act、sealed、export、admin", "read, act, sealed, export, admin"),
)
@option("--days", type=int, default=90, about=T("何日で終わるか（既定は 90）", "days until it ends (default: 90)"))
@option("--json", "as_json", is_flag=True, about=show.JSON)
def add_command(email: str, name: str, scopes: tuple[str, ...], days: int, as_json: bool) -> None:
    with office():
        from kaname.access import tokens

        holder = person(email)
        try:
            token, secret = tokens.make(holder, name, scopes, days)
        except tokens.BadToken as wrong:
            raise BadInput([Problem(f"--{wrong.field}", 0, "", wrong.text)]) from None
    ends = jst_date(token.expires_at)
    if as_json:
        show.as_json({"token": secret, "id": token.public_id, "scopes": token.scopes.split(), "ends": ends})
        return
    text = T(f"{ends} まで。今だけ示す；安全な所に置くこと", f"until {ends}; shown this once: keep it safe")
    show.lines([secret, said(text)])


@bilingual("list", _LIST, "kaname token list hanako@example.jp")
@argument("email", PERSON, type=EMAIL)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def list_command(email: str, as_json: bool) -> None:
    with office():
        from kaname.access import tokens

        rows = [
            {
                "id": t.public_id, "name": t.name, "begins": t.hint, "scopes": t.scopes,
                "ends": jst_date(t.expires_at).isoformat(), "in_force": tokens.is_in_force(t),
            }
            for t in tokens.listed(person(email))
        ]  # fmt: skip
    if as_json:
        show.as_json(rows)
        return
    head = ("id", *(t[language()] for t in _HEADS))
    states = {True: T("有効", "in force"), False: T("終了", "ended")}
    lines = [
        [str(r[k]) for k in ("id", "name", "begins", "scopes", "ends")] + [said(states[bool(r["in_force"])])]
        for r in rows
    ]
    show.lines(show.columns([list(head), *lines], indent=""))


_HEADS = (T("名", "name"), T("はじめ", "begins"), T("範囲", "scopes"), T("期限", "ends"), T("状態", "state"))


@bilingual("end", _END, "kaname token end hanako@example.jp abcdefghijklmnop")
@argument("email", PERSON, type=EMAIL)
@argument("token", T("トークンの id（kaname token list）", "id of the token (kaname token list)"))
def end_command(email: str, token: str) -> None:
    with office():
        from kaname.access import tokens

        if not tokens.end(person(email), token):
            text = T(f"「{token}」という有効なトークンはない", f"no token {token!r} in force; see kaname token list")
            raise BadInput([Problem("TOKEN", 0, "", text)])
    show.lines([said(T("終わらせた", "ended"))])
