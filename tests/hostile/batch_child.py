"""Many files through readers of the program, in one child: what each says of each.

    {"files": [[program, asked, size] ..]} and their bytes, one after the other  ->  {"said": [head ..]}

`fault` stands in the head where a reader broke off by an exception that is no refusal: alone in a child of its own it
would have died, which the office tells in words; a good reader has found words of its own.
"""

from functools import cache
from importlib import import_module

PROGRAMS = {
    "read": "kaname.papers.read_child", "page": "kaname.papers.page_child", "mark": "kaname.papers.mark_child",
    "sheet": "kaname.files.sheet_child", "json": "kaname.regimes.infrastructure.filing.bom_json_child",
    "xml": "kaname.regimes.infrastructure.filing.bom_xml_child",
}  # fmt: skip


def prepare():
    for name in PROGRAMS:
        loaded(name)


@cache
def loaded(name):
    program = import_module(PROGRAMS[name])
    program.prepare()
    return program


def answer(asked, content):
    return {"said": [*each(asked["files"], content)]}, b""


def each(files, content):
    start = 0
    for name, one, size in files:
        yield head_of(loaded(name), one, content[start : start + size])
        start += size


def head_of(program, asked, content):
    """What a reader says of a file."""
    from kaname.files.confined import Refused

    try:
        head, body = program.answer(asked, content)
        return {**head, "bytes": len(body)}
    except Refused as refused:
        return refused.answer
    except (MemoryError, RecursionError):
        return {"refused": "large"}
    except Exception as fault:  # the census of what a reader did not foresee
        return {"refused": "died", "fault": f"{type(fault).__name__}: {fault}"[:200]}
