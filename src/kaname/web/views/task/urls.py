"""Addresses of a day's work."""

from django.urls import path

from kaname.web.views.task import absence, bulk, job, load, marks, saved

urlpatterns = [
    path("marks/", marks.mark, name="task_marks"),
    path("marks/undo/", marks.undo, name="task_undo"),
    path("load/", load.workload, name="task_load"),
    path("views/", saved.view_list, name="task_views"),
    path("views/save/", saved.save, name="task_view_save"),
    path("views/<str:view>/", saved.change, name="task_view_change"),
    path("absence/", absence.absence, name="task_absence"),
    path("absence/<str:deputy>/end/", absence.stop, name="task_absence_end"),
    path("absences/", absence.absences, name="task_absences"),
    path("absences/<str:deputy>/clear/", absence.clear, name="task_absence_clear"),
    path("bulk/", bulk.bulk, name="task_bulk"),
    path("jobs/", job.job_list, name="task_jobs"),
    path("jobs/<str:job>/", job.job_page, name="task_job"),
    path("jobs/<str:job>/change/", bulk.change, name="task_change"),
    path("jobs/<str:job>/act/<str:name>/", bulk.act_form, name="task_act"),
    path("jobs/<str:job>/letter/", job.sample, name="task_sample"),
    path("jobs/<str:job>/do/", job.do, name="task_do"),
]
