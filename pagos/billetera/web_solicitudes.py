"""Pages to ask a person for money, and to pay or reject what was asked."""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, nombres_de_personas, obtener_persona
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import MontoInvalido, bs, formato_bs, leer_monto
from nucleo.errores import DatosInvalidos, ErrorDominio, Prohibido
from nucleo.ids import nuevo_id
from nucleo.paginacion import Cursor
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.billetera.accesos import persona_de
from pagos.billetera.consultas import solicitud_para, solicitudes_de
from pagos.billetera.enviar import buscar_destinatario, presentar
from pagos.billetera.esquemas import estado_visible
from pagos.billetera.modelos import Solicitud
from pagos.billetera.solicitudes import (
    DIAS_POR_OMISION,
    MONTO_MAXIMO,
    cancelar_solicitud,
    pagar_solicitud,
    pedir_dinero,
    rechazar_solicitud,
)
from pagos.libro import CuentaPropia, cuenta_de_persona, cuentas_de, obtener_cuenta

router = APIRouter()

ROLES = (("recibidas", _l("Me piden")), ("enviadas", _l("Pedí")))
PLAZOS = [
    (1, _l("1 día")),
    (3, _l("3 días")),
    (7, _l("7 días")),
    (15, _l("15 días")),
    (30, _l("30 días")),
    (90, _l("90 días")),
]
INSIGNIAS = {
    "pendiente": (_l("Pendiente"), "aviso"),
    "pagada": (_l("Pagada"), "bien"),
    "rechazada": (_l("Rechazada"), "mal"),
    "vencida": (_l("Vencida"), "neutro"),
    "cancelada": (_l("Cancelada"), "neutro"),
}


@router.get("/billetera/solicitudes")
def ver_solicitudes(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, rol: str = "recibidas"
) -> Response:
    rol = rol if rol in dict(ROLES) else "recibidas"
    filas, siguiente = solicitudes_de(sesion, actor, cursor, rol=rol)
    ahora = ahora_bd(sesion)
    ids = {p for s in filas for p in (s.solicitante_id, s.pagador_id)}
    return pagina(
        request,
        "pagos/billetera/solicitudes.html",
        rol=rol,
        pestanas=[(nombre, f"/billetera/solicitudes?rol={clave}") for clave, nombre in ROLES],
        solicitudes=[(s, *INSIGNIAS[estado_visible(s, ahora)]) for s in filas],
        nombres=nombres_de_personas(sesion, ids),
        es_continuacion=cursor.cursor is not None,
        siguiente_url=siguiente and "/billetera/solicitudes?" + urlencode({"rol": rol, "cursor": siguiente}),
    )


@router.get("/billetera/pedir")
def formulario_pedir(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: int | None = None
) -> Response:
    persona_de(actor)
    cuentas = cuentas_de(sesion, actor)
    elegida = cuenta if cuenta in {c.id for c in cuentas} else cuentas[0].id
    valores = {"cuenta": str(elegida), "dias": str(DIAS_POR_OMISION)}
    return _formulario(request, cuentas, valores, {})


def _formulario(
    request: Request,
    cuentas: list[CuentaPropia],
    valores: dict[str, str],
    errores: dict[str, str],
    estado: int = 422,
) -> Response:
    return pagina(
        request,
        "pagos/billetera/pedir.html",
        estado=estado if errores else 200,
        cuentas=[(c.id, c.nombre) for c in cuentas],
        plazos=PLAZOS,
        valores=valores,
        errores=errores,
    )


