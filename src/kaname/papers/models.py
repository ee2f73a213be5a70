"""The table of documents. What a document is called and says lies sealed; the file itself is ciphertext."""

from django.db import models

from kaname.access.models import Person, new_id
from kaname.ledger.models import Case, SealingKey


class Document(models.Model):
    """One file that was handed in. Its bytes never change; what is corrected is handed in anew.

    `case` null: it waits for the act that will name it, and only who handed it in can open it. `claimed_at`: an act
    names it; then it is never collected. `opening`: the key under which that act opens a case, until the case is bound.
    Claimed with neither: it belongs to another room, a vendor's passport.
    `uploaded_by` null: it came from another office with its case.
    `veiled`: a sealed field names it, or none does yet; only who may read what is sealed opens it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="documents")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    media_type = models.CharField(max_length=96)
    size = models.BigIntegerField()
    stored_size = models.BigIntegerField()
    stored_sha256 = models.CharField(max_length=64)  # of the ciphertext: anyone can check it without a key
    commitment = models.CharField(max_length=64)
    key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()  # name, digest, salt and key of the document, under that key
    veiled = models.BooleanField(default=True)
    claimed_at = models.DateTimeField(null=True)
    opening = models.CharField(max_length=128, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("uploaded_by", "at"), name="papers_document_day"),)
