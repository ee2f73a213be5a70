"""Notes and lines of checklists go into the circle that their case goes into."""

from kaname.aside import checklist, notes


def moved(case: str) -> None:
    """Within the transaction that moves it (`access.attached`)."""
    notes.seal_again(case)
    checklist.seal_again(case)
