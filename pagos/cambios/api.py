"""JSON API of the change feed."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Security

from ciudadania import actor_requerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.lectores import Entero
from pagos.cambios.consultas import cambios
from pagos.cambios.esquemas import CambiosVista, CambioVista
from pagos.libro import exigir_cuenta, obtener_cuenta
from pagos.notas import notas_de

router = APIRouter(prefix="/api/v1", tags=["pagos"])

ActorDePagos = Annotated[Actor, Security(actor_requerido, scopes=["pagos"])]


@router.get("/cuentas/{cuenta_id}/cambios", responses=respuestas(404))
def listar_cambios(
    cuenta_id: Annotated[Entero, Path(ge=1, lt=2**63)],
    sesion: Sesion,
    actor: ActorDePagos,
    desde: Annotated[Entero, Query(ge=0, le=2**62, description="El último número que ya leyó.")] = 0,
    limite: Annotated[Entero, Query(ge=1, le=100)] = 100,
) -> CambiosVista:
    """Todo lo que tocó la cuenta después de un número, del más antiguo al más nuevo: pagos y también lo que
    se reserva, se confirma, se anula y vence.

    Los números crecen y pueden saltar, pero nada aparece detrás de uno ya leído: con esto se mantiene una
    copia al día sin perder ni repetir nada.
    """
    exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta_id))
    filas = cambios(sesion, cuenta_id, desde, limite)
    notas = notas_de(sesion, [t.id for t in filas])
    datos = [CambioVista.de_la_cuenta(t, cuenta_id, notas.get(t.id)) for t in filas]
    return CambiosVista(datos=datos, hasta=filas[-1].numero if filas else desde)
