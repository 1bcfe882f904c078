"""Writing a refused line differently does not get it in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.boundary import check
from nhipcau.boundary.engine import by_rules
from nhipcau.boundary.names import person_names
from tests.boundary.labelled import lines

REFUSED = lines("refused")
# A name written without capitals or marks cannot be told from other words: such lines stay out of that test.
UNNAMED = [line for line in REFUSED if not person_names(line)]


def bare(text: str) -> str:
    letters = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(letters).replace("đ", "d").replace("Đ", "D")


DISGUISES: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "decomposed marks": lambda text: unicodedata.normalize("NFD", text),
    "zero-width characters": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "hyphens": lambda text: text.replace(" ", "-"),
    "wide spaces": lambda text: text.replace(" ", " \u00a0  "),
    "full stops": lambda text: text.replace(" ", ". "),
    "line breaks": lambda text: text.replace(" ", "\n"),
    "underlining": lambda text: f"__{text}__",
    "full-width letters": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "Cyrillic letters": lambda text: text.translate(str.maketrans("aeopc", "аеорс")),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguised_line_stays_refused(disguise: str) -> None:
    # Disguises are undone before any rule is tried, so a third of the lines each, in turn, is enough.
    change, turn = DISGUISES[disguise], list(DISGUISES).index(disguise) % 3
    assert [line for line in UNNAMED[turn::3] if check(change(line)).verdict != "refused"] == []


def test_a_line_without_marks_stays_refused() -> None:
    assert [line for line in UNNAMED if check(bare(line)).verdict != "refused"] == []


def test_letters_spelled_out_stay_refused() -> None:
    spoken = [line for line in UNNAMED[::2] if "_" not in line]  # a file name has no words to spell out
    spelled = ["   ".join(" ".join(word) for word in line.split()) for line in spoken]
    assert [line for line in spelled if check(line).verdict != "refused"] == []


@settings(max_examples=80, deadline=None)
@given(
    line=st.sampled_from(UNNAMED),
    marks=st.booleans(),
    upper=st.booleans(),
    between=st.text(alphabet=" -.,;:_*/\n\t\u200b\u00a0", min_size=1, max_size=3).filter(
        lambda text: text.replace("\u200b", "") != ""
    ),
)
def test_no_mixture_of_disguises_gets_a_refused_line_allowed(
    line: str, marks: bool, upper: bool, between: str
) -> None:
    text = between.join((line if marks else bare(line)).split())
    assert check(text.upper() if upper else text).verdict != "allowed"


@pytest.mark.parametrize(
    "line",
    [
        "DS CNLĐ đình công",
        "Theo dõi FB của ĐV",
        "theo dõi MXH của NLĐ",
        "Tư tưởng của CBCC",
        "D.S. người lao động theo đạo",
        "Nắm DLXH trong CNVCLĐ",
    ],
)
def test_abbreviations_are_read(line: str) -> None:
    assert check(line).verdict == "refused"


@pytest.mark.parametrize("half", lines("allowed")[:40])
def test_a_refused_half_is_not_hidden_by_an_allowed_one(half: str) -> None:
    for joined in (f"{half} và danh sách người tham gia đình công", f"Danh sách người tham gia đình công; {half}"):
        assert check(joined).verdict == "refused"
    for joint in (", ", ": ", " (", ". "):
        assert check(f"{half}{joint}danh sách người tham gia đình công").verdict == "refused"
        short = f"{half}{joint}Tôn giáo (ghi rõ)"  # too short a half to be weighed as a sentence
        assert by_rules(short).verdict != "refused" or check(short).verdict == "refused"


@pytest.mark.parametrize("half", lines("allowed")[:40])
def test_a_doubtful_half_is_never_cleared_by_an_ordinary_one(half: str) -> None:
    for joint in (", ", ": ", " (", " và ", "; "):
        assert check(f"{half}{joint}nắm tình hình công nhân").verdict != "allowed"


@pytest.mark.parametrize(
    "line",
    [
        "Số gia đình công nhân được thăm",  # "đình công" lies across two words
        "Nội dung kiến nghị về lương",  # "dung" is not a stripped "dừng"
        "Vùng đồng bào tôn giáo, dân tộc: số suất quà",
        "Hoc tap tu tuong Ho Chi Minh: so hoi nghi",
        "SO SUAT QUA TET VA TONG SO TIEN",
    ],
)
def test_words_that_only_look_alike_are_allowed(line: str) -> None:
    assert check(line).verdict == "allowed"


@pytest.mark.parametrize(
    "line",
    [
        "Th.e.o d.õ.i người k.í.c.h đ.ộ.n.g đình c.ô.n.g",
        "Danh sách công nhân t_h_e_o đ*ạ*o",
        "T.ư t.ư.ở.n.g công nhân: số người d.a.o đ.ộ.n.g trong tuần",
        "Lập ds ng từng đ1nh c0ng ở cty cũ",
    ],
)
def test_signs_strewn_into_words_are_undone(line: str) -> None:
    assert check(line).verdict == "refused"


@pytest.mark.parametrize(
    "line",
    ["Goal posts repaired at the workers' stadium", "The form has no name field and keeps no address"],
)
def test_english_words_are_not_read_as_bare_vietnamese(line: str) -> None:
    assert check(line).verdict == "allowed"


@pytest.mark.parametrize(
    "promise",
    [
        "Đã yêu cầu công ty hủy danh sách người cầm đầu cuộc ngừng việc",
        "Gửi công văn: không đơn vị nào được lập danh sách người tham gia ngừng việc",
        "Không kỷ luật người ký đơn lần này",
        "Xóa danh sách người đình công sau khi gửi cho giám đốc",
    ],
)
def test_what_is_ruled_out_beside_something_done_or_excepted_is_read_by_a_person(promise: str) -> None:
    assert check(promise).verdict == "review"


@pytest.mark.parametrize(
    "line",
    [
        "Không ghi tên; lập danh sách người đình công",
        "Không thu phí, theo dõi công nhân tham gia đình công",
        "Không công khai nhưng lập danh sách người cầm đầu",
        "Lập danh sách người cầm đầu, không để lộ",
        "Không trợ cấp cho người đã ký kiến nghị tập thể",
        "Không hỏi nhiều, chỉ ghi lại ai bỏ phiếu chống",
        "Không xếp loại lao động giỏi cho người đã tham gia đình công",
        "Không đánh giá hoàn thành nhiệm vụ đối với người ký đơn kiến nghị tập thể",
        "Không tiết lộ danh sách người cầm đầu cuộc ngừng việc",
        "Không phân loại được thì chuyển danh sách người đình công cho công an",
        "Không kỷ luật nếu khai ra ai cầm đầu đình công",
        "Không công khai việc theo dõi công nhân bàn chuyện đình công",
        "Không lập danh sách chính thức người đình công, chỉ ghi sổ riêng của tổ trưởng",
        "Không theo dõi công khai, nhờ bảo vệ ghi lại ai tụ tập",
        "Không hỏi ai gửi thư góp ý vì đã có danh sách",
        "Không yêu cầu ghi tên người tố cáo vì camera đã quay được",
        "Không xếp loại A cho công nhân tham gia ngừng việc",
        "Xóa cột tôn giáo trên mẫu giấy, chuyển sang ghi trong phần mềm",
        "Do not list them officially, keep a private note of who joined the strike",
    ],
)
def test_a_promise_beside_it_does_not_soften_a_refusal(line: str) -> None:
    assert check(line).verdict == "refused"


@pytest.mark.parametrize(
    "promise",
    [
        "Không được tìm cách biết ai là người viết thư góp ý",
        "Khi báo tai nạn chỉ ghi số người, không ghi tên, tuổi, quê quán",
        "Không kèm ảnh người tham gia ngừng việc",
        "Ban chấp hành cam kết không hỏi ai đã ký kiến nghị",
        "Không đơn vị nào được lập danh sách người tham gia ngừng việc",
        "Không cắt thưởng của người đã tham gia đình công hợp pháp",
        "Xóa cột quan điểm chính trị khỏi mẫu phiếu đánh giá đoàn viên",
        "No list of strike participants is to be made by any unit",
        "Bỏ cột dân tộc, cột tôn giáo trong phiếu đăng ký",
        "Phiếu hỏi bữa ăn không có ô ghi tên, không có mã nhân viên",
    ],
)
def test_a_plain_promise_to_record_nobody_passes(promise: str) -> None:
    assert check(promise).verdict == "allowed"


@pytest.mark.parametrize(
    "promise",
    [
        "Công đoàn cam kết không theo dõi nhóm chat, trang cá nhân của người lao động",
        "Hệ thống không lưu số điện thoại, địa chỉ máy hay dấu vết nào của người gửi phản ánh",
        "Không giao chỉ tiêu lượt thích, lượt chia sẻ cho đoàn viên",
    ],
)
def test_a_promise_reaches_what_is_only_added_to_it(promise: str) -> None:
    assert check(promise).verdict != "refused"


@pytest.mark.parametrize(
    "line",
    [
        "Không thu phí, danh sách người đình công",
        "Không ghi âm, lập danh sách người tham gia đình công",
        "Công nhân có tham gia đình công không, ghi tên người hay kêu gọi",
        "Không những ghi tên mà còn chụp ảnh người đình công",
        "Không quên lập danh sách người cầm đầu đình công",
    ],
)
def test_a_not_that_rules_nothing_out_frees_nothing(line: str) -> None:
    assert check(line).verdict == "refused"
