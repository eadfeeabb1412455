"""What all pages share: one HTML file each, with its styles, scripts and data in it, and nothing that could reach out.

Whatever comes from a document is escaped: in the page by Jinja, in the data by writing ``<``, ``>`` and ``&`` as
``\\u003c``. A policy in the page lets only the scripts run that were written into it, and no address be opened.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = "pipeline.review"
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that could end a script element or a line of JavaScript."""


def render(
    template: str,
    *,
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
    libraries: Sequence[str] = (),
    data: Mapping[str, object] | None = None,
    evaluates: bool = False,
    **context: Any,
) -> str:
    """A page: a template of ``templates/`` filled in, its styles, scripts and data written into it.

    ``styles`` and ``scripts`` name files of ``assets/`` that come after ``base.css`` and ``base.js``; ``libraries``
    are texts of JavaScript that come before them. Each item of ``data`` becomes an element of type application/json
    whose id is its name. ``evaluates`` allows scripts that compile code of their own, as Vega does.

    Example: ``render("report.html", title="云川县工作总结", data={"report": {"text": "共12家。"}})``
    """
    written = [*libraries, *(asset(name) for name in ("base.js", *scripts))]
    return (
        environment()
        .get_template(template)
        .render(
            policy=_policy(written, evaluates),
            styles=[Markup(asset(name)) for name in ("base.css", *styles)],
            scripts=[Markup(text) for text in written],
            data={name: embedded(value) for name, value in (data or {}).items()},
            **context,
        )
    )


@cache
def asset(name: str) -> str:
    """The text of a file of ``assets/``.

    Example: ``asset("base.css")``
    """
    text = files(PACKAGE).joinpath("assets", name).read_text(encoding="utf-8")
    if "</script" in text.lower() or "</style" in text.lower():
        raise ValueError(f"{name} would end the element it is written into")
    return text


def embedded(value: object) -> Markup:
    """A value as JSON that can stand in an HTML script element.

    Example: ``embedded({"text": "</script>"})`` → ``{"text":"\\u003c/script\\u003e"}``
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in ESCAPES.items():
        written = written.replace(character, escape)
    return Markup(written)


@cache
def environment() -> Environment:
    """The templates, everything escaped that is put into them; a name that is not given is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(PACKAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _policy(scripts: Sequence[str], evaluates: bool) -> str:
    """The page's Content-Security-Policy: its own scripts by their hashes, its own styles, no address."""
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in scripts)
    extra = " 'unsafe-eval'" if evaluates else ""
    return (
        f"default-src 'none'; script-src {hashes}{extra}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
