#!/bin/sh
# Cài Nhịp Cầu thành dịch vụ trên Debian 12 hoặc Ubuntu: người dùng, thư mục, PostgreSQL, cài đặt, systemd, nginx.
# Chạy lại lúc nào cũng được: cái gì đã đúng thì để yên, cài đặt và dữ liệu không bao giờ bị ghi đè.
# (Installs the service; safe to run again; never overwrites settings or data.)
set -eu

SOURCE=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
HOME_OF_VERSIONS=/opt/nhipcau
SETTINGS=/etc/nhipcau/nhipcau.env
TLS=/etc/nhipcau/tls
DATA=/var/lib/nhipcau
BACKUPS=/var/backups/nhipcau
UNITS=/etc/systemd/system
SERVICES="nhipcau-migrate nhipcau-web nhipcau-worker nhipcau-verify"
PACKAGES="python3 python3-venv postgresql nginx openssl ca-certificates fonts-croscore antiword tesseract-ocr tesseract-ocr-vie"

say() { printf '%s\n' "· $*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

usage() {
    cat <<'TEXT'
Cách dùng (usage): sudo deploy/install.sh --host TÊN_MIỀN [--wheels THƯ_MỤC] [--backups THƯ_MỤC]
                   sudo deploy/install.sh --uninstall      gỡ dịch vụ; dữ liệu, cài đặt, bản sao lưu ở nguyên
                   deploy/install.sh --packages            in các gói Debian cần có

  --host     tên mà cán bộ gõ vào trình duyệt (the name officers type); chỉ cần cho lần đầu
  --wheels   thư mục các gói Python tải sẵn, khi máy chủ không có internet (no index is asked)
  --backups  nơi để bản sao lưu hằng đêm, nên ở ổ đĩa khác; mặc định /var/backups/nhipcau
TEXT
}

# ---- Steps ------------------------------------------------------------------------------------------------

install_packages() {
    missing=
    for package in $PACKAGES; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    say "Cài gói hệ thống (packages):$missing"
    # shellcheck disable=SC2086 # a list of names, to be split
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null </dev/null ||
        die "Chưa cài được gói hệ thống; hãy chạy «apt-get update» rồi chạy lại lệnh này."
}

make_user() {
    id nhipcau >/dev/null 2>&1 ||
        adduser --system --group --home "$DATA" --no-create-home --gecos 'Nhip Cau' nhipcau >/dev/null
    install -d -m 0755 -o nhipcau -g nhipcau "$HOME_OF_VERSIONS"
    install -d -m 0750 -o nhipcau -g nhipcau "$DATA" "$BACKUPS" /var/cache/nhipcau
    install -d -m 0750 -o root -g nhipcau /etc/nhipcau
    install -d -m 0755 /var/www/nhipcau
}

as_user() { (cd / && runuser -u nhipcau -- env HOME="$DATA" "$@"); }

# The program lies in a folder of its own version; one link says which is used, and `upgrade` moves it.
install_program() {
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$SOURCE/pyproject.toml")
    program=$HOME_OF_VERSIONS/source-$version
    if [ "$SOURCE" != "$program" ]; then
        say "Chép chương trình vào $program (copying)"
        mkdir -p "$program"
        (cd -- "$SOURCE" && tar -cf - --exclude=./.git --exclude=./.venv --exclude=./var --exclude='*/__pycache__' .) |
            tar -xf - -C "$program" --no-same-owner
        chown -R nhipcau:nhipcau "$program"
    fi
    if [ -n "$WHEELS" ]; then
        as_user PIP_NO_INDEX=1 PIP_FIND_LINKS="$WHEELS" "$program/run" setup server
    else
        as_user "$program/run" setup server
    fi
    [ -e "$HOME_OF_VERSIONS/current" ] || ln -s "source-$version/.venv" "$HOME_OF_VERSIONS/current"
}

# PostgreSQL knows the service by its system user, through the socket: there is no password to keep or to lose.
make_database() {
    as_postgres() { (cd / && runuser -u postgres -- "$@"); }
    if [ -d /run/systemd/system ]; then systemctl enable -q --now postgresql; fi
    tries=0
    until as_postgres psql -Atqc 'SELECT 1' >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ "$tries" -lt 60 ] || die "PostgreSQL không trả lời; hãy xem: systemctl status postgresql"
        sleep 1
    done
    [ "$(as_postgres psql -Atqc "SELECT 1 FROM pg_roles WHERE rolname = 'nhipcau'")" = 1 ] ||
        as_postgres createuser nhipcau
    [ "$(as_postgres psql -Atqc "SELECT 1 FROM pg_database WHERE datname = 'nhipcau'")" = 1 ] ||
        as_postgres createdb -O nhipcau -E UTF8 -T template0 --locale=C.UTF-8 nhipcau
}

write_settings() {
    if [ -f "$SETTINGS" ]; then
        HOST=$(sed -n "s/^NHIPCAU_ALLOWED_HOSTS='\([^,']*\).*/\1/p" "$SETTINGS")
        [ -n "$HOST" ] || die "Không thấy NHIPCAU_ALLOWED_HOSTS='…' trong $SETTINGS; hãy sửa rồi chạy lại."
        return
    fi
    [ -n "$HOST" ] || die "Lần đầu cần tên miền: --host congdoan.example"
    case $HOST in *[!A-Za-z0-9.-]*) die "Tên miền «$HOST» có ký tự không dùng được." ;; esac
    say "Viết cài đặt vào $SETTINGS (settings)"
    umask 077
    sed -e "s/@HOST@/$HOST/g" -e "s#@BACKUPS@#$BACKUPS#g" "$SOURCE/deploy/nhipcau.env" >"$SETTINGS.new"
    chown root:nhipcau "$SETTINGS.new"
    chmod 0640 "$SETTINGS.new"
    mv "$SETTINGS.new" "$SETTINGS"
    umask 022
}

