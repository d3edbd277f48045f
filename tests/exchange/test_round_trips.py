"""What we export comes back unchanged, in every format that we read."""

import pytest

from kg.export.forms import FORMS
from tests.exchange.conftest import Read
from tests.export.conftest import Exported

FORMATS = [
    *(("skos", form) for form in ("turtle", "rdfxml", "jsonld", "ntriples", "trig", "nquads", "csv", "xlsx")),
    *(("skos", form) for form in ("tbx", "tbx-dct", "jskos")),
    *(("mappings", form) for form in ("sssom", "jskos")),
]


@pytest.mark.parametrize(("what", "form"), FORMATS)
def test_an_export_comes_back_unchanged(exported: Exported, read: Read, what: str, form: str) -> None:
    reading = read(f"file{FORMS[form].suffix}", exported(form, what))
    assert {row.outcome for row in reading.rows} == {"unchanged"}
    assert not [remark for row in reading.rows for remark in row.remarks]
    assert reading.remarks == ()


@pytest.mark.parametrize(("what", "form"), FORMATS)
def test_every_record_of_the_export_is_a_row(exported: Exported, read: Read, what: str, form: str) -> None:
    reading = read(f"file{FORMS[form].suffix}", exported(form, what))
    rows = {"csv": 8, "xlsx": 8, "tbx": 4, "tbx-dct": 4}.get(form, 2 if what == "mappings" else 6)
    assert len(reading.rows) == rows
