"""Pages to ask a person for money, and to pay or reject what was asked."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, nombres_de_personas, obtener_persona
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir
from pagos.billetera.accesos import persona_de
from pagos.billetera.consultas import solicitud_para, solicitudes_de
from pagos.billetera.enviar import buscar_destinatario, documento_de, mirar_destinatario
from pagos.billetera.esquemas import estado_visible
from pagos.billetera.formularios import (
    BUSQUEDA_DE_QUIEN_PAGA,
    PAGO_DE_SOLICITUD,
    PASO_DE_SOLICITUD,
    PEDIDO,
    HojaDeBusquedaDeQuienPaga,
    HojaDePagoDeSolicitud,
    HojaDePasoDeSolicitud,
    HojaDePedido,
    Pedido,
)
from pagos.billetera.modelos import Solicitud
from pagos.billetera.solicitudes import (
    DIAS_POR_OMISION,
    cancelar_solicitud,
    id_de_pago,
    pagar_solicitud,
    pedir_dinero,
    rechazar_solicitud,
)
from pagos.libro import (
    billetera_de,
    cuenta_elegida,
    cuentas_de,
    exigir_repetido_visto,
    obtener_cuenta,
    pago_igual,
)

router = APIRouter()

ROLES = (("recibidas", _l("Me piden")), ("enviadas", _l("Pedí")))
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
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None
) -> Response:
    return _pagina_pedir(request, sesion, actor, cuenta)


def _pagina_pedir(
    request: Request,
    sesion: Session,
    actor: Actor,
    cuenta: Entero | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    persona_de(actor)
    cuentas = [(c.id, c.nombre) for c in cuentas_de(sesion, actor, con_otros=False)]
    elegida = cuenta if cuenta in dict(cuentas) else cuentas[0][0]
    busqueda = BUSQUEDA_DE_QUIEN_PAGA.mostrar(
        request,
        {"cuenta": elegida, "dias": DIAS_POR_OMISION},
        enviada=hoja,
        opciones={"cuenta": cuentas},
    )
    return pagina(request, "pagos/billetera/pedir.html", hoja=hoja, busqueda=busqueda)


@router.post("/billetera/pedir")
def buscar_a_quien_pedir(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeBusquedaDeQuienPaga
) -> Response:
    """Find whom to ask; the name is confirmed on the next page before they hear of it."""
    with hoja:
        persona, datos = persona_de(actor), hoja.datos
        if datos.cuenta not in {c.id for c in cuentas_de(sesion, actor, con_otros=False)}:
            raise DatosInvalidos(campos={"cuenta": _("Elija una de sus cuentas.")})
        hallado = buscar_destinatario(sesion, actor, datos.pagador, datos.nombre)
        if hallado.persona_id == persona:
            raise DatosInvalidos(campos={"pagador": _("Ese es su propio carnet o celular.")})
        consulta = {
            "cuenta": datos.cuenta,
            "a": str(hallado.persona_id),
            "nombre": datos.nombre,
            "monto": str(datos.monto.amount),
            "motivo": datos.motivo,
            "dias": datos.dias,
        }
        return redirigir("/billetera/pedir/confirmar?" + urlencode(consulta))
    return _pagina_pedir(request, sesion, actor, hoja=hoja)


@router.get("/billetera/pedir/confirmar")
def confirmar_pedido(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePedido) -> Response:
    persona_de(actor)
    return _pagina_confirmar(request, sesion, actor, hoja.datos)


def _pagina_confirmar(
    request: Request, sesion: Session, actor: Actor, pedido: Pedido, hoja: Hoja[Any] | None = None
) -> Response:
    elegida = cuenta_elegida(sesion, actor, pedido.cuenta, con_otros=False)
    return pagina(
        request,
        "pagos/billetera/confirmar_pedido.html",
        hoja=hoja,
        pagador=mirar_destinatario(sesion, actor, pedido.a, pedido.nombre),
        escrito=pedido.nombre,
        cuenta_nombre=elegida.nombre,
        datos=pedido,
        pedido=PEDIDO.mostrar(request, dict(pedido), enviada=hoja),
    )


@router.post("/billetera/pedir/confirmar")
def hacer_pedido(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePedido) -> Response:
    """Ask. The form's id is the request's: pressing twice asks once."""
    pedido = hoja.datos  # the page wrote all of it: when it will not do, there is nothing to show again
    with hoja:
        pagador = mirar_destinatario(sesion, actor, pedido.a, pedido.nombre)
        pedir_dinero(
            sesion,
            actor,
            id=hoja.id,
            pagador_nombre=pagador.como_se_le_dice(pedido.nombre),
            cuenta_id=pedido.cuenta,
            pagador_id=pedido.a,
            monto=pedido.monto,
            motivo=pedido.motivo,
            dias=pedido.dias,
        )
        aviso = _("Pidió %(monto)s.") % {"monto": formato_bs(pedido.monto)}
        return redirigir(f"/billetera/solicitudes/{hoja.id}", aviso)
    return _pagina_confirmar(request, sesion, actor, pedido, hoja)


@router.get("/billetera/solicitudes/{solicitud_id}")
def ver_solicitud(request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID) -> Response:
    return _pagina_solicitud(request, sesion, actor, solicitud_id)


def _pagina_solicitud(
    request: Request, sesion: Session, actor: Actor, solicitud_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    s = solicitud_para(sesion, actor, solicitud_id)
    visible = estado_visible(s, ahora_bd(sesion))
    paga = s.pagador_id == actor.persona_id
    billetera = billetera_de(sesion, s.pagador_id) if paga else None
    igual = pago_igual(sesion, **_a_pagar(sesion, s)) if paga and visible == "pendiente" else None
    return pagina(
        request,
        "pagos/billetera/solicitud.html",
        hoja=hoja,
        s=s,
        insignia=INSIGNIAS[visible],
        pendiente=visible == "pendiente",
        paga=paga,
        solicitante=obtener_persona(sesion, s.solicitante_id),
        pagador=obtener_persona(sesion, s.pagador_id),
        documento_de=documento_de,
        billetera=billetera,
        alcanza=billetera is not None and billetera.disponible >= s.monto,
        igual=igual,
        pago=PAGO_DE_SOLICITUD.mostrar(request, {"visto": igual.id if igual else None}, enviada=hoja),
        paso=PASO_DE_SOLICITUD.mostrar(request, enviada=hoja),
    )


def _a_pagar(sesion: Session, s: Solicitud) -> dict[str, Any]:
    """The payment that a request asks for, as `pago_igual` takes it."""
    return {
        "cuenta_id": billetera_de(sesion, s.pagador_id).id,
        "titular": obtener_cuenta(sesion, s.cuenta_id).titular_id,
        "monto": s.monto,
        "id": id_de_pago(s.id),
    }


@router.post("/billetera/solicitudes/{solicitud_id}/pagar")
def pagar(
    request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID, hoja: HojaDePagoDeSolicitud
) -> Response:
    """Pay. From two tabs at once it is paid once, and both arrive at the same receipt."""
    with hoja:
        pedida = solicitud_para(sesion, actor, solicitud_id)
        exigir_repetido_visto(sesion, visto=hoja.datos.visto, **_a_pagar(sesion, pedida))
        s = pagar_solicitud(sesion, actor, solicitud_id)
        aviso = _("Pagó %(monto)s.") % {"monto": formato_bs(s.monto)}
        return redirigir(f"/comprobantes/{s.transferencia_id}", aviso)
    return _pagina_solicitud(request, sesion, actor, solicitud_id, hoja)


@router.post("/billetera/solicitudes/{solicitud_id}/rechazar")
def rechazar(
    request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID, hoja: HojaDePasoDeSolicitud
) -> Response:
    with hoja:
        rechazar_solicitud(sesion, actor, solicitud_id)
        return redirigir(f"/billetera/solicitudes/{solicitud_id}", _("Rechazó la solicitud."))
    return _pagina_solicitud(request, sesion, actor, solicitud_id, hoja)


@router.post("/billetera/solicitudes/{solicitud_id}/cancelar")
def cancelar(
    request: Request, sesion: Sesion, actor: ActorRequerido, solicitud_id: UUID, hoja: HojaDePasoDeSolicitud
) -> Response:
    with hoja:
        cancelar_solicitud(sesion, actor, solicitud_id)
        return redirigir(f"/billetera/solicitudes/{solicitud_id}", _("Canceló la solicitud."))
    return _pagina_solicitud(request, sesion, actor, solicitud_id, hoja)
