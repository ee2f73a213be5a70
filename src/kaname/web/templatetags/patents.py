"""{% patent_doors %}   the pages about all applications, side by side on each of them"""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from kaname.law import T
from kaname.web.parts.items import Tab

register = template.Library()
_PAGES = (
    ("screening", T("該当性の確認", "Screening")),
    ("planner", T("外国出願の予定", "Filing abroad")),
    ("docket", T("期限台帳", "Docket")),
    ("designations", T("保全指定", "Designations")),
    ("renewals", T("延長の予定", "Renewals")),
    ("sharing", T("発明共有事業者", "Sharing operators")),
    ("statistics", T("件数", "Figures")),
)


@register.inclusion_tag("web/parts/tabs.html", takes_context=True)
def patent_doors(context: Context) -> dict[str, Any]:
    here = context["request"].resolver_match.view_name
    tabs = [Tab(label, reverse(name), name == here) for name, label in _PAGES]
    return {"tabs": tabs, "label": T("特許出願の画面", "Pages of patent applications")}
