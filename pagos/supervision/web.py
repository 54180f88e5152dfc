"""Public pages of the closings, the proof of a receipt, and the regulator's pages."""

import re
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, buscar_persona_por_ci
from constancia import hash_de
from empresa_digital.registro import unidad_por_numero
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import de_centavos
from nucleo.errores import ErrorDominio, NoEncontrado
from nucleo.formularios import Hoja
from nucleo.graficos import barras
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.libro import (
    NIVELES,
    NOMBRE_DE_CODIGO,
    PRESUPUESTO,
    Cuenta,
    Operacion,
    Origen,
    comision_en_palabras,
    comision_vigente,
    congelamientos_de,
    congelar_cuenta,
    cuentas_de_titulares,
    descongelar_cuenta,
    exigir_supervisor,
    limite_vigente,
    nombres_de_cuentas,
    obtener_cuenta,
    reglas_de_comision,
)
from pagos.supervision import consultas
from pagos.supervision.api import transferencia_propia
from pagos.supervision.cierre import anotacion_de
from pagos.supervision.errores import CierrePendiente
from pagos.supervision.formularios import (
    COMISION,
    LIMITE,
    MOTIVO,
    PASO,
    VELOCIDAD,
    HojaDeComision,
    HojaDeLimite,
    HojaDeMotivo,
    HojaDePaso,
    HojaDeVelocidad,
    comienzo,
)
from pagos.supervision.prueba import cierre_de, comprobar_prueba, prueba_de
from pagos.supervision.reglas import (
    OPERACIONES,
    agregar_comision,
    agregar_limite,
    agregar_regla,
    limites_registrados,
    regla_vigente,
)
from pagos.supervision.verificaciones import AL_MOMENTO, hacer_verificacion, pedir_verificacion, ultimo_numero

router = APIRouter(tags=["supervisión de pagos"])


# --- Public -------------------------------------------------------------------------------------------------


@router.get("/cierres", dependencies=[Depends(publico)])
def ver_cierres(request: Request, sesion: Sesion, cursor: Cursor) -> Response:
    """The closed days, with their roots, for anybody."""
    filas, siguiente = consultas.cierres(sesion, cursor)
    return pagina(
        request,
        "pagos/supervision/cierres.html",
        cierres=[(c, hash_de(*anotacion_de(c)).hex()) for c in filas],
        siguiente_url=f"/cierres?cursor={siguiente}" if siguiente else None,
    )


@router.get("/comprobantes/{transferencia_id}/prueba")
def ver_prueba(request: Request, sesion: Sesion, actor: ActorRequerido, transferencia_id: UUID) -> Response:
    """What the proof of a receipt says, checked on the way out, or when it will be ready."""
    transferencia = transferencia_propia(sesion, actor, transferencia_id)
    try:
        prueba = prueba_de(sesion, transferencia)
    except CierrePendiente as error:
        return pagina(
            request, "pagos/supervision/prueba.html", t=transferencia, prueba=None, espera=error.detalle
        )
    assert comprobar_prueba(prueba) == []
    cierre = cierre_de(sesion, datetime.fromisoformat(prueba["cierre"]["dia"]).date())
    return pagina(
        request,
        "pagos/supervision/prueba.html",
        t=transferencia,
        prueba=prueba,
        cierre=cierre,
        constancia=hash_de(*anotacion_de(cierre)).hex(),
    )


# --- The regulator ------------------------------------------------------------------------------------------


