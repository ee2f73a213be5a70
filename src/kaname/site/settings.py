"""Settings of an office. Nothing to set for a start: data and keys live in KANAME_HOME, the database is embedded.

KANAME_HOME           folder of data and keys (default: `kaname` in the user's data folder)
KANAME_DATABASE_URL   postgresql://... moves the office to PostgreSQL
KANAME_REPLICA_URL    postgresql://... of a read replica: lists come from it where it is not behind (see ledger.replica)
KANAME_MASTER_KEYS    the class of a key service in place of the file `sealing_key` (see kaname.ledger.master)
KANAME_SUITES         suites of envelope keys, the favourite first; default: p256,x25519 (see kaname.ledger.suites)
KANAME_ORIGIN         https://office.example, where people reach the office through a proxy; default: this machine only
KANAME_COMPILE        no: a start does not compile the engines beside the office; what is missing, the first call does
KANAME_BEHIND_PROXY   1: that proxy sets X-Forwarded-Proto and X-Forwarded-For, and nobody else reaches the office
KANAME_SMTP           smtp://user:password@host:587, the server by which mail goes out (see `mail`); default: no mail
KANAME_MAIL_FROM      the address it comes from; default: kaname@ the host of KANAME_ORIGIN
KANAME_REMEDIES       file {"ja": "...", "en": "..."} of the office's own words on remedies, for its letters
KANAME_CONTACT        file of the same shape: whom to ask, for its letters
KANAME_CLAMAV         unix:/run/clamav/clamd.ctl or host:3310, the virus scanner that looks at what is handed in
KANAME_APPROVAL_HOURS how long an approval of copies holds where its giver says nothing else; default: 24
KANAME_BULK_ALARM     sealed objects a person reads in an hour before an alarm is raised; default: 200
KANAME_BULK_STOP      and before reading stops until somebody answers for it; default: 400
KANAME_WEBHOOK_INSIDE hosts of the own network that webhooks may reach, separated by commas; default: none
KANAME_TIME_STAMPS    https://... of an authority of time (RFC 3161) that stamps the daily anchor; default: none
KANAME_PROXY          http://host:3128, the proxy by which webhooks and other organisations' logins leave; default: none
KANAME_LICENCE        address of the terms under which the office hands out its open data; default: none is told
KANAME_WORDS          file of the office's own words, one a line, that no password may hold; default: none
KANAME_OIDC           file of other organisations' logins (see `oidc`)
"""

import os
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from kaname.papers.scanner import checked
from kaname.site import given, logs
from kaname.site.databases import embedded, postgresql
from kaname.site.home import home, secret
from kaname.site.mail import server
from kaname.site.oidc import origins, providers
from kaname.site.outward import proxy
from kaname.site.remedies import texts
from kaname.site.sqlite import take_place

take_place()

