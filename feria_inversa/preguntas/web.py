"""Pages of the questions: what was asked and answered, for everybody; and where the entity answers."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad, unidades_de
from feria_inversa.preguntas.consultas import preguntas_de, se_pregunta_hasta
from feria_inversa.preguntas.estados import nombre_de_pregunta
from feria_inversa.preguntas.formularios import PREGUNTA, RESPUESTA, HojaDePregunta, HojaDeRespuesta
from feria_inversa.preguntas.preguntar import preguntar, responder
from feria_inversa.procesos import ConvocatoriaNoEncontrada, convocatoria_visible, ficha, puede_gestionar
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()


@router.get("/feria/{convocatoria_id}/preguntas", dependencies=[Depends(publico)])
def ver(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional, cursor: str | None = None
) -> HTMLResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return _publica(request, sesion, actor, convocatoria, cursor)


def _publica(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    convocatoria: Convocatoria,
    cursor: str | None = None,
    hoja: Hoja[Any] | None = None,
) -> HTMLResponse:
    filas, siguiente = preguntas_de(sesion, convocatoria.id, CursorPedido(cursor, 20))
    hasta = se_pregunta_hasta(sesion, convocatoria)
    if hasta is not None and ahora_bd(sesion) >= hasta:
        hasta = None
    suyas = unidades_de(sesion, actor, Facultad.OFERTAR) if actor is not None and hasta is not None else []
    ajena = actor is not None and not puede_gestionar(sesion, actor, convocatoria.unidad_id)
    direccion = f"/feria/{convocatoria.id}/preguntas"
    return pagina(
        request,
        "feria_inversa/preguntas/preguntas.html",
        hoja=hoja,
        preguntas=filas,
        nombre_de_pregunta=nombre_de_pregunta,
        siguiente=f"{direccion}?cursor={siguiente}" if siguiente else None,
        se_pregunta_hasta=hasta,
        pregunta=PREGUNTA.mostrar(
            request, enviada=hoja, opciones={"unidad_id": [(str(u.id), u.nombre) for u in suyas]}
        )
        if suyas and ajena
        else None,
        **ficha(sesion, convocatoria),
    )


@router.post("/feria/{convocatoria_id}/preguntas", response_model=None)
def hacer(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePregunta
) -> HTMLResponse | RedirectResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    with hoja:
        if not hoja.ya_hecha:
            preguntar(sesion, actor, convocatoria_id, hoja.datos.unidad_id, hoja.datos.texto)
        aviso = _("Publicamos su pregunta. Le avisaremos cuando la entidad responda.")
        return redirigir(f"/feria/{convocatoria_id}/preguntas", aviso)
    return _publica(request, sesion, actor, convocatoria, hoja=hoja)


@router.get("/compras/{convocatoria_id}/preguntas")
def por_responder(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: str | None = None
) -> HTMLResponse:
    """What waits for an answer of the entity."""
    return _pagina(request, sesion, actor, convocatoria_id, cursor)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    cursor: str | None = None,
    hoja: Hoja[Any] | None = None,
    de: UUID | None = None,
) -> HTMLResponse:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    filas, siguiente = preguntas_de(sesion, convocatoria_id, CursorPedido(cursor, 20), pendientes=True)
    responde = tiene_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    return pagina(
        request,
        "feria_inversa/preguntas/por_responder.html",
        hoja=hoja,
        preguntas=[
            (fila, RESPUESTA.mostrar(request, enviada=hoja if fila.id == de else None, de=str(fila.id)))
            for fila in filas
        ],
        responde=responde,
        siguiente=f"/compras/{convocatoria_id}/preguntas?cursor={siguiente}" if siguiente else None,
        **ficha(sesion, convocatoria),
    )


@router.post("/compras/{convocatoria_id}/preguntas/{pregunta_id}/respuesta", response_model=None)
def contestar(
    request: Request,
    convocatoria_id: UUID,
    pregunta_id: UUID,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRespuesta,
) -> HTMLResponse | RedirectResponse:
    convocatoria_visible(sesion, actor, convocatoria_id)
    with hoja:
        if not hoja.ya_hecha:
            responder(sesion, actor, convocatoria_id, pregunta_id, hoja.datos.respuesta)
        return redirigir(f"/compras/{convocatoria_id}/preguntas", _("Publicó la respuesta."))
    return _pagina(request, sesion, actor, convocatoria_id, hoja=hoja, de=pregunta_id)
