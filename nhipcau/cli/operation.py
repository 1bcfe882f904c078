"""`serve`, `worker`, `migrate`: running the thing."""

from __future__ import annotations

import click

from nhipcau.cli import beating
from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import say
from nhipcau.cli.serving import run_server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-worker", is_flag=True, help="Không chạy việc nền cùng máy chủ trang.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Chạy máy chủ trang, kèm một tiến trình việc nền."""
    open_instance()
    run_server(host=host, port=port, with_worker=not no_worker)


@click.command()
@click.option("--once", is_flag=True, help="Chạy hết việc đến hạn rồi thôi.")
@click.option("--again", is_flag=True, help="Xếp lại hàng những việc đã bỏ vì hỏng, rồi thôi.")
def worker(*, once: bool, again: bool) -> None:
    """Việc nền: nhắc hạn, đối chiếu số liệu đã chốt, niêm phong nhật ký."""
    open_instance()
    from nhipcau.ops import traces

    traces.begin()
    if again:
        from nhipcau.outbox.jobs import queue_again

        say(f"Đã xếp lại {queue_again(at=now())} việc.")
        return
    if once:
        say(f"Đã chạy {beating.once()} việc.")
        return
    try:
        beating.keep_beating()
    except KeyboardInterrupt:
        say("Đã dừng việc nền.")


@click.command()
def migrate() -> None:
    """Đưa các bảng lên đúng phiên bản của phần mềm; chạy lại bao nhiêu lần cũng được."""
    open_instance()
    say("Các bảng đã đúng phiên bản.")
