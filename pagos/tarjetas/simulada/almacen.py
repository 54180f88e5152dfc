"""Where the simulated gateway keeps its state: a table of its own, on connections of its own.

What it does is committed (or not) whatever happens to the platform's transactions, as at a real gateway.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from nucleo.bd import motor
from nucleo.bloqueos import cerrojo_si_libre
from nucleo.reloj import ahora
from pagos.tarjetas.simulada import bloqueos

Json = dict[str, Any]

_GUARDAR = text(
    "INSERT INTO pagos_simulada_objeto (tipo, id, creado, datos, vence_en) "
    "VALUES (:tipo, :id, :creado, CAST(:datos AS jsonb), :vence) "
    "ON CONFLICT (tipo, id) DO UPDATE SET datos = excluded.datos, vence_en = excluded.vence_en"
)
_FILTRO = (
    "SELECT datos FROM pagos_simulada_objeto WHERE tipo = :tipo AND creado BETWEEN :desde AND :hasta "
    "AND (CAST(:filtro AS jsonb) IS NULL OR datos @> CAST(:filtro AS jsonb)) "
    "AND (CAST(:clases AS text[]) IS NULL OR datos->>'type' LIKE ANY(CAST(:clases AS text[]))) "
    "AND (CAST(:cursor AS text) IS NULL OR (creado, numero) {signo} "
    "(SELECT creado, numero FROM pagos_simulada_objeto WHERE tipo = :tipo AND id = :cursor)) "
    "ORDER BY creado {orden}, numero {orden} LIMIT :limite"
)
_HACIA_ATRAS = text(_FILTRO.format(signo="<", orden="DESC"))
_HACIA_ADELANTE = text(_FILTRO.format(signo=">", orden="ASC"))
_LEER = text("SELECT datos FROM pagos_simulada_objeto WHERE tipo = :tipo AND id = :id")


class Almacen:
    """One transaction of the simulated gateway."""

    def __init__(self, conexion: Connection) -> None:
        self.conexion = conexion

    def leer(self, tipo: str, id: str, *, bloquear: bool = False) -> Json | None:
        orden = bloqueos.OBJETO if bloquear else _LEER
        fila = self.conexion.execute(orden, {"tipo": tipo, "id": id}).scalar_one_or_none()
        return dict(fila) if fila is not None else None

    def guardar(self, tipo: str, id: str, datos: Json, vence: datetime | None = None) -> None:
        self.conexion.execute(
            _GUARDAR,
            {
                "tipo": tipo,
                "id": id,
                "creado": int(ahora().timestamp()),
                "datos": json.dumps(datos, ensure_ascii=False),
                "vence": vence,
            },
        )

    def cambiar(self, tipo: str, id: str, datos: Json) -> None:
        """Write an object without touching what will happen to it by itself."""
        self.conexion.execute(
            text(
                "UPDATE pagos_simulada_objeto SET datos = CAST(:datos AS jsonb) "
                "WHERE tipo = :tipo AND id = :id"
            ),
            {"tipo": tipo, "id": id, "datos": json.dumps(datos, ensure_ascii=False)},
        )

    def borrar(self, tipo: str, id: str) -> None:
        self.conexion.execute(
            text("DELETE FROM pagos_simulada_objeto WHERE tipo = :tipo AND id = :id"),
            {"tipo": tipo, "id": id},
        )

    def listar(
        self,
        tipo: str,
        *,
        limite: int = 100,
        tras: str | None = None,
        antes: str | None = None,
        desde: int = 0,
        hasta: int = 2**62,
        filtro: Json | None = None,
        clases: list[str] | None = None,
    ) -> list[Json]:
        """Newest first: those after `tras`, or just before `antes`. `clases`: LIKE patterns of `type`."""
        filas = self.conexion.execute(
            _HACIA_ADELANTE if antes else _HACIA_ATRAS,
            {
                "tipo": tipo,
                "desde": desde,
                "hasta": hasta,
                "cursor": antes or tras,
                "limite": limite,
                "filtro": json.dumps(filtro) if filtro else None,
                "clases": clases,
            },
        )
        hallados = [dict(fila) for fila in filas.scalars()]
        return hallados[::-1] if antes else hallados

    def vencido(self, *tipos: str) -> tuple[str, str] | None:
        """Kind and id of one object whose time has come, locked; skips those that others hold."""
        vencido = {"ahora": ahora(), "tipos": list(tipos)}
        fila = self.conexion.execute(bloqueos.OBJETO_VENCIDO, vencido).one_or_none()
        return (fila[0], fila[1]) if fila is not None else None

    def cerrar_paso(self, clave: str) -> bool:
        """Take a lock until this transaction ends; False when another one holds it."""
        return cerrojo_si_libre(self.conexion, clave)


@contextmanager
def abrir() -> Iterator[Almacen]:
    """A transaction of the simulated gateway; commits at the end."""
    with motor().begin() as conexion:
        yield Almacen(conexion)
