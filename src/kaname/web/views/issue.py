"""Issuing the paper together with the act: looked at on the check page, made when the act is on record."""

from django.http import HttpRequest

from kaname.ledger.errors import LedgerError
from kaname.ledger.judging import Receipt
from kaname.papers import inventory, letters
from kaname.procedure.index import index
from kaname.typeset import Unprintable
from kaname.web.forms.form import Form, Read


def offered(form: Form) -> bool:
    """Whether the act of a form is a notice that somebody is sent; of a case that is there."""
    of = index(form.standing.kind).acts.get(form.place.act)
    return form.seen is not None and of is not None and inventory.sort_of(form.standing.kind.id, of.name).notice


def before(request: HttpRequest, form: Form, read: Read) -> None:
    """Raises NotIssued where the paper could not be printed: then the act is not recorded either."""
    if form.seen is None or not offered(form):
        return
    try:
        letters.pdf(letters.draft(request.user, form.seen.case.public_id, read.entry, "ja"))
    except Unprintable as wrong:
        raise letters.NotIssued(wrong.text) from None


def after(request: HttpRequest, done: Receipt) -> None:
    """The act is on record, whatever happens now: a paper that did not go out is offered among the papers."""
    try:
        letters.issue(request.user, done.case, done.seq)
    except (letters.NotIssued, Unprintable, LedgerError):
        return
