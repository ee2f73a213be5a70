"""The days on which the rules of the general part changed."""

from datetime import date

IN_FORCE = date(2022, 8, 1)  # Chapter 1; Arts. 2, 6, 60
GUIDELINES_OF_2023 = date(2023, 4, 1)  # Arts. 49, 65
ACT_38_MAIN = date(2026, 9, 18)  # Act No. 38 of 2026; its text was not read (question 14)

VERSIONS = (IN_FORCE, GUIDELINES_OF_2023, ACT_38_MAIN)
