"""A `Reading` as the JSON of the contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from nhipcau.reader.model import Citation, Deadline, Field, Obligation, Reading

_SCALARS = ("doc_type", "number", "issuer", "parent_issuer", "place", "date", "subject")


def to_json(reading: Reading, *, with_text: bool = False) -> dict[str, Any]:
    """The object of `nhipcau read --json`; dates are ISO texts, spans pairs of offsets in `text`."""
    result: dict[str, Any] = {name: getattr(reading, name).value for name in _SCALARS}
    result["addressees"] = [field.value for field in reading.addressees]
    result["recipients"] = [field.value for field in reading.recipients]
    result["cited"] = [_citation(citation) for citation in reading.cited]
    result["signer"] = {
        "authority": reading.authority.value,
        "title": reading.title.value,
        "name": reading.signer_name.value,
    }
    result["deadlines"] = [_deadline(deadline) for deadline in reading.deadlines]
    result["obligations"] = [_obligation(obligation) for obligation in reading.obligations]
    result["confidence"] = _confidence(reading)
    result["warnings"] = list(reading.warnings)
    result["text_source"] = reading.text_source
    result["signatures"] = [asdict(signature) for signature in reading.signatures]
    if with_text:
        result["text"] = reading.text
    return result


def _confidence(reading: Reading) -> dict[str, float]:
    """How sure each value is; a list counts as its least sure item."""
    fields = {name: getattr(reading, name) for name in _SCALARS}
    fields |= {
        "signer.authority": reading.authority,
        "signer.title": reading.title,
        "signer.name": reading.signer_name,
    }
    found = {name: field.confidence for name, field in fields.items() if field.value is not None}
    for name in ("addressees", "recipients"):
        items: tuple[Field, ...] = getattr(reading, name)
        if items:
            found[name] = min(item.confidence for item in items)
    return found


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "symbol": citation.symbol,
        "date": citation.date.isoformat() if citation.date else None,
        "issuer": citation.issuer,
        "span": list(citation.span),
        "confidence": citation.confidence,
        "why": citation.why,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "phrase": deadline.phrase,
        "kind": deadline.kind,
        "normalised": deadline.normalised,
        "due": deadline.due.isoformat() if deadline.due else None,
        "late_after": deadline.late_after.isoformat() if deadline.late_after else None,
        "action": deadline.action,
        "responsible": deadline.responsible,
        "scope": deadline.scope,
        "span": list(deadline.span),
        "confidence": deadline.confidence,
        "why": deadline.why,
    }


def _obligation(obligation: Obligation) -> dict[str, Any]:
    return {
        "text": obligation.text,
        "span": list(obligation.span),
        "scope": obligation.scope,
        "rule": obligation.rule,
        "responsible": obligation.responsible,
        "helped_by": obligation.helped_by,
        "deadline": obligation.deadline,
        "confidence": obligation.confidence,
        "why": obligation.why,
    }
