"""Mutants of a module: one small change each, put into the functions of the running process and taken out again.

`Source(module).mutants()` gives them; `planted(mutant)` puts one in for the length of a block. Nothing on disk changes:
functions that are there already get the changed code, whoever imported them; constants are computed anew, with those
that follow from them, and handed to whoever imported them by name.

A statement or a clause left out, a condition always or never true, a comparison that is off by one or turned round, a
number more, an empty text, a missing argument, entry or element, `None` for what is returned. In texts of SQL: a
comparison left out, off by one or turned round. Not changed: texts for people (`T`, what an error says, what a check
says after what it asks), what the type checker reads, decorators, and what stands in the body of a class beside its
methods (fields of tables, enumerations).
"""

import ast
import copy
import functools
import gc
import importlib
import re
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OTHER = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
AFTER_FIRST = {"need", "shaped"}  # calls that ask something, then say to people what it was
CONDITIONS = {"filter", "exclude", "get", "Q"}  # whose arguments each narrow what is found
FOR_PEOPLE = {"T", "Text", "TypeVar", "getLogger", "debug", "info", "warning", "exception"}
SQL = re.compile(r"\b(SELECT|WHERE|EXISTS|UPDATE|INSERT|DELETE|TRIGGER|ORDER BY|RAISE|IN \(|= %s)")
# (what to look for, what to put there, what is said)
IN_SQL = (
    (r"[\w.]+ (?:<=|>=|<>|=|<|>) %s", "%s IS NOT NULL"), (r"[\w.]+ (?:<=|>=|<>|=|<|>) [\w.]+", "1 = 1"),
    (r"<=", "<"), (r">=", ">"), (r"\bAND [a-z]\w*\.\w+(?= |$|\))(?! [=<>I])", ""), (r"\bAND\b", "OR"),
    (r"\bOR\b(?! REPLACE| IGNORE)", "AND"), (r"\bNOT (?=IN\b|EXISTS\b|NULL\b)", ""), (r"\bIS (?=NULL\b)", "IS NOT "),
    (r"\btrue\b", "false"), (r"\bfalse\b", "true"), (r"\bDISTINCT ", ""), (r"\bDESC\b", ""),
)  # fmt: skip
NOTHING = ast.Pass()


@dataclass(frozen=True)
class Mutant:
    """One change: in which function or constant, what was there and what is there now."""

    where: str
    change: str
    line: int
    parent: ast.AST
    field: str
    index: int | None
    new: ast.AST | None
    cached: bool = False

    @property
    def name(self) -> str:
        return f"{self.where}: {self.change}"


