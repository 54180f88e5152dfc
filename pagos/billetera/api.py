"""JSON API of wallets: statements to take away, limits, freezing, requests for money."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query
from sqlmodel import Session
from starlette.responses import Response, StreamingResponse

from ciudadania import ActorRequerido, nombres_de_personas
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entero, Fecha
from nucleo.limites import limitar
from nucleo.paginacion import Cursor, Pagina
from nucleo.reloj import ahora_bd
from pagos.billetera import api_codigos
from pagos.billetera.accesos import cuenta_propia, persona_de
from pagos.billetera.alias import alias_de, elegir_alias, quitar_alias
from pagos.billetera.consultas import solicitud_para, solicitudes_de
from pagos.billetera.enviar import buscar_destinatario
from pagos.billetera.esquemas import (
    AliasPorElegir,
    AliasVista,
    CongelamientoVista,
    LimitesDeCuenta,
    LimitesVista,
    MotivoDeCongelar,
    SeguridadVista,
    SolicitudPorHacer,
    SolicitudVista,
)
from pagos.billetera.modelos import Solicitud
from pagos.billetera.solicitudes import cancelar_solicitud, pagar_solicitud, pedir_dinero, rechazar_solicitud
from pagos.extractos import TIPO_CAMT, TIPO_CSV, generar_camt053, generar_csv, preparar_extracto
from pagos.libro import (
    Origen,
    congelamientos_de,
    congelar_cuenta,
    cuenta_de_persona,
    descongelar_cuenta,
    limites_y_uso,
    obtener_cuenta,
)

router = APIRouter(prefix="/api/v1", tags=["billetera"], route_class=RutaIdempotente)
router.include_router(api_codigos.router)

CuentaRuta = Annotated[Entero, Path(ge=1, lt=2**63)]
EXTRACTOS_POR_MINUTO = 20


@router.get(
    "/cuentas/{cuenta_id}/extracto",
    response_class=Response,
    responses=respuestas(404)
    | {
        200: {
            "description": "El extracto, del más antiguo al más nuevo",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/xml": {"schema": {"type": "string"}},
            },
        }
    },
)
def bajar_extracto(
    cuenta_id: CuentaRuta,
    sesion: Sesion,
    actor: ActorRequerido,
    formato: Literal["csv", "camt053"] = "csv",
    desde: Annotated[Fecha | None, Query(description="Día de Bolivia; desde la apertura si falta.")] = None,
    hasta: Annotated[Fecha | None, Query(description="Día de Bolivia, incluido; hoy si falta.")] = None,
) -> Response:
    """A statement between two days, with opening and closing balance that add up. Up to 50.000 movements."""
    cuenta, _autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    limitar("pagos.extracto", actor.clave, cupo=EXTRACTOS_POR_MINUTO, ventana_s=60)
    extracto = preparar_extracto(sesion, cuenta, desde, hasta)
    if formato == "csv":
        cuerpo, tipo, extension = generar_csv(extracto), TIPO_CSV, "csv"
    else:
        cuerpo, tipo, extension = generar_camt053(extracto), TIPO_CAMT, "xml"
    adjunto = f'attachment; filename="{extracto.nombre_de_archivo}.{extension}"'
    return StreamingResponse(cuerpo, media_type=tipo, headers={"Content-Disposition": adjunto})


@router.get("/cuentas/{cuenta_id}/limites", responses=respuestas(404))
def ver_limites(cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorRequerido) -> LimitesDeCuenta:
    """The limits of an account now, in and out, and what is left of each today and this month."""
    cuenta, _autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    return LimitesDeCuenta(datos=[LimitesVista.de(d) for d in limites_y_uso(sesion, cuenta)])


# --- Freezing -----------------------------------------------------------------------------------------------


@router.get("/cuentas/{cuenta_id}/seguridad", responses=respuestas(404))
def ver_seguridad(cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorRequerido) -> SeguridadVista:
    cuenta, _autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    return _seguridad(sesion, cuenta_id, cuenta.congelada)


def _seguridad(sesion: Session, cuenta_id: int, congelada: bool) -> SeguridadVista:
    lista = [CongelamientoVista.de(c) for c in congelamientos_de(sesion, cuenta_id)]
    return SeguridadVista(congelada=congelada, congelamientos=lista)


@router.post("/cuentas/{cuenta_id}/congelar", responses=respuestas(404, 409))
def congelar(
    cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorRequerido, pedido: MotivoDeCongelar, _: Idempotente
) -> SeguridadVista:
    """Stop payments from the account at once; it still receives. Freezing it twice is freezing it once."""
    cuenta, autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    congelar_cuenta(sesion, autorizacion, cuenta, origen=Origen.TITULAR, motivo=pedido.motivo)
    return _seguridad(sesion, cuenta_id, obtener_cuenta(sesion, cuenta_id).congelada)


@router.post("/cuentas/{cuenta_id}/descongelar", responses=respuestas(404, 409))
def descongelar(
    cuenta_id: CuentaRuta, sesion: Sesion, actor: ActorRequerido, pedido: MotivoDeCongelar, _: Idempotente
) -> SeguridadVista:
    """Allow payments again, with a sign-in of the last ten minutes. Only what the owner froze."""
    cuenta, autorizacion = cuenta_propia(sesion, actor, cuenta_id)
    descongelar_cuenta(sesion, autorizacion, cuenta, origen=Origen.TITULAR, motivo=pedido.motivo)
    return _seguridad(sesion, cuenta_id, obtener_cuenta(sesion, cuenta_id).congelada)


# --- Alias --------------------------------------------------------------------------------------------------


@router.get("/alias", responses=respuestas())
def ver_alias(sesion: Sesion, actor: ActorRequerido) -> AliasVista:
    """The short name under which others may pay you, if you chose one."""
    return AliasVista(alias=alias_de(sesion, persona_de(actor)))


@router.put("/alias", responses=respuestas(409))
def cambiar_alias(pedido: AliasPorElegir, sesion: Sesion, actor: ActorRequerido) -> AliasVista:
    """Choose it or change it, up to five times a day. Your old ones stay reserved for you."""
    return AliasVista(alias=elegir_alias(sesion, actor, pedido.alias))


@router.delete("/alias", status_code=204, responses=respuestas())
def borrar_alias(sesion: Sesion, actor: ActorRequerido) -> Response:
    """Stop being found by it."""
    quitar_alias(sesion, actor)
    return Response(status_code=204)


# --- Requests for money -------------------------------------------------------------------------------------


def _vista(sesion: Session, *solicitudes: Solicitud) -> list[SolicitudVista]:
    personas = {p for s in solicitudes for p in (s.solicitante_id, s.pagador_id)}
    nombres, ahora = nombres_de_personas(sesion, personas), ahora_bd(sesion)
    return [SolicitudVista.de(s, nombres, ahora) for s in solicitudes]


@router.post("/solicitudes-de-pago", status_code=201, responses=respuestas(404, 409))
def crear_solicitud(
    pedido: SolicitudPorHacer, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> SolicitudVista:
    """Ask a person, by alias, card or cell phone, to pay you. Each look-up draws on your quota; five open
    requests for each person."""
    persona = persona_de(actor)
    hallado = buscar_destinatario(sesion, actor, pedido.pagador, pedido.nombre)
    solicitud = pedir_dinero(
        sesion,
        actor,
        id=pedido.id,
        cuenta_id=pedido.cuenta or cuenta_de_persona(sesion, persona),
        pagador_id=hallado.persona_id,
        pagador_nombre=hallado.como_se_le_dice(pedido.nombre),
        monto=pedido.monto,
        motivo=pedido.motivo,
        dias=pedido.dias,
    )
    return _vista(sesion, solicitud)[0]


@router.get("/solicitudes-de-pago", responses=respuestas())
def listar_solicitudes(
    sesion: Sesion,
    actor: ActorRequerido,
    pagina: Cursor,
    rol: Literal["todas", "recibidas", "enviadas"] = "todas",
    pendientes: bool = False,
) -> Pagina[SolicitudVista]:
    """Requests made to you and by you, newest first."""
    filas, siguiente = solicitudes_de(sesion, actor, pagina, rol=rol, pendientes=pendientes)
    return Pagina(datos=_vista(sesion, *filas), siguiente=siguiente)


@router.get("/solicitudes-de-pago/{solicitud_id}", responses=respuestas(404))
def ver_solicitud(solicitud_id: UUID, sesion: Sesion, actor: ActorRequerido) -> SolicitudVista:
    return _vista(sesion, solicitud_para(sesion, actor, solicitud_id))[0]


@router.post("/solicitudes-de-pago/{solicitud_id}/pagar", responses=respuestas(404, 409, 503))
def pagar_lo_pedido(
    solicitud_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> SolicitudVista:
    """Pay from your wallet. Repeating it pays nothing more and answers the same."""
    return _vista(sesion, pagar_solicitud(sesion, actor, solicitud_id))[0]


@router.post("/solicitudes-de-pago/{solicitud_id}/rechazar", responses=respuestas(404, 409))
def rechazar_lo_pedido(
    solicitud_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> SolicitudVista:
    return _vista(sesion, rechazar_solicitud(sesion, actor, solicitud_id))[0]


@router.post("/solicitudes-de-pago/{solicitud_id}/cancelar", responses=respuestas(404, 409))
def cancelar_lo_pedido(
    solicitud_id: UUID, sesion: Sesion, actor: ActorRequerido, _: Idempotente
) -> SolicitudVista:
    return _vista(sesion, cancelar_solicitud(sesion, actor, solicitud_id))[0]
