"""Many files through readers of the program, in one child: what each says of each.

    {"files": [[program, asked, size] ..]} and their bytes, one after the other  ->  {"said": [head ..]}

`fault` stands in the head where a reader broke off by an exception that is no refusal: alone in a child of its own it
would have died, which the office tells in words; a good reader has found words of its own.
"""

from importlib import import_module

PROGRAMS = {
    "read": "kaname.papers.read_child", "page": "kaname.papers.page_child", "mark": "kaname.papers.mark_child",
    "json": "kaname.regimes.infrastructure.filing.bom_json_child",
    "xml": "kaname.regimes.infrastructure.filing.bom_xml_child",
}  # fmt: skip
_loaded = {}


def prepare():
    for name, module in PROGRAMS.items():
        _loaded[name] = import_module(module)
        _loaded[name].prepare()


def answer(asked, content):
    from kaname.files.confined import Refused

    said, start = [], 0
    for program, one, size in asked["files"]:
        try:
            head, body = _loaded[program].answer(one, content[start : start + size])
            head = {**head, "bytes": len(body)}
        except Refused as refused:
            head = refused.answer
        except (MemoryError, RecursionError):
            head = {"refused": "large"}
        except Exception as fault:  # the census of what a reader did not foresee
            head = {"refused": "died", "fault": f"{type(fault).__name__}: {fault}"[:200]}
        said.append(head)
        start += size
    return {"said": said}, b""
