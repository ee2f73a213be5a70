"""The columns of a docket (出願一覧): what a row may bring and what screening adds."""

import pyarrow as pa

from kaname.regimes.patents.screening import REQUIREMENTS

REQUIRED = ("application_id", "filing_date", "ipc")
REQUIREMENT_COLUMNS = tuple(f"requirement_{r}" for r in REQUIREMENTS)
TEXTS = ("title", "abstract", "claims")
OPTIONAL = (*TEXTS, "base_date", "base_date_78", *REQUIREMENT_COLUMNS)

OUTPUT = pa.schema(
    [(name, pa.string()) for name in ("application_id", "items", "fields", "requirement_needed", "outcome")]
    + [(name, pa.date32()) for name in ("send_by", "ban_ends_if_silent", "ban_ends_latest")]
    + [(name, pa.string()) for name in ("reasons_ja", "reasons_en")]
)