class Source:
    """A module with its syntax tree and the functions that live of it."""

    def __init__(self, name: str) -> None:
        self.module: ModuleType = importlib.import_module(name)
        self.file = Path(str(self.module.__file__))
        self.tree = ast.parse(self.file.read_text("utf-8"))
        self.codes = codes(self._compiled())
        self.living, self.remembering = living(str(self.file)), remembering(name)

    def mutants(self) -> list[Mutant]:
        found, times = [], Counter[str]()
        for one in (m for statement in self.tree.body for m in _of_statement(statement)):
            times[one.name] += 1
            again = f" ({times[one.name]})" if times[one.name] > 1 else ""
            found.append(Mutant(**{**one.__dict__, "change": one.change + again}))
        return found

    def statement(self, mutant: Mutant) -> ast.stmt:
        """That of the module in which the change lies."""
        return next(s for s in self.tree.body if any(node is mutant.parent for node in ast.walk(s)))

    def _compiled(self) -> CodeType:
        return compile(self.tree, str(self.file), "exec")

    @contextmanager
    def planted(self, mutant: Mutant) -> Iterator[None]:
        """The change in force for the length of a block. What does not even load raises."""
        undo: list[Any] = []
        with _changed(mutant):
            try:
                statement = self.statement(mutant)
                if isinstance(statement, ast.Assign | ast.AnnAssign):
                    self._constants(statement, undo)
                else:
                    self._functions(undo)
                self._forget()
                yield
            finally:
                for back in reversed(undo):
                    back()
                self._forget()

    def _forget(self) -> None:
        for one in self.remembering:
            one.cache_clear()

    def _functions(self, undo: list[Any]) -> None:
        for key, code in codes(self._compiled()).items():
            if code == self.codes.get(key):
                continue
            for function in self.living[key]:
                if len(code.co_freevars) != len(function.__code__.co_freevars):
                    continue  # no longer says super(), say: cannot be put in, and is told as surviving
                undo.append(functools.partial(setattr, function, "__code__", function.__code__))
                function.__code__ = code
        for node in ast.walk(self.tree):  # defaults were computed when the function was made
            if isinstance(node, ast.FunctionDef) and (node.args.defaults or node.args.kw_defaults):
                self._defaults(node, undo)

    def _defaults(self, node: ast.FunctionDef, undo: list[Any]) -> None:
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        for (name, line), there in self.living.items():
            if line != first or name.rpartition(".")[2] != node.name:
                continue
            for function in there:
                for at, default in _simple_defaults(node):
                    if isinstance(at, str):
                        old = dict(function.__kwdefaults__ or {})
                        if at in old and old[at] != default:
                            undo.append(functools.partial(setattr, function, "__kwdefaults__", old))
                            function.__kwdefaults__ = {**old, at: default}
                    else:
                        old_ones = function.__defaults__ or ()
                        if at < len(old_ones) and old_ones[at] != default:
                            undo.append(functools.partial(setattr, function, "__defaults__", old_ones))
                            function.__defaults__ = (*old_ones[:at], default, *old_ones[at + 1 :])

    def _constants(self, changed: ast.stmt, undo: list[Any]) -> None:
        names: set[str] = set()
        space = self.module.__dict__
        for statement in self.tree.body:
            if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
                continue
            read = {n.id for n in ast.walk(statement.value) if isinstance(n, ast.Name)}
            if statement is not changed and not read & names:
                continue
            bound = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            before = {name: space[name] for name in bound if name in space}
            names |= bound
            exec(compile(ast.Module([statement], []), str(self.file), "exec"), space)  # noqa: S102  # a changed module of ours
            for name, old in before.items():
                for other in list(sys.modules.values()):
                    there = getattr(other, "__dict__", None)
                    if there is not None and (there is space or there.get(name) is old):
                        undo.append(functools.partial(there.__setitem__, name, old))
                        there[name] = space[name]


