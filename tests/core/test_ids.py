import uuid

from nhipcau.core.ids import new_uid


def test_identifiers_are_uuid7_in_order_of_creation() -> None:
    made = [new_uid() for _ in range(200)]
    assert {type(uid) for uid in made} == {uuid.UUID}
    assert {uid.version for uid in made} == {7}
    assert made == sorted(made)
    assert len(set(made)) == 200
