"""Pages of an agency's counter: what is announced is admitted, walk-ins are served, the day is closed."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import ClaseDeParte, lugares, municipios_por_departamento
from envios import s10
from envios.admision.admitir import admitir, exigir_admisible, exigir_de_este
from envios.admision.cierre import cierre_del_dia, en_csv
from envios.admision.consultas import admision_vigente, admitidos_el, buscar_en_mostrador
from envios.admision.errores import PrecioDistinto
from envios.admision.estados import NOMBRES_DE_RECOJO, Medio
from envios.admision.formularios import (
    CONFIRMACION,
    COTIZACION,
    MEDIDA,
    MOSTRADOR,
    PASO,
    EnMostrador,
    HojaDeConfirmacion,
    HojaDeCotizacion,
    HojaDeMedida,
    HojaDeMostrador,
    HojaDePaso,
    Medida,
    PorCotizar,
)
from envios.admision.mostrador import DelMostrador, recibir_en_mostrador
from envios.admision.pagar import direccion_de_pago
from envios.admision.precio import precio_de
from envios.admision.recojos import (
    ESPERAN,
    VECES,
    anotar_no_hallado,
    dias_por_recoger,
    recojo_de,
    ronda_del_dia,
)
from envios.items import envio_por_id, lugares_de, operadores_de, partes_de, remitente_de, tono
from envios.items.modelos import Envio
from envios.operadores import Agencia, EnAgencia, agencias_del_actor, exigir_en_agencia
from envios.tarifas import Pedido, comparar, negativas_vistas, ofertas_vistas, peso_en_palabras
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.dinero import cero
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.formularios import Hoja
from nucleo.lectores import Ilegible, leer_fecha
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.qr import dibujar

router = APIRouter(prefix="/envios/mostrador", include_in_schema=False)
MOSTRADORES = "/envios/mostrador"
ULTIMOS = 8


@router.get("")
def elegir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    q: Annotated[str, Query(max_length=600)] = "",
) -> Response:
    """The agencies at which the worker attends; who has one goes straight to it, with what they look for."""
    operadores = [o for o in operadores_de(sesion, actor) if unidad in (None, o.id)]
    if not operadores:
        raise Prohibido(_("Para esto necesita un mandato de despacho de un operador postal habilitado."))
    suyas: list[tuple[str, Agencia]] = [
        (o.nombre, a) for o in operadores for a in agencias_del_actor(sesion, actor, o.id)
    ]
    if len(suyas) == 1:
        return redirigir(f"{MOSTRADORES}/{suyas[0][1].id}{'?' + urlencode({'q': q}) if q else ''}")
    return pagina(
        request,
        "envios/admision/elegir.html",
        agencias=suyas,
        q=q,
        lugares=lugares(sesion, {a.municipio_ine for _o, a in suyas}),
    )


@router.get("/{agencia_id}")
def mostrador(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    agencia_id: UUID,
    q: Annotated[str, Query(max_length=600)] = "",
) -> Response:
    """Find what somebody brings; what was taken last."""
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    hallados = _hallados(sesion, donde.agencia, q)
    hoy = fecha_bolivia(ahora_bd(sesion))
    ultimos = admitidos_el(sesion, agencia_id, hoy, limite=ULTIMOS)
    envios = [*hallados, *(e for _a, e in ultimos)]
    return pagina(
        request,
        "envios/admision/mostrador.html",
        q=" ".join(q.split()),
        hallados=hallados,
        ultimos=ultimos,
        lugares=lugares_de(sesion, envios),
        remitentes=partes_de(sesion, hallados),
        tono=tono,
        legible=lambda n: s10.leer_numero(n).legible,
        **_de_la_agencia(sesion, donde),
    )


def _hallados(sesion: Session, agencia: Agencia, q: str) -> list[Envio]:
    if not q.strip():
        return []
    return buscar_en_mostrador(sesion, agencia.operador_unidad_id, agencia.municipio_ine, q)


def _de_la_agencia(sesion: Session, donde: EnAgencia) -> dict[str, Any]:
    a = donde.agencia
    return {
        "agencia": a,
        "lugar": lugares(sesion, [a.municipio_ine]).get(a.municipio_ine, ""),
        "base": f"{MOSTRADORES}/{a.id}",
    }


# --- What was announced ----------------------------------------------------------------------------------


@router.get("/{agencia_id}/admitir/{envio_id}")
def pesar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    agencia_id: UUID,
    envio_id: UUID,
    hoja: HojaDeMedida,
) -> Response:
    """The parcel is weighed; then its price is shown, to be confirmed."""
    if "peso_kg" not in hoja.valores:
        return _pesar(request, sesion, actor, agencia_id, envio_id)
    with hoja:
        return _pesar(request, sesion, actor, agencia_id, envio_id, hoja.datos)
    return _pesar(request, sesion, actor, agencia_id, envio_id, None, hoja)


def _pesar(
    request: Request,
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    envio_id: UUID,
    datos: Medida | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    envio = envio_por_id(sesion, envio_id)
    exigir_de_este(envio, donde.agencia.operador_unidad_id)
    if admision_vigente(sesion, envio) is not None:
        return redirigir(f"/envios/{envio_id}/constancia")
    exigir_admisible(envio, donde.agencia.operador_unidad_id)
    pesada = datos.pesada() if datos else None
    precio = precio_de(sesion, envio, pesada) if pesada else None
    valores = MEDIDA.valores_de(datos) if datos else {}
    visto = precio.importe if precio else cero()
    quien = remitente_de(sesion, envio)
    confirmado = {**valores, "visto": visto, "medio": precio.medio if precio else None}
    en_efectivo = precio is not None and precio.medio is Medio.EFECTIVO
    return pagina(
        request,
        "envios/admision/admitir.html",
        hoja=hoja,
        envio=envio,
        numero=s10.leer_numero(envio.numero),
        remitente=quien.nombre,
        pago=_pago(envio_id) if en_efectivo and quien.clase is not ClaseDeParte.TERCERO else None,
        aqui=f"{request.url.path}?{request.url.query}",
        destino=lugares_de(sesion, [envio])[envio.destino_municipio_ine],
        medida=MEDIDA.mostrar(request, valores, enviada=hoja),
        confirmacion=CONFIRMACION.mostrar(request, confirmado, enviada=hoja),
        pesada=pesada,
        precio=precio,
        en_palabras=peso_en_palabras,
        **_de_la_agencia(sesion, donde),
    )


def _pago(envio_id: UUID) -> Markup:
    """The code that who sends it looks at with their telephone: there they choose the account that pays."""
    direccion = ajustes().url_publica + direccion_de_pago(envio_id)
    return dibujar(direccion, _("Pagar el franqueo"))


@router.post("/{agencia_id}/admitir/{envio_id}")
def confirmar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    agencia_id: UUID,
    envio_id: UUID,
    hoja: HojaDeConfirmacion,
) -> Response:
    """The parcel changes hands. A second press, or a second worker, finds what the first one did."""
    exigir_en_agencia(sesion, actor, agencia_id)
    with hoja:
        datos = hoja.datos
        admitir(sesion, actor, agencia_id, envio_id, datos.pesada(), visto=datos.visto, medio=datos.medio)
        return redirigir(
            f"/envios/{envio_id}/constancia", _("Recibido. Entregue la constancia a quien envía.")
        )
    medido = hoja.datos if isinstance(hoja.error, PrecioDistinto) else None
    return _pesar(request, sesion, actor, agencia_id, envio_id, medido, hoja)


# --- A walk-in -------------------------------------------------------------------------------------------


@router.get("/{agencia_id}/nuevo")
def sin_anuncio(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, hoja: HojaDeCotizacion
) -> Response:
    """What it costs with each service from here; with one chosen, who sends it to whom."""
    if "destino" not in hoja.valores:
        return _sin_anuncio(request, sesion, actor, agencia_id)
    with hoja:
        return _sin_anuncio(request, sesion, actor, agencia_id, hoja.datos)
    return _sin_anuncio(request, sesion, actor, agencia_id, None, hoja)


def _sin_anuncio(
    request: Request,
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    datos: PorCotizar | None = None,
    hoja: Hoja[Any] | None = None,
) -> Response:
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    comparacion = comparar(sesion, _pedido(donde.agencia, datos)) if datos else None
    ofertas = ofertas_vistas(comparacion) if comparacion else []
    elegida = ofertas[0] if datos and datos.servicio and len(ofertas) == 1 else None
    valores = COTIZACION.valores_de(datos) if datos else {}
    suelto = {c: v for c, v in COTIZACION.mostrar(request, valores).valores.items() if c != "servicio"}
    confirmado = {
        **valores,
        "visto": elegida.oferta.cargos.total if elegida else None,
        "paga": Medio.EFECTIVO,
    }
    return pagina(
        request,
        "envios/admision/sin_anuncio.html",
        hoja=hoja,
        pedido=COTIZACION.mostrar(
            request,
            suelto,
            enviada=hoja,
            opciones={"destino": municipios_por_departamento(sesion)},
        ),
        ya_dicho={c: v for c, v in suelto.items() if v},
        cotizado=comparacion is not None,
        ofertas=ofertas,
        negativas=negativas_vistas(comparacion) if comparacion else [],
        elegida=elegida,
        mostrador=MOSTRADOR.mostrar(request, confirmado, enviada=hoja) if elegida else None,
        destino=lugares(sesion, [datos.destino]).get(datos.destino, "") if datos else "",
        **_de_la_agencia(sesion, donde),
    )


def _pedido(agencia: Agencia, datos: PorCotizar) -> Pedido:
    return replace(
        datos.pedido(),
        origen_ine=agencia.municipio_ine,
        operador_unidad_id=agencia.operador_unidad_id,
        servicio=datos.servicio or None,
    )


@router.post("/{agencia_id}/nuevo")
def recibir_sin_anuncio(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, hoja: HojaDeMostrador
) -> Response:
    """Announced and admitted in one act, paid in cash; or announced, and admitted once its sender paid it."""
    with hoja:
        datos = hoja.datos
        envio = recibir_en_mostrador(
            sesion, actor, agencia_id, _nuevo(datos), visto=datos.visto, id=hoja.id, medio=datos.paga
        )
        if envio.admitido_en is None:
            medido = {c.nombre: hoja.valores.get(c.nombre, "") for c in MEDIDA.campos}
            return redirigir(f"{MOSTRADORES}/{agencia_id}/admitir/{envio.id}?{urlencode(medido)}")
        aviso = _("Recibido. Pegue la etiqueta y entregue la constancia a quien envía.")
        return redirigir(f"/envios/{envio.id}/constancia", aviso)
    bulto = COTIZACION.mostrar(request, hoja.valores)  # what was weighed, if only the rest is wrong
    return _sin_anuncio(request, sesion, actor, agencia_id, bulto.datos, hoja)


def _nuevo(datos: EnMostrador) -> DelMostrador:
    return DelMostrador(
        servicio=datos.servicio,
        destino_ine=datos.destino,
        bulto=datos.pedido().bulto,
        remitente_nombre=datos.remitente_nombre,
        remitente_telefono=datos.remitente_telefono,
        remitente_documento=datos.remitente_documento,
        destinatario_nombre=datos.destinatario_nombre,
        destinatario_telefono=datos.destinatario_telefono,
        destino_referencia=datos.destino_referencia,
        contenido=datos.que_contiene,
        remitente_cuenta=datos.remitente_cuenta,
        destinatario_cuenta=datos.destinatario_cuenta,
    )


def _dia(sesion: Session, texto: str) -> date:
    """The day of an address; today without one. Raises `DatosInvalidos`."""
    if not texto.strip():
        return fecha_bolivia(ahora_bd(sesion))
    try:
        return leer_fecha(texto)
    except Ilegible as error:
        raise DatosInvalidos(str(error), campos={"dia": str(error)}) from error


# --- The round of collections ----------------------------------------------------------------------------


@router.get("/{agencia_id}/recojos")
def recojos(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, dia: str = ""
) -> Response:
    """What is to be collected at doors on a day."""
    return _recojos(request, sesion, actor, agencia_id, _dia(sesion, dia))


def _recojos(
    request: Request,
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    dia: date,
    hoja: Hoja[Any] | None = None,
) -> Response:
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    ronda = ronda_del_dia(sesion, agencia_id, dia)
    envios = [e for _r, e in ronda]
    return pagina(
        request,
        "envios/admision/recojos.html",
        hoja=hoja,
        ronda=ronda,
        dia=dia,
        hoy=_dia(sesion, ""),
        esperados=dias_por_recoger(sesion, agencia_id),
        remitentes=partes_de(sesion, envios),
        lugares=lugares_de(sesion, envios),
        estados=NOMBRES_DE_RECOJO,
        esperan=ESPERAN,
        pasos={e.id: PASO.mostrar(request, enviada=hoja, de=str(e.id)) for e in envios},
        legible=lambda n: s10.leer_numero(n).legible,
        en_palabras=peso_en_palabras,
        **_de_la_agencia(sesion, donde),
    )


@router.post("/{agencia_id}/recojos/{envio_id}/no-hallado")
def no_hallado(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    agencia_id: UUID,
    envio_id: UUID,
    hoja: HojaDePaso,
) -> Response:
    """Nobody was at the door: the sender hears of it and may ask for another day."""
    exigir_en_agencia(sesion, actor, agencia_id)
    with hoja:
        fila = anotar_no_hallado(sesion, actor, agencia_id, envio_id)
        aviso = _("Anotado: quien envía puede pedir otro día.")
        if fila.vez >= VECES:
            aviso = _("Anotado: fue la segunda vez, quien envía debe llevarlo a una agencia.")
        return redirigir(f"{MOSTRADORES}/{agencia_id}/recojos?dia={fila.dia.isoformat()}", aviso)
    suyo = recojo_de(sesion, envio_id)
    aqui = suyo is not None and suyo.agencia_id == agencia_id
    return _recojos(request, sesion, actor, agencia_id, suyo.dia if suyo and aqui else _dia(sesion, ""), hoja)


# --- The day ---------------------------------------------------------------------------------------------


@router.get("/{agencia_id}/cierre")
def cierre(
    request: Request, sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, dia: str = ""
) -> Response:
    """What was taken on a day, with its sums by worker."""
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    return pagina(
        request,
        "envios/admision/cierre.html",
        cierre=cierre_del_dia(sesion, agencia_id, _dia(sesion, dia)),
        hoy=_dia(sesion, ""),
        legible=lambda n: s10.leer_numero(n).legible,
        en_palabras=peso_en_palabras,
        **_de_la_agencia(sesion, donde),
    )


@router.get("/{agencia_id}/cierre.csv")
def cierre_en_csv(sesion: Sesion, actor: ActorRequerido, agencia_id: UUID, dia: str = "") -> Response:
    donde = exigir_en_agencia(sesion, actor, agencia_id)
    del_dia = cierre_del_dia(sesion, agencia_id, _dia(sesion, dia))
    nombre = f"cierre-{donde.agencia.codigo}-{del_dia.dia:%Y-%m-%d}.csv"
    return Response(
        en_csv(del_dia),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{nombre}"',
            "Cache-Control": "private, no-store",
        },
    )
