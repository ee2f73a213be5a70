"""Links of OpenAPI: which calls an answer leads to. What `gives` says of an operation becomes a link to each operation
whose address lies there and can be filled in.

    gives={"/cases/{case}": "body#/case"}       the case of the answer may be put into all that begins so
    gives={"/cases/{case}/*/{seq}": "body#/seq"}  the other names are those of the call itself
    gives={"If-Match": "header.ETag"}           a header, in what lies under the address of the call
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from kaname.api.operation import GIVES

_ROOT = "/api/v1"
_NAME = re.compile(r"{(\w+)}")


def join(paths: dict[str, Any]) -> None:
    """Write the links into a document's paths."""
    for path, methods in paths.items():
        for said in methods.values():
            found = dict(_links(path, said, paths))
            if found:
                status = next(s for s in said["responses"] if str(s).startswith("2"))
                said["responses"][status]["links"] = found


def _links(path: str, said: dict[str, Any], paths: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    own = {name: f"$request.path.{name}" for name in _NAME.findall(path)}
    for where, what in GIVES[said["operationId"]].items():
        for other, methods in paths.items():
            for target in methods.values():
                given = _given(where, f"$response.{what}", path, other, target, own)
                if given:
                    yield target["operationId"], {"operationId": target["operationId"], "parameters": given}


def _given(where: str, value: str, path: str, other: str, target: dict[str, Any], own: dict[str, str]) -> Any:
    """The parameters of a link; nothing where it does not lead there."""
    if not where.startswith("/"):
        headers = {one["name"] for one in target.get("parameters", ()) if one["in"] == "header"}
        if where not in headers or not other.startswith(f"{path}/"):
            return None
        return {where: value, **own}
    if not any(fnmatchcase(other, _ROOT + where + end) for end in ("", "/*")):
        return None
    known = {**own, _NAME.findall(where)[-1]: value}
    names = _NAME.findall(other)
    return {name: known[name] for name in names} if known.keys() >= set(names) else None
