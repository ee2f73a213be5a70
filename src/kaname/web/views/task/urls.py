"""Addresses of a day's work."""

from django.urls import path

from kaname.web.views.task import absence, bulk, job, load, marks, saved

urlpatterns = [
    path("marks/", marks.mark, name="work_marks"),
    path("marks/undo/", marks.undo, name="work_undo"),
    path("load/", load.workload, name="work_load"),
    path("views/", saved.view_list, name="work_views"),
    path("views/save/", saved.save, name="work_view_save"),
    path("views/<str:view>/", saved.change, name="work_view_change"),
    path("absence/", absence.absence, name="work_absence"),
    path("absence/<str:deputy>/end/", absence.stop, name="work_absence_end"),
    path("absences/", absence.absences, name="work_absences"),
    path("absences/<str:deputy>/clear/", absence.clear, name="work_absence_clear"),
    path("bulk/", bulk.bulk, name="work_bulk"),
    path("jobs/", job.job_list, name="work_jobs"),
    path("jobs/<str:job>/", job.job_page, name="work_job"),
    path("jobs/<str:job>/change/", bulk.change, name="work_change"),
    path("jobs/<str:job>/act/<str:name>/", bulk.act_form, name="work_act"),
    path("jobs/<str:job>/letter/", job.sample, name="work_sample"),
    path("jobs/<str:job>/do/", job.do, name="work_do"),
]
