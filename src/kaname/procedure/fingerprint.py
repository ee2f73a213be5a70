"""What a declaration comes down to, in a few letters: whoever keeps something worked out by it sees when it changed.

Words and provisions are left out, they decide nothing. A function counts by what it does: its code, its constants, and
the functions and tables of the regimes that it names. The kernel itself is not in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, partial
from hashlib import sha256
from types import CodeType, FunctionType, ModuleType
from typing import Any

from kaname.law import Basis, Text
from kaname.procedure.declare import CaseKind

LENGTH = 16


@cache
def fingerprint(kind: CaseKind) -> str:
    """16 hexadecimal digits that are others once the declaration decides otherwise."""
    return sha256("\n".join(_pieces(kind, {})).encode("utf-8", "backslashreplace")).hexdigest()[:LENGTH]


def _pieces(value: Any, met: dict[int, tuple[int, Any]]) -> Iterator[str]:
    """The value in words that are the same in every process. `met`: what was told already, kept so that ids hold."""
    if isinstance(value, Text | Basis):
        return
    if not isinstance(value, _WITH_PARTS) and not is_dataclass(value):
        yield _plain(value)
        return
    if known := met.get(id(value)):
        yield f"again {known[0]}"
        return
    met[id(value)] = len(met), value
    yield f"{type(value).__qualname__} ("
    for part in _parts(value):
        yield from _pieces(part, met)
    yield ")"


_WITH_PARTS = (Mapping, list, tuple, set, frozenset, FunctionType, CodeType, partial)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, FunctionType):
        yield from (value.__code__, value.__defaults__, value.__kwdefaults__)
        yield from (cell.cell_contents for cell in value.__closure__ or ())
        yield from _named(value)
    elif isinstance(value, CodeType):
        yield from (value.co_code, value.co_names, value.co_consts)
    elif isinstance(value, partial):
        yield from (value.func, value.args, value.keywords)
    elif isinstance(value, Mapping):
        yield from (part for item in value.items() for part in item)
    elif isinstance(value, set | frozenset):
        yield from sorted(map(_plain, value))
    elif isinstance(value, list | tuple):
        yield from value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, f.name) for f in fields(value))


def _named(function: FunctionType) -> Iterator[Any]:
    """What a function reads of its own module and of the regimes."""
    names = _names(function.__code__)
    for name in names:
        found = function.__globals__.get(name)
        if isinstance(found, ModuleType) and _is_of_a_regime(found.__name__):
            yield from (
                vars(found)[n] for n in names if n in vars(found) and not isinstance(vars(found)[n], ModuleType)
            )
        elif isinstance(found, FunctionType):
            if found.__module__ == function.__module__ or _is_of_a_regime(found.__module__):
                yield found
        elif found is not None and not isinstance(found, ModuleType | type):
            yield found


def _names(code: CodeType) -> list[str]:
    inner = [name for const in code.co_consts if isinstance(const, CodeType) for name in _names(const)]
    return sorted({*code.co_names, *inner})


def _is_of_a_regime(module: str) -> bool:
    return module.startswith("kaname.regimes.")


def _plain(value: Any) -> str:
    """A value without parts; of anything unknown its kind alone, for its address differs in every process."""
    said = repr(value)
    return type(value).__qualname__ if " at 0x" in said else said
