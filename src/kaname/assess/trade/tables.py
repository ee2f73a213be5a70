"""Which of the tables of a trade question a file is, told by its columns."""

import enum

from kaname.assess.trade.layouts import layout_of
from kaname.assess.trade.production import columns_of
from kaname.assess.trade.products import revision_of
from kaname.files.problems import BadInput
from kaname.law import T, Text


class Sort(enum.StrEnum):
    """The tables of a question."""

    TRADE = "trade"
    PRODUCTION = "production"
    GOVERNANCE = "governance"
    CONCORDANCE = "concordance"
    USES = "uses"
    BUNDLE = "bundle"

    @property
    def label(self) -> Text:
        return _LABELS[self]


_LABELS = {
    Sort.TRADE: T("貿易", "trade"), Sort.PRODUCTION: T("生産・埋蔵量", "production and reserves"),
    Sort.GOVERNANCE: T("ガバナンス指標", "governance estimates"),
    Sort.CONCORDANCE: T("HSの対応表", "concordance of the HS"),
    Sort.USES: T("用途", "uses"), Sort.BUNDLE: T("品目の組", "bundle of codes and materials"),
}  # fmt: skip


def sort_of(name: str, names: tuple[str, ...]) -> Sort:
    """The sort of a table with these columns. Raises BadInput, in the words for trade, where it is none of them."""
    lower = {one.strip().lower() for one in names}
    if columns_of(names) is not None:
        return Sort.PRODUCTION
    if {"year", "indicator", "estimate"} <= lower:
        return Sort.GOVERNANCE
    if {"from_code", "to_code"} <= lower or len([one for one in names if revision_of(one)]) == 2:
        return Sort.CONCORDANCE
    if {"share", "value_added"} <= lower:
        return Sort.USES
    try:
        layout_of(name, names)
    except BadInput:
        if {"code", "material"} & lower:
            return Sort.BUNDLE
        raise
    return Sort.TRADE
