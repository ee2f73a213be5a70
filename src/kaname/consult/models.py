"""What stands beside the ledgers: which case is about which, and which levels an authority signs by."""

from django.db import models

from kaname.access.models import Person
from kaname.ledger.models import Case


class Link(models.Model):
    """A case is about another: an inquiry about the case that it asks of, an opinion about its inquiry.

    In no ledger and no bundle: who may know of the one need not know of the other. `act`: the act of the other case
    that waits for it, where the law makes the consultation a gate.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="+")
    about = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=128, blank=True, default="")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)


class Route(models.Model):
    """The levels by which an authority signs its opinions, from below: ids of grades, separated by spaces."""

    authority = models.CharField(max_length=256, unique=True)
    grades = models.CharField(max_length=512)
