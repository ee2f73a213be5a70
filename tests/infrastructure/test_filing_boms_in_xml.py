"""CycloneDX in XML: read as JSON is, judged by the schema of its version; hostile documents are refused unread."""

import gzip
import json
import re
import time
import warnings

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from filing_world import shared
from test_filing_boms import REAL

from kaname.files.problems import BadInput
from kaname.regimes.infrastructure.filing.bom_schema import VERSIONS
from kaname.regimes.infrastructure.filing.cyclonedx import Part, read_bom

SPACE = "http://cyclonedx.org/schema/bom/"


def xml(body: str = "", version: str = "1.5", head: str = "") -> bytes:
    parts = f"<components>{body}</components>" if body else ""
    return f'<?xml version="1.0"?>{head}<bom xmlns="{SPACE}{version}" version="1">{parts}</bom>'.encode()


def component(name: str, more: str = "", attributes: str = "") -> str:
    return f'<component type="library"{attributes}><name>{name}</name>{more}</component>'


def said(part: Part) -> tuple[str, ...]:
    """What a plan needs of a part; the two forms write their paths differently."""
    return (part.name, part.version, part.type, part.supplier, part.given_as, part.function, part.quantity)


@pytest.mark.parametrize("name", REAL)
def test_real_bills_say_the_same_in_both_forms(name):
    content = gzip.decompress(shared(f"sbom/cyclonedx/{name}").read_bytes())
    in_json = read_bom(name, content)
    version = next(v for v in SchemaVersion if v.to_version() == in_json.version)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the writer, about dependencies
        written = make_outputter(Bom.from_json(json.loads(content)), OutputFormat.XML, version).output_as_string()
    in_xml = read_bom("b.xml", written.encode())
    assert in_xml.version == in_json.version and len(in_xml.parts) == REAL[name][0]
    assert sorted(map(said, in_xml.parts)) == sorted(map(said, in_json.parts))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_is_read_with_parts_within_parts(version):
    inner = f"<components>{component('inner', '<version>2</version>' if version < '1.4' else '')}</components>"
    one = "<version>1</version>" if version < "1.4" else ""  # asked for until 1.3
    outer = component("outer", f"{one}{inner}", ' bom-ref="o"')
    outer = outer.replace("<name>outer", "<supplier><name> 星野計器 </name></supplier><group>g</group><name>outer")
    found = read_bom("b.xml", b"\xef\xbb\xbf" + xml(outer, version).replace(b'<?xml version="1.0"?>', b""))
    assert [(p.name, p.supplier, p.within) for p in found.parts] == [
        ("g/outer", "星野計器", ""), ("inner", "", "components[0]"),
    ]  # fmt: skip
    assert found.components()[0].source == "b.xml#o"


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(30))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (xml(component("&e29;"), head=f"<!DOCTYPE bom [{BOMB}]>"), "document type"),
        (xml(component("&x;"), head='<!DOCTYPE bom [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "document type"),
        (xml(component("a"), head='<!DOCTYPE bom SYSTEM "http://127.0.0.1:9/x.dtd">'), "document type"),
        (xml(version="1.1"), "CycloneDX 1.1 cannot be read"),
        (xml().replace(SPACE.encode(), b"urn:other/"), "no CycloneDX bill"),
        (b"<html/>", "no CycloneDX bill"),
        (xml(component("a"))[:-9], "cannot be read as XML"),
        (b"<", "cannot be read as XML"),
        (xml(component("&nothere;")), "cannot be read as XML"),
        (xml("<colour/>"), "colour"),
        (xml('<component type="libary"><name>a</name></component>'), "component@type"),
        (xml("<component><name>a</name></component>"), "lacks an attribute"),
        (xml(component("a", attributes=' bom-ref="x"') + component("b", attributes=' bom-ref="x"')), "bom-ref"),
        (xml("<component>" * 100_000), "deep"),
    ],
    ids=["bomb", "file", "dtd", "version", "space", "html", "cut", "empty", "entity", "element", "value", "lacks",
         "twice", "deep"],
)  # fmt: skip
def test_what_is_no_bill_is_refused_with_its_reason_in_no_time(content, told):
    began = time.process_time()
    with pytest.raises(BadInput) as bad:
        read_bom("b.xml", content)
    assert told in " ".join(bad.value.lines("en")), bad.value.lines("en")
    assert all(re.search("[ぁ-ん]", line) for line in bad.value.lines("ja")) and time.process_time() - began < 2


def test_errors_of_a_document_are_counted_to_an_end():
    with pytest.raises(BadInput) as bad:
        read_bom("b.xml", xml("<component><name>a</name></component>" * 1000))
    assert len(bad.value.problems) == 201 and "first 200" in bad.value.problems[-1].text.en
