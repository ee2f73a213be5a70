"""Short ways to write what declarations ask again and again: a finding, a text, a flag, a paper."""

from kaname.law import Bases, Text
from kaname.procedure.declare import Condition, Field, FieldType
from kaname.procedure.view import View


def finding(
    id: str, label: Text, lacks: Text, basis: Bases, help: Text | None = None, question: int | None = None,
) -> tuple[Field, Condition]:  # fmt: skip
    """What the officer must find (認定): a flag to record, and the condition that it is so. Never computed."""

    def found(view: View) -> bool | None:
        answer: bool | None = view.given(id)
        return answer

    field = Field(id, label, FieldType.FLAG, basis, finding=True, help=help)
    return field, Condition(id, label, lacks, basis, found, question=question)


def text(
    id: str, label: Text, basis: Bases, *, required: bool = False, sealed: bool = False, form: Text | None = None,
    help: Text | None = None, long: bool = False,
) -> Field:  # fmt: skip
    """A field that is filled with text; `long`: in paragraphs, as reasons and opinions always are."""
    long = long or id in PARAGRAPHS
    return Field(id, label, FieldType.TEXT, basis, required=required, sealed=sealed, form=form, help=help, long=long)


PARAGRAPHS = frozenset({"reasons", "opinion", "advice", "defects", "explanation"})


def flag(id: str, label: Text, basis: Bases, help: Text | None = None) -> Field:
    """A question answered yes or no by the one who files."""
    return Field(id, label, FieldType.FLAG, basis, help=help)


def paper(
    id: str, label: Text, basis: Bases, *, required: bool = False, several: bool = False, sealed: bool = False,
    form: Text | None = None, help: Text | None = None,
) -> Field:  # fmt: skip
    """A document attached (添付書類)."""
    return Field(
        id, label, FieldType.DOCUMENT, basis, required=required, several=several, sealed=sealed, form=form, help=help
    )
