"""House rules that the linter has no word for, over the syntax trees of src/: each finding is (line, what).

Where something must be done all the same, the file stands in `EXCEPTIONS` with its reason: there alone.
Rules of the linter's security set (ruff S) stand beside these; see pyproject.toml.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

SRC = Path(__file__).parents[1] / "src"
Found = Iterator[tuple[int, str]]

# Rows that tell of a case; whoever reads them outside these packages does it through `access`, or under its condition.
CASE_DATA = {"Case", "CaseParty", "Entry", "Sealed", "Standing"}
KEEPERS = ("kaname/access/", "kaname/ledger/")
CONDITIONS = {"visible_to", "seen"}
CORE = ("kaname/law/", "kaname/days/", "kaname/procedure/", "kaname/regimes/", "kaname/assess/")
DOORS_OUT = ("socket", "ssl", "smtplib", "ftplib", "requests", "httpx", "aiohttp", "urllib3", "http.client",
             "urllib.request", "xmlrpc")  # fmt: skip
# What a line of the log may carry beside its constant sentence: ids that we drew, names of parts, kinds of faults.
LOGGED = {"job", "screening", "holdings", "document", "office", "part", "said", "fault", "outgoing", "way", "kind"}
OPENINGS = {("papers", "fetch"), ("shelf", "fetch"), ("shelf", "allowed"), ("previews", "look"), ("previews", "page"),
            ("previews", "small"), ("", "paint"), ("letters", "again"), ("vendors", "open_in_preparation"),
            ("vendors", "open_in_case")}  # fmt: skip
UNDER_PSEUDONYM = {"person", "about", "account", "network"}


def rows_of_cases(path: str, tree: ast.Module) -> Found:
    """No row of a case is read past the one condition that says who may know of it."""
    if path.startswith(KEEPERS) or "/migrations/" in path:
        return
    if not any(_manager(node) for node in _all(tree)):
        return
    for statement in (node for node in _all(tree) if isinstance(node, ast.stmt)):
        if not _names(statement) & CONDITIONS:
            yield from ((n.lineno, f"{m} without visible_to") for n in _own(statement) if (m := _manager(n)))


def markup(path: str, tree: ast.Module) -> Found:
    """Nothing is called safe markup but what format_html has escaped."""
    for node in _all(tree):
        if isinstance(node, ast.Call) and _called(node) in ("mark_safe", "SafeString", "SafeText"):
            constant = node.args and isinstance(node.args[0], ast.Constant)
            yield from [] if constant else [(node.lineno, f"{_called(node)} of what is no constant")]


def own_sql(path: str, tree: ast.Module) -> Found:
    """No SQL of one's own through the object-relational mapper (what a cursor executes, ruff S608 looks at)."""
    for node in _all(tree):
        if isinstance(node, ast.Call) and (name := _called(node)) in ("extra", "raw", "RawSQL"):
            method = name == "RawSQL" or isinstance(node.func, ast.Attribute)
            yield from [(node.lineno, f"{name}()")] if method else []


def processes(path: str, tree: ast.Module) -> Found:
    """Programs are started, and code is made out of text, at the few places that are meant for it."""
    for node in _all(tree):
        if isinstance(node, ast.Call):
            name, of = _called(node), _of(node)
            if of in ("subprocess", "os") and (
                name in ("Popen", "run", "call", "check_call", "check_output", "system", "popen", "fork")
                or name.startswith(("exec", "spawn", "posix_spawn"))
            ):
                yield node.lineno, f"{of}.{name}"
            elif not of and name in ("eval", "exec", "__import__", "Popen"):
                yield node.lineno, f"{name}()"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for module in _imported(node):
                if module.split(".")[0] in ("pickle", "marshal", "shelve", "dill", "cloudpickle"):
                    yield node.lineno, f"{module}: what it reads it may run"


