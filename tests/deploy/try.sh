#!/bin/sh
# Cài thật trên một Debian vừa dựng: debootstrap minbase, systemd khởi động trong systemd-nspawn, không có mạng, rồi
# mở trang qua nginx và TLS, đăng nhập, giết tiến trình, dừng PostgreSQL, gỡ, cài lại.
# (A real installation on a fresh Debian, booted in a container without network.)
#
#   sudo tests/deploy/try.sh [THƯ_MỤC]     the folder keeps the base system and packages for the next time
#
# Needs root, debootstrap, systemd-container and, the first time, the package indexes that this machine is set up for.
set -eu

HERE=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
KEPT=${1:-/var/tmp/nhipcau-try}
SUITE=${SUITE:-bookworm}
BASE=$KEPT/base
LOCKS="base postgres signing ocr photos analytics"

die() { printf '%s\n' "$*" >&2; exit 2; }
[ "$(id -u)" = 0 ] || die "Needs root."
for program in debootstrap systemd-nspawn; do command -v "$program" >/dev/null || die "Needs $program."; done

# A base system with systemd, and everything the installation will ask for downloaded but not installed.
if [ ! -f "$BASE/.complete" ]; then
    rm -rf -- "$BASE"
    mkdir -p "$KEPT"
    sources=$(grep -hE '^URIs:' /etc/apt/sources.list.d/debian.sources | head -n 1 | cut -d' ' -f2)
    debootstrap --variant=minbase "$SUITE" "$BASE" ${sources:+"$sources"}
    cp /etc/resolv.conf "$BASE/etc/"
    printf '#!/bin/sh\nexit 101\n' >"$BASE/usr/sbin/policy-rc.d"
    chmod +x "$BASE/usr/sbin/policy-rc.d"
    chroot "$BASE" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive chroot "$BASE" apt-get install -y -qq --no-install-recommends systemd-sysv dbus
    # shellcheck disable=SC2046 # a list of names
    DEBIAN_FRONTEND=noninteractive chroot "$BASE" apt-get install -y -qq --no-install-recommends --download-only \
        $("$HERE/deploy/install.sh" --packages)
    rm -f "$BASE/usr/sbin/policy-rc.d" "$BASE/etc/resolv.conf"
    : >"$BASE/.complete"
fi
stamp=$(cd "$HERE/requirements" && for lock in $LOCKS; do cksum <"$lock.txt"; done)
if [ "$(cat "$KEPT/wheels.of" 2>/dev/null)" != "$stamp" ]; then
    rm -rf -- "$KEPT/wheels" "$KEPT/wheels.of"
    mkdir -p "$KEPT/wheels"
fi
for lock in $LOCKS; do
    [ ! -f "$KEPT/wheels.of" ] || break
    "$HERE/.venv/bin/python" -m pip download -q --require-hashes --only-binary :all: -d "$KEPT/wheels" \
        -r "$HERE/requirements/$lock.txt" 2>"$KEPT/download.log" || { cat "$KEPT/download.log" >&2; exit 2; }
done
printf '%s\n' "$stamp" >"$KEPT/wheels.of"

ROOT=$KEPT/root
rm -rf -- "$ROOT"
cp -a --reflink=auto "$BASE" "$ROOT"
printf '127.0.0.1 localhost\n::1 localhost\n' >"$ROOT/etc/hosts" # the installer of Debian writes it, debootstrap not
cp -a "$KEPT/wheels" "$ROOT/srv/wheels"
chmod -R a+rX "$ROOT/srv/wheels"
mkdir -p "$ROOT/root/nhipcau"
(cd "$HERE" && git ls-files -z | tar --null -T - -cf -) | tar -xf - -C "$ROOT/root/nhipcau"
cat >"$ROOT/etc/systemd/system/try.service" <<'UNIT'
[Unit]
After=multi-user.target dbus.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c '/root/nhipcau/tests/deploy/inside.sh >/root/said 2>&1; echo $? >/root/code; systemctl --no-block poweroff'
TimeoutStartSec=3600
UNIT
ln -s ../try.service "$ROOT/etc/systemd/system/multi-user.target.wants/try.service" 2>/dev/null || {
    mkdir -p "$ROOT/etc/systemd/system/multi-user.target.wants"
    ln -s ../try.service "$ROOT/etc/systemd/system/multi-user.target.wants/try.service"
}
systemd-nspawn -q -D "$ROOT" --private-network --register=no --keep-unit --boot >"$KEPT/boot.log" 2>&1 </dev/null || true
cat "$ROOT/root/said"
code=$(cat "$ROOT/root/code" 2>/dev/null || echo 2)
[ "$code" != 0 ] || rm -rf -- "$ROOT"
exit "$code"
