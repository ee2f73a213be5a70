"""What lies on a person's desk beside the ledger: screenings of a docket, the checklist of management measures.

None of it is a legal act. A screening is its maker's alone and is thrown away after a day; a checklist belongs to a
case and is seen by whoever may see the case.
"""
