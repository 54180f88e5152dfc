"""Pages of who bids: prepare and confirm."""

import base64
import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import Unidad
from feria_inversa.entidades import exigir_sin_mandato_de
from feria_inversa.llaves import tamano_para
from feria_inversa.ofertas import presentar, vistas
from feria_inversa.ofertas.archivos import adjuntar, exigir_legibles, se_leen_antes
from feria_inversa.ofertas.archivos_abiertos import archivo_leido
from feria_inversa.ofertas.catalogo import llenar, sugeridas
from feria_inversa.ofertas.consultas import oferta_propia
from feria_inversa.ofertas.declaraciones import declaracion_vigente
from feria_inversa.ofertas.errores import OfertaNoEncontrada, OfertaTardia
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.formularios import OFERTA, HojaDeOferta, OfertaDePagina
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import oferta_vigente, presentar_oferta, revisar_oferta
from feria_inversa.precios import sumar
from feria_inversa.procesos import Grupo, convocatoria_visible, esta_abierta, ficha, items_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.formularios import EntradasInvalidas, Hoja, PaginaDeFilas, desempacar, empacar, numeros_de
from nucleo.ids import id_sin_hora
from nucleo.lectores import Entero, NumeroDeRuta
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
ITEMS_POR_PAGINA = 20
DE_CADA_LINEA = ("precio_unitario", "marca", "plazo_dias", "detalle")


