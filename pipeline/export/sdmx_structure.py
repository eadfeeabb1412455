"""Structure messages of SDMX-ML 3.0: what the columns of SDMX data are, and what their codes stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr

from pipeline.export.cells import printable

AGENCY: Final = "ZHIBIAO"
VERSION: Final = "1.0.0"
FLOW, STRUCTURE, CONCEPTS = "FIGURES", "DSD_FIGURES", "CS_FIGURES"
VALUE: Final = "OBS_VALUE"
TIME: Final = "ObservationalTimePeriod"
_ROOT: Final = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0"
_NAMESPACES: Final = {"mes": "message", "str": "structure", "com": "common"}
_URN: Final = "urn:sdmx:org.sdmx.infomodel"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for, and the code it belongs under.

    Example: ``Code("盐池县", "CN640300")``
    """

    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, the measure or an attribute: with a list of codes, or else with a type of text.

    Example: ``Component("UNIT_MEASURE", "单位", codes={"U5143": Code("元")})``
    """

    id: str
    name: str
    codes: Mapping[str, Code] | None = None
    kind: str = "String"

    @property
    def codelist(self) -> str:
        """The id of its list of codes.

        Example: ``CL_UNIT_MEASURE``
        """
        return f"CL_{self.id}"


@dataclass(frozen=True, slots=True)
class Message:
    """A structure message: its id and time, the dimensions (time last), the measure, the attributes.

    Example: ``Message("20230711T020000Z", "2023-07-11T02:00:00Z", dimensions, measure, attributes)``
    """

    id: str
    prepared: str
    dimensions: Sequence[Component]
    measure: Component
    attributes: Sequence[Component] = field(default=())

    @property
    def components(self) -> list[Component]:
        """All of them, in the order of the columns.

        Example: ``[one.id for one in message.components][-1]`` → ``CONFIDENCE``
        """
        return [*self.dimensions, self.measure, *self.attributes]


def flow_id() -> str:
    """The dataflow as the data name it.

    Example: ``ZHIBIAO:FIGURES(1.0.0)``
    """
    return f"{AGENCY}:{FLOW}({VERSION})"


def write_structure(file: IO[str], message: Message) -> None:
    """Write a structure message: dataflow, lists of codes, concepts, data structure.

    Example: ``write_structure(file, message)``
    """
    xml = _Xml(file)
    with xml.within("mes:Structure", {f"xmlns:{key}": f"{_ROOT}/{name}" for key, name in _NAMESPACES.items()}):
        with xml.within("mes:Header"):
            for tag, text in (("ID", message.id), ("Test", "false"), ("Prepared", message.prepared)):
                xml.leaf(f"mes:{tag}", text)
            xml.leaf("mes:Sender", "", {"id": AGENCY})
        with xml.within("mes:Structures"):
            _flow(xml)
            _codelists(xml, message)
            _concepts(xml, message)
            _structure(xml, message)
    file.write("\n")


class _Xml:
    """XML written as it comes."""

    def __init__(self, file: IO[str]) -> None:
        self._file, self._depth = file, 0
        file.write('<?xml version="1.0" encoding="utf-8"?>')

    @contextmanager
    def within(self, tag: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        self._line(f"<{tag}{_attributes(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{tag}>")

    def leaf(self, tag: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
        inside = f">{escape(printable(text))}</{tag}>" if text else "/>"
        self._line(f"<{tag}{_attributes(attributes)}{inside}")

    def _line(self, text: str) -> None:
        self._file.write(f"\n{' ' * self._depth}{text}")

    def name(self, text: str) -> None:
        self.leaf("com:Name", text, {"xml:lang": "zh"})


def _attributes(given: Mapping[str, str] | None) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in (given or {}).items())


def _artefact(id: str) -> dict[str, str]:
    return {"id": id, "agencyID": AGENCY, "version": VERSION}


def _flow(xml: _Xml) -> None:
    with xml.within("str:Dataflows"), xml.within("str:Dataflow", _artefact(FLOW)):
        xml.name("政府报告中的指标")
        xml.leaf("str:Structure", f"{_URN}.datastructure.DataStructure={AGENCY}:{STRUCTURE}({VERSION})")


def _codelists(xml: _Xml, message: Message) -> None:
    with xml.within("str:Codelists"):
        for one in message.components:
            if one.codes is not None:
                with xml.within("str:Codelist", _artefact(one.codelist)):
                    xml.name(one.name)
                    for id in sorted(one.codes):
                        _code(xml, id, one.codes)


def _code(xml: _Xml, id: str, codes: Mapping[str, Code]) -> None:
    with xml.within("str:Code", {"id": id}):
        xml.name(codes[id].name)
        if codes[id].parent in codes:
            xml.leaf("str:Parent", codes[id].parent)


def _concepts(xml: _Xml, message: Message) -> None:
    with xml.within("str:ConceptSchemes"), xml.within("str:ConceptScheme", _artefact(CONCEPTS)):
        xml.name("指标表的列")
        for one in message.components:
            with xml.within("str:Concept", {"id": one.id}):
                xml.name(one.name)


def _structure(xml: _Xml, message: Message) -> None:
    with xml.within("str:DataStructures"), xml.within("str:DataStructure", _artefact(STRUCTURE)):
        xml.name("政府报告中的指标")
        with xml.within("str:DataStructureComponents"):
            with xml.within("str:DimensionList", {"id": "DimensionDescriptor"}):
                for position, one in enumerate(message.dimensions, 1):
                    time = one.kind == TIME
                    place = {} if time else {"position": str(position)}
                    with xml.within("str:TimeDimension" if time else "str:Dimension", {"id": one.id, **place}):
                        _representation(xml, one)
            with xml.within("str:AttributeList", {"id": "AttributeDescriptor"}):
                for one in message.attributes:
                    _attribute(xml, one)
            measure = {"id": message.measure.id, "usage": "mandatory"}
            with xml.within("str:MeasureList", {"id": "MeasureDescriptor"}), xml.within("str:Measure", measure):
                _representation(xml, message.measure)


def _attribute(xml: _Xml, one: Component) -> None:
    with xml.within("str:Attribute", {"id": one.id, "usage": "optional"}):
        _representation(xml, one)
        with xml.within("str:AttributeRelationship"):
            xml.leaf("str:Observation", "")


def _representation(xml: _Xml, one: Component) -> None:
    concept = f"{_URN}.conceptscheme.Concept={AGENCY}:{CONCEPTS}({VERSION}).{one.id}"
    xml.leaf("str:ConceptIdentity", concept)
    with xml.within("str:LocalRepresentation"):
        if one.codes is None:
            xml.leaf("str:TextFormat", "", {"textType": one.kind})
        else:
            xml.leaf("str:Enumeration", f"{_URN}.codelist.Codelist={AGENCY}:{one.codelist}({VERSION})")
