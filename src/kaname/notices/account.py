"""Mail about a person's own ways in: one was changed or used from somewhere new, guesses at it go on, one is about to
end. It says nothing of any case and cannot be switched off: who has taken an account over would do that first.

What changed is put beside the change, in its transaction; what ends and who is guessed at is looked for.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse

from kaname.access.login import keys, throttle
from kaname.access.login.changed import What, changed
from kaname.access.models import Office, Person, Token
from kaname.days import JST
from kaname.law import T, Text
from kaname.ledger import clock
from kaname.notices import outbox
from kaname.notices.models import Hook, Outgoing, Wishes

AHEAD = (14, 3)  # days before a way in ends
GUESSED, ENDS, KEYS = "guessed", "ends", "keys"

_CHANGED = T("要：ログインの方法が変わりました", "Kaname: how you log in has changed")
_WATCH = T("要：ログインについてご確認ください", "Kaname: please look at a login")
_ENDS = T("要：ログイン又はプログラムの手段が終わります", "Kaname: a way in is about to end")
_SAID: dict[str, tuple[Text, Text, str]] = {
    What.ADDED: (_CHANGED, T("パスキー、セキュリティーキー又は認証アプリが加えられました。",
                             "A passkey, security key or authenticator app was added."), "mfa_index"),
    What.REMOVED: (_CHANGED, T("パスキー、セキュリティーキー又は認証アプリが外されました。",
                               "A passkey, security key or authenticator app was removed."), "mfa_index"),
    What.CODES: (_CHANGED, T("回復コードが新しく作られました。", "Recovery codes were made anew."), "mfa_index"),
    What.PASSWORD: (_CHANGED, T("パスワードが変わりました。", "Your password was changed."), "settings"),
    What.RESET: (_CHANGED, T("管理者が、パスワード、二段階の確認、トークン、カレンダーの所在、webhook を"
                             "無効にしました。",
                             "An administrator ended your password, second factors, tokens, calendar address and "
                             "webhooks."), ""),
    What.TOKEN: (_CHANGED, T("プログラムのためのトークンが作られました。", "A token for programs was made."), "tokens"),
    What.JOINED: (_CHANGED, T("他の機関のログインが結び付けられました。",
                              "Another organisation's login was joined to your account."), "settings"),
    What.NEW_BROWSER: (_WATCH, T("初めて使うブラウザーから、あなたのパスワードでログインがありました。",
                                 "Your password was used to log in from a browser not used before."), "sessions"),
    GUESSED: (_WATCH, T("あなたとしてログインしようとする失敗が続いています。パスキーならすぐ入れます。",
                        "Attempts to log in as you keep failing. With a passkey you get in at once."), "mfa_index"),
    ENDS: (_ENDS, T("トークン {hint}… は {day} に終わります。続けて使うなら、新しいものを作ってください。",
                    "The token {hint}... ends on {day}. If it is still needed, make a new one."), "tokens"),
    KEYS: (_ENDS, T("{day} から、ログインにはパスキー又はセキュリティーキーが要ります。それまでに加えてください。",
                    "From {day} on one logs in by passkey or security key. Please add one before."), "mfa_index"),
}  # fmt: skip
_NOT_YOU = T("心当たりがなければ、すぐに管理者に知らせてください。",
             "If this was not you, tell an administrator at once.")  # fmt: skip
FOOT = T("このお知らせは止められません。案件のことは書いてありません。",
         "This notice cannot be switched off. It says nothing of any case.")  # fmt: skip


@receiver(changed)
def _put(sender: object, person: Person, what: What, **_: Any) -> None:
    if settings.KANAME_MAIL:
        now = clock.now()
        key = f"account/{what}/{now:%Y%m%dT%H%M%S%f}/{person.public_id}"
        outbox.put([outbox.message(key, "mail", person, {"account": what, "at": now.isoformat()}, now)])


@receiver(changed)
def _shut(sender: object, person: Person, what: What, **_: Any) -> None:
    """A reset ends what goes out by itself, too: whoever had the account may have made it."""
    if what is What.RESET:
        Wishes.objects.filter(person=person).update(feed="")
        Hook.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())


# -- what is looked for ----------------------------------------------------------------------------------------------


def plan(now: datetime) -> Iterator[Outgoing]:
    """Who is guessed at (once a day), which tokens end and from when keys are asked (once for each of AHEAD)."""
    today = now.astimezone(JST).date()
    for person in throttle.guessed_at(now):
        key = f"account/{GUESSED}/{today}/{person.public_id}"
        yield outbox.message(key, "mail", person, {"account": GUESSED, "at": now.isoformat()}, now)
    end = now + timedelta(days=max(AHEAD))
    ending = Token.objects.filter(ended_at=None, expires_at__gt=now, expires_at__lte=end, person__is_active=True)
    for token in ending.select_related("person").iterator():
        ahead = _ahead((token.expires_at - now).days)
        key = f"account/{ENDS}/{ahead}/{token.public_id}"
        yield outbox.message(key, "mail", token.person, {"account": ENDS, "token": token.public_id}, now)
    for office in Office.objects.filter(keys_from__gt=today, keys_from__lte=today + timedelta(days=max(AHEAD))):
        ahead = _ahead((office.keys_from - today).days)
        for person in keys.without(office):
            key = f"account/{KEYS}/{office.keys_from}/{ahead}/{person.public_id}"
            yield outbox.message(key, "mail", person, {"account": KEYS, "day": str(office.keys_from)}, now)


def _ahead(days: int) -> int:
    """The last of AHEAD that has come."""
    return min(one for one in AHEAD if days <= one)


# -- what is said ----------------------------------------------------------------------------------------------------


def said(about: dict[str, Any], person: Person) -> tuple[Text, list[Text], str] | None:
    """Subject, lines and the page to go to; None where it no longer holds."""
    subject, text, page = _SAID[about["account"]]
    where = reverse(page) if page else ""
    if "token" in about:
        token = Token.objects.filter(public_id=about["token"], person=person, ended_at=None).first()
        if token is None or token.expires_at <= clock.now():
            return None
        day = token.expires_at.astimezone(JST).date()
        return subject, [text.fill(hint=token.hint, day=day)], where
    if "day" in about:
        day = date.fromisoformat(about["day"])
        still = person.office.keys_from == day and keys.asked(person, day) and not keys.held(person)
        return (subject, [text.fill(day=day)], where) if still else None
    at = datetime.fromisoformat(about["at"]).astimezone(JST)
    when = T(f"{at:%Y-%m-%d %H:%M}（日本時間）", f"{at:%Y-%m-%d %H:%M} (Japan time)")
    return subject, [text, when, _NOT_YOU], where
