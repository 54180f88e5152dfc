"""Pages of the wallet."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, obtener_persona
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.dinero import MontoInvalido, bs, formato_bs, leer_monto
from nucleo.errores import DatosInvalidos, NoEncontrado, Prohibido
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.billetera import web_seguridad, web_solicitudes
from pagos.billetera.enviar import (
    RECARGA_MAXIMA,
    buscar_destinatario,
    enviar,
    presentar,
    recargar_demostracion,
)
from pagos.libro import (
    NOMBRE_DE_CODIGO,
    Codigo,
    CuentaPropia,
    ErrorDePago,
    cuentas_de,
    exigir_repetido_visto,
    limites_y_uso,
    movimientos,
    nombres_de_cuentas,
    pago_igual,
    reservas,
)

router = APIRouter(tags=["pagos"])
router.include_router(web_seguridad.router)
router.include_router(web_solicitudes.router)

RECIENTES = 5
POR_PAGINA = 25


def _elegir(cuentas: list[CuentaPropia], cuenta_id: int | None) -> CuentaPropia:
    """The account asked for among the actor's own; without asking, the first."""
    if cuenta_id is None and cuentas:
        return cuentas[0]
    for propia in cuentas:
        if propia.id == cuenta_id:
            return propia
    raise Prohibido(_("Esa cuenta no es suya ni de una unidad por la que usted pueda pagar."))


@router.get("/billetera")
def billetera(request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: int | None = None) -> Response:
    cuentas = cuentas_de(sesion, actor)
    elegida = _elegir(cuentas, cuenta)
    lista, _siguiente = movimientos(sesion, elegida.id, limite=RECIENTES)
    en_espera = reservas(sesion, elegida.id)
    contrapartes = {m.contraparte for m in lista} | {r.credito for r in en_espera}
    return pagina(
        request,
        "pagos/billetera/billetera.html",
        cuentas=cuentas,
        elegida=elegida,
        movimientos=lista,
        reservas=en_espera,
        motivos=NOMBRE_DE_CODIGO,
        nombres=nombres_de_cuentas(sesion, contrapartes),
        limites=limites_y_uso(sesion, elegida.cuenta),
    )


@router.get("/billetera/movimientos")
def ver_movimientos(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    cuenta: int | None = None,
    desde: str = "",
    hasta: str = "",
    sentido: Annotated[str, Query(max_length=10)] = "",
    motivo: Annotated[str, Query(max_length=5)] = "",
    cursor: str | None = None,
) -> Response:
    cuentas = cuentas_de(sesion, actor)
    elegida = _elegir(cuentas, cuenta)
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
        filtros=filtros,
        filtrado=any(filtros.values()),
        motivos=[(str(c), str(nombre)) for c, nombre in NOMBRE_DE_CODIGO.items()],
        errores=errores,
        siguiente_url=siguiente
        and "/billetera/movimientos?" + urlencode({k: v for k, v in consulta.items() if v}),
    )


def _leer_dia(campo: str, valor: str, errores: dict[str, str]) -> date | None:
    if not valor.strip():
        return None
    try:
        leida = date.fromisoformat(valor.strip())
        if not date(2000, 1, 1) <= leida <= date(2999, 12, 31):
            raise ValueError
    except ValueError:
        errores[campo] = _("Escriba la fecha así: 2026-11-22.")
        return None
    return leida


@router.get("/billetera/enviar")
def formulario_enviar(
    request: Request, sesion: Sesion, actor: ActorRequerido, cuenta: int | None = None
) -> Response:
    cuentas = cuentas_de(sesion, actor)
    elegida = _elegir(cuentas, cuenta)
    return _formulario_enviar(request, cuentas, {"cuenta": str(elegida.id)}, {})


