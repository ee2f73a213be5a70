"""allauth as Kaname wants it: nobody signs up, attempts are counted by our throttle, texts in both languages."""

from secrets import token_hex
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from kaname.access.login import hashing, keys, logged, throttle
from kaname.access.login.changed import What, tell
from kaname.access.login.passwords import ALONE
from kaname.access.login.words import said
from kaname.access.models import Person
from kaname.law import T

_WRONG = T("メールアドレス又はパスワードが違う", "the e-mail address or the password is not right")

_AGAIN = 2  # seconds
_CROWDED = T(
    f"いまログインが混み合っている。{_AGAIN} 秒待ってからもう一度。パスキーならすぐ入れる",
    f"many are logging in at the moment: wait {_AGAIN} seconds and try again; with a passkey you get in at once",
)

_WAYS = {
    "reauthenticate": T("パスワードを使う", "Use your password"),
    "mfa_reauthenticate": T(
        "認証アプリの番号又は回復コードを使う", "Use a code of the authenticator app, or a recovery code"
    ),
    "mfa_reauthenticate:webauthn": T("パスキー又はセキュリティーキーを使う", "Use a passkey or security key"),
}


class Account(DefaultAccountAdapter):
    """Login by password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": said(_WRONG),
        "enter_current_password": said(T("今のパスワードが違う", "the current password is not right")),
        "incorrect_password": said(T("パスワードが違う", "the password is not right")),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return throttle.client(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Admitted or told to wait; judged; a right one is taken out of the count again."""
        email = str(credentials.get("email") or "")
        wanted = throttle.counts(request, email)
        try:
            with hashing.room(patient=throttle.is_known(wanted)):
                refuse_while(request, throttle.admit(wanted), email)
                found: Person | None = authenticate(request, **credentials)
        except hashing.Crowded:
            logged.delayed(request, email)
            request.retry_after = _AGAIN
            raise ValidationError(said(_CROWDED), code="wait") from None
        if found is None:
            logged.failed(request, logged.PASSWORD, email)
        else:
            throttle.succeeded(wanted)
            if not throttle.is_known(wanted):
                tell(found, What.NEW_BROWSER)
            request.new_device = (email, token_hex(16))
        return found

    def reauthenticate(self, user: Person, password: str) -> bool:
        return not keys.only(user) and self.authenticate(self.request, email=user.email, password=password) == user

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """allauth's ways to prove that it is still you, in our words; a key where a key alone opens, or a recovery
        code."""
        found = super().get_reauthentication_methods(user)
        if keys.only(user):
            left = [way for way in found if way["id"] != "reauthenticate"]
            found = sorted(left, key=lambda way: not way["id"].endswith("webauthn"))  # the key is asked for first
        return [way | {"description": said(_WAYS[way["id"]])} for way in found]

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        user.stands_alone = len(password) >= ALONE
        user.set_password(password)
        user.save(update_fields=("password", "stands_alone"))  # the whole row could bring an old stamp back
        tell(user, What.PASSWORD)


def refuse_while(request: HttpRequest, seconds: int, email: str) -> None:
    """Tell to wait; nothing was judged. The answer carries 429 and Retry-After (`Told`)."""
    if seconds:
        logged.delayed(request, email)
        request.retry_after = seconds
        text = T(
            f"失敗が続いたため、あと {seconds} 秒待ってからもう一度。パスキーならすぐ入れる",
            f"after several failures, wait {seconds} seconds and try again; with a passkey you get in at once",
        )
        raise ValidationError(said(text), code="wait")
