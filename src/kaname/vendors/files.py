"""The papers behind a vendor's certificates: handed in by the vendor, opened by whoever may read that part of it.

They lie in the vault of documents under the vendors' own circle, and are handed out by these doors alone. Whoever opens
one leaves a line in the log of readings before the first byte.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from kaname.access.errors import NotAllowed, Unknown, Unproved
from kaname.access.models import Person
from kaname.access.sealed import log_read, log_read_about, may_reveal
from kaname.files.problems import Problem
from kaname.law import T
from kaname.ledger import clock
from kaname.papers import shelf, upload
from kaname.papers.models import Document
from kaname.papers.shelf import Opened, Paper
from kaname.regimes.infrastructure.filing import record
from kaname.regimes.infrastructure.filing.disclosure import Certificate, Disclosure
from kaname.vendors import vault
from kaname.vendors.models import File, Vendor
from kaname.vendors.rights import asked, filed_uses, own_preparation, own_vendor, reads_sealed_of
from kaname.vendors.uses import is_open, said_in, uses_of

_NOT_YOURS = T("このファイルは預かっていない。もう一度添えて", "there is no such file of yours; attach it again")
_VEILED = T("供給者が行政機関だけに開示した書類", "the vendor has given this paper to the authority alone")
_SEALED = T("封緘された書類を読む権限がない。管理者に求めて",
            "you may not read what is sealed here; ask an administrator for that right")  # fmt: skip


# -- handed in --------------------------------------------------------------------------------------------------------


def hand_in(person: Person, vendor: str, arrived: upload.Arrived) -> Paper:
    """Keep a file of a form for a certificate; the draft that names it keeps it. Raises Unknown, NotTaken."""
    found = own_vendor(person, vendor)
    return _belongs(found, upload.keep(person, arrived, circle=vault.CIRCLE))


def take(person: Person, vendor: str, stream: upload.Bytes, name: str) -> Paper:
    """The same of a file that comes as the body of a request, or from a disk. Raises Unknown, NotTaken."""
    found = own_vendor(person, vendor)
    return _belongs(found, upload.take(person, stream, name, circle=vault.CIRCLE))


def _belongs(vendor: Vendor, paper: Paper) -> Paper:
    File.objects.create(vendor=vendor, document=Document.objects.get(public_id=paper.id))
    return paper


def handed_in(person: Person, vendor: str) -> list[Paper]:
    """The files of one's own vendor, the newest first. Raises Unknown."""
    rows = own_vendor(person, vendor).files.select_related("document__uploaded_by").order_by("-pk")
    return [shelf.paper_of(row.document) for row in rows[:500]]


def named(data: Any) -> dict[str, str]:
    """The references in a draft or a disclosure as plain data, by the paths that hold them."""
    lines = data.get("certificates") if isinstance(data, dict) else None
    lines = lines if isinstance(lines, list) else []
    told = ((n, line.get("file")) for n, line in enumerate(lines, 1) if isinstance(line, dict))
    return {f"certificates[{n}].file": ref for n, ref in told if isinstance(ref, str) and record.FILE.fullmatch(ref)}


def missing(vendor: Vendor, data: Any) -> list[Problem]:
    """References that are of no file of this vendor, by their paths."""
    references = named(data)
    held = {shelf.reference(row.document) for row in _rows(vendor, references.values())}
    return [Problem("", 0, path, _NOT_YOURS) for path, ref in references.items() if ref not in held]


def settle(vendor: Vendor, data: Any, keep: bool = False) -> None:
    """The files that a draft names are not collected; those that it let go are, after a while, unless a version names
    them. `keep`: the draft becomes a version."""
    rows = _rows(vendor, named(data).values())
    here = [row.document_id for row in rows]
    Document.objects.filter(pk__in=here, claimed_at=None).update(claimed_at=clock.now())
    loose = vendor.files.filter(kept=False).exclude(document__in=here).values("document")
    Document.objects.filter(pk__in=loose).update(claimed_at=None)
    if keep:
        vendor.files.filter(document__in=here).update(kept=True)


def _rows(vendor: Vendor, references: Iterable[str]) -> list[File]:
    ids = {ref.split(":")[1] for ref in references}
    return list(vendor.files.select_related("document").filter(document__public_id__in=ids)) if ids else []


# -- opened -----------------------------------------------------------------------------------------------------------


def open_own(person: Person, vendor: str, file: str, door: str = "own") -> Opened:
    """A file that one's own vendor has handed in. Raises Unknown, CannotOpen."""
    found = own_vendor(person, vendor)
    opened = shelf.opened(_document(found, file))
    log_read_about(person, f"vendor {found.public_id}", f"file {file}", door)
    return opened


def open_in_preparation(
    person: Person, preparation: str, vendor: str, file: str, door: str = "plan", proved: bool = True
) -> Opened:  # fmt: skip
    """A file of a passport that stands in an operator's plan: while the vendor consents, and as far as it does; one
    about people also only for who may read what is sealed. Raises Unknown, NotAllowed, Unproved, CannotOpen."""
    found = own_preparation(person, preparation)
    use = next((u for u in uses_of(found) if u.vendor.public_id == vendor), None)
    if use is None or not is_open(use):
        raise Unknown
    certificate = _certificate(said_in(use), file)
    veil = use.consent.veil
    if "certificates" in veil or (not certificate.is_open and "officers" in veil):
        raise NotAllowed(_VEILED)
    if not certificate.is_open and not reads_sealed_of(person, found.operator):
        raise NotAllowed(_SEALED)
    if not certificate.is_open and not proved:
        raise Unproved
    opened = shelf.opened(_document(use.vendor, file))
    log_read_about(person, f"vendor {vendor}", f"file {file} in plan {found.public_id}", door)
    return opened


def open_in_case(
    person: Person, case: str, vendor: str, number: int, file: str, door: str = "vendor page", proved: bool = True
) -> Opened:  # fmt: skip
    """A file of a passport with which a plan was filed, for the authority; a veiled one, and one about people, only for
    who may read what is sealed. Raises Unknown, NotAllowed, Unproved, CannotOpen."""
    at = Q(case__public_id=case, vendor__public_id=asked(vendor), version__number=number)
    use = filed_uses(person).filter(at).select_related("vendor", "version__vendor", "consent", "case").first()
    if use is None or use.case is None:
        raise Unknown
    certificate = _certificate(said_in(use), file)
    sealed = "certificates" in use.consent.veil or not certificate.is_open
    if sealed and not may_reveal(person, use.case):
        raise NotAllowed(_SEALED)
    if sealed and not proved:
        raise Unproved
    opened = shelf.opened(_document(use.vendor, file))
    log_read(person, use.case, f"passport file {file}", door)
    return opened


def file_id(reference: str) -> str:
    """The id in a reference, "" where there is none."""
    found = record.FILE.fullmatch(reference)
    return found[1] if found else ""


def _certificate(said: Disclosure, file: str) -> Certificate:
    found = next((c for c in said.certificates if file and file_id(c.file) == file), None)
    if found is None:
        raise Unknown
    return found


def _document(vendor: Vendor, file: str) -> Document:
    row = vendor.files.select_related("document").filter(document__public_id=asked(file)).first()
    if row is None:
        raise Unknown
    document: Document = row.document
    return document
