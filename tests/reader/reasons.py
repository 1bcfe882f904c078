"""Why a limit means what it means: one invented sentence for each reason that people are told."""

from __future__ import annotations

# One sentence for each reason, and the reason in both languages.
WHY = [
    ("Gửi báo cáo trước ngày 10/11/2021", "Hạn có ngày in rõ", "The day is printed in full"),
    (
        "Gửi báo cáo trước ngày 10/11",
        "Hạn không in năm: lấy lần tới gần nhất",
        "No year is printed: the next such day is meant",
    ),
    ("Tổ chức từ ngày 26/4 đến ngày 15/5/2021", "Khoảng thời gian từ … đến …", "A span from … to …"),
    ("Tổ chức từ tháng 11 đến tháng 3/2022", "Từ tháng … đến tháng …", "From month … to month …"),
    ("Tổ chức từ quý II đến quý IV năm 2021", "Từ quý … đến quý …", "From quarter … to quarter …"),
    ("Hoàn thành trong tháng 10", "Hạn là tháng: tính đến ngày cuối", "A month: its last day counts"),
    ("Hoàn thành trong quý III", "Hạn là quý: tính đến ngày cuối", "A quarter: its last day counts"),
    ("Thực hiện trong 6 tháng cuối năm", "Hạn là nửa năm: tính đến ngày cuối", "Half a year: its last day counts"),
    ("Hoàn thành từ nay đến hết năm", "Đến hết năm", "To the end of the year"),
    ("Trước ngày 25 hằng tháng gửi báo cáo", "Việc lặp lại định kỳ", "It recurs"),
    ("Gửi trước ngày 25/6 đối với báo cáo năm", "Việc lặp lại định kỳ", "It recurs"),
    ("Tổ chức tập huấn trong tháng 11 hằng năm", "Việc lặp lại định kỳ", "It recurs"),
    ("Trước ngày 15/6 và 15/12 hằng năm gửi báo cáo", "Việc lặp lại định kỳ", "It recurs"),
    ("Họp 6 tháng/lần", "Việc lặp lại định kỳ", "It recurs"),
    ("Trước 16h00 hàng ngày gửi số liệu", "Việc lặp lại hằng ngày", "It recurs daily"),
    ("Kiểm tra 2 lần/năm", "Số lần trong một kỳ", "So many times in a period"),
    ("Kiểm tra 5 lần/năm", "Số lần trong một kỳ", "So many times in a period"),
    ("Báo cáo trước ngày 15 của tháng cuối quý", "Ngày cố định của mỗi quý", "A fixed day of every quarter"),
    ("Nộp chậm nhất ngày 20 tháng sau", "Ngày cố định của mỗi tháng", "A fixed day of every month"),
    (
        "Chuyển ngay sau khi nhận được văn bản",
        "Tính từ ngày nhận văn bản",
        "Counted from the receipt of the letter",
    ),
    ("Gửi trong vòng 10 ngày kể từ ngày ký", "Tính từ ngày ký văn bản", "Counted from the letter's date"),
    ("Báo cáo ngay sau khi kết thúc hội nghị", "Tính từ một việc khác", "Counted from another event"),
    ("Gửi trước ngày khai mạc đại hội 30 ngày", "Tính lùi từ một việc", "Counted back from an event"),
    ("Đăng ký họp trước 01 ngày qua Văn phòng", "Tính lùi từ một việc", "Counted back from an event"),
    (
        "Báo cáo chậm nhất là 03 ngày làm việc",
        "Tính từ một việc không nói rõ",
        "Counted from an event that is not named",
    ),
    (
        "Trước khi hết hạn, đơn vị phải có văn bản",
        "Trước một việc mà văn bản không nói ngày",
        "Before an event whose day the letter does not give",
    ),
    (
        "Chuyển chậm nhất trong ngày làm việc tiếp theo",
        "Ngày làm việc sau một việc",
        "A working day after an event",
    ),
    (
        "Báo cáo trước ngày 10 tháng liền kề trước tháng diễn ra đại hội",
        "Ngày phụ thuộc một việc khác",
        "A day that depends on another event",
    ),
]
