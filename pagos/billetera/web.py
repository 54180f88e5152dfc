"""Pages of the wallet."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.formularios import Hoja
from nucleo.lectores import Entero, Ilegible, leer_fecha
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.billetera import web_codigos, web_frecuentes, web_seguridad, web_solicitudes
from pagos.billetera.enviar import (
    RECARGA_MAXIMA,
    buscar_destinatario,
    enviar,
    mirar_destinatario,
    recargar_demostracion,
)
from pagos.billetera.formularios import (
    BUSQUEDA,
    ENVIO,
    RECARGA,
    Envio,
    HojaDeBusqueda,
    HojaDeEnvio,
    HojaDeRecarga,
)
from pagos.billetera.frecuentes import frecuentes
from pagos.billetera.web_a_persona import direccion_de_confirmacion
from pagos.libro import (
    NOMBRE_DE_CODIGO,
    PRESUPUESTARIOS,
    Codigo,
    cuenta_elegida,
    cuentas_de,
    exigir_repetido_visto,
    limites_y_uso,
    movimientos,
    nombres_de_cuentas,
    pago_igual,
)
from pagos.notas import notas_de
from pagos.tarjetas import reclamos_sin_cubrir

router = APIRouter(tags=["pagos"])
router.include_router(web_seguridad.router)
router.include_router(web_solicitudes.router)
router.include_router(web_codigos.router)
router.include_router(web_frecuentes.router)

RECIENTES = 3
POR_PAGINA = 25


@router.get("/billetera")
def billetera(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None
) -> Response:
    cuentas = cuentas_de(sesion, actor)
    elegida = cuenta_elegida(sesion, actor, cuenta)
    lista, _siguiente = movimientos(sesion, elegida.id, limite=RECIENTES)
    return pagina(
        request,
        "pagos/billetera/billetera.html",
        cuentas=cuentas,
        elegida=elegida,
        a_solas=elegida.id in {c.id for c in cuentas_de(sesion, actor, con_otros=False)},
        movimientos=lista,
        nombres=nombres_de_cuentas(sesion, {m.contraparte for m in lista}),
        notas=notas_de(sesion, [m.id for m in lista]),
        limites=limites_y_uso(sesion, elegida.cuenta),
        reclamos=reclamos_sin_cubrir(sesion, elegida.id) if elegida.cuenta.congelada else [],
    )


@router.get("/billetera/movimientos")
def ver_movimientos(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta: Entero | None = None,
    desde: str = "",
    hasta: str = "",
    sentido: Annotated[str, Query(max_length=10)] = "",
    motivo: Annotated[str, Query(max_length=5)] = "",
    cursor: str | None = None,
) -> Response:
    cuentas = cuentas_de(sesion, actor)
    elegida = cuenta_elegida(sesion, actor, cuenta)
    errores: dict[str, str] = {}
    inicio, fin = _leer_dia("desde", desde, errores), _leer_dia("hasta", hasta, errores)
    if inicio and fin and inicio > fin:
        errores["hasta"] = _("La fecha final no puede ser anterior a la inicial.")
    entra = {"entra": True, "sale": False}.get(sentido)
    codigo = int(motivo) if motivo in {str(c.value) for c in Codigo} else 0
    lista, siguiente = (
        ([], None)
        if errores
        else movimientos(
            sesion,
            elegida.id,
            limite=POR_PAGINA,
            cursor=cursor,
            desde=inicio,
            hasta=fin,
            entra=entra,
            codigo=codigo,
        )
    )
    filtros = {"desde": desde, "hasta": hasta, "sentido": sentido, "motivo": motivo}
    consulta = {"cuenta": elegida.id, "cursor": siguiente} | filtros
    return pagina(
        request,
        "pagos/billetera/movimientos.html",
        estado=422 if errores else 200,
        cuentas=cuentas,
        elegida=elegida,
        movimientos=lista,
        nombres=nombres_de_cuentas(sesion, {m.contraparte for m in lista}),
        notas=notas_de(sesion, [m.id for m in lista]),
        filtros=filtros,
        filtrado=any(filtros.values()),
        motivos=[(str(c), str(nombre)) for c, nombre in NOMBRE_DE_CODIGO.items() if c not in PRESUPUESTARIOS],
        errores=errores,
        siguiente_url=siguiente
        and "/billetera/movimientos?" + urlencode({k: v for k, v in consulta.items() if v}),
    )


def _leer_dia(campo: str, valor: str, errores: dict[str, str]) -> date | None:
    if not valor.strip():
        return None
    try:
        return leer_fecha(valor)
    except Ilegible as error:
        errores[campo] = str(error)
        return None


@router.get("/billetera/enviar")
def formulario_enviar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: Entero | None = None
) -> Response:
    elegida = cuenta_elegida(sesion, actor, cuenta, con_otros=False)
    return _pagina_enviar(request, sesion, actor, {"cuenta": elegida.id})


def _pagina_enviar(
    request: Request,
    sesion: Session,
    actor: Actor,
    valores: dict[str, Any],
    hoja: Hoja[Any] | None = None,
) -> Response:
    cuentas = cuentas_de(sesion, actor, con_otros=False)
    opciones = [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas]
    return pagina(
        request,
        "pagos/billetera/enviar.html",
        hoja=hoja,
        cuentas=cuentas,
        frecuentes=frecuentes(sesion, actor.persona_id) if actor.persona_id is not None else [],
        busqueda=BUSQUEDA.mostrar(request, valores, enviada=hoja, opciones={"cuenta": opciones}),
    )


@router.post("/billetera/enviar")
def buscar_para_enviar(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeBusqueda
) -> Response:
    """Find whom to pay; the name is confirmed on the next page before any money moves."""
    with hoja:
        datos = hoja.datos
        suyas = cuentas_de(sesion, actor, con_otros=False)
        elegida = next((c for c in suyas if c.id == datos.cuenta), None)
        if elegida is None:
            raise DatosInvalidos(campos={"cuenta": _("Elija una de sus cuentas.")})
        hallado = buscar_destinatario(
            sesion, actor, datos.destinatario, datos.nombre, unidad_id=elegida.unidad_id
        )
        if hallado.persona_id == actor.persona_id and elegida.unidad_id is None:
            raise DatosInvalidos(campos={"destinatario": _("Ese es su propio carnet o celular.")})
        return redirigir(
            direccion_de_confirmacion(elegida.id, hallado.persona_id, datos.nombre, datos.monto, datos.nota)
        )
    return _pagina_enviar(request, sesion, actor, {}, hoja)


@router.get("/billetera/enviar/confirmar")
def confirmar_envio(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeEnvio) -> Response:
    return _pagina_confirmar(request, sesion, actor, hoja.datos)


def _pagina_confirmar(
    request: Request, sesion: Session, actor: Actor, envio: Envio, hoja: Hoja[Any] | None = None
) -> Response:
    elegida = cuenta_elegida(sesion, actor, envio.cuenta, con_otros=False)
    formulario = ENVIO.mostrar(request, dict(envio), enviada=hoja)
    igual = pago_igual(sesion, cuenta_id=elegida.id, titular=envio.a, monto=envio.monto, id=formulario.id)
    formulario.valores["visto"] = str(igual.id) if igual else ""
    return pagina(
        request,
        "pagos/billetera/confirmar.html",
        hoja=hoja,
        elegida=elegida,
        destinatario=mirar_destinatario(sesion, actor, envio.a, envio.nombre, unidad_id=elegida.unidad_id),
        escrito=envio.nombre,
        monto=envio.monto,
        nota=envio.nota,
        alcanza=elegida.cuenta.disponible >= envio.monto,
        envio=formulario,
        igual=igual,
    )


@router.post("/billetera/enviar/confirmar")
def hacer_envio(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeEnvio) -> Response:
    """Send. The form's id is the payment's: pressing twice pays once; another form of it asks first."""
    envio = hoja.datos  # the page wrote all of it: when it will not do, there is nothing to show again
    with hoja:
        elegida = cuenta_elegida(sesion, actor, envio.cuenta, con_otros=False)
        exigir_repetido_visto(
            sesion, cuenta_id=elegida.id, titular=envio.a, monto=envio.monto, id=hoja.id, visto=envio.visto
        )
        enviar(
            sesion,
            actor,
            id=hoja.id,
            cuenta_id=elegida.id,
            persona_id=envio.a,
            monto=envio.monto,
            nota=envio.nota or None,
        )
        aviso = _("Envió %(monto)s.") % {"monto": formato_bs(envio.monto)}
        return redirigir(f"/comprobantes/{hoja.id}", aviso)
    return _pagina_confirmar(request, sesion, actor, envio, hoja)


@router.get("/billetera/recargar")
def formulario_recargar(request: Request, _actor: ActorRequerido) -> Response:
    return _pagina_recargar(request)


def _pagina_recargar(request: Request, hoja: Hoja[Any] | None = None) -> Response:
    if not ajustes().es_demostracion:
        raise NoEncontrado(_("Las recargas con tarjeta y QR estarán disponibles pronto."))
    return pagina(
        request,
        "pagos/billetera/recargar.html",
        hoja=hoja,
        recarga=RECARGA.mostrar(request, enviada=hoja),
        maximo=RECARGA_MAXIMA,
    )


@router.post("/billetera/recargar")
def recargar(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRecarga) -> Response:
    with hoja:
        monto = hoja.datos.monto
        recargar_demostracion(sesion, actor, id=hoja.id, monto=monto)
        return redirigir("/billetera", _("Recargó %(monto)s de demostración.") % {"monto": formato_bs(monto)})
    return _pagina_recargar(request, hoja)
