"""Login through another organisation (OpenID Connect): for people who exist here, by an address it has verified."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from kaname.access.models import Person


class Organisations(DefaultSocialAccountAdapter):
    """allauth's adapter."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

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
        sociallogin.connect(request, person)


def _nobody(request: HttpRequest) -> Any:
    return render(request, "account/signup_closed.html", status=403)
