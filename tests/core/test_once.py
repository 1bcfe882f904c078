from nhipcau.core.once import once, remembering

asked: list[tuple[int, str]] = []


@once
def look_up(number: int, *, word: str = "") -> str:
    asked.append((number, word))
    return f"{number}{word}"


def test_within_one_answer_a_question_is_asked_once() -> None:
    asked.clear()
    with remembering():
        assert [look_up(1), look_up(1), look_up(2), look_up(1, word="a"), look_up(1, word="a")] == [
            "1", "1", "2", "1a", "1a",
        ]  # fmt: skip
    assert asked == [(1, ""), (2, ""), (1, "a")]


def test_the_next_answer_asks_anew() -> None:
    asked.clear()
    for _ in range(2):
        with remembering():
            look_up(1)
    assert len(asked) == 2


def test_outside_every_call_asks() -> None:
    asked.clear()
    look_up(1)
    look_up(1)
    assert len(asked) == 2


def test_what_was_found_inside_another_answer_is_not_taken_over() -> None:
    asked.clear()
    with remembering():
        look_up(1)
        with remembering():
            look_up(1)
        look_up(1)
    assert len(asked) == 2
