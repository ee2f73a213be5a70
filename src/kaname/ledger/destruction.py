"""Destroying what a circle has sealed, beyond recovery: its master goes, and with it every copy's way to the values.

The note of it (`destroyed`) is written first, then the master of the circle is destroyed, then the values are taken out
of the database and the wrapped keys are emptied. Stopped anywhere, `finish` goes on; it is called at each start.

Entries, commitments and the chain stay: the record that something was there, and that it was destroyed.
"""

from django.db import transaction

from kaname.ledger import clock, destroyed, key_book
from kaname.ledger.destroyed import Note
from kaname.ledger.master import masters
from kaname.ledger.models import Sealed, SealingKey
from kaname.ledger.rows import instant


def destroy(circle: str, by: str, confirmed_by: str, reason: str) -> Note:
    """Who may, and that they are two, the caller has asked. `by`, `confirmed_by`: public ids of people."""
    note = Note(circle, instant(clock.now()), by, confirmed_by, reason)
    destroyed.write(note)
    finish()
    held = destroyed.of(circle)
    assert held is not None
    return held


def finish() -> int:
    """What a note says is done, and what an old backup has brought back is done again; how many values were taken."""
    return sum(_finish(note) for note in destroyed.all_())


def _finish(note: Note) -> int:
    masters().destroy(note.circle)
    with transaction.atomic():
        taken = Sealed.objects.filter(key__circle=note.circle).update(key=None, value=None)
        SealingKey.objects.filter(circle=note.circle).exclude(wrapped=b"").update(wrapped=b"")
        if not any(line.data.get("circle") == note.circle for line in key_book.lines("destroyed")):
            key_book.write("destroyed", **note._asdict())
    return taken
