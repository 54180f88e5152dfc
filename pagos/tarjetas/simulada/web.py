"""The simulated gateway's own pages, in the demonstration only: where the person «types» the card, the
bank's 3-D Secure question, and a bench to make the gateway misbehave."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from ciudadania import ActorRequerido
from nucleo.dinero import de_centavos
from nucleo.errores import NoEncontrado
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.tarjetas.puerta import usa_simulacion
from pagos.tarjetas.simulada import acciones
from pagos.tarjetas.simulada.acciones import ErrorSimulado
from pagos.tarjetas.simulada.almacen import Json, abrir
from pagos.tarjetas.simulada.fallas import NOMBRES, Falla, falla_general, provocar
from pagos.tarjetas.simulada.tarjetas import POR_METODO, TARJETAS
from pagos.tarjetas.textos import motivo_en_palabras

paginas = APIRouter(prefix="/simulada", include_in_schema=False)
router = paginas if usa_simulacion() else APIRouter()
ABIERTO = [Depends(publico)]  # whoever has the link may pay, as at the real gateway

Id = Annotated[str, Path(max_length=80, pattern=r"^[A-Za-z0-9_]+$")]


def _exigir(tipo: str, id: str) -> Json:
    with abrir() as almacen:
        objeto = almacen.leer(tipo, id)
    if objeto is None:
        raise NoEncontrado(_("Ese pago no existe en la pasarela simulada."))
    return objeto


# --- The hosted page ----------------------------------------------------------------------------------------


@paginas.get("/pagar/{sesion_id}", dependencies=ABIERTO)
def pagina_de_pago(request: Request, sesion_id: Id) -> Response:
    return _pagina(request, _exigir("sesion", sesion_id), "", {})


def _pagina(request: Request, cs: Json, elegida: str, errores: dict[str, str]) -> Response:
    pi = _exigir("payment_intent", cs["payment_intent"]) if cs["payment_intent"] else None
    if cs["status"] == "open" and pi is not None and pi["status"] == "requires_action":
        return redirigir(f"/simulada/3ds/{pi['id']}")
    return pagina(
        request,
        "pagos/tarjetas/simulada_pagar.html",
        estado=422 if errores else 200,
        sesion=cs,
        monto=de_centavos(cs["amount_total"]),
        opciones=[(t.metodo, f"{t.legible} · {t.nombre}") for t in TARJETAS],
        elegida=elegida,
        errores=errores,
    )


@paginas.post("/pagar/{sesion_id}", dependencies=ABIERTO)
def pagar(request: Request, sesion_id: Id, tarjeta: Annotated[str, Form(max_length=80)] = "") -> Response:
    cs = _exigir("sesion", sesion_id)
    if tarjeta not in POR_METODO:
        return _pagina(request, cs, "", {"tarjeta": _("Elija una de las tarjetas de demostración.")})
    cs = acciones.pagar_sesion(sesion_id, tarjeta)
    pi = _exigir("payment_intent", cs["payment_intent"])
    if pi["status"] == "requires_action":
        return redirigir(f"/simulada/3ds/{pi['id']}")
    if pi["status"] == "requires_payment_method":
        return _pagina(request, cs, tarjeta, {"tarjeta": _rechazo(pi)})
    return RedirectResponse(cs["success_url"], 303)


def _rechazo(pi: Json) -> str:
    error = pi["last_payment_error"]
    porque, siga = motivo_en_palabras(error.get("decline_code") or error["code"])
    return f"{porque} {siga}"


# --- 3-D Secure ---------------------------------------------------------------------------------------------


@paginas.get("/3ds/{pago_id}", dependencies=ABIERTO)
def pagina_3ds(request: Request, pago_id: Id) -> Response:
    pi = _exigir("payment_intent", pago_id)
    return pagina(
        request,
        "pagos/tarjetas/simulada_3ds.html",
        pago=pi,
        monto=de_centavos(pi["amount"]),
        pendiente=pi["status"] == "requires_action",
    )


@paginas.post("/3ds/{pago_id}", dependencies=ABIERTO)
def responder_3ds(pago_id: Id, respuesta: Annotated[str, Form(pattern="^(aceptar|rechazar)$")]) -> Response:
    """Back to whoever asked: the hosted page while the card may be tried again, else the merchant."""
    antes = _exigir("payment_intent", pago_id)
    acepta = respuesta == "aceptar"
    with abrir() as almacen:
        sesiones = almacen.listar("sesion", limite=1, filtro={"payment_intent": pago_id})
    if sesiones:
        cs = acciones.autenticar_sesion(sesiones[0]["id"], acepta=acepta)
        retorno = cs["success_url"] if cs["status"] != "open" else f"/simulada/pagar/{cs['id']}"
    else:
        acciones.autenticar(pago_id, acepta=acepta)
        accion = (antes["next_action"] or {}).get("redirect_to_url") or {}
        retorno = accion.get("return_url") or "/billetera"
    return RedirectResponse(retorno, 303)


# --- The bench ----------------------------------------------------------------------------------------------


@paginas.get("")
def banco_de_pruebas(request: Request, _actor: ActorRequerido) -> Response:
    with abrir() as almacen:
        pagos = almacen.listar("payment_intent", limite=10)
        disputas = [d for d in almacen.listar("dispute", limite=20) if d["status"] == "needs_response"]
    return pagina(
        request,
        "pagos/tarjetas/simulada.html",
        tarjetas=TARJETAS,
        fallas=[("", _("Ninguna: funciona bien"))] + [(f.value, NOMBRES[f]) for f in Falla],
        falla=falla_general() or "",
        pagos=[(p, de_centavos(p["amount"])) for p in pagos],
        disputas=[(d, de_centavos(d["amount"])) for d in disputas],
    )


@paginas.post("/falla")
def elegir_falla(_actor: ActorRequerido, falla: Annotated[str, Form(max_length=40)] = "") -> Response:
    """From the next payment on, the gateway misbehaves like this until another choice."""
    elegida = Falla(falla) if falla in set(Falla) else None
    provocar(elegida, veces=1 if elegida else None)
    aviso = (
        _("El próximo pago fallará así: %(falla)s.") % {"falla": NOMBRES[elegida].lower()}
        if elegida
        else _("La pasarela simulada funciona bien.")
    )
    return redirigir("/simulada", aviso)


@paginas.post("/pagos/{pago_id}/disputar")
def disputar(_actor: ActorRequerido, pago_id: Id) -> Response:
    pi = _exigir("payment_intent", pago_id)
    if pi["status"] != "succeeded":
        return redirigir("/simulada", _("Solo se disputa un pago cobrado."))
    acciones.disputar_pago(pago_id)
    return redirigir("/simulada", _("El titular de la tarjeta disputó el cargo."))


@paginas.post("/disputas/{disputa_id}")
def decidir(
    _actor: ActorRequerido, disputa_id: Id, gana: Annotated[str, Form(pattern="^(cuenta|titular)$")]
) -> Response:
    try:
        acciones.decidir_disputa(disputa_id, gana_el_comercio=gana == "cuenta")
    except ErrorSimulado as error:
        raise NoEncontrado(_("Esa disputa no existe en la pasarela simulada.")) from error
    return redirigir("/simulada", _("El banco decidió la disputa."))
