"""The engines that one contract is held against."""

from collections.abc import Iterator

import pytest

from .engines import Engine, oxigraph, virtuoso


@pytest.fixture(scope="session", params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A running engine with nothing of ours in it."""
    running = oxigraph() if request.param == "oxigraph" else virtuoso(tmp_path_factory.mktemp("virtuoso"))
    with running as found:
        yield found