def _preparar(sesion: Session, actor: Actor, convocatoria_id: UUID) -> tuple[Convocatoria, list[Unidad]]:
    """The call, still open, and the units for which this person may bid on it."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    unidades = vistas.ofertantes(sesion, actor, convocatoria)
    exigir_sin_mandato_de(sesion, actor, convocatoria.unidad_id)
    if not unidades:
        raise Prohibido(
            _("Para ofertar necesita un mandato de una unidad con la habilitación «Proveer al Estado».")
        )
    if not esta_abierta(sesion, convocatoria):
        raise OfertaTardia(_("Esta convocatoria ya no recibe ofertas."))
    return convocatoria, unidades


def _lineas(
    hoja: Hoja[OfertaDePagina], items: Sequence[Item], convocatoria: Convocatoria
) -> list[LineaEntrada]:
    """The items with a price. The rows of the form go by item number."""
    por_numero = {item.numero: item.id for item in items}
    lineas = [
        LineaEntrada(
            item_id=por_numero[numero],
            plazo_dias=linea.plazo_dias or convocatoria.plazo_entrega_dias,
            **linea.model_dump(exclude={"plazo_dias", "precio_unitario"}),
            precio_unitario=linea.precio_unitario,
        )
        for numero, linea in zip(hoja.filas("lineas"), hoja.datos.lineas, strict=True)
        if numero in por_numero
    ]
    if not lineas:
        primera = f"lineas.{items[0].numero}.precio_unitario"
        raise EntradasInvalidas(campos={primera: _("Escriba el precio de al menos un ítem.")})
    return lineas


def _pagina_oferta(
    request: Request,
    sesion: Session,
    convocatoria: Convocatoria,
    unidades: list[Unidad],
    hoja: Hoja[Any] | None = None,
    valores: Mapping[str, Any] | None = None,
    desde: int = 0,
    numeros: Collection[int] = (),
    **extra: Any,
) -> HTMLResponse:
    """The form with the items from one on, or the page of the first of some numbers."""
    contexto = ficha(sesion, convocatoria)
    elegida = _elegida(unidades, hoja.valores if hoja else valores or {})
    con_error = numeros_de(hoja.errores, "lineas") if hoja else ()
    en_orden = {item.numero: item for grupo in contexto["grupos"] for item in grupo.items}
    tramo = PaginaDeFilas.de(en_orden, ITEMS_POR_PAGINA, desde, con_error or numeros)
    contexto["sugeridas"] = (
        sugeridas(sesion, elegida, tramo.vistas, anonima=convocatoria.cotizacion_rapida) if elegida else {}
    )
    if (llave := contexto["llave"]) is not None:
        actuales = ((u.id, oferta_vigente(sesion, convocatoria.id, u.id)) for u in unidades)
        contexto["mensajes"] = vistas.mensajes(convocatoria)
        contexto["largo"] = tamano_para(len(contexto["items"]), len(contexto["pedidos"]))
        contexto["llave_base64"] = base64.b64encode(llave.publica).decode()
        tecnica = contexto["llave_tecnica"]
        contexto["tecnica_base64"] = base64.b64encode(tecnica.publica).decode() if tecnica else ""
        contexto["vigentes"] = {str(id_): str(actual.id) for id_, actual in actuales if actual is not None}
    extra.setdefault("enviados", hoja is not None)
    declaracion = declaracion_vigente(sesion)
    if hoja is None and convocatoria.cotizacion_rapida:
        valores = {**(valores or {}), "_id": id_sin_hora()}
    oferta = OFERTA.mostrar(
        request, valores, enviada=hoja, opciones={"unidad_id": [(u.id, u.nombre) for u in unidades]}
    )
    oferta.valores["declaracion"] = str(declaracion.version)
    dichos = [linea[0].numero for linea in extra.get("resumen", ())]
    pasados = _sobre_la_referencia(contexto["grupos"], extra.get("resumen", ()))
    return pagina(
        request,
        "feria_inversa/ofertas/ofertar.html",
        hoja=hoja,
        unidades=unidades,
        oferta=oferta,
        declaracion=declaracion,
        plazo_sugerido=convocatoria.plazo_entrega_dias,
        pasados=pasados,
        tramo=tramo,
        resto=empacar(oferta.valores, "lineas", DE_CADA_LINEA, dichos or tramo.resto),
        **contexto,
        **extra,
    )


def _sobre_la_referencia(
    grupos: Sequence[Grupo], resumen: Sequence[tuple[Item, LineaEntrada, Money]]
) -> set[UUID]:
    """The items that cannot win as they are bid: what is awarded at once is compared as a whole."""
    totales = {item.id: total for item, _linea, total in resumen}
    ofertados = (grupo for grupo in grupos if grupo.ids <= totales.keys())
    return {
        id_
        for grupo in ofertados
        if sumar(totales[id_] for id_ in grupo.ids) > grupo.total_referencial
        for id_ in grupo.ids
    }


def _elegida(unidades: Sequence[Unidad], valores: Mapping[str, Any]) -> Unidad | None:
    """The unit for which somebody bids, once they said it."""
    return next((unidad for unidad in unidades if str(unidad.id) == str(valores.get("unidad_id", ""))), None)


@router.get("/feria/{convocatoria_id}/ofertar", response_model=None)
def preparar_oferta(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad_id: UUID | None = None,
    desde: Annotated[Entero, Query(ge=0, le=32767, description="Cuántos ítems van antes.")] = 0,
) -> HTMLResponse | RedirectResponse:
    """The form with a line for each item; of a call that takes no bids, its page, which says how it is."""
    if not esta_abierta(sesion, convocatoria_visible(sesion, actor, convocatoria_id)):
        return redirigir(f"/feria/{convocatoria_id}", _("Esta convocatoria no recibe ofertas ahora."))
    convocatoria, unidades = _preparar(sesion, actor, convocatoria_id)
    elegida = next((u.id for u in unidades if u.id == unidad_id or len(unidades) == 1), None)
    vigente = None if elegida is None else oferta_vigente(sesion, convocatoria_id, elegida)
    return _pagina_oferta(
        request,
        sesion,
        convocatoria,
        unidades,
        valores={"unidad_id": elegida or "", "version": convocatoria.versiones},
        desde=desde,
        reemplaza=vigente is not None,
    )


@router.post("/feria/{convocatoria_id}/ofertar", response_model=None)
def enviar_oferta(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeOferta
) -> HTMLResponse | RedirectResponse:
    """First the totals, to confirm; with the button `presentar` the bid goes in and its receipt is shown.

    The form again: with `llenar`, what the unit has on sale in one of its items; with `ver`, other items.
    """
    if _ya_presentada(sesion, actor, convocatoria_id, hoja):
        return redirigir(f"/ofertas/{hoja.id}")
    convocatoria, unidades = _preparar(sesion, actor, convocatoria_id)
    items = items_de(sesion, convocatoria_id)
    desempacar(hoja.valores, "lineas", DE_CADA_LINEA)
    if ver := hoja.valores.pop("ver", ""):
        desde = int(ver) if re.fullmatch(r"[0-9]{1,5}", ver) else 0
        return _pagina_oferta(
            request, sesion, convocatoria, unidades, valores=hoja.valores, desde=desde, enviados=True
        )
    if (pedido := hoja.valores.pop("llenar", "")) and (elegida := _elegida(unidades, hoja.valores)):
        halladas = sugeridas(sesion, elegida, items, anonima=convocatoria.cotizacion_rapida)
        lleno = llenar(hoja.valores, pedido, halladas) or hoja.valores
        numeros = numeros_de([f"lineas.{pedido.replace(':', '.')}"], "lineas")
        return _pagina_oferta(
            request, sesion, convocatoria, unidades, valores=lleno, numeros=numeros, enviados=True
        )
    confirma: dict[str, Any] = {}
    revisar: dict[str, Any] = {}
    with hoja:
        elegida = next((u for u in unidades if u.id == hoja.datos.unidad_id), None)
        if elegida is None:
            raise DatosInvalidos(campos={"unidad_id": _("Elija por qué unidad oferta.")})
        reemplaza = oferta_vigente(sesion, convocatoria_id, elegida.id) is not None
        lineas = _lineas(hoja, items, convocatoria)
        totales = revisar_oferta(sesion, convocatoria, lineas)
        revisar = {"elegida": elegida, "reemplaza": reemplaza} | _resumen(items, lineas, totales)
        if hoja.datos.presentar:
            dichos: list[str] = []
            recibidos = {int(n.removeprefix("archivo_")): archivo for n, archivo in hoja.archivos.items()}
            antes = se_leen_antes(sesion, convocatoria)
            if antes:
                exigir_legibles(elegida.id, recibidos)
            adjuntos = adjuntar(sesion, actor, convocatoria_id, elegida.id, hoja.id, recibidos)
            oferta = presentar_oferta(
                sesion,
                actor,
                convocatoria_id,
                elegida.id,
                lineas,
                id_=hoja.id,
                reemplazar=reemplaza,
                version=hoja.datos.version,
                declaracion=hoja.datos.declaracion,
                copia=dichos.append,
                adjuntos=adjuntos,
            )
            if not antes:
                exigir_legibles(elegida.id, recibidos)
            if dichos:
                return _pagina_de_copia(request, convocatoria, oferta, dichos)
            return redirigir(f"/ofertas/{hoja.id}", _("Su oferta quedó en sobre cerrado."))
        confirma = {"elegida": elegida, "reemplaza": reemplaza} if hoja.datos.corregir else revisar
    if any(campo.startswith("archivo_") for campo in hoja.errores):
        confirma = revisar  # where the files are chosen
    return _pagina_oferta(request, sesion, convocatoria, unidades, hoja, **confirma)


def _pagina_de_copia(
    request: Request, convocatoria: Convocatoria, oferta: Oferta, dichos: Sequence[str]
) -> HTMLResponse:
    """What its bidder keeps of a bid that was sealed here, as a browser would offer: in this answer only."""
    recibo = presentar.recibo(oferta)
    texto, *tecnica = dichos
    huellas = {"huella", "huella_sobre"} | ({"huella_tecnica", "huella_sobre_tecnico"} if tecnica else set())
    copia = {
        "convocatoria": str(convocatoria.id),
        "unidad": str(oferta.unidad_id),
        **recibo.model_dump(mode="json", include={"id", "version"} | huellas),
        "texto": texto,
        **({"texto_tecnico": tecnica[0]} if tecnica else {}),
        **recibo.model_dump(mode="json", include={"recibo", "firma", "clave"}),
    }
    return pagina(
        request,
        "feria_inversa/ofertas/presentada.html",
        convocatoria=convocatoria,
        oferta=oferta,
        texto=texto,
        tecnica=tecnica[0] if tecnica else "",
        copia=base64.b64encode(json.dumps(copia, ensure_ascii=False, indent=2).encode()).decode(),
    )


def _ya_presentada(sesion: Session, actor: Actor, convocatoria_id: UUID, hoja: Hoja[OfertaDePagina]) -> bool:
    """The same form once more, perhaps after the deadline: its receipt, not another judgement. Whose a bid of
    others is, it does not tell.
    """
    try:
        previa = oferta_propia(sesion, actor, convocatoria_id, hoja.id)
    except OfertaNoEncontrada:
        return False
    return str(previa.unidad_id) == hoja.valores.get("unidad_id")


def _resumen(
    items: Sequence[Item], lineas: Sequence[LineaEntrada], totales: Mapping[UUID, Money]
) -> dict[str, Any]:
    por_id = {item.id: item for item in items}
    return {
        "resumen": [(por_id[linea.item_id], linea, totales[linea.item_id]) for linea in lineas],
        "total": sumar(totales.values()),
    }


@router.get("/feria/{convocatoria_id}/ofertas/{oferta_id}/archivos/{numero}")
def bajar_archivo(
    request: Request,
    convocatoria_id: UUID,
    oferta_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: ActorRequerido,
) -> Response:
    """A document of an opened bid, drawn again, for who works in the process or presented it."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return respuesta_de(sesion, archivo_leido(sesion, actor, convocatoria, oferta_id, numero), request)
