"""Pages of whoever announces a parcel from a quote, and of its collection at the door."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, lugares, unidades_de
from envios import s10
from envios.admision.anunciar import Anuncio, anunciar
from envios.admision.errores import PrecioDistinto, SinRecojo
from envios.admision.estados import NOMBRES_DE_RECOJO, EstadoRecojo
from envios.admision.formularios import (
    ANUNCIO,
    OFERTA,
    OTRO_DIA,
    Anunciado,
    HojaDeAnuncio,
    HojaDeOferta,
    HojaDeOtroDia,
    PorAnunciar,
)
from envios.admision.quien import quien_recibe
from envios.admision.recojos import (
    VECES,
    NuevoRecojo,
    agencia_que_recoge,
    dias_de_recojo,
    pedir_otro_dia,
    recojo_de,
)
from envios.eventos import autorizar_remitente
from envios.items import EnvioNoEncontrado, Vista, envio_de_cotizacion, envio_visible
from envios.operadores import agencia_por_id
from envios.tarifas import Pedido, comparar, cotizar, ofertas_vistas, unica_oferta
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.libro import cuentas_de

router = APIRouter(include_in_schema=False)
EN_EFECTIVO = "efectivo"
YO = "yo"
Opciones = list[tuple[str, str]]


@router.get("/envios/nuevo")
def pagina_nuevo(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeOferta) -> Response:
    """From an offer of «¿Cuánto cuesta enviar?»: who sends it, to whom, and which account pays."""
    if "servicio" not in hoja.valores:
        return redirigir("/cuanto-cuesta-enviar", _("Vea primero cuánto cuesta y elija con quién enviarlo."))
    with hoja:
        return _nuevo(request, sesion, actor, hoja.datos)
    return redirigir("/cuanto-cuesta-enviar", _("Ese servicio ya no lo lleva así: vea cuánto cuesta hoy."))


def _nuevo(
    request: Request, sesion: Session, actor: Actor, datos: PorAnunciar, hoja: Hoja[Any] | None = None
) -> Response:
    pedido = _pedido(datos)
    comparacion = comparar(sesion, pedido)
    oferta = unica_oferta(comparacion)
    (vista,) = ofertas_vistas(comparacion)
    nombres = lugares(sesion, [pedido.origen_ine, pedido.destino_ine])
    valores = {**OFERTA.valores_de(datos), "visto": oferta.cargos.total}
    return pagina(
        request,
        "envios/admision/nuevo.html",
        hoja=hoja,
        v=vista,
        o=oferta,
        origen=nombres[pedido.origen_ine],
        destino=nombres[pedido.destino_ine],
        anuncio=ANUNCIO.mostrar(
            request,
            {"paga": EN_EFECTIVO, "remitente": YO} | valores,
            enviada=hoja,
            opciones={
                "remitente": _remitentes(sesion, actor),
                "paga": _cuentas(sesion, actor),
                "recojo_dia": _dias(sesion, pedido) if datos.recojo else [],
            },
        ),
        recojo=datos.recojo,
    )


def _pedido(datos: PorAnunciar) -> Pedido:
    pedido = datos.pedido()
    return Pedido(pedido.origen_ine, pedido.destino_ine, pedido.bulto, datos.servicio, datos.operador)


def _remitentes(sesion: Session, actor: Actor) -> Opciones:
    unidades = {
        u.id: u.nombre for f in (Facultad.DESPACHAR, Facultad.VENDER) for u in unidades_de(sesion, actor, f)
    }
    return [(YO, _("Yo")), *((str(id), nombre) for id, nombre in unidades.items())]


def _cuentas(sesion: Session, actor: Actor) -> Opciones:
    suyas = [
        (str(c.id), f"{c.nombre} · {formato_bs(c.cuenta.disponible)}")
        for c in cuentas_de(sesion, actor, con_otros=False)
    ]
    return [(EN_EFECTIVO, _("En efectivo, cuando el operador lo reciba")), *suyas]


def _dias(sesion: Session, pedido: Pedido) -> Opciones:
    assert pedido.operador_unidad_id is not None
    agencia = agencia_que_recoge(sesion, pedido.operador_unidad_id, pedido.origen_ine)
    dias = dias_de_recojo(sesion, agencia) if agencia else []
    return [(d.isoformat(), filtro_fecha(d, "EEEE d 'de' MMMM")) for d in dias]


@router.post("/envios/nuevo")
def anunciar_envio(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAnuncio) -> Response:
    """Quoted, announced and paid in one act; a second press finds the first one."""
    with hoja:
        ya = envio_de_cotizacion(sesion, hoja.id)
        envio = ya or _anunciar(sesion, actor, hoja.datos, hoja.id)
        aviso = _("%(numero)s: anunciado. Imprima la etiqueta y llévelo a una agencia.")
        if envio_con_recojo := recojo_de(sesion, envio.id):
            aviso = _("%(numero)s: anunciado. Imprima la etiqueta: pasarán a recogerlo el %(dia)s.")
            aviso %= {
                "numero": s10.leer_numero(envio.numero).legible,
                "dia": filtro_fecha(envio_con_recojo.dia, "EEEE d 'de' MMMM"),
            }
            return redirigir(f"/seguimiento/{envio.numero}", aviso)
        return redirigir(
            f"/seguimiento/{envio.numero}", aviso % {"numero": s10.leer_numero(envio.numero).legible}
        )
    bulto = OFERTA.mostrar(request, hoja.valores)  # what was asked, if only the rest is wrong
    return _nuevo(request, sesion, actor, bulto.datos, hoja)


def _anunciar(sesion: Session, actor: Actor, datos: Anunciado, id: UUID) -> Any:
    cotizacion = cotizar(sesion, actor, _pedido(datos), id=id)
    if cotizacion.total != datos.visto:
        ahora = {"total": formato_bs(cotizacion.total)}
        raise PrecioDistinto(_("Ahora cuesta %(total)s: revíselo antes de anunciarlo.") % ahora)
    recojo = None
    if datos.recojo:
        if datos.recojo_dia is None or datos.recojo_franja is None:
            falta = {
                "recojo_dia": _("Elija el día."),
                "recojo_franja": _("Elija a qué hora."),
            }
            raise DatosInvalidos(_("Diga cuándo recogerlo."), campos=falta)
        recojo = NuevoRecojo(
            datos.recojo_direccion, datos.recojo_telefono, datos.recojo_dia, datos.recojo_franja
        )
    nuevo = Anuncio(
        cotizacion_id=cotizacion.id,
        remitente_unidad_id=None if datos.remitente == YO else _uuid(datos.remitente, "remitente"),
        destinatario_parte_id=quien_recibe(
            sesion,
            actor,
            datos.destinatario_cuenta,
            datos.destinatario_nombre,
            datos.destinatario_telefono,
        ),
        destinatario_nombre=datos.destinatario_nombre,
        destinatario_telefono=datos.destinatario_telefono,
        destino_referencia=datos.destino_referencia,
        contenido=datos.que_contiene,
        cuenta_id=None if datos.paga == EN_EFECTIVO else _cuenta(datos.paga),
        recojo=recojo,
    )
    return anunciar(sesion, actor, nuevo)


def _uuid(texto: str, campo: str) -> UUID:
    try:
        return UUID(texto)
    except ValueError:
        raise DatosInvalidos(campos={campo: _("Elija una opción de la lista.")}) from None


def _cuenta(texto: str) -> int:
    if not (texto.isascii() and texto.isdigit()):
        raise DatosInvalidos(campos={"paga": _("Elija cómo se paga.")})
    return int(texto)


# --- The collection of one -------------------------------------------------------------------------------


@router.get("/envios/{envio_id}/recojo")
def ver_recojo(request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID) -> Response:
    return _recojo(request, sesion, actor, envio_id)


def _recojo(
    request: Request, sesion: Session, actor: Actor, envio_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    envio, vista = envio_visible(sesion, actor, envio_id)
    if vista not in (Vista.REMITENTE, Vista.OPERADOR):
        raise EnvioNoEncontrado(_("El recojo lo ve quien envía y el operador."))
    recojo = recojo_de(sesion, envio_id)
    if recojo is None:
        raise SinRecojo()
    agencia = agencia_por_id(sesion, recojo.agencia_id)
    dias = [(d.isoformat(), filtro_fecha(d, "EEEE d 'de' MMMM")) for d in dias_de_recojo(sesion, agencia)]
    return pagina(
        request,
        "envios/admision/recojo.html",
        hoja=hoja,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        recojo=recojo,
        agencia=agencia,
        como_va=str(NOMBRES_DE_RECOJO[recojo.estado]),
        otro_dia=OTRO_DIA.mostrar(request, enviada=hoja, opciones={"recojo_dia": dias})
        if vista is Vista.REMITENTE and recojo.estado is EstadoRecojo.NO_HALLADO and recojo.vez < VECES
        else None,
    )


@router.post("/envios/{envio_id}/recojo")
def pedir_otra_vez(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, hoja: HojaDeOtroDia
) -> Response:
    """Another day, once, when nobody was found."""
    envio, _vista = envio_visible(sesion, actor, envio_id)
    autorizacion = autorizar_remitente(sesion, actor, envio)
    with hoja:
        datos = hoja.datos
        fila = pedir_otro_dia(sesion, autorizacion, envio_id, datos.recojo_dia, datos.recojo_franja)
        dia = {"dia": filtro_fecha(fila.dia, "EEEE d 'de' MMMM")}
        return redirigir(f"/envios/{envio_id}/recojo", _("Pasarán a recogerlo el %(dia)s.") % dia)
    return _recojo(request, sesion, actor, envio_id, hoja)
