"""Nothing is kept that nobody calls, and nothing is installed that nobody imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps
from django.conf import global_settings
from vulture import Vulture

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "nhipcau"
# Migrations and the formats of dates are read by Django alone.
MODULES = [path for path in PACKAGE.rglob("*.py") if not {"migrations", "formats"} & set(path.parts)]
NAME = re.compile(r"[\w.-]+")
# Called by nobody here, and why they are not dead.
CALLED_BY_OTHERS = {
    "Django reads the attributes of its classes and modules": """
        app_configs app_label constraints ordering USERNAME_FIELD REQUIRED_FIELDS urlpatterns app_name handler400
        handler403 handler404 handler500 field_order default_renderer form_template_name field_template_name
        default_error_messages use_required_attribute allow_multiple_selected output_field allow_distinct""",
    "Django calls the methods of its classes": """
        from_db_value as_postgresql clean_code clean_first_period prepare_value process_view process_exception
        receive_data_chunk file_complete""",
    "the sign-in library calls its adapters": """
        is_open_for_signup add_message _get_login_attempts_cache_key pre_login post_login get_totp_issuer
        pre_social_login on_authentication_error""",
    "the API's library reads them": "json_dumps_params model_config",
    "fields of the API's answers, filled from objects of the domain": "register_number has_original letter_number",
    "the command line's library calls them": "list_commands get_command",
    "Python's own classes and modules call or read them": """
        __call__ __getattr__ exc_text formatException handle_starttag handle_endtag compress_type create_system""",
    "the database drivers read them": "autocommit itersize row_factory",
    "the libraries of fonts and pictures read them": "name_IDs recalcTimestamp flavor MAX_IMAGE_PIXELS",
    "the server of the pages calls its hooks": "post_fork when_ready",
    "choices, stored and shown by their values": "LIGHT DARK COMPACT TOUCH",
    "a module that registers its jobs when it is imported": "scanning",
    "a list that a test holds against every table": "LEAVES_IN",
    "a bench asks it in a program that it writes": "peak_mb",
}
# Decorators that hand a function on to whoever calls it.
REGISTERING = ("@*.command*", "@*.exception_handler", "@area.*", "@job", "@when_abandoned")
# Settings that no list of Django names, by the beginnings of their names.
SETTINGS = ("ROOT_URLCONF", "ACCOUNT_", "MFA_", "SOCIALACCOUNT_", "WHITENOISE_", "CONTENT_SECURITY_POLICY")


def named_in_text() -> set[str]:
    """Words of templates and scripts, and strings of the code that are one name: fields, dotted paths, settings."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".html", ".js", ".txt"} and "build" not in path.parts:
            found.update(re.findall(r"\w+", path.read_text("utf-8")))
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                found.update(re.split(r"[.-]|__", node.value))
    return found


def named_by_django() -> set[str]:
    """Settings, apps, and the columns of every table: the archive that a federation takes away holds them all."""
    columns = {field.name for model in apps.get_models() for field in model._meta.get_fields()}
    return columns | set(dir(global_settings)) | {type(one).__name__ for one in apps.get_app_configs()}


def test_everything_is_called_by_somebody() -> None:
    vulture = Vulture(ignore_decorators=REGISTERING)
    vulture.scavenge([str(path) for path in MODULES])
    others = {name for names in CALLED_BY_OTHERS.values() for name in names.split()}
    known = named_in_text() | named_by_django() | others
    unused = [one for one in vulture.get_unused_code() if one.name not in known]
    named = [f"{one.filename}:{one.first_lineno} {one.name}" for one in unused if not one.name.startswith(SETTINGS)]
    assert named == []


def test_every_dependency_is_declared_and_imported() -> None:
    """The exceptions stand in pyproject.toml, each with its reason."""
    done = subprocess.run(
        [sys.executable, "-m", "deptry", "--no-ansi", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