def codes(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """Each code object within one, by qualified name and first line."""
    found = {(code.co_qualname, code.co_firstlineno): code}
    for within in code.co_consts:
        if isinstance(within, CodeType):
            found |= codes(within)
    return found


def living(file: str) -> dict[tuple[str, int], list[FunctionType]]:
    """The functions of this process that were made of a file."""
    found = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename == file:
            found[one.__code__.co_qualname, one.__code__.co_firstlineno].append(one)
    return found


def remembering(module: str) -> list[Any]:
    """The functions of a module that remember earlier answers."""
    return [o for o in gc.get_objects() if type(o) is functools._lru_cache_wrapper and o.__module__ == module]


@contextmanager
def _changed(mutant: Mutant) -> Iterator[None]:
    there = getattr(mutant.parent, mutant.field)
    if mutant.index is None:
        setattr(mutant.parent, mutant.field, mutant.new)
    elif mutant.new is None:
        setattr(mutant.parent, mutant.field, [*there[: mutant.index], *there[mutant.index + 1 :]])
    else:
        setattr(mutant.parent, mutant.field, [*there[: mutant.index], mutant.new, *there[mutant.index + 1 :]])
    try:
        yield
    finally:
        setattr(mutant.parent, mutant.field, there)


def _simple_defaults(node: ast.FunctionDef) -> Iterator[tuple[int | str, Any]]:
    """Defaults made of constants alone; the others cannot be compared."""
    named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    places = [*enumerate(node.args.defaults), *((argument.arg, value) for argument, value in named)]
    for at, default in places:
        if default and all(isinstance(n, ast.Constant | ast.BinOp | ast.operator) for n in ast.walk(default)):
            yield at, eval(compile(ast.Expression(default), "a default", "eval"))  # noqa: S307  # constants of our own source


# -- what is changed ---------------------------------------------------------------------------------------------------


def _of_statement(statement: ast.stmt) -> Iterator[Mutant]:
    if isinstance(statement, ast.FunctionDef):
        yield from _of_function(statement, statement.name)
    elif isinstance(statement, ast.ClassDef):
        for inner in statement.body:
            if isinstance(inner, ast.FunctionDef):
                yield from _of_function(inner, f"{statement.name}.{inner.name}")
    elif isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value and not _of_types(statement.value):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        yield from _within(statement, ast.unparse(target), ("value",))


def _of_types(value: ast.expr) -> bool:
    return isinstance(value, ast.Subscript) or (isinstance(value, ast.Call) and _called(value) in FOR_PEOPLE)


def _of_function(node: ast.FunctionDef, name: str) -> Iterator[Mutant]:
    cached = any("cache" in ast.unparse(d) for d in node.decorator_list)
    first = node.body[0]
    text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    for one in (
        *_within(node, name, ("body",), skip=int(text)),
        *_within(node.args, name, ("defaults", "kw_defaults")),
    ):
        yield Mutant(**{**one.__dict__, "cached": cached})


def _within(parent: ast.AST, where: str, fields: tuple[str, ...] | None = None, skip: int = 0) -> Iterator[Mutant]:
    for field, value in ast.iter_fields(parent):
        if (fields and field not in fields) or field in ("annotation", "returns", "decorator_list", "ctx"):
            continue
        for at, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or (field == "body" and at < skip):
                continue
            if at and isinstance(parent, ast.Call) and field == "args" and _called(parent) in AFTER_FIRST:
                continue
            index = at if isinstance(value, list) else None
            for said, new in _changes(node, parent, field):
                if new is not None:
                    ast.copy_location(new, node)
                    ast.fix_missing_locations(new)
                yield Mutant(where, said, getattr(node, "lineno", 0), parent, field, index, new)
            if not _for_people(node):
                yield from _within(node, where)


def _for_people(node: ast.AST) -> bool:
    """What people or the type checker read: nothing in it is changed."""
    if isinstance(node, ast.Call):
        return _called(node) in FOR_PEOPLE or _called(node) == "cast"
    return isinstance(node, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom | ast.arguments)


def _changes(node: ast.AST, parent: ast.AST, field: str) -> Iterator[tuple[str, ast.AST | None]]:
    """Each change of this one node: what is said of it, and what takes its place (None: nothing, in a list)."""
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                new = copy.deepcopy(node)
                new.ops[at] = TURNED[type(op)]()
                yield _to(node, new), new
        case ast.BoolOp():
            for at, value in enumerate(node.values):
                left = [v for i, v in enumerate(node.values) if i != at]
                yield _without(value), copy.deepcopy(left[0] if len(left) == 1 else ast.BoolOp(node.op, left))
        case ast.UnaryOp(op=ast.Not()) if field != "test":
            yield _to(node, node.operand), copy.deepcopy(node.operand)
        case ast.BinOp():
            yield _without(node.right), copy.deepcopy(node.left)
            yield _without(node.left), copy.deepcopy(node.right)
        case ast.Constant():
            yield from _of_constant(node, parent)
        case ast.Call():
            yield from _of_call(node)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield f"{_short(node)} -> return None", ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Constant()) | ast.Expr(value=ast.Yield()):
            pass
        case ast.Expr() if isinstance(node.value, ast.Call) and _called(node.value) in FOR_PEOPLE:
            pass
        case ast.Expr() | ast.Raise() | ast.AugAssign() | ast.Delete() | ast.Break() | ast.Continue() | ast.Return():
            if not isinstance(node, ast.Return) or node.value is None:
                yield _without(node), copy.copy(NOTHING)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield _without(node), copy.copy(NOTHING)
        case ast.FormattedValue():
            yield _without(node.value), ast.Constant("")
        case ast.Set() | ast.List() | ast.Tuple() if len(node.elts) > 1 and _listed(node, parent, field):
            for at, element in enumerate(node.elts):
                new = copy.deepcopy(node)
                del new.elts[at]
                yield _without(element), new
        case ast.Dict() if len(node.keys) > 1 and all(isinstance(k, ast.Constant) for k in node.keys):
            for at, key in enumerate(node.keys):
                new = copy.deepcopy(node)
                del new.keys[at], new.values[at]
                yield _without(key), new
    if field == "test" and isinstance(parent, ast.If | ast.IfExp):
        yield f"if {_short(node)} -> always", ast.Constant(True)
        yield f"if {_short(node)} -> never", ast.Constant(False)
    if field == "ifs":
        yield f"without if {_short(node)}", None


