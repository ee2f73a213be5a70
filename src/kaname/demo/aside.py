"""What invented people keep beside an invented case: notes, one of which names a colleague, and a checklist."""

from kaname.access import api as access
from kaname.access.models import Person
from kaname.aside import checklist, notes

_KIND = "patents.application"


def furnish(attorney: Person, jpo: Person) -> None:
    """Notes and ticks on the newest application that both may see."""
    row = access.cases(attorney, _KIND).order_by("-case_id").first()
    if row is None:
        return
    case = row.case.public_id
    notes.write(
        attorney,
        case,
        f"出願人に電話で確かめました。回答は来週の見込みです。@{jpo.name} さんへ共有します。",
        shared=True,
    )
    notes.write(attorney, case, "請求項の補正を先に検討すること。")
    checklist.want(attorney, _KIND, "委任状の日付を確かめる")
    checklist.want(attorney, _KIND, "発明者に外国出願の予定を尋ねる")
    key = checklist.add(attorney, case, "出願人の担当者の連絡先を確かめる")
    checklist.tick(attorney, case, key, True)
