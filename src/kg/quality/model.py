"""What a quality report says."""

from typing import Final
from typing import Literal as OneOf

from pydantic import BaseModel, ConfigDict

Severity = OneOf["error", "warning", "notice"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "notice")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Check(_Value):
    """One thing that is looked for: its name, how bad it is, what it means and what repairs it."""

    name: str
    severity: Severity
    known_as: str
    message: dict[str, str]
    repair: dict[str, str]


class Issue(_Value):
    """One place at which a check found something."""

    check: str
    severity: Severity
    known_as: str
    record: str
    line: int | None
    detail: str
    message: dict[str, str]
    repair: dict[str, str]

    def sentence(self, file: str, lang: str) -> str:
        """Say it in one line: file and line, what is wrong with which concept, and the repair."""
        where = f"{file}:{self.line}" if self.line else file
        what = f" ({self.detail})" if self.detail else ""
        return f"{where}: {self.severity}: <{self.record}>{what}: {self.message[lang]} {self.repair[lang]}"


class QualityReport(_Value):
    """Everything that was found in one file, and what was not looked at."""

    file: str
    sha256: str
    syntax: str
    triples: int
    schemes: int
    concepts: int
    counts: dict[str, int]
    issues: tuple[Issue, ...]
    not_checked: dict[str, str]
