"""What of a passport whom is shown: the operator, and the authority, side by side, line by line."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kaname.law import T, Text
from kaname.regimes.infrastructure.filing.disclosure import SEALABLE, Disclosure
from kaname.web.parts import dates
from kaname.web.vendors.tasks import CERTIFICATES, PARTS

_NONE = T("ない", "none")


@dataclass(frozen=True, slots=True)
class Side:
    """A part of the passport as both sides see it. `operator` empty: sealed from the operator."""

    part: str
    label: Text
    veiled: bool
    operator: tuple[Text, ...]
    authority: tuple[Text, ...]


def sides(said: Disclosure, veil: Collection[str], own: bool = False) -> list[Side]:
    """Who the vendor is, open to both; then every part, sealed from the operator or not. `own`: officers in full for
    the operator, too: who may read what is sealed has opened them."""
    who = tuple(_who(said))
    rows = [Side("", T("会社のこと、住所と国", "company, seat and country"), False, who, who)]
    for part in SEALABLE:
        full = tuple(lines(said, part))
        open_ = tuple(lines(said, part, closed=not own))
        rows.append(Side(part, PARTS[part], part in veil, () if part in veil else open_, full))
    return rows


_WHO = (T("名前", "name"), T("代表者", "representative"), T("住所", "address"), T("住所の国", "country"),
        T("設立の法律の国", "governing law"))  # fmt: skip


def _who(said: Disclosure) -> Iterable[Text]:
    for label, text in zip(_WHO, (said.name, said.representative, said.address, said.country, said.law), strict=True):
        if text:
            yield T(f"{label.ja}：{text}", f"{label.en}: {text}")


def lines(said: Disclosure, part: str, closed: bool = False) -> Iterable[Text]:
    """A part of a disclosure in lines. `closed`: officers without birth dates and nationalities, as by the way."""
    held: Any = getattr(said, part)
    if held is None:
        return
    if not held and part != "certificates":
        yield _NONE
    for number, one in enumerate(held, 1):
        yield _LINE[part](one, number, closed)


def _join(*values: Any) -> Text:
    told = [v if isinstance(v, Text) else T(str(v), str(v)) for v in values if v not in (None, "")]
    return T("　".join(t.ja for t in told), ", ".join(t.en for t in told))


def _officer(one: Any, number: int, closed: bool) -> Text:
    if closed:
        return _join(one.name, T("（生年月日と国籍は、読む権限のある人だけ）",
                                 "(birth date and nationality: only who may read sealed values)"))  # fmt: skip
    return _join(one.name, one.birth_date and dates.screen(one.birth_date), one.nationality)


def _sale(one: Any, number: int, closed: bool) -> Text:
    year = one.year_end and T(f"{one.year_end} に終わる年度", f"year ended {one.year_end}")
    return _join(year, one.country, one.body, _percent(one.ratio))


def certificate(one: Any, number: int = 0, closed: bool = False) -> Text:
    """A certificate in a line: what it is, of whom, its days."""
    sort = next((o.label for o in CERTIFICATES.rows[0].options if o.id == one.sort), T("", ""))
    about = T(f"（役員 {one.about}）", f"(officer {one.about})") if one.about else ""
    issued = one.issued_on and T(f"作成 {one.issued_on}", f"issued {one.issued_on}")
    expires = one.expires_on and T(f"期限 {one.expires_on}", f"expires {one.expires_on}")
    held = one.file and T("（ファイルあり）", "(with its file)")
    return _join(sort if sort.ja else "", about, one.document, issued, expires, held)


def _percent(ratio: Any) -> str:
    return f"{ratio:f}%" if ratio is not None else ""


_LINE: Mapping[str, Callable[[Any, int, bool], Text]] = {
    "holders": lambda one, number, closed: _join(one.name, one.country, _percent(one.ratio)),
    "officers": _officer, "sales": _sale,
    "factories": lambda one, number, closed: _join(one.address, one.country), "certificates": certificate,
}  # fmt: skip
