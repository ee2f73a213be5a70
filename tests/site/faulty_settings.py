"""The office's settings with addresses that fail."""

from kaname.site.settings import *  # noqa: F403

ROOT_URLCONF = "faulty_urls"
KANAME_DOORS = "faulty_urls.DOORS"
