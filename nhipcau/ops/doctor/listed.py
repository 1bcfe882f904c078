"""All checks in the order they are told, each with what a red line means and how to mend it."""

from __future__ import annotations

from nhipcau.ops.doctor import keeping, machine, running, storing, strangers
from nhipcau.ops.doctor.checks import Check

CHECKS: tuple[Check, ...] = (
    Check(
        "database", "Cơ sở dữ liệu", running.database,
        "Không trang nào mở được cho tới khi nối lại; dữ liệu đã ghi vẫn còn.",
        "sudo systemctl status postgresql; xem lại NHIPCAU_DATABASE_URL trong /etc/nhipcau/nhipcau.env",
    ),
    Check(
        "migrations", "Các bảng", running.migrations,
        "Phần mềm mới hơn các bảng: trang báo «đang được nâng cấp» cho tới khi làm xong.",
        "sudo nhipcau migrate",
    ),
    Check(
        "clock-skew", "Đồng hồ hai máy", running.skew,
        "Hạn, nhắc việc và khóa đăng nhập tính sai giờ.",
        "sudo timedatectl set-ntp true trên cả hai máy", stored=True,
    ),
    Check(
        "disk", "Chỗ trống", machine.free,
        "Dưới 1 GB: sắp không lưu được tệp và bản sao lưu nữa; dưới 5 GB thì nên lo trước.",
        "sudo du -xh --max-depth=2 /var | sort -h | tail; chuyển bản sao lưu cũ sang ổ khác",
    ),
    Check(
        "data-dir", "Thư mục dữ liệu", machine.writable,
        "Không nhận được tệp, không niêm phong được nhật ký.",
        "sudo chown -R nhipcau:nhipcau /var/lib/nhipcau",
    ),
    Check(
        "store", "Kho tệp", storing.store,
        "Không nhận được tệp mới, không mở được tệp cũ; số liệu vẫn xem và gửi được.",
        "xem lại NHIPCAU_STORAGE_URL (máy, cổng, khóa, tên kho, tls) và máy chủ kho; trên đĩa: quyền ghi, ổ đầy",
    ),
    Check(
        "several-machines", "Nhiều máy", storing.together,
        "Cán bộ được dẫn sang máy khác thì phải đăng nhập lại, hoặc không thấy số liệu.",
        "đặt NHIPCAU_SECRET_KEY, NHIPCAU_DATABASE_URL và NHIPCAU_STORAGE_URL như nhau ở mọi máy",
    ),
    Check(
        "pdf-fonts", "Phông chữ PDF", machine.fonts,
        "Không in được văn bản ra PDF.",
        "sudo apt install fonts-croscore",
    ),
    Check(
        "static", "Tài nguyên trang", machine.built,
        "Trang hiện không có kiểu chữ, nút bấm không chạy.",
        "./run setup server trong thư mục mã nguồn, hoặc cài lại bằng deploy/install.sh",
    ),
    Check(
        "program", "Chương trình", machine.programs,
        "Văn bản loại ấy vẫn được lưu, nhưng không tự đọc ra chữ.",
        "cài gói nêu ở dòng ấy",
    ),
    Check(
        "extra", "Gói thêm", machine.extras,
        "Phần việc ấy không có trên máy này; phần còn lại vẫn chạy.",
        "chạy lệnh nêu ở dòng ấy",
    ),
    Check(
        "log", "Nhật ký", running.sealing,
        "Các mục mới chưa được nối vào chuỗi; tiến trình việc nền nối mỗi giây.",
        "sudo systemctl restart nhipcau-worker, hoặc nhipcau worker --once", stored=True,
    ),
    Check(
        "sealed-figures", "Số liệu đã chốt", running.unsettled,
        "Có báo cáo đã chốt mà số liệu lưu không khớp dấu niêm.",
        "sudo nhipcau verify: in ra báo cáo nào, sai ở đâu", stored=True,
    ),
    Check(
        "worker", "Tiến trình việc nền", running.worker,
        "Không nhắc hạn, không gửi thư, không sao lưu, không niêm phong nhật ký.",
        "sudo systemctl restart nhipcau-worker; xem lỗi: journalctl -u nhipcau-worker -n 50", stored=True,
    ),
    Check(
        "jobs-waiting", "Việc chờ", running.waiting,
        "Việc nền không kịp làm, hoặc một việc đang chặn các việc khác.",
        "journalctl -u nhipcau-worker -n 50; sudo systemctl restart nhipcau-worker", stored=True,
    ),
    Check(
        "jobs-failed", "Việc nền", running.failed,
        "Những việc này đã thử năm lần rồi thôi, không tự chạy lại.",
        "lỗi đầy đủ: journalctl -u nhipcau-worker; khi đã hết nguyên nhân: sudo nhipcau worker --again",
        stored=True,
    ),
    Check(
        "backup", "Sao lưu", keeping.backed_up("Sao lưu"),
        "Hỏng máy lúc này là mất những gì làm từ bản sao lưu cuối.",
        "đặt NHIPCAU_BACKUP_DIR (ổ khác) rồi chạy: sudo nhipcau backup --nightly", stored=True,
    ),
    Check(
        "backup-place", "Nơi sao lưu", keeping.backed_up("Nơi sao lưu"),
        "Hỏng ổ đĩa là mất cả dữ liệu lẫn bản sao lưu.",
        "gắn ổ khác, đổi NHIPCAU_BACKUP_DIR rồi chạy lại deploy/install.sh", stored=True,
    ),
    Check(
        "backup-key", "Khóa sao lưu", keeping.backed_up("Khóa sao lưu"),
        "Ai nhặt được bản sao lưu thì đọc được.",
        "nhipcau backup --new-key TỆP, rồi đặt NHIPCAU_BACKUP_KEY là tệp khóa công khai", stored=True,
    ),
    Check(
        "backup-test", "Thử phục hồi", keeping.backed_up("Thử phục hồi"),
        "Chưa biết bản sao lưu có phục hồi được không.",
        "sudo nhipcau backup --test", stored=True,
    ),
    Check(
        "verify", "Đối chiếu", keeping.verified,
        "Có gì đó không còn như lúc ghi, hoặc đã lâu không ai xem.",
        "sudo nhipcau verify", stored=True,
    ),
    Check(
        "mail", "Thư điện tử", running.mail,
        "Cán bộ không nhận được thư tóm tắt và nhắc hạn.",
        "đặt NHIPCAU_EMAIL_URL và NHIPCAU_SITE_URL trong /etc/nhipcau/nhipcau.env", stored=True,
    ),
    Check(
        "mail-server", "Máy chủ thư", running.mail_server,
        "Thư nằm chờ; quá năm lần thử thì bỏ.",
        "xem lại NHIPCAU_EMAIL_URL (tên máy, cổng, mật khẩu, tls) và tường lửa",
    ),
    Check(
        "https", "Chứng thư HTTPS", running.certificate,
        "Trình duyệt cảnh báo hoặc chặn trang; mật khẩu có thể bị nghe lén khi không có HTTPS.",
        "gia hạn chứng thư tại /etc/nhipcau/tls rồi: sudo systemctl reload nginx; NHIPCAU_SITE_URL=https://…",
    ),
    Check(
        "safety", "An toàn", strangers.let_in,
        "Cài đặt ấy mở đường cho người lạ; dòng gạch ngang là nơi yếu hơn mức có thể.",
        "theo lời ở dòng ấy, rồi chạy lại nhipcau doctor",
    ),
    Check("boundary", "Ranh giới", machine.boundary, "Bản của ranh giới đang dùng; dòng này không bao giờ đỏ.", ""),
    Check(
        "clock", "Đồng hồ", machine.clock,
        "Đồng hồ đứng yên: đây là bản trình diễn.",
        "chạy thật trong một thư mục dữ liệu khác",
    ),
)  # fmt: skip
