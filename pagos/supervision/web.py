"""Public pages of the closings, the proof of a receipt, and the regulator's pages."""

import re
from contextlib import suppress
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from moneyed import Money
from sqlmodel import Session, col, or_, select
from starlette.responses import Response

from ciudadania import ActorRequerido, buscar_persona_por_ci, exigir_sesion_reciente
from constancia import hash_de
from empresa_digital.registro import exigir_regulador, unidad_por_numero
from nucleo.bd import Sesion
from nucleo.dinero import MontoInvalido, de_centavos, leer_monto
from nucleo.errores import DatosInvalidos, ErrorDominio, NoEncontrado
from nucleo.graficos import barras
from nucleo.paginacion import Cursor
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.libro import (
    NOMBRE_DE_CODIGO,
    Operacion,
    Origen,
    comision_en_palabras,
    comision_vigente,
    congelamientos_de,
    congelar_cuenta,
    descongelar_cuenta,
    limite_vigente,
    nombres_de_cuentas,
    obtener_cuenta,
    reglas_de_comision,
)
from pagos.libro.modelos import Cuenta
from pagos.supervision import consultas
from pagos.supervision.api import transferencia_propia
from pagos.supervision.cierre import anotacion_de
from pagos.supervision.errores import CierrePendiente
from pagos.supervision.prueba import cierre_de, comprobar_prueba, prueba_de
from pagos.supervision.reglas import (
    NIVELES,
    OPERACIONES,
    agregar_comision,
    agregar_limite,
    agregar_regla,
    limites_registrados,
    regla_vigente,
)
from pagos.supervision.verificacion import (
    AL_MOMENTO,
    hacer_verificacion,
    pedir_verificacion,
    ultimo_numero,
)

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
    exigir_regulador(sesion, actor)
    dias = consultas.volumen_por_dia(sesion)
    regla = regla_vigente(sesion)
    veloces = consultas.velocidad_sospechosa(sesion, regla)
    congelados, siguiente = consultas.congelamientos_abiertos(sesion, cursor)
    pendientes = consultas.pendientes_atascadas(sesion)
    debitos, creditos = consultas.partida_doble(sesion)
    ids = {v.cuenta for v in veloces} | {c.cuenta_id for c in congelados}
    ids |= {c for p in pendientes for c in (p.debito, p.credito)}
    return pagina(
        request,
        "pagos/supervision/pagos.html",
        dias=dias,
        montos=barras(
            _("Bolivianos movidos por día"),
            [(f"{d.dia:%d/%m}", de_centavos(d.suma).amount) for d in dias],
            "Bs",
        ),
        cantidades=barras(_("Transferencias por día"), [(f"{d.dia:%d/%m}", d.contabilizadas) for d in dias]),
        saldos=consultas.saldos_por_clase(sesion),
        regla=regla,
        veloces=veloces,
        congelados=congelados,
        siguiente_url=f"/regulador/pagos?cursor={siguiente}#congeladas" if siguiente else None,
        pendientes=pendientes,
        nombres=nombres_de_cuentas(sesion, ids),
        motivos=NOMBRE_DE_CODIGO,
        debitos=debitos,
        creditos=creditos,
        verificacion=consultas.ultima_verificacion(sesion),
        en_espera=consultas.verificacion_en_espera(sesion),
        transferencias=ultimo_numero(sesion),
    )


@router.post("/regulador/pagos/verificar")
def verificar(sesion: Sesion, actor: ActorRequerido) -> Response:
    """Check the whole ledger now, or as soon as a worker can when it is large."""
    pedida = pedir_verificacion(sesion, exigir_regulador(sesion, actor))
    if ultimo_numero(sesion) > AL_MOMENTO:
        return redirigir("/regulador/pagos", _("La verificación empezó: vuelva en un momento."))
    hecha = hacer_verificacion(sesion, pedida)
    aviso = _("Encontramos fallas en el libro.") if hecha.fallas else _("El libro cuadra.")
    return redirigir("/regulador/pagos", aviso)


# --- Accounts: find, freeze, unfreeze -----------------------------------------------------------------------


@router.get("/regulador/pagos/cuentas")
def ver_cuentas(request: Request, sesion: Sesion, actor: ActorRequerido, buscar: str = "") -> Response:
    exigir_regulador(sesion, actor)
    return _pagina_cuentas(request, sesion, buscar[:40], {})