@router.get("/regulador/pagos")
def supervisar(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    """The state of payments now: does the ledger add up, how much moved, what is frozen or stuck."""
    return _pagina_de_pagos(request, sesion, actor, cursor)


def _pagina_de_pagos(
    request: Request,
    sesion: Session,
    actor: Actor,
    cursor: CursorPedido,
    hoja: Hoja[Any] | None = None,
) -> Response:
    exigir_supervisor(sesion, actor)
    dias = consultas.volumen_por_dia(sesion)
    regla = regla_vigente(sesion)
    veloces = consultas.velocidad_sospechosa(sesion, regla)
    congelados, siguiente = consultas.congelamientos_abiertos(sesion, cursor)
    pendientes = consultas.pendientes_atascadas(sesion)
    todos = consultas.saldos_por_clase(sesion)
    saldos = [s for s in todos if s.moneda != PRESUPUESTO]
    ids = {v.cuenta for v in veloces} | {c.cuenta_id for c in congelados}
    ids |= {c for p in pendientes for c in (p.debito, p.credito)}
    return pagina(
        request,
        "pagos/supervision/pagos.html",
        hoja=hoja,
        paso=PASO.mostrar(request, enviada=hoja),
        dias=dias,
        montos=barras(
            _("Bolivianos movidos por día"),
            [(f"{d.dia:%d/%m}", de_centavos(d.suma)) for d in dias],
        ),
        cantidades=barras(_("Transferencias por día"), [(f"{d.dia:%d/%m}", d.contabilizadas) for d in dias]),
        saldos=saldos,
        presupuesto=[s for s in todos if s.moneda == PRESUPUESTO],
        regla=regla,
        veloces=veloces,
        congelados=congelados,
        siguiente_url=f"/regulador/pagos?cursor={siguiente}#congeladas" if siguiente else None,
        pendientes=pendientes,
        nombres=nombres_de_cuentas(sesion, ids),
        motivos=NOMBRE_DE_CODIGO,
        debitos=sum(s.debitos for s in saldos),
        creditos=sum(s.creditos for s in saldos),
        verificacion=consultas.ultima_verificacion(sesion),
        en_espera=consultas.verificacion_en_espera(sesion),
        transferencias=ultimo_numero(sesion),
    )


@router.post("/regulador/pagos/verificar")
def verificar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDePaso
) -> Response:
    """Check the whole ledger now, or as soon as a worker can when it is large."""
    with hoja:
        pedida = pedir_verificacion(sesion, exigir_supervisor(sesion, actor))
        if ultimo_numero(sesion) > AL_MOMENTO:
            return redirigir("/regulador/pagos", _("La verificación empezó: vuelva en un momento."))
        hecha = hacer_verificacion(sesion, pedida)
        aviso = _("Encontramos fallas en el libro.") if hecha.fallas else _("El libro cuadra.")
        return redirigir("/regulador/pagos", aviso)
    return _pagina_de_pagos(request, sesion, actor, cursor, hoja)


# --- Accounts: find, freeze, unfreeze -----------------------------------------------------------------------


@router.get("/regulador/pagos/cuentas")
def ver_cuentas(request: Request, sesion: Sesion, actor: ActorRequerido, buscar: str = "") -> Response:
    return _pagina_cuentas(request, sesion, actor, buscar[:40])


