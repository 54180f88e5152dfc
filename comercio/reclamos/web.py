"""Pages of claims: open one, the page that its sides share, the tray of the authority."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from comercio.catalogo import medida
from comercio.compra import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.pedidos import Salida, detalle_propio, paquetes_de, salida
from comercio.reclamos import actos, pruebas, reclamar
from comercio.reclamos.consultas import (
    decididos,
    pasos_de,
    por_mediar,
    reclamadas,
    reclamo_visible,
    reclamos_del_pedido,
)
from comercio.reclamos.estados import ABIERTOS, EstadoReclamo, Lado
from comercio.reclamos.formularios import (
    DECISION,
    POSTURA,
    PRUEBA,
    RECLAMO,
    RESPUESTA,
    HojaDeDecision,
    HojaDePostura,
    HojaDePrueba,
    HojaDeReclamo,
    HojaDeRespuesta,
)
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import es_caso_propio
from nucleo.actor import Actor
from nucleo.archivos import TIPO_PDF, tipos_de
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.plazos import plazo
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)


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
    return _pagina(request, sesion, actor, reclamo_id)


def _pagina(
    request: Request, sesion: Session, actor: Actor, reclamo_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    reclamo, pedido, lado = reclamo_visible(sesion, actor, reclamo_id)
    estado = EstadoReclamo(reclamo.estado)
    pasos = pasos_de(sesion, reclamo_id)
    tipos = tipos_de(sesion, [p.archivo_id for p in pasos if p.archivo_id])
    de_parte = lado in (Lado.COMPRADOR, Lado.VENDEDOR) and estado in ABIERTOS
    media = lado is Lado.MEDIADOR and estado is EstadoReclamo.EN_MEDIACION
    caso_propio = media and es_caso_propio(lambda: reclamar.autorizar_mediacion(sesion, actor, pedido))
    return pagina(
        request,
        "comercio/reclamos/reclamo.html",
        hoja=hoja,
        reclamo=reclamo,
        pedido=pedido,
        lado=lado,
        pasos=pasos,
        documentos={archivo for archivo, tipo in tipos.items() if tipo == TIPO_PDF},
        reclamadas=reclamadas(sesion, reclamo_id),
        dinero=dinero_de(sesion, pedido.id),
        paquetes=paquetes_de(sesion, pedido.id),
        medida=medida,
        respuesta=RESPUESTA.mostrar(request, enviada=hoja)
        if lado is Lado.VENDEDOR and estado is EstadoReclamo.ABIERTO
        else None,
        postura=POSTURA.mostrar(request, enviada=hoja) if de_parte and lado is Lado.COMPRADOR else None,
        prueba=PRUEBA.mostrar(request, enviada=hoja, de="prueba") if de_parte else None,
        decision=DECISION.mostrar(request, enviada=hoja) if media and not caso_propio else None,
        caso_propio=caso_propio,
    )


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
    return _pagina(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/respuesta")
def responder(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        actos.responder(sesion, actor, reclamo_id, hoja.datos)
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", _("Respondió el reclamo."))
    return _pagina(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/postura")
def tomar_postura(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePostura
) -> Response:
    with hoja:
        actos.tomar_postura(sesion, actor, reclamo_id, hoja.datos)
        aviso = {
            "aceptar": _("Aceptó lo ofrecido: ya volvió a la cuenta de donde salió."),
            "mediar": _("Ahora lo decide la autoridad. Le avisaremos."),
            "retirar": _("Retiró el reclamo: el pedido sigue como estaba."),
        }[hoja.datos.que]
        return redirigir(f"/reclamos-de-compra/{reclamo_id}", aviso)
    return _pagina(request, sesion, actor, reclamo_id, hoja)


@router.post("/reclamos-de-compra/{reclamo_id}/decision")
def decidir(
    request: Request, reclamo_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDecision
) -> Response:
    with hoja:
        reclamar.decidir(sesion, actor, reclamo_id, hoja.datos.motivos, hoja.datos.monto)
        return redirigir("/regulador/reclamos-de-compra", _("Decidió el reclamo."))
    return _pagina(request, sesion, actor, reclamo_id, hoja)


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
