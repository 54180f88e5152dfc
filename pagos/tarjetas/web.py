"""Pages of card payments, and the address that receives the gateway's webhooks.

A card number never reaches us: the person types it on the gateway's own page, and comes back to the page of
the payment, which says what is known and nothing more.
"""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import PlainTextResponse, Response

from ciudadania import ActorRequerido, obtener_persona
from empresa_digital.registro import unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion, transaccion
from nucleo.dinero import formato_bs
from nucleo.errores import ErrorDominio
from nucleo.formularios import Hoja
from nucleo.paginacion import PRIMERA_PAGINA, Cursor, CursorPedido
from nucleo.problemas import respuesta_problema
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.libro import (
    TipoTitular,
    cuentas_de,
    exigir_supervisor,
    nombres_de_cuentas,
    obtener_cuenta,
    puede_ver,
)
from pagos.tarjetas import consultas, palabras
from pagos.tarjetas.avisos import recibir
from pagos.tarjetas.conciliar import avanzar, avanzar_al_volver
from pagos.tarjetas.estados import Estado, EstadoDisputa, EstadoReembolso
from pagos.tarjetas.formularios import (
    PASO,
    RECARGA,
    REEMBOLSO,
    RESPUESTA,
    HojaDePaso,
    HojaDeRecarga,
    HojaDeReembolso,
)
from pagos.tarjetas.ida import cabeceras_de_ida, ir_a_la_pasarela, preguntar
from pagos.tarjetas.iniciar import MAXIMO, MINIMO, pedir_cancelacion, recargar
from pagos.tarjetas.modelos import Intento, PasoDeIntento, Reembolso
from pagos.tarjetas.puerta import tarjetas_disponibles, usa_simulacion
from pagos.tarjetas.reembolsar import avanzar_reembolso, pedir_reembolso
from pagos.tarjetas.regreso import a_donde_vuelve

router = APIRouter(tags=["pagos con tarjeta"])

EN_ESPERA = frozenset({Estado.CREADO, Estado.AMBIGUO, Estado.PROCESANDO})


# --- Webhooks -----------------------------------------------------------------------------------------------


async def _cuerpo(request: Request) -> bytes:
    return await request.body()


@router.post("/pasarela/stripe/avisos", dependencies=[Depends(publico)])
def recibir_aviso(request: Request, cuerpo: Annotated[bytes, Depends(_cuerpo)]) -> Response:
    """Store what the gateway tells and answer at once; it is applied later, from a fresh look."""
    try:
        with transaccion() as sesion:
            recibir(sesion, cuerpo, request.headers.get("stripe-signature", ""))
    except ErrorDominio as error:
        return respuesta_problema(error)
    return PlainTextResponse("")


# --- Top up -------------------------------------------------------------------------------------------------


@router.get("/billetera/recargar/tarjeta")
def formulario_recarga(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: str = "", tarjeta: str = ""
) -> Response:
    return _formulario(request, sesion, actor, {"cuenta": cuenta, "tarjeta": tarjeta})


def _formulario(
    request: Request,
    sesion: Session,
    actor: Actor,
    valores: dict[str, str],
    hoja: Hoja[Any] | None = None,
) -> Response:
    suyas = cuentas_de(sesion, actor, con_otros=False)
    cuentas = [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in suyas]
    guardadas = consultas.guardadas_de(sesion, actor.persona_id) if actor.persona_id else []
    opciones: dict[str, list[tuple[Any, ...]]] = {
        "cuenta": [*cuentas],
        "tarjeta": [(str(t.id), palabras.nombre_de_tarjeta(t)) for t in guardadas],
    }
    respuesta = pagina(
        request,
        "pagos/tarjetas/recargar.html",
        hoja=hoja,
        disponibles=tarjetas_disponibles(),
        simulada=usa_simulacion(),
        recarga=RECARGA.mostrar(request, valores, enviada=hoja, opciones=opciones),
        guardadas=guardadas,
        en_curso=consultas.en_curso(sesion, actor.persona_id) if actor.persona_id else (),
        minimo=MINIMO,
        maximo=MAXIMO,
    )
    respuesta.headers.update(cabeceras_de_ida(request))
    return respuesta


@router.post("/billetera/recargar/tarjeta")
def empezar_recarga(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRecarga) -> Response:
    """Write the payment down, open the gateway's page for it and go there. Pressing twice opens the same."""
    with hoja:
        datos = hoja.datos
        recargar(
            sesion, actor, id=hoja.id, monto=datos.monto, cuenta_id=datos.cuenta, tarjeta_id=datos.tarjeta
        )
    if hoja.rechazada:
        return _formulario(request, sesion, actor, {}, hoja)
    sesion.commit()  # the row first; the gateway is asked with no transaction open
    return ir_a_la_pasarela(hoja.id)


# --- One payment, and mine ----------------------------------------------------------------------------------


