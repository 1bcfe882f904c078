"""Addresses of obligations, assignments and their status."""

from django.urls import path

from nhipcau.web.tasks import answering, assigning, obligations, status

app_name = "tasks"
urlpatterns = [
    path("", status.index, name="index"),
    path("van-ban/<uuid:uid>/giao/", assigning.assign, name="assign"),
    path("van-ban/<uuid:uid>/them-yeu-cau/", obligations.add, name="obligation_add"),
    path("yeu-cau/<uuid:uid>/sua/", obligations.edit, name="obligation_edit"),
    path("yeu-cau/<uuid:uid>/bo/", obligations.drop, name="obligation_drop"),
    path("tien-do/<uuid:uid>/", status.branch, name="status"),
    path("tien-do/<uuid:uid>/nhac/", status.remind, name="remind"),
    path("<uuid:uid>/", answering.assignment, name="assignment"),
    path("<uuid:uid>/tiep-nhan/", answering.acknowledge, name="acknowledge"),
    path("<uuid:uid>/giao-xuong/", assigning.pass_on, name="pass_on"),
    path("<uuid:uid>/hoan-thanh/", answering.complete, name="complete"),
    path("<uuid:uid>/tra-lai/", answering.reopen, name="reopen"),
    path("<uuid:uid>/minh-chung/<uuid:file>/", answering.evidence, name="evidence"),
]
