"""`nhipcau demo`: a fresh instance with an invented federation, the main job done in it, then served."""

from __future__ import annotations

from pathlib import Path

import click

from nhipcau.cli.instance import open_instance
from nhipcau.cli.output import emit, progress, say
from nhipcau.cli.serving import run_server
from nhipcau.demo.dates import CLOCK, PERIOD, TEMPLATE
from nhipcau.demo.run import indicators, keep_files, prepare, run, use


@click.command()
@click.option("--dir", "folder", default="var/demo", show_default=True, type=click.Path(file_okay=False))
@click.option("--no-serve", is_flag=True, help="Dừng sau khi phát hành, không mở máy chủ trang.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--port", default=8000, show_default=True)
def demo(folder: str, no_serve: bool, as_json: bool, port: int) -> None:
    """Bản trình diễn: một liên đoàn bịa ra, từ chỉ đạo đến báo cáo đã phát hành."""
    path = Path(folder)
    prepare(path)
    use(path, CLOCK.isoformat())
    open_instance()
    from nhipcau.audit.actions import seal
    from nhipcau.demo.federation import PROVINCE
    from nhipcau.demo.people import ACCOUNTS, PASSWORD
    from nhipcau.demo.second_scene import LOGIN
    from nhipcau.demo.story import Story

    story = Story(progress)
    stages = run(story, say)
    files = keep_files(story, path)
    seal(at=CLOCK)
    if as_json:
        emit(
            {
                "template": TEMPLATE,
                "unit": PROVINCE,
                "period": PERIOD.key,
                "indicators": indicators(story),
                "stages": stages,
                "files": files,
            }
        )
    say(f"Báo cáo đã phát hành: {', '.join(files)}")
    if no_serve:
        return
    say("Đăng nhập bằng một trong các tài khoản sau, mật khẩu " + PASSWORD + ":")
    for code, _, login, name in ACCOUNTS:
        say(f"  {login:<10} {name} ({code})")
    code, login, name = LOGIN
    say(f"  {login:<10} {name} ({code}, từ 1/7/2025: đổi cảnh ở đầu trang)")
    run_server(host="127.0.0.1", port=port, with_worker=True)
