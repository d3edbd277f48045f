"""What translators change in the table, and what cannot be taken from it."""

import csv
import io
import zipfile

import openpyxl
import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.intake.model import Reading, Row
from kg.vocab import BASE, RDF, SKOS
from tests.exchange.conftest import Read
from tests.export.conftest import Exported

RISK = BASE + "term/area/risk"
Table = list[dict[str, str]]


@pytest.fixture
def table(exported: Exported) -> Table:
    return list(csv.DictReader(io.StringIO(exported("csv").decode("utf-8-sig"), newline="")))


def written(table: Table) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table[0], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue()


def cell(table: Table, lang: str) -> dict[str, str]:
    return next(row for row in table if row["concept"] == RISK and row["language"] == lang)


def row_of(reading: Reading, about: str = RISK) -> Row:
    (found,) = [row for row in reading.rows if row.about == about and row.outcome != "unchanged"]
    return found


def said(row: Row) -> set[tuple[str, str, str]]:
    return {
        (sign, triple.predicate.value.rpartition("#")[2], triple.object.value)
        for sign, triples in (("+", row.adds), ("-", row.removes))
        for triple in triples
        if isinstance(triple.object, ox.Literal) and triple.predicate.value.startswith((SKOS, RDF))
    }


def test_a_new_label_replaces_the_old_one(table: Table, read: Read) -> None:
    cell(table, "ja")["prefLabel"] = "リスク（危険性）"
    row = row_of(read("t.csv", written(table)))
    assert said(row) == {("+", "prefLabel", "リスク（危険性）"), ("-", "prefLabel", "リスク")}
    assert any(str(triple.predicate).endswith("#citation>") for triple in row.adds)


def test_alternative_labels_come_and_go(table: Table, read: Read) -> None:
    cell(table, "en")["altLabel"] = "'=SUM(A1)|peril"
    assert said(row_of(read("t.csv", written(table)))) == {
        ("+", "altLabel", "peril"),
        ("-", "altLabel", "hazard | harm"),
    }


def test_a_translated_definition_changes_its_record_too(table: Table, read: Read) -> None:
    cell(table, "en")["definition"] = "Likelihood of harm and its size."
    row = row_of(read("t.csv", written(table)))
    changed = [triple for triple in row.adds if triple.predicate.value == RDF + "value"]
    assert [str(triple.subject) for triple in changed] == [f"<{BASE}definition/area/risk/en-1>"]
    assert ("-", "definition", "Combination of how likely and how large a harm is.") in said(row)


def test_a_quoted_definition_is_kept(table: Table, read: Read) -> None:
    cell(table, "ja")["definition"] = "別の定義。"
    reading = read("t.csv", written(table))
    (row,) = [row for row in reading.rows if row.remarks]
    assert row.outcome == "unchanged" and "quoted" in row.remarks[0]["en"]


def test_columns_that_are_not_for_translators_are_named(table: Table, read: Read) -> None:
    cell(table, "en")["broader"] = BASE + "term/area/misuse"
    (row,) = [row for row in read("t.csv", written(table)).rows if row.remarks]
    assert "Column broader" in row.remarks[0]["en"]


def test_rows_in_are_rows_out_and_rows_reported(table: Table, read: Read) -> None:
    table[0]["concept"] = BASE + "term/area/unknown"
    table[1]["language"] = ""
    table.append(dict(table[3]))
    reading = read("t.csv", written(table))
    assert len(reading.rows) == len(table)
    refused = {row.where: row.refused["en"] for row in reading.of("refused") if row.refused}
    assert len(refused) == 4
    assert "no concept" in refused["line 2"] and "no language" in refused["line 3"]
    assert all(message["ja"] for row in reading.of("refused") if (message := row.refused))


def test_a_spreadsheet_may_part_cells_by_semicolons(table: Table, read: Read) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table[0], delimiter=";")
    writer.writeheader()
    writer.writerows(table)
    assert {row.outcome for row in read("t.csv", text.getvalue()).rows} == {"unchanged"}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        (b"concept,prefLabel\r\nx,y\r\n", "line 1: no column language"),
        (b"concept,language,language\r\nx,ja,ja\r\n", "comes twice"),
        (b'concept,language\r\nx,"ja', "line 2"),
        ("concept,language,prefLabel\r\nx,ja,危険\r\n".encode("cp932"), "line 2: not UTF-8"),
        ("concept,language\r\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_broken_tables_are_named(read: Read, content: bytes, named: str) -> None:
    with pytest.raises(DataError, match=named):
        read("t.csv", content)


def workbook(exported: Exported, value: object) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    sheet = book["terms"]
    column = [head.value for head in sheet[1]].index("prefLabel") + 1
    sheet.cell(2, column).value = value  # type: ignore[assignment] # whatever a user may enter
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("value", "named"), [("=1+1", "formula"), (1.5, "number"), (True, "truth value")])
def test_cells_that_hold_no_text_are_named(exported: Exported, read: Read, value: object, named: str) -> None:
    (row,) = read("t.xlsx", workbook(exported, value)).of("refused")
    assert row.where == "terms!2"
    assert row.refused and "Cell E2" in row.refused["en"] and named in row.refused["en"]


def test_a_label_typed_into_the_workbook_is_taken(exported: Exported, read: Read) -> None:
    reading = read("t.xlsx", workbook(exported, "濫用（新）"))
    (row,) = reading.of("taken")
    assert ("+", "prefLabel", "濫用（新）") in said(row)


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_unpacked(read: Read) -> None:
    with pytest.raises(DataError, match="would unpack to 512 MiB"):
        read("t.xlsx", archive({"xl/worksheets/sheet1.xml": b"0" * (512 << 20)}))


def test_a_doctype_in_a_workbook_is_refused(exported: Exported, read: Read) -> None:
    with zipfile.ZipFile(io.BytesIO(exported("xlsx"))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts["xl/workbook.xml"] = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + parts["xl/workbook.xml"]
    )
    with pytest.raises(DataError, match="DOCTYPE is not accepted"):
        read("t.xlsx", archive(parts))


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_workbook_is_named(read: Read, content: bytes) -> None:
    with pytest.raises(DataError, match="is no workbook"):
        read("t.xlsx", content)