# A certificate of its own lets the first page open; a real one goes to the same two files.
make_certificate() {
    [ ! -f "$TLS/privkey.pem" ] || return 0
    install -d -m 0700 "$TLS"
    say "Tạo chứng thư tạm (self-signed); thay bằng chứng thư thật trong $TLS"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "/CN=$HOST" \
        -addext "subjectAltName=DNS:$HOST" -keyout "$TLS/privkey.pem" -out "$TLS/fullchain.pem" 2>/dev/null
    chmod 0600 "$TLS/privkey.pem"
}

install_units() {
    for unit in "$SOURCE"/deploy/systemd/nhipcau-*; do install -m 0644 "$unit" "$UNITS/"; done
    kept=$(sed -n "s/^NHIPCAU_BACKUP_DIR='\(.*\)'/\1/p" "$SETTINGS")
    for service in $SERVICES; do
        install -d -m 0755 "$UNITS/$service.service.d"
        install -m 0644 "$SOURCE/deploy/systemd/hardening.conf" "$UNITS/$service.service.d/10-hardening.conf"
    done
    # Everything is read-only for the service but its own data; the worker also writes where backups go.
    printf '[Service]\nReadWritePaths=-%s\n' "${kept:-$BACKUPS}" >"$UNITS/nhipcau-worker.service.d/20-backups.conf"
}

install_command() {
    install -m 0755 "$SOURCE/deploy/nhipcau" /usr/local/bin/nhipcau
}

install_proxy() {
    sed "s/@HOST@/$HOST/g" "$SOURCE/deploy/nginx/nhipcau.conf" >/etc/nginx/sites-available/nhipcau
    ln -sf ../sites-available/nhipcau /etc/nginx/sites-enabled/nhipcau
    rm -f /etc/nginx/sites-enabled/default
    nginx -t -q || die "nginx không nhận cấu hình; hãy xem lỗi ở trên."
}

start() {
    if [ ! -d /run/systemd/system ]; then
        say "systemd không chạy ở đây, nên chưa khởi động dịch vụ nào (not started: no systemd)"
        return
    fi
    systemctl daemon-reload
    systemctl enable -q nhipcau-web nhipcau-worker nhipcau-verify.timer nginx
    say "Khởi động (starting)"
    systemctl restart nhipcau-migrate || die "Không đưa được các bảng lên đúng phiên bản; xem: journalctl -u nhipcau-migrate"
    systemctl restart nhipcau-web nhipcau-worker nhipcau-verify.timer
    systemctl reload-or-restart nginx
}

tell() {
    cat >&2 <<TEXT

Đã cài. Còn ba việc (three things are left):
  1. Chứng thư thật: chép vào $TLS/fullchain.pem và privkey.pem, rồi: systemctl reload nginx
  2. Cây tổ chức và tài khoản đầu tiên:
       nhipcau org import /tmp/cay-to-chuc.csv
       nhipcau account first quantri --name "Họ và tên"
  3. Xem còn thiếu gì: nhipcau doctor
Cài đặt ở $SETTINGS; sửa xong chạy lại lệnh này. Trang: https://$HOST/
TEXT
}

uninstall() {
    if [ -d /run/systemd/system ]; then
        systemctl disable -q --now nhipcau-web nhipcau-worker nhipcau-verify.timer 2>/dev/null || true
    fi
    for service in $SERVICES; do rm -rf -- "$UNITS/$service.service" "$UNITS/$service.service.d"; done
    rm -f "$UNITS/nhipcau-verify.timer" /etc/nginx/sites-enabled/nhipcau /etc/nginx/sites-available/nhipcau \
        /usr/local/bin/nhipcau
    if [ -d /run/systemd/system ]; then
        systemctl daemon-reload
        systemctl reload-or-restart nginx || true
    fi
    say "Đã gỡ dịch vụ. Còn nguyên: $DATA, $BACKUPS, /etc/nhipcau, $HOME_OF_VERSIONS, cơ sở dữ liệu nhipcau."
}

# ---- Arguments --------------------------------------------------------------------------------------------

HOST=
WHEELS=
while [ $# -gt 0 ]; do
    case $1 in
    --host) HOST=${2:?}; shift 2 ;;
    --wheels) WHEELS=$(CDPATH='' cd -- "${2:?}" && pwd -P); shift 2 ;;
    --backups) BACKUPS=${2:?}; shift 2 ;;
    --packages) printf '%s\n' "$PACKAGES"; exit 0 ;;
    --uninstall) [ "$(id -u)" = 0 ] || die "Cần quyền root (run with sudo)."; uninstall; exit 0 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
done
[ "$(id -u)" = 0 ] || die "Cần quyền root (run with sudo)."
command -v apt-get >/dev/null 2>&1 || die "Chỉ cài được trên Debian hoặc Ubuntu."

install_packages
make_user
install_program
make_database
write_settings
make_certificate
install_units
install_command
install_proxy
start
tell
