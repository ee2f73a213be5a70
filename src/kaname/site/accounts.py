"""Addresses of the login: those of allauth that an office needs, one by one. Nobody signs up or changes an address."""

from allauth.account import views as account
from django.http import Http404, HttpRequest
from django.urls import include, path

from kaname.web.views import account as own


def _closed(request: HttpRequest) -> None:
    """allauth asks for this name; people are created by administrators."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", _closed, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("kept/", own.kept, name="kept"),
    path("key/", own.key_first, name="key_first"),
    path("welcome/<str:secret>/", own.welcome, name="welcome"),
    path("2fa/webauthn/keys/<int:pk>/remove/", own.remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("oidc/<str:provider_id>/login/", own.organisation, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", own.back, name="openid_connect_callback"),
    path("3rdparty/login/cancelled/", own.cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", own.failed, name="socialaccount_login_error"),
    path("3rdparty/signup/", _closed, name="socialaccount_signup"),
    path("3rdparty/", _closed, name="socialaccount_connections"),
]
