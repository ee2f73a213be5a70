"""Files: handed in by a form or a script, and handed out, always as a download."""

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from kaname.access.custody.api import NeedsApproval
from kaname.access.errors import NotAllowed
from kaname.access.login.fresh import proved
from kaname.law import T
from kaname.papers import api as papers
from kaname.papers.api import NotTaken
from kaname.web.templatetags.kaname import say
from kaname.web.views.needs import to_ask


@require_POST
@papers.uploads
def upload(request: HttpRequest, case: str = "") -> HttpResponse:
    """One file, in the field `file`. Answers what goes into the field of the act: {reference, name, size}."""
    arrived = request.FILES.get("file")
    if arrived is None:
        return JsonResponse({"error": say(_NO_FILE)}, status=400)
    try:
        paper = papers.keep(request.user, arrived, case)
    except NotTaken as wrong:
        return JsonResponse({"error": say(wrong.text)}, status=422)
    return JsonResponse({"reference": paper.reference, "name": paper.name, "size": paper.size}, status=201)


@require_safe
def document(request: HttpRequest, document: str) -> HttpResponse | StreamingHttpResponse:
    """The bytes of a document, never to be shown within the page."""
    try:
        found = papers.fetch(request.user, document, proved=proved(request))
    except NeedsApproval as wrong:
        return to_ask(wrong)
    except NotAllowed as wrong:
        return HttpResponse(say(wrong.text), status=403, content_type="text/plain; charset=utf-8")
    return handed_out(found)


def handed_out(found: papers.Opened) -> StreamingHttpResponse:
    """A file on its way to a browser: as a download, whatever it says of itself."""
    return StreamingHttpResponse(
        found.pieces,
        content_type=found.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
            "Content-Length": str(found.size),
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


_NO_FILE = T("ファイルがない、又は空である", "there is no file, or it is empty")
