"""Scripts, styles and fonts: laid out once a version, under names that carry a digest of the content."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from kaname.site.home import home

# What other apps bring for pages that this office does not have: the API has no viewer here, the file of docs/ serves.
UNUSED = ("ninja/*",)


class Files(CompressedManifestStaticFilesStorage):
    """Also where one script imports another the name with the digest is put in."""

    support_js_module_import_aggregation = True


def collect() -> None:
    """Lay them out in KANAME_HOME, compressed. A browser keeps each for ever: a new version has a new name.

    Four seconds of work: left out where what is laid out was made of the same files.
    """
    mark, made_of = home() / "static.sha256", _made_of()
    if mark.exists() and mark.read_text() == made_of and settings.STATIC_ROOT.is_dir():
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=list(UNUSED))
    settings.STATIC_ROOT.chmod(0o700)
    mark.write_text(made_of)


def _made_of() -> str:
    """A digest of the files as they lie in the packages: where, how large, and when last written."""
    paths = sorted(storage.path(name) for finder in get_finders() for name, storage in finder.list(list(UNUSED)))
    stats = [(path, (at := Path(path).stat()).st_size, at.st_mtime_ns) for path in paths]
    return sha256(repr(stats).encode()).hexdigest()
