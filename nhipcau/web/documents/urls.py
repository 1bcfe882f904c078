"""Addresses of letters and registers."""

from django.urls import path

from nhipcau.web.documents import (
    amending,
    books,
    copies,
    intake,
    letters,
    petitions,
    printing,
    registers,
    scans,
    searching,
    today,
)

app_name = "documents"
urlpatterns = [
    path("", registers.register, name="register"),
    path("tim/", searching.find, name="find"),
    path("nhan/", intake.upload, name="upload"),
    path("phat-hanh/", registers.outgoing, name="outgoing"),
    path("in/", printing.printed, name="printed"),
    path("in/so.pdf", printing.as_pdf, name="printed_pdf"),
    path("in/so.csv", printing.as_csv, name="printed_csv"),
    path("in/so.xlsx", printing.as_xlsx, name="printed_xlsx"),
    path("cac-so/", books.books, name="books"),
    path("cac-so/dong/", books.close, name="close"),
    path("giu-so/", books.reserve, name="reserve"),
    path("giu-so/<uuid:uid>/", books.block, name="block"),
    path("giu-so/<uuid:uid>/ket-thuc/", books.block_end, name="block_end"),
    path("hom-nay/", today.today, name="today"),
    path("hom-nay/bao-nhan/", today.acknowledge_all, name="acknowledge_all"),
    path("<uuid:uid>/bao-nhan/", today.acknowledge, name="acknowledge"),
    path("don/", petitions.petition, name="petition"),
    path("don/<int:year>/<int:number>/", petitions.line, name="petition_line"),
    path("don/<int:year>/<int:number>/huy-so/", petitions.void, name="petition_void"),
    path("quet/<uuid:uid>/", scans.scan, name="scan"),
    path("<uuid:uid>/", letters.document, name="document"),
    path("<uuid:uid>/thay-doi/", amending.amend, name="amend"),
    path("<uuid:uid>/sao/", copies.order, name="copy"),
    path("<uuid:uid>/sao/<str:name>", copies.paper, name="copy_paper"),
    path("<uuid:uid>/ban-goc/", letters.original, name="original"),
    path("<uuid:uid>/ban-tim-kiem/", letters.searchable, name="searchable"),
    path("<uuid:uid>/xac-nhan/", intake.confirm, name="confirm"),
    path("<uuid:uid>/bo/", intake.discard, name="discard"),
    path("<uuid:uid>/dong-so/", books.line, name="line"),
    path("<uuid:uid>/huy-so/", letters.void, name="void"),
]