ORIGIN = given.origin("KANAME_ORIGIN")
HTTPS = ORIGIN.startswith("https://")
BEHIND_PROXY = given.yes("KANAME_BEHIND_PROXY")

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
    "django.contrib.admin.apps.SimpleAdminConfig",  # own site alone, see access.admin
    "kaname.web",  # first: its templates stand before those that other apps bring
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ninja",
    "kaname.ledger",
    "kaname.access",
    "kaname.desk",
    "kaname.aside",
    "kaname.papers",
    "kaname.consult",
    "kaname.vendors",
    "kaname.registers",
    "kaname.notices",
    "kaname.task",
    "kaname.api",
]
MIDDLEWARE = [
    "kaname.access.gate.headers.Headers",
    "kaname.access.gate.cookies.Cookies",
    "kaname.site.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "kaname.api.frame.ApiFrame",
    "csp.middleware.CSPMiddleware",
    "kaname.access.gate.headers.Methods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kaname.access.gate.sessions.Sessions",
    "kaname.web.language.PersonLanguage",
    "kaname.web.runs.Runs",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kaname.access.gate.resumed.Resumed",
    "allauth.account.middleware.AccountMiddleware",
    "kaname.access.login.told.Told",
    "kaname.access.gate.headers.SameSite",
    "kaname.web.sheet.Workbooks",
    "kaname.access.gate.doors.Doors",
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
if os.environ.get("KANAME_REPLICA_URL"):
    DATABASES["replica"] = postgresql(os.environ["KANAME_REPLICA_URL"], "KANAME_REPLICA_URL")
DATABASE_ROUTERS = ["kaname.ledger.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.Person"
AUTHENTICATION_BACKENDS = ["kaname.access.login.backend.ByPassword"]
PASSWORD_HASHERS = ["kaname.access.login.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kaname.access.login.passwords.Length"},
    {"NAME": "kaname.access.login.passwords.Uncommon"},
    {"NAME": "kaname.access.login.passwords.NotOfTheOffice"},
]
KANAME_WORDS = given.words("KANAME_WORDS")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inbox"
KANAME_LOGOUT = "account_logout"
KANAME_DOORS = "kaname.site.doors.DOORS"
KANAME_PROXIES = 1 if BEHIND_PROXY else 0

SESSION_ENGINE = "kaname.access.gate.store"
SESSION_COOKIE_AGE = 86_400  # a session itself ends far earlier (access.gate.sessions); whose it was is known a day
ACCOUNT_ADAPTER = "kaname.access.login.adapter.Account"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"change_password": "kaname.access.login.change.ChangePassword"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # ours delay and never lock (access.login.throttle)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "kaname.access.login.factors.Factors"
MFA_FORMS = {
    "authenticate": "kaname.access.login.factors.Authenticate",
    "reauthenticate": "kaname.access.login.factors.Reauthenticate",
    "login_webauthn": "kaname.access.login.factors.LoginByKey",
    "authenticate_webauthn": "kaname.access.login.factors.AuthenticateByKey",
    "reauthenticate_webauthn": "kaname.access.login.factors.ReauthenticateByKey",
    "add_webauthn": "kaname.access.login.factors.AddKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by administrators
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # on this machine alone: browsers trust localhost
SOCIALACCOUNT_ADAPTER = "kaname.access.login.organisations.Organisations"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = False
ORGANISATIONS = providers(os.environ["KANAME_OIDC"]) if os.environ.get("KANAME_OIDC") else []
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ORGANISATIONS, "OAUTH_PKCE_ENABLED": True}}

# -- what leaves the office ------------------------------------------------------------------------------------------

_SERVER = server(os.environ.get("KANAME_SMTP", ""))
globals().update(_SERVER)
KANAME_MAIL = bool(_SERVER)
KANAME_MAIL_DOMAIN = urlsplit(ORIGIN).hostname or "localhost"
DEFAULT_FROM_EMAIL = given.sender("KANAME_MAIL_FROM") or f"kaname@{KANAME_MAIL_DOMAIN}"
KANAME_REMEDIES = texts(os.environ.get("KANAME_REMEDIES", ""))
KANAME_CONTACT = texts(os.environ.get("KANAME_CONTACT", ""), "KANAME_CONTACT")
KANAME_CLAMAV = checked(os.environ.get("KANAME_CLAMAV", ""))
KANAME_APPROVAL_HOURS = given.count("KANAME_APPROVAL_HOURS", 24, 168)
KANAME_BULK_ALARM = given.count("KANAME_BULK_ALARM", 200)
KANAME_BULK_STOP = given.count("KANAME_BULK_STOP", 400)
KANAME_WEBHOOK_INSIDE = given.hosts("KANAME_WEBHOOK_INSIDE")
KANAME_TIME_STAMPS = given.address("KANAME_TIME_STAMPS", "https", "http")
KANAME_PROXY = proxy(os.environ.get("KANAME_PROXY", ""))

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

FILE_UPLOAD_HANDLERS = ["kaname.papers.upload.NoFiles"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *origins(ORGANISATIONS)],  # browsers ask this of where a form is sent on to, too
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"  # of pages; docs/adr/0016. What is no page: "no-referrer" (access.gate.headers)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "kaname.web.views.errors.csrf_failure"

# What wraps the keys of sealed values; a key service takes the place of the file by naming its class, which is looked
# for when the ledger is ready (ledger.apps).
KANAME_MASTER_KEYS = os.environ.get("KANAME_MASTER_KEYS", "kaname.ledger.master.FileKeys")

# By which suites partners may seal for this office, and it for them; `p256` alone keeps to the CRYPTREC list.
KANAME_SUITES = given.some("KANAME_SUITES", given.SUITES, ("p256", "x25519"))

# Where the case kinds come from: a mapping of id to kind.
KANAME_KINDS = "kaname.regimes.KINDS"
KANAME_LICENCE = given.address("KANAME_LICENCE", "https", "http")
