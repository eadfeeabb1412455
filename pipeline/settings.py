"""Settings of a run: arguments, ZHIBIAO_* of the environment, zhibiao.toml."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, ValidationError

from pipeline.errors import UsageError
from pipeline.readers.limits import Limits
from pipeline.sources import Address, address_of

CONFIG_FILE: Final = "zhibiao.toml"
PREFIX: Final = "ZHIBIAO_"

_LIMITS = Limits()

Corpus = Annotated[
    Address,
    PlainValidator(address_of),
    PlainSerializer(lambda address: address.text, return_type=str),
]
Positive = Annotated[int, Field(ge=1)]


class Settings(BaseModel):
    """What can be set of a run; unknown keys of zhibiao.toml are refused by name.

    Example: ``corpus = "报告"`` in zhibiao.toml, or ZHIBIAO_CORPUS=报告
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    corpus: Corpus = Field(
        Address("corpus/sample"),
        description="Folder of reports, one report, a pattern (报告/**/*.docx) or an address (s3://bucket/2025).",
    )
    out: Path = Field(Path("outputs"), description="Folder the tables go to.")
    segmenter: Literal["rjieba", "jieba", "pkuseg", "spacy"] = Field("rjieba", description="Who cuts the tokens.")
    lexicons: Path | None = Field(None, description="Folder of your own lexicon files, added to ours.")
    audit: Path | None = Field(None, description="TOML file with your settings of the checks, and your own checks.")
    workers: Positive | None = Field(None, description="Processes that read; by default as many as are worth it.")
    shard_size: Positive | None = Field(None, description="Documents a task; by default by the size of the corpus.")
    keep_snapshots: Positive = Field(7, description="Snapshots to keep, the current one included.")
    max_bytes: Positive = Field(_LIMITS.bytes, description="Larger files are rejected unread.")
    max_pages: Positive = Field(_LIMITS.pages, description="PDFs of more pages, workbooks of more sheets are rejected.")
    max_cells: Positive = Field(_LIMITS.cells, description="Files with more table cells are rejected.")
    max_unpacked_bytes: Positive = Field(
        _LIMITS.unpacked_bytes, description="Zips (.docx and .xlsx too) that hold more are rejected unopened."
    )
    max_ratio: Positive = Field(_LIMITS.ratio, description="Zips that grow more than so many times are rejected.")
    max_members: Positive = Field(_LIMITS.members, description="Zips with more files in them are rejected.")
    max_nesting: Positive = Field(
        _LIMITS.nesting, description="Archives inside archives deeper than this are rejected."
    )
    document_seconds: Positive = Field(
        120, description="A document that takes longer is rejected (in worker processes)."
    )
    document_memory: Positive = Field(
        2_000, description="Megabytes a document may take; one that needs more is rejected (in worker processes)."
    )
    runner: Literal["local", "dask"] = Field("local", description="Where the tasks run; dask needs prefect-dask.")
    dask_address: str | None = Field(None, description="Scheduler of a Dask cluster; without it, or local, one here.")
    crash_retries: Annotated[int, Field(ge=0)] = Field(
        2, description="How often a document during which a worker process died is tried again."
    )
    keep_days: Annotated[int, Field(ge=1, le=36_500)] | None = Field(
        None, description="Snapshots taken longer ago are removed, but the current one."
    )
    log: Literal["off", "text", "json"] = Field("off", description="Events on standard error, a line each.")

    settle_seconds: Annotated[float, Field(ge=0, le=3600)] = Field(
        2, description="A file that changed so shortly ago may still be being written: it is looked at again."
    )
    follow_links: bool = Field(False, description="Whether to follow links that lead out of the corpus.")
    allow_empty: bool = Field(False, description="Whether a corpus without files may empty the tables.")

    @property
    def limits(self) -> Limits:
        """What a file may cost its reader.

        Example: ``load_settings(max_pages=500).limits.pages`` → 500
        """
        return Limits(
            bytes=self.max_bytes,
            pages=self.max_pages,
            unpacked_bytes=self.max_unpacked_bytes,
            ratio=self.max_ratio,
            members=self.max_members,
            nesting=self.max_nesting,
            cells=self.max_cells,
        )

    def parameters(self) -> dict[str, Any]:
        """The settings as the parameters of a flow run, which a server keeps and shows.

        An address with a password is none of them: it goes by the environment, which runs of the flow inherit.

        Example: ``load_settings(corpus="sftp://user:geheim@host/报告").parameters()`` → without ``corpus``
        """
        if not self.corpus.secret:
            return self.model_dump(mode="json")
        os.environ["ZHIBIAO_CORPUS"] = self.corpus.text
        return self.model_dump(mode="json", exclude={"corpus"})


def load_settings(**given: Any) -> Settings:
    """The settings of a run: arguments win over the environment, the environment over zhibiao.toml.

    Arguments that are None count as not given. UsageError names what is wrong.

    Example: ``load_settings(corpus=Path("报告"), workers=2).out`` → ``outputs``
    """
    named = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**{**_of_file(), **_of_environment(), **named})
    except ValidationError as error:
        raise UsageError(_explained(error)) from None
    except ValueError as error:
        raise UsageError(f"{CONFIG_FILE} cannot be read: {error}") from None


def _of_file() -> dict[str, Any]:
    path = Path(CONFIG_FILE)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _of_environment() -> dict[str, str]:
    said = {name.upper(): value for name, value in os.environ.items()}
    return {name: said[key] for name in Settings.model_fields if (key := PREFIX + name.upper()) in said}


def _explained(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{CONFIG_FILE}: unknown setting {name}; the settings are {', '.join(Settings.model_fields)}"
    return f"setting {name} ({PREFIX}{name.upper()}): {first['msg']}, not {first['input']!r}"
