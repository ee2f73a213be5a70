"""Addresses of the pages about people, mandates and compartments."""

from django.urls import path

from kaname.web.views import compartments, keeping, people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/offices/", people.offices, name="offices"),
    path("people/offices/<str:office>/", people.office_keys, name="office_keys"),
    path("people/compartments/new/", compartments.compartment_new, name="compartment_new"),
    path("people/mandates/<str:mandate>/end/", people.mandate_end, name="mandate_end"),
    path("people/keys/", keeping.keeping, name="keeping"),
    path("people/<str:person>/", people.person, name="person"),
    path("people/<str:person>/invite/", people.person_invite, name="person_invite"),
    path("people/<str:person>/end/", people.person_end, name="person_end"),
    path("people/<str:person>/mandates/new/", people.mandate_new, name="mandate_new"),
    path("compartments/", compartments.compartments, name="compartments"),
    path("compartments/<str:compartment>/", compartments.compartment, name="compartment"),
]
