"""Settings of the tests: a key of its own for each run, a throwaway home, invented kinds beside the Act's."""

import os
import secrets
import tempfile

os.environ.setdefault("KANAME_HOME", tempfile.mkdtemp(prefix="kaname-test-"))

from kaname.access.login.hashing import Argon2
from kaname.site.settings import *  # noqa: F403

SECRET_KEY = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(32)  # workers open what another has kept
KANAME_KINDS = os.environ.get("KANAME_TEST_KINDS", "kaname.regimes.KINDS")

# Files as they lie in the packages: tests collect nothing.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True

# A password costs a fifth of a second by intent; a suite that logs in a thousand times takes the same hash, cheaply.
PASSWORD_HASHERS = ["kaname.site.settings_test.CheapArgon2"]


class CheapArgon2(Argon2):
    time_cost, memory_cost, parallelism = 1, 8, 1
