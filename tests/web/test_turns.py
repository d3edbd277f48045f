"""Turns for texts: few at once, some wait, the others hear that the service is busy."""

import asyncio
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.settings import TextSettings
from kg_api.turns import Turns


def run(count: int, settings: TextSettings, seconds: float) -> tuple[int, int]:
    """Let so many come at once and work for so long; give how many worked at once, and how many were refused."""
    turns, working, most = Turns(settings), 0, 0

    async def one() -> bool:
        nonlocal working, most
        try:
            async with turns.take():
                working += 1
                most = max(most, working)
                await asyncio.sleep(seconds)
                working -= 1
        except StoreError as error:
            assert "KG_TEXT_AT_ONCE" in str(error)
            return False
        return True

    async def every() -> int:
        return (await asyncio.gather(*(one() for _ in range(count)))).count(False)

    refused = asyncio.run(every())
    return most, refused


@pytest.mark.parametrize(
    ("count", "wait", "refused"),
    [
        (2, 5.0, 0),
        (5, 5.0, 0),  # two work, three wait
        (7, 5.0, 2),  # there is room for three
        (5, 0.01, 3),  # nobody waits so long
    ],
)
def test_two_at_once_and_three_that_wait(count: int, wait: float, refused: int) -> None:
    settings = TextSettings(at_once=2, waiting=3, wait=wait)
    assert run(count, settings, 0.05) == (2, refused)


def test_a_turn_is_given_back_when_work_fails() -> None:
    turns = Turns(TextSettings(at_once=1, waiting=0))

    async def fail() -> None:
        async with turns.take():
            raise ValueError

    async def thrice() -> None:
        for _ in range(3):
            with pytest.raises(ValueError, match=r"^$"):
                await fail()

    asyncio.run(thrice())


def test_the_documentation_lists_every_setting_as_it_is() -> None:
    page = (Path(__file__).parents[2] / "docs" / "terms.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("| `KG_TEXT_")] == [
        f"| `KG_TEXT_{name.upper()}` | {field.default:g} | {field.description} |"
        for name, field in TextSettings.model_fields.items()
    ]
