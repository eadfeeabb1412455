"""What the commands of these names do, from Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.evaluate import Evaluation
    from pipeline.ingest.summary import Summary


def ingest(corpus: str | Path, out: str | Path = "outputs", **settings: Any) -> Summary:
    """Read what is new or changed of a folder of reports and publish the tables; without Prefect.

    ``corpus`` may be a pattern or an address too; ``settings`` are those of zhibiao.toml: ``segmenter``,
    ``lexicons``, ``workers``, ``audit`` …

    >>> import zhibiao
    >>> from pathlib import Path
    >>> Path("报告").mkdir()
    >>> _ = Path("报告/云川县2024.txt").write_text("云川县2024年工作总结\\n全年粮食总产量12.6万吨。", encoding="utf-8")
    >>> summary = zhibiao.ingest("报告", "输出", settle_seconds=0)
    >>> summary.new, summary.mentions
    (1, 1)
    >>> print(summary)  # doctest: +ELLIPSIS
    1 documents: 1 new, 0 changed, 0 unchanged, 0 gone
    1 mentions
    ...
    """
    from pipeline.errors import UsageError
    from pipeline.ingest import ingest as run
    from pipeline.settings import Settings, load_settings
    from pipeline.sources import address_of

    if unknown := [name for name in settings if name not in Settings.model_fields]:
        raise UsageError(f"no setting {unknown[0]}; there are {', '.join(Settings.model_fields)}")
    return run(address_of(corpus), Path(out), load_settings(**settings))


def evaluate(gold: str | Path, out: str | Path = "outputs") -> Evaluation:
    """Score tables against annotated reports, by the rules of the page on evaluation.

    ``total.figures()`` are the scores, ``misses`` every single error.

    >>> import json, zhibiao
    >>> from pathlib import Path
    >>> Path("金标").mkdir()
    >>> found = zhibiao.tables("outputs").context().query("indicator == '早孕建册率' and status == 'actual'").iloc[0]
    >>> gold = {"start": int(found.char_start), "end": int(found.char_end), "text": found.text,
    ...         "value": found.value, "unit": "%", "comparator": "=", "status": "actual", "measure": "level",
    ...         "indicator_core": ["早孕", "建册率"], "indicator_full": "早孕建册率",
    ...         "entity": "云川县", "period": "2024-01/2024-06"}
    >>> _ = Path("金标/yunchuan-health-2024h1.jsonl").write_text(json.dumps(gold), encoding="utf-8")
    >>> scores = zhibiao.evaluate("金标", "outputs").total.figures()
    >>> scores["gold"], scores["indicator"], scores["period"]
    (1, 1.0, 1.0)
    """
    from pipeline.evaluate import evaluate as compare

    return compare(Path(gold), Path(out))
