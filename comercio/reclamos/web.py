"""Pages of claims: open one, the page that its sides share, the tray of the authority."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.pedidos import Salida, detalle_propio, salida
from comercio.reclamos import actos, pruebas, reclamar, volver, web_cambios
from comercio.reclamos.consultas import (
    decididos,
    por_mediar,
    reclamo_visible,
    reclamos_del_pedido,
)
from comercio.reclamos.estados import EstadoReclamo
from comercio.reclamos.formularios import (
    RECLAMO,
    HojaDeDecision,
    HojaDePostura,
    HojaDePrueba,
    HojaDeReclamo,
    HojaDeRespuesta,
    HojaDeRevision,
)
from comercio.reclamos.vistas import pagina_de_reclamo
from comercio.vendedores import exigir_autoridad
from nucleo.actor import Actor
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_cambios.router)


@salida("reclamos")
def para_reclamar(sesion: Session, pedido: Pedido, vende: bool) -> Salida | None:
    """The open claim; for who bought how to open one while that may be done; then those there were."""
    anteriores = reclamos_del_pedido(sesion, pedido.id)
    abierto = next((r for r in anteriores if r.vence_en), None)
    if abierto is not None:
        return Salida(_("Ver el reclamo"), f"/reclamos-de-compra/{abierto.id}", "scale", "primario")
    if vende:
        if not anteriores:
            return None
        return Salida(_("Ver el reclamo"), f"/reclamos-de-compra/{anteriores[0].id}", "scale", "texto")
    aqui = f"/pedidos/{pedido.id}/reclamar"
    if reclamar.motivos_que_proceden(sesion, pedido)[0]:
        return Salida(_("Algo salió mal: reclamar"), aqui, "scale")
    if anteriores:
        return Salida(_("Reclamos de este pedido"), aqui, "scale", "texto")
    if pedido.estado == EstadoPedido.DESPACHADO:
        return Salida(_("Cuándo puedo reclamar"), aqui, "scale", "texto")
    return None


@router.get("/pedidos/{pedido_id}/reclamar")
def pagina_de_reclamar(request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_de_reclamar(request, sesion, actor, pedido_id)


def _pagina_de_reclamar(
    request: Request, sesion: Session, actor: Actor, pedido_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    detalle = detalle_propio(sesion, actor, pedido_id)
    pedido = detalle.pedido
    anteriores = reclamos_del_pedido(sesion, pedido_id)
    motivos, por_que_no = reclamar.motivos_que_proceden(sesion, pedido)
    if any(r.vence_en for r in anteriores):
        motivos = []
    vivas = [(n, x) for n, x in enumerate(detalle.estado_de_lineas) if x.viva > 0]
    valores: dict[str, Any] = {f"lineas.{n}.cantidad": x.viva for n, x in vivas}
    valores |= {"motivo": motivos[0].value} if len(motivos) == 1 else {}
    return pagina(
        request,
        "comercio/reclamos/reclamar.html",
        hoja=hoja,
        pedido=pedido,
        dinero=detalle.dinero,
        anteriores=anteriores,
        por_que_no=por_que_no,
        lineas=vivas,
        responder=plazo(sesion, reclamar.RESPONDER, ahora_bd(sesion)),
        reclamo=RECLAMO.mostrar(
            request,
            valores,
            enviada=hoja,
            opciones={"motivo": [(m.value, m.texto) for m in motivos]},
        )
        if motivos
        else None,
    )


@router.post("/pedidos/{pedido_id}/reclamar")
def abrir(
    request: Request, pedido_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeReclamo
) -> Response:
    with hoja:
        datos = hoja.datos
        reclamo = reclamar.abrir(
            sesion,
            actor,
            pedido_id,
            datos.motivo,
            datos.relato,
            datos.monto,
            cantidades=datos.cantidades,
            prueba=hoja.archivos.get("prueba"),
        )
        aviso = _("Abrió el reclamo: nadie cobra hasta que termine. Ahora responde quien vende.")
        return redirigir(f"/reclamos-de-compra/{reclamo.id}", aviso)
    return _pagina_de_reclamar(request, sesion, actor, pedido_id, hoja)


@router.get("/reclamos-de-compra/{reclamo_id}")
def ver(request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido) -> Response:
    return pagina_de_reclamo(request, sesion, actor, reclamo_id)


@router.get("/reclamos-de-compra/{reclamo_id}/pruebas/{archivo_id}")
def ver_prueba(
    request: Request, reclamo_id: UUID, archivo_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> Response:
    """A picture or a PDF of a claim, for who has a part in it."""
    reclamo, _pedido, _lado = reclamo_visible(sesion, actor, reclamo_id)
    pruebas.exigir_prueba(sesion, reclamo, archivo_id)
    return respuesta_de(sesion, archivo_id, request)


@router.post("/reclamos-de-compra/{reclamo_id}/pruebas")
def agregar_prueba(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePrueba
) -> Response:
    with hoja:
        if not hoja.ya_hecha:
            pruebas.agregar(sesion, actor, reclamo_id, hoja.datos.texto, hoja.archivo("prueba"))
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", _("Agregó la prueba."))
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/respuesta")
def responder(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        actos.responder(sesion, actor, reclamo_id, hoja.datos)
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", _("Respondió el reclamo."))
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/postura")
def tomar_postura(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePostura
) -> Response:
    with hoja:
        actos.tomar_postura(sesion, actor, reclamo_id, hoja.datos)
        aviso = {
            "aceptar": _("Aceptó lo ofrecido: vea aquí qué sigue."),
            "mediar": _("Ahora lo decide la autoridad. Le avisaremos."),
            "retirar": _("Retiró el reclamo: el pedido sigue como estaba."),
        }[hoja.datos.que]
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", aviso)
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/vuelta")
def revisar_vuelta(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRevision
) -> Response:
    with hoja:
        reclamo = volver.revisar(sesion, actor, reclamo_id, hoja.datos.que, hoja.datos.texto)
        aviso = f"{reclamo.texto}."
        if reclamo.estado == EstadoReclamo.EN_MEDIACION:
            aviso = _("Ahora lo decide la autoridad. Agregue fotos de cómo volvió.")
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", aviso)
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/decision")
def decidir(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDecision
) -> Response:
    with hoja:
        reclamar.decidir(sesion, actor, reclamo_id, hoja.datos.motivos, hoja.datos.monto)
        return redirigir("/regulador/reclamos-de-compra", _("Decidió el reclamo."))
    return pagina_de_reclamo(request, sesion, actor, reclamo_id, hoja)


@router.get("/regulador/reclamos-de-compra")
def bandeja(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """What waits for the authority, what ends first before."""
    exigir_autoridad(sesion, actor)
    return pagina(
        request,
        "comercio/reclamos/bandeja.html",
        reclamos=por_mediar(sesion),
        decididos=decididos(sesion),
    )
