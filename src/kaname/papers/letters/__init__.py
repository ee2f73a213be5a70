"""Letters and filings on paper: any recorded act as a document, drawn from its declaration and the ledger alone.

    letter(person, case, seq, lang) -> Letter        pdf(letter) -> bytes
    whole(person, case, seq, lang) -> Letter         with what is sealed; each reading is logged
    draft(person, case, entry, lang) -> Letter       of an act that is not recorded yet; marked as a draft

    select(person, kind, act) -> wanted    archive(person, wanted, out)    joined(person, wanted, out)    many at once
    together(write) -> the file that one of the two has written
    issue(person, case, seq) -> Issued      issued(person, case) -> list      again(person, case, seq) -> the same bytes

Nothing is typed anew: who, to whom, on what basis, what it says and which periods it begins stand in the entry, the
declaration and the standing. The same entry gives the same bytes whenever it is printed.
"""

from kaname.papers.letters.compose import Letter, draft, letter, whole
from kaname.papers.letters.faults import faults
from kaname.papers.letters.issuing import Issued, NotIssued, again, issue, issued
from kaname.papers.letters.many import Printed, Wanted, archive, joined, select, together
from kaname.papers.letters.sheet import pdf, pngs

__all__ = [
    "Issued", "Letter", "NotIssued", "Printed", "Wanted", "again", "archive", "draft", "faults", "issue", "issued",
    "joined", "letter", "pdf", "pngs", "select", "together", "whole",
]  # fmt: skip
