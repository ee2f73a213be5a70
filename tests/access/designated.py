"""A case under designation (保全指定), with canaries in its title and in a document."""

from dataclasses import replace
from pathlib import Path

from access.folk import key, recorded
from kaname.access.models import Compartment, Person, Placement, new_id
from kaname.ledger import perform
from kaname.ledger.models import Case
from kaname.papers import shelf, vault
from kaname.papers.models import Document
from walks import read_ledger

KIND = "patents.application"
TITLE = "カナリアの推進装置"
WORDS = "カナリアの明細書 canary-words"
_LIFE = Path(__file__).parents[1] / "patents" / "cases" / "c5_05_full_life.jsonl"
_DESIGNATED = 8  # entries of that life up to the designation


def designated(room: Compartment | None = None, entries: int = _DESIGNATED) -> Case:
    """The first entries of a worked life, in a compartment from its first moment where one is named."""
    first, *rest = read_ledger(_LIFE)[:entries]
    first = replace(first, data={**first.data, "title": TITLE}, party="架空社", by="applicant")

    def put(case: int) -> None:
        Placement.objects.create(case_id=case, compartment=room)

    receipt = recorded(perform.open_case(
        KIND, first, idempotency_key=key(), series=room.public_id if room else "", beside=put if room else None,
    ))  # fmt: skip
    for entry in rest:
        recorded(perform.perform(receipt.case, entry, idempotency_key=key()))
    return Case.objects.get(public_id=receipt.case)


def document(case: Case, by: Person, words: str = WORDS) -> str:
    """A text among the papers of a case; its id. It lies under a veil: a sealed field names it."""
    writer = vault.Writer(new_id())
    writer.write(words.encode())
    paper = shelf.keep(by, writer.close(), "図面.txt", case.public_id)
    Document.objects.filter(public_id=paper.id).update(claimed_at="2026-01-01T00:00:00Z", veiled=True)
    return paper.id
