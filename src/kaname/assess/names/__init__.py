"""Screening of names of entities against lists: who is called much like somebody on a list, and why.

`screening.Screen` finds every pair at or above a threshold, `score` states the score, `run` takes whole files. The
modules that search load a compiler and are imported where they are used.
"""

from kaname.assess.names.number import corporate_number
from kaname.assess.names.reading import Kind, Name, Reading, Rule
from kaname.assess.names.score import Match, Scored, jaro_winkler, score
from kaname.assess.names.subjects import Subject

__all__ = [
    "Kind", "Match", "Name", "Reading", "Rule", "Scored", "Subject", "corporate_number", "jaro_winkler", "score",
]  # fmt: skip
