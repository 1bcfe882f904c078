"""A broken-down figure on the pages: its cells are typed under it, its total computed and led back to reports."""

from __future__ import annotations

import pytest
import yaml

from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.reports.test_mixed_rollups import MIXED
from tests.web.reports.conftest import As

FEMALE = "workers[sex=female]"


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    raw = yaml.safe_load(quarterly.YAML) | yaml.safe_load(MIXED) | {"rules": []}
    return import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version


def test_the_cells_are_typed_under_their_figure(cast: Cast, acting: As, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    page = acting(cast.local_volunteer).get(f"/bao-cao/{report.uid}/").content.decode()
    assert f'name="{FEMALE}"' in page and 'name="workers"' not in page
    assert f'data-sum="{FEMALE} workers[sex=male]"' in page
    assert '<span class="sr">Số người được tính: </span>Nữ</label>' in page


def test_what_is_typed_into_a_cell_is_saved(cast: Cast, acting: As, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version)
    given = {FEMALE: "60", "workers[sex=male]": "40", "edits": report.edits}
    acting(cast.local_volunteer).post(f"/bao-cao/{report.uid}/", given)
    page = acting(cast.local_volunteer).get(f"/bao-cao/{report.uid}/").content.decode()
    assert 'value="60"' in page and ">100</output>" in page


def test_a_total_leads_to_the_reports_behind_it(cast: Cast, acting: As, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, **{FEMALE: "60", "workers[sex=male]": "40"})
    branch = f"/bao-cao/tong-hop/quy/2026-Q1/{cast.commune.uid}/"
    assert 'id="nguon-workers-sex-female"' in acting(cast.commune_officer).get(branch).content.decode()
    parts = acting(cast.commune_officer).get(f"{branch}nguon/workers/")
    assert parts.status_code == 200 and ">100<" in parts.content.decode()
