"""Words that Vietnamese administrative documents are made of, as data the readers share.

Sources: Decree 30/2020/NĐ-CP Article 7 and Appendix III (types and their abbreviations), Article 13
(authority prefixes); Decision 933/QĐ-TLĐ for the union's bodies. All entries are *plain* (see
`text.plain`): lower case without marks, so that OCR slips and uỷ/ủy variants match alike.
"""

from __future__ import annotations

import re
import unicodedata


def _without_marks(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


# Decree 30 Article 7 lists 29 types; the rest are types the confederation and the Party also use.
DOC_TYPES: dict[str, str] = {
    "nghi quyet": "nghị quyết",
    "quyet dinh": "quyết định",
    "chi thi": "chỉ thị",
    "quy che": "quy chế",
    "quy dinh": "quy định",
    "thong cao": "thông cáo",
    "thong bao": "thông báo",
    "huong dan": "hướng dẫn",
    "chuong trinh": "chương trình",
    "ke hoach": "kế hoạch",
    "phuong an": "phương án",
    "de an": "đề án",
    "du an": "dự án",
    "bao cao": "báo cáo",
    "bien ban": "biên bản",
    "to trinh": "tờ trình",
    "hop dong": "hợp đồng",
    "cong dien": "công điện",
    "ban ghi nho": "bản ghi nhớ",
    "ban thoa thuan": "bản thỏa thuận",
    "giay uy quyen": "giấy ủy quyền",
    "giay moi": "giấy mời",
    "giay gioi thieu": "giấy giới thiệu",
    "giay nghi phep": "giấy nghỉ phép",
    "phieu gui": "phiếu gửi",
    "phieu chuyen": "phiếu chuyển",
    "phieu bao": "phiếu báo",
    "thu cong": "thư công",
    "cong van": "công văn",
    "thong tu lien tich": "thông tư liên tịch",
    "thong tu": "thông tư",
    "nghi dinh": "nghị định",
    "ket luan": "kết luận",
    "the le": "thể lệ",
    "dieu le": "điều lệ",
    "loi keu goi": "lời kêu gọi",
    "giay trieu tap": "giấy triệu tập",
    "de cuong": "đề cương",
    "noi quy": "nội quy",
    "thu moi": "thư mời",
    "quy trinh": "quy trình",
    "thong tri trieu tap": "thông tri triệu tập",
    "thong tri": "thông tri",
    "nghi quyet lien tich": "nghị quyết liên tịch",
    "ke hoach lien tich": "kế hoạch liên tịch",
    "thong bao lien tich": "thông báo liên tịch",
    "huong dan lien tich": "hướng dẫn liên tịch",
    "thu ngo": "thư ngỏ",
    "thu keu goi": "thư kêu gọi",
    "thu chuc mung": "thư chúc mừng",
    "ban cam ket": "bản cam kết",
}

TYPES: tuple[str, ...] = tuple(DOC_TYPES.values())

# The labels of the table of data that law sites print above a document's text.
SITE_LABELS = (
    "so hieu", "so ky hieu", "so/ky hieu", "loai van ban", "noi ban hanh", "co quan ban hanh", "nguoi ky",
    "ngay ban hanh", "ngay hieu luc", "ngay co hieu luc", "ngay cong bao", "so cong bao", "ngay dang cong bao",
    "ngay het hieu luc", "hieu luc van ban", "tep dinh kem", "tap tin dinh kem", "file dinh kem",
)  # fmt: skip
# Labels that are also words of letters; a colon or a table's border must follow.
SITE_LABELS_WITH_COLON = (
    "tinh trang", "linh vuc", "ap dung", "het hieu luc", "hieu luc", "ngay dang", "luot xem", "trich yeu",
    "tu khoa", "chia se", "tai ve", "ngon ngu", "dinh dang",
)  # fmt: skip

# Some old files lose every letter beyond Latin-1 ("KẾ HOẠCH" becomes "K HOCH"): the same names so mutilated.
_LOST = {ord(c): None for c in map(chr, range(0x100, 0x2000))}
DOC_TYPES |= {
    plain_latin: name
    for name in list(DOC_TYPES.values())
    if (plain_latin := _without_marks(name.translate(_LOST))) not in DOC_TYPES and len(plain_latin) > 4
}

# Appendix III, in the case it prints (folded on use). CĐ is left out on purpose: in union symbols it
# means công đoàn, so it names a công điện only through the title line.
TYPE_CODES: dict[str, str] = {
    "NQ": "nghị quyết",
    "QĐ": "quyết định",
    "CT": "chỉ thị",
    "QC": "quy chế",
    "QyĐ": "quy định",
    "TC": "thông cáo",
    "TB": "thông báo",
    "HD": "hướng dẫn",
    "CTr": "chương trình",
    "KH": "kế hoạch",
    "PA": "phương án",
    "ĐA": "đề án",
    "DA": "dự án",
    "BC": "báo cáo",
    "BB": "biên bản",
    "TTr": "tờ trình",
    "HĐ": "hợp đồng",
    "BGN": "bản ghi nhớ",
    "BTT": "bản thỏa thuận",
    "GUQ": "giấy ủy quyền",
    "GM": "giấy mời",
    "GGT": "giấy giới thiệu",
    "GNP": "giấy nghỉ phép",
    "PG": "phiếu gửi",
    "PC": "phiếu chuyển",
    "PB": "phiếu báo",
    "TT": "thông tư",
    "TTLT": "thông tư liên tịch",
    "NĐ": "nghị định",
    "CV": "công văn",
    "KL": "kết luận",
}

# Type codes that also abbreviate bodies (cục thuế, tỉnh công ty …), so not trusted where "V/v" says công văn.
AMBIGUOUS_CODES = frozenset({"CT", "TC", "DA", "PA", "PB", "PC", "PG", "HĐ", "TT", "TB", "CTr"})

# How the name of a body begins. Longest first, so that "ban chap hanh" wins over "ban".
_ORG_HEADS = (
    "tong lien doan",
    "lien doan lao dong",
    "ldld",
    "tldldvn",
    "cong doan",
    "cdcs",
    "cd nganh",
    "cd thcs",
    "cd thpt",
    "cd tieu hoc",
    "cd truong",
    "cd giao duc",
    "cd hoc vien",
    "cd dai hoc",
    "cd cong ty",
    "cd benh vien",
    "nghiep doan",
    "lien doan",
    "uy ban nhan dan",
    "ubnd",
    "hoi dong nhan dan",
    "hdnd",
    "uy ban mttq",
    "uy ban mat tran",
    "uy ban kiem tra",
    "uy ban",
    "mat tran to quoc",
    "hoi dong",
    "hdd",
    "ban chap hanh",
    "bch",
    "btv",
    "ban thuong vu",
    "ban chi dao",
    "ban to chuc",
    "ban tuyen giao",
    "ban quan ly",
    "ban can su",
    "ban bi thu",
    "ban nu cong",
    "ban dan van",
    "ban",
    "bo",
    "so",
    "phong",
    "tong cuc",
    "chi cuc",
    "cuc",
    "vu",
    "van phong",
    "trung tam",
    "tinh uy",
    "thanh uy",
    "huyen uy",
    "thi uy",
    "quan uy",
    "dang uy",
    "dang bo",
    "chi bo",
    "dai hoi",
    "tinh doan",
    "thanh doan",
    "huyen doan",
    "thi doan",
    "doan thanh nien",
    "doan tncs",
    "trung uong doan",
    "doan",
    "lien doi",
    "hoi",
    "lien hiep",
    "vien",
    "benh vien",
    "truong",
    "dai hoc",
    "hoc vien",
    "cong ty",
    "tong cong ty",
    "tap doan",
    "xi nghiep",
    "nha may",
    "ngan hang",
    "kho bac",
    "bao hiem xa hoi",
    "bhxh",
    "toa an",
    "vien kiem sat",
    "cong an",
    "bo chi huy",
    "thanh tra",
    "dai phat thanh",
    "dai truyen hinh",
    "bao tang",
    "thu vien",
    "cum thi dua",
    "khoi thi dua",
    "to cong doan",
    "doi",
    "lien oan",
    "cong oan",
    "y ban nhan dan",
    "quoc hoi",
    "chinh phu",
    "thu tuong",
    "trung tam",
    "quy",
    "tram",
    "hat",
)
ORG_HEAD = re.compile(r"(?:" + "|".join(sorted(_ORG_HEADS, key=len, reverse=True)) + r")\b")

# One-syllable heads that plain text confuses with other words ("bản", "số", "tổ", "quy", "đội").
_PRINTED = {
    "ban": "ban", "bo": "bộ", "so": "sở", "vu": "vụ", "hoi": "hội", "doan": "đoàn", "doi": "đội", "hat": "hạt",
    "quy": "quỹ", "tram": "trạm", "phong": "phòng", "cuc": "cục", "vien": "viện", "truong": "trường",
}  # fmt: skip


_EVENTS = re.compile(
    r"(?:hoi nghi|hoi thao|hoi thi|hoi dien|dai hoi|doan vien|ban tin|phong trao|bo mau|bo quy tac)\b"
)


def names_body(printed: str, folded: str) -> bool:
    """Does running text begin with the name of a body? Stricter than `ORG_HEAD`, which serves headers."""
    found = ORG_HEAD.match(folded)
    if not found or _EVENTS.match(folded):
        return False
    expected = _PRINTED.get(found[0])
    return expected is None or printed[: found.end()].lower() == expected


# Names that say nothing without what follows on the next line ("ỦY BAN NHÂN DÂN" + "TỈNH …").
BARE_ORG = re.compile(
    r"(?:uy ban nhan dan|ubnd|lien doan lao dong|ldld|cong doan|hoi dong nhan dan|hdnd|hoi dong|ban chap hanh"
    r"|ban thuong vu|ban chi dao|van phong|cong doan co so|cdcs|cong doan nganh|uy ban kiem tra|so|bo"
    r"|phong|truong|cong ty"
    r"|cong ty tnhh|cong ty co phan|tong cong ty|tap doan|doan thanh nien|mat tran to quoc|benh vien|ban to chuc"
    r"|ban quan ly|ban chi dao phong,? chong dich|hoi lien hiep phu nu|bao hiem xa hoi)"
)
# Bodies inside another body, whose name follows ("CÔNG ĐOÀN CƠ SỞ" + "TRƯỜNG MẦM NON …").
HOSTED = re.compile(
    r"(?:cong doan(?: co so)?|cdcs|cd|nghiep doan(?: co so)?|to cong doan"
    r"|(?:ban chap hanh|bch) cong doan(?: co so)?"
    r"|cong ty(?: tnhh| co phan| cp)?|chi bo|chi doan|doan thanh nien|van phong|ban quan ly|ban chi dao)"
)
# A line that ends like this is not finished.
DANGLING = re.compile(
    r"(?:\b(?:va|cua|tinh|huyen|thanh pho|nganh|cac|quan|xa|phuong|thi xa|ve|cho|khu|thuoc|tai|giua|o|toan)|[,&-])$"
)

AUTHORITY = re.compile(
    r"(?:t\s?\.\s?m|k\s?\.\s?t|t\s?\.\s?l|tm|kt|tl|tuq)\s"
    r"(?=(?:ban|bch|btv|uy ban|ubnd|hoi dong|chu tich|(?:tong )?giam doc|(?:hieu |cuc |bo )?truong|bi thu|doan"
    r"|dang uy)\b)"
    r"|(?:t\s?[./]?\s?m|k\s?[./]?\s?t|t\s?[./]?\s?l|t\s?[./]?\s?u\s?[./]?\s?q)\s?[.,:]\s?(?=[a-z])"
    r"|[tk]/[mtl]\b\.?\s?|(?:tm|kt|tl|tuq)/\s?(?=[a-z])"
)

TITLE = re.compile(
    r"(?:[qp]\.\s?|quyen )?"
    r"(?:pho |tong |chanh )*"
    r"(?:chu tich|giam doc|bo truong|thu truong|thu tuong|cuc truong|vu truong|chi cuc truong|tong cuc truong"
    r"|truong (?:ban|phong|khoa|doan|bo mon|tieu ban|trung tam|cong an|nganh|dai dien|co quan)|truong ban"
    r"|hieu truong|vien truong|vien pho"
    r"|chanh van phong|van phong|chanh thanh tra|thanh tra|chanh an|bi thu|thu ky|chu nhiem|cuc pho"
    r"|tham phan|uy vien|tong phu trach"
    r"|phu trach|ke toan|doi truong|chi huy|to truong|nguoi|giam sat|dai dien|tram truong|hat truong|kiem soat"
    r"|tong bi thu|tong bien tap|bien tap|truong\b|ch tch|giam c$|trng phong|hiu trng|thuong truc|cuc pho"
    r"|giao vien|thu quy|chu toa|bi thu)"
)

# Family names cover nearly all Vietnamese names; used to tell a person from any other capitalised words.
_SURNAMES = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh trieu
dinh ha lam mai phung truong ta tang to luong luu thai tong cao chau chu cu dam dau diep dong giang
giap han hoa hua kieu kim khuat la lai lo luc lu ma mac nghiem nhan nong ong phi pho quach quan than
thach thi tieu ton tu tuong ung uong van vi vang sung thao lau quang cam be bach chang cham ban bo
cat chung ninh nghi sam sin hau hoac hang hy khong khuong ksor rah siu kpa nay y a rcom lieu long
mong mua nhu o phuong son thieu toai tuan viem xa xuan yen au an dieu dich thang trang
"""
SURNAMES = frozenset(_SURNAMES.split())
