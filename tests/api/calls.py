"""Calls of the API as a program makes them, and the case of the invented kind in JSON."""

import json

from django.test import Client

ROOT = "/api/v1"
APPLY = {
    "kind": "small.permit", "act": "permit.apply", "on": "2026-05-01", "party": "Kumo",
    "data": {"name": "Kumo", "size": "small", "money": 12_000_000},
}  # fmt: skip
ACKNOWLEDGE = {"act": "permit.acknowledge", "on": "2026-05-07"}


class Caller:
    """One token at work. A body goes out as JSON, or as it stands where it is bytes."""

    def __init__(self, token: str = "", **headers: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"authorization": f"Bearer {token}", **headers} if token else headers

    def get(self, path: str, query: dict | None = None, **headers: str):
        return self.client.get(ROOT + path, query or {}, headers=self.headers | headers)

    def post(self, path: str, body, key: str = "", content_type: str = "application/json", **headers: str):
        named = {"idempotency-key": key} if key else {}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.post(
            ROOT + path, raw, content_type=content_type, headers=self.headers | named | headers
        )  # fmt: skip

    def open(self, key: str = "open-key-1", **changes):
        answer = self.post("/cases", {**APPLY, **changes}, key)
        assert answer.status_code == 201, answer.content
        return answer.json()


def is_problem(answer, status: int, code: str) -> dict:
    """The body of a problem, its shape held to RFC 9457."""
    assert answer.status_code == status, (answer.status_code, answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["code"] == code and body["status"] == status, body
    assert body["type"] == f"urn:kaname:problem:{code}" and body["title"] and body["detail"]
    return body
