"""Documents that travel with their case in a bundle: opened and verified here, encrypted anew where they arrive."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from kaname.days import JST
from kaname.law import T
from kaname.ledger import clock
from kaname.ledger.bundle import BadBundle, Paper
from kaname.ledger.models import Case
from kaname.ledger.rows import instant
from kaname.papers import quarantine, scanner, shelf, vault
from kaname.papers.models import Document


class Travel:
    """See `ledger.attached.Sent`."""

    def packed(self, case: str, references: frozenset[str]) -> Iterator[Paper]:
        for document in Document.objects.filter(case__public_id=case).exclude(claimed_at=None).order_by("public_id"):
            if shelf.reference(document) in references:
                said = shelf.told(document)
                pieces = vault.pieces(document.public_id, bytes.fromhex(said["key"]), document.stored_size)
                yield Paper(document.public_id, instant(document.at), said["name"], document.media_type,
                            said["sha256"], said["salt"], b"".join(pieces))  # fmt: skip

    def unpacked(self, case: str, papers: Sequence[Paper]) -> None:
        """A crash leaves files that no row knows: they are collected (`upkeep`)."""
        found = Case.objects.get(public_id=case)
        held = {d.public_id: d for d in Document.objects.filter(public_id__in=[p.id for p in papers])}
        _within_a_day(papers)
        written: list[str] = []
        try:
            for paper in papers:
                if one := held.get(paper.id):
                    if one.case_id != found.pk or shelf.reference(one) != paper.reference:
                        raise BadBundle(T(f"書類 {paper.id} と同じ番号の別の書類がここにある",
                                          f"another document has the number {paper.id} here"))  # fmt: skip
                    continue
                written.append(paper.id)
                _keep(found, paper)
        except BaseException:
            for id in written:
                vault.path_of(id).unlink(missing_ok=True)
            raise


def _within_a_day(papers: Sequence[Paper]) -> None:
    """No office takes in more of a case on one day, so that none can have as much to send."""
    days = Counter(_at(paper).astimezone(JST).date() for paper in papers)
    if any(files > shelf.MOST_FILES for files in days.values()):
        raise BadBundle(shelf.ENOUGH)


def _at(paper: Paper) -> datetime:
    try:
        return datetime.fromisoformat(paper.at)
    except ValueError:
        raise BadBundle(T(f"書類 {paper.id} の届いた時が暦にない",
                          f"the instant at which document {paper.id} came in is in no calendar")) from None  # fmt: skip


@transaction.atomic
def _keep(case: Case, paper: Paper) -> None:
    """As handed in at the office that sends it: number, salt and digest stay, the key is this office's."""
    if len(paper.content) > shelf.LARGEST or sha256(paper.content).hexdigest() != paper.sha256:
        raise BadBundle(T(f"書類 {paper.id} は受け取れない大きさである", f"document {paper.id} is too large"))
    writer = vault.Writer(paper.id)
    try:
        writer.write(paper.content)
    except BaseException:
        writer.drop()
        raise
    stored = writer.close()
    if stored.media_type == paper.media_type and (why := shelf.out_of_bounds(stored)):
        raise BadBundle(T(f"書類 {paper.id}：{why.ja}", f"document {paper.id}: {why.en}"))
    if stored.media_type != paper.media_type:
        raise BadBundle(T(f"書類 {paper.id} は、言われている種類のものでない、又は受け取れない種類である",
                          f"document {paper.id} is not of the kind it is said to be, or of one not taken"))  # fmt: skip
    said = {"name": shelf.clean(paper.name), "sha256": paper.sha256, "salt": paper.salt, "key": stored.key.hex()}
    Document.objects.create(
        public_id=paper.id, case=case, uploaded_by=None, at=_at(paper),
        media_type=paper.media_type, size=stored.size, stored_size=stored.stored_size,
        stored_sha256=stored.stored_sha256, veiled=paper.veiled,
        commitment=paper.reference.rpartition(":")[2], claimed_at=clock.now(),
        quarantine=quarantine.WAITING if scanner.is_set() else "",
        **shelf.sealed_columns(paper.id, said, case.circle),
    )  # fmt: skip
