"""Fields of government (卫生健康, 教育, 财政 …): which a report belongs to, by who issued it or what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lexicons.errors import LexiconError
from lexicons.fields import Entry, entries

DOMAIN_KEYS = ("name", "issuers", "titles", "general")
WORDS = ("issuers", "titles")


@dataclass(frozen=True, slots=True)
class Domain:
    """A field of government with the words that tell it; a general one decides where no other does.

    Example: ``Domain("卫生健康", ("卫生健康", "卫健"), ("公共卫生",))``
    """

    name: str
    issuers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    general: bool = False


@dataclass(frozen=True)
class Domains:
    """All fields, in the order of the file.

    Example: ``domains.of("云川县卫生健康局", "云川县2023年工作总结").name`` → ``卫生健康``
    """

    all: tuple[Domain, ...]

    def __iter__(self) -> Iterator[Domain]:
        return iter(self.all)

    def of(self, issuer: str | None, title: str | None) -> Domain | None:
        """The field of a report: by its issuer, else by its title, at last a general one; None when nothing tells.

        Example: ``domains.of("云川县人民政府", "关于云川县2023年财政决算的报告").name`` → ``财政``
        """
        said = {"issuers": issuer or "", "titles": title or ""}
        special = [domain for domain in self.all if not domain.general]
        general = [domain for domain in self.all if domain.general]
        without = {field: _without(general, field, text) for field, text in said.items()}
        looks = [(special, field, without[field]) for field in WORDS] + [
            (general, field, said[field]) for field in WORDS
        ]
        return next((found for look in looks if (found := _longest(*look))), None)


def _without(among: Iterable[Domain], field: str, said: str) -> str:
    """The text without the words of general fields: 人民政府 is not about 民政."""
    for domain in among:
        for word in getattr(domain, field):
            said = said.replace(word, " ")
    return said


def _longest(among: Iterable[Domain], field: str, said: str) -> Domain | None:
    """The field whose word in the text is the longest; of equal ones the first."""
    matches = [(len(word), domain) for domain in among for word in getattr(domain, field) if word in said]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def load_domains(path: Path, overlay: Path | None = None) -> Domains:
    """The fields of ``domains.toml`` and of a user's file of the same form.

    An entry of the user's file whose name we have adds its words, any other is a new field. LexiconError for unknown
    fields, a field without words, and a word of two fields.

    Example: ``load_domains(path).of("云川县教育体育局", None).name`` → ``教育``
    """
    found: dict[str, Domain] = {}
    for entry in entries(path, "domain", "name"):
        if entry.name in found:
            raise entry.error("name", "duplicate: another entry has this name")
        found[entry.name] = _domain(entry)
    for entry in entries(overlay, "domain", "name") if overlay else ():
        known, more = found.get(entry.name), _domain(entry)
        found[entry.name] = _extended(entry, known, more) if known else more
    _check_collisions(path.name, found.values())
    return Domains(tuple(found.values()))


def _domain(entry: Entry) -> Domain:
    entry.only(DOMAIN_KEYS)
    made = Domain(entry.name, entry.strings("issuers"), entry.strings("titles"), entry.flag("general"))
    if not (made.issuers or made.titles):
        raise entry.error("issuers", "missing: a field needs words of issuers or titles")
    return made


def _extended(entry: Entry, known: Domain, more: Domain) -> Domain:
    for field in WORDS:
        for word in getattr(more, field):
            if word in getattr(known, field):
                raise entry.error(field, f"duplicate word {word}: the field already has it")
    return replace(known, issuers=known.issuers + more.issuers, titles=known.titles + more.titles)


def _check_collisions(file: str, domains: Iterable[Domain]) -> None:
    owner: dict[tuple[str, str], str] = {}
    for domain in domains:
        for field in WORDS:
            for word in getattr(domain, field):
                if (other := owner.setdefault((field, word), domain.name)) != domain.name:
                    raise LexiconError(file, domain.name, field, f"collision: {word} is also a word of {other}")
