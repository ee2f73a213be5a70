"""Who reads which document: a reader takes its turn with a lease, and one that dies gives the document back.

A reading ends long before its lease (a child is not waited for so long), so that nobody renews it. A document over
which three readers have died is read by none any more: what its page says then is `texts.WHY["ended"]`.
"""

from datetime import timedelta

from django.db.models import F, Q, QuerySet

from kaname.ledger import clock
from kaname.papers.models import Document, Turn

LEASE = timedelta(seconds=60)
MOST = 3  # readers that may die over one document


def free() -> "QuerySet[Document]":
    """Documents that wait for a reader, the oldest first."""
    waiting = Document.objects.filter(content=None, case__isnull=False, quarantine="")
    now = clock.now()
    over = Q(turn__until__lte=now) | Q(turn__until__gt=now + LEASE + clock.DIFFERENCE)
    return waiting.filter(Q(turn=None) | over).order_by("pk")


def take(document: Document) -> int:
    """Take a document for one reading: the how manieth turn it is; 0 where another was faster."""
    now = clock.now()
    Turn.objects.bulk_create([Turn(document=document, until=now)], ignore_conflicts=True)
    over = Q(until__lte=now) | Q(until__gt=now + LEASE + clock.DIFFERENCE)
    mine = Turn.objects.filter(over, document=document).update(until=now + LEASE, tries=F("tries") + 1)
    return Turn.objects.filter(document=document).values_list("tries", flat=True).first() or 0 if mine else 0


def done(document: Document) -> None:
    """It was read."""
    Turn.objects.filter(document=document).delete()


def back(document: Document) -> None:
    """It could not be read for now (its file is away): no reader has died, and it is asked for again after a lease."""
    Turn.objects.filter(document=document, tries__gt=0).update(tries=F("tries") - 1)