def _pagina_cuentas(
    request: Request, sesion: Session, actor: Actor, buscar: str, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_supervisor(sesion, actor)
    halladas = _buscar_cuentas(sesion, buscar)
    return pagina(
        request,
        "pagos/supervision/cuentas.html",
        hoja=hoja,
        buscar=buscar,
        cuentas=[(c, congelamientos_de(sesion, c.id)) for c in halladas],
        nombres=nombres_de_cuentas(sesion, [c.id for c in halladas]),
        motivos={c.id: MOTIVO.mostrar(request, enviada=hoja, de=str(c.id)) for c in halladas},
    )


def _buscar_cuentas(sesion: Session, texto: str) -> list[Cuenta]:
    """Accounts of a person (card), of a unit (number), or one account (its number)."""
    limpio = re.sub(r"[\s.]", "", texto)
    if not limpio:
        return []
    titulares = []
    if (persona := buscar_persona_por_ci(sesion, limpio)) is not None:
        titulares.append(persona.id)
    with suppress(ErrorDominio):  # it may not be the number of a unit
        titulares.append(unidad_por_numero(sesion, texto.strip()).id)
    numero = int(limpio) if limpio.isascii() and limpio.isdigit() and len(limpio) < 19 else 0
    return cuentas_de_titulares(sesion, titulares, o_numero=numero)


@router.post("/regulador/pagos/cuentas/{cuenta_id}/{accion}")
def decidir_sobre_cuenta(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta_id: Entero,
    accion: str,
    hoja: HojaDeMotivo,
) -> Response:
    """Freeze or unfreeze by the authority, with its reason; the owner is told."""
    exigir_supervisor(sesion, actor)
    if accion not in ("congelar", "descongelar"):
        raise NoEncontrado(_("Esa decisión no existe."))
    cuenta = obtener_cuenta(sesion, cuenta_id)
    with hoja:
        autorizacion = exigir_supervisor(sesion, actor, cuenta)
        decidir = congelar_cuenta if accion == "congelar" else descongelar_cuenta
        decidir(sesion, autorizacion, cuenta, origen=Origen.AUTORIDAD, motivo=hoja.datos.motivo)
        aviso = _("Cuenta congelada.") if accion == "congelar" else _("Congelamiento levantado.")
        return redirigir(f"/regulador/pagos/cuentas?buscar={cuenta_id}", aviso)
    return _pagina_cuentas(request, sesion, actor, str(cuenta_id), hoja)


# --- Dated rules --------------------------------------------------------------------------------------------


@router.get("/regulador/pagos/reglas")
def ver_reglas(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_reglas(request, sesion, actor)


def _pagina_reglas(
    request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_supervisor(sesion, actor)
    ahora = ahora_bd(sesion)
    vigentes = {
        limite.id
        for nivel in NIVELES
        for direccion in ("salida", "entrada")
        if (limite := limite_vigente(sesion, nivel, direccion, ahora))
    }
    return pagina(
        request,
        "pagos/supervision/reglas.html",
        hoja=hoja,
        limites=limites_registrados(sesion),
        niveles=NIVELES,
        vigentes=vigentes,
        ahora=ahora,
        regla=regla_vigente(sesion),
        comisiones=[(c, comision_en_palabras(c)) for c in reglas_de_comision(sesion)],
        comisiones_vigentes={comision_vigente(sesion, o, ahora).id for o in Operacion},
        operaciones=OPERACIONES,
        limite=LIMITE.mostrar(request, enviada=hoja),
        comision=COMISION.mostrar(request, enviada=hoja),
        velocidad=VELOCIDAD.mostrar(request, enviada=hoja),
    )


@router.post("/regulador/pagos/limites")
def nuevo_limite(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeLimite) -> Response:
    """Add a limit from a date on. What is in force, or was, is never edited."""
    autorizacion = exigir_supervisor(sesion, actor)
    with hoja:
        if not hoja.ya_hecha:
            agregar_limite(sesion, autorizacion, **hoja.datos.valores())
        return redirigir("/regulador/pagos/reglas", _("Límite agregado."))
    return _pagina_reglas(request, sesion, actor, hoja)


@router.post("/regulador/pagos/comisiones")
def nueva_comision(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeComision) -> Response:
    """Add a commission from a date on. What was already agreed keeps its own."""
    autorizacion = exigir_supervisor(sesion, actor)
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            agregar_comision(
                sesion,
                autorizacion,
                operacion=datos.operacion,
                tasa_pb=datos.tasa,
                fijo=datos.fijo,
                minimo=datos.minimo,
                maximo=datos.maximo,
                impuesto_pb=datos.impuesto,
                vigente_desde=comienzo(datos.comision_desde),
                norma=datos.norma_comision,
            )
        return redirigir("/regulador/pagos/reglas", _("Comisión agregada."))
    return _pagina_reglas(request, sesion, actor, hoja)


@router.post("/regulador/pagos/velocidad")
def nueva_regla(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeVelocidad) -> Response:
    """A new rule of suspicious speed, in force from now on."""
    autorizacion = exigir_supervisor(sesion, actor)
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            agregar_regla(
                sesion,
                autorizacion,
                ventana_min=datos.ventana_min,
                pagos_max=datos.pagos_max,
                nuevas_max=datos.nuevas_max,
                norma=datos.norma_velocidad,
            )
        return redirigir("/regulador/pagos/reglas", _("Regla agregada: rige desde ahora."))
    return _pagina_reglas(request, sesion, actor, hoja)
