"""A change of password asks for the old one, also of who has just proved who they are, and its guesses are delayed."""

import pytest
from allauth.account.forms import ChangePasswordForm
from django.urls import reverse
from folk import person
from visitor import PASSWORD, client, log_in, proved

from kaname.access.login import throttle
from kaname.access.login.change import ChangePassword
from kaname.access.models import Person

NEW = "nine grey herons wading"


@pytest.fixture
def hana(db):
    return person("Hana", "applicant", password=PASSWORD)


@pytest.fixture
def at(hana):
    return proved(client(hana), hana)


def change(at, old, **more):
    form = {"password1": NEW, "password2": NEW, **({} if old is None else {"oldpassword": old}), **more}
    return at.post(reverse("account_change_password"), form)


def is_now(hana, password):
    hana.refresh_from_db()
    return hana.check_password(password)


@pytest.mark.parametrize("old", [None, "", NEW, PASSWORD.upper()])
def test_without_the_old_one_nothing_is_changed(hana, at, old):
    change(at, old)
    assert is_now(hana, PASSWORD)


def test_with_it_the_new_one_counts(hana, at):
    assert change(at, PASSWORD).status_code == 302
    assert is_now(hana, NEW) and log_in(hana.email, NEW).status_code == 302


def test_a_page_that_did_not_ask_would_be_found(hana, at, monkeypatch):
    """Planted."""
    monkeypatch.setattr(ChangePassword, "clean_oldpassword", lambda self: "")
    change(at, NEW)
    assert is_now(hana, NEW)


def test_guesses_of_the_old_one_are_delayed(hana, at):
    told = [change(at, f"wrong guess number {n}") for n in range(throttle.ACCOUNT.free + 2)]
    assert told[0].status_code == 200
    assert told[-1].status_code == 429 and int(told[-1].headers["Retry-After"]) > 0
    assert change(at, PASSWORD).status_code == 429 and is_now(hana, PASSWORD)


def test_guesses_that_nobody_counts_would_be_found(at, monkeypatch):
    """Planted: the form as the login library has it."""
    monkeypatch.setattr(ChangePassword, "clean_oldpassword", ChangePasswordForm.clean_oldpassword)
    assert {change(at, f"wrong guess number {n}").status_code for n in range(throttle.ACCOUNT.free + 2)} == {200}


@pytest.mark.parametrize(("language", "text"), [("ja", "今のパスワードが違う"),
                                                ("en", "the current password is not right")])  # fmt: skip
def test_the_wrong_one_is_told_in_both_languages(hana, at, language, text):
    Person.objects.filter(pk=hana.pk).update(language=language)
    assert text in change(at, NEW).content.decode()
