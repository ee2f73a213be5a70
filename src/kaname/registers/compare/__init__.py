"""What changed (何が変わったか) between two days: law, designations, cases, money, dates, figures.

    compare(before, after, person) -> Comparison          page_of(comparison) -> Page

A change is one value on the one day and on the other, so that looking back gives the same with both sides exchanged.
"""

from kaname.registers.compare.as_data import as_data
from kaname.registers.compare.model import Change, Comparison, Subject
from kaname.registers.compare.page import page_of
from kaname.registers.compare.run import compare

__all__ = ["Change", "Comparison", "Subject", "as_data", "compare", "page_of"]
