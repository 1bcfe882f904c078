"""What each endpoint asks, as data beside the pages' own declarations. What declares nothing is not served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ninja import Router
from ninja.constants import NOT_SET

from nhipcau.access.models import TokenScope
from nhipcau.api.auth import TokenAuth
from nhipcau.api.endpoints import ENDPOINTS, Endpoint
from nhipcau.org.models import Role

View = TypeVar("View", bound=Callable[..., Any])


class Area:
    """The endpoints of one area. There is no way to add one without its scope."""

    def __init__(self, name: str, prefix: str) -> None:
        self.name, self.prefix = name, prefix
        self.router = Router(tags=[name])

    def get(self, path: str, *pages: str, roles: tuple[Role, ...] = (), answer: Any) -> Callable[[View], View]:
        """Reading; the scope is `read`."""
        return self._endpoint("GET", path, TokenScope.READ, roles, pages, answer)

    def file(self, path: str, *pages: str, roles: tuple[Role, ...] = ()) -> Callable[[View], View]:
        """Reading a file, as an attachment."""
        return self._endpoint("GET", path, TokenScope.READ, roles, pages, NOT_SET, file=True)

    def post(
        self, path: str, *pages: str, scope: TokenScope, roles: tuple[Role, ...] = (), answer: Any
    ) -> Callable[[View], View]:
        """A step, or something new."""
        return self._endpoint("POST", path, scope, roles, pages, answer)

    def put(
        self, path: str, *pages: str, scope: TokenScope, roles: tuple[Role, ...] = (), answer: Any
    ) -> Callable[[View], View]:
        """Another content in place of what stands."""
        return self._endpoint("PUT", path, scope, roles, pages, answer)

    def _endpoint(
        self,
        method: str,
        path: str,
        scope: TokenScope,
        roles: tuple[Role, ...],
        pages: tuple[str, ...],
        answer: Any,
        *,
        file: bool = False,
    ) -> Callable[[View], View]:
        def declare(view: View) -> View:
            name = f"{self.name}.{view.__name__}"
            if name in ENDPOINTS:
                raise ValueError(f"«{name}» được khai báo hai lần.")
            summary = (view.__doc__ or "").strip().split("\n")[0]
            endpoint = Endpoint(name, method, self.prefix + path, scope, roles, pages, summary, file)
            ENDPOINTS[name] = endpoint
            self.router.add_api_operation(
                path,
                [method],
                view,
                auth=TokenAuth(endpoint),
                response=answer,
                operation_id=name.replace(".", "_"),
                summary=summary,
            )
            return view

        return declare