def _pagina_cuentas(
    request: Request,
    sesion: Session,
    buscar: str,
    errores: dict[str, str],
    valores: dict[str, str] | None = None,
    estado: int = 200,
) -> Response:
    halladas = _buscar_cuentas(sesion, buscar)
    return pagina(
        request,
        "pagos/supervision/cuentas.html",
        estado=estado,
        buscar=buscar,
        cuentas=[(c, congelamientos_de(sesion, c.id or 0)) for c in halladas],
        nombres=nombres_de_cuentas(sesion, [c.id or 0 for c in halladas]),
        errores=errores,
        valores=valores or {},
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
    condicion = or_(col(Cuenta.titular_id).in_(titulares), col(Cuenta.id) == numero)
    consulta = select(Cuenta).where(condicion).order_by(col(Cuenta.id)).limit(20)
    return list(sesion.exec(consulta.execution_options(populate_existing=True)).all())


@router.post("/regulador/pagos/cuentas/{cuenta_id}/{accion}")
def decidir_sobre_cuenta(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta_id: int,
    accion: str,
    motivo: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Freeze or unfreeze by the authority, with its reason; the owner is told."""
    autorizacion = exigir_regulador(sesion, actor)
    if accion not in ("congelar", "descongelar"):
        raise NoEncontrado(_("Esa decisión no existe."))
    exigir_sesion_reciente(actor)
    cuenta = obtener_cuenta(sesion, cuenta_id)
    try:
        if accion == "congelar":
            congelar_cuenta(sesion, autorizacion, cuenta, origen=Origen.AUTORIDAD, motivo=motivo)
        else:
            descongelar_cuenta(sesion, autorizacion, cuenta, origen=Origen.AUTORIDAD, motivo=motivo)
    except ErrorDominio as error:
        nombre = f"motivo-{cuenta_id}"
        errores = {nombre: error.detalle}
        return _pagina_cuentas(request, sesion, str(cuenta_id), errores, {nombre: motivo}, error.estado)
    aviso = _("Cuenta congelada.") if accion == "congelar" else _("Congelamiento levantado.")
    return redirigir(f"/regulador/pagos/cuentas?buscar={cuenta_id}", aviso)


# --- Dated rules --------------------------------------------------------------------------------------------


@router.get("/regulador/pagos/reglas")
def ver_reglas(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    exigir_regulador(sesion, actor)
    return _pagina_reglas(request, sesion, {}, {})


def _pagina_reglas(
    request: Request, sesion: Session, valores: dict[str, str], errores: dict[str, str]
) -> Response:
    ahora = ahora_bd(sesion)
    vigentes = {
        limite.id
        for nivel, _nombre in NIVELES
        for direccion in ("salida", "entrada")
        if (limite := limite_vigente(sesion, nivel, direccion, ahora))
    }
    return pagina(
        request,
        "pagos/supervision/reglas.html",
        estado=422 if errores else 200,
        limites=limites_registrados(sesion),
        vigentes=vigentes,
        ahora=ahora,
        niveles=NIVELES,
        regla=regla_vigente(sesion),
        comisiones=[(c, comision_en_palabras(c)) for c in reglas_de_comision(sesion)],
        comisiones_vigentes={comision_vigente(sesion, o, ahora).id for o in Operacion},
        operaciones=OPERACIONES,
        valores=valores,
        errores=errores,
    )


CANTIDADES = ("cantidad_dia", "cantidad_mes", "cantidad_rapida", "minutos_rapidez")


@router.post("/regulador/pagos/limites")
def nuevo_limite(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    nivel: Annotated[str, Form(max_length=2)] = "",
    direccion: Annotated[str, Form(max_length=10)] = "",
    por_transaccion: Annotated[str, Form(max_length=40)] = "",
    por_dia: Annotated[str, Form(max_length=40)] = "",
    por_mes: Annotated[str, Form(max_length=40)] = "",
    cantidad_dia: Annotated[str, Form(max_length=10)] = "",
    cantidad_mes: Annotated[str, Form(max_length=10)] = "",
    cantidad_rapida: Annotated[str, Form(max_length=10)] = "",
    minutos_rapidez: Annotated[str, Form(max_length=10)] = "",
    vigente_desde: Annotated[str, Form(max_length=30)] = "",
    norma: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Add a limit from a date on. What is in force, or was, is never edited."""
    autorizacion = exigir_regulador(sesion, actor)
    exigir_sesion_reciente(actor)
    valores = {
        "nivel": nivel,
        "direccion": direccion,
        "por_transaccion": por_transaccion,
        "por_dia": por_dia,
        "por_mes": por_mes,
        "cantidad_dia": cantidad_dia,
        "cantidad_mes": cantidad_mes,
        "cantidad_rapida": cantidad_rapida,
        "minutos_rapidez": minutos_rapidez,
        "vigente_desde": vigente_desde,
        "norma": norma,
    }
    errores: dict[str, str] = {}
    montos = [_monto(n, valores[n], errores) for n in ("por_transaccion", "por_dia", "por_mes")]
    cantidades = [_entero(n, valores[n], errores) for n in CANTIDADES]
    desde = _instante("vigente_desde", vigente_desde, errores)
    try:
        if errores:
            raise DatosInvalidos(campos=errores)
        agregar_limite(
            sesion,
            autorizacion,
            nivel=_entero("nivel", nivel, errores) or 0,
            direccion=direccion,
            por_transaccion=montos[0],
            por_dia=montos[1],
            por_mes=montos[2],
            cantidad_dia=cantidades[0],
            cantidad_mes=cantidades[1],
            cantidad_rapida=cantidades[2],
            ventana_min=cantidades[3],
            vigente_desde=desde,
            norma=norma,
        )
    except DatosInvalidos as error:
        return _pagina_reglas(request, sesion, valores, error.campos or {"": error.detalle})
    return redirigir("/regulador/pagos/reglas", _("Límite agregado."))


def _monto(campo: str, texto: str, errores: dict[str, str]) -> Money | None:
    if not texto.strip():
        return None
    try:
        return leer_monto(texto)
    except MontoInvalido as error:
        errores[campo] = error.detalle
        return None


def _entero(campo: str, texto: str, errores: dict[str, str]) -> int | None:
    limpio = texto.strip()
    if not limpio:
        return None
    if not (limpio.isascii() and limpio.isdigit()):
        errores[campo] = _("Escriba un número entero, sin puntos.")
        return None
    return int(limpio)


def _instante(campo: str, texto: str, errores: dict[str, str]) -> datetime | None:
    """Midnight in Bolivia of the day written; None (now) when nothing is."""
    if not texto.strip():
        return None
    try:
        leido = datetime.strptime(texto.strip(), "%Y-%m-%d").replace(tzinfo=ZONA)
        if not 2000 <= leido.year <= 2999:
            raise ValueError
    except ValueError:
        errores[campo] = _("Escriba la fecha así: 2026-11-22.")
        return None
    return leido


@router.post("/regulador/pagos/comisiones")
def nueva_comision(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    operacion: Annotated[str, Form(max_length=10)] = "",
    tasa: Annotated[str, Form(max_length=10)] = "",
    fijo: Annotated[str, Form(max_length=40)] = "",
    minimo: Annotated[str, Form(max_length=40)] = "",
    maximo: Annotated[str, Form(max_length=40)] = "",
    impuesto: Annotated[str, Form(max_length=10)] = "",
    comision_desde: Annotated[str, Form(max_length=30)] = "",
    norma_comision: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Add a commission from a date on. What was already agreed keeps its own."""
    autorizacion = exigir_regulador(sesion, actor)
    exigir_sesion_reciente(actor)
    valores = {
        "operacion": operacion,
        "tasa": tasa,
        "fijo": fijo,
        "minimo": minimo,
        "maximo": maximo,
        "impuesto": impuesto,
        "comision_desde": comision_desde,
        "norma_comision": norma_comision,
    }
    errores: dict[str, str] = {}
    montos = [_monto(n, valores[n], errores) for n in ("fijo", "minimo", "maximo")]
    puntos = [_puntos_basicos(n, valores[n], errores) for n in ("tasa", "impuesto")]
    desde = _instante("comision_desde", comision_desde, errores)
    try:
        if errores:
            raise DatosInvalidos(campos=errores)
        agregar_comision(
            sesion,
            autorizacion,
            operacion=operacion,
            tasa_pb=puntos[0],
            fijo=montos[0],
            minimo=montos[1],
            maximo=montos[2],
            impuesto_pb=puntos[1],
            vigente_desde=desde,
            norma=norma_comision,
        )
    except DatosInvalidos as error:
        return _pagina_reglas(request, sesion, valores, error.campos or {"": error.detalle})
    return redirigir("/regulador/pagos/reglas", _("Comisión agregada."))


def _puntos_basicos(campo: str, texto: str, errores: dict[str, str]) -> int | None:
    """A percentage as people type it (`1,5`) in hundredths of a percent; None when nothing is written."""
    limpio = texto.strip().removesuffix("%").strip()
    if not limpio:
        return None
    hallado = re.fullmatch(r"([0-9]{1,2})(?:[.,]([0-9]{1,2}))?", limpio, re.ASCII)
    if hallado is None:
        errores[campo] = _("Escriba un porcentaje de 0 a 30, por ejemplo 1,5.")
        return None
    return int(hallado[1]) * 100 + int((hallado[2] or "").ljust(2, "0"))


@router.post("/regulador/pagos/velocidad")
def nueva_regla(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    ventana_min: Annotated[str, Form(max_length=10)] = "",
    pagos_max: Annotated[str, Form(max_length=10)] = "",
    nuevas_max: Annotated[str, Form(max_length=10)] = "",
    norma_velocidad: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """A new rule of suspicious speed, in force from now on."""
    autorizacion = exigir_regulador(sesion, actor)
    exigir_sesion_reciente(actor)
    valores = {
        "ventana_min": ventana_min,
        "pagos_max": pagos_max,
        "nuevas_max": nuevas_max,
        "norma_velocidad": norma_velocidad,
    }
    errores: dict[str, str] = {}
    numeros = [_entero(n, valores[n], errores) or 0 for n in ("ventana_min", "pagos_max", "nuevas_max")]
    try:
        if errores:
            raise DatosInvalidos(campos=errores)
        agregar_regla(
            sesion,
            autorizacion,
            ventana_min=numeros[0],
            pagos_max=numeros[1],
            nuevas_max=numeros[2],
            norma=norma_velocidad,
        )
    except DatosInvalidos as error:
        return _pagina_reglas(request, sesion, valores, error.campos or {"": error.detalle})
    return redirigir("/regulador/pagos/reglas", _("Regla agregada: rige desde ahora."))
