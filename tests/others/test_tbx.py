"""TBX held to rules of others: those in the folder that KG_TBX_RULES names (`dca/` and `dct/`, *.rng and *.sch).

The published rules are not ours to ship. The checker itself is tried on two small ones of our own.
"""

import os
from pathlib import Path

import pytest

from kg.snapshot import Snapshot
from tests.export.conftest import exported_from
from tests.others.test_others import run_python

pytestmark = pytest.mark.others
RULES = Path(os.environ.get("KG_TBX_RULES", Path(__file__).parent / "tbx-rules"))
STYLES = {"dca": "tbx", "dct": "tbx-dct"}


@pytest.mark.parametrize("style", STYLES)
def test_tbx_keeps_to_the_rules(shipped: Snapshot, tmp_path: Path, style: str) -> None:
    file = tmp_path / "terms.tbx"
    file.write_bytes(exported_from(shipped)(STYLES[style], "skos"))
    rules = sorted(path for path in (RULES / style).iterdir() if path.suffix in {".rng", ".sch"})
    assert rules, f"there are no rules in {RULES / style}"
    assert run_python("check_tbx.py", file, *rules) == []


@pytest.mark.parametrize(("old", "new"), [('type="TBX-Basic"', 'type="TBX-Other"'), ("<term>", "<word>")])
def test_a_file_that_breaks_the_rules_is_named(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "broken.tbx"
    broken = SMALL.replace(old, new).replace("</term>", "</word>" if new == "<word>" else "</term>")
    file.write_text(broken, encoding="utf-8")
    rules = sorted((Path(__file__).parent / "tbx-rules" / "dca").iterdir())
    assert run_python("check_tbx.py", file, *rules)


SMALL = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en">
<text><body><conceptEntry id="c1"><langSec xml:lang="en">
<termSec><term>risk</term></termSec></langSec></conceptEntry></body></text>
</tbx>
"""
