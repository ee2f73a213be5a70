"""Addresses of the pages of trade evidence. A question stands in the address; a figure is known by its number."""

from django.urls import path

from kaname.web.views.trade import compare, dependence, files, product, sheet, start, table, why

urlpatterns = [
    path("", start.start, name="evidence"),
    path("<str:id>/", table.table, name="evidence_table"),
    path("<str:id>/discard/", table.discard, name="evidence_discard"),
    path("<str:id>/product/", product.product, name="evidence_product"),
    path("<str:id>/compare/", compare.compare, name="evidence_compare"),
    path("<str:id>/dependence/", dependence.taken, name="evidence_dependence"),
    path("<str:id>/why/<int:number>/", why.why, name="evidence_why"),
    path("<str:id>/sheet/", sheet.sheet, name="evidence_sheet"),
    path("<str:id>/carry/", sheet.carried, name="evidence_carry"),
    path("<str:id>/figures.csv", files.figures, name="evidence_figures"),
    path("<str:id>/evidence.json", files.record, name="evidence_record"),
]
