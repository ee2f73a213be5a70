"""Shocks in sentences: what is lost, what that takes, which way the loss goes."""

from collections.abc import Mapping, Sequence

from kaname.assess.network.imported import Ends
from kaname.assess.network.io_table import IoTable
from kaname.assess.network.paths import Chain
from kaname.assess.network.sectors import Sectors, Step
from kaname.assess.network.study import Study
from kaname.law import T, Text

_UNITS = {"bn_jpy": T("10億円", "bn JPY"), "mn_jpy": T("100万円", "mn JPY"), "musd": T("100万米ドル", "mn USD")}


def percent(part: float) -> str:
    """One decimal; what is more than nothing is never told as nothing. The sign stays with its number."""
    if 0 < part < 0.0005:
        return "<0.1\u00a0%"
    if -0.0005 < part < 0:
        return "-<0.1\u00a0%"
    return f"{part * 100:.1f}\u00a0%"


def unit(table: IoTable) -> Text:
    return _UNITS.get(table.unit, T(table.unit, table.unit))


def amount(value: float, table: IoTable) -> Text:
    """Money in the unit of the table; of large ones in trillions of yen."""
    if table.unit == "bn_jpy" and value >= 1000:
        return T(f"{value / 1000:,.1f}兆円", f"JPY {value / 1000:,.1f} tn")
    one = unit(table)
    return T(f"{value:,.1f}（{one.ja}）", f"{value:,.1f} ({one.en})")


def called(one: str, names: Mapping[str, str], ids: Mapping[str, str]) -> str:
    """A firm as a field takes it: by its name, or by its identifier where others have that name too."""
    name = names.get(one, one)
    return name if ids.get(name) == one else one


def who(found: Study, names: Mapping[str, str]) -> Text:
    """Whom the shock strikes."""
    if found.asked.kind == "imports":
        what, many = _listed(found.asked.lost), len(found.hit.firms)
        return T(f"{what.ja}の輸入（使う{many}社）", f"imports of {what.en} (used by {many} firms)")
    if found.asked.kind != "firm":
        of = "・".join(found.asked.lost)
        word = T("産業", "industry") if found.asked.kind == "industry" else T("地域", "region")
        return T(f"{of}（{word.ja}、{len(found.hit.firms)}社）", f"{of} ({word.en}, {len(found.hit.firms)} firms)")
    return _listed([names.get(one, one) for one in found.asked.lost], "社")


def _listed(called: Sequence[str], of: str = "") -> Text:
    more = len(called) - 3
    return T(
        "・".join(called[:3]) + (f"ほか{more}{of}" if more > 0 else ""),
        ", ".join(called[:3]) + (f" and {more} more" if more > 0 else ""),
    )


def about_loss(found: Study, names: Mapping[str, str]) -> Text:
    one, part = who(found, names), percent(found.asked.part)
    if found.asked.kind == "imports":
        fall = _fall(found)
        return T(f"{fall.ja}（{found.asked.outage}日間）", f"{fall.en} for {found.asked.outage} days")
    return T(f"{one.ja}が生産の{part}を{found.asked.outage}日間失う",
             f"{one.en} lose{'s' if len(found.asked.lost) == 1 else ''} {part} of production for {found.asked.outage}"
             " days")  # fmt: skip


def about_cuts(found: Sectors) -> Text:
    table = found.table
    named = [(table.names[table.codes.index(code)] or code, percent(part)) for code, part in found.cuts.items()]
    return T("、".join(f"{name}の輸入が{part}減る" for name, part in named),
             "; ".join(f"imports of {name} fall by {part}" for name, part in named))  # fmt: skip


def answer(found: Study, names: Mapping[str, str]) -> list[Text]:
    """The answer first."""
    if found.least is not None:
        return _between(found, found.least, names)
    one, whole = who(found, names), percent(found.asked.part)
    scores = found.explained.scores
    told = [
        T(f"{one.ja}が生産の{whole}を失うと、この供給網の生産の{percent(found.score)}が失われます。",
          f"If {one.en} lose{'s' if len(found.asked.lost) == 1 else ''} {whole} of production, {percent(found.score)}"
          " of production in this network is lost."),
        T(f"買い手へ伝わる分だけなら{percent(float(scores.down[0]))}、供給者へ伝わる分だけなら{percent(float(scores.up[0]))}です。",
          f"Passed on to buyers alone it is {percent(float(scores.down[0]))}, to suppliers alone"
          f" {percent(float(scores.up[0]))}."),
    ]  # fmt: skip
    lost, after = found.value_added_lost
    told.append(
        T(
            f"在庫を入れた日ごとの計算では、{found.asked.days}日間に付加価値の{percent(lost)}が失われます。",
            f"Day by day, with stocks, {percent(lost)} of the value added of {found.asked.days} days is lost.",
        )
    )
    if found.saved is not None and after is not None:
        told.append(T(
            f"対策があれば、それぞれ{percent(found.score - found.saved)}と{percent(after)}になります。",
            f"With the measures these become {percent(found.score - found.saved)} and {percent(after)}.",
        ))  # fmt: skip
    return told


