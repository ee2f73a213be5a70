"""CycloneDX that somebody sends, in JSON and XML, changed in structure and in bytes: read whole or refused in words.

What is taken is held against an oracle of few lines that walks the document by the standard library.
"""

import json
import random
from copy import deepcopy
from xml.etree import ElementTree

import pytest
from lxml import etree

from figures import seeds, tries
from hostile import grammar
from hostile.batches import told
from kaname.files import child
from kaname.files.problems import BadInput
from kaname.regimes.infrastructure.filing import bom_xml, cyclonedx

EACH = 500
BILLS = tries(1, ci=5, soak=500)  # seeds, of each of the two forms: 5,000 bills together, 500,000 in the soak
SPACE = "http://cyclonedx.org/schema/bom/1.6"

PART = {
    "type": "device", "bom-ref": "a", "name": "盤", "version": "1", "supplier": {"name": "星野計器"}, "group": "g",
    "description": "制御", "properties": [{"name": "cdx:device:quantity", "value": "8"}],
    "components": [{"type": "library", "bom-ref": "b", "name": "lib", "publisher": "P", "version": "2"}],
}  # fmt: skip
BILL = {
    "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
    "metadata": {"component": {"type": "device", "name": "設備"}},
    "components": [PART, {"type": "firmware", "name": "fw", "manufacturer": {"name": "M"}}],
    "dependencies": [{"ref": "a", "dependsOn": ["b"]}],
}  # fmt: skip
SOUND = grammar.Sound(BILL)
XML = f"""<?xml version="1.0"?>
<bom xmlns="{SPACE}" version="1"><metadata><component type="device"><name>設備</name></component></metadata>
<components><component type="device" bom-ref="a"><supplier><name>星野計器</name></supplier>
<group>g</group><name>盤</name>
<version>1</version><description>制御</description>
<properties><property name="cdx:device:quantity">8</property></properties>
<components><component type="library" bom-ref="b"><publisher>P</publisher><name>lib</name><version>2</version>
</component></components></component>
<component type="firmware"><manufacturer><name>M</name></manufacturer><name>fw</name></component></components></bom>
"""
_TAGS = (
    "component",
    "components",
    "name",
    "version",
    "supplier",
    "bom",
    "x",
    "property",
    "hashes",
    "license",
    "bom-ref",
)
_HEADS = ("<!DOCTYPE a [<!ENTITY b 'c'>]>", "<?xml-stylesheet href='x'?>", "<!-- -->", "<![CDATA[x]]>", "&lt;", "&b;",
          "&#0;", "xmlns:x='y'", "<x xmlns='z'/>")  # fmt: skip


def in_json(lot):
    if lot.random() < 0.3:
        return grammar.mutated(lot, SOUND.text.encode())
    return json.dumps(SOUND.altered(lot)).encode()


def in_xml(lot):
    """Bytes changed; or elements doubled, moved, renamed, filled with nasty words, and what no element is put in."""
    if lot.random() < 0.3:
        return grammar.mutated(lot, XML.encode())
    root = ElementTree.fromstring(XML)
    for _ in range(lot.choice((1, 1, 1, 2, 4))):
        every = [(above, one) for above in root.iter() for one in above]
        if not every:
            break
        above, one = lot.choice(every)
        match lot.randrange(7):
            case 0:
                above.remove(one)
            case 1:
                above.insert(lot.randrange(len(above) + 1), deepcopy(one))
            case 2:
                lot.choice(every)[0].append(deepcopy(one))
            case 3:
                one.tag = f"{{{SPACE}}}{lot.choice(_TAGS)}"
            case 4:
                one.text = _writable(grammar.text(lot))
            case 5:
                one.set(lot.choice(("type", "bom-ref", "name", "version", "x")), _writable(grammar.text(lot))[:60])
            case _:
                one.attrib.clear()
    text = ElementTree.tostring(root, encoding="unicode")
    if lot.random() < 0.2:
        at = lot.randrange(len(text))
        text = text[:at] + lot.choice(_HEADS) + text[at:]
    return text.encode("utf-8", "replace")


def _writable(text):
    return "".join(c for c in text if c in "\t\n" or c >= " ") if random.Random(text).random() < 0.9 else text


def taken(file, content, said):
    """The bill, made of what the reader in the child said as the office makes it; None where it was refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bom_xml, "run", lambda *_: child.Answer(said, b""))
        try:
            return cyclonedx.read_bom(file, content)
        except BadInput as bad:
            assert bad.lines("ja") and bad.lines("en")
            return None


def parts_in_json(content):
    def under(holder):
        for one in holder.get("components") or ():
            yield "/".join(str(one[key]) for key in ("group", "name") if one.get(key))
            yield from under(one)

    return [*under(json.loads(content.decode("utf-8-sig")))]


def parts_in_xml(content):
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:  # expat knows the names of XML's fourth edition, libxml2 those of the fifth
        root = etree.fromstring(content)
    space = root.tag.removesuffix("bom")

    def under(holder):
        for one in holder.findall(f"{space}components/{space}component"):
            words = ((one.findtext(f"{space}{name}") or "").strip() for name in ("group", "name"))
            yield "/".join(filter(None, words))
            yield from under(one)

    return [*under(root)]


FORMS, PARTS = {"json": in_json, "xml": in_xml}, {"json": parts_in_json, "xml": parts_in_xml}


def form_of(content):
    """By its bytes, as the office tells which reader a bill is for."""
    return "xml" if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "json"


def whole(content, said):
    """Whether a bill was taken, by what its reader said of it. A fault of the reader, or a part that is not there, is
    an AssertionError."""
    assert "fault" not in said, said
    form = form_of(content)
    found = taken(f"b.{form}", content, said)
    assert found is None or [p.name for p in found.parts] == PARTS[form](content)
    return found is not None


def judged(form, seed, alter=lambda said: said):
    """(taken, bills that were not read as they stand)."""
    lot, many, wrong = random.Random(seed), 0, []
    bills = [FORMS[form](lot) for _ in range(EACH)]
    for content, said in zip(bills, told([(form_of(c), {}, c) for c in bills]), strict=True):
        try:
            many += whole(content, alter(said))
        except AssertionError as fault:
            wrong.append((content, fault))
    return many, wrong


@pytest.mark.parametrize("form", FORMS)
def test_whatever_a_bill_holds_it_is_read_whole_or_refused(form):
    read = 0
    for seed in seeds(BILLS, fewest=2):
        many, wrong = judged(form, seed)
        assert wrong == []
        read += many
    assert read


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_that_leaves_parts_of_parts_out_is_found(form):
    def shallow(said):
        if "parts" in said:
            return {**said, "parts": [part for part in said["parts"] if not part[-1]]}
        if "document" in said:
            of = said["document"]
            of["components"] = [{k: v for k, v in one.items() if k != "components"} for one in of["components"]]
        return said

    assert any(judged(form, seed, shallow)[1] for seed in range(2))
