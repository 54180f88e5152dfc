"""Write the events of what a manifest or a round moves, in batches, in the order of the locks of items."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import Session

from envios.despachos.estados import VIDA_CARGA, EstadoCarga
from envios.despachos.modelos import Carga
from envios.eventos import LOTE_MAXIMO, EventoNuevo, Fuente, exigir_registrado, registrar_autorizado
from envios.operadores import Agencia
from nucleo.actor import Autorizacion
from nucleo.reloj import ahora_bd


def anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    operador_unidad_id: UUID,
    nuevos: Sequence[EventoNuevo],
    fuente: Fuente = Fuente.ESCANER,
) -> None:
    """All of them or none: what one is refused for is raised. Each has an id of its own, so twice is once."""
    assert all(n.envio_id is not None and n.evento_cliente_id for n in nuevos)
    ordenados = sorted(nuevos, key=lambda n: n.envio_id or n.evento_cliente_id)
    for desde in range(0, len(ordenados), LOTE_MAXIMO):
        lote = ordenados[desde : desde + LOTE_MAXIMO]
        for hecho in registrar_autorizado(sesion, autorizacion, operador_unidad_id, lote, fuente):
            exigir_registrado(hecho)


def evento_en(
    agencia: Agencia, codigo: str, envio_id: UUID, clave: str, contraparte: UUID | None = None
) -> EventoNuevo:
    """An event of an item at an agency, now. `contraparte` is the other operator of a hand-over."""
    return EventoNuevo(
        codigo,
        envio_id,
        evento_cliente_id=clave,
        agencia_id=agencia.id,
        contraparte_unidad_id=contraparte,
    )


def terminar_cargas(
    sesion: Session, autorizacion: Autorizacion, filas: Iterable[Carga], a: EstadoCarga
) -> None:
    """One step for each of these, locked."""
    instante = ahora_bd(sesion)
    for carga in filas:
        VIDA_CARGA.pasar(carga, a)
        carga.salio_en, carga.salio_por = instante, autorizacion.actor.clave
    sesion.flush()
