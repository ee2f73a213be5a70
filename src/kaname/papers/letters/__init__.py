"""Letters and filings on paper: any recorded act as a document, drawn from its declaration and the ledger alone.

    letter(person, case, seq, lang) -> Letter        pdf(letter) -> bytes
    whole(person, case, seq, lang) -> Letter         with what is sealed; each reading is logged
    draft(person, case, entry, lang) -> Letter       of an act that is not recorded yet; marked as a draft

Nothing is typed anew: who, to whom, on what basis, what it says and which periods it begins stand in the entry, the
declaration and the standing. The same entry gives the same bytes whenever it is printed.
"""

from kaname.papers.letters.compose import Letter, draft, letter, whole
from kaname.papers.letters.sheet import pdf, pngs

__all__ = ["Letter", "draft", "letter", "pdf", "pngs", "whole"]
