"""Screenings of a docket for one person: begun, run, read a page at a time, answered, taken away, thrown away.

A run reads and writes batch by batch; what was given, encrypted on the disk, lies in clear in memory meanwhile, and is
removed when it has been read. What came out lies in a box whose key goes with the record, a day after it was made at
the latest.
"""

from kaname.desk.screenings.begin import begin, columns_of, is_complete
from kaname.desk.screenings.keep import discard, listed, of, sweep
from kaname.desk.screenings.places import MOST
from kaname.desk.screenings.rows import PAGE, Row, answer, counts, every, page, row
from kaname.desk.screenings.run import is_dead, problem_texts, running, start

__all__ = [
    "MOST",
    "PAGE",
    "Row",
    "answer",
    "begin",
    "columns_of",
    "counts",
    "discard",
    "every",
    "is_complete",
    "is_dead",
    "listed",
    "of",
    "page",
    "problem_texts",
    "row",
    "running",
    "start",
    "sweep",
]
