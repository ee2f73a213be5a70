"""The picture of the Act on a day: the one place from which page, report, slides, open data and comparison are made."""

from datetime import date

from kaname.access.models import Person
from kaname.law import PROMULGATED, T, Text
from kaname.ledger import clock
from kaname.registers.at import At
from kaname.registers.blocks import Page, Picture
from kaname.registers.records import records
from kaname.registers.subjects import SUBJECTS, cover

TITLE = T("経済安全保障推進法の今", "The Economic Security Promotion Act at a glance")


class BeforeTheAct(ValueError):
    """A day on which there was no Act. `text` says what to do."""

    def __init__(self, day: date) -> None:
        self.text = T(
            f"{day} には法がない。公布の日（{PROMULGATED}）から後の日を指定すること",
            f"on {day} there was no Act; expected {PROMULGATED}, the day of its promulgation, or later",
        )
        super().__init__(self.text.en)


def picture(as_of: date, person: Person | None = None, today: date | None = None) -> Picture:
    """The Act on a day, with the records that a person may know of (None: the catalogues alone, for anyone).

    Raises BeforeTheAct.
    """
    return drawn_at(at_day(as_of, person, today))


def drawn_at(at: At) -> Picture:
    """The same, from what has been read already."""
    return Picture(at.day, TITLE, cover(at), tuple(build(at) for build in SUBJECTS.values()), warnings(at))


def page(id: str, as_of: date, person: Person | None = None, today: date | None = None) -> Page:
    """One subject of it. Raises KeyError for an unknown one, BeforeTheAct."""
    build = SUBJECTS[id]
    return build(at_day(as_of, person, today))


def at_day(as_of: date, person: Person | None = None, today: date | None = None) -> At:
    """What the subjects are built from. Raises BeforeTheAct."""
    if as_of < PROMULGATED:
        raise BeforeTheAct(as_of)
    now = today or clock.today()
    return At(as_of, now, person, records(person, as_of, now))


def warnings(at: At) -> tuple[Text, ...]:
    """What a reader must know of the whole picture."""
    found = []
    if at.day > at.today:
        found.append(
            T(
                f"{at.day} はまだ来ていません。法は今日までに定められたもの、記録は{at.today} までのものです。",
                f"{at.day} has not come yet: the law is as fixed up to today, records are counted up to {at.today}.",
            )
        )
    if at.person is None:
        found.append(
            T(
                "この事務所の記録は数えていません。公表された事実だけを示します。",
                "No records of an office are counted: only published facts are shown.",
            )
        )
    return tuple(found)
