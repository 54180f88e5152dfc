"""Pages of who bids: prepare, confirm, receipt, replace, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import Unidad, unidad_por_id, unidades_en_lote
from feria_inversa import vistas
from feria_inversa.consultas import convocatoria_visible, items_de, mis_ofertas, oferta_propia
from feria_inversa.errores import OfertaNoEncontrada, OfertaTardia
from feria_inversa.esquemas import PLAZO_MAXIMO_DIAS, LineaEntrada
from feria_inversa.ficha import contexto_de
from feria_inversa.formularios import Formulario, Lector, errores_de
from feria_inversa.modelos import Convocatoria, Item, Oferta
from feria_inversa.montos import sumar
from feria_inversa.ofertas import oferta_vigente, presentar_oferta, retirar_oferta, revisar_oferta
from feria_inversa.unidades import exigir_sin_mandato_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter()
_COLUMNAS = ("precio", "marca", "plazo", "detalle")


def _preparar(sesion: Session, actor: Actor, convocatoria_id: UUID) -> tuple[Convocatoria, list[Unidad]]:
    """The call, still open, and the units for which this person may bid on it."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    unidades = vistas.ofertantes(sesion, actor, convocatoria)
    exigir_sin_mandato_de(sesion, actor, convocatoria.unidad_id)
    if not unidades:
        raise Prohibido(
            _("Para ofertar necesita un mandato de una unidad con la habilitación «Proveer al Estado».")
        )
    if not vistas.esta_abierta(sesion, convocatoria):
        raise OfertaTardia(_("Esta convocatoria ya no recibe ofertas."))
    return convocatoria, unidades


def _leer_lineas(datos: Mapping[str, str], items: Sequence[Item]) -> list[LineaEntrada]:
    """The lines with a price; an item without one is not bid on. Raises `DatosInvalidos`, by field."""
    lector = Lector(datos)
    lineas: list[LineaEntrada] = []
    for item in items:
        n = item.numero
        if not lector.crudo(f"precio_{n}"):
            continue
        precio = lector.monto(f"precio_{n}")
        marca = lector.texto(f"marca_{n}", minimo=1, maximo=120, falta=_("Escriba la marca o «artesanal»."))
        plazo = lector.entero(f"plazo_{n}", minimo=1, maximo=PLAZO_MAXIMO_DIAS)
        detalle = lector.texto(f"detalle_{n}", maximo=1000)
        if precio is not None and marca and len(marca) <= 120 and len(detalle) <= 1000:
            lineas.append(
                LineaEntrada(
                    item_id=item.id, precio_unitario=precio, marca=marca, detalle=detalle, plazo_dias=plazo
                )
            )
    lector.terminar()
    if not lineas:
        numero = items[0].numero
        raise DatosInvalidos(campos={f"precio_{numero}": _("Escriba el precio de al menos un ítem.")})
    return lineas


def _por_numero(
    error: DatosInvalidos, items: Sequence[Item], lineas: Sequence[LineaEntrada]
) -> dict[str, str]:
    """Errors of `lineas.<i>.<field>` as those of the form's fields, which go by item number."""
    numeros = {item.id: item.numero for item in items}
    nombres = {"precio_unitario": "precio", "plazo_dias": "plazo", "item_id": "precio"}
    salida: dict[str, str] = {}
    for campo, texto in errores_de(error).items():
        partes = campo.split(".")
        if len(partes) == 3 and partes[0] == "lineas":
            numero = numeros.get(lineas[int(partes[1])].item_id, 1)
            salida[f"{nombres.get(partes[2], partes[2])}_{numero}"] = texto
        else:
            salida["__todo__" if campo == "lineas" else campo] = texto
    return salida


def _pagina_oferta(
    request: Request,
    sesion: Session,
    convocatoria: Convocatoria,
    unidades: list[Unidad],
    **extra: Any,
) -> HTMLResponse:
    extra.setdefault("valores", {})
    extra.setdefault("errores", {})
    extra.setdefault("id_oferta", nuevo_id())
    return pagina(
        request,
        "feria_inversa/ofertar.html",
        422 if extra["errores"] else 200,
        unidades=unidades,
        plazo_sugerido=convocatoria.plazo_entrega_dias,
        **contexto_de(sesion, convocatoria),
        **extra,
    )


@router.get("/feria/{convocatoria_id}/ofertar")
def preparar_oferta(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad_id: UUID | None = None,
) -> HTMLResponse:
    """The form with a line for each item."""
    convocatoria, unidades = _preparar(sesion, actor, convocatoria_id)
    elegida = next((u for u in unidades if u.id == unidad_id), unidades[0])
    vigente = oferta_vigente(sesion, convocatoria_id, elegida.id)
    valores = {"unidad_id": str(elegida.id)}
    return _pagina_oferta(
        request, sesion, convocatoria, unidades, valores=valores, reemplaza=vigente is not None
    )


