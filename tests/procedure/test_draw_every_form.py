"""Charts of every form: nothing of the declaration is left out, the same input gives the same chart, goldens hold.

KANAME_GOLDEN=write writes the golden files anew; read the difference before you keep it.
"""

import json
import os
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from every_kind import IDS, KINDS
from small_kinds import PERMIT

from kaname.procedure.draw import FORMS, draw
from kaname.procedure.index import UnknownName

GOLDEN = Path(__file__).parent.parent / "golden" / "charts"
HERE = {"permit.recommended", "sharing.open"}
SUFFIX = {"mermaid": "mmd", "svg": "svg", "bpmn": "bpmn", "json": "json"}
each_kind = pytest.mark.parametrize("kind", KINDS, ids=IDS)
each_form = pytest.mark.parametrize("form", FORMS)
each_lang = pytest.mark.parametrize("lang", ["ja", "en"])


def words(form, chart):
    """All words of a chart in order, without blanks: where lines break does not matter."""
    if form in ("svg", "bpmn"):
        root = ET.fromstring(chart)
        found = [root.text or ""] + [t for e in root.iter() for t in (e.get("name", ""), e.text or "")]
    elif form == "json":
        graphs = json.loads(chart)["procedures"]
        found = [x["label"] for g in graphs for x in (g, *g["nodes"], *g["edges"])]
    else:
        found = [re.sub(r"#(\d+);", lambda m: chr(int(m[1])), chart)]
    return re.sub(r"\s", "", "\n".join(found))


@each_form
@each_lang
def test_golden_chart(form, lang):
    path = GOLDEN / f"small_permit.{lang}.{SUFFIX[form]}"
    chart = draw(PERMIT, form, lang, HERE)
    if os.environ.get("KANAME_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(chart, encoding="utf-8")
    assert chart == path.read_text(encoding="utf-8"), f"{path.name} differs; see the head of this file"


@each_kind
@each_form
@each_lang
def test_every_state_act_and_effect_appears(kind, form, lang):
    for p in kind.procedures:
        said = words(form, draw(kind, form, lang, procedure=p.id))
        for label in (*map(p.label_of, p.states), *(e.label for e in (*p.acts, *p.consequences))):
            assert re.sub(r"\s", "", label[lang]) in said, f"{p.id}: {label[lang]} is missing"


@each_kind
@each_form
def test_a_kind_holds_every_procedure_once(kind, form):
    said = words(form, draw(kind, form, "ja"))
    assert all(re.sub(r"\s", "", p.label.ja) in said for p in kind.procedures)


@each_form
def test_what_is_not_in_force_is_left_out(form):
    assert "briefreport" in words(form, draw(PERMIT, form, "en", as_of=date(2026, 4, 1)))
    assert "briefreport" not in words(form, draw(PERMIT, form, "en", as_of=date(2026, 3, 31)))
    assert "briefreport" not in words(form, draw(PERMIT, form, "en", as_of=date(2027, 1, 1)))


@each_form
@pytest.mark.parametrize(("lang", "mark"), [("ja", "▶現在"), ("en", "▶here")])
def test_where_the_case_stands_is_said_in_words(form, lang, mark):
    if form == "json":
        nodes = json.loads(draw(PERMIT, form, lang, HERE))["procedures"][0]["nodes"]
        assert [n["id"] for n in nodes if n["here"]] == ["recommended"]
        return
    assert words(form, draw(PERMIT, form, lang, HERE)).count(mark) == len(HERE)
    assert mark not in words(form, draw(PERMIT, form, lang))


@each_form
def test_a_procedure_alone_is_drawn_as_well(form):
    alone = draw(PERMIT.procedure("permit"), form, "en", here={"recommended"})
    assert alone == draw(PERMIT, form, "en", here={"permit.recommended"}, procedure="permit")


def test_unknown_names_are_refused_with_what_there_is():
    with pytest.raises(ValueError, match="mermaid, svg, bpmn, json"):
        draw(PERMIT, "pdf")
    with pytest.raises(UnknownName, match=r"permit\.recomended"):
        draw(PERMIT, "svg", here={"permit.recomended"})
    with pytest.raises(UnknownName, match="permt"):
        draw(PERMIT, "svg", procedure="permt")


def test_mermaid_labels_hold_no_character_of_its_grammar():
    """A colon or semicolon in a label would end it; both stand as codes."""
    for kind in KINDS:
        for line in draw(kind, "mermaid", "en").splitlines():
            label = line.partition(" : ")[2]
            assert ":" not in label and not re.search(r"(?<!#quot)(?<!#lt)(?<!#gt)(?<!#\d\d);", label), line
            assert '"' not in label, line
