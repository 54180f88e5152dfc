"""Pages of the QR codes under which a person is paid: their own, and what who scans one sees."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.limites import limitar
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.billetera.accesos import persona_de
from pagos.billetera.codigos import (
    anular_codigo,
    crear_codigo,
    exigir_codigo,
    mirar_codigo,
    nombre_en_codigo,
    texto_del_codigo,
)
from pagos.billetera.consultas import codigo_propio, codigos_vigentes
from pagos.billetera.formularios import (
    CODIGO,
    CODIGO_ANULADO,
    HojaDeCodigo,
    HojaDeCodigoAnulado,
    HojaDeEnvioAPersona,
)
from pagos.billetera.modelos import CodigoDePersona
from pagos.billetera.web_a_persona import direccion_de_confirmacion, pagina_a_persona
from pagos.libro import cuenta_elegida
from pagos.qr import QrInvalido, dibujar

router = APIRouter()

LECTURAS_POR_MINUTO = 30


@router.get("/billetera/mi-qr")
def ver_codigos(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_codigos(request, sesion, actor)


def _pagina_codigos(
    request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None
) -> Response:
    persona = obtener_persona(sesion, persona_de(actor))
    codigos = codigos_vigentes(sesion, persona.id)
    return pagina(
        request,
        "pagos/billetera/mi_qr.html",
        hoja=hoja,
        codigos=codigos,
        codigo=CODIGO.mostrar(request, {"dias": 0}, enviada=hoja),
    )


@router.post("/billetera/mi-qr")
def hacer_codigo(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeCodigo) -> Response:
    with hoja:
        datos = hoja.datos
        crear_codigo(sesion, actor, id=hoja.id, monto=datos.monto, nota=datos.nota, dias=datos.dias or None)
        return redirigir(f"/billetera/mi-qr/{hoja.id}", _("Su código está listo para mostrar o imprimir."))
    return _pagina_codigos(request, sesion, actor, hoja)


@router.get("/billetera/mi-qr/{codigo_id}")
def ver_codigo(request: Request, sesion: Sesion, actor: ActorRequerido, codigo_id: UUID) -> Response:
    return _pagina_codigo(request, sesion, codigo_propio(sesion, actor, codigo_id))


def _pagina_codigo(
    request: Request, sesion: Session, codigo: CodigoDePersona, hoja: Hoja[Any] | None = None
) -> Response:
    """The code to show or print; one that no longer serves says so in its place."""
    persona = obtener_persona(sesion, codigo.persona_id)
    nombre, texto, por_que = nombre_en_codigo(persona), texto_del_codigo(codigo, persona), ""
    try:
        exigir_codigo(sesion, codigo.codigo)
    except QrInvalido as error:
        por_que = {
            "anulado": _("Usted anuló este código: nadie paga ya con él."),
            "vencido": _("Este código venció: nadie paga ya con él. Haga otro si lo necesita."),
        }.get(error.motivo, error.detalle)
    return pagina(
        request,
        "pagos/billetera/codigo.html",
        hoja=hoja,
        codigo=codigo,
        quien=nombre,
        por_que=por_que,
        qr=dibujar(texto, _("Código QR para pagar a %(quien)s") % {"quien": nombre}),
        texto=texto,
        anular=CODIGO_ANULADO.mostrar(request, enviada=hoja),
    )


@router.post("/billetera/mi-qr/{codigo_id}/anular")
def anular(
    request: Request, sesion: Sesion, actor: ActorRequerido, codigo_id: UUID, hoja: HojaDeCodigoAnulado
) -> Response:
    with hoja:
        anular_codigo(sesion, actor, codigo_id)
        return redirigir("/billetera/mi-qr", _("Anuló el código: nadie paga ya con él."))
    return _pagina_codigo(request, sesion, codigo_propio(sesion, actor, codigo_id), hoja)


# --- Who scans it -------------------------------------------------------------------------------------------


@router.get("/billetera/enviar/qr/{codigo}")
def ver_para_pagar(request: Request, sesion: Sesion, actor: ActorRequerido, codigo: str) -> Response:
    return _pagina_pagar(request, sesion, actor, _codigo(sesion, actor, codigo))


def _codigo(sesion: Session, actor: Actor, texto: str) -> CodigoDePersona:
    limitar("pagos.qr", actor.clave, cupo=LECTURAS_POR_MINUTO, ventana_s=60)
    return exigir_codigo(sesion, texto[:40])


def _pagina_pagar(
    request: Request,
    sesion: Session,
    actor: Actor,
    codigo: CodigoDePersona,
    hoja: Hoja[Any] | None = None,
) -> Response:
    leido = mirar_codigo(sesion, actor, codigo)
    return pagina_a_persona(
        request,
        sesion,
        actor,
        hoja,
        nota=leido.nota or "",
        destinatario=leido.destinatario,
        escrito=leido.escrito,
        monto=leido.monto,
        pide=leido.nota,
        propio=codigo.persona_id == actor.persona_id,
        accion=f"/billetera/enviar/qr/{codigo.codigo}",
    )


@router.post("/billetera/enviar/qr/{codigo}")
def pagar_por_codigo(
    request: Request, sesion: Sesion, actor: ActorRequerido, codigo: str, hoja: HojaDeEnvioAPersona
) -> Response:
    """How much and from which account; then the page where every transfer is confirmed."""
    fila = _codigo(sesion, actor, codigo)
    with hoja:
        datos = hoja.datos
        elegida = cuenta_elegida(sesion, actor, datos.cuenta, con_otros=False)
        if fila.persona_id == actor.persona_id and elegida.unidad_id is None:
            raise DatosInvalidos(_("Este código es el suyo: muéstrelo a quien le va a pagar."))
        nombre, monto = nombre_en_codigo(obtener_persona(sesion, fila.persona_id)), fila.monto or datos.monto
        return redirigir(direccion_de_confirmacion(elegida.id, fila.persona_id, nombre, monto, datos.nota))
    return _pagina_pagar(request, sesion, actor, fila, hoja)
