"""Addresses of the reports. A period stands in an address by its key (2026-H1), a template by its code."""

from django.urls import path

from nhipcau.web.reports import (
    consolidated,
    corrections,
    covering,
    draft,
    drill,
    excel,
    issue,
    mine,
    over_time,
    printed,
    queue,
    signing,
    standin,
    why,
)

app_name = "reports"
BRANCH = "<slug:code>/<str:period>/<uuid:unit>/"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("lap/", mine.open_report, name="open"),
    path("cho-tiep-nhan/", queue.waiting, name="queue"),
    path("cho-tiep-nhan/tiep-nhan/", queue.accept_clean, name="accept_clean"),
    path("thay-doi/", corrections.changed, name="changed"),
    path("thay-doi/<uuid:uid>/", corrections.answer, name="answer"),
    path("tong-hop/", consolidated.start, name="consolidated_start"),
    path(f"tong-hop/{BRANCH}", consolidated.figures, name="consolidated"),
    path(f"tong-hop/{BRANCH}bang.csv", consolidated.as_csv, name="consolidated_csv"),
    path(f"tong-hop/{BRANCH}nguon/<str:indicator>/", drill.drill, name="drill"),
    path(f"tong-hop/{BRANCH}nguon/<str:indicator>/ban-in.pdf", drill.drill_pdf, name="drill_pdf"),
    path(f"tong-hop/{BRANCH}vi-sao/<str:indicator>/", why.why, name="why"),
    path(f"cong-ky/{BRANCH}", over_time.over_time, name="over_time"),
    path(f"phat-hanh/{BRANCH}", issue.issue, name="issue"),
    path(f"phat-hanh/{BRANCH}ban-thao.<str:kind>", issue.draft_file, name="draft_file"),
    path("trinh-ky/<uuid:uid>/", signing.signing, name="signing"),
    path("trinh-ky/<uuid:uid>/tep.<str:kind>", signing.signing_file, name="signing_file"),
    path("da-phat-hanh/<uuid:uid>/", issue.issued, name="issued"),
    path("da-phat-hanh/<uuid:uid>/ban-ky/", issue.signed_copy, name="signed_copy"),
    path("da-phat-hanh/<uuid:uid>/tep.<str:kind>", issue.issued_file, name="issued_file"),
    path(f"nhap-thay/{BRANCH}", standin.enter, name="enter"),
    path("bieu-mau/", excel.upload, name="excel"),
    path(f"bieu-mau/{BRANCH}bieu-mau.xlsx", excel.form_file, name="form_file"),
    path(f"bieu-mau/{BRANCH}ca-nhanh.zip", excel.branch_file, name="branch_file"),
    path("kiem-tra-ma/", printed.check, name="check"),
    path("<uuid:uid>/", draft.report, name="report"),
    path("<uuid:uid>/nguon/<str:cell>/", draft.sources, name="sources"),
    path("<uuid:uid>/so-gop/", covering.covers, name="covers"),
    path("<uuid:uid>/xac-nhan/", printed.confirm, name="confirm_entered"),
    path("<uuid:uid>/ban-in.<str:kind>", printed.print_file, name="print"),
    path("<uuid:uid>/ban-ky/", printed.attach, name="attach_signed"),
    path("<uuid:uid>/ban-giay/<int:number>/", printed.paper, name="paper"),
    path("<uuid:uid>/tiep-nhan/", queue.review, name="review"),
]
