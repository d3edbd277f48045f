"""The table for translators: every concept and language has its row, formulas are harmless, spreadsheets read it."""

import csv
import io
import json

import openpyxl
import pytest

from kg.export.tables import COLUMNS
from tests.export.conftest import Exported
from tests.export.test_rdf import TERM


@pytest.fixture(scope="module")
def table(exported: Exported) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported("csv").decode("utf-8-sig"), newline="")))


def row_of(table: list[dict[str, str]], slug: str, lang: str) -> dict[str, str]:
    (found,) = [row for row in table if row["concept"] == TERM + slug and row["language"] == lang]
    return found


def test_csv_begins_with_a_byte_order_mark(exported: Exported) -> None:
    assert exported("csv").startswith(b"\xef\xbb\xbfconcept,")


def test_every_concept_has_a_row_for_japanese_and_for_english(table: list[dict[str, str]]) -> None:
    pairs = [(row["concept"], row["language"]) for row in table]
    assert len(pairs) == len(set(pairs))
    concepts = {concept for concept, _ in pairs}
    assert {(concept, lang) for concept in concepts for lang in ("ja", "en")} == set(pairs)


def test_a_row_tells_the_concept(table: list[dict[str, str]]) -> None:
    row = row_of(table, "area/risk", "ja")
    assert row["prefLabel"] == "リスク"
    assert row["altLabel"] == '危険, "損害"の可能性'
    assert row["hiddenLabel"] == "risuku@ja-Latn"
    assert row["definitionKind"] == "verbatim"
    assert row["definitionSource"] == "論文, §1"
    assert row["scopeNote"] == "試験用。\n二行目。"


def test_several_values_in_a_cell_can_be_told_apart(table: list[dict[str, str]]) -> None:
    assert row_of(table, "area/risk", "en")["altLabel"] == "'=SUM(A1)|hazard \\| harm"


def test_no_cell_begins_like_a_formula(table: list[dict[str, str]]) -> None:
    assert not [
        cell for row in table for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")
    ]


def test_a_deprecated_concept_names_its_replacement(table: list[dict[str, str]]) -> None:
    row = row_of(table, "area/abuse", "en")
    assert (row["deprecated"], row["replacedBy"]) == ("true", TERM + "area/misuse")


def test_csvw_describes_the_columns_that_are_there(exported: Exported, table: list[dict[str, str]]) -> None:
    document = json.loads(exported("csvw", scheme="area"))
    assert document["url"] == "area.csv"
    columns = document["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(table[0]) == list(COLUMNS)
    assert document["tableSchema"]["primaryKey"] == ["concept", "language"]


def test_the_workbook_says_what_the_csv_says(exported: Exported, table: list[dict[str, str]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))["terms"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert list(head) == list(COLUMNS)
    assert len(rows) == len(table)
    for cells, row in zip(rows, table, strict=True):
        assert [str(cell or "") for cell in cells] == [row[name].removeprefix("'") for name in COLUMNS]


def test_the_workbook_holds_texts_and_no_formulas(exported: Exported) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))["terms"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    (formula,) = [cell for cell in cells if str(cell.value).startswith("=")]
    assert formula.quotePrefix


def test_csvw_leaves_to_rdf_only_what_a_table_can_say_of_it(exported: Exported) -> None:
    columns = json.loads(exported("csvw", scheme="area"))["tableSchema"]["columns"]
    said = {column["name"]: column for column in columns if not column.get("suppressOutput")}
    assert set(said) == {"scheme", "notation", "deprecated"}
    assert said["scheme"]["valueUrl"] == "{+scheme}"


def test_what_is_typed_into_the_workbook_stays_text(exported: Exported) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))["terms"]
    column = list(COLUMNS).index("altLabel")
    assert {row[column].number_format for row in sheet.iter_rows(min_row=2)} == {"@"}
