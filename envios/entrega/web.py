"""Pages at the door: delivery with the code, a failed attempt."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, Response

from ciudadania import ActorRequerido
from envios import s10
from envios.entrega import web_devolver, web_recibir
from envios.entrega.consultas import eleccion_vigente
from envios.entrega.entregar import entregar
from envios.entrega.formularios import ENTREGA, INTENTO, HojaDeEntrega, HojaDeIntento
from envios.entrega.palabras import instrucciones_de
from envios.entrega.prueba import DatosDePrueba
from envios.entrega.tipos import QuienPuede, Relacion
from envios.eventos import (
    AccionIntento,
    Codigo,
    EventoNuevo,
    Fuente,
    exigir_registrado,
    opciones_de_accion,
    registrar_evento,
)
from envios.items import (
    FALLOS_MAXIMOS,
    Bandeja,
    contexto,
    envio_del_operador,
    terminos,
    volver,
)
from envios.items.modelos import Envio
from envios.portes import por_cobrar
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import cero
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
router.include_router(web_recibir.router)
router.include_router(web_devolver.router)
operador = APIRouter(prefix="/envios/operador", include_in_schema=False)
HOJAS = "/envios/operador/hojas-de-ruta"


@operador.get("/{envio_id}/entregar")
def pagina_entregar(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, ruta: UUID | None = None
) -> HTMLResponse:
    return _pagina_entregar(request, sesion, actor, envio_id, ruta)


def _pagina_entregar(
    request: Request,
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    ruta: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    eleccion = eleccion_vigente(sesion, envio.id)
    sugerida = {"relacion": Relacion.DESTINATARIO, "receptor_nombre": ""}
    if eleccion is not None and eleccion.recibe is not QuienPuede.DESTINATARIO:
        sugerida = {"relacion": Relacion(eleccion.recibe), "receptor_nombre": eleccion.nombre}
    return pagina(
        request,
        "envios/entrega/entregar.html",
        hoja=hoja,
        cobrar=por_cobrar(sesion, [envio.id]).get(envio.id, cero()),
        instrucciones=instrucciones_de(sesion, [envio.id]).get(envio.id, []),
        bloqueado=envio.codigo_fallos >= FALLOS_MAXIMOS,
        entrega=ENTREGA.mostrar(request, sugerida, enviada=hoja),
        **_contexto(sesion, envio, ruta),
    )


@operador.post("/{envio_id}/entregar")
def confirmar_entrega(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    hoja: HojaDeEntrega,
    ruta: UUID | None = None,
) -> Response:
    """Hand over against the code; a wrong one counts, although the page is refused."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        datos = hoja.datos
        resultado = entregar(
            sesion,
            actor,
            envio_id,
            datos.codigo_entrega,
            prueba=DatosDePrueba(
                relacion=datos.relacion,
                receptor_nombre=datos.receptor_nombre,
                latitud=datos.latitud,
                longitud=datos.longitud,
                precision_m=datos.precision_m,
                foto=hoja.archivos.get("foto"),
                firma=hoja.archivos.get("firma"),
            ),
            evento_cliente_id=f"f:{hoja.id}",
        )
        if resultado.error is None:
            aviso = _("%(numero)s: entregado.") % {"numero": s10.leer_numero(envio.numero).legible}
            return _volver(envio, aviso, ruta)
        hoja.negar(resultado.error)
    return _pagina_entregar(request, sesion, actor, envio_id, ruta, hoja)


@operador.get("/{envio_id}/intento")
def pagina_intento(
    request: Request, sesion: Sesion, actor: ActorRequerido, envio_id: UUID, ruta: UUID | None = None
) -> HTMLResponse:
    return _pagina_intento(request, sesion, actor, envio_id, ruta)


def _pagina_intento(
    request: Request,
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    ruta: UUID | None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    envio = envio_del_operador(sesion, actor, envio_id)
    ultimo = envio.intentos + 1 >= terminos(sesion, envio.creado_en).intentos
    acciones = [a for a in opciones_de_accion() if not (ultimo and a[0] == AccionIntento.NUEVO_INTENTO)]
    return pagina(
        request,
        "envios/entrega/intento.html",
        hoja=hoja,
        ultimo=ultimo,
        intento=INTENTO.mostrar(request, enviada=hoja, opciones={"accion": acciones}),
        **_contexto(sesion, envio, ruta),
    )


@operador.post("/{envio_id}/intento")
def registrar_intento(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    envio_id: UUID,
    hoja: HojaDeIntento,
    ruta: UUID | None = None,
) -> Response:
    """A failed attempt: why, and what follows."""
    envio = envio_del_operador(sesion, actor, envio_id)
    with hoja:
        nuevo = EventoNuevo(
            codigo=Codigo.EMH,
            envio_id=envio_id,
            motivo=hoja.datos.motivo,
            accion=hoja.datos.accion,
            evento_cliente_id=f"f:{hoja.id}",
        )
        exigir_registrado(registrar_evento(sesion, actor, envio_id, nuevo, Fuente.PAGINA))
        aviso = _("%(numero)s: intento registrado.") % {"numero": s10.leer_numero(envio.numero).legible}
        return _volver(envio, aviso, ruta)
    return _pagina_intento(request, sesion, actor, envio_id, ruta, hoja)


def _contexto(sesion: Session, envio: Envio, ruta: UUID | None) -> dict[str, Any]:
    """Whoever comes from their route sheet (`ruta`) goes on with it."""
    de_la_hoja = {"bandeja_url": f"{HOJAS}/{ruta}"} if ruta is not None else {}
    return {**contexto(sesion, envio), "ruta_de_hoy": ruta, **de_la_hoja}


def _volver(envio: Envio, aviso: str, ruta: UUID | None) -> Response:
    if ruta is not None:
        return redirigir(f"{HOJAS}/{ruta}", aviso)
    return volver(envio, aviso, Bandeja.EN_REPARTO.value)


router.include_router(operador)
