"""Settings of the tests: a key of its own for each run, a throwaway home, invented kinds beside the Act's."""

import os
import secrets
import tempfile

os.environ.setdefault("KANAME_HOME", tempfile.mkdtemp(prefix="kaname-test-"))

from kaname.site.settings import *  # noqa: F403

SECRET_KEY = secrets.token_hex(32)
KANAME_KINDS = os.environ.get("KANAME_TEST_KINDS", "kaname.regimes.KINDS")

# Files as they lie in the packages: tests collect nothing.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True
