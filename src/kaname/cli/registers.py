"""`kaname changes` and `kaname dryrun`: what changed between two days, and what a coming version would change."""

from datetime import date
from typing import TYPE_CHECKING

from kaname.cli import params, show, who
from kaname.cli.group import argument, bilingual, option
from kaname.cli.language import language, said
from kaname.cli.office import office
from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

if TYPE_CHECKING:  # the commands import Django once the office is open
    from kaname.access.models import Person
    from kaname.registers.blocks import Page

FOR = T("この人が見ることのできる記録を数える", "count the records that this person may know of")
_CHANGES = T(
    """二つの日の間に変わったこと：法令の版、指定、案件の状態、予算と基金、動いた期日、数。""",
    """What changed between two days: versions of the law, designations, cases by state, money, dates that moved,
figures.""",
)
_DRYRUN = T(
    """公布されてまだ施行されていない版（health_care など）が、ある日に施行されるとした場合。何も記録しない。""",
    """What if a version that is enacted and not in force (such as health_care) were in force from a day? Nothing is
recorded.""",
)
_DAY = params.Day()


# fmt: off
@bilingual("changes", _CHANGES, "kaname changes 2024-06-04 2026-11-26")
@argument("before", T("この日から", "from this day"), type=_DAY, metavar="FROM")
@argument("after", T("この日まで", "to this day"), type=_DAY, metavar="TO")
@option("--for", "for_", type=who.EMAIL, metavar="EMAIL", about=FOR)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def changes_command(before: date, after: date, for_: str | None, as_json: bool) -> None:
    # fmt: on
    with office(guarded=for_ is not None):  # what is published needs no database
        from kaname.registers.compare import as_data, compare, page_of
        from kaname.registers.picture import BeforeTheAct

        try:
            found = compare(before, after, reader(for_))
        except BeforeTheAct as early:
            raise BadInput([Problem("FROM" if before < after else "TO", 0, "", early.text)]) from None
        if as_json:
            show.as_json(as_data(found, language()))
        else:
            show.lines(told(page_of(found)))


# fmt: off
@bilingual("dryrun", _DRYRUN, "kaname dryrun health_care --from 2027-04-01")
@argument("version", T("これから施行される版の名", "name of the coming version"))
@option("--from", "since", type=_DAY, metavar="DAY", required=True,
        about=T("施行されるとする日", "suppose it in force from this day"))
@option("--for", "for_", type=who.EMAIL, metavar="EMAIL", about=FOR)
@option("--json", "as_json", is_flag=True, about=show.JSON)
def dryrun_command(version: str, since: date, for_: str | None, as_json: bool) -> None:
    # fmt: on
    with office(guarded=for_ is not None):  # what is published needs no database
        from kaname.registers.dryrun import BadDay, NotComing, as_data, dry_run, page_of

        try:
            found = dry_run(version, since, reader(for_))
        except NotComing as wrong:
            raise BadInput([Problem("VERSION", 0, "", wrong.text)]) from None
        except BadDay as wrong:
            raise BadInput([Problem("--from", 0, "", wrong.text)]) from None
        if as_json:
            show.as_json(as_data(found, language()))
        else:
            show.lines(told(page_of(found)))


def reader(email: str | None) -> "Person | None":
    """For whom it is drawn; None: for anyone."""
    return None if email is None else who.person(email, "--for")


def told(page: "Page") -> list[str]:
    """A page of blocks as lines: the answer, then each block as a table."""
    from kaname.registers.blocks import Prose
    from kaname.registers.tables import table_of
    from kaname.registers.words import cell

    lang = language()
    found = [said(page.answer)]
    for block in page.blocks:
        table = table_of(block)
        rows = [[cell(c, lang) for c in row.cells] for row in table.rows]
        head: list[list[str]] = [] if isinstance(block, Prose) else [[_head(c.label, c.unit) for c in table.columns]]
        found += show.section(block.title, show.columns([*head, *rows]), lang)
    return found


def _head(label: Text, unit: Text | None) -> str:
    return f"{said(label)} ({said(unit)})" if unit else said(label)
