"""docs/reference/api.md, made from what the code declares."""

from __future__ import annotations

from collections.abc import Iterator

import nhipcau.api.api  # noqa: F401 - the areas declare their endpoints as they are loaded
from nhipcau.access.models import TokenScope
from nhipcau.api.covered import NOT_YET
from nhipcau.api.endpoints import ENDPOINTS, Endpoint
from nhipcau.api.errors import KINDS, TYPES
from nhipcau.api.openapi import ROOT

HEAD = """# API

Do `nhipcau api reference` viết ra; một phép thử giữ cho đúng. Bản mô tả OpenAPI 3.1:
[openapi.json](openapi.json), cũng ở `/api/v1/openapi.json`.
*Written by `nhipcau api reference` and held true by a test.*

```sh
curl -H "Authorization: Bearer $TOKEN" http://localhost:8000/api/v1/me
curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $(uuidgen)" -H "Content-Type: application/json" \\
     -d '{"template": "bc-6-thang", "period": "2026-H1"}' http://localhost:8000/api/v1/reports
```

- **Mã truy cập** thuộc về một chức danh: tạo và thu hồi ở *Tài khoản của tôi → Mã truy cập cho chương
  trình khác* hoặc bằng `nhipcau api`.
  Nó thấy và làm đúng những gì chức danh được thấy, được làm, trong các quyền ghi
  dưới đây; hết hiệu lực khi hết hạn, bị thu hồi, hoặc chức danh đổi người giữ.
  *Only in the `Authorization` header; cookies are thrown away.*
- **Danh sách** (list) đi theo trang: `limit` (1–200), `offset`, trả `items`, `total`, `next`; mọi trả lời GET có
  `ETag`.
- **Ghi** (write) cần `Idempotency-Key`: cùng khóa, cùng nội dung thì làm một lần và trả lời như cũ trong một ngày;
  khác nội dung là 422. Bị từ chối thì khóa dùng lại được. *A refusal did nothing and frees its key.*
- **Sửa** gửi lại `edits` đã đọc; ai đó lưu xen giữa thì 409. *Optimistic locking by `edits`.*
- **Lỗi** (error) là `application/problem+json`; chương trình xét theo `type`. `Accept-Language: en` cho lời
  tiếng Anh.
- Mỗi mã được số yêu cầu mỗi phút ghi ở `NHIPCAU_API_RATE`; quá thì 429 kèm `Retry-After`.
"""


def as_markdown() -> str:
    """The whole page."""
    lines = [HEAD, "## Quyền của mã (scopes)", "", "| scope | |", "|---|---|"]
    lines += [f"| `{one.value}` | {one.label} |" for one in TokenScope]
    lines += ["", "## Địa chỉ (endpoints)", "", *_endpoints()]
    lines += ["", "## Lỗi (problems)", "", "| type | status | |", "|---|---|---|"]
    lines += [f"| `{TYPES}{kind.slug}` | {kind.status} | {kind.title.en} |" for kind in KINDS]
    lines += ["", "## Trang chưa có trong API (pages without an endpoint)", ""]
    lines += [
        f"- **{why}** ({why.en}): {', '.join(f'`{name}`' for name in names)}" for why, names in NOT_YET.items()
    ]
    return "\n".join(lines) + "\n"


def _endpoints() -> Iterator[str]:
    yield "| | | scope | |"
    yield "|---|---|---|---|"
    for endpoint in sorted(ENDPOINTS.values(), key=_order):
        address = ROOT + endpoint.path.replace("uuid:", "").replace("slug:", "").replace("str:", "")
        yield f"| {endpoint.method} | `{address}` | {endpoint.scope.value} | {endpoint.summary} |"


def _order(endpoint: Endpoint) -> tuple[str, str]:
    return endpoint.path, endpoint.method
