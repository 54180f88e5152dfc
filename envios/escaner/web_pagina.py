"""The scanner page: one item after another, with the same event."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from empresa_digital.registro import Unidad
from envios import s10
from envios.escaner.errores import PaginaUsada
from envios.escaner.esquemas import EscaneoJuzgado, EscaneoPorSubir, Reloj, ResultadoEscaneo, Telefono
from envios.escaner.formularios import ESCANEO, PENDIENTE, Escaneo, HojaDeEscaneo, HojaDePendiente
from envios.escaner.presentar import leer_juzgados, leer_por_resolver
from envios.escaner.recibir import recibir
from envios.escaner.resolver import dejar_asi, deshacer
from envios.eventos import Codigo
from envios.items import envio_por_numero, operador_de
from envios.operadores import agencias_del_actor
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.formularios import Hoja
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

SIN_TELEFONO = UUID(int=0)
"""The device of what was read on a page: it has no queue and no clock of its own."""

router = APIRouter(prefix="/envios/operador", include_in_schema=False)


def _pagina_escanear(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: UUID | None,
    valores: dict[str, str] | None = None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    operador, todos = operador_de(sesion, actor, unidad)
    assert actor.persona_id is not None, "a machine has no page"
    pendientes = leer_por_resolver(sesion, actor.persona_id)
    return pagina(
        request,
        "envios/escaner/escanear.html",
        hoja=hoja,
        operador=operador,
        operadores=todos,
        pendientes=[
            (p, PENDIENTE.mostrar(request, {"lectura": p.id}, enviada=hoja, de=str(p.id))) for p in pendientes
        ],
        escaneo=ESCANEO.mostrar(
            request,
            valores,
            enviada=hoja,
            opciones={
                "agencia": [(a.id, a.nombre) for a in agencias_del_actor(sesion, actor, operador.id)],
            },
        ),
    )


@router.get("/escanear")
def escanear(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: UUID | None = None,
    codigo: str = "",
    agencia: UUID | None = None,
) -> HTMLResponse:
    valores = {"codigo": codigo[:10], "agencia": str(agencia or "")}
    return _pagina_escanear(request, sesion, actor, unidad, valores)


@router.post("/escanear")
def registrar_escaneo(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeEscaneo,
    unidad: UUID | None = None,
) -> Response:
    """One scan: on success the page is ready for the next item with the same event."""
    operador, _todos = operador_de(sesion, actor, unidad)
    with hoja:
        datos = hoja.datos
        leido = _leer(sesion, actor, operador, datos, hoja.id)
        partes = [
            f"{s10.leer_numero(leido.numero).legible}: {leido.texto.lower()}",
            leido.detalle.rstrip("."),
        ]
        partes += [_("Destino: %(destino)s") % {"destino": leido.destino}]
        aviso = ". ".join(filter(None, partes)) + "."
        sigue = urlencode(
            {"unidad": operador.id, "codigo": datos.codigo.value}
            | ({"agencia": datos.agencia} if datos.agencia else {})
        )
        return redirigir(f"/envios/operador/escanear?{sigue}", aviso)
    return _pagina_escanear(request, sesion, actor, operador.id, hoja=hoja)


def _leer(sesion: Session, actor: Actor, operador: Unidad, datos: Escaneo, id: UUID) -> EscaneoJuzgado:
    """The reading, judged as one of a telephone; whatever is wrong with it is said of its number."""
    assert actor.persona_id is not None, "a machine has no page"
    suyas = {a.id for a in agencias_del_actor(sesion, actor, operador.id)}
    if datos.agencia is not None and datos.agencia not in suyas:
        detalle = _("Elija una agencia de su operador en la que usted trabaje.")
        raise DatosInvalidos(detalle, campos={"agencia": detalle})
    instante = ahora_bd(sesion)
    reloj = Reloj(ms=int(instante.timestamp() * 1000))
    try:
        envio = envio_por_numero(sesion, datos.numero, operador.id)
        telefono = Telefono(
            persona_id=actor.persona_id,
            operador_unidad_id=operador.id,
            agencia_id=datos.agencia,
            dispositivo_id=SIN_TELEFONO,
            enviado=reloj,
        )
        fallido = datos.codigo is Codigo.EMH
        escaneo = EscaneoPorSubir(
            id=id,
            codigo=datos.codigo,
            numero=envio.numero,
            reloj=reloj,
            motivo=datos.motivo if fallido else None,
            accion=datos.accion if fallido else None,
        )
        juzgados = recibir(sesion, actor, telefono, [escaneo])
        (leido,) = leer_juzgados(sesion, juzgados, instante).resultados
        if leido.resultado is ResultadoEscaneo.RECHAZADO:
            raise DatosInvalidos(leido.detalle)
        if (leido.numero, leido.codigo) != (envio.numero, datos.codigo):
            raise PaginaUsada(_("Con esa página ya se anotó otro envío: registre de nuevo."))
    except ErrorDominio as error:
        raise DatosInvalidos(error.detalle, campos={"numero": error.detalle}) from error
    return leido


@router.post("/escanear/pendiente")
def resolver_pendiente(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDePendiente,
    unidad: UUID | None = None,
) -> Response:
    """One that waits for its worker: taken back, or left as it is."""
    with hoja:
        hacer = deshacer if hoja.datos.deshacer else dejar_asi
        hacer(sesion, actor, hoja.datos.lectura)
        aviso = _("Deshecho.") if hoja.datos.deshacer else _("Queda como está.")
        return redirigir(
            f"/envios/operador/escanear?{urlencode({'unidad': unidad} if unidad else {})}", aviso
        )
    return _pagina_escanear(request, sesion, actor, unidad, hoja=hoja)
