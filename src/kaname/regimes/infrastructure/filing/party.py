"""What one vendor's disclosure lacks, for the capacities in which it stands in a plan."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from kaname.law import Bases, Shared, T, Text, under
from kaname.regimes.infrastructure.catalogue.disclosures import DISCLOSURES
from kaname.regimes.infrastructure.catalogue.orders import under_order
from kaname.regimes.infrastructure.filing.content import Party, PartyRole, same_name
from kaname.regimes.infrastructure.filing.disclosure import Certificate, Disclosure
from kaname.regimes.infrastructure.filing.finding import Finding, Weight
from kaname.regimes.infrastructure.filing.windows import (
    HOLDER_FROM,
    is_fresh,
    oldest_evidence,
    sales_years,
    told_sales,
)

_ALL = Decimal(100)
_EMPTY = T("記入されていない；記入して", "not filled in; fill it in")
_NONE_IS_AN_ANSWER = T("記入されていない；なければ「なし」と答えて", "not filled in; if there is none, say so")


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and for when: the capacities of the vendor, the day of filing, the ministry's order (`mic`), and
    what may be left out because every capacity is a sub-entrustment told in short."""

    roles: frozenset[PartyRole]
    filing: date
    order: str = ""
    omitted: frozenset[str] = frozenset()


@cache
def basis_of(item: str, order: str) -> Bases:
    """The provisions of a disclosure under the ministry's order; both numberings while no order is chosen."""
    basis = DISCLOSURES[item].basis
    if order:
        return under(basis, order)
    return tuple(p for b in basis for p in (under_order(b.id, None) if isinstance(b, Shared) else (b,)))


def of_party(party: Party, asked: Asked) -> list[Finding]:
    """All findings about one vendor, also in what is veiled (see `veiled`)."""
    if party.disclosure is None:
        text = T("開示がない；供給者を招待するか、記入して", "no disclosure; invite the vendor or fill it in")
        return [_about(party, asked, "disclosure_missing", "D_PTY_NAME", "", Weight.MISSING, text)]
    return list(_Look(party, party.disclosure, asked).findings())


def veiled(party: Party, found: list[Finding], asked: Asked) -> list[Finding]:
    """What the operator is told: of the parts given to the authority alone whether they are whole, and no more."""
    shown = [f for f in found if f.part not in party.veil]
    if not any(f.blocks and f.part in party.veil for f in found):
        return shown
    text = T("行政機関にのみ開示された部分に不足がある；供給者に補うよう求めて",
             "something is missing in what was given to the authority alone; ask the vendor to complete it")
    return [*shown, _about(party, asked, "veiled_incomplete", "D_PTY_NAME", "", Weight.MISSING, text)]


def _about(party: Party, asked: Asked, id: str, item: str, field: str, weight: Weight, text: Text, row: int = 0,
           column: str = "") -> Finding:  # fmt: skip
    label = DISCLOSURES[item].name
    line_ja, line_en = (f" {row} 行目", f", line {row}") if row else ("", "")
    where = T(f"「{party.key}」の{label.ja}{line_ja}", f"{party.key}: {label.en}{line_en}")
    path = f"parties[{party.key}]" + (f".{field}" if field else "") + (f"[{row}]" if row else "")
    path += f".{column}" if column else ""
    return Finding(id, weight, path, where, text, item, basis_of(item, asked.order), party.key, field)


