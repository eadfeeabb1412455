"""The engine of most runs, opened when this module is imported: the server that forks workers does so once for all.

A small report goes through it, since much is made at its first use. A run with lexicons of its own opens another
engine in each worker.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Final

from pipeline.errors import ZhibiaoError
from pipeline.ingest.model import EngineSpec, SourceFile
from pipeline.ingest.process import process_bytes
from pipeline.ingest.shard import lasting_engine
from pipeline.readers.limits import Limits

REPORT: Final = """云川县人民政府2024年上半年工作总结

一、主要指标完成情况
（一）经济运行。上半年，全县实现地区生产总值38.6亿元，同比增长5.2%，其中：第一产业增加值6.1亿元，第二产业增加值14.3亿元，第三产业增加值18.2亿元。
一是固定资产投资完成12.4亿元，占年度计划20亿元的62%；二是一般公共预算收入由2023年的1.8亿元增加到2.1亿元，增幅16.67%。
（二）民生保障。截至6月底，共发放补贴320万元，惠及1200余人次，早孕建册率达94.5%，比去年同期提高2.1个百分点。
二、下一步打算
力争全年新增就业3000人以上，到2025年底建成高标准农田5万亩。

云川县人民政府
2024年7月5日
"""


def warm() -> None:
    """Open the engine that runs without settings of their own have, and let it read a report.

    Example: called when this module is imported
    """
    try:
        engine = lasting_engine(EngineSpec("rjieba", None, Limits()))
    except ZhibiaoError:  # whoever needs the engine is told
        return
    source = SourceFile("云川县.txt", Path("云川县.txt"), "0" * 16, len(REPORT), 0)
    process_bytes(source, REPORT.encode(), engine)
    gc.collect()
    gc.freeze()


warm()
