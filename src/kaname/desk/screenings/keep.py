"""Screenings that are there: a person's own, those that have had their day, those whose key is gone."""

import shutil

from django.utils import timezone

from kaname.access.models import Person
from kaname.access.vault import Broken
from kaname.desk.models import Screening
from kaname.desk.screenings.places import KEPT, desk, folder


def of(person: Person, public_id: str) -> Screening | None:
    """A screening of that person; another's is not there, nor one whose key is gone."""
    sweep()
    found = Screening.objects.filter(person=person, public_id=public_id).first()
    return found if found and _opens(found) else None


def listed(person: Person) -> list[Screening]:
    sweep()
    return [one for one in Screening.objects.filter(person=person).order_by("-made_at")[:20] if _opens(one)]


def _opens(one: Screening) -> bool:
    """A database put back from a backup comes without the key: its screenings are lost, and thrown away."""
    try:
        return bool(one.known)
    except Broken:
        discard(one)
        return False


def sweep() -> int:
    """Throw away what has had its day, the files first; and files whose record is gone."""
    gone = list(Screening.objects.filter(ends_at__lte=timezone.now()))
    for one in gone:
        discard(one)
    oldest = (timezone.now() - KEPT).timestamp()
    for place in desk().glob("*"):
        if place.stat().st_mtime < oldest and not Screening.objects.filter(public_id=place.name).exists():
            shutil.rmtree(place, ignore_errors=True)
    return len(gone)


def discard(one: Screening) -> None:
    shutil.rmtree(folder(one), ignore_errors=True)
    one.delete()
