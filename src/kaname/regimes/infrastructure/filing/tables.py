"""The tables of an inventory: what each is called, its columns, and the names under which people head them.

A sheet is known by its name or by its headings; a heading by its id, its Japanese or English label, or a usual name.
"""

from dataclasses import dataclass
from unicodedata import normalize

from kaname.law import T, Text


@dataclass(frozen=True, slots=True)
class Column:
    """`of` names a reader of `inventory`. `needed`: a row without it says nothing. `also`: other usual headings."""

    id: str
    label: Text
    of: str = "text"
    needed: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns that every row fills. `telling`: headings that no other table has."""

    id: str
    label: Text
    columns: tuple[Column, ...]
    telling: tuple[str, ...]
    also: tuple[str, ...] = ()


_PARTY = Column("party", T("供給者等の名称", "vendor"), needed=True, also=("名称", "会社名", "company", "vendor name"))
_COUNTRY = Column("country", T("国又は地域", "country"), "country", also=("国", "国籍等", "country or region"))
_ADDRESS = Column("address", T("住所", "address"), also=("所在地", "本店所在地", "seat"))
_RATIO = Column("ratio", T("割合（％）", "share (%)"), "ratio", also=("割合", "share", "ratio (%)", "議決権割合"))

TABLES = (
    Table("facility", T("特定重要設備", "facility"), (
        Column("name", T("名称", "name"), needed=True, also=("設備名",)),
        Column("outline", T("概要", "outline"), also=("説明", "description")),
        Column("supplier", T("供給者", "supplier"), also=("ベンダー",)),
        Column("content", T("導入等の内容", "content"), also=("内容", "導入の内容", "委託の内容")),
        Column("starts", T("導入等の時期", "planned from"), "day", also=("導入の時期", "開始日", "from", "start")),
        Column("ends", T("期間の末日", "planned until"), "day", also=("終了日", "until", "end")),
    ), ("outline",), also=("設備", "計画", "plan")),
    Table("components", T("構成設備", "components"), (
        Column("name", T("構成設備の名称", "component"), needed=True,
               also=("名称", "品名", "製品名", "name", "product", "item")),
        Column("kind", T("区分", "kind"), also=("種類", "構成設備の種類", "type")),
        Column("function", T("機能", "function"), also=("用途", "purpose", "構成設備の機能")),
        Column("supplier", T("供給者", "supplier"),
               also=("ベンダー", "メーカー", "製造元", "vendor", "vendorproject", "manufacturer")),
        Column("version", T("版", "version"), also=("型番", "model", "バージョン")),
        Column("quantity", T("数量", "quantity"), also=("個数", "qty")),
    ), ("function", "kind", "quantity"), also=("component", "資産", "資産一覧", "assets", "inventory")),
    Table("parties", T("供給者等", "vendors"), (
        _PARTY,
        Column("representative", T("代表者", "representative"), also=("代表者の氏名", "代表者名")),
        _ADDRESS, _COUNTRY,
        Column("law", T("設立準拠法国等", "governing law"), "country", also=("準拠法国", "law", "設立準拠法国")),
        Column("individual", T("個人", "individual"), "flag"),
        Column("year_end", T("事業年度の末日", "fiscal year ends"), "year_end", also=("決算日", "fiscal year end")),
    ), ("representative", "law", "year_end"), also=("party", "parties", "ベンダー", "suppliers", "vendor")),
    Table("holders", T("議決権保有者", "holders"), (
        _PARTY, Column("name", T("保有者", "holder"), needed=True, also=("氏名又は名称", "株主", "shareholder")),
        _COUNTRY, _RATIO,
    ), ("name",), also=("株主",)),
    Table("officers", T("役員", "officers"), (
        _PARTY, Column("name", T("役員の氏名", "officer"), needed=True, also=("氏名", "役員")),
        Column("birth_date", T("生年月日", "birth date"), "day", also=("date of birth",)),
        Column("nationality", T("国籍等", "nationality"), "country", also=("国籍",)),
    ), ("birth_date", "nationality")),
    Table("sales", T("外国政府等との取引", "foreign sales"), (
        _PARTY, Column("year_end", T("事業年度の終わり", "year ended"), "day", also=("事業年度", "fiscal year")),
        _COUNTRY, Column("body", T("機関の名称", "body"), needed=True, also=("外国政府等", "機関")), _RATIO,
    ), ("body",), also=("取引高",)),
    Table("factories", T("工場", "factories"), (
        _PARTY, Column("address", T("工場の所在地", "factory"), needed=True, also=("所在地", "address", "住所")),
        _COUNTRY,
    ), (), also=("製造場所", "places of manufacture")),
    Table("certificates", T("証明書", "certificates"), (
        _PARTY, Column("sort", T("書類の種類", "document"), "sort", needed=True, also=("種類", "sort of document")),
        Column("about", T("役員の行", "officer's line"), "number", also=("役員番号",)),
        Column("issued_on", T("作成日", "issued on"), "day", also=("発行日", "issued")),
        Column("expires_on", T("有効期限", "expires on"), "day", also=("期限", "expires")),
    ), ("issued_on", "expires_on"), also=("添付書類",)),
    Table("measures", T("措置", "measures"), (
        Column("id", T("措置の番号", "measure"), needed=True, also=("番号",)),
        Column("status", T("実施の状況", "status"), also=("状況",)),
        Column("reason", T("理由", "reason")),
    ), ("status", "reason"), also=("リスク管理措置", "risk management measures")),
    Table("entrustments", T("委託", "entrustments"), (
        Column("id", T("番号", "number"), needed=True, also=("委託番号", "no.", "no")),
        Column("parent", T("元の委託", "under"), also=("委託元", "上位", "parent number")),
        Column("party", T("相手方", "entrustee"), also=("委託先", "再委託先", "vendor", "供給者等の名称")),
        Column("content", T("内容", "content"), also=("委託の内容", "work")),
        Column("starts", T("開始日", "from"), "day", also=("始期", "start")),
        Column("ends", T("終了日", "until"), "day", also=("終期", "end")),
        Column("knows_content", T("内容と期間を把握する体制", "content and period known"), "flag"),
        Column("area_and_entry", T("区域と立入りの体制", "area and entry"), "flag"),
        Column("records_or_audit", T("記録又は監査の体制", "records or audit"), "flag"),
    ), ("parent", "starts", "ends"), also=("再委託", "委託先", "sub-entrustments")),
)  # fmt: skip
BY_ID = {table.id: table for table in TABLES}


def plain(heading: str) -> str:
    """A heading as it is compared."""
    return " ".join(normalize("NFKC", heading).casefold().replace("_", " ").split())


def headings(table: Table, row: list[str]) -> dict[int, Column]:
    """Which columns of a heading row feed which columns of a table; the first one of a name counts."""
    known = {plain(name): c for c in table.columns for name in (*c.also[::-1], c.label.en, c.label.ja, c.id)}
    exact = {plain(name): c for c in table.columns for name in (c.id, c.label.ja, c.label.en)}
    found: dict[int, Column] = {}
    for number, heading in enumerate(row, 1):
        column = exact.get(plain(heading)) or known.get(plain(heading))
        if column is not None and column not in found.values():
            found[number] = column
    return found


def by_name(name: str) -> Table | None:
    """The table that a sheet's name means."""
    return next(
        (t for t in TABLES if plain(name) in {plain(n) for n in (t.id, t.label.ja, t.label.en, *t.also)}), None
    )


def by_headings(row: list[str]) -> Table | None:
    """The table that a heading row fits best: all that is needed is there, and most is known."""
    fits = [(len(found), len([c for c in found.values() if c.id in t.telling]), t)
            for t in TABLES if (found := headings(t, row)) and _whole(t, found)]  # fmt: skip
    best = max(fits, key=lambda fit: (fit[1], fit[0]), default=None)
    return best[2] if best else None


def _whole(table: Table, found: dict[int, Column]) -> bool:
    return all(c in found.values() for c in table.columns if c.needed)
