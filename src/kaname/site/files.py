"""Scripts, styles and fonts: laid out once at the start, under names that carry a digest of the content."""

from django.conf import settings
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Files(CompressedManifestStaticFilesStorage):
    """Also where one script imports another the name with the digest is put in."""

    support_js_module_import_aggregation = True


def collect() -> None:
    """Lay them out in KANAME_HOME, compressed. A browser keeps each for ever: a new version has a new name."""
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    settings.STATIC_ROOT.chmod(0o700)
