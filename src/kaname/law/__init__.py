"""The law as data: texts in two languages, provisions, dated values, the index of articles, the penalty table."""

from kaname.law.articles import ARTICLES, CHAPTERS, Article, Chapter, article
from kaname.law.commencement import AMENDMENTS, GROUPS, PROMULGATED, Amendment, Group, amendments, in_force, versions
from kaname.law.dated import Confidence, Dated, DatedTable, Version
from kaname.law.penalties import penalties_for, penalty
from kaname.law.penalty_table import PENALTIES
from kaname.law.provision import Bases, Basis, Law, Practice, Provision, Shared, Silence, cited, parse, shared, under
from kaname.law.sanctions import RULES, Combination, Kind, Penalty, Rule
from kaname.law.text import Lang, T, Text

__all__ = [
    "AMENDMENTS",
    "ARTICLES",
    "CHAPTERS",
    "GROUPS",
    "PENALTIES",
    "PROMULGATED",
    "RULES",
    "Amendment",
    "Article",
    "Bases",
    "Basis",
    "Chapter",
    "Combination",
    "Confidence",
    "Dated",
    "DatedTable",
    "Group",
    "Kind",
    "Lang",
    "Law",
    "Penalty",
    "Practice",
    "Provision",
    "Rule",
    "Shared",
    "Silence",
    "T",
    "Text",
    "Version",
    "amendments",
    "article",
    "cited",
    "in_force",
    "parse",
    "penalties_for",
    "penalty",
    "shared",
    "under",
    "versions",
]
