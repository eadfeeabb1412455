"""The tables of an output folder as data frames, each read when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


class Tables:
    """The tables of one snapshot; made by ``tables``.

    >>> import zhibiao
    >>> tables = zhibiao.tables("outputs")
    >>> tables
    Tables(documents, sentences, mentions, indicators, entities, relations, findings, rejects, runs)
    >>> len(tables.documents), len(tables.mentions), len(tables.findings)
    (14, 1089, 19)
    >>> tables.documents["region"].tolist()[:3]
    ['柏江市', '澄阳市', '枫川县']
    """

    documents: pd.DataFrame
    """One row a report that could be read."""
    sentences: pd.DataFrame
    """One row a sentence."""
    mentions: pd.DataFrame
    """One row a figure with everything that is said of it."""
    indicators: pd.DataFrame
    """What the indicator_ids stand for."""
    entities: pd.DataFrame
    """What the entity_ids and region_codes stand for."""
    relations: pd.DataFrame
    """Figures that belong together, whether they agree or not."""
    findings: pd.DataFrame
    """Figures that cannot all be true."""
    rejects: pd.DataFrame
    """Files that could not be read."""
    runs: pd.DataFrame
    """One row a run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """The folder of the snapshot: another run that ends meanwhile changes nothing here."""

    def load(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """One table, or some columns of it; what is large (the texts of ``documents``) need not be read.

        >>> import zhibiao
        >>> zhibiao.tables("outputs").load("documents", ["region", "period"]).shape
        (14, 2)
        """
        from pipeline.store import read_table
        from pipeline.tables import SCHEMAS

        if name not in SCHEMAS:
            raise UsageError(f"no table {name}; there are {', '.join(SCHEMAS)}")
        if columns is not None and (unknown := [one for one in columns if one not in SCHEMAS[name].names]):
            raise UsageError(f"{name} has no column {unknown[0]}; it has {', '.join(SCHEMAS[name].names)}")
        frame: pd.DataFrame = read_table(self.folder, name, columns).to_pandas()
        return frame

    def about(self, name: str = "mentions") -> pd.Series[str]:
        """What each column of a table means.

        >>> import zhibiao
        >>> zhibiao.tables("outputs").about("mentions")["period_text"]
        'The words the period was read from: 上半年.'
        """
        import pandas as pd

        from pipeline.tables import SCHEMAS, describe

        return pd.Series({field.name: describe(field) for field in SCHEMAS[name]}, name=name)

    def context(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """The mentions, or some columns of them, beside sentence, headings, and path and title of the report.

        >>> import zhibiao
        >>> frame = zhibiao.tables("outputs").context(["indicator", "text"])
        >>> frame[frame.indicator == "粮食总产量"].iloc[0][["text", "sentence"]].tolist()
        ['92.64万吨', '全年粮食种植面积218.5万亩，比上年增加1.3万亩；粮食总产量92.64万吨，增产1.4%。']
        """
        chosen = ["mention_id", "doc_id", "sentence_id"]
        found = self.load("mentions", [*chosen, *(one for one in columns if one not in chosen)] if columns else None)
        documents = self.load("documents", ["doc_id", "source_path", "title", "text"]).set_index("doc_id")
        said = self.load("sentences", ["doc_id", "sentence_id", "char_start", "char_end", "section"])
        said = said[said["sentence_id"].isin(found["sentence_id"])]
        texts, spans = documents.pop("text").to_dict(), said[["doc_id", "char_start", "char_end"]]
        words = [texts[id][start:end] for id, start, end in spans.itertuples(index=False)]
        about = said.assign(sentence=words)[["sentence_id", "section", "sentence"]]
        return found.merge(documents, left_on="doc_id", right_index=True).merge(about, on="sentence_id")

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table by its name."""
        if name not in type(self).__annotations__:
            raise AttributeError(f"no table {name}; there are {', '.join(type(self).__annotations__)}")
        frame = self.load(name)
        setattr(self, name, frame)
        return frame

    def __repr__(self) -> str:
        return f"Tables({', '.join(type(self).__annotations__)})"


def tables(out: str | Path = "outputs", snapshot: str | None = None) -> Tables:
    """The tables of an output folder: those in force, or those of an earlier snapshot by the beginning of its name.

    >>> import zhibiao
    >>> tables = zhibiao.tables("outputs")
    >>> tables.mentions["entity"].value_counts().head(2).to_dict()
    {'岚海省': 159, '柏江市': 106}
    """
    from pipeline.store.overview import named

    return Tables(named(Path(out), snapshot))
