"""A kind of activity is one data file: read, checked, and from then on recorded, listed, counted and reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import yaml
from django.db import transaction

from nhipcau.activities.actions import define_type
from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import parse_type
from nhipcau.core.actors import Actor
from nhipcau.core.errors import InvalidInput, UnreadableFile
from nhipcau.core.said import Said

MAX_BYTES = 100_000


def import_type(*, data: bytes, actor: Actor, at: dt.datetime) -> ActivityType:
    """Define the type of a YAML file (docs/reference/activity-type.md). UnreadableFile, or InvalidInput with every
    fault; the same file again changes nothing."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile("Tệp loại hoạt động lớn quá 100 kB.")
    try:
        raw = yaml.safe_load(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        vi = f"Tệp loại hoạt động không phải YAML hợp lệ (UTF-8), xem dòng {line}."
        raise UnreadableFile(Said(vi, f"The file is no valid YAML (UTF-8), see line {line}.")) from error
    if not _is_shaped(raw):
        raise InvalidInput("Tệp loại hoạt động phải có code, label và danh sách measures; xem tài liệu tham khảo.")
    with transaction.atomic():
        return define_type(definition=parse_type(raw), actor=actor, at=at)


def _is_shaped(raw: object) -> bool:
    """Whether it is a mapping whose lists are lists of mappings, at least one measure among them."""
    if not isinstance(raw, Mapping) or not raw.get("measures"):
        return False
    facets = raw.get("facets") or ()
    lists = [raw["measures"], facets]
    if isinstance(facets, list):
        lists += [facet.get("choices") for facet in facets if isinstance(facet, Mapping)]
    return all(
        isinstance(items, list | tuple) and all(isinstance(item, Mapping) for item in items) for items in lists
    )
