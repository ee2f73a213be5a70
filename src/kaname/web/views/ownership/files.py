"""What is taken away: the source as BODS 0.4, its companies and the holders of one company as CSV."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from kaname.assess.ownership import report, target
from kaname.assess.ownership.bods_write import written
from kaname.desk import holdings
from kaname.web.sheet import as_csv
from kaname.web.views.ownership.asked import asked


def bods(request: HttpRequest, id: str) -> HttpResponse:
    found = asked(request, id)
    response = HttpResponse(written(found.read.book, found.day), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="holdings-{found.day:%Y%m%d}.json"'
    response["Cache-Control"] = "no-store"
    return response


def companies(request: HttpRequest, id: str) -> StreamingHttpResponse:
    found = asked(request, id)
    rows = report.companies(holdings.on(found.read, found.day), found.right)
    return _csv(f"companies-{found.day:%Y%m%d}.csv", report.COMPANY, rows)


def holders(request: HttpRequest, id: str, number: int) -> StreamingHttpResponse:
    """Everybody who holds something of the company, directly or through others, each with the working."""
    found = asked(request, id)
    seen = found.look(number)
    company = seen.book.entities[seen.company].id
    rows = target.holders(holdings.on(found.read, found.day), company, found.right)
    return _csv(f"holders-{found.day:%Y%m%d}.csv", target.HOLDER_OF, rows)


def _csv(name: str, columns: Sequence[str], rows: Iterable[report.Row]) -> StreamingHttpResponse:
    return as_csv(name, columns, ([row[column] for column in columns] for row in rows))