@router.post("/feria/{convocatoria_id}/ofertar", response_model=None)
def enviar_oferta(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    """First the totals, to confirm; with `accion=presentar` the bid goes in and its receipt is shown."""
    lector = Lector(datos)
    id_oferta = lector.id("id_oferta") or nuevo_id()
    unidad_id = lector.id("unidad_id")
    if (previa := sesion.get(Oferta, id_oferta)) is not None and previa.unidad_id == unidad_id:
        return redirigir(f"/ofertas/{id_oferta}")
    convocatoria, unidades = _preparar(sesion, actor, convocatoria_id)
    elegida = next((u for u in unidades if u.id == unidad_id), None)
    items = items_de(sesion, convocatoria_id)
    lineas: list[LineaEntrada] = []
    comun = {"valores": datos, "id_oferta": id_oferta}
    try:
        if elegida is None:
            raise DatosInvalidos(campos={"unidad_id": _("Elija por qué unidad oferta.")})
        reemplaza = oferta_vigente(sesion, convocatoria_id, elegida.id) is not None
        lineas = _leer_lineas(datos, items)
        totales = revisar_oferta(sesion, convocatoria, lineas)
        if datos.get("accion") == "presentar":
            presentar_oferta(
                sesion, actor, convocatoria_id, elegida.id, lineas, id_=id_oferta, reemplazar=reemplaza
            )
            return redirigir(f"/ofertas/{id_oferta}", _("Su oferta quedó en sobre cerrado."))
    except DatosInvalidos as error:
        sesion.rollback()
        errores = _por_numero(error, items, lineas)
        return _pagina_oferta(request, sesion, convocatoria, unidades, errores=errores, **comun)
    confirma = {} if datos.get("accion") == "corregir" else _resumen(items, lineas, totales)
    return _pagina_oferta(
        request, sesion, convocatoria, unidades, reemplaza=reemplaza, elegida=elegida, **comun, **confirma
    )


def _resumen(
    items: Sequence[Item], lineas: Sequence[LineaEntrada], totales: Mapping[UUID, Money]
) -> dict[str, Any]:
    por_id = {item.id: item for item in items}
    return {
        "resumen": [(por_id[linea.item_id], linea, totales[linea.item_id]) for linea in lineas],
        "total": sumar(totales.values()),
    }


@router.get("/ofertas")
def ofertas(request: Request, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """My units' bids: what is in its envelope, what was won."""
    filas = mis_ofertas(sesion, actor)
    return pagina(
        request,
        "feria_inversa/ofertas.html",
        filas=list(
            zip(
                [oferta for oferta, _c in filas],
                vistas.tarjetas(sesion, [convocatoria for _o, convocatoria in filas]),
                strict=True,
            )
        ),
        unidades=unidades_en_lote(sesion, [oferta.unidad_id for oferta, _c in filas]),
    )


def _propia(sesion: Session, actor: Actor, oferta_id: UUID) -> tuple[Oferta, Convocatoria]:
    vista = sesion.get(Oferta, oferta_id)
    if vista is None:
        raise OfertaNoEncontrada
    oferta = oferta_propia(sesion, actor, vista.convocatoria_id, oferta_id)
    return oferta, sesion.get_one(Convocatoria, oferta.convocatoria_id)


@router.get("/ofertas/{oferta_id}")
def recibo(request: Request, oferta_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    """The receipt of a bid; its prices only from the opening on."""
    oferta, convocatoria = _propia(sesion, actor, oferta_id)
    contexto = contexto_de(sesion, convocatoria)
    lineas = [
        (comparado.item, comparada)
        for comparado in contexto["comparados"]
        for comparada in comparado.lineas
        if comparada.oferta.id == oferta_id
    ]
    return pagina(
        request,
        "feria_inversa/recibo.html",
        oferta=oferta,
        oferente=unidad_por_id(sesion, oferta.unidad_id),
        lineas=lineas,
        total=sumar(comparada.linea.total for _item, comparada in lineas),
        **contexto,
    )


@router.post("/ofertas/{oferta_id}/retirar", response_model=None)
def retirar(request: Request, oferta_id: UUID, sesion: Sesion, actor: ActorRequerido) -> RedirectResponse:
    """Withdraw: pressing twice is harmless."""
    oferta, convocatoria = _propia(sesion, actor, oferta_id)
    destino = f"/feria/{convocatoria.id}"
    if oferta.estado == "retirada":
        return redirigir(destino)
    retirar_oferta(sesion, actor, oferta_id)
    return redirigir(destino, _("Retiró su oferta. Su sobre no se abrirá."))
