"""JSON API of supervision: the public closings, and the proof of one's own transfers."""

from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi import Response as Respuesta
from sqlmodel import Session

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Prohibido, respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Fecha
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _
from nucleo.web import publico
from pagos.billetera import exigir_ver
from pagos.libro import CuentaInexistente, exigir_supervisor, obtener_cuenta, transferencia_por_id
from pagos.libro.modelos import Transferencia
from pagos.supervision.consultas import cierres
from pagos.supervision.esquemas import CierreVista, LimitesRegistrados, LimiteVista, PruebaVista
from pagos.supervision.formularios import NuevoLimite
from pagos.supervision.prueba import cierre_de, prueba_de
from pagos.supervision.reglas import agregar_limite, limites_registrados

router = APIRouter(prefix="/api/v1", tags=["cierres"], route_class=RutaIdempotente)


@router.get("/cierres", dependencies=[Depends(publico)], responses=respuestas())
def listar_cierres(sesion: Sesion, pagina: Cursor) -> Pagina[CierreVista]:
    """The closed days of the ledger, newest first, each with its Merkle root. Public."""
    filas, siguiente = cierres(sesion, pagina)
    return Pagina(datos=[CierreVista.de(c) for c in filas], siguiente=siguiente)


@router.get("/cierres/{dia}", dependencies=[Depends(publico)], responses=respuestas(404))
def ver_cierre(dia: Fecha, sesion: Sesion) -> CierreVista:
    """One closed day. It never changes. Public."""
    return CierreVista.de(cierre_de(sesion, dia))


@router.get("/limites", dependencies=[Depends(publico)], responses=respuestas())
def listar_limites(sesion: Sesion) -> LimitesRegistrados:
    """Cada límite que rige, rigió o regirá, por nivel de identidad y clase de unidad. Público."""
    return LimitesRegistrados(datos=[LimiteVista.de(fila) for fila in limites_registrados(sesion)])


@router.post("/limites", status_code=201, responses=respuestas(409))
def crear_limite(pedido: NuevoLimite, sesion: Sesion, actor: ActorRequerido, _: Idempotente) -> LimiteVista:
    """Un límite desde una fecha (ahora, si falta). Lo que rige o rigió no se edita. Solo la autoridad."""
    return LimiteVista.de(agregar_limite(sesion, exigir_supervisor(sesion, actor), **pedido.valores()))


@router.get("/transferencias/{transferencia_id}/prueba", responses=respuestas(404, 409))
def ver_prueba(
    transferencia_id: UUID, sesion: Sesion, actor: ActorRequerido, respuesta: Respuesta
) -> PruebaVista:
    """The proof that one of your transfers is in the closing of its day; 409 until that day is closed.

    Keep the file: whoever holds it can check it against the published root, without asking anybody.
    """
    transferencia = transferencia_propia(sesion, actor, transferencia_id)
    prueba = PruebaVista.model_validate(prueba_de(sesion, transferencia))
    nombre = f"qhatu-prueba-{transferencia.numero}.json"
    respuesta.headers["Content-Disposition"] = f'inline; filename="{nombre}"'
    return prueba


def transferencia_propia(sesion: Session, actor: Actor, transferencia_id: UUID) -> Transferencia:
    """A transfer of an account the actor may see. Raises `TransferenciaInexistente`, `Prohibido`."""
    transferencia = transferencia_por_id(sesion, transferencia_id)
    for cuenta_id in (transferencia.debito, transferencia.credito):
        try:
            exigir_ver(sesion, actor, obtener_cuenta(sesion, cuenta_id))
        except (CuentaInexistente, Prohibido):
            continue
        return transferencia
    raise Prohibido(_("Solo quien paga y quien recibe pueden ver una transferencia."))
