"""The pieces of code in docs/sparql.md, run as they stand there but for the port."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "sparql.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RUNNERS = {
    "sh": ["bash", "-euc"],
    "python": [sys.executable, "-W", "error", "-c"],
    "r": ["Rscript", "-e"],
    "js": [shutil.which("node") or "node", "--input-type=module", "-e"],
}
MARKS = {"js": [pytest.mark.node], "r": [pytest.mark.r]}
RUN = [
    pytest.param(language, code, marks=MARKS.get(language, []), id=language)
    for language, code in BLOCKS
    if language in RUNNERS
]


def test_the_page_speaks_to_all_clients() -> None:
    assert {language for language, _ in BLOCKS} == {"sh", "python", "r", "js"}


@pytest.mark.parametrize(("language", "code"), RUN)
def test_a_piece_of_code_prints_an_answer(origin: str, language: str, code: str) -> None:
    done = subprocess.run(
        [*RUNNERS[language], code.replace("http://127.0.0.1:8000", origin)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1