def _formulario_enviar(
    request: Request, cuentas: list[CuentaPropia], valores: dict[str, str], errores: dict[str, str]
) -> Response:
    return pagina(
        request,
        "pagos/billetera/enviar.html",
        estado=422 if errores else 200,
        cuentas=cuentas,
        opciones=[(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas],
        valores=valores,
        errores=errores,
    )


@router.post("/billetera/enviar")
def buscar_para_enviar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    destinatario: Annotated[str, Form(max_length=40)] = "",
    monto: Annotated[str, Form(max_length=40)] = "",
    cuenta: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Find whom to pay; the name is confirmed on the next page before any money moves."""
    cuentas = cuentas_de(sesion, actor)
    valores = {"destinatario": destinatario, "monto": monto, "cuenta": cuenta}
    errores: dict[str, str] = {}
    leido = _leer_monto(monto, errores)
    elegida = next((c for c in cuentas if str(c.id) == cuenta), None)
    if elegida is None:
        errores["cuenta"] = _("Elija una de sus cuentas.")
    if not destinatario.strip():
        errores["destinatario"] = _("Escriba el alias, el carnet o el celular de la persona.")
    if errores or leido is None or elegida is None:
        return _formulario_enviar(request, cuentas, valores, errores)
    try:
        hallado = buscar_destinatario(sesion, actor, destinatario)
    except DatosInvalidos as error:
        return _formulario_enviar(request, cuentas, valores, error.campos or {"destinatario": error.detalle})
    if hallado.persona_id == actor.persona_id and elegida.unidad_id is None:
        errores["destinatario"] = _("Ese es su propio carnet o celular.")
        return _formulario_enviar(request, cuentas, valores, errores)
    consulta = {"cuenta": elegida.id, "a": str(hallado.persona_id), "monto": str(leido.amount)}
    return redirigir("/billetera/enviar/confirmar?" + urlencode(consulta))


def _leer_monto(texto: str, errores: dict[str, str]) -> Money | None:
    try:
        leido = leer_monto(texto)
    except MontoInvalido as error:
        errores["monto"] = error.detalle
        return None
    if leido <= bs(0):
        errores["monto"] = _("El monto debe ser mayor que cero.")
        return None
    return leido


@router.get("/billetera/enviar/confirmar")
def confirmar_envio(
    request: Request, sesion: Sesion, actor: ActorRequerido, a: UUID, monto: str, cuenta: int
) -> Response:
    elegida = _elegir(cuentas_de(sesion, actor), cuenta)
    leido = leer_monto(monto)
    return _pagina_confirmar(request, sesion, elegida, a, leido, nuevo_id(), {})


def _pagina_confirmar(
    request: Request,
    sesion: Session,
    elegida: CuentaPropia,
    persona_id: UUID,
    monto: Money,
    id: UUID,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    return pagina(
        request,
        "pagos/billetera/confirmar.html",
        estado=estado,
        elegida=elegida,
        destinatario=presentar(obtener_persona(sesion, persona_id)),
        monto=monto,
        id=id,
        igual=pago_igual(sesion, cuenta_id=elegida.id, titular=persona_id, monto=monto, id=id),
        errores=errores,
    )


@router.post("/billetera/enviar/confirmar")
def hacer_envio(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    id: Annotated[UUID, Form()],
    a: Annotated[UUID, Form()],
    monto: Annotated[str, Form(max_length=40)],
    cuenta: Annotated[int, Form()],
    visto: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Send. The id came with the form: pressing twice pays once; another form for the same asks first."""
    elegida = _elegir(cuentas_de(sesion, actor), cuenta)
    leido = leer_monto(monto)
    try:
        exigir_repetido_visto(sesion, cuenta_id=elegida.id, titular=a, monto=leido, id=id, visto=visto)
        enviar(sesion, actor, id=id, cuenta_id=elegida.id, persona_id=a, monto=leido)
    except (ErrorDePago, Prohibido) as error:
        return _pagina_confirmar(
            request, sesion, elegida, a, leido, id, {"general": error.detalle}, error.estado
        )
    return redirigir(f"/comprobantes/{id}", _("Envió %(monto)s.") % {"monto": formato_bs(leido)})


@router.get("/billetera/recargar")
def formulario_recargar(request: Request, actor: ActorRequerido) -> Response:
    return _formulario_recargar(request, "", nuevo_id(), {})


def _formulario_recargar(
    request: Request, monto: str, id: UUID, errores: dict[str, str], estado: int = 422
) -> Response:
    if not ajustes().es_demostracion:
        raise NoEncontrado(_("Las recargas con tarjeta y QR estarán disponibles pronto."))
    return pagina(
        request,
        "pagos/billetera/recargar.html",
        estado=estado if errores else 200,
        monto=monto,
        id=id,
        maximo=RECARGA_MAXIMA,
        errores=errores,
    )


@router.post("/billetera/recargar")
def recargar(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    id: Annotated[UUID, Form()],
    monto: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    errores: dict[str, str] = {}
    leido = _leer_monto(monto, errores)
    if leido is None:
        return _formulario_recargar(request, monto, id, errores)
    try:
        recargar_demostracion(sesion, actor, id=id, monto=leido)
    except (ErrorDePago, DatosInvalidos) as error:
        errores = error.campos or {"general": error.detalle}
        return _formulario_recargar(request, monto, id, errores, error.estado)
    return redirigir("/billetera", _("Recargó %(monto)s de demostración.") % {"monto": formato_bs(leido)})
