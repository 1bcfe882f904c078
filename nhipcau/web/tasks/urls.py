"""Addresses of obligations, assignments and their status."""

from django.urls import path

from nhipcau.web.tasks import answering, assigning, extending, followup, notes, obligations, slips, status

app_name = "tasks"
urlpatterns = [
    path("", status.index, name="index"),
    path("van-ban/<uuid:uid>/giao/", assigning.assign, name="assign"),
    path("van-ban/<uuid:uid>/them-yeu-cau/", obligations.add, name="obligation_add"),
    path("van-ban/<uuid:uid>/but-phe/", notes.instruct, name="instruct"),
    path("van-ban/<uuid:uid>/phieu/", slips.slip, name="slip"),
    path("van-ban/<uuid:uid>/phieu.pdf", slips.slip_pdf, name="slip_pdf"),
    path("van-ban/<uuid:uid>/tra-loi/", slips.link_answer, name="link_answer"),
    path("van-ban/<uuid:uid>/tra-loi/<uuid:letter>/go/", slips.unlink_answer, name="unlink_answer"),
    path("but-phe/tim-don-vi/", notes.find_units, name="find_units"),
    path("but-phe/<uuid:uid>/thoi/", notes.withdraw, name="withdraw"),
    path("so-theo-doi/", followup.register, name="followup"),
    path("so-theo-doi/so.csv", followup.as_csv, name="followup_csv"),
    path("so-theo-doi/so.xlsx", followup.as_xlsx, name="followup_xlsx"),
    path("so-theo-doi/so.pdf", followup.as_pdf, name="followup_pdf"),
    path("yeu-cau/<uuid:uid>/sua/", obligations.edit, name="obligation_edit"),
    path("yeu-cau/<uuid:uid>/bo/", obligations.drop, name="obligation_drop"),
    path("tien-do/<uuid:uid>/", status.branch, name="status"),
    path("tien-do/<uuid:uid>/nhac/", status.remind, name="remind"),
    path("gia-han/<uuid:uid>/", extending.answer, name="answer_extension"),
    path("<uuid:uid>/xin-gia-han/", extending.ask, name="ask_extension"),
    path("<uuid:uid>/", answering.assignment, name="assignment"),
    path("<uuid:uid>/tiep-nhan/", answering.acknowledge, name="acknowledge"),
    path("<uuid:uid>/giao-xuong/", assigning.pass_on, name="pass_on"),
    path("<uuid:uid>/nguoi-giai-quyet/", slips.name_handler, name="name_handler"),
    path("<uuid:uid>/de-xuat/", slips.propose, name="propose"),
    path("<uuid:uid>/hoan-thanh/", answering.complete, name="complete"),
    path("<uuid:uid>/tra-lai/", answering.reopen, name="reopen"),
    path("<uuid:uid>/minh-chung/<uuid:file>/", answering.evidence, name="evidence"),
]
