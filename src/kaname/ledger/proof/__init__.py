"""What others hold against the office's own administrator: receipts, anchors, countersignatures.

A chain alone can be computed anew by whoever holds the database. Only what has left the house counts:

    receipts   signed by the office, one for each entry, kept by who filed
    tree       the heads of all cases under one root that tells nothing of them, not even how many
    anchors    that root, once a day, numbered, signed, each naming the one before
    witness    anchors of other offices as they were told here, countersigned, and what contradicts them
    contact    what two offices tell each other of all this, with every bundle or by itself

`kaname_verify`, a program of its own that shares no code with this, checks each of them.
"""
