"""What a user got wrong: one line a problem, `file:line: field: what was wrong; expected ...`."""

from collections.abc import Iterable
from dataclasses import dataclass

from kaname.law import Lang, T, Text

_SHOWN = 100
ENOUGH = 1000  # faults after which a reader stops: it is another kind of file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input. `file` may be an option (`--data`); line 0 and field "" where there is none."""

    file: str
    line: int
    field: str
    text: Text

    def said(self, lang: Lang) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.text[lang]) if part)


class BadInput(Exception):
    """Input that cannot be used, every problem of it at once. The command line ends with status 2."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(p.said("en") for p in self.problems[:3]))

    def lines(self, lang: Lang) -> list[str]:
        """One line a problem, and a last one that counts those left out."""
        lines = [p.said(lang) for p in self.problems[:_SHOWN]]
        left = len(self.problems) - _SHOWN
        stopped = len(self.problems) >= ENOUGH
        more = T(f"ほか {left} 件", f"and {left} more") if not stopped else T("ほか多数", "and many more")
        return [*lines, more[lang]] if left > 0 else lines


def near(close: Iterable[str], known: Iterable[str]) -> Text:
    """The end of a sentence about an unknown name: what there is, close matches first."""
    close, every = list(close), list(known)
    likely = T(f"近い名：{'、'.join(close)}", f"did you mean {' or '.join(close)}?")
    there_is = T(f"あるもの：{'、'.join(every) or '—'}", f"expected one of: {', '.join(every) or '-'}")
    if not close:
        return there_is
    return T(f"{likely.ja}；{there_is.ja}", f"{likely.en} {there_is.en}") if every else likely
