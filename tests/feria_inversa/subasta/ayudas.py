"""An auction that is open: its call published, its envelopes opened, its hour come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.procesos.esquemas import ItemEntrada
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import Sala, sala_de
from feria_inversa.subasta.pujar import PujaHecha, pujar
from feria_inversa.subasta.tareas import terminar_subastas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.feria_inversa.conftest import Feria, Parte, item

DIAS = 15
Ofertas = Sequence[tuple[Parte, Sequence[str | None]]]
"""Who bids, and their price for a unit of each item."""
ITEMS = [
    item("Silla de madera", "100", "600.00"),  # 60.000,00; it goes down by 600,00 at least
    item("Mesa de madera", "10", "2000.00"),  # 20.000,00; by 200,00
]
MINUTO = timedelta(minutes=1)


def por_abrir(
    feria: Feria,
    reloj: Any,
    ofertas: Ofertas,
    items: list[ItemEntrada] | None = None,
    **campos: Any,
) -> UUID:
    """A call with an auction whose deadline is over, and these bids."""
    id_ = feria.publicada(
        dias=DIAS, items=ITEMS if items is None else items, **({"subasta": True} | campos)
    ).id
    for parte, precios in ofertas:
        feria.ofertar(parte, id_, list(precios))
    reloj.adelantar(timedelta(days=DIAS, seconds=1))
    return id_


def abrir(feria: Feria, id_: UUID) -> None:
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)


def en_subasta(
    feria: Feria,
    reloj: Any,
    ofertas: Ofertas = (),
    items: list[ItemEntrada] | None = None,
    **campos: Any,
) -> UUID:
    """Ana and Beto bid for the chairs and the tables, unless told; the auction has begun just now."""
    dichas = ofertas or [(feria.ana, ["590.00", "1900.00"]), (feria.beto, ["580.00", "1950.00"])]
    id_ = por_abrir(feria, reloj, dichas, items, **campos)
    abrir(feria, id_)
    reloj.situar(sala(id_).subasta.empieza_en + timedelta(seconds=1))
    return id_


def sala(id_: UUID) -> Sala:
    with transaccion() as sesion:
        return sala_de(sesion, sesion.get_one(Convocatoria, id_))


def puja(parte: Parte, id_: UUID, total: str, grupo: int = 1, clave: UUID | None = None) -> PujaHecha:
    with transaccion() as sesion:
        return pujar(sesion, parte.actor, id_, parte.id, grupo, bs(total), clave)


def totales(id_: UUID, grupo: int = 1) -> list[str]:
    """What each bids now for something, the lowest first."""
    (subastado,) = [s for s in sala(id_).subastados if s.numero == grupo]
    return [f"{p.total.amount:.2f}" for p in subastado.posturas]


def fin(id_: UUID, grupo: int = 1) -> datetime:
    return next(s.termina_en for s in sala(id_).subastados if s.numero == grupo)


def terminar(reloj: Any, id_: UUID) -> None:
    """Time passes until nothing is open, and the sweep comes."""
    reloj.situar(max(s.termina_en for s in sala(id_).subastados) + timedelta(seconds=1))
    assert terminar_subastas() == 1


def poner_fin(feria: Feria, id_: UUID, cuando: datetime, extension_min: int | None = None) -> None:
    """An end that no rule gives, as the owner of the database."""
    with feria.duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE feria_subasta_grupo SET termina_en = :cuando WHERE convocatoria_id = :id"),
            {"cuando": cuando, "id": id_},
        )
        if extension_min is not None:
            conexion.execute(
                text("UPDATE feria_subasta SET extension_min = :minutos WHERE convocatoria_id = :id"),
                {"minutos": extension_min, "id": id_},
            )
