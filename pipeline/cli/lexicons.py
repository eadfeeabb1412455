"""``zhibiao lexicons``: validates what zhibiao knows, and says which entries know a word."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.options import AsJson, Overlay, help_without_command
from pipeline.overlay import overlay_of

app = typer.Typer(
    help="Check the lexicons and your own additions, or ask who knows a word.",
    rich_markup_mode=None,
)


app.callback(invoke_without_command=True)(help_without_command)


@app.command()
def check(lexicons: Overlay = None, json: AsJson = False) -> None:
    """Read every lexicon file and stop at the first mistake.

    Example: zhibiao lexicons check --lexicons 自定义词典
    """
    import json as coder

    from lexicons import load

    words = load(overlay_of(lexicons))
    counts = {
        "groups": len(words.groups),
        "words": sum(map(len, words.groups.values())),
        "units": len(words.units),
        "indicators": len(words.indicators),
        "regions": len(words.regions),
        "domains": len(words.domains.all),
        "tiles": len(words.tiles),
    }
    if json:
        print(coder.dumps({"version": words.version, **counts}))
    else:
        print(f"lexicons {words.version}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))


@app.command()
def explain(
    word: Annotated[str, typer.Argument(help="A word as it stands in a report.")],
    lexicons: Overlay = None,
    json: AsJson = False,
) -> None:
    """Say which entries know a word; end with 1 when none does.

    Example: zhibiao lexicons explain 早孕建卡率
    """
    import json as coder
    from dataclasses import asdict

    from lexicons import load
    from pipeline.cli.console import complain
    from pipeline.terminal import safe

    found = load(overlay_of(lexicons)).explain(word)
    if json:
        print(coder.dumps([asdict(one) for one in found], ensure_ascii=False))
    for one in () if json else found:
        print(f"{one.file}  {one.entry}  {safe(one.role)}")
    if not found:
        complain(f"no entry knows {word}; add it to a file of your own and give its folder as --lexicons")
        raise typer.Exit(1)