@router.post("/billetera/pedir")
def buscar_a_quien_pedir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    pagador: Annotated[str, Form(max_length=40)] = "",
    monto: Annotated[str, Form(max_length=40)] = "",
    motivo: Annotated[str, Form(max_length=400)] = "",
    dias: Annotated[str, Form(max_length=3)] = "",
    cuenta: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Find whom to ask; the name is confirmed on the next page before they hear of it."""
    persona = persona_de(actor)
    cuentas = cuentas_de(sesion, actor)
    valores = {"pagador": pagador, "monto": monto, "motivo": motivo, "dias": dias, "cuenta": cuenta}
    errores: dict[str, str] = {}
    leido = _leer_monto(monto, errores)
    if cuenta not in {str(c.id) for c in cuentas}:
        errores["cuenta"] = _("Elija una de sus cuentas.")
    if not pagador.strip():
        errores["pagador"] = _("Escriba el alias, el carnet o el celular de la persona.")
    if not motivo.strip() or len(motivo.strip()) > 140:
        errores["motivo"] = _("Escriba para qué es, en hasta 140 letras.")
    if dias not in {str(d) for d, _nombre in PLAZOS}:
        errores["dias"] = _("Elija un plazo.")
    if errores or leido is None:
        return _formulario(request, cuentas, valores, errores)
    try:
        hallado = buscar_destinatario(sesion, actor, pagador)
    except DatosInvalidos as error:
        return _formulario(request, cuentas, valores, {"pagador": error.detalle})
    if hallado.persona_id == persona:
        return _formulario(request, cuentas, valores, {"pagador": _("Ese es su propio carnet o celular.")})
    consulta = {
        "cuenta": cuenta,
        "a": str(hallado.persona_id),
        "monto": str(leido.amount),
        "motivo": motivo.strip(),
        "dias": dias,
    }
    return redirigir("/billetera/pedir/confirmar?" + urlencode(consulta))


def _leer_monto(texto: str, errores: dict[str, str]) -> Money | None:
    try:
        leido = leer_monto(texto)
    except MontoInvalido as error:
        errores["monto"] = error.detalle
        return None
    if not bs(0) < leido <= MONTO_MAXIMO:
        errores["monto"] = _("Pida entre Bs 0,01 y %(maximo)s.") % {"maximo": formato_bs(MONTO_MAXIMO)}
        return None
    return leido


@router.get("/billetera/pedir/confirmar")
def confirmar_pedido(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    a: UUID,
    monto: str,
    cuenta: int,
    motivo: str,
    dias: int,
) -> Response:
    persona_de(actor)
    valores = {"a": a, "monto": leer_monto(monto), "cuenta": cuenta, "motivo": motivo[:140], "dias": dias}
    return _pagina_confirmar(request, sesion, actor, valores, nuevo_id(), {})


def _pagina_confirmar(
    request: Request,
    sesion: Session,
    actor: Actor,
    valores: dict[str, object],
    id: UUID,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    a = valores["a"]
    assert isinstance(a, UUID)
    elegida = next((c for c in cuentas_de(sesion, actor) if c.id == valores["cuenta"]), None)
    if elegida is None:
        raise Prohibido(_("Esa cuenta no es suya ni de una unidad por la que usted pueda pagar."))
    return pagina(
        request,
        "pagos/billetera/confirmar_pedido.html",
        estado=estado,
        pagador=presentar(obtener_persona(sesion, a)),
        cuenta_nombre=elegida.nombre,
        valores=valores,
        id=id,
        errores=errores,
    )


@router.post("/billetera/pedir/confirmar")
def hacer_pedido(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    id: Annotated[UUID, Form()],
    a: Annotated[UUID, Form()],
    monto: Annotated[str, Form(max_length=40)],
    cuenta: Annotated[int, Form()],
    motivo: Annotated[str, Form(max_length=400)],
    dias: Annotated[int, Form()],
) -> Response:
    """Ask. The id came with the form: pressing twice asks once."""
    leido = leer_monto(monto)
    try:
        pedir_dinero(
            sesion, actor, id=id, cuenta_id=cuenta, pagador_id=a, monto=leido, motivo=motivo, dias=dias
        )
    except ErrorDominio as error:
        if error.estado in (403, 404):
            raise
        sesion.rollback()
        valores = {"a": a, "monto": leido, "cuenta": cuenta, "motivo": motivo, "dias": dias}
        errores = {"general": error.detalle}
        return _pagina_confirmar(request, sesion, actor, valores, id, errores, error.estado)
    return redirigir(f"/billetera/solicitudes/{id}", _("Pidió %(monto)s.") % {"monto": formato_bs(leido)})


@router.get("/billetera/solicitudes/{solicitud_id}")
def ver_solicitud(request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID) -> Response:
    return _pagina_solicitud(request, sesion, actor, solicitud_para(sesion, actor, solicitud_id), {})


def _pagina_solicitud(
    request: Request,
    sesion: Session,
    actor: Actor,
    s: Solicitud,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    visible = estado_visible(s, ahora_bd(sesion))
    paga = s.pagador_id == actor.persona_id
    solicitante = presentar(obtener_persona(sesion, s.solicitante_id))
    return pagina(
        request,
        "pagos/billetera/solicitud.html",
        estado=estado,
        s=s,
        insignia=INSIGNIAS[visible],
        pendiente=visible == "pendiente",
        paga=paga,
        solicitante=solicitante,
        pagador=presentar(obtener_persona(sesion, s.pagador_id)),
        billetera=obtener_cuenta(sesion, cuenta_de_persona(sesion, s.pagador_id)) if paga else None,
        errores=errores,
    )


@router.post("/billetera/solicitudes/{solicitud_id}/pagar")
def pagar(request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID) -> Response:
    """Pay. From two tabs at once it is paid once, and both arrive at the same receipt."""
    try:
        s = pagar_solicitud(sesion, actor, solicitud_id)
    except ErrorDominio as error:
        return _rechazo(request, sesion, actor, solicitud_id, error)
    aviso = _("Pagó %(monto)s.") % {"monto": formato_bs(s.monto)}
    return redirigir(f"/comprobantes/{s.transferencia_id}", aviso)


def _rechazo(
    request: Request, sesion: Session, actor: Actor, solicitud_id: UUID, error: ErrorDominio
) -> Response:
    if error.estado in (401, 403, 404):
        raise error
    sesion.rollback()
    s = solicitud_para(sesion, actor, solicitud_id)
    return _pagina_solicitud(request, sesion, actor, s, {"general": error.detalle}, error.estado)


@router.post("/billetera/solicitudes/{solicitud_id}/rechazar")
def rechazar(request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID) -> Response:
    try:
        rechazar_solicitud(sesion, actor, solicitud_id)
    except ErrorDominio as error:
        return _rechazo(request, sesion, actor, solicitud_id, error)
    return redirigir(f"/billetera/solicitudes/{solicitud_id}", _("Rechazó la solicitud."))


@router.post("/billetera/solicitudes/{solicitud_id}/cancelar")
def cancelar(request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID) -> Response:
    try:
        cancelar_solicitud(sesion, actor, solicitud_id)
    except ErrorDominio as error:
        return _rechazo(request, sesion, actor, solicitud_id, error)
    return redirigir(f"/billetera/solicitudes/{solicitud_id}", _("Canceló la solicitud."))
