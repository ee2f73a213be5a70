"""Login through another organisation (OpenID Connect): for people who exist here, by an address it has verified."""

import logging
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render

from kaname.access.login import logged, outward
from kaname.access.login.changed import What, tell
from kaname.access.login.strict import Strict
from kaname.access.models import Person

_log = logging.getLogger("kaname.login")


class Organisations(DefaultSocialAccountAdapter):
    """allauth's adapter."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        found = super().get_provider(request, provider, client_id=client_id)
        found.oauth2_adapter_class = Strict
        return found

    def get_requests_session(self) -> Any:
        """allauth asks the other organisation by this."""
        return outward.session()

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Known already, or joined to the person of a verified address; everybody else is told whom to ask."""
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise ImmediateHttpResponse(_nobody(request))
            return
        verified = [a.email.lower() for a in sociallogin.email_addresses if a.verified is True]
        person = Person.objects.filter(email__in=verified, is_active=True).first()
        if person is None:
            raise ImmediateHttpResponse(_nobody(request))
        with transaction.atomic():
            sociallogin.connect(request, person)
            tell(person, What.JOINED)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **why: Any) -> None:
        """Whatever went wrong (a foreign token, no answer, a stale page) is told alike; the log tells more."""
        if why.get("error") != AuthError.CANCELLED:
            _log.warning("login through %s failed: %r", provider.app.provider_id, why.get("exception"))
            logged.failed(request, logged.ORGANISATION)
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))


def _nobody(request: HttpRequest) -> Any:
    """One page for unknown, ended and unverified alike: who is known here is not told outside."""
    logged.failed(request, logged.ORGANISATION)
    return render(request, "account/nobody.html", status=403)
