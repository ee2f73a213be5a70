"""Walks over the interface: call after call, drawn from its OpenAPI document, by several people.

What an answer gives (the `links` of the document) fills the addresses of later calls, whoever made them. Every answer
is held to the document, and to what its caller may see. A walk is its seed: the same calls in every run.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import jsonschema_rs

from api.calls import Caller
from api.made import made
from kaname.api import rate

ROOT = "/api/v1"
DOCUMENT = json.loads((Path(__file__).parents[2] / "docs/openapi.json").read_text(encoding="utf-8"))
ABSENT = "z" * 26
CALLS = 40  # of a walk
DEAR = ("glance_report", "glance_slides", "get_letter", "show_glance")  # set in type, or the whole Act: once in a while
_NAME = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Operation:
    """One of the document's operations."""

    id: str
    method: str
    path: str
    said: dict[str, Any]

    @property
    def names(self) -> list[str]:
        return _NAME.findall(self.path)

    def parameters(self, where: str) -> list[dict[str, Any]]:
        return [p for p in self.said.get("parameters", ()) if p["in"] == where]

    def at(self, values: dict[str, Any]) -> str:
        return _NAME.sub(lambda m: str(values.get(m[1], ABSENT)), self.path)[len(ROOT) :]

    @property
    def body(self) -> tuple[str, Any] | None:
        content = self.said.get("requestBody", {}).get("content", {})
        return next(((kind, of.get("schema", {})) for kind, of in content.items()), None)

    def links(self, status: int) -> Iterator[tuple[str, dict[str, str]]]:
        for link in self.said["responses"].get(str(status), {}).get("links", {}).values():
            yield link["operationId"], link["parameters"]


OPERATIONS = {
    said["operationId"]: Operation(said["operationId"], method, path, said)
    for path, methods in DOCUMENT["paths"].items()
    for method, said in methods.items()
}


@cache
def validator(operation: str, status: str, media_type: str) -> Any:
    schema = OPERATIONS[operation].said["responses"][status]["content"][media_type].get("schema", {})
    return jsonschema_rs.validator_for({**schema, "components": DOCUMENT["components"]})


class Wrong(AssertionError):
    """An answer that should not be; with the calls that led to it."""


