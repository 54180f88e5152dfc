"""Page of who received an item and sends it back: what that costs, and how they pay it."""

from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import unidad_por_id
from envios import s10
from envios.entrega.devolver import anunciar_devolucion, devolucion_de
from envios.entrega.formularios import DEVOLUCION, EN_EFECTIVO, DevolucionPedida, HojaDeDevolucion
from envios.entrega.web_recibir import el_que_recibe
from envios.items import nombre_unidad, remitente_de
from envios.items.modelos import Envio
from envios.tarifas import Bulto, Oferta, Pedido, comparar, cotizar, en_gramos, peso_en_palabras
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.formularios.campos import Opciones
from nucleo.lectores import Ilegible, leer_cantidad
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos import cuentas_de

router = APIRouter(prefix="/envios", include_in_schema=False)
UNA = "/{envio_id}/devolucion"
PESO_MAXIMO_KG = 1_000


@router.get(UNA)
def pagina_devolucion(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    peso_kg: Annotated[str, Query(max_length=20)] = "",
) -> HTMLResponse:
    """What it costs with that weight; with that of the item, if they do not say another."""
    return _pagina(request, sesion, actor, envio_id, peso_kg)


def _pagina(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, peso: str, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    envio = el_que_recibe(sesion, actor, envio_id)
    peso_g, falta = _gramos(peso, envio.peso_g)
    ofertas = _ofertas(sesion, envio, peso_g)
    valores = {
        "contenido": envio.contenido,
        "peso_g": peso_g,
        "oferta": _clave(ofertas[0]) if ofertas else "",
        "paga": EN_EFECTIVO,
    }
    opciones: dict[str, Opciones] = {
        "oferta": [_opcion(o) for o in ofertas],
        "paga": _cuentas(sesion, actor),
    }
    return pagina(
        request,
        "envios/entrega/devolucion.html",
        hoja=hoja,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        remitente=remitente_de(sesion, envio).nombre,
        operador=nombre_unidad(sesion, envio.custodio_unidad_id),
        peso=peso_en_palabras(peso_g),
        ofertas=ofertas,
        peso_kg=_en_kilos(peso_g),
        falta_peso=falta,
        devolucion=DEVOLUCION.mostrar(request, valores, enviada=hoja, opciones=opciones),
    )


def _gramos(texto: str, si_no: int) -> tuple[int, str]:
    """The weight of an address, and what is wrong with it."""
    if not texto.strip():
        return si_no, ""
    try:
        kilos = leer_cantidad(texto)
    except Ilegible:
        kilos = Decimal(0)
    if not 0 < kilos <= PESO_MAXIMO_KG:
        return si_no, _("Escriba el peso en kilos, por ejemplo 1,5; hasta 1.000.")
    return en_gramos(kilos), ""


def _en_kilos(peso_g: int) -> str:
    """As it is typed."""
    return f"{Decimal(peso_g) / 1000:f}".replace(".", ",")


def _pedido(sesion: Session, envio: Envio, peso_g: int, servicio: str | None = None) -> Pedido | None:
    """From where it was received to the door of who sent it; None when theirs is not known."""
    remitente = remitente_de(sesion, envio)
    tienda = unidad_por_id(sesion, remitente.unidad_id) if remitente.unidad_id else None
    if tienda is None or tienda.municipio_ine is None:
        return None
    desde, hasta = envio.destino_municipio_ine, tienda.municipio_ine
    return Pedido(desde, hasta, Bulto(peso_g), servicio, envio.custodio_unidad_id)


def _ofertas(sesion: Session, envio: Envio, peso_g: int) -> list[Oferta]:
    pedido = _pedido(sesion, envio, peso_g)
    return list(comparar(sesion, pedido).ofertas) if pedido is not None else []


def _clave(oferta: Oferta) -> str:
    """What was chosen, with what it was shown to cost."""
    return f"{oferta.condiciones.servicio}:{oferta.cargos.total.amount:.2f}"


def _opcion(oferta: Oferta) -> tuple[str, str, str]:
    cuando = ""
    if oferta.promesa is not None:
        cuando = _("Llega el %(dia)s si lo lleva hoy.") % {"dia": filtro_fecha(oferta.promesa.entrega_el)}
    return _clave(oferta), f"{oferta.condiciones.nombre}: {formato_bs(oferta.cargos.total)}", cuando


def _cuentas(sesion: Session, actor: Actor) -> list[tuple[str, str]]:
    suyas = cuentas_de(sesion, actor, con_otros=False)
    return [
        (EN_EFECTIVO, _("En efectivo, al llevarlo")),
        *((str(c.id), f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in suyas),
    ]


@router.post(UNA)
def anunciar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeDevolucion
) -> Response:
    envio = el_que_recibe(sesion, actor, envio_id)
    with hoja:
        datos = hoja.datos
        vuelta = devolucion_de(sesion, envio_id)
        if vuelta is None or vuelta.cotizacion_id != hoja.id:  # the same press, again, finds what it did
            vuelta = anunciar_devolucion(
                sesion,
                actor,
                envio_id,
                contenido=datos.contenido,
                peso_g=datos.peso_g,
                cotizacion_id=_cotizar(sesion, actor, envio, datos, hoja.id),
                cuenta_id=datos.cuenta_id,
            )
        aviso = _("Anunciada. Imprima la etiqueta y lleve el paquete a la agencia.")
        return redirigir(f"/envios/{vuelta.id}/etiqueta", aviso)
    peso = hoja.valores.get("peso_g", "")
    kilos = _en_kilos(int(peso)) if peso.isascii() and peso.isdigit() and len(peso) < 8 else ""
    return _pagina(request, sesion, actor, envio_id, kilos, hoja)


def _cotizar(sesion: Session, actor: Actor, envio: Envio, datos: DevolucionPedida, id: UUID) -> UUID | None:
    """Keep the price that was chosen. Raises `DatosInvalidos` when it is another one now."""
    servicio, _dos_puntos, visto = datos.oferta.partition(":")
    pedido = _pedido(sesion, envio, datos.peso_g, servicio)
    if not servicio or pedido is None:
        return None
    cotizacion = cotizar(sesion, actor, pedido, id=id)
    if f"{cotizacion.total.amount:.2f}" != visto:
        ahora: Money = cotizacion.total
        texto = _("Ahora cuesta %(total)s: elija otra vez.") % {"total": formato_bs(ahora)}
        raise DatosInvalidos(texto, campos={"oferta": texto})
    return cotizacion.id
