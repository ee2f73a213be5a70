"""A checked application as plain data, in one language: for JSON, pages and tables alike."""

from typing import Any

from kaname.law import Lang, cited
from kaname.regimes.supply.filing.check import Checked
from kaname.regimes.supply.filing.finding import Finding


def finding(found: Finding, lang: Lang) -> dict[str, Any]:
    return {
        "weight": found.weight.value,
        "part": found.part,
        "field": found.field,
        "row": found.row,
        "text": found.text[lang],
        "basis": [cited((b,), lang) for b in found.basis],
        "question": found.question,
    }


def checked(found: Checked, lang: Lang) -> dict[str, Any]:
    """`can_be_filed`: nothing is missing or wrong. `reports`: by when each applicant reports if it is certified on the
    last day of the month of processing."""
    order = found.order
    return {
        "can_be_filed": found.can_be_filed,
        "act": found.act,
        "product": found.product.id if found.product else None,
        "order": order.id if order else None,
        "ministry": order.label[lang] if order else None,
        "target": found.target.isoformat(),
        "findings": [finding(f, lang) for f in found.findings],
        "reports": [
            {"party": r.applicant.party, "key": r.applicant.key, "year_end": r.year_end.isoformat(),
             "due": r.due.isoformat(), "unmoved": r.unmoved.isoformat()}
            for r in found.reports
        ],
    }  # fmt: skip
