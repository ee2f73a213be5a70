"""The tables of documents and of papers issued. What a document is called and says lies sealed; the file itself is
ciphertext."""

from django.db import models

from kaname.access.models import Office, Person, new_id
from kaname.ledger.models import Case, SealingKey


class Document(models.Model):
    """One file that was handed in. Its bytes never change; what is corrected is handed in anew.

    `case` null: it waits for the act that will name it, and only who handed it in can open it. `claimed_at`: an act
    names it; then it is never collected. `opening`: the key under which that act opens a case, until the case is bound.
    Claimed with neither: it belongs to another room, a vendor's passport.
    `uploaded_by` null: it came from another office with its case.
    `quarantine`: why nobody opens it, "" where nothing stands against it (see the module of that name).
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
    quarantine = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("uploaded_by", "at"), name="papers_document_day"),)


class Content(models.Model):
    """What a child has read in a document, sealed as the document is: its text by pages, or why there is none.

    `tokens`: what the index knows of the text, sealed; null where there is no text. `block`: that of the index which
    holds them; until it is put into one, a search looks into `tokens` itself.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="content")
    key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    circle = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField()
    tokens = models.BinaryField(null=True)
    block = models.ForeignKey("Block", on_delete=models.SET_NULL, null=True, related_name="contents")

    class Meta:
        indexes = (models.Index(fields=("circle", "block"), name="papers_content_tail"),)


class Turn(models.Model):
    """A reader has taken a document, until when, and how often one has (see `turns`)."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, primary_key=True, related_name="turn")
    until = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)


class Picture(models.Model):
    """A page of a document for a list of pages, sealed as the document is. Made when it is first asked for."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    page = models.IntegerField()
    sealed = models.BinaryField()
    key = models.ForeignKey(SealingKey, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "page"), name="papers_picture_page"),)


class IndexKey(models.Model):
    """Under what the tokens of a circle are made: a random key, sealed under that of the circle."""

    circle = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()


class Block(models.Model):
    """A part of the index: some thousand documents of a circle by the rows that stand for them. `stale`: one has left,
    it is to be made anew."""

    circle = models.CharField(max_length=64, blank=True, db_index=True)
    documents = models.BinaryField()
    stale = models.BooleanField(default=False)


class Bucket(models.Model):
    """The documents of a block in which some tokens stand, sealed. Which tokens share a bucket only the key tells."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="buckets", db_index=False)
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("block", "number"), name="papers_bucket_number"),)


class Issue(models.Model):
    """A number (文書番号) of the series of an office and a year, and the paper that bears it: once, without gaps.

    `of`: the entry that the paper says; `upon`: the last correction or annulment that it takes in (0: none). `entry`
    null: the number is given and the paper is not on record yet; the next issue of that act takes it up.
    """

    series = models.CharField(max_length=64)
    number = models.IntegerField()
    name = models.CharField(max_length=128)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="issues")
    of = models.IntegerField()
    upon = models.IntegerField()
    whole = models.BooleanField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.IntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("series", "number"), name="papers_issue_number"),
            models.UniqueConstraint(fields=("case", "of", "upon", "whole"), name="papers_issue_once"),
        )
