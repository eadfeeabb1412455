"""The words of tables and plots, in English and in Chinese; figures stand in braces."""

from __future__ import annotations

from typing import Any, Final

EN: Final[dict[str, Any]] = {
    "heads": ("", "measured", "goal"),
    "measured on": "{reports}; {processor}, {cores} cores, {memory}; {system}, {python}; {date}.",
    "real reports": "{reports} real reports with {characters:,} characters",
    "sample reports": "The sample's reports repeated with other figures: {reports} with {characters:,} characters",
    "missed": "missed",
    "and": ", ",
    "units": {
        "whole.ratio": " ×",
        "extract.ratio": " ×",
        "compiled.whole.ratio": " ×",
        "compiled.extract.ratio": " ×",
        "workers.ratio": " ×",
        "growth.last": " ×",
        "memory.worker.last": " MB",
        "memory.worker.grown": " × as much",
        "startup.help.seconds": " s",
        "startup.extract.seconds": " s",
        "startup.import.seconds": " s",
        "night.seconds": " s",
    },
    "lines": {
        "whole": (
            "whole ingest, one worker",
            "{0[whole.speed]:,.0f} characters a second, {0[whole.ratio]:.2f} × jieba.cut",
        ),
        "extraction": (
            "extraction alone",
            "{0[extract.speed]:,.0f} characters a second, {0[extract.ratio]:.2f} × jieba.cut",
        ),
        "shares": (
            "shares of the stages",
            "extract {0[extract.share]:.0f} %, audit {0[audit.share]:.0f} %, tokens {0[tokens.share]:.0f} %, rows "
            "{0[rows.share]:.0f} %, segment {0[segment.share]:.0f} %, facts {0[facts.share]:.0f} %, read "
            "{0[read.share]:.0f} %",
        ),
        "compiled whole": (
            "whole ingest, one worker, compiled engine",
            "{0[compiled.whole.speed]:,.0f} characters a second, {0[compiled.whole.ratio]:.2f} × jieba.cut",
        ),
        "compiled extraction": (
            "extraction alone, compiled engine",
            "{0[compiled.extract.speed]:,.0f} characters a second, {0[compiled.extract.ratio]:.2f} × jieba.cut",
        ),
        "workers": ("two workers", "{0[workers.ratio]:.2f} × as fast as one"),
        "growth": (
            "time for {0[growth.factor]:.0f} × the documents",
            "{0[growth.last]:.1f} × as long",
        ),
        "memory": (
            "most memory at 1 × and {0[growth.factor]:.0f} ×",
            "worker {0[memory.worker.1]:.0f} and {0[memory.worker.last]:.0f} MB; the run itself "
            "{0[memory.main.1]:.0f} and {0[memory.main.last]:.0f} MB",
        ),
        "help": ("`zhibiao --help`", "{0[startup.help.seconds]:.2f} s"),
        "extract": (
            "`zhibiao extract` on one report",
            "{0[startup.extract.seconds]:.2f} s, of which importing {0[startup.import.seconds]:.2f} s",
        ),
        "night": (
            "`zhibiao ingest`, one report of {0[night.documents]:,.0f} changed",
            "{0[night.seconds]:.2f} s",
        ),
        "pandas": (
            "`pd.read_parquet`, five columns of {0[reading.rows]:,.0f} mentions",
            "{0[reading.pandas.seconds]:.2f} s",
        ),
        "duckdb": (
            "DuckDB, one indicator over all regions of {0[reading.rows]:,.0f} mentions",
            "{0[reading.duckdb.seconds]:.3f} s for {0[reading.duckdb.rows]:,.0f} rows",
        ),
        "size": (
            "size of {0[reading.rows]:,.0f} mentions",
            "{0[reading.megabytes]:.0f} MB; all tables {0[snapshot.bytes_a_character]:.1f} bytes a character of text",
        ),
    },
    "stages": {
        "read": "read",
        "segment": "segment",
        "facts": "facts",
        "extract": "extract",
        "tokens": "tokens",
        "rows": "rows",
        "audit": "audit",
        "stages": "all of them",
        "rest": "besides: start, tables, comparison of reports",
    },
    "whole": "whole ingest, one worker",
    "compiled heads": ("× jieba.cut", "Python", "compiled"),
    "stage heads": ("stage", "characters a second", "× jieba.cut", "share"),
    "growth heads": ("documents", "time", "worker, MB", "run, MB"),
    "peer heads": ("library", "characters a second", "× jieba.cut"),
    "plots": {
        "shares": "Share of the time, %",
        "growth": "Time at more documents",
        "documents": "times the documents",
        "time": "times the time",
        "as many": "in proportion",
    },
}

