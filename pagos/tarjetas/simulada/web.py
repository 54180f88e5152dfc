"""The simulated gateway's own pages, in the demonstration only: where the person «types» the card, the
bank's 3-D Secure question, and a bench to make the gateway misbehave."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import RedirectResponse, Response

from ciudadania import ActorRequerido
from nucleo.dinero import de_centavos
from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir
from pagos.tarjetas.palabras import motivo_en_palabras
from pagos.tarjetas.puerta import usa_simulacion
from pagos.tarjetas.simulada import clientes, disputas, pagos, sesiones
from pagos.tarjetas.simulada.almacen import Json, abrir
from pagos.tarjetas.simulada.errores import ErrorSimulado
from pagos.tarjetas.simulada.fallas import NOMBRES, falla_general, provocar
from pagos.tarjetas.simulada.formularios import (
    DECISION,
    DISPUTA,
    FALLA,
    RESPUESTA,
    TARJETA,
    HojaDeDecision,
    HojaDeDisputa,
    HojaDeFalla,
    HojaDeRespuesta,
    HojaDeTarjeta,
)
from pagos.tarjetas.simulada.tarjetas import TARJETAS

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
    return _pagina(request, sesion_id)


def _pagina(request: Request, sesion_id: str, hoja: Hoja[Any] | None = None) -> Response:
    cs = _exigir("sesion", sesion_id)
    intento = _intento_de(cs)
    if cs["status"] == "open" and intento is not None and intento["status"] == "requires_action":
        return redirigir(f"/simulada/3ds/{intento['id']}")
    return pagina(
        request,
        "pagos/tarjetas/simulada_pagar.html",
        hoja=hoja,
        sesion=cs,
        guarda=cs["mode"] == "setup",
        monto=de_centavos(cs["amount_total"] or 0),
        tarjeta=TARJETA.mostrar(request, enviada=hoja),
    )


@paginas.post("/pagar/{sesion_id}", dependencies=ABIERTO)
def pagar(request: Request, sesion_id: Id, hoja: HojaDeTarjeta) -> Response:
    _exigir("sesion", sesion_id)
    with hoja:
        cs = sesiones.pagar_sesion(sesion_id, hoja.datos.tarjeta)
        intento = _intento_de(cs)
        if intento is not None and intento["status"] == "requires_action":
            return redirigir(f"/simulada/3ds/{intento['id']}")
        if intento is not None and intento["status"] == "requires_payment_method":
            raise DatosInvalidos(campos={"tarjeta": _rechazo(intento)})
        return RedirectResponse(cs["success_url"], 303)
    return _pagina(request, sesion_id, hoja)


def _intento_de(cs: Json) -> Json | None:
    """What the page pays or saves, once somebody tried a card in it."""
    tipo = "setup_intent" if cs["mode"] == "setup" else "payment_intent"
    return _exigir(tipo, cs[tipo]) if cs[tipo] else None


def _rechazo(intento: Json) -> str:
    error = intento.get("last_payment_error") or intento["last_setup_error"]
    porque, siga = motivo_en_palabras(error.get("decline_code") or error["code"])
    return f"{porque} {siga}"


# --- 3-D Secure ---------------------------------------------------------------------------------------------


def _por_autenticar(id: str) -> Json:
    return _exigir("setup_intent" if id.startswith("seti_") else "payment_intent", id)


@paginas.get("/3ds/{pago_id}", dependencies=ABIERTO)
def pagina_3ds(request: Request, pago_id: Id) -> Response:
    intento = _por_autenticar(pago_id)
    return pagina(
        request,
        "pagos/tarjetas/simulada_3ds.html",
        pago=intento,
        monto=de_centavos(intento["amount"]) if "amount" in intento else None,
        pendiente=intento["status"] == "requires_action",
        respuesta=RESPUESTA.mostrar(request),
    )


@paginas.post("/3ds/{pago_id}", dependencies=ABIERTO)
def responder_3ds(pago_id: Id, hoja: HojaDeRespuesta) -> Response:
    """Back to whoever asked: the hosted page while the card may be tried again, else the merchant."""
    antes = _por_autenticar(pago_id)
    acepta = hoja.datos.acepta
    with abrir() as almacen:
        abiertas = almacen.listar("sesion", limite=1, filtro={antes["object"]: pago_id})
    if abiertas:
        cs = sesiones.autenticar_sesion(abiertas[0]["id"], acepta=acepta)
        retorno = cs["success_url"] if cs["status"] != "open" else f"/simulada/pagar/{cs['id']}"
    else:
        autenticar = clientes.autenticar_guardado if "amount" not in antes else pagos.autenticar
        autenticar(pago_id, acepta=acepta)
        accion = (antes["next_action"] or {}).get("redirect_to_url") or {}
        retorno = accion.get("return_url") or "/billetera"
    return RedirectResponse(retorno, 303)


# --- The bench ----------------------------------------------------------------------------------------------


@paginas.get("")
def banco_de_pruebas(request: Request, _actor: ActorRequerido) -> Response:
    return _banco(request)


def _banco(request: Request, hoja: Hoja[Any] | None = None) -> Response:
    with abrir() as almacen:
        ultimos = almacen.listar("payment_intent", limite=10)
        vivas = [d for d in almacen.listar("dispute", limite=20) if d["status"] not in ("won", "lost")]
    return pagina(
        request,
        "pagos/tarjetas/simulada.html",
        hoja=hoja,
        tarjetas=TARJETAS,
        falla=FALLA.mostrar(request, {"falla": falla_general()}, enviada=hoja),
        disputa=DISPUTA.mostrar(request),
        decision=DECISION.mostrar(request),
        pagos=[(p, de_centavos(p["amount"])) for p in ultimos],
        disputas=[(d, de_centavos(d["amount"])) for d in vivas],
    )


@paginas.post("/falla")
def elegir_falla(request: Request, _actor: ActorRequerido, hoja: HojaDeFalla) -> Response:
    """From the next payment on, the gateway misbehaves like this until another choice."""
    with hoja:
        elegida = hoja.datos.falla
        provocar(elegida, veces=1 if elegida else None)
        aviso = (
            _("El próximo pago fallará así: %(falla)s.") % {"falla": NOMBRES[elegida].lower()}
            if elegida
            else _("La pasarela simulada funciona bien.")
        )
        return redirigir("/simulada", aviso)
    return _banco(request, hoja)


@paginas.post("/pagos/{pago_id}/disputar")
def disputar(request: Request, _actor: ActorRequerido, pago_id: Id, hoja: HojaDeDisputa) -> Response:
    with hoja:
        if _exigir("payment_intent", pago_id)["status"] != "succeeded":
            raise Conflicto(_("Solo se disputa un pago cobrado."))
        try:
            disputas.disputar_pago(pago_id)
        except ErrorSimulado as error:
            raise Conflicto(_("Ese pago ya se reembolsó entero: no queda nada que disputar.")) from error
        return redirigir("/simulada", _("El titular de la tarjeta disputó el cargo."))
    return _banco(request, hoja)


@paginas.post("/disputas/{disputa_id}")
def decidir(_actor: ActorRequerido, disputa_id: Id, hoja: HojaDeDecision) -> Response:
    try:
        disputas.decidir_disputa(disputa_id, gana_el_comercio=hoja.datos.gana_la_cuenta)
    except ErrorSimulado as error:
        raise NoEncontrado(_("Esa disputa no existe en la pasarela simulada.")) from error
    return redirigir("/simulada", _("El banco decidió la disputa."))
