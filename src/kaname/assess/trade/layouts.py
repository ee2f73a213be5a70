"""The layouts of trade files that are known by their columns, and which column feeds which field."""

from dataclasses import dataclass

from kaname.files.problems import BadInput, Problem
from kaname.law import T, Text

COMTRADE, BACI, ATLAS, CUSTOMS, PLAIN = "comtrade", "baci", "atlas", "japan-customs", "table"


@dataclass(frozen=True, slots=True)
class Layout:
    """`fields`: field -> the names its column goes by, the preferred first. `required` ones must be there."""

    name: str
    source: str
    fields: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    factor: int = 1  # of a value, to whole currency
    currency: str = "USD"
    weight: str = "kg"  # unit of `quantity` where no column states one
    repeats: bool = True  # a record that comes again is the same record
    revision: str = ""  # of the HS, where the layout has one alone

    def columns(self, names: tuple[str, ...]) -> dict[str, str]:
        """Field -> column of the file, for those that it has."""
        by_fold = {name.strip().lower(): name for name in reversed(names)}
        found = {}
        for field, called in self.fields.items():
            source = next((by_fold[one.lower()] for one in called if one.lower() in by_fold), None)
            if source is not None:
                found[field] = source
        return found


LAYOUTS = (
    Layout(
        CUSTOMS, "財務省 普通貿易統計 (Trade Statistics of Japan)",
        {"flow": ("Exp or Imp",), "year": ("Year",), "product": ("HS",), "partner": ("Country",),
         "value": ("Value-Year",), "quantity": ("Quantity2-Year",), "unit": ("Unit2",),
         "quantity1": ("Quantity1-Year",), "unit1": ("Unit1",)},
        ("flow", "year", "product", "partner", "value"), factor=1000, currency="JPY",
    ),
    Layout(
        COMTRADE, "UN Comtrade",
        {"year": ("period", "refYear", "Year"), "flow": ("flowCode", "Trade Flow", "rgDesc"),
         "reporter": ("reporterISO", "Reporter ISO", "reporterCode", "Reporter Code"),
         "partner": ("partnerISO", "Partner ISO", "partnerCode", "Partner Code"),
         "product": ("cmdCode", "Commodity Code"), "revision": ("classificationCode", "Classification"),
         "value": ("primaryValue", "Trade Value (US$)", "TradeValue"),
         "quantity": ("netWgt", "Netweight (kg)", "NetWeight"), "transport": ("motCode",),
         "procedure": ("customsCode",), "second": ("partner2ISO", "partner2Code")},
        ("year", "flow", "reporter", "partner", "product", "value"),
    ),
    Layout(
        BACI, "CEPII BACI",
        {"year": ("t",), "exporter": ("i",), "importer": ("j",), "product": ("k",), "value": ("v",),
         "quantity": ("q",)},
        ("year", "exporter", "importer", "product", "value"), factor=1000, weight="t",
    ),
    Layout(
        ATLAS, "Atlas of Economic Complexity",
        {"year": ("year",), "reporter": ("location_code",), "partner": ("partner_code",),
         "product": ("hs_product_code", "product_hs92_code", "product_code"), "value": ("import_value",),
         "exported": ("export_value",)},
        ("year", "reporter", "partner", "product", "value", "exported"),
    ),
    Layout(
        PLAIN, "",
        {"year": ("year", "refYear", "period", "t"), "exporter": ("exporter", "origin", "supplier", "exporter_iso3"),
         "importer": ("importer", "destination", "importer_iso3"),
         "product": ("product", "hs", "hs6", "hs_code", "cmdCode", "layer", "commodity"),
         "value": ("value", "value_usd", "value_jpy", "value_eur", "value_thousand_usd", "amount"),
         "quantity": ("quantity", "weight", "weight_kg", "netWgt", "quantity_kg"), "unit": ("unit", "units"),
         "currency": ("currency",), "revision": ("revision", "classification", "classificationCode"),
         "reported": ("reported", "reported_by")},
        ("year", "exporter", "importer", "product", "value"), repeats=False,
    ),
)  # fmt: skip


# Tables of another kind, known by a column, and where they belong.
_OTHERS = (
    (("yearbook_table_trans", "Statistics_detail", "COMMODITY", "commodity"),
     T("生産の表；--production に（品名は --material に）、貿易の表を FILE に",
       "a table of production; give it with --production (its name in --material) and a table of trade as FILE")),
    (("indicator", "pctrank"), T("ガバナンス指標の表；--governance に、貿易の表を FILE に",
                                 "governance estimates; give them with --governance and a table of trade as FILE")),
    (("from_code", "to_code"), T("HSの対応表；--concordance に、貿易の表を FILE に",
                                 "a concordance; give it with --concordance and a table of trade as FILE")),
    (("value_added",), T("用途の表；--uses に、貿易の表を FILE に",
                         "a table of uses; give it with --uses and a table of trade as FILE")),
)  # fmt: skip


def _other(names: tuple[str, ...]) -> Text | None:
    return next((said for columns, said in _OTHERS if set(columns) & set(names)), None)


def layout_of(name: str, names: tuple[str, ...]) -> tuple[Layout, dict[str, str]]:
    """The layout whose required columns a file has, with its columns. Raises BadInput."""
    for layout in LAYOUTS:
        columns = layout.columns(names)
        if all(field in columns for field in layout.required):
            return layout, columns
    have, other = ", ".join(names[:30]), _other(names)
    if other is not None:
        raise BadInput([Problem(name, 1, "", other)])
    wrong = T(
        f"知らない形の表；ある列は {have}；Comtrade、BACI、Atlas、普通貿易統計の列か、"
        "year, product, exporter, importer, value が要る",
        f"a table of no known layout; the file has {have}; expected the columns of Comtrade, BACI, the Atlas or the"
        " trade statistics of Japan, or year, product, exporter, importer, value",
    )
    raise BadInput([Problem(name, 1, "", wrong)])
