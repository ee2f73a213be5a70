"""The interface put together, and its OpenAPI 3.1 document."""

import json
from typing import Any

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from kaname.api import (
    acts,
    aside,
    cases,
    consultations,
    custody,
    documents,
    exchange,
    general,
    glance,
    glossary,
    handlers,
    infrastructure,
    keys,
    kinds,
    letters,
    links,
    names,
    notices,
    office,
    ownership,
    packages,
    products,
    registers,
    screening,
    search,
    shock_chain,
    shock_runs,
    shocks,
    supply,
    supply_plans,
    task,
    technology,
    trade,
    vendor_files,
    vendors,
)
from kaname.api.operation import StrictParser, router
from kaname.api.problems import CODES, MEDIA_TYPE

_ABOUT = """The procedures of Japan's Economic Security Promotion Act, with the same answers as the pages.

Every call bears a token (`Authorization: Bearer kaname_...`) and does what its person may do. Errors are RFC 9457
problems with a stable `code`. Texts are Japanese unless Accept-Language or `?lang=en` says otherwise. What a caller may
not see answers as what does not exist. 600 requests a
minute and 20 exports an hour for each token; acts have 60 calls a minute of their own."""


class Readable(JSONRenderer):
    """Japanese as itself, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012


api = NinjaAPI(
    title="Kaname / 要", version="v1", description=_ABOUT, urls_namespace="api", docs_url=None, openapi_url=None,
    parser=StrictParser(), renderer=Readable(),
)  # fmt: skip
ROOMS = (
    office,
    kinds,
    cases,
    acts,
    aside,
    consultations,
    custody,
    keys,
    search,
    documents,
    letters,
    packages,
    exchange,
    screening,
    infrastructure,
    ownership,
    names,
    trade,
    shock_chain,
    shock_runs,
    shocks,
    vendors,
    vendor_files,
    supply,
    products,
    supply_plans,
    technology,
    notices,
    task,
    glance,
    glossary,
    general,
    registers,
)  # each registers its operations when imported
api.add_router("", router)
handlers.register(api)

_LANG = {
    "in": "query", "name": "lang", "required": False, "schema": {"type": "string", "enum": ["ja", "en"]},
    "description": "language of the texts; default: Accept-Language, else Japanese",
}  # fmt: skip


def document() -> dict[str, Any]:
    """The OpenAPI document as data."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="api/v1/")))
    for methods in found["paths"].values():
        for said in methods.values():
            _finish(said)
    links.join(found["paths"])
    found["components"]["schemas"]["ProblemOut"]["properties"]["code"]["enum"] = sorted(CODES)
    return found


def _finish(said: dict[str, Any]) -> None:
    """What holds for every operation alike."""
    said.setdefault("parameters", []).append(_LANG)
    for status, response in said["responses"].items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {MEDIA_TYPE: next(iter(response["content"].values()))}


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
