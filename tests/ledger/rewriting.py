"""What an administrator with every right over the database could do to a history: compute it anew, cut it off."""

from django.db import connection

from kaname.ledger import anew, digest, guards, reading, store
from kaname.ledger.models import Case, Entry, Standing


def unguarded(office, *statements):
    """Statements past the guards, which then stand as before."""
    if connection.vendor == "postgresql":
        office.superuser("ALTER TABLE ledger_entry DISABLE TRIGGER ALL", *statements)
        office.superuser("ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_no_change")
        return
    with connection.cursor() as cursor:
        for name in ("update", "delete", "replace"):
            cursor.execute(f"DROP TRIGGER IF EXISTS ledger_entry_no_{name}")
        cursor.execute("DROP TRIGGER IF EXISTS ledger_case_no_delete")
        for statement in statements:
            cursor.execute(statement)
    guards.install()


def rewritten(office, case, seq=2, person="another"):
    """The whole history computed anew, another person in the entry `seq`."""
    head = reading.head(case)
    prev, statements = digest.genesis(case, head.kind, head.opened_on), []
    for row in store.rows_of([head.pk])[head.pk]:
        row = row._replace(prev_digest=prev, person=person if row.seq == seq else row.person)
        prev = row.digest_of(case)
        statements.append(
            f"UPDATE ledger_entry SET person = '{row.person}', prev_digest = '{row.prev_digest}', digest = '{prev}' "
            f"WHERE case_id = {head.pk} AND seq = {row.seq}"
        )
    unguarded(office, *statements)
    Case.objects.filter(pk=head.pk).update(head_digest=prev)
    Standing.objects.filter(pk=head.pk).update(head_digest=prev)


def cut_off(office, case, seq, listed=True):
    """Everything after the entry `seq` gone, and (`listed`) the list made to fit."""
    head = reading.head(case)
    tail = f"case_id = {head.pk} AND seq > {seq}"
    unguarded(
        office,
        f"DELETE FROM ledger_sealed WHERE entry_id IN (SELECT id FROM ledger_entry WHERE {tail})",
        f"DELETE FROM ledger_entry WHERE {tail}",
    )
    last = Entry.objects.get(case=head.pk, seq=seq)
    Case.objects.filter(pk=head.pk).update(head_seq=seq, head_digest=last.digest, head_at=last.recorded_at)
    if listed:
        anew.rebuild()
