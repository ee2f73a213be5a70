"""The front door of documents for pages, API and jobs.

@uploads   request.FILES[..]   keep(person, arrived, case="") -> Paper (its `reference` goes into the field)
take(person, stream, name, case="") -> Paper: the same of a file that comes as the body of a request
papers(person, case), handed_in(person, ids) -> list
fetch(person, id) -> Opened, its reading written down before the first byte
find(person, words, limit) -> Found: documents by what stands in them, only what the person may open (`texts`)
What an act names is claimed and bound by the act itself, whichever door it comes through (`binding`).
"""

from kaname.papers.shelf import LARGEST, NotTaken, Opened, Paper, fetch, handed_in, papers
from kaname.papers.texts import Found, Hit, find
from kaname.papers.upload import Arrived, keep, take, uploads

__all__ = [
    "LARGEST", "Arrived", "Found", "Hit", "NotTaken", "Opened", "Paper", "fetch", "find", "handed_in", "keep", "papers",
    "take", "uploads",
]  # fmt: skip
