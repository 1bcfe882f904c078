"""Addresses of questionnaires and their answers."""

from django.urls import path

from nhipcau.web.questions import answering, making, reports, results

app_name = "questions"
urlpatterns = [
    path("yeu-cau/<uuid:uid>/", making.make, name="make"),
    path("yeu-cau/<uuid:uid>/bo/", making.drop, name="drop"),
    path("yeu-cau/<uuid:uid>/bao-cao/", reports.report, name="report"),
    path("doc-so-tien/", answering.read_amount, name="read_amount"),
    path("ket-qua/<uuid:uid>/", results.results, name="results"),
    path("ket-qua/<uuid:uid>/tra-loi.<str:kind>", results.results_file, name="results_file"),
    path("<uuid:uid>/", answering.answer, name="answer"),
    path("<uuid:uid>/luu/", answering.save, name="save"),
]
