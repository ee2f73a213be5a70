"""Settings of an office. Nothing to set for a start: data and keys live in KANAME_HOME, the database is embedded.

KANAME_HOME           folder of data and keys (default: `kaname` in the user's data folder)
KANAME_DATABASE_URL   postgresql://... moves the office to PostgreSQL
KANAME_ORIGIN         https://office.example, where people reach the office through a proxy; default: this machine only
KANAME_BEHIND_PROXY   1: that proxy sets X-Forwarded-Proto and X-Forwarded-For, and nobody else reaches the office
"""

import os
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from kaname.site import logs
from kaname.site.databases import embedded, postgresql
from kaname.site.home import home, secret
from kaname.site.sqlite import take_place

take_place()

ORIGIN = os.environ.get("KANAME_ORIGIN", "")
HTTPS = ORIGIN.startswith("https://")
BEHIND_PROXY = os.environ.get("KANAME_BEHIND_PROXY", "") == "1"

SECRET_KEY = secret("secret_key").hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if ORIGIN:
    ALLOWED_HOSTS.append(urlsplit(ORIGIN).hostname or ORIGIN)
    CSRF_TRUSTED_ORIGINS = [ORIGIN]
if BEHIND_PROXY:  # believed only where said so: without a proxy anyone could write these headers
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
LOGGING = logs.config()
INSTALLED_APPS = [
    "kaname.web",  # first: its templates stand before those that other apps bring
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",
    "kaname.ledger",
    "kaname.access",
    "kaname.desk",
    "kaname.api",
]
MIDDLEWARE = [
    "kaname.site.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kaname.web.language.PersonLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "kaname.site.urls"
WSGI_APPLICATION = "kaname.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaname.web.context.frame",
            ],
            "builtins": ["kaname.web.templatetags.kaname", "kaname.web.templatetags.parts"],
        },
    }
]
DATABASES = {
    "default": postgresql(os.environ["KANAME_DATABASE_URL"])
    if os.environ.get("KANAME_DATABASE_URL")
    else embedded(home() / "kaname.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inbox"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

# -- pages -----------------------------------------------------------------------------------------------------------

LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_CODE = "ja"
LANGUAGE_COOKIE_NAME = "kaname_language"
TIME_ZONE = "Asia/Tokyo"  # the legal day is the Tokyo day
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = home() / "static"  # filled by `kaname up`: names carry a digest, so that a browser may keep them for ever
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kaname.site.files.Files"},
}
# Pages go out uncompressed: in a compressed one the length tells an onlooker how like a sealed text is to a guess.

# -- what a browser may do -------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send Origin: null: every form would be refused
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kaname.web.views.errors.csrf_failure"

# Where the case kinds come from: a mapping of id to kind.
KANAME_KINDS = "kaname.regimes.KINDS"
