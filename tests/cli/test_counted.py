"""Messages count as English does."""

from provcheck.cli.counted import counted


def test_one_thing_is_not_called_things() -> None:
    assert [counted(count, "photo") for count in (0, 1, 2)] == ["0 photos", "1 photo", "2 photos"]
    assert [counted(count, "box", "boxes") for count in (1, 3)] == ["1 box", "3 boxes"]
