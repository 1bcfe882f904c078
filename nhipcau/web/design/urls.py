"""Addresses of the designer: a template by its code, a version in the making by its uid."""

from django.urls import path

from nhipcau.web.design import library, lists, pages, preview, publishing, single, survey, versions

app_name = "design"
DRAFT = "ban-thao/<uuid:uid>/"
urlpatterns = [
    path("", pages.index, name="index"),
    path("thu-vien/", library.library, name="library"),
    path("tu-xlsform/", survey.survey, name="survey"),
    path("moi/", pages.begin, name="begin"),
    path("tu-tep/", pages.upload, name="upload"),
    path(DRAFT, pages.draft, name="draft"),
    path(f"{DRAFT}hoan-tac/", pages.undo, name="undo"),
    path(f"{DRAFT}bo/", pages.drop, name="drop"),
    path(f"{DRAFT}tep.yaml", pages.draft_file, name="draft_file"),
    path(f"{DRAFT}thu/", preview.preview, name="preview"),
    path(f"{DRAFT}ban-hanh/", publishing.publish, name="publish"),
    path(f"{DRAFT}mot/<slug:part>/", single.single, name="single"),
    path(f"{DRAFT}phan/<int:section>/", lists.indicators, name="section"),
    path(f"{DRAFT}nhieu/<slug:part>/", lists.items, name="list"),
    path("<slug:code>/", versions.template, name="template"),
    path("<slug:code>/<int:number>/tep.yaml", versions.file, name="file"),
    path("<slug:code>/<int:number>/rut-lai/", versions.withdraw, name="withdraw"),
    path("<slug:code>/so-sanh/<int:before>/<int:after>/", versions.compare, name="compare"),
]
