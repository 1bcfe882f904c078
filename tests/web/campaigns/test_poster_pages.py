"""Posters and codes: any unit that takes part prints them, and they lead where they say."""

from __future__ import annotations

import cv2
import numpy as np
from django.conf import settings

from nhipcau.campaigns.materials import MaterialInput, add_material
from nhipcau.campaigns.models import MaterialKind
from tests.campaigns import scenes
from tests.campaigns.test_quizzes import opened
from tests.cast import NOW, Cast
from tests.press.reading import pages, squeezed
from tests.web.campaigns.conftest import As


def read(png: bytes) -> str:
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return str(cv2.QRCodeDetectorAruco().detectAndDecode(picture)[0])


def test_a_volunteer_prints_a_poster_that_leads_to_the_quiz(cast: Cast, acting: As) -> None:
    quiz = opened(cast)
    page = f"/chien-dich/{quiz.campaign.uid}/"
    given = MaterialInput(title="Ba việc", text="- Xem lối thoát hiểm\n- Đeo găng tay")
    made = add_material(
        campaign=quiz.campaign, kind=MaterialKind.PAGE, given=given, actor=cast.provincial_officer, at=NOW
    )
    client = acting(cast.local_volunteer)
    assert "Áp phích" in client.get(page).content.decode()
    text = squeezed(pages(client.get(f"{page}ap-phich.pdf?y={made.uid}").content)[0])
    for told in (quiz.campaign.name, "Xem lối thoát hiểm", "Liên đoàn Lao động tỉnh Đông Giang"):
        assert squeezed(told) in text
    address = f"{settings.SITE_URL}/cd/{quiz.campaign.token}/1/"
    assert read(client.get(f"{page}ma-qr.png").content) == address
    form = client.get(f"{page}ap-phich/").content.decode()
    assert address in form and '<option value="1" selected>' in form


def test_it_leads_to_the_campaign_s_page_where_asked_or_without_a_quiz(cast: Cast, acting: As) -> None:
    quiz = opened(cast)
    client, front = acting(cast.local_volunteer), f"{settings.SITE_URL}/cd/{quiz.campaign.token}/"
    assert read(client.get(f"/chien-dich/{quiz.campaign.uid}/ma-qr.png?bai=").content) == front
    bare = scenes.opened(cast, name="Tuần lễ phòng cháy")
    code = client.get(f"/chien-dich/{bare.uid}/ma-qr.svg")
    assert code.content.startswith(b"<svg") and code["Content-Type"] == "image/svg+xml"


def test_there_is_no_code_for_what_is_not_open(cast: Cast, acting: As) -> None:
    quiz, client = opened(cast), acting(cast.provincial_officer)
    assert client.get(f"/chien-dich/{quiz.campaign.uid}/ma-qr.png?bai=9").status_code == 404
    assert client.get(f"/chien-dich/{quiz.campaign.uid}/ma-qr.gif").status_code == 404
    assert client.get(f"/chien-dich/{scenes.drafted(cast).uid}/ap-phich.pdf").status_code == 409
