"""`kaname demo-office`: fill an empty office with invented people and cases, and say who may log in."""

from kaname.cli import show
from kaname.cli.group import bilingual
from kaname.cli.language import said
from kaname.cli.office import migrate, office
from kaname.law import T

_ABOUT = T(
    "空の事務所に、架空の人と約400件の事件（特許出願の非公開、基幹インフラの審査、供給確保計画、重要技術のあらゆる状態）を入れる。事件や人のいる所では断る。",
    "Fill an empty office with invented people and about 400 cases in every state of the non-disclosure of patent "
    "applications, the review of critical infrastructure, supply plans and critical technologies. Refused where there "
    "are people or cases.",
)


@bilingual("demo-office", _ABOUT, "kaname demo-office", "kaname up --demo")
def command() -> None:
    with office(guarded=False):
        from kaname.demo.logins import logins
        from kaname.demo.office import furnish
        from kaname.ledger import guards
        from kaname.site import prepare

        prepare.tables(migrate)
        guards.require()
        count = furnish()
    show.lines([said(T(f"{count} 件を入れた。", f"{count} cases were made.")), *map(said, logins())])
