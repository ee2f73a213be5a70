"""No field of any act of any declaration stands without help: what to give, in two languages, and its provision."""

import re

import pytest

from kaname.procedure.declare import Field, FieldType
from kaname.procedure.helps import help_of, how
from kaname.procedure.index import index
from kaname.regimes import KINDS

ACTS = [(kind.id, name, of) for kind in KINDS.values() for name, of in index(kind).acts.items()]


def fields(of):
    """Every field with the provisions it stands under: its own, else those of the field or act that holds it."""
    for f in of.fields.values():
        yield f, f.basis or of.act.basis
        yield from ((c, c.basis or f.basis or of.act.basis) for c in f.columns)


@pytest.mark.parametrize(("kind", "name", "of"), ACTS, ids=[f"{kind}/{name}" for kind, name, _ in ACTS])
def test_every_field_has_help_in_both_languages_and_a_provision(kind, name, of):
    for field, basis in fields(of):
        where = f"{kind} {name} {field.id}"
        for said in (help_of(field), how(field)):
            assert re.search("[ぁ-ゖ一-龠]", said.ja) and re.search("[a-z]", said.en), where
            assert not re.search("[ぁ-ゖ]", said.en), where
        assert basis, f"{where} has no provision"
        assert field.label.ja and field.label.en, where


def test_every_type_of_field_says_how_it_is_given():
    said = {how(Field("x", None, type)).en for type in FieldType}
    assert len(said) == len(FieldType)
    assert how(Field("x", None, FieldType.CHOICE, several=True)) != how(Field("x", None, FieldType.CHOICE))
    assert how(Field("x", None, FieldType.FLAG, finding=True)).en.startswith("The officer")
