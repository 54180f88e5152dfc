"""Lists as PostgreSQL's binary arrays: what a batch sends.

Built with `struct`: psycopg's generic list adapter costs several times more, and picks a type by the largest
value, which would defeat prepared plans.
"""

import struct
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import Any
from uuid import UUID

from psycopg import adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format


class Int8s(list[int]):
    """bigint[] without nulls."""


class Int4s(list[int | None]):
    """integer[]."""


class Int2s(list[int]):
    """smallint[] without nulls."""


class Logicos(list[bool]):
    """boolean[] without nulls."""


class Uuids(list[UUID | None]):
    """uuid[]."""


class Textos(list[str | None]):
    """text[]."""


class Instantes(list[datetime | None]):
    """timestamptz[]."""


_NULO = b"\xff\xff\xff\xff"
_EPOCA = datetime(2000, 1, 1, tzinfo=UTC)


def _cabecera(elemento_oid: int, n: int, *, nulos: bool = False) -> bytes:
    return (
        struct.pack("!iiIii", 1, nulos, elemento_oid, n, 1) if n else struct.pack("!iiI", 0, 0, elemento_oid)
    )


class _DumperInt8s(Dumper):
    format = Format.BINARY
    oid = 1016

    def dump(self, obj: Any) -> bytes:
        n = len(obj)
        return _cabecera(20, n) + struct.pack("!" + "iq" * n, *chain.from_iterable(zip(repeat(8), obj)))


class _DumperInt2s(Dumper):
    format = Format.BINARY
    oid = 1005

    def dump(self, obj: Any) -> bytes:
        n = len(obj)
        return _cabecera(21, n) + struct.pack("!" + "ih" * n, *chain.from_iterable(zip(repeat(2), obj)))


class _DumperInt4s(Dumper):
    format = Format.BINARY
    oid = 1007

    def dump(self, obj: Any) -> bytes:
        cuerpo = b"".join([_NULO if v is None else struct.pack("!ii", 4, v) for v in obj])
        return _cabecera(23, len(obj), nulos=None in obj) + cuerpo


class _DumperLogicos(Dumper):
    format = Format.BINARY
    oid = 1000

    def dump(self, obj: Any) -> bytes:
        return _cabecera(16, len(obj)) + b"".join(
            [b"\x00\x00\x00\x01\x01" if v else b"\x00\x00\x00\x01\x00" for v in obj]
        )


class _DumperUuids(Dumper):
    format = Format.BINARY
    oid = 2951

    def dump(self, obj: Any) -> bytes:
        cuerpo = b"".join([_NULO if v is None else b"\x00\x00\x00\x10" + v.bytes for v in obj])
        return _cabecera(2950, len(obj), nulos=None in obj) + cuerpo


class _DumperTextos(Dumper):
    format = Format.BINARY
    oid = 1009

    def dump(self, obj: Any) -> bytes:
        codificados = [None if v is None else v.encode() for v in obj]
        cuerpo = b"".join([_NULO if v is None else len(v).to_bytes(4) + v for v in codificados])
        return _cabecera(25, len(obj), nulos=None in obj) + cuerpo


class _DumperInstantes(Dumper):
    format = Format.BINARY
    oid = 1185

    def dump(self, obj: Any) -> bytes:
        return _cabecera(1184, len(obj), nulos=None in obj) + b"".join([_instante(v) for v in obj])


def _instante(valor: datetime | None) -> bytes:
    if valor is None:
        return _NULO
    desde = valor - _EPOCA
    micros = (desde.days * 86_400 + desde.seconds) * 1_000_000 + desde.microseconds
    return struct.pack("!iq", 8, micros)


for _clase, _dumper in (
    (Int8s, _DumperInt8s),
    (Int4s, _DumperInt4s),
    (Int2s, _DumperInt2s),
    (Logicos, _DumperLogicos),
    (Uuids, _DumperUuids),
    (Textos, _DumperTextos),
    (Instantes, _DumperInstantes),
):
    adapters.register_dumper(_clase, _dumper)
