"""Every act the log knows, by name. An app declares its own in `apps.py`; an unknown name is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionName:
    """A namespaced name ("org.unit_created") with its wording in both languages."""

    name: str
    label: str
    label_en: str


_known: dict[str, ActionName] = {}


def declare(*actions: tuple[str, str, str]) -> None:
    """Add (name, Vietnamese label, English label) rows; declaring a name again must mean the same."""
    for row in actions:
        action = ActionName(*row)
        if _known.setdefault(action.name, action) != action:
            raise ValueError(f"Tên hành động «{action.name}» đã được khai báo với nghĩa khác.")


def known() -> dict[str, ActionName]:
    """All declared names, for the reference docs and the log's page."""
    return dict(sorted(_known.items()))


def require(name: str) -> ActionName:
    """The declared action, or ValueError: a typo in a log name is a fault of the program."""
    try:
        return _known[name]
    except KeyError:
        raise ValueError(f"Hành động «{name}» chưa có trong danh mục nhật ký.") from None
