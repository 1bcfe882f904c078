"""Addresses of the campaigns."""

from django.urls import path

from nhipcau.web.campaigns import closing, editing, materials, posters, quizzes, results, views

app_name = "campaigns"
urlpatterns = [
    path("", views.listing, name="list"),
    path("soan/", editing.choose, name="choose"),
    path("soan/moi/", editing.create, name="create"),
    path("soan/san/", editing.start_ready, name="start"),
    path("<uuid:uid>/", views.campaign, name="campaign"),
    path("<uuid:uid>/sua/", editing.edit, name="edit"),
    path("<uuid:uid>/muc-tieu/", editing.goals, name="goals"),
    path("<uuid:uid>/cach-tinh/", editing.measures, name="measures"),
    path("<uuid:uid>/mo/", views.open_, name="open"),
    path("<uuid:uid>/gia-han/", views.extend, name="extend"),
    path("<uuid:uid>/huy/", views.cancel, name="cancel"),
    path("<uuid:uid>/ket-thuc/", views.close, name="close"),
    path("<uuid:uid>/tinh-buoi/", views.count_in, name="count_in"),
    path("<uuid:uid>/bo-buoi/", views.take_out, name="take_out"),
    path("<uuid:uid>/tai-lieu/them/", materials.add, name="material_add"),
    path("<uuid:uid>/tai-lieu/<uuid:material>/", materials.material, name="material"),
    path("<uuid:uid>/tai-lieu/<uuid:material>/sua/", materials.revise, name="material_revise"),
    path("<uuid:uid>/tai-lieu/<uuid:material>/rut/", materials.withdraw, name="material_withdraw"),
    path("<uuid:uid>/tai-lieu/<uuid:material>/tep/", materials.material_file, name="material_file"),
    path("<uuid:uid>/trac-nghiem/them/", quizzes.add, name="quiz_add"),
    path("<uuid:uid>/trac-nghiem/<int:number>/", quizzes.quiz, name="quiz"),
    path("<uuid:uid>/trac-nghiem/<int:number>/cau/", quizzes.question, name="question"),
    path("<uuid:uid>/trac-nghiem/<int:number>/bo-cau/", quizzes.drop, name="question_drop"),
    path("<uuid:uid>/trac-nghiem/<int:number>/mo/", quizzes.open_, name="quiz_open"),
    path("<uuid:uid>/trac-nghiem/<int:number>/dong/", quizzes.close, name="quiz_close"),
    path("<uuid:uid>/ap-phich/", posters.poster, name="poster"),
    path("<uuid:uid>/ap-phich.pdf", posters.poster_pdf, name="poster_pdf"),
    path("<uuid:uid>/ma-qr.<slug:kind>", posters.code, name="code"),
    path("<uuid:uid>/bao-cao/", closing.report, name="report"),
    path("<uuid:uid>/bao-cao/lap/", closing.draft, name="report_draft"),
    path("<uuid:uid>/bao-cao/cap-so/", closing.number, name="report_number"),
    path("<uuid:uid>/bao-cao/rut-so/", closing.take_back, name="report_back"),
    path("<uuid:uid>/bao-cao/ban-ky/", closing.attach, name="report_signed"),
    path("<uuid:uid>/bao-cao/nguon/", closing.sources, name="report_sources"),
    path("<uuid:uid>/bao-cao/tep/<slug:kind>/", closing.report_file, name="report_file"),
    path("<uuid:uid>/ket-qua/", results.results, name="results"),
    path("<uuid:uid>/ket-qua.csv", results.as_csv, name="results_csv"),
    path("<uuid:uid>/ket-qua.xlsx", results.as_xlsx, name="results_xlsx"),
]
