"""National holidays (国民の祝日・休日), rules R15 to R18: by name, with forecast days marked.

Known from 20 July 1948, when the Act took effect, to 2099. The days come from the package `holidays`, which starts
in 1949; the three holidays that remained in 1948 are added here. Outside that range every question raises DayError,
because a guess would move deadlines silently.
"""

from datetime import date, timedelta
from functools import cache

from kaname.days.error import DayError
from kaname.law import T, Text

FIRST_KNOWN = date(1948, 7, 20)
LAST_KNOWN = date(2099, 12, 31)
GAZETTED_THROUGH = 2027  # last year whose equinox days stand in the official gazette (暦要項, 2 February 2026)

_DAY = timedelta(days=1)
_EQUINOXES = ("春分の日", "秋分の日")
_DERIVED = ("振替休日", "国民の休日")
_YEAR_1948 = {date(1948, 9, 23): "秋分の日", date(1948, 11, 3): "文化の日", date(1948, 11, 23): "勤労感謝の日"}
_ENGLISH = {
    "元日": "New Year's Day",
    "成人の日": "Coming of Age Day",
    "建国記念の日": "National Foundation Day",
    "天皇誕生日": "The Emperor's Birthday",
    "春分の日": "Vernal Equinox Day",
    "昭和の日": "Showa Day",
    "憲法記念日": "Constitution Day",
    "みどりの日": "Greenery Day",
    "こどもの日": "Children's Day",
    "海の日": "Marine Day",
    "山の日": "Mountain Day",
    "敬老の日": "Respect for the Aged Day",
    "秋分の日": "Autumnal Equinox Day",
    "体育の日": "Health and Sports Day",
    "スポーツの日": "Sports Day",
    "文化の日": "Culture Day",
    "勤労感謝の日": "Labour Thanksgiving Day",
    "振替休日": "substitute holiday",
    "国民の休日": "citizens' holiday (between two holidays)",
    "結婚の儀": "Imperial wedding ceremony",
    "大喪の礼": "Funeral of the Showa Emperor",
    "即位礼正殿の儀": "Enthronement ceremony",
    "天皇の即位の日": "Day of the Emperor's accession",
    "即位礼正殿の儀が行われる日": "Day of the enthronement ceremony",
}


def is_national_holiday(day: date) -> bool:
    """A named day, a substitute for one, or a day between two (祝日法3条). Raises DayError outside the known range."""
    return known(day) in _holidays()


def holiday_name(day: date) -> Text | None:
    """憲法記念日 / Constitution Day, or None on any other day. Raises DayError outside the known range."""
    name = _holidays().get(known(day))
    return T(name, _ENGLISH[name]) if name else None


def is_provisional(day: date) -> bool:
    """A holiday that rests on a forecast: an equinox day after the gazetted years, or a day derived from one."""
    return known(day) in _forecast()


def known(day: date) -> date:
    """The day itself. Raises DayError where national holidays are not known."""
    if FIRST_KNOWN <= day <= LAST_KNOWN:
        return day
    raise DayError(
        T(
            f"{day} の祝日は不明。{FIRST_KNOWN} から {LAST_KNOWN} までの日とするか、移動なし（none）で計算すること。",
            f"the holidays of {day} are not known: expected a day from {FIRST_KNOWN} to {LAST_KNOWN}, "
            "or a period that does not move (none)",
        )
    )


@cache
def _holidays() -> dict[date, str]:
    # Imported here: the package takes most of the time of `import kaname.days`, and counting alone never needs it.
    from holidays.countries.japan import Japan

    # Without a language the names follow the locale of the machine.
    table = Japan(years=range(FIRST_KNOWN.year + 1, LAST_KNOWN.year + 1), language="ja")
    return {**_YEAR_1948, **{day: table[day] for day in sorted(table)}}


@cache
def _forecast() -> frozenset[date]:
    holidays = _holidays()
    equinoxes = {d for d, name in holidays.items() if d.year > GAZETTED_THROUGH and name in _EQUINOXES}
    beside = {d + step for d in equinoxes for step in (-_DAY, _DAY)}
    return frozenset(equinoxes | {d for d in beside if holidays.get(d) in _DERIVED})
