"""Settings of an office. Nothing to set for a start: data and keys live in KANAME_HOME, the database is embedded.

KANAME_HOME           folder of data and keys (default: `kaname` in the user's data folder)
KANAME_DATABASE_URL   postgresql://... moves the office to PostgreSQL
"""

import os

from kaname.site.databases import embedded, postgresql
from kaname.site.home import home, secret
from kaname.site.sqlite import take_place

take_place()

SECRET_KEY = secret("secret_key").hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INSTALLED_APPS = ["kaname.ledger"]
MIDDLEWARE: list[str] = []
DATABASES = {
    "default": postgresql(os.environ["KANAME_DATABASE_URL"])
    if os.environ.get("KANAME_DATABASE_URL")
    else embedded(home() / "kaname.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"  # the legal day is the Tokyo day
USE_TZ = True

# Where the case kinds come from: a mapping of id to kind.
KANAME_KINDS = "kaname.regimes.KINDS"
