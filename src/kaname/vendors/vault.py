"""Content of vendors under sealing keys: disclosures, drafts, plans in preparation, notes. One circle for all of them.

A blob opens only for the purpose it was sealed for: moved to another vendor or version it is refused.
"""

from typing import Any

from kaname.ledger import sealing
from kaname.ledger.digest import SALT_BYTES, commitment, new_salt
from kaname.ledger.strict_json import canonical, loads
from kaname.vendors.models import Draft, Note, Preparation, Vendor, Version

CIRCLE = "vendors"


def seal(purpose: str, value: Any) -> dict[str, Any]:
    """The columns `sealed` and `key_id` for a value that JSON can hold."""
    return _columns(purpose, canonical(value).encode())


def open_draft(draft: Draft) -> Any:
    return _opened(draft_of(draft.vendor), draft.sealed)


def open_preparation(preparation: Preparation) -> Any:
    return _opened(preparation_of(preparation.public_id), preparation.sealed)


def open_note(note: Note) -> str:
    return str(_opened(note_of(note.vendor), note.sealed))


def seal_version(vendor: Vendor, number: int, value: Any) -> dict[str, Any]:
    """The same with `commitment`; the salt lies sealed with the value, so that the digest gives nothing away."""
    salt, plain = new_salt(), canonical(value).encode()
    columns = _columns(version_of(vendor, number), salt + plain)
    return {**columns, "commitment": commitment(salt, "passport", plain)}


def open_version(version: Version) -> Any:
    """Raises CannotOpen, KeysMissing."""
    plain = sealing.open_text(version_of(version.vendor, version.number), bytes(version.sealed))
    return loads(plain[SALT_BYTES:])


def _columns(purpose: str, plain: bytes) -> dict[str, Any]:
    blob = sealing.seal_text(purpose, plain, CIRCLE)
    return {"sealed": blob, "key_id": sealing.key_of(blob)}


def _opened(purpose: str, blob: Any) -> Any:
    return loads(sealing.open_text(purpose, bytes(blob)))


# -- purposes ---------------------------------------------------------------------------------------------------------


def draft_of(vendor: Vendor) -> str:
    return f"vendor-draft/{vendor.public_id}"


def version_of(vendor: Vendor, number: int) -> str:
    return f"vendor-version/{vendor.public_id}/{number}"


def preparation_of(public_id: str) -> str:
    return f"plan-preparation/{public_id}"


def note_of(vendor: Vendor) -> str:
    return f"vendor-note/{vendor.public_id}"
