"""The form by which a person changes their password: it asks for the old one, and delays guesses as the login does."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context


class ChangePassword(ChangePasswordForm):
    """allauth's form; left to itself it would take guesses of the old password without counting them."""

    def clean_oldpassword(self) -> str:
        typed: str = self.cleaned_data.get("oldpassword", "")
        adapter = get_adapter(context.request)
        if adapter.authenticate(context.request, email=self.user.email, password=typed) != self.user:
            raise adapter.validation_error("enter_current_password")
        return typed
