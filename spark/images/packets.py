"""Packets of XMP: what one tells of AI, and the same packet telling more.

A packet is a stranger's XML. It is walked without a tree and without document types, and changed in place, since
writing it anew would lose the prefixes that it has chosen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final
from xml.parsers import expat

from spark.images.provenance import AI_MADE, NAMESPACES, SOURCE_TYPE, Property, Provenance

PACKET_MAX: Final = 1_000_000
"""The most bytes of a packet that is read."""
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PREFIXES: Final = {namespace: prefix for prefix, namespace in NAMESPACES.items()}
_PROPERTIES: Final = Provenance(AI_MADE[0], "any", "any").properties.keys()
_TAG: Final = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_EMPTY: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n<rdf:RDF xmlns:rdf="{_RDF}">\n</rdf:RDF>\n</x:xmpmeta>\n'
    '<?xpacket end="w"?>'
).encode()


class _Broken(Exception):
    """It is no packet of XMP, or none that can be added to."""


def told_provenance(packet: bytes) -> Provenance | None:
    """Read the provenance that a packet tells; None where it does not say that it is AI's work, or is broken."""
    try:
        found = _Walk(packet).found
    except _Broken:
        return None
    return Provenance.told_by({told.name: told.value for told in found})


def merged(packet: bytes | None, provenance: Provenance) -> bytes:
    """Give a packet that tells a provenance beside all that it tells already; itself where it does so.

    It gets the provenance's source type; of the rest, what it tells already stays. A broken one is replaced.
    """
    try:
        return _with(_EMPTY if packet is None else packet, provenance.properties)
    except _Broken:
        return _with(_EMPTY, provenance.properties)


def _with(packet: bytes, wanted: Mapping[Property, str]) -> bytes:
    walk = _Walk(packet)
    wrong = [told for told in walk.found if told.name == SOURCE_TYPE and told.value != wanted[SOURCE_TYPE]]
    there = {told.name for told in walk.found if told not in wrong}
    missing = {name: value for name, value in wanted.items() if name not in there}
    if not wrong and not missing:
        return packet
    made, position = b"", 0
    for told in wrong:
        made += packet[position : told.start]
        position = told.end
    made += packet[position : walk.room] + _description(walk.about or "", missing) + packet[walk.room :]
    _require(made, wanted)
    return made


def _require(made: bytes, wanted: Mapping[Property, str]) -> None:
    """Raise `_Broken` where a packet does not tell what it was made to: it was written so as to mislead."""
    found = _Walk(made).found
    source_types = {told.value for told in found if told.name == SOURCE_TYPE}
    if source_types != {wanted[SOURCE_TYPE]} or wanted.keys() - {told.name for told in found}:
        raise _Broken


def _description(about: str, properties: Mapping[Property, str]) -> bytes:
    """Write properties as a description of their own, which brings the prefixes that it uses."""
    prefixes = sorted({prefix for prefix, _ in properties})
    known = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)
    lines = [f"<{prefix}:{name}>{escape(value)}</{prefix}:{name}>" for (prefix, name), value in properties.items()]
    begin = f'<rdf:Description xmlns:rdf="{_RDF}" rdf:about="{escape(about)}"{known}>'
    return "\n".join([begin, *lines, "</rdf:Description>\n"]).encode()


@dataclass(slots=True)
class _Told:
    """A property that a packet has, and where it begins and ends."""

    name: Property
    start: int
    end: int
    value: str


class _Walk:
    """One walk through a packet; raises `_Broken`."""

    def __init__(self, packet: bytes) -> None:
        self.found: list[_Told] = []
        """Those of the properties that a provenance may have, in order."""
        self.about: str | None = None
        """What its first description is about."""
        self.room = -1
        """Where a description can be added."""
        self._packet = packet
        self._path: list[str] = []
        self._rdf: int | None = None
        """How deep its properties' root is."""
        self._open: _Told | None = None
        if len(packet) > PACKET_MAX:
            raise _Broken
        # the encoding is the one that XMP has in files, whatever the packet calls it
        self._parser = parser = expat.ParserCreate("utf-8", " ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(packet, True)
        except expat.ExpatError as error:
            raise _Broken from error
        if self.room < 0:
            raise _Broken

    @property
    def _depth(self) -> int | None:
        """How deep below the properties' root it is; None outside of the first one."""
        return None if self._rdf is None or self.room >= 0 else len(self._path) - self._rdf

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if self._rdf is None and name == f"{_RDF} RDF":
            self._rdf = len(self._path)
        if self._depth == 1 and name == f"{_RDF} Description":
            if self.about is None:
                self.about = attributes.get(f"{_RDF} about", attributes.get("about", ""))
            self.found += self._in_attributes(attributes)
        elif self._depth == 2 and (known := _known(name)) is not None:
            self._open = _Told(known, self._parser.CurrentByteIndex, 0, attributes.get(f"{_RDF} resource", ""))

    def _text(self, text: str) -> None:
        if self._open is not None:
            self._open.value += text

    def _end(self, _: str) -> None:
        position = self._parser.CurrentByteIndex
        if self._depth == 0:
            if not self._packet.startswith(b"</", position):
                raise _Broken  # nothing is in it, and nothing can be put between its tags
            self.room = position
        elif self._depth == 2 and self._open is not None:
            told, self._open = self._open, None
            tag = self._tag_at(told.start)
            told.end = told.start + len(tag) if tag.endswith(b"/>") else position + len(self._tag_at(position))
            told.value = told.value.strip()
            self.found.append(told)
        self._path.pop()

    def _in_attributes(self, attributes: Mapping[str, str]) -> Iterator[_Told]:
        start = self._parser.CurrentByteIndex
        for name, value in attributes.items():
            if (known := _known(name)) is None:
                continue
            written = re.compile(rb"""\s[^\s="'<>]*\b%b\s*=\s*(?:"[^"]*"|'[^']*')""" % known[1].encode())
            if (at := written.search(self._tag_at(start))) is None:
                raise _Broken
            yield _Told(known, start + at.start(), start + at.end(), value.strip())

    def _tag_at(self, position: int) -> bytes:
        if (tag := _TAG.match(self._packet, position)) is None:
            raise _Broken
        return tag[0]


def _known(name: str) -> Property | None:
    """Give the property that expat names by its namespace, where a provenance may have it."""
    namespace, _, local = name.partition(" ")
    known = (_PREFIXES.get(namespace, ""), local)
    return known if known in _PROPERTIES else None


def _refuse(*_: object) -> None:
    raise _Broken
