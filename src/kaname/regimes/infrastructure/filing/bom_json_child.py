"""The reader of a CycloneDX bill in JSON, run by `cyclonedx` in a child (see `files.confined`).

It answers the parts that a plan needs, or every problem of the document: [line, field, Japanese, English].
"""

from typing import Any

from kaname.files.problems import BadInput
from kaname.regimes.infrastructure.filing import bom_schema, cyclonedx


def prepare() -> None:
    for version in bom_schema.VERSIONS:
        bom_schema.validator(version)


def answer(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        found = cyclonedx.bill_of("", content)
    except BadInput as wrong:
        return {"problems": [[p.line, p.field, p.text.ja, p.text.en] for p in wrong.problems]}, b""
    return {"version": found.version, "subject": found.subject, "parts": found.parts}, b""
