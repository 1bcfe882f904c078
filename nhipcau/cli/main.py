"""`nhipcau`: exit 0 ok, 1 the input was refused or a check found faults, 2 wrong usage. Never a traceback."""

from __future__ import annotations

import errno
import logging
import sys

import click

from nhipcau import __version__
from nhipcau.cli.output import say
from nhipcau.core.errors import InvalidInput, NhipCauError
from nhipcau.core.masking import told

COMMANDS = {
    "account": "nhipcau.cli.accounts:account",
    "activity-type": "nhipcau.cli.activities:activity_type",
    "api": "nhipcau.cli.api:api",
    "backup": "nhipcau.cli.backup:backup",
    "bench": "nhipcau.cli.bench:bench",
    "boundary": "nhipcau.cli.boundary:boundary",
    "compare": "nhipcau.cli.parallel:compare",
    "consolidate": "nhipcau.cli.reports:consolidate",
    "demo": "nhipcau.cli.demo:demo",
    "explain-change": "nhipcau.cli.changes:explain_change",
    "doctor": "nhipcau.cli.doctor:doctor",
    "export": "nhipcau.cli.export:export",
    "form": "nhipcau.cli.forms:form",
    "history": "nhipcau.cli.history:history",
    "issue": "nhipcau.cli.issuing:issue",
    "mail": "nhipcau.cli.mail:mail",
    "migrate": "nhipcau.cli.operation:migrate",
    "org": "nhipcau.cli.org:org",
    "practice": "nhipcau.cli.practice:practice",
    "read": "nhipcau.cli.read:read",
    "restore": "nhipcau.cli.backup:restore",
    "search": "nhipcau.cli.search:search",
    "serve": "nhipcau.cli.operation:serve",
    "store": "nhipcau.cli.store:store",
    "template": "nhipcau.cli.reports:template",
    "trace": "nhipcau.cli.reports:trace",
    "upgrade": "nhipcau.cli.upgrade:upgrade",
    "upgrade-pack": "nhipcau.cli.upgrade:pack",
    "verify": "nhipcau.cli.verify:verify",
    "worker": "nhipcau.cli.operation:worker",
}


class LazyGroup(click.Group):
    """Loads a command's module only when it is called: `read` must not wait for Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        __import__(module)
        command: click.Command = getattr(sys.modules[module], name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nhipcau")
def cli() -> None:
    """Nhịp Cầu: chỉ đạo đi xuống, việc được làm và ghi lại, báo cáo đi lên, mỗi con số truy được về gốc."""


def main() -> None:
    """Entry point: translate domain errors into sentences and exit codes."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        say("Đã dừng theo yêu cầu; phần đang làm dở không được ghi.")
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except NhipCauError as error:
        say(describe(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left; there is nobody to tell
        sys.exit(1)
    except OSError as error:
        say(_operating_system(error))
        sys.exit(1)
    except Exception as error:  # the last net: a person gets a sentence, the log gets the rest
        logging.getLogger("nhipcau").debug("Dừng ngoài dự kiến", exc_info=True)
        say(
            f"Lỗi ngoài dự kiến ({told(error)}). Dữ liệu không bị ghi dở. "
            "Chạy lại với NHIPCAU_LOG_LEVEL=DEBUG để xem chi tiết và gửi cho người quản trị."
        )
        sys.exit(1)


def describe(error: NhipCauError) -> str:
    """The message with every fault on its own line."""
    faults = error.faults if isinstance(error, InvalidInput) else ()
    return "\n".join([error.message, *(f"  - {fault}" for fault in faults)])


def _operating_system(error: OSError) -> str:
    where = f" «{error.filename}»" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"Ổ đĩa đầy, không ghi được{where}. Không có gì được ghi dở; hãy giải phóng chỗ rồi chạy lại."
    if isinstance(error, FileNotFoundError):
        return f"Không tìm thấy tệp{where}."
    if isinstance(error, PermissionError):
        return f"Không có quyền đọc hoặc ghi{where}."
    return f"Không đọc hoặc ghi được{where}: {error.strerror or error}."


if __name__ == "__main__":
    main()