ZH: Final[dict[str, Any]] = {
    "heads": ("项目", "测得", "目标"),
    "measured on": "{reports}；{processor}，{cores} 核，内存 {memory}；{system}，{python}；{date}。",
    "real reports": "{reports} 份真实报告，{characters:,} 字",
    "sample reports": "示例语料换数字重复而成的 {reports} 份报告，{characters:,} 字",
    "missed": "未达到",
    "and": "，",
    "units": {
        "whole.ratio": " 倍",
        "extract.ratio": " 倍",
        "compiled.whole.ratio": " 倍",
        "compiled.extract.ratio": " 倍",
        "workers.ratio": " 倍",
        "growth.last": " 倍",
        "memory.worker.last": " MB",
        "memory.worker.grown": " 倍于 1 倍文档时",
        "startup.help.seconds": " 秒",
        "startup.extract.seconds": " 秒",
        "startup.import.seconds": " 秒",
        "night.seconds": " 秒",
    },
    "lines": {
        "whole": (
            "完整的读入，一个工作进程",
            "每秒 {0[whole.speed]:,.0f} 字，为 jieba.cut 的 {0[whole.ratio]:.2f} 倍",
        ),
        "extraction": (
            "其中只算抽取",
            "每秒 {0[extract.speed]:,.0f} 字，为 jieba.cut 的 {0[extract.ratio]:.2f} 倍",
        ),
        "shares": (
            "各阶段的占比",
            "抽取 {0[extract.share]:.0f} %，核对 {0[audit.share]:.0f} %，分词 {0[tokens.share]:.0f} %，成行 "
            "{0[rows.share]:.0f} %，分句 {0[segment.share]:.0f} %，文档信息 {0[facts.share]:.0f} %，读取 "
            "{0[read.share]:.0f} %",
        ),
        "compiled whole": (
            "完整的读入，一个工作进程，引擎编译过",
            "每秒 {0[compiled.whole.speed]:,.0f} 字，为 jieba.cut 的 {0[compiled.whole.ratio]:.2f} 倍",
        ),
        "compiled extraction": (
            "其中只算抽取，引擎编译过",
            "每秒 {0[compiled.extract.speed]:,.0f} 字，为 jieba.cut 的 {0[compiled.extract.ratio]:.2f} 倍",
        ),
        "workers": ("两个工作进程", "为一个的 {0[workers.ratio]:.2f} 倍"),
        "growth": ("{0[growth.factor]:.0f} 倍的文档", "用时 {0[growth.last]:.1f} 倍"),
        "memory": (
            "1 倍和 {0[growth.factor]:.0f} 倍文档时最多占用内存",
            "工作进程 {0[memory.worker.1]:.0f} 和 {0[memory.worker.last]:.0f} MB；运行本身 {0[memory.main.1]:.0f} 和 "
            "{0[memory.main.last]:.0f} MB",
        ),
        "help": ("`zhibiao --help`", "{0[startup.help.seconds]:.2f} 秒"),
        "extract": (
            "`zhibiao extract` 读一份报告",
            "{0[startup.extract.seconds]:.2f} 秒，其中导入 {0[startup.import.seconds]:.2f} 秒",
        ),
        "night": (
            "`zhibiao ingest`，{0[night.documents]:,.0f} 份报告中改动一份",
            "{0[night.seconds]:.2f} 秒",
        ),
        "pandas": (
            "`pd.read_parquet` 读 {0[reading.rows]:,.0f} 处数值的五列",
            "{0[reading.pandas.seconds]:.2f} 秒",
        ),
        "duckdb": (
            "DuckDB 从 {0[reading.rows]:,.0f} 处数值中取各地区的一个指标",
            "{0[reading.duckdb.seconds]:.3f} 秒，得 {0[reading.duckdb.rows]:,.0f} 行",
        ),
        "size": (
            "{0[reading.rows]:,.0f} 处数值的大小",
            "{0[reading.megabytes]:.0f} MB；全部的表，每字原文 {0[snapshot.bytes_a_character]:.1f} 字节",
        ),
    },
    "stages": {
        "read": "读取",
        "segment": "分句",
        "facts": "文档信息",
        "extract": "抽取",
        "tokens": "分词",
        "rows": "成行",
        "audit": "核对",
        "stages": "合计",
        "rest": "此外：启动、写表、报告之间的比较",
    },
    "whole": "完整的读入，一个工作进程",
    "compiled heads": ("jieba.cut 的几倍", "Python", "编译过的"),
    "stage heads": ("阶段", "每秒字数", "jieba.cut 的倍数", "占比"),
    "growth heads": ("文档", "用时", "工作进程，MB", "运行本身，MB"),
    "peer heads": ("库", "每秒字数", "jieba.cut 的倍数"),
    "plots": {
        "shares": "各阶段用时占比，%",
        "growth": "文档增多时的用时",
        "documents": "文档倍数",
        "time": "用时倍数",
        "as many": "同倍增长",
    },
    "table heads": ("表", "惯常写法，kB", "选定的写法，kB", "增减"),
    "layouts": {
        "plain": "pyarrow 的惯常写法，zstd 1 级，每 128 份文档一个行组",
        "snappy": "同上，snappy 压缩",
        "lz4": "lz4 压缩",
        "zstd-3": "zstd 3 级",
        "zstd-9": "zstd 9 级",
        "no-dictionaries": "不用字典",
        "id-plain": "`mention_id` 不用字典",
        "id-delta-length": "`mention_id` 用 DELTA_LENGTH_BYTE_ARRAY",
        "id-delta": "`mention_id` 用 DELTA_BYTE_ARRAY",
        "offsets-delta": "`char_start`、`char_end` 用 DELTA_BINARY_PACKED",
        "floats-split": "`value`、`confidence`、`scale` 用 BYTE_STREAM_SPLIT",
        "text-delta-length": "`text`、`value_text` 用 DELTA_LENGTH_BYTE_ARRAY",
        "rows-16k": "行组 16,384 行",
        "rows-64k": "行组 65,536 行",
        "rows-256k": "行组 262,144 行",
        "rows-1m": "一个行组",
        "pages-64k": "数据页 64 KB",
        "page-index": "页索引",
        "bloom": "`indicator_id` 的布隆过滤器",
        "by-indicator": "按指标排序",
        "chosen": "**选定的写法**",
    },
    "layout heads": ("写法", "MB", "写，秒", "五列，秒", "整表，秒", "一个指标，毫秒"),
}

WORDS: Final[dict[str, dict[str, Any]]] = {"en": EN, "zh": ZH}
