"""Every endpoint of the API by its name, beside the pages' own declarations."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.access.models import TokenScope
from nhipcau.org.models import Role

READS = ("GET",)


@dataclass(frozen=True)
class Endpoint:
    """One endpoint: the scope its token needs, the roles of which its post needs one (none = any post), and the
    pages whose work it does, by their names in the permission table."""

    name: str
    method: str
    path: str
    scope: TokenScope
    roles: tuple[Role, ...]
    pages: tuple[str, ...]
    summary: str
    file: bool = False  # answers bytes, not JSON

    @property
    def writes(self) -> bool:
        """Whether it changes anything: then it takes an Idempotency-Key."""
        return self.method not in READS


ENDPOINTS: dict[str, Endpoint] = {}
