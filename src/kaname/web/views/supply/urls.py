"""Addresses of the pages of stable supply."""

from django.urls import path

from kaname.web.views.supply import (
    applications,
    board,
    change,
    data,
    effect,
    funds,
    home,
    products,
    register,
    surveys,
    worth,
)

urlpatterns = [
    path("", home.home, name="supply"),
    path("products/", products.products, name="products"),
    path("products/<str:product>/", products.product, name="product"),
    path("applications/", applications.applications, name="supply_applications"),
    path("applications/<str:application>/", applications.application, name="supply_application"),
    path("applications/<str:application>/check/", applications.checked, name="supply_application_check"),
    path("applications/<str:application>/file/", applications.file, name="supply_application_file"),
    path("applications/<str:application>/<str:part>/", applications.part, name="supply_application_part"),
    path("board/", board.board, name="supply_board"),
    path("change/", change.change, name="supply_change"),
    path("surveys/", surveys.surveys, name="supply_surveys"),
    path("surveys/send/", surveys.to_several, name="supply_survey_send"),
    path("funds/", funds.funds, name="supply_funds"),
    path("register/", register.register, name="supply_register"),
    path("worth/<str:id>/discard/", worth.discard, name="plan_worth_discard"),
    path("pdca/", effect.products, name="supply_pdca"),
    path("pdca/<str:product>/", effect.product, name="supply_effect"),
    path("data/", data.load, name="supply_data"),
    path("data/<str:id>/", data.table, name="supply_table"),
    path("data/<str:id>/discard/", data.discard, name="supply_discard"),
]
