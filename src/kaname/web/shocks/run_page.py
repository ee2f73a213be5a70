"""A long calculation that is done, as plain values: the answer, the rows of a page of it, what is taken away."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kaname.desk import shock_runs
from kaname.desk.models import ShockRun
from kaname.desk.shock_runs import DrawnFirm, Firm, Losing, ShockDay
from kaname.desk.shock_works import Sort
from kaname.law import T, Text
from kaname.web.shocks.told import percent
from kaname.web.templatetags.kaname import lang
from kaname.web.trade.charts import Lines, lines

TITLES = {
    Sort.RANKING: (T("全ての企業を一社ずつ失わせています", "Losing each firm in turn"),
                   T("一社ずつ失われたときの順位", "Firms ranked by their loss"), T("社", "firms")),
    Sort.DRAWN: (T("取引の網を抽選しています", "Drawing networks"),
                 T("抽選した網での損失", "Losses over drawn networks"), T("回の抽選", "draws")),
    Sort.DAYS: (T("日ごとに計算しています", "Working out day by day"),
                T("日ごとの生産", "Production day by day"), T("日", "days")),
}  # fmt: skip
_TABLE_DAYS = 12


class RankingResult:
    """Each firm lost alone."""

    columns = ("place", "firm", "name", "industry", "region", "alone", "alone_down", "alone_up", "alone_with", "saved")
    name = "shock-ranking.csv"

    def __init__(self, run: ShockRun) -> None:
        self.run, self.firms = run, shock_runs.result(run)

    def __len__(self) -> int:
        return len(self.firms)

    @property
    def answer(self) -> list[Text]:
        if not self.firms:
            return []
        first, ten = self.firms[0], sum(one.total >= 0.1 for one in self.firms)
        told = [
            T(f"失われると最も響くのは{first.name}で、生産の{percent(first.total)}が失われます。",
              f"The loss of {first.name} hurts most: {percent(first.total)} of production."),
            T(f"{self.run.firms:,}社のうち、一社で1割以上を失わせるのは{ten:,}社です。",
              f"Of {self.run.firms:,} firms, {ten:,} take a tenth or more each."),
        ]  # fmt: skip
        helped = [one for one in self.firms if one.after is not None and one.total - one.after > 0]
        if helped:
            best = max(helped, key=lambda one: one.total - (one.after or 0.0))
            told.append(T(f"対策は{len(helped):,}社の喪失を和らげ、最も効くのは{best.name}の喪失です（{_with(best)[1]}）。",
                          f"The measures soften the loss of {len(helped):,} firms, most that of {best.name}"
                          f" ({_with(best)[1]})."))  # fmt: skip
        return told

    def shown(self, start: int, stop: int) -> list[tuple[Any, ...]]:
        whole = self.firms[0].total if self.firms else 1.0
        return [
            (place, firm, round(100 * firm.total / (whole or 1.0), 1), percent(firm.total), percent(firm.down),
             percent(firm.up), *_with(firm))
            for place, firm in enumerate(self.firms[start:stop], start + 1)
        ]  # fmt: skip

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for place, one in enumerate(self.firms, 1):
            after = ("", "") if one.after is None else (repr(one.after), repr(one.total - one.after))
            yield (place, one.id, one.name, one.industry, one.region, repr(one.total), repr(one.down), repr(one.up),
                   *after)  # fmt: skip


def _with(firm: Firm) -> tuple[str, str]:
    """The loss with the measures, and what they save; below nothing where they make it larger."""
    return ("", "") if firm.after is None else (percent(firm.after), percent(round(firm.total - firm.after, 12)))


class DrawnResult:
    """Losses over drawn networks."""

    columns = ("firm", "industry", "size", "low", "middle", "high", "among_first")
    name = "shock-drawn.csv"

    def __init__(self, run: ShockRun) -> None:
        self.run = run
        (self.links, self.added), self.firms = shock_runs.drawn(run)

    def __len__(self) -> int:
        return len(self.firms)

    @property
    def answer(self) -> list[Text]:
        if not self.firms:
            return []
        first, many = self.firms[0], f"{self.run.firms:,}"
        low, high = percent(first.low), percent(first.high)
        sure = sum(one.among_first >= 0.95 for one in self.firms)
        return [
            T(f"失われると最も響くのは{first.id}で、{many}回の抽選の9割で、全体の{low}から{high}が失われます。",
              f"The loss of {first.id} hurts most: in nine of ten of {many} drawn networks it takes {low} to {high} of"
              " everything."),
            T(f"抽選の95 %以上で上位10社に入る企業は{sure}社です。誰が誰に売るかは分かっていません。",
              f"{sure} firms are among the first 10 in 95 % of the draws or more. Who supplies whom is not known."),
        ]  # fmt: skip

    def shown(self, start: int, stop: int) -> list[tuple[Any, ...]]:
        whole = max((one.high for one in self.firms), default=0.0) or 1.0

        def row(place: int, one: DrawnFirm) -> tuple[Any, ...]:
            bar = (100 * one.low / whole, 100 * (one.high - one.low) / whole, 100 * one.middle / whole)
            parts = (one.low, one.middle, one.high, one.among_first)
            return place, one, *(round(x, 2) for x in bar), *(percent(part) for part in parts)

        return [row(place, one) for place, one in enumerate(self.firms[start:stop], start + 1)]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for one in self.firms:
            values = (one.size, one.low, one.middle, one.high, one.among_first)
            yield one.id, one.industry, *(f"{value:.9g}" for value in values)


class DaysResult:
    """Production, and value added that firms lose, day by day."""

    columns = ("day", "production", "consumption", "value_added", "production_with", "consumption_with",
               "value_added_with")  # fmt: skip
    name = "shock-days.csv"

    def __init__(self, run: ShockRun) -> None:
        self.asked = run.opened("asked")
        self.days, self.firms = shock_runs.days(run)
        self.has_measures = bool(self.days) and self.days[0].production_with is not None

    def __len__(self) -> int:
        return len(self.firms)

    @property
    def answer(self) -> list[Text]:
        if not self.days:
            return []
        usual, *days = self.days
        whole = usual.value_added * len(days) or 1.0
        lost = percent(max(0.0, 1 - sum(one.value_added for one in days) / whole))
        worst = min(days, key=lambda one: one.production)
        left = percent(worst.production / (usual.production or 1.0))
        told = [
            T(f"{len(days):,}日間に付加価値の{lost}が失われます。",
              f"{lost} of the value added of {len(days):,} days is lost."),
            T(f"生産が最も少ないのは{worst.day}日目で、事前の{left}です。",
              f"Production is lowest on day {worst.day}: {left} of what it was before."),
        ]  # fmt: skip
        if self.has_measures:
            after = percent(max(0.0, 1 - sum(one.value_added_with or 0.0 for one in days) / whole))
            told.append(T(f"対策があれば、失われるのは{after}です。", f"With the measures it is {after}."))
        return told

    @property
    def about(self) -> Text:
        """Which shock."""
        called, part, outage = (
            self.asked.get("called") or self.asked["lost"],
            percent(self.asked["part"]),
            self.asked["outage"],
        )
        return T(f"{'、'.join(called)}が生産の{part}を{outage}日間失う。",
                 f"{', '.join(called)}: {part} of production lost for {outage} days.")  # fmt: skip

    @property
    def chart(self) -> Lines:
        usual = self.days[0].production or 1.0
        without = T("対策なし", "without measures") if self.has_measures else T("生産", "production")
        series = {"without": (without[lang()], _shares({one.day: one.production / usual for one in self.days}))}
        if self.has_measures:
            with_ = _shares({one.day: (one.production_with or 0.0) / usual for one in self.days})
            series["with"] = (T("対策あり", "with measures")[lang()], with_)
        return lines([one.day for one in self.days], series)

    @property
    def some_days(self) -> list[tuple[int, str, str]]:
        """Days of the table beside the chart."""
        usual, step = self.days[0].production or 1.0, max(1, len(self.days) // _TABLE_DAYS)
        return [(one.day, percent(one.production / usual),
                 percent(one.production_with / usual) if one.production_with is not None else "")
                for one in self.days if one.day == -1 or one.day % step == 0 or one is self.days[-1]]  # fmt: skip

    def shown(self, start: int, stop: int) -> list[tuple[Any, ...]]:
        most = self.firms[0].lost if self.firms else 1.0
        return [(place, one, round(100 * one.lost / (most or 1.0), 1), percent(one.part), *_saved(one))
                for place, one in enumerate(self.firms[start:stop], start + 1)]  # fmt: skip

    def rows(self) -> Iterator[tuple[Any, ...]]:
        for one in self.days:
            yield one.day, *("" if value is None else f"{value:.9g}" for value in _values(one))


def _shares(days: Mapping[int, float]) -> dict[int, tuple[float, float | None, float | None]]:
    return {day: (share, None, None) for day, share in days.items()}


def _values(one: ShockDay) -> Sequence[float | None]:
    return (one.production, one.consumption, one.value_added, one.production_with, one.consumption_with,
            one.value_added_with)  # fmt: skip


def _saved(one: Losing) -> tuple[str, str]:
    return f"{one.lost:,.6g}", "" if one.after is None else f"{one.after:,.6g}"


Result = RankingResult | DrawnResult | DaysResult


def of(run: ShockRun) -> Result:
    kinds: dict[Sort, type[Result]] = {
        Sort.RANKING: RankingResult, Sort.DRAWN: DrawnResult, Sort.DAYS: DaysResult
    }  # fmt: skip
    return kinds[shock_runs.sort_of(run)](run)