def _fall(found: Study) -> Text:
    """Which imports fall by how much; through products it is another part of each sector."""
    parts = list(zip(found.asked.lost, (part for _, part in found.asked.cuts), strict=True))
    return T("、".join(f"{name}の輸入が{percent(part)}減る" for name, part in parts),
             ", ".join(f"imports of {name} fall by {percent(part)}" for name, part in parts))  # fmt: skip


def _between(found: Study, least: Study, names: Mapping[str, str]) -> list[Text]:
    """The answer where imports fail: two ends."""
    fall, days = _fall(found), found.asked.days
    low, high = percent(least.score), percent(found.score)
    lost = [percent(part) for part in sorted(one.value_added_lost[0] for one in (least, found))]
    told = [
        T(f"{fall.ja}と、この供給網の生産の{low}から{high}が失われます。",
          f"If {fall.en}, {low} to {high} of production in this network is lost."),
        T("下の端は、足りない投入に他の投入が費用に応じて代わる場合です。上の端は、財とエネルギーの投入が何にも代えられない"
          "場合で、以下はその端です。",
          "The lower end: other inputs take the place of what is missing, by their cost. The upper end: nothing takes"
          " the place of goods and energy. What follows is the upper end."),
        T(f"在庫を入れた日ごとの計算では、{days}日間に付加価値の{lost[0]}から{lost[1]}が失われます。",
          f"Day by day, with stocks, {lost[0]} to {lost[1]} of the value added of {days} days is lost."),
    ]  # fmt: skip
    if found.score_after is not None and least.score_after is not None:
        with_ = percent(least.score_after), percent(found.score_after)
        told.append(T(f"対策があれば、失われる生産は{with_[0]}から{with_[1]}になります。",
                      f"With the measures, {with_[0]} to {with_[1]} of production is lost."))  # fmt: skip
    return told


def sector_answer(found: Sectors) -> list[Text]:
    low, high = found.of_value_added
    least, most = (amount(one, found.table) for one in found.value_added_lost)
    about = about_cuts(found)
    return [
        T(f"{about.ja}と、付加価値の{percent(low)}から{percent(high)}（{least.ja}から{most.ja}）が失われます。",
          f"If {about.en}, {percent(low)} to {percent(high)} of value added is lost ({least.en} to {most.en})."),
        T("下の端は、他の投入が費用に応じて代わる場合です。上の端は、財とエネルギーの投入が何にも代えられない場合です。",
          "The lower end: other inputs take the place of what fails, by their cost. The upper end: nothing takes the"
          " place of goods and energy."),
    ]  # fmt: skip


def chain(one: Chain, names: Mapping[str, str], ends: Ends | None = None) -> Text:
    """A chain in words and numbers; `ends`: where it began with imports that fail."""
    first, *rest = one.steps
    told = T(
        f"{names.get(first.name, first.name)}（{percent(first.loss)}）",
        f"{names.get(first.name, first.name)} ({percent(first.loss)})",
    )
    ja, en = told.ja, told.en
    if ends and (missed := ends.missed(first.firm)):
        ja, en = f"輸入の{missed}が足りず、{ja}", f"for want of imported {missed}, {en}"
    for step in rest:
        name, loss = names.get(step.name, step.name), percent(step.loss)
        if one.down:
            why = T("代えのきかない投入が届かず", "for want of an input it cannot do without") if step.essential else T(
                "投入が減り", "with less of an input")  # fmt: skip
        else:
            why = T("売り先が買わなくなり", "as its buyer buys less")
        ja += f" → {why.ja}、{name}が{loss}を失う"
        en += f" → {why.en}, {name} loses {loss}"
    return T(ja, en)


def sector_chain(steps: Sequence[Step], table: IoTable) -> Text:
    """How the loss of a sector came about at most."""
    ja, en = [], []
    for step in steps:
        of, to = (table.names[n] or table.codes[n] for n in (step.source, step.to))
        where = T("輸入", "imports") if step.abroad else T("国内の供給", "domestic supply")
        ja.append(f"{of}（{where.ja}）が足りず、{to}が{percent(step.part)}を失う")
        en.append(f"{of} ({where.en}) runs short, {to} loses {percent(step.part)}")
    return T(" → ".join(ja), " → ".join(en))
