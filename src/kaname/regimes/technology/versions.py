"""The days on which the rules of Chapter 4 changed. An act is judged by the rules of its day, not by those of today."""

from datetime import date

IN_FORCE = date(2022, 8, 1)  # Chapter 4
FIRST_VISION = date(2022, 9, 16)  # 27 technologies
SECOND_VISION = date(2023, 8, 28)  # 23 more
CUSTODY = date(2025, 6, 1)  # the penalty renamed in Art. 95
ACT_38_PROGRAMME = date(2026, 7, 17)  # the part of Act No. 38 of 2026 on the K Program; not read (question 402)
REVISED_GUIDELINE = date(2026, 9, 11)  # reported; not seen (question 402)

VERSIONS = (IN_FORCE, FIRST_VISION, SECOND_VISION, CUSTODY, ACT_38_PROGRAMME, REVISED_GUIDELINE)