def network(path: str, tree: ast.Module) -> Found:
    """Connections to elsewhere are made at the doors that look at the address first."""
    for node in _all(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for module in _imported(node):
                if module.startswith(DOORS_OUT):
                    yield node.lineno, module


def wall_clock(path: str, tree: ast.Module) -> Found:
    """The core is told the day; it never looks at a clock."""
    if path.startswith(CORE):
        for node in _all(tree):
            if isinstance(node, ast.Call) and (_of(node), _called(node)) in {
                ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
                ("timezone", "now"), ("timezone", "localdate"), ("clock", "now"), ("clock", "today"),
            }:  # fmt: skip
                yield node.lineno, f"{_of(node)}.{_called(node)}()"


def chance(path: str, tree: ast.Module) -> Found:
    """What must not be guessed is drawn by `secrets` or the library of ciphers: `random` waits and invents."""
    for node in _all(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for module in _imported(node):
                if module.split(".")[0] == "random":
                    yield node.lineno, "random"


def weak_digests(path: str, tree: ast.Module) -> Found:
    for node in _all(tree):
        if isinstance(node, ast.Call) and _called(node) in ("md5", "sha1", "MD5", "SHA1", "ECB", "TripleDES", "ARC4"):
            yield node.lineno, f"{_called(node)}()"


def logs(path: str, tree: ast.Module) -> Found:
    """A line of the log is a constant sentence; beside it stands only what `LOGGED` names, never a value of a case."""
    for node in _all(tree):
        if not (isinstance(node, ast.Call) and _of(node) in ("_log", "log", "logger", "logging")):
            continue
        if _called(node) not in ("debug", "info", "warning", "error", "exception", "critical", "log"):
            continue
        said = node.args[1:] if _called(node) == "log" else node.args
        if not (said and isinstance(said[0], ast.Constant)) or len(said) > 1:
            yield node.lineno, "not a constant sentence"
        for keyword in node.keywords:
            if keyword.arg == "extra":
                items = keyword.value if isinstance(keyword.value, ast.Dict) else ast.Dict([None], [keyword.value])
                for key, value in zip(items.keys, items.values, strict=True):
                    named = key.value if isinstance(key, ast.Constant) else ""
                    hidden = isinstance(value, ast.Call) and _called(value) == "pseudonym"
                    if named not in LOGGED and not (named in UNDER_PSEUDONYM and hidden):
                        yield node.lineno, f"carries {ast.unparse(key) if key else 'what cannot be told here'}"


def tokens(path: str, tree: ast.Module) -> Found:
    """A form without its token is taken by nobody: who puts the check off calls it later."""
    for node in _all(tree):
        if isinstance(node, ast.FunctionDef):
            names = {_called(d) if isinstance(d, ast.Call) else getattr(d, "id", "") for d in node.decorator_list}
            later = {getattr(n, "id", getattr(n, "attr", "")) for n in _all(tree)} & {"csrf_protect", "protected"}
            if "csrf_exempt" in names and not later:
                yield node.lineno, f"{node.name} is exempt and asks for no token later"


def digits(path: str, tree: ast.Module) -> Found:
    """`²` is a digit and no number: `isdecimal` says what `int` takes."""
    for node in _all(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("isdigit", "isnumeric"):
            yield node.lineno, f"{node.attr} (isdecimal says what int takes)"


def days_of_instants(path: str, tree: ast.Module) -> Found:
    """The day of an instant is Japan's (`jst_date`): instants come from the database in UTC, nine hours behind."""
    for node in _all(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date":
            name = getattr(node.func.value, "attr", "") or getattr(node.func.value, "id", "")
            if not node.args and (name == "at" or name.endswith(("_at", "updated"))):
                yield node.lineno, f"{name}.date() is the day in UTC"


def openings(path: str, tree: ast.Module) -> Found:
    """A page that opens a document says whether the person has proved who they are; programs have their token."""
    for node in _all(tree) if path.startswith("kaname/web/") else ():
        opens = isinstance(node, ast.Call) and (_of(node), _called(node)) in OPENINGS
        if opens and "proved" not in {keyword.arg for keyword in node.keywords}:
            yield node.lineno, f"{_called(node)} without proved="


def patterns(path: str, tree: ast.Module) -> Found:
    """A regular expression is a constant, or built of constants of the file and of words that `re.escape` has taken."""
    for node in _all(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "re":
            yield node.lineno, "from re import: call them re.something, to be found here"
        if isinstance(node, ast.Call) and _of(node) == "re" and _called(node) in _TAKE_A_PATTERN:
            given = [*node.args, *(word.value for word in node.keywords if word.arg == "pattern")]
            if given and not _is_fixed(given[0], tree):
                yield node.lineno, f"re.{_called(node)} of what is neither constant nor escaped"


_TAKE_A_PATTERN = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


def _is_fixed(node: ast.expr, tree: ast.Module) -> bool:
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr):
        return all(_is_fixed(part, tree) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _is_fixed(node.value, tree)
    if isinstance(node, ast.BinOp):
        return _is_fixed(node.left, tree) and _is_fixed(node.right, tree)
    if isinstance(node, ast.Name):
        return node.id in _constants(tree)
    return isinstance(node, ast.Call) and (_of(node), _called(node)) == ("re", "escape")


def _constants(tree: ast.Module) -> set[str]:
    """What is called as a constant is, set or imported at the top of the file."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return {name for name in names if name.isupper()}


RULES: dict[str, Callable[[str, ast.Module], Found]] = {
    rule.__name__: rule
    for rule in (
        rows_of_cases,
        markup,
        own_sql,
        days_of_instants,
        processes,
        network,
        wall_clock,
        chance,
        weak_digests,
        logs,
        tokens,
        digits,
        openings,
        patterns,
    )
}

_DRAWN = "drawn here from a declaration or from figures; every word goes through an escape of its own"
_COMPANION = "starts a part of this program, by a list of constant words"
EXCEPTIONS: dict[str, dict[str, str]] = {
    "rows_of_cases": {
        "kaname/cli/office.py": "whoever runs commands on the host has the database in hand",
        "kaname/demo/office.py": "writes the demonstration into an empty office",
        "kaname/desk/secrecy.py": "the cases a person has left, by their own log, as known on that day",
        "kaname/papers/binding.py": "called by the ledger with the case of an act that was allowed",
        "kaname/papers/letters/faults.py": "kaname verify: looks at all papers, shows none",
        "kaname/papers/letters/many.py": "takes out of the letters of cases that `seen` has already narrowed",
        "kaname/papers/travel.py": "called by the ledger with the case of a bundle that was allowed",
        "kaname/registers/compare/deadlines.py": "the condition stands in the next statement, over the same keys",
        "kaname/registers/dryrun/run.py": "keys of rows that access has already narrowed",
        "kaname/task/marks.py": "takes back the caller's own marks, by the names of the rows they were set on",
        "kaname/vendors/binding.py": "called by the ledger with the case of an act that was allowed",
    },
    "markup": {
        "kaname/web/glance/shown.py": _DRAWN,
        "kaname/web/templatetags/parts.py": "joins what format_html or escape has made, for the speed of long tables",
        "kaname/web/views/flow.py": _DRAWN,
        "kaname/web/views/infrastructure/board.py": "days and a part of a page that a template has escaped",
        "kaname/web/views/tokens.py": "letters and digits that we drew ourselves",
    },
    "processes": {
        "kaname/files/child.py": "the confined child that reads hostile files",
        "kaname/ledger/backup.py": "pg_dump, by a list of words; what it is told comes from the settings",
        "kaname/site/daily.py": _COMPANION,
        "kaname/site/engines.py": _COMPANION,
        "kaname/site/sending.py": _COMPANION,
    },
    "network": {
        "kaname/ledger/agent_keys.py": "asks the key agent by a socket of this machine",
        "kaname/ledger/key_agent.py": "the key agent listens at a socket of this machine",
        "kaname/notices/mail.py": "names of faults; the connection is that of Django's mail",
        "kaname/access/login/outward.py": "asks other organisations by way of kaname.site.outward alone",
        "kaname/notices/reach.py": "speaks HTTP over what kaname.site.outward has connected",
        "kaname/site/outward.py": "looks at the address, then connects to that address alone",
        "kaname/papers/scanner.py": "the virus scanner that the settings name",
        "kaname/site/server.py": "tries whether the port is free, then whether its workers answer",
        "kaname/web/views/account.py": "name of a fault; the connection is that of the login library",
    },
    "chance": {
        "kaname/demo/casts.py": "invents the demonstration, the same from one seed",
        "kaname/demo/general.py": "invents the demonstration, the same from one seed",
        "kaname/demo/plan.py": "invents the demonstration, the same from one seed",
        "kaname/ledger/persist.py": "how long to wait before trying again",
    },
    "patterns": {
        "kaname/regimes/patents/screening.py": "the signs of a limit are patterns, and stand in our own catalogue",
    },
    "logs": {
        "kaname/access/login/organisations.py": "the organisation's id and what its server answered, for the operator",
        "kaname/ledger/key_agent.py": "the agent's own log: who asked for which circle; not the log of the office",
        "kaname/site/requests.py": "method, route, status, time, pseudonyms (tests/site/test_live_faults.py)",
        "kaname/site/trouble.py": "the constant code of a trouble",
        "kaname/web/views/account.py": "the organisation's id and what its server answered, for the operator",
    },
}
# The document and the window have their own names alone: a field called `x` must not become `document.x`.
_KNOWN = "activeElement|addEventListener|body|createElement|getElementById|querySelector|querySelectorAll|location"
ON_DOCUMENT = re.compile(rf"\b(?:document|window)\.(?!(?:{_KNOWN})\b)\w+")
IN_PAGES = {
    "kaname/web/templates/mfa/totp/activate_form.html": "the code to scan, drawn by the login library",
    "kaname/web/static/web/js/rows.js": "a row of the form, copied from the page that the server made",
}

# No member is set under a name that comes from elsewhere: `__proto__` and `constructor` would be names, too.
KEYS_OF_OBJECTS = re.compile(
    r"""(?<=[\w)\]])\[(?!\s*(?:\d+|"[^"]*"|'[^']*')\s*\])[^\]\n]+\]\s*(?:[-+*/%&|^?]{1,3}|<<|>>>?)?=(?![=>])|"""
    r"""[{,]\s*\[[^\]\n]+\]\s*:|fromEntries|defineProperty|setPrototypeOf|Reflect\.|__proto__|\bprototype\b|"""
    r"""assign\([^)\n]*JSON|structuredClone"""
)


def findings(path: str, source: str) -> Iterator[tuple[str, int, str]]:
    """(rule, line, what) of one file, exceptions left out; `path` as seen from src/."""
    tree = ast.parse(source)
    for name, rule in RULES.items():
        if path not in EXCEPTIONS.get(name, {}):
            for line, what in rule(path, tree):
                yield name, line, what


def files() -> Iterator[tuple[str, str]]:
    for file in sorted(SRC.rglob("*.py")):
        yield file.relative_to(SRC).as_posix(), file.read_text(encoding="utf-8")


# -- templates and scripts ---------------------------------------------------------------------------------------------

IN_TEMPLATES = re.compile(
    r"\|\s*safe(?:seq)?\b|autoescape\s+off|"
    r"\bat\.date\b|_at\.date\b|<script(?![^>]*\b(?:src=|type=\"application/json\"))|\bstyle=|\son[a-z]+=\"|javascript:"
)
IN_SCRIPTS = re.compile(
    r"\.innerHTML\s*=|outerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|localStorage"
)


def of_pages() -> Iterator[tuple[str, int, str]]:
    """What templates and scripts may not hold: markup taken as it comes, script and style within the page."""
    for suffix, pattern in (("html", IN_TEMPLATES), ("js", IN_SCRIPTS), ("js", ON_DOCUMENT), ("js", KEYS_OF_OBJECTS)):
        for file in sorted(SRC.rglob(f"*.{suffix}")):
            if "vendor" not in file.parts and ".min." not in file.name:
                path = file.relative_to(SRC).as_posix()
                yield from ((path, line, what) for line, what in in_page(file.read_text(encoding="utf-8"), pattern))


def in_page(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    for found in pattern.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[0]


# -- trees -------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _all(tree: ast.Module) -> list[ast.AST]:
    """Every node of the tree: walked once for all rules."""
    return list(ast.walk(tree))


def _manager(node: ast.AST) -> str:
    """`Case.objects` and the like, where the node is one."""
    manager = isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager")
    return ast.unparse(node) if manager and getattr(node.value, "id", "") in CASE_DATA else ""


def _own(statement: ast.stmt) -> Iterator[ast.AST]:
    """The statement without the statements in it."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt)]


def _names(node: ast.stmt) -> set[str]:
    inside = _own(node) if not isinstance(node, ast.FunctionDef) else ast.walk(node)
    return {_called(one) for one in inside if isinstance(one, ast.Call)}


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def _of(call: ast.Call) -> str:
    return getattr(getattr(call.func, "value", None), "id", "")


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if not node.level else []
    return [alias.name for alias in node.names]
