"""CycloneDX: real bills read whole, the conformance cases with the verdict each states, hostile documents refused."""

import gzip
import json

import pytest
from filing_world import introduction, shared
from hypothesis import given, settings
from hypothesis import strategies as st

from kaname.files.problems import BadInput
from kaname.regimes.infrastructure.filing import plan_record
from kaname.regimes.infrastructure.filing.bom_schema import VERSIONS
from kaname.regimes.infrastructure.filing.content import Plan, Sort
from kaname.regimes.infrastructure.filing.cyclonedx import MOST, bill_of, read_bom
from kaname.regimes.infrastructure.filing.inventory import from_bom

# parts, with a supplier, with a supplier or a publisher
REAL = {
    "HBOM_PCIe-SATA-adapter-board__bom.json.gz": (6, 6, 6),
    "SBOM_dropwizard-1.3.15__bom.json.gz": (167, 0, 90),
    "SBOM_juice-shop_via_npm_flat__bom.1.4.json.gz": (1115, 0, 0),
    "SBOM_keycloak-10.0.2__bom.json.gz": (903, 0, 756),
    "SBOM_laravel-7.12.0__bom.1.4.json.gz": (62, 0, 0),
    "VEX__bom.json.gz": (3, 0, 3),
}


def bom(*components, version="1.5", **more) -> bytes:
    document = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, "components": list(components), **more}
    return json.dumps(document).encode()


def part(name: str, **more) -> dict[str, object]:
    return {"type": "device", "name": name, **more}


@pytest.mark.parametrize("name", REAL)
def test_real_bills_are_read_whole(name):
    content = gzip.decompress(shared(f"sbom/cyclonedx/{name}").read_bytes())
    found = read_bom(name, content)
    parts, supplied, published = REAL[name]
    assert len(found.parts) == parts
    assert sum(bool(c.supplier) for c in found.components()) == supplied
    assert sum(bool(c.supplier) for c in found.components(publishers=True)) == published
    assert [p.name.rpartition("/")[2] for p in found.parts] == [
        c["name"].rpartition("/")[2] for c in json.loads(content)["components"]
    ]


def test_a_hardware_bill_brings_function_and_quantity():
    name = "HBOM_PCIe-SATA-adapter-board__bom.json.gz"
    found = read_bom(name, gzip.decompress(shared(f"sbom/cyclonedx/{name}").read_bytes()))
    first = found.components()[1]
    assert (first.supplier, first.function, first.quantity) == ("Molex", "connector", "8")
    assert first.source.endswith("#molex-47155-4001")


def test_every_conformance_case_has_the_verdict_it_states():
    cases = json.loads(gzip.decompress(shared("conformance/cyclonedx_schema_cases.json.gz").read_bytes()))
    wrong = []
    for name, text in cases.items():
        try:
            read_bom(name, text.encode())
            taken = True
        except BadInput as bad:
            taken = False
            assert all(p.text.ja and p.text.en for p in bad.problems)
        if taken is not ("/valid-" in name):
            wrong.append(name)
    assert len(cases) == 126 and not wrong


def test_parts_within_parts_are_all_read_in_order():
    inner = part("inner", components=[part("innermost")])
    found = read_bom("b.json", bom(part("outer", components=[inner]), part("next")))
    assert [(p.name, p.within) for p in found.parts] == [
        ("outer", ""), ("inner", "components[0]"), ("innermost", "components[0].components[0]"), ("next", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bom(version="1.1"), "1.2, 1.3, 1.4, 1.5, 1.6, 1.7"),
        (bom(version=1.5), "1.2, 1.3"),
        (b'{"bomFormat": "SPDX"}', "CycloneDX"),
        (b"[]", "JSON"),
        (b"{", "JSON"),
        (b'{"a": NaN}', "JSON"),
        (b"\xff\xfe{", "UTF-8"),
        (b'{"bomFormat": "CycloneDX", "bomFormat": "CycloneDX"}', "bomFormat"),
        (bom(part("a", **{"bom-ref": "x"}), part("b", **{"bom-ref": "x"})), "components[0]"),
        (bom(part("a", colour="red")), "colour"),
        (b'{"x":' * 100_000, "200"),
        (b"[" * 100_000, "200"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_is_no_bill_is_refused_with_its_reason(content, said):
    with pytest.raises(BadInput) as bad:
        read_bom("b.json", content)
    assert said in " ".join(bad.value.lines("en")) and bad.value.lines("ja")


def test_a_deep_bill_does_not_run_out_of_stack():
    deep = part("x")
    for _ in range(150):
        deep = part("x", components=[deep])
    with pytest.raises(BadInput, match="200"):
        read_bom("b.json", bom(deep))


def test_a_hundred_thousand_components_are_read_and_many_more_refused_by_one_line():
    plan = from_bom(Plan(Sort.INTRODUCTION), read_bom("b.json", bom(*(part(f"p{i}") for i in range(100_000)))))
    assert len(plan.components) == 100_000
    back, problems = plan_record.read(plan_record.plain(plan))
    assert back == plan and not problems
    with pytest.raises(BadInput, match=f"{MOST + 1:,} components, more than {MOST:,}") as bad:
        read_bom("b.json", bom(*(part(f"p{i}") for i in range(MOST + 1))))
    assert len(bad.value.problems) == 1


def test_a_bill_read_twice_adds_nothing():
    plan, found = introduction(), read_bom("b.json", bom(part("a"), part("b")))
    once = from_bom(plan, found)
    assert len(once.components) == 3 and from_bom(once, found) == once


def test_errors_of_a_document_are_counted_to_an_end():
    with pytest.raises(BadInput) as bad:
        read_bom("b.json", bom(*({"name": f"p{i}"} for i in range(1000))))
    assert len(bad.value.problems) == 201 and "first 200" in bad.value.problems[-1].text.en


_NAMES = st.sampled_from(["components", "metadata", "component", "bom-ref", "name", "type", "supplier", "specVersion"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(_JSON, st.sampled_from(VERSIONS))
def test_whatever_a_bill_holds_it_is_read_or_refused(more, version):
    document = {"bomFormat": "CycloneDX", "specVersion": version, "version": 1}
    document |= more if isinstance(more, dict) else {"components": more}
    try:
        bill_of("b.json", json.dumps(document).encode())
    except BadInput as bad:
        assert bad.lines("ja") and bad.lines("en")
