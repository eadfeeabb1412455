"""``python -m tests.bench``: measure, and tell it as a table, as JSON and as plots."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.charts import write_plots
from tests.bench.check import slower
from tests.bench.corpus import COPIES, FEW_COPIES, ROOT, Corpus, real, sample
from tests.bench.machine import machine
from tests.bench.parts import PARTS, measured
from tests.bench.readmes import write_readmes
from tests.bench.record import RECORD, Run, record, save
from tests.bench.setting import Setting
from tests.bench.tell import report

OUT = ROOT / "outputs" / "bench"


def main() -> int:
    """Run what the command line asks for; 1 when a check finds something slower than the record says."""
    given = arguments()
    if given.check:
        return check()
    corpus = chosen(given.corpus, given.quick).every(given.every)
    run = measure(corpus, given.quick, given.among, given.parts)
    if given.quick:
        print("\nA quick run: what a run costs at its start weighs more. The goals are those of a full one.")
    told(run, given.out)
    if given.record:
        keep(run, given.record, given.quick, given.parts)
    return 0


def arguments() -> argparse.Namespace:
    """What the command line says.

    Example: ``python -m tests.bench stages startup --quick``
    """
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all when none is given")
    parser.add_argument("--quick", action="store_true", help="less of everything, in about two minutes")
    parser.add_argument("--corpus", choices=("real", "sample"), help="real when it lies in ../shared, else sample")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each N-th report only")
    parser.add_argument("--among", type=int, default=0, metavar="N", help="documents of which one changes (10000)")
    parser.add_argument("--out", type=Path, default=OUT, help="where JSON and plots are written (outputs/bench)")
    parser.add_argument(
        "--record",
        type=Path,
        nargs="?",
        const=RECORD,
        metavar="FILE",
        help="keep it; the file in the repository when none is named, with a quick run of the sample and the READMEs",
    )
    parser.add_argument("--check", action="store_true", help="compare a quick run with the record; 1 when it is slower")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if given.record and str(given.record) in PARTS:
        parser.error(f"{given.record} is taken for the file of --record; name the parts before it")
    return given


def chosen(name: str | None, quick: bool) -> Corpus:
    """The reports that are asked for, the real ones where nothing is asked and they are there.

    Example: ``chosen("sample", quick=True)``
    """
    found = None if name == "sample" else real()
    if name == "real" and found is None:
        raise SystemExit("tests.bench: there are no reports in ../shared/corpus/reports; leave --corpus out")
    return found.every(12 if quick else 1) if found else sample(FEW_COPIES if quick else COPIES)


def measure(corpus: Corpus, quick: bool, among: int = 0, parts: list[str] | None = None) -> Run:
    """Measure some parts over a corpus.

    Example: ``measure(sample(8), quick=True, parts=["startup"])``
    """
    with tempfile.TemporaryDirectory(prefix="zhibiao-bench-") as work:
        figures = measured(Setting(corpus, Path(work), quick, among), parts or [])
    about: dict[str, str | int] = {"kind": corpus.kind, "reports": len(corpus.reports), "characters": corpus.characters}
    return Run(machine(), about, figures)


def told(run: Run, out: Path) -> None:
    """Print a run, and write it and its plots into a folder.

    Example: ``told(run, Path("outputs/bench"))``
    """
    print(f"\n{report(run)}")
    save({"run": run}, out / "bench.json")
    if "stages.ratio" in run.figures or "growth.1" in run.figures:
        write_plots(run, out)
    print(f"figures and plots: {out}")


def keep(run: Run, path: Path, quick: bool, parts: list[str]) -> None:
    """Put a run into a record; into the repository's with the quick run that others are compared with.

    Example: ``keep(run, RECORD, quick=False, parts=[])``
    """
    runs = record(path)
    name = "quick" if quick else "full"
    runs[name] = run.with_parts_of(runs[name]) if parts and name in runs else run
    if path.resolve() == RECORD and not parts and not quick:
        print("tests.bench: the quick run that others are compared with …", flush=True)
        runs["quick"] = measure(chosen("sample", quick=True), quick=True)
    save(runs, path)
    if path.resolve() == RECORD and "full" in runs:
        write_readmes(record(path)["full"])


def check() -> int:
    """Compare a quick run of the sample with the record; a line for each figure that is worse."""
    recorded = record().get("quick")
    if recorded is None:
        raise SystemExit("tests.bench: there is no record to compare with; make one by --record")
    run = measure(chosen("sample", quick=True), quick=True, parts=["startup", "stages", "whole", "growth", "night"])
    lines = list(slower(run.figures, recorded.figures))
    for line in lines:
        print(f"tests.bench: {line}", file=sys.stderr)
    if not lines:
        print(f"as fast as the record of {recorded.machine['date']} says")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
