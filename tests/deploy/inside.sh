#!/bin/sh
# Chạy bên trong máy vừa dựng, do try.sh gọi. Mỗi dòng «đạt» là một điều đã thấy tận mắt; hỏng thì dừng ngay.
set -eu
HOST=congdoan.example
SOURCE=/root/nhipcau
export LC_ALL=C.UTF-8

good() { printf 'đạt: %s (%ss)\n' "$*" "$(($(date +%s) - BEGAN))"; }
bad() {
    printf 'HỎNG: %s\n' "$*"
    systemctl --failed --no-legend || true
    journalctl -u nhipcau-web -u nhipcau-worker -u nhipcau-migrate -n 40 --no-pager -o cat || true
    exit 1
}
until_so() { # until_so WHAT SECONDS COMMAND…
    what=$1
    left=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || bad "$what"
        sleep 1
    done
    good "$what"
}
visit() { /opt/nhipcau/current/bin/python "$SOURCE/tests/deploy/visit.py" "$@"; }

BEGAN=$(date +%s)
echo "127.0.0.1 $HOST" >>/etc/hosts

"$SOURCE/deploy/install.sh" --host "$HOST" --wheels /srv/wheels || bad "cài lần đầu"
good "cài lần đầu, không có mạng"
before=$(cksum /etc/nhipcau/nhipcau.env /etc/nhipcau/tls/*.pem)
"$SOURCE/deploy/install.sh" --wheels /srv/wheels 2>/dev/null || bad "cài lại"
[ "$before" = "$(cksum /etc/nhipcau/nhipcau.env /etc/nhipcau/tls/*.pem)" ] || bad "cài lại đã đổi cài đặt"
good "cài lại không đổi cài đặt, chứng thư"
[ "$(stat -c '%a %U %G' /etc/nhipcau/nhipcau.env)" = "640 root nhipcau" ] || bad "quyền của tệp cài đặt"
[ "$(stat -c '%a %U' /etc/nhipcau/tls)" = "700 root" ] || bad "quyền của thư mục chứng thư"

systemd-analyze verify nhipcau-web.service nhipcau-worker.service nhipcau-migrate.service nhipcau-verify.service \
    nhipcau-verify.timer || bad "systemd-analyze verify"
good "systemd-analyze verify"
for unit in web worker migrate verify; do
    systemd-analyze security "nhipcau-$unit.service" --no-pager | tail -n 1
    systemd-analyze security "nhipcau-$unit.service" --no-pager --threshold=25 >/dev/null || bad "nhipcau-$unit quá hở"
done
nginx -t -q || bad "nginx -t"
until_so "trang trả lời qua nginx và TLS" 60 visit page "https://$HOST/dang-nhap/"
until_so "máy sẵn sàng" 30 visit page http://127.0.0.1:8000/readyz

install -m 0644 "$SOURCE/tests/deploy/cay.csv" /tmp/cay.csv
nhipcau org import /tmp/cay.csv || bad "nhập cây tổ chức"
code=$(nhipcau account first quantri --name "Người Quản Trị") || bad "tài khoản đầu tiên"
visit sign-in "https://$HOST" quantri "$code" || bad "nhận mã, đặt mật khẩu, đăng nhập"
good "nhận mã, đặt mật khẩu, đăng nhập qua nginx và TLS"

journalctl -u nhipcau-web -o cat --no-pager | grep -q '"route": "sign_in"' || bad "không có dòng JSON của yêu cầu"
if journalctl -u nhipcau-web -o cat --no-pager | grep -E '127\.0\.0\.1[^:]|quantri|dang-nhap'; then bad "nhật ký có điều riêng tư"; fi
if grep -E '127\.0\.0\.1|quantri|dang-nhap' /var/log/nginx/nhipcau.log; then bad "nhật ký nginx có điều riêng tư"; fi
name=$(tail -n 1 /var/log/nginx/nhipcau.log | cut -d' ' -f2)
journalctl -u nhipcau-web -o cat --no-pager | grep -q "\"request_id\": \"$name\"" || bad "nginx và trang gọi yêu cầu khác tên"
good "nhật ký JSON, cùng tên yêu cầu với nginx, không địa chỉ, không tài khoản, không đường dẫn"
visit page http://127.0.0.1:9464/metrics >/tmp/metrics || bad "số đo"
for one in 'nhipcau_requests_total{.*route="sign_in"' 'nhipcau_database_up 1.0' 'nhipcau_database_connections' \
    'nhipcau_last_done_seconds{work="worker"}'; do
    grep -q "$one" /tmp/metrics || bad "số đo thiếu $one"
done
good "số đo Prometheus"

systemctl start nhipcau-verify || bad "nhipcau-verify"
nhipcau backup --nightly || bad "sao lưu"
good "đối chiếu và sao lưu"
nhipcau doctor || bad "doctor còn dòng đỏ"
good "doctor không có dòng đỏ"

main_of() { systemctl show -p MainPID --value "$1"; }
another() { now=$(main_of "$1") && [ "$now" != 0 ] && [ "$now" != "$2" ]; }
for service in nhipcau-worker nhipcau-web; do
    killed=$(main_of "$service")
    systemctl kill -s KILL "$service"
    until_so "$service tự chạy lại sau khi bị giết" 60 another "$service" "$killed"
done
until_so "trang trả lời lại" 60 visit page "https://$HOST/dang-nhap/"

cluster=$(systemctl list-units --plain --no-legend 'postgresql@*' | cut -d' ' -f1)
systemctl stop "$cluster"
visit page http://127.0.0.1:8000/healthz || bad "healthz khi mất cơ sở dữ liệu"
if visit page http://127.0.0.1:8000/readyz; then bad "readyz nói sẵn sàng khi mất cơ sở dữ liệu"; fi
if nhipcau doctor --json >/tmp/doctor.json; then bad "doctor không thấy mất cơ sở dữ liệu"; fi
grep -q 'systemctl status postgresql' /tmp/doctor.json || bad "doctor không nói cách sửa"
systemctl start "$cluster"
until_so "sẵn sàng lại sau khi PostgreSQL trở lại" 60 visit page http://127.0.0.1:8000/readyz
systemctl is-active -q nhipcau-web nhipcau-worker || bad "dịch vụ không sống qua lần mất cơ sở dữ liệu"

"$SOURCE/deploy/install.sh" --uninstall || bad "gỡ"
if systemctl is-active -q nhipcau-web; then bad "gỡ rồi mà còn chạy"; fi
[ -s /var/lib/nhipcau/secret_key ] || bad "gỡ đã xóa dữ liệu"
[ -f /etc/nhipcau/nhipcau.env ] || bad "gỡ đã xóa cài đặt"
"$SOURCE/deploy/install.sh" --wheels /srv/wheels 2>/dev/null || bad "cài lại sau khi gỡ"
until_so "trang trả lời sau khi gỡ và cài lại" 60 visit page "https://$HOST/dang-nhap/"
visit again "https://$HOST" quantri || bad "đăng nhập lại bằng mật khẩu cũ"
good "dữ liệu còn nguyên qua lần gỡ và cài lại"
