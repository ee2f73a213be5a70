"""One table of the picture as CSV, for people's spreadsheets."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kaname.registers import open_data
from kaname.registers.picture import picture
from kaname.web.sheet import as_csv
from kaname.web.templatetags.kaname import lang
from kaname.web.views.glance.pages import asked


def table_csv(request: HttpRequest, table: str) -> HttpResponseBase:
    said = asked(request)
    found = open_data.tables(picture(said.day, request.user)).get(table)
    if found is None or said.errors:
        raise Http404
    head, *rows = open_data.csv_lines(found, lang())
    return as_csv(f"{table}-{said.day:%Y%m%d}.csv", head, rows)
