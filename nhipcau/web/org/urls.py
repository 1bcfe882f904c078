"""Addresses of the organisation: who sits where, who acts for whom, decisions on the tree."""

from django.urls import path

from nhipcau.web.org import days_off, delegations, directory, events, posts, tree, vacancies

app_name = "org"
BOOK = "quyet-dinh/<uuid:uid>/so/<uuid:unit>/<str:kind>/<int:year>/<slug:series>.pdf"
urlpatterns = [
    path("", directory.index, name="directory"),
    path("danh-ba.pdf", directory.as_pdf, name="directory_pdf"),
    path("danh-ba.xlsx", directory.as_xlsx, name="directory_xlsx"),
    path("cay/", tree.tree, name="tree"),
    path("cay/<uuid:uid>/", tree.branch, name="branch"),
    path("don-vi/<uuid:uid>/", tree.unit, name="unit"),
    path("thay-doi/", tree.changes, name="changes"),
    path("uy-quyen/", delegations.index, name="delegations"),
    path("uy-quyen/moi/", delegations.give, name="delegate"),
    path("uy-quyen/<uuid:uid>/ket-thuc/", delegations.end, name="end_delegation"),
    path("chuc-danh/", posts.index, name="posts"),
    path("chuc-danh/moi/", posts.create, name="post_create"),
    path("chuc-danh/<uuid:uid>/", posts.detail, name="post"),
    path("chuc-danh/<uuid:uid>/ma-kich-hoat/", posts.reissue, name="reissue"),
    path("ban-giao/<uuid:uid>.<str:kind>", posts.minutes, name="minutes"),
    path("ngay-lam-viec/", days_off.index, name="days_off"),
    path("ngay-lam-viec/bo/", days_off.drop, name="days_off_drop"),
    path("khuyet/", vacancies.index, name="vacancies"),
    path("khuyet/<uuid:uid>/", vacancies.appoint, name="appoint"),
    path("quyet-dinh/", events.index, name="events"),
    path("ghi/", events.enter, name="enter"),
    path("quyet-dinh/<uuid:uid>/", events.event, name="event"),
    path("quyet-dinh/<uuid:uid>/hoan-tac/", events.undo_event, name="undo"),
    path(BOOK, events.book, name="book"),
]
