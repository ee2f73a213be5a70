"""/healthz: whether this office can work, for a monitor. No login, no case, no count; what is wrong is told in the log.

200 where all is in order, else 503. A clock that another office's signatures contradict is in `doubt`: that may be the
other's, so it is told and hinders nothing. The parts that were looked at are named, so that an alarm can say which one
it is.
"""

import logging
from importlib.metadata import version

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from kaname.law import T
from kaname.site.checks import Finding, clock_doubts, findings

PARTS = ("database", "tables", "guards", "clock", "address")
_VERSION = version("kaname")
_log = logging.getLogger("kaname.health")


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    try:
        found = findings()
    except DatabaseError as error:  # lost while we asked
        found = [Finding("database", T(str(error), str(error)))]
    wrong = {finding.where for finding in found}
    for finding in found:
        _log.error("not in order", extra={"part": finding.where, "said": finding.text.en})
    parts = {part: "fault" if part in wrong else "ok" for part in PARTS}
    if "database" in wrong:
        parts |= dict.fromkeys(PARTS[1:4], "unknown")
    elif not wrong and (doubts := clock_doubts()):
        for doubt in doubts:
            _log.warning("clocks disagree", extra={"part": "clock", "said": doubt.text.en})
        parts["clock"] = "doubt"
    body = {"status": "fault" if wrong else "ok", "version": _VERSION, "parts": parts}
    return JsonResponse(body, status=503 if wrong else 200, headers={"Cache-Control": "no-store"})