class Walk:
    """One walk: people with a token each, what was learnt so far, and who may see which case."""

    def __init__(self, seed: int, tokens: dict[str, str], outside: set[str], circle: str) -> None:
        """`outside`: who sees no case. `circle`: a compartment that only `kumo` is of."""
        self.random = Random(seed)
        self.seed, self.outside, self.circle = seed, outside, circle
        self.callers = {who: Caller(token) for who, token in tokens.items()}
        self.leads: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.hidden: set[str] = set()
        self.cases: set[str] = set()
        self.used = ["first-key"]
        self.forms: dict[str, Any] = {}
        self.calls, self.steps, self.trail = 0, 0, list[str]()
        self.done: dict[str, set[int]] = defaultdict(set)  # operation -> statuses it answered with

    def go(self, calls: int = CALLS) -> None:
        self.act("kumo", OPERATIONS["open_case"], {})
        while self.calls < calls:
            operation, given = self.next()
            who = self.random.choices(list(self.callers), (9, 9, 2, 3))[0]
            (self.act if _is_act(operation) else self.step)(who, operation, given)

    def next(self) -> tuple[Operation, dict[str, Any]]:
        """The next operation: one whose address can be filled in; each sixth is one whose turn it is, so that fifty
        walks call every one, with what does not exist where nothing leads to it."""
        self.steps += 1
        if self.steps % 6 == 0:
            found = list(OPERATIONS.values())[(self.seed * 3 + self.steps // 6 - 1) % len(OPERATIONS)]
            return found, self.leads[found.id][-1] if self.leads[found.id] else {}
        open_to = [o for o in OPERATIONS.values() if not o.names or self.leads[o.id]]
        found = self.random.choices(open_to, [_weight(o) for o in open_to])[0]
        return found, self.random.choice(self.leads[found.id]) if self.leads[found.id] else {}

    def step(self, who: str, operation: Operation, given: dict[str, Any], body: Any = None) -> Any:
        """One call with what the document asks for."""
        query = {p["name"]: str(made(p["schema"], self.random, DOCUMENT)) for p in operation.parameters("query")
                 if p.get("required") or self.random.random() < 0.12}  # fmt: skip
        headers = {"Idempotency-Key": self.key(), "If-Match": str(given.get("If-Match", ""))}
        kind = "application/json"
        if operation.body:
            kind, schema = operation.body
            if kind != "application/json":
                body = self.random.choice([b"one kite", b"PK\x03\x04", b"{}"])
            elif body is None:
                body = made(schema, self.random, DOCUMENT)
        answer = self.call(who, operation, given, query, headers, kind, body)
        self.hold(who, operation, given, answer, (query, headers, kind, body))
        self.learn(operation, given, answer, body)
        return answer

    def act(self, who: str, operation: Operation, given: dict[str, Any]) -> None:
        """An act of the office's own forms; in a case, first what may be done in it."""
        if operation.id == "open_case":
            kind, act = self.random.choices([("small.permit", "permit.apply"), ("lab.case", "")], (9, 1))[0]
            body = self.deed(kind, act) | {"kind": kind}
            if self.random.random() < 0.4:
                body["compartment"] = self.circle
        elif operation.id == "try_opening" or "case" not in given:
            body = self.deed("small.permit", "")
        else:
            may = self.step(who, OPERATIONS["list_acts"], {"case": given["case"]})
            ready = [a for a in may.json()["acts"] if not a["why"]] if may.status_code == 200 else []
            act = self.random.choice(ready)["act"] if ready else ""
            body = self.deed("small.permit", act)
        self.step(who, operation, given, body)

    def deed(self, kind: str, act: str) -> dict[str, Any]:
        """An act with data made after its form, as the office hands it out."""
        if kind not in self.forms:
            told = self.callers["kumo"].get(f"/kinds/{kind}").json()
            self.forms[kind] = [a["name"] for p in told["procedures"] for a in p["acts"]]
        act = act or self.random.choice(self.forms[kind])
        if act not in self.forms:
            found = self.callers["kumo"].get(f"/kinds/{kind}/acts/{act}/schema")
            self.forms[act] = found.json() if found.status_code == 200 else {}
        day = date(2026, 5, 1) + timedelta(self.random.randrange(40))
        return {"act": act, "on": day.isoformat(), "party": self.random.choice(["Kumo", "Kumo", ""]),
                "data": made(self.forms[act], self.random, DOCUMENT) or {}}  # fmt: skip

    def key(self) -> str:
        if self.random.random() < 0.9:
            self.used.append(f"walk-{self.seed}-{len(self.used)}")
            return self.used[-1]
        return self.random.choice(self.used[1:] or ["no-such-key"])

    # -- a call and its answer

    def call(self, who, operation, given, query, headers, kind, body) -> Any:
        rate.forget()
        self.calls += 1
        path, caller = operation.at(given), self.callers[who]
        named = {p["name"]: headers[p["name"]] for p in operation.parameters("header") if headers.get(p["name"])}
        if operation.method == "get":
            answer = caller.get(path, query, **named)
        else:
            where = f"{path}?{urlencode(query)}" if query else path
            answer = caller.post(where, {} if body is None else body, content_type=kind, **named)
        self.trail.append(f"{answer.status_code} {who} {operation.method} {path} {query or ''} {str(body)[:200]}")
        self.done[operation.id].add(answer.status_code)
        return answer

    def hold(self, who, operation, given, answer, asked) -> None:
        """To the document, and to who may see what."""
        status = str(answer.status_code)
        self.must(answer.status_code < 500, f"an answer 5xx: {_bytes(answer)[:300]!r}")
        self.must(status in operation.said["responses"], "a status that is not documented")
        self.must(answer.get("Cache-Control") == "no-store" and answer.get("X-Request-Id"), "headers of every answer")
        content = operation.said["responses"][status].get("content")
        raw = _bytes(answer)
        if content and answer.status_code != 304:
            media_type = answer["Content-Type"].partition(";")[0]
            self.must(media_type in content or "*/*" in content, f"the type {media_type} is not documented")
            if media_type in content and media_type.endswith("json"):
                faults = [e.message for e in validator(operation.id, status, media_type).iter_errors(json.loads(raw))]
                self.must(not faults, f"a shape that is not documented: {faults[:2]}")
        unseen = self.cases if who in self.outside else set() if who == "kumo" else self.hidden
        asked_for = {str(v) for v in given.values()} | set(re.findall(r"[a-z2-7]{26}", str(asked)))
        told = [case for case in unseen - asked_for if case.encode() in raw]
        self.must(not told, "the existence of a case is told to one who may not see it")
        if given and (b'"code": "not_found"' in raw or given.get("case") in unseen):
            self.as_absent(who, operation, given, answer, raw, asked)

    def as_absent(self, who, operation, given, answer, raw, asked) -> None:
        """What may not be seen answers with the bytes of what is not there."""
        name = "case" if given.get("case") in self.cases else next(iter(n for n in operation.names if n in given), "")
        if not name or not isinstance(given[name], str):
            return
        nothing = self.call(who, operation, given | {name: ABSENT}, *asked)
        same = (nothing.status_code, _told(nothing, ABSENT)) == (answer.status_code, _told(answer, given[name], raw))
        self.must(same, f"the hidden answers otherwise than the absent: {raw[:300]!r} {_bytes(nothing)[:300]!r}")

    def must(self, holds: Any, what: str) -> None:
        if not holds:
            raise Wrong(f"seed {self.seed}: {what}\n" + "\n".join(self.trail))

    def learn(self, operation, given, answer, body) -> None:
        """Follow the document's links; note which cases there are and who may see them."""
        if answer.status_code >= 300:
            return
        told = json.loads(_bytes(answer)) if answer["Content-Type"].startswith("application/json") else None
        if operation.id == "open_case":
            self.cases.add(told["case"])
            if body.get("compartment"):
                self.hidden.add(told["case"])
        for target, parameters in operation.links(answer.status_code):
            values = {name: _value(expression, told, given, answer) for name, expression in parameters.items()}
            if None not in values.values():
                self.leads[target].append(values)


def _is_act(operation: Operation) -> bool:
    return operation.id in ("open_case", "do_act", "try_act", "try_opening")


def _weight(operation: Operation) -> float:
    """Acts most of all, then what leads on or was led to; what stands alone is called alone elsewhere."""
    if operation.id in DEAR:
        return 0.1
    if _is_act(operation):
        return 8
    leads = any(answer.get("links") for answer in operation.said["responses"].values())
    return 2 if leads or operation.names else 0.4


def _value(expression: str, told: Any, given: dict[str, Any], answer: Any) -> Any:
    """A runtime expression of OpenAPI."""
    where, _, name = expression.partition("#")
    if where.startswith("$request.path."):
        return given.get(where.rpartition(".")[2])
    if where.startswith("$response.header."):
        return answer.get(where.rpartition(".")[2])
    for part in name.strip("/").split("/"):
        try:
            told = told[int(part)] if isinstance(told, list) else told[part]
        except (KeyError, IndexError, TypeError):
            return None
    return told


def _bytes(answer: Any) -> bytes:
    if not answer.streaming:
        return answer.content
    if not hasattr(answer, "kept"):
        answer.kept = b"".join(answer.streaming_content)
    return answer.kept


def _told(answer: Any, name: str, raw: bytes | None = None) -> tuple[Any, ...]:
    """All that an answer tells but the number of the request and the name that was asked for."""
    headers = {n: v for n, v in answer.items() if n not in ("X-Request-Id", "Date")}
    return json.dumps(headers).replace(name, ""), (raw or _bytes(answer)).replace(name.encode(), b"")
