"""The days on which the rules of Chapter 3 changed. An act is judged by the rules of its day, not by those of today."""

from datetime import date

DESIGNATION = date(2023, 11, 1)  # Arts. 50, 51, 58, 59
REVIEW = date(2023, 11, 17)  # Arts. 52 to 57
FIRST_GRACE_OVER = date(2024, 5, 17)  # the filing duty bites for the operators designated first
PORTS = date(2025, 4, 1)  # Act No. 28 of 2024: general port transport
ACT_38_FIRST = date(2026, 7, 17)  # Act No. 38 of 2026, first part; its effect on Art. 53 is not known (question 303)
ACT_38_MAIN = date(2026, 9, 18)  # Act No. 38 of 2026: wider scope of Art. 52, no grace for successors (question 320)

IN_FORCE = DESIGNATION
VERSIONS = (DESIGNATION, REVIEW, FIRST_GRACE_OVER, PORTS, ACT_38_FIRST, ACT_38_MAIN)
