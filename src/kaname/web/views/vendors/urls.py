"""Addresses of a vendor's own pages."""

from django.urls import path

from kaname.web.views.vendors import files, invitation, passport, sharing, tasks

urlpatterns = [
    path("", passport.passports, name="passports"),
    path("invitation/<str:secret>/", invitation.invitation, name="vendor_invitation"),
    path("<str:vendor>/", passport.passport, name="passport"),
    path("<str:vendor>/task/<str:task>/", tasks.task, name="passport_task"),
    path("<str:vendor>/sign/", passport.sign, name="passport_sign"),
    path("<str:vendor>/versions/<int:number>/", passport.version, name="passport_version"),
    path("<str:vendor>/files/<str:file>/", files.passport_file, name="passport_file"),
    path("<str:vendor>/share/<str:invitation>/", sharing.share, name="passport_share"),
    path("<str:vendor>/consents/<str:consent>/end/", sharing.withdraw, name="passport_withdraw"),
]
