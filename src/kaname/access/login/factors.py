"""Second factors: their secrets encrypted, a code used once, guesses counted, and none taken away that is needed."""

import logging
from hmac import compare_digest
from typing import Any

from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_registration_response
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal, receiver
from django.http import HttpRequest

from kaname.access.login import keys, logged, throttle
from kaname.access.login.adapter import refuse_while
from kaname.access.login.changed import What, tell
from kaname.access.login.passwords import has_second_factor
from kaname.access.login.words import said
from kaname.access.models import Person
from kaname.access.rights import forget_sessions
from kaname.access.vault import lock, unlock
from kaname.law import T
from kaname.site.logs import pseudonym

_log = logging.getLogger("kaname.login")
_BY_KEY = T(
    "この事務所ではパスキー又はセキュリティーキーで入る。手元にないときは回復コードを一つ使うこと",
    "here one gets in by passkey or security key; without it at hand, use one of the recovery codes",
)
_BOUND = T(
    "この事務所では、端末から外に出ない鍵だけが使える（同期される鍵は使えない）。別の鍵で試すこと",
    "here only keys count that never leave their device (this one is copied between devices); try another",
)


class Factors(DefaultMFAAdapter):
    """allauth's adapter."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": said(T("コードが違う、又は一度使われている", "the code is not right, or was used already")),
        "cannot_delete_authenticator": said(
            T("パスワードが短いので、最後の二要素認証は外せない。先に 15 文字以上のパスワードに変えること",
              "your password is too short to stand alone: choose one of 15 characters or more first")
        ),
    }  # fmt: skip

    def get_totp_issuer(self) -> str:
        return "Kaname"

    def encrypt(self, text: str) -> str:
        return lock(text.encode(), "factor").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return unlock(bytes.fromhex(encrypted_text), "factor").decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_go(authenticator)


def may_go(authenticator: Authenticator) -> bool:
    """A factor may go where the password stands alone, or another factor stays; and a key where it is asked for, when
    another one stays that counts."""
    person: Person = authenticator.user
    if authenticator.type == Authenticator.Type.WEBAUTHN and keys.only(person):
        return any(one.pk != authenticator.pk for one in keys.held(person))
    return bool(person.stands_alone) or has_second_factor(person, without=authenticator)


class _Counted:
    """Guesses of a code are delayed like guesses of a password."""

    user: Person
    authenticator: Authenticator

    def clean_code(self) -> str:
        wanted = [(throttle.FACTOR, str(self.user.pk))]
        refuse_while(context.request, throttle.admit(wanted), self.user.email)
        with logged.judged(context.request, logged.CODE, self.user):
            code = str(super().clean_code())  # type: ignore[misc]  # stands before a form of allauth, which has no types
            _refuse_beside_a_key(self.user, self.authenticator)
            if not _used_now(self.authenticator, code):
                raise Factors().validation_error("incorrect_code")
        throttle.succeeded(wanted)
        return code


def _refuse_beside_a_key(person: Person, authenticator: Authenticator) -> None:
    """Where a key alone opens, a code of an app does not; a recovery code does, once, and is told."""
    if not keys.only(person):
        return
    if authenticator.type == Authenticator.Type.TOTP:
        raise ValidationError(said(_BY_KEY), code="key")
    _log.warning("a recovery code in the place of a key", extra={"person": pseudonym("person", person.public_id)})


class _OfThatCounts:
    """A key opens where it counts, or where no other does."""

    user: Person | None

    def clean_credential(self) -> Authenticator:
        with logged.judged(context.request, logged.KEY, self.user):
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # as above
            if keys.only(found.user) and not keys.counts(found.user, found):
                raise ValidationError(said(_BOUND), code="key")
        return found


class LoginByKey(_OfThatCounts, LoginWebAuthnForm):
    """A passkey in the place of the password."""


class AuthenticateByKey(_OfThatCounts, AuthenticateWebAuthnForm):
    """A key after the password."""


class ReauthenticateByKey(_OfThatCounts, ReauthenticateWebAuthnForm):
    """A key before something grave."""


class AddKey(AddWebAuthnForm):
    """A new key; where the office asks for it, one that never leaves its device."""

    def clean(self) -> dict[str, Any]:
        """Looked at before it is taken: allauth reads the form once more to show it, when its challenge is spent."""
        sent = self.cleaned_data.get("credential")
        if sent and self.user.office.keys_bound:
            made = parse_registration_response(sent).response.attestation_object.auth_data
            if not keys.is_bound(made):
                raise ValidationError(said(_BOUND), code="key")
        found: dict[str, Any] = super().clean()
        return found


@transaction.atomic
def _used_now(authenticator: Authenticator, code: str) -> bool:
    """Note a one-time code as used, and every earlier one with it, for all processes. False: it was already."""
    if authenticator.type != Authenticator.Type.TOTP:
        return True  # a recovery code is struck out by allauth
    held = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = Factors().decrypt(held.data["secret"])
    now = [n for n in yield_hotp_counters_from_time() if compare_digest(format_hotp_value(hotp_value(secret, n)), code)]
    if max(now, default=0) <= held.data.get("used", 0):
        return False
    held.data["used"] = authenticator.data["used"] = max(now)
    held.save(update_fields=("data",))
    return True


class Authenticate(_Counted, AuthenticateForm):
    """The code asked after the password."""


class Reauthenticate(_Counted, ReauthenticateForm):
    """The code asked before something grave."""


_WHAT = {signals.authenticator_added: What.ADDED, signals.authenticator_removed: What.REMOVED,
         signals.authenticator_reset: What.CODES}  # fmt: skip


@receiver((signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset))
def _changed(sender: object, signal: Signal, request: HttpRequest, user: Person, **_: Any) -> None:
    """A change of factors ends every other session of the person; this one goes on."""
    forget_sessions(user)
    tell(user, _WHAT[signal])
    if keys.held(user):
        request.session.pop(keys.LACKING, None)
    if request.user.is_authenticated and request.user.pk == user.pk:
        request.user.stamp = user.stamp
        update_session_auth_hash(request, user)