@router.get("/pagos-con-tarjeta")
def mis_pagos(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    filas, siguiente = consultas.intentos_de(sesion, actor, cursor)
    disputas = consultas.disputas_por_intento(sesion, [i.id for i in filas])
    return pagina(
        request,
        "pagos/tarjetas/pagos.html",
        pagos=[(i, palabras.explicar(i, disputas.get(i.id, ()))) for i in filas],
        nombres=nombres_de_cuentas(sesion, {i.destino for i in filas}),
        es_continuacion=cursor.cursor is not None,
        siguiente_url="/pagos-con-tarjeta?" + urlencode({"cursor": siguiente}) if siguiente else None,
    )


@router.get("/pagos-con-tarjeta/{intento_id}")
def ver_pago(
    request: Request, intento_id: UUID, sesion: Sesion, actor: ActorRequerido, vuelta: str = ""
) -> Response:
    """What is known of a payment. Whoever comes back from the gateway (`vuelta`) gets a fresh look at it, and
    goes on to what they paid, if it has a page of its own."""
    intento = visible(sesion, actor, intento_id)
    if intento.consultar_en is not None:
        sesion.commit()
        preguntar(avanzar_al_volver, intento_id)
        intento = consultas.intento_por_id(sesion, intento_id)
    sigue = a_donde_vuelve(sesion, intento.referencia_id) if vuelta else None
    if sigue is not None and intento.estado == Estado.PAGADO:
        return redirigir(sigue)
    return pagina_de_pago(request, sesion, actor, intento)


def visible(sesion: Session, actor: Actor, intento_id: UUID) -> Intento:
    intento = consultas.intento_por_id(sesion, intento_id)
    consultas.exigir_ver(sesion, actor, intento)
    return intento


def pagina_de_pago(
    request: Request,
    sesion: Session,
    actor: Actor,
    intento: Intento,
    hoja: Hoja[Any] | None = None,
) -> Response:
    saldo = consultas.saldo_reembolsable(sesion, intento)
    destino = obtener_cuenta(sesion, intento.destino)
    es_suya = puede_ver(sesion, actor, destino)
    disputas = consultas.disputas_de(sesion, intento.id)
    respuestas = consultas.respuestas_de(sesion, [d.id for d in disputas])
    return pagina(
        request,
        "pagos/tarjetas/pago.html",
        hoja=hoja,
        pago=intento,
        dicho=palabras.explicar(intento, disputas),
        en_custodia=destino.titular_tipo == TipoTitular.ASUNTO,
        cuenta=nombres_de_cuentas(sesion, {intento.destino}).get(intento.destino, ""),
        esperando=intento.estado in EN_ESPERA,
        vuelve=a_donde_vuelve(sesion, intento.referencia_id),
        cancelable=intento.estado in (Estado.REQUIERE_ACCION, Estado.AMBIGUO) and not intento.cancelar,
        pasos=[(p, _nombre_de_paso(p)) for p in consultas.pasos_de(sesion, intento.id)],
        reembolsos=[
            (r, *palabras.REEMBOLSOS[EstadoReembolso(r.estado)])
            for r in consultas.reembolsos_de(sesion, intento.id)
        ],
        disputas=[
            (
                d,
                *palabras.DISPUTAS[EstadoDisputa(d.estado)],
                palabras.causa_en_palabras(d.causa),
                respuestas.get(d.id),
                RESPUESTA.mostrar(request, enviada=hoja, de=str(d.id))
                if es_suya and consultas.es_respondible(d, respuestas.get(d.id), ahora_bd(sesion))
                else None,
            )
            for d in disputas
        ],
        estados_de_respuesta=palabras.RESPUESTAS,
        saldo=saldo,
        reembolsable=es_suya and consultas.es_reembolsable(sesion, intento),
        reembolso=REEMBOLSO.mostrar(request, {"saldo_reembolsable": saldo}, enviada=hoja),
        paso=PASO.mostrar(request, enviada=hoja),
    )


def _nombre_de_paso(paso: PasoDeIntento) -> str:
    if paso.estado == Estado.REQUIERE_ACCION and paso.motivo:
        return _("Se probó una tarjeta y fue rechazada")
    nombres = {
        Estado.CREADO: _("Usted pidió el pago"),
        Estado.AMBIGUO: _("La pasarela no respondió"),
        Estado.REQUIERE_ACCION: _("Se abrió la página segura de pago"),
        Estado.PROCESANDO: _("El banco empezó a revisarlo"),
        Estado.PAGADO: _("Se cobró la tarjeta y se abonó la cuenta"),
        Estado.RECHAZADO: _("La tarjeta fue rechazada"),
        Estado.CANCELADO: _("Se canceló sin cobrar"),
        Estado.OBSERVADO: _("Quedó en revisión"),
    }
    return nombres[Estado(paso.estado)]


@router.post("/pagos-con-tarjeta/{intento_id}/cancelar")
def cancelar_pago(
    request: Request, intento_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    with hoja:
        pedir_cancelacion(sesion, actor, intento_id)
    if hoja.rechazada:
        return pagina_de_pago(request, sesion, actor, visible(sesion, actor, intento_id), hoja)
    sesion.commit()
    preguntar(avanzar, intento_id)
    intento = consultas.intento_por_id(sesion, intento_id)
    aviso = (
        _("Canceló el pago.")
        if intento.estado == Estado.CANCELADO
        else _("Pedimos la cancelación; aquí verá si se alcanzó a cobrar.")
    )
    return redirigir(f"/pagos-con-tarjeta/{intento_id}", aviso)


@router.post("/pagos-con-tarjeta/{intento_id}/reembolsar")
def reembolsar_pago(
    request: Request, intento_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeReembolso
) -> Response:
    """Give back to the card. The form carries the balance that the person saw."""
    with hoja:
        datos = hoja.datos
        reembolso = pedir_reembolso(
            sesion,
            actor,
            id=hoja.id,
            intento_id=intento_id,
            monto=datos.monto,
            saldo_visto=datos.saldo_reembolsable,
            nota=datos.nota,
        )
    if hoja.rechazada:
        return pagina_de_pago(request, sesion, actor, visible(sesion, actor, intento_id), hoja)
    return _enviar_reembolso(
        sesion, reembolso, f"/pagos-con-tarjeta/{intento_id}", _("Pedimos el reembolso a la tarjeta.")
    )


def _enviar_reembolso(sesion: Session, reembolso: Reembolso, destino: str, aviso: str) -> Response:
    """Commit a refund just written down and ask the gateway for it, once."""
    id, nuevo = reembolso.id, reembolso.envios == 0
    sesion.commit()
    if nuevo:
        preguntar(avanzar_reembolso, id)
    return redirigir(destino, aviso)


# --- The regulator ------------------------------------------------------------------------------------------


@router.get("/regulador/pagos-con-tarjeta")
def supervisar(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    """Charges that do not match, claims of banks, and what is still without an answer."""
    return _supervisar(request, sesion, actor, cursor)


def _supervisar(
    request: Request,
    sesion: Session,
    actor: Actor,
    cursor: CursorPedido = PRIMERA_PAGINA,
    hoja: Hoja[Any] | None = None,
) -> Response:
    exigir_supervisor(sesion, actor)
    observados, _mas = consultas.observados(sesion, cursor)
    disputas, siguiente = consultas.disputas(sesion, cursor)
    respuestas = consultas.respuestas_de(sesion, [d.id for d in disputas])
    return pagina(
        request,
        "pagos/tarjetas/supervisar.html",
        hoja=hoja,
        observados=[
            (
                i,
                _quien(sesion, i),
                consultas.saldo_reembolsable(sesion, i),
                PASO.mostrar(request, enviada=hoja, de=str(i.id)),
            )
            for i in observados
        ],
        disputas=[
            (
                d,
                *palabras.DISPUTAS[EstadoDisputa(d.estado)],
                palabras.causa_en_palabras(d.causa),
                respuestas.get(d.id),
            )
            for d in disputas
        ],
        estados_de_respuesta=palabras.RESPUESTAS,
        sin_resolver=[
            (palabras.nombre_de_estado(estado), cuantos, suma)
            for estado, (cuantos, suma) in consultas.sin_resolver(sesion).items()
        ],
        faltante=consultas.faltante_total(sesion),
        siguiente_url="/regulador/pagos-con-tarjeta?" + urlencode({"cursor": siguiente})
        if siguiente
        else None,
    )


def _quien(sesion: Session, intento: Intento) -> str:
    if intento.unidad_id is not None:
        return unidad_por_id(sesion, intento.unidad_id).denominacion
    return obtener_persona(sesion, intento.persona_id).nombre_completo


@router.post("/regulador/pagos-con-tarjeta/{intento_id}/devolver")
def devolver_observado(
    request: Request, intento_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> Response:
    """Give an observed charge back to its card, whole."""
    with hoja:
        exigir_supervisor(sesion, actor)
        intento = consultas.intento_por_id(sesion, intento_id)
        saldo = consultas.saldo_reembolsable(sesion, intento)
        reembolso = pedir_reembolso(
            sesion,
            actor,
            id=hoja.id,
            intento_id=intento_id,
            monto=saldo,
            saldo_visto=saldo,
            nota=_("Devolución de un cobro observado"),
        )
    if hoja.rechazada:
        return _supervisar(request, sesion, actor, hoja=hoja)
    return _enviar_reembolso(
        sesion,
        reembolso,
        "/regulador/pagos-con-tarjeta",
        _("Pedimos devolver el cobro a la tarjeta."),
    )
