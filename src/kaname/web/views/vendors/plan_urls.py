"""Addresses of an operator's plans in preparation."""

from django.urls import path

from kaname.web.views.vendors import files, plan_checked, plan_parts, plan_vendors, plans

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("<str:plan>/", plans.plan, name="plan"),
    path("<str:plan>/facility/", plans.facility, name="plan_facility"),
    path("<str:plan>/measures/", plans.measures, name="plan_measures"),
    path("<str:plan>/upload/", plan_parts.upload, name="plan_upload"),
    path("<str:plan>/parts/", plan_parts.parts, name="plan_parts"),
    path("<str:plan>/vendors/", plan_vendors.plan_vendors, name="plan_vendors"),
    path("<str:plan>/vendors/<str:vendor>/", plan_vendors.plan_vendor, name="plan_vendor"),
    path("<str:plan>/vendors/<str:vendor>/files/<str:file>/", files.plan_vendor_file, name="plan_vendor_file"),
    path("<str:plan>/check/", plan_checked.checked, name="plan_checked"),
    path("<str:plan>/handover/", plan_checked.handover, name="plan_handover"),
    path("<str:plan>/<str:part>/<int:row>/", plans.line, name="plan_line"),
]
