"""What is asked of another organisation's answer beyond allauth: that it is of the server the office's file names, that
userinfo and ID token speak of one and the same person, and that the login was of a kind that the file asks for.
"""

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from kaname.law import T, Text

_WELL_KNOWN = "/.well-known/"


class TooWeak(Exception):
    """The person logged in there by other means than the office asks for. `args[0]`: a Text for them."""


class Strict(OpenIDConnectOAuth2Adapter):
    """allauth's adapter of one login."""

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """The server's own description (OpenID Connect Discovery 4.3): its issuer is the server that was asked."""
        found: Mapping[str, Any] = super().openid_config
        asked, issuer = self.get_provider().app.settings["server_url"], found.get("issuer")
        if not isinstance(issuer, str) or _plain(issuer) != _plain(asked):
            raise OAuth2Error(f"the description of {asked} is that of issuer {issuer!r}")
        return found

    def get_access_token_data(self, request: HttpRequest, app: Any, client: Any, **more: Any) -> Any:
        """RFC 9207, before the code is shown to anybody: whose answer is it?"""
        issuer, said = self.openid_config["issuer"], request.GET.getlist("iss")
        promised = self.openid_config.get("authorization_response_iss_parameter_supported") is True
        if said != [issuer] and (said or promised):
            raise OAuth2Error(f"an answer of issuer {said!r} where {issuer!r} was asked")
        return super().get_access_token_data(request, app, client, **more)

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:
        login = super().complete_login(request, app, token, **more)
        said = login.account.extra_data
        id_token, userinfo = said.get("id_token"), said.get("userinfo")
        if not id_token or "sub" not in id_token:
            raise OAuth2Error("an answer without ID token, or one that names nobody")
        if userinfo is not None and userinfo.get("sub") != id_token["sub"]:
            raise OAuth2Error("userinfo and ID token speak of two people")
        if why := lacking(app.settings, id_token):
            raise TooWeak(why)
        return login


def _plain(address: str) -> str:
    """Without what is appended to find the description, nor the slash that is taken off before that."""
    return address.partition(_WELL_KNOWN)[0].removesuffix("/")


def lacking(asked: Mapping[str, Any], id_token: Mapping[str, Any]) -> Text | None:
    """What the file asks of the login (`acr`, `amr`) and the ID token does not say; None where all is there."""
    acr, amr = asked.get("acr"), asked.get("amr")
    how = id_token.get("amr")
    missing = [f"acr: {' / '.join(acr)}"] if acr and id_token.get("acr") not in acr else []
    if amr and not (isinstance(how, list) and any(one in amr for one in how)):
        missing.append(f"amr: {' / '.join(amr)}")
    if not missing:
        return None
    wanted = ", ".join(missing)
    return T(
        f"この事務所は、相手の機関でのログインに次の確かさを求めています（{wanted}）。その方法で入り直してください。",
        f"This office asks for a stronger login at the other organisation ({wanted}). Log in there in that way.",
    )