@dataclass(frozen=True, slots=True)
class _Look:
    party: Party
    said: Disclosure
    asked: Asked

    def findings(self) -> Iterator[Finding]:
        yield from self._who()
        yield from self._asked_unless_omitted("D_PTY_HOLDER", self._holders)
        yield from self._asked_unless_omitted("D_PTY_OFFICER", self._officers)
        yield from self._asked_unless_omitted("D_PTY_FGOV", self._sales)
        if any(role.makes for role in self.asked.roles):
            yield from self._factories()
        yield from self._registry()
        yield from self._asked_unless_omitted("A_OFFICER_ID", self._identities)

    def _asked_unless_omitted(self, item: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
        if item not in self.asked.omitted:
            yield from look()

    def _missing(self, id: str, item: str, field: str, row: int = 0, column: str = "", text: Text = _EMPTY) -> Finding:
        return _about(self.party, self.asked, id, item, field, Weight.MISSING, text, row, column)

    def _wrong(self, id: str, item: str, field: str, text: Text, row: int = 0, column: str = "") -> Finding:
        return _about(self.party, self.asked, id, item, field, Weight.WRONG, text, row, column)

    def _check(self, id: str, item: str, field: str, text: Text, row: int = 0, column: str = "") -> Finding:
        return _about(self.party, self.asked, id, item, field, Weight.CHECK, text, row, column)

    # -- the vendor itself -------------------------------------------------------------------------------------------

    def _who(self) -> Iterator[Finding]:
        said = self.said
        if not said.name:
            yield self._missing("name_missing", "D_PTY_NAME", "name")
        if not said.individual and not said.representative:
            yield self._missing("representative_missing", "D_PTY_REP", "representative")
        if not said.address:
            yield self._missing("address_missing", "D_PTY_ADDR", "address")
        if not said.country:
            yield self._missing("country_missing", "D_PTY_ADDR", "country")
        if not said.law:
            yield self._missing("law_missing", "D_PTY_LAW", "law")

    # -- holders -----------------------------------------------------------------------------------------------------

    def _holders(self) -> Iterator[Finding]:
        item, said = "D_PTY_HOLDER", self.said
        if said.individual:
            return
        if said.holders is None:
            yield self._missing("holders_missing", item, "holders", text=_NONE_IS_AN_ANSWER)
            return
        seen: dict[str, int] = {}
        for row, holder in enumerate(said.holders, 1):
            if not holder.name:
                yield self._missing("holder_name_missing", item, "holders", row, "name")
            elif same_name(holder.name, said.name):
                text = T("供給者自身が自らの議決権を有するとされている；自己株式に議決権はない、実際の保有者を",
                         "the vendor is named as a holder of itself; own shares carry no votes: name the real holder")
                yield self._wrong("holder_is_itself", item, "holders", text, row, "name")
            elif first := seen.get(holder.name.casefold()):
                text = T(f"{first} 行目と同じ保有者；一行にまとめて", f"the holder of line {first}; make one line")
                yield self._wrong("holder_twice", item, "holders", text, row, "name")
            seen.setdefault(holder.name.casefold(), row)
            if not holder.country:
                yield self._missing("holder_country_missing", item, "holders", row, "country")
            yield from self._ratio("holder", item, "holders", holder.ratio, row)
            if holder.ratio is not None and holder.ratio < HOLDER_FROM:
                text = T("5％に満たない保有者は記載を要しない；消してよい",
                         "a holder of less than 5% is not asked for; the line may go")
                yield self._check("holder_below", item, "holders", text, row, "ratio")
        total = sum((h.ratio for h in said.holders if h.ratio is not None), Decimal(0))
        if total > _ALL:
            text = T("議決権の割合の合計が100％を超える；割合を確かめて",
                     "the shares of the votes add up to more than 100%; check them")
            yield self._wrong("holders_over_100", item, "holders", text)

    def _ratio(self, id: str, item: str, field: str, ratio: Decimal | None, row: int) -> Iterator[Finding]:
        if ratio is None:
            yield self._missing(f"{id}_ratio_missing", item, field, row, "ratio")
        elif not 0 < ratio <= _ALL:
            text = T("0％より大きく100％以下の割合を", "expected a share above 0% and up to 100%")
            yield self._wrong(f"{id}_ratio_range", item, field, text, row, "ratio")

    # -- officers ----------------------------------------------------------------------------------------------------

    def _officers(self) -> Iterator[Finding]:
        item, said = "D_PTY_OFFICER", self.said
        if said.individual:
            return
        if not said.officers:
            text = T("役員が一人も記入されていない；記入して", "no officer is filled in; name them")
            yield self._missing("officers_missing", item, "officers", text=text)
            return
        for row, officer in enumerate(said.officers, 1):
            if not officer.name:
                yield self._missing("officer_name_missing", item, "officers", row, "name")
            if not officer.nationality:
                yield self._missing("officer_nationality_missing", item, "officers", row, "nationality")
            if officer.birth_date is None:
                yield self._missing("officer_birth_date_missing", item, "officers", row, "birth_date")
            elif not 0 < (self.asked.filing - officer.birth_date).days < 365 * 130:
                text = T("届出の日と合わない生年月日；確かめて", "a birth date that does not fit the filing; check it")
                yield self._wrong("officer_birth_date_range", item, "officers", text, row, "birth_date")

    # -- sales to foreign governments --------------------------------------------------------------------------------

    def _sales(self) -> Iterator[Finding]:
        item, said = "D_PTY_FGOV", self.said
        if said.sales is None:
            yield self._missing("sales_missing", item, "sales", text=_NONE_IS_AN_ANSWER)
            return
        if not said.year_end:
            if said.sales:
                text = T("事業年度の末日（月日）が記入されていない；記入して",
                         "the last day of the fiscal year (month and day) is not filled in; fill it in")
                yield self._missing("year_end_missing", item, "year_end", text=text)
            return
        years = sales_years(self.asked.filing, said.year_end)
        told = set(map(id, told_sales(said.sales, self.asked.filing, said.year_end)))
        sums: dict[date, Decimal] = defaultdict(Decimal)
        for row, sale in enumerate(said.sales, 1):
            for column in ("country", "body"):
                if not getattr(sale, column):
                    yield self._missing(f"sale_{column}_missing", item, "sales", row, column)
            if sale.year_end is None:
                yield self._missing("sale_year_missing", item, "sales", row, "year_end")
            elif sale.year_end not in years:
                text = T(f"対象の事業年度（{_days(years)} に終わる年度）でない；この届出には載らない",
                         f"not of a fiscal year looked at (ended {_days(years)}); left out of this filing")
                yield self._check("sale_outside_window", item, "sales", text, row, "year_end")
            elif id(sale) not in told:
                text = T("その国の機関への取引は25％に達しない；この届出には載らない",
                         "sales to that country's bodies stay under 25%; left out of this filing")
                yield self._check("sale_below", item, "sales", text, row, "ratio")
            yield from self._ratio("sale", item, "sales", sale.ratio, row)
            if sale.year_end is not None and sale.ratio is not None:
                sums[sale.year_end] += sale.ratio
        for year, total in sums.items():
            if total > _ALL:
                text = T(f"{year} に終わる年度の取引高の割合の合計が100％を超える；割合を確かめて",
                         f"the shares of the year ended {year} add up to more than 100%; check them")
                yield self._wrong("sales_over_100", item, "sales", text)

    # -- where it is made, and what proves all this -------------------------------------------------------------------

    def _factories(self) -> Iterator[Finding]:
        item, said = "D_PTY_FACTORY", self.said
        if not said.factories:
            yield self._missing("factories_missing", item, "factories")
            return
        for row, factory in enumerate(said.factories, 1):
            for column in ("address", "country"):
                if not getattr(factory, column):
                    yield self._missing(f"factory_{column}_missing", item, "factories", row, column)

    def _registry(self) -> Iterator[Finding]:
        if self.said.individual:
            return
        held = [(n, c) for n, c in enumerate(self.said.certificates, 1) if c.sort == "registry"]
        if not held:
            text = T("登記事項証明書等がない；添えて（日本で登記された者について省略を認める省もある）",
                     "no registry certificate; attach one (one ministry lets it out for parties registered in Japan)")
            yield self._missing("registry_missing", "A_REGISTRY", "certificates", text=text)
        elif not any(is_fresh(c, self.asked.filing) for _, c in held):
            yield from self._stale("registry", "A_REGISTRY", held)

    def _identities(self) -> Iterator[Finding]:
        held: dict[int, list[tuple[int, Certificate]]] = defaultdict(list)
        for number, certificate in enumerate(self.said.certificates, 1):
            if certificate.sort == "officer":
                held[certificate.about].append((number, certificate))
        officers = self.said.officers or ()
        for row in range(1, len(officers) + 1):
            if row not in held:
                text = T(f"役員 {row} の旅券の写し等がない；添えて", f"no identity document of officer {row}; add it")
                yield self._missing("identity_missing", "A_OFFICER_ID", "officers", row, text=text)
            elif not any(is_fresh(c, self.asked.filing) for _, c in held[row]):
                yield from self._stale("identity", "A_OFFICER_ID", held[row])
        for about, certificates in held.items():
            if not 1 <= about <= len(officers):
                text = T("どの役員の書類か分からない；役員の行の番号を", "of which officer? expected a line's number")
                row = certificates[0][0]
                yield self._wrong("identity_of_nobody", "A_OFFICER_ID", "certificates", text, row, "about")

    def _stale(self, id: str, item: str, held: list[tuple[int, Certificate]]) -> Iterator[Finding]:
        """Every certificate there is fails: why, at the last of them."""
        row, last = held[-1]
        filing = self.asked.filing
        if last.issued_on is None and last.expires_on is None:
            yield self._missing(f"{id}_undated", item, "certificates", row, "issued_on")
        elif last.issued_on is not None and last.expires_on is not None and last.expires_on < last.issued_on:
            text = T("有効期限が作成日より前；日付を確かめて", "expires before it was made; check the days")
            yield self._wrong(f"{id}_contradicts", item, "certificates", text, row, "expires_on")
        elif last.expires_on is not None:
            text = T(f"届出の日 {filing} に有効でない；新しいものを", f"not valid on the filing day {filing}; renew it")
            yield self._wrong(f"{id}_expired", item, "certificates", text, row, "expires_on")
        elif last.issued_on is not None and last.issued_on > filing:
            text = T("届出の日より後の日付；確かめて", "dated after the filing day; check it")
            yield self._wrong(f"{id}_future", item, "certificates", text, row, "issued_on")
        else:
            oldest = oldest_evidence(filing)
            text = T(f"届出の日 {filing} の前三月以内でない；{oldest} 以後に作成されたものを",
                     f"older than three months at the filing on {filing}; expected one made on or after {oldest}")
            yield self._wrong(f"{id}_too_old", item, "certificates", text, row, "issued_on")


def _days(days: tuple[date, ...]) -> str:
    return ", ".join(day.isoformat() for day in days)
