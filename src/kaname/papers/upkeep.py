"""Keeping the vault sound: what nobody needs is collected, what is missing or changed is named, copies are made."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.errors import LedgerError
from kaname.ledger.verify import Fault
from kaname.papers import vault
from kaname.papers.binding import bind_late
from kaname.papers.models import Document

WAITS, PARTS_WAIT = timedelta(days=30), timedelta(days=1)
_MISSING = T("のファイルがない", "has lost its file")
_CHANGED = T("のファイルが変えられた", "has a file that was changed")


@dataclass(slots=True)
class Collected:
    """What was removed: documents that no act has named in thirty days, files that belong to none; bound late."""

    documents: int = 0
    files: int = 0
    bound: int = 0


def collect() -> Collected:
    """Remove what nobody will ask for again. The row first: a file without row is found by the next collection."""
    done = Collected(bound=bind_late())
    for document in Document.objects.filter(claimed_at=None, at__lt=clock.now() - WAITS):
        removed, _ = Document.objects.filter(pk=document.pk, claimed_at=None).delete()
        if removed:
            vault.path_of(document.public_id).unlink(missing_ok=True)
            done.documents += 1
    before = clock.now() - PARTS_WAIT
    for path in list(vault.folder().iterdir()):
        late = datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
        if late and not Document.objects.filter(public_id=path.name).exists():
            path.unlink(missing_ok=True)
            done.files += 1
    return done


def faults() -> list[Fault]:
    """Documents whose ciphertext is missing or is not what came in. Asks for no key."""
    found = []
    for document in Document.objects.select_related("case").order_by("pk").iterator():
        digest = vault.stored_digest(document.public_id)
        if digest != document.stored_sha256:
            what = _MISSING if digest is None else _CHANGED
            text = T(f"書類 {document.public_id} {what.ja}", f"document {document.public_id} {what.en}")
            found.append(Fault(document.case.public_id if document.case else "", 0, text))
    return found


# -- copies ----------------------------------------------------------------------------------------------------------


def beside(backup: Path) -> Path:
    """Where the documents of a backup lie: beside its file."""
    return backup.with_name(f"{backup.name}.documents.tar")


def pack(path: Path) -> int:
    """Copy every ciphertext into one file; returns how many. No file where there is no document.

    After the database has been copied: a document's file is always there before its row.
    """
    files = sorted(p for p in vault.folder().iterdir() if vault.ID.fullmatch(p.name))
    if not files:
        return 0
    if path.exists():
        raise LedgerError(T(f"{path} はすでにある；新しい名を", f"{path} exists; expected a new name"))
    part = path.with_name(path.name + ".part")
    try:
        part.touch(mode=0o600)
        with tarfile.open(part, "w") as tar:
            for file in files:
                tar.add(file, arcname=file.name, recursive=False)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return len(files)


def unpack(path: Path) -> int:
    """Put back the ciphertexts that are missing here; returns how many. None is overwritten: their bytes never change.

    Names that are not ids of documents are passed over. Raises LedgerError where the file is no copy.
    """
    if not path.exists():
        return 0
    try:
        with tarfile.open(path, "r:") as tar:
            return sum(_put_back(tar, one) for one in _members(tar))
    except (tarfile.TarError, OSError) as error:
        raise LedgerError(T(f"{path} は書類の写しでない（{error}）",
                            f"{path} is no copy of documents: {error}")) from None  # fmt: skip


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    return (one for one in tar if one.isreg() and vault.ID.fullmatch(one.name))


def _put_back(tar: tarfile.TarFile, one: tarfile.TarInfo) -> bool:
    target = vault.path_of(one.name)
    content = tar.extractfile(one)
    if target.exists() or content is None:
        return False
    part = target.with_name(f"{one.name}.part")
    with part.open("wb") as file:
        part.chmod(0o600)
        while piece := content.read(1 << 20):
            file.write(piece)
    part.replace(target)
    return True
