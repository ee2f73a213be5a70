"""Screenings that are there: a person's own, those that have had their day, those whose key is gone."""

import shutil

from django.db.models import QuerySet
from django.utils import timezone

from kaname.access.models import Person
from kaname.access.vault import Broken
from kaname.desk.models import Screening
from kaname.desk.screenings.places import KEPT, desk, folder


def of(person: Person, public_id: str) -> Screening | None:
    """A screening of that person; another's is not there, nor one that has had its day or whose key is gone."""
    found = _there(person).filter(public_id=public_id).first()
    return found if found and _opens(found) else None


def listed(person: Person) -> list[Screening]:
    return [one for one in _there(person).order_by("-made_at")[:20] if _opens(one)]


def _there(person: Person) -> "QuerySet[Screening]":
    return Screening.objects.filter(person=person, ends_at__gt=timezone.now())


def _opens(one: Screening) -> bool:
    """A database put back from a backup comes without the key: its screenings are lost."""
    try:
        return bool(one.known)
    except Broken:
        return False


def sweep() -> int:
    """Throw away what has had its day or lost its key, the files first; and files whose record is gone."""
    now = timezone.now()
    gone = [one for one in Screening.objects.all() if one.ends_at <= now or not _opens(one)]
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
