"""What people keep beside the cases: notes, checklists with ticks, and each person's own choices.

None of it is a legal act or part of the ledger. Notes and own lines are sealed at rest like the sealed fields of the
case; who may not know of the case finds nothing here either.
"""