def _listed(node: ast.Set | ast.List | ast.Tuple, parent: ast.AST, field: str) -> bool:
    """A list of names or constants that is read, not a pattern of types or a target."""
    if isinstance(parent, ast.Subscript) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        return False
    if isinstance(node, ast.Tuple) and not isinstance(parent, ast.Compare | ast.ExceptHandler | ast.Assign | ast.Call):
        return False
    return field != "value" or not isinstance(parent, ast.Return)


def _of_call(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    called = _called(node)
    if called in FOR_PEOPLE:
        return
    if isinstance(node.func, ast.Name) and called in OTHER:
        new = copy.deepcopy(node)
        new.func = ast.Name(OTHER[called], ast.Load())
        if called == "sorted":
            new.keywords = []
        yield f"{_short(node)}: {called} -> {OTHER[called]}", new
    for at, keyword in enumerate(node.keywords):
        if keyword.arg and called != "sorted":
            new = copy.deepcopy(node)
            del new.keywords[at]
            yield f"{_short(node.func)}(...) without {keyword.arg}={_short(keyword.value)}", new
    if called in CONDITIONS:
        for at, argument in enumerate(node.args):
            new = copy.deepcopy(node)
            del new.args[at]
            yield f"{_short(node.func)}(...) without {_short(argument)}", new


def _of_constant(node: ast.Constant, parent: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    value = node.value
    if isinstance(parent, ast.FormattedValue) or value is None or value is Ellipsis:
        return
    if isinstance(value, bool):
        yield f"{value} -> {not value}", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield f"{value} -> {value + 1}", ast.Constant(value + 1)
    elif isinstance(value, bytes):
        yield f"{value!r:.40} -> {b'' if value else b'x'!r}", ast.Constant(b"" if value else b"x")
    elif SQL.search(value):
        yield from ((said, ast.Constant(new)) for said, new in of_sql(value))
    elif value.strip() or not value:
        yield f"{value!r:.60} -> {'' if value else 'x'!r}", ast.Constant("" if value else "x")


def of_sql(text: str) -> Iterator[tuple[str, str]]:
    for pattern, new in IN_SQL:
        for found in re.finditer(pattern, text):
            said = text[max(0, found.start() - 25) : found.end() + 20]
            yield (
                f"SQL {said!r}: {found[0]!r} -> {new!r}",
                text[: found.start()] + new + text[found.end() :],
            )


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _short(node: ast.AST) -> str:
    return textwrap.shorten(ast.unparse(node), 90, placeholder=" …")


def _to(old: ast.AST, new: ast.AST) -> str:
    return f"{_short(old)} -> {_short(new)}"


def _without(node: ast.AST) -> str:
    return f"without {_short(node)}"
