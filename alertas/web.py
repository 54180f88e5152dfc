"""Pages of the alerts: save a search, see what it found, end it in one press; and the feed of each."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ValidationError
from sqlmodel import Session
from starlette.responses import Response

from alertas import guardar
from alertas.consultas import alerta_del_canal, alerta_visible, alertas_de, criterios_de, hallazgos
from alertas.emparejadores import emparejador_de
from alertas.formularios import ALERTA, FRECUENCIAS, HojaDeAlerta, HojaDePaso, HojaDeRespuesta
from alertas.modelos import Frecuencia
from alertas.proponer import propuestas_de, responder
from ciudadania import ActorRequerido
from empresa_digital.registro import Facultad, nombres_de_unidades, unidades_de
from nucleo.acceso import publico
from nucleo.actor import Actor
from nucleo.atom import Entrada, atom
from nucleo.bd import Sesion
from nucleo.configuracion import ajustes
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir

router = APIRouter(include_in_schema=False)
ENTRADAS = 50


@router.get("/mis-alertas")
def mis_alertas(request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    """The alerts of the person and of the units they administer."""
    return _pagina_lista(request, sesion, actor, cursor)


def _pagina_lista(
    request: Request, sesion: Session, actor: Actor, cursor: CursorPedido, hoja: Hoja[Any] | None = None
) -> Response:
    filas, siguiente = alertas_de(sesion, actor, cursor)
    primera = cursor.cursor is None
    return pagina(
        request,
        "alertas/lista.html",
        hoja=hoja,
        alertas=filas,
        unidades=nombres_de_unidades(sesion, {f.unidad_id for f in filas if f.unidad_id}),
        frecuencias=FRECUENCIAS,
        propuestas=propuestas_de(sesion, actor) if primera else [],
        siguiente_url=f"/mis-alertas?cursor={siguiente}" if siguiente else None,
    )


@router.post("/mis-alertas/propuestas")
def responder_propuesta(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        datos = hoja.datos
        fila = responder(sesion, actor, datos.unidad_id, datos.clase, acepta=datos.acepta)
        if fila is None:
            return redirigir("/mis-alertas", _("Listo: no se lo proponemos más."))
        return redirigir(f"/mis-alertas/{fila.id}", _("Listo: le avisaremos."))
    return _pagina_lista(request, sesion, actor, cursor, hoja)


def _criterios(clase: str, texto: str) -> BaseModel:
    """The criteria that a list put in its address; raises `DatosInvalidos`, `NoEncontrado`."""
    try:
        leidos: BaseModel = emparejador_de(clase).esquema.model_validate_json(texto)
    except ValidationError:
        raise DatosInvalidos(_("Vuelva a la lista y pulse «Avisarme» otra vez.")) from None
    return leidos


@router.get("/mis-alertas/nueva")
def nueva(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    clase: Annotated[str, Query(max_length=60)],
    criterios: Annotated[str, Query(max_length=2000)] = "{}",
) -> Response:
    """What will be looked for, in words, and how one will be told."""
    return _pagina_nueva(request, sesion, actor, clase, criterios)


def _pagina_nueva(
    request: Request,
    sesion: Session,
    actor: Actor,
    clase: str,
    criterios: str,
    hoja: Hoja[Any] | None = None,
) -> Response:
    leidos, emparejador = _criterios(clase, criterios), emparejador_de(clase)
    unidades = unidades_de(sesion, actor, Facultad.ADMINISTRAR)
    valores = {"clase": clase, "criterios": criterios, "frecuencia": Frecuencia.AL_MOMENTO, "unidad_id": ""}
    opciones = {"unidad_id": [("", _("A mí")), *((str(u.id), u.nombre) for u in unidades)]}
    return pagina(
        request,
        "alertas/nueva.html",
        hoja=hoja,
        alerta=ALERTA.mostrar(request, valores, enviada=hoja, opciones=opciones),
        con_unidades=bool(unidades),
        clase=emparejador,
        busca=emparejador.en_palabras(sesion, leidos),
        volver=emparejador.volver(leidos),
    )


@router.post("/mis-alertas")
def crear(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAlerta) -> Response:
    clase, criterios = hoja.valores.get("clase", ""), hoja.valores.get("criterios", "{}")
    leidos = _criterios(clase, criterios)
    with hoja:
        datos = hoja.datos
        fila = guardar.crear_alerta(
            sesion,
            actor,
            clase,
            leidos,
            nombre=datos.nombre,
            frecuencia=datos.frecuencia,
            unidad_id=datos.unidad_id,
            por_webhook=datos.por_webhook,
        )
        return redirigir(f"/mis-alertas/{fila.id}", _("Listo: le avisaremos."))
    return _pagina_nueva(request, sesion, actor, clase, criterios, hoja)


@router.get("/mis-alertas/{alerta_id}")
def ver(request: Request, alerta_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor) -> Response:
    return _pagina_alerta(request, sesion, actor, alerta_id, cursor)


def _pagina_alerta(
    request: Request,
    sesion: Session,
    actor: Actor,
    alerta_id: UUID,
    cursor: CursorPedido,
    hoja: Hoja[Any] | None = None,
    secreto: str | None = None,
) -> Response:
    """What it looks for, what it found, and how to stop it. A new address of its feed is shown this once."""
    fila = alerta_visible(sesion, actor, alerta_id)
    criterios, emparejador = criterios_de(fila), emparejador_de(fila.emparejador)
    hallados, siguiente = hallazgos(sesion, fila, cursor)
    unidades = nombres_de_unidades(sesion, {fila.unidad_id} if fila.unidad_id else set())
    return pagina(
        request,
        "alertas/alerta.html",
        hoja=hoja,
        alerta=fila,
        clase=emparejador,
        busca=emparejador.en_palabras(sesion, criterios),
        volver=emparejador.volver(criterios),
        frecuencia=FRECUENCIAS[Frecuencia(fila.frecuencia)],
        unidad=unidades.get(fila.unidad_id) if fila.unidad_id else None,
        hallados=hallados,
        siguiente_url=f"/mis-alertas/{alerta_id}?cursor={siguiente}" if siguiente else None,
        direccion=direccion_del_canal(secreto) if secreto else None,
    )


def direccion_del_canal(secreto: str) -> str:
    return f"{ajustes().url_publica}/alertas/{secreto}.atom"


@router.post("/mis-alertas/{alerta_id}/baja")
def dar_de_baja(
    request: Request, alerta_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDePaso
) -> Response:
    with hoja:
        guardar.dar_de_baja(sesion, actor, alerta_id)
        return redirigir("/mis-alertas", _("Listo: ya no le avisaremos de eso."))
    return _pagina_alerta(request, sesion, actor, alerta_id, cursor, hoja)


@router.post("/mis-alertas/{alerta_id}/renovacion")
def renovar(
    request: Request, alerta_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDePaso
) -> Response:
    with hoja:
        guardar.renovar(sesion, actor, alerta_id)
        return redirigir(f"/mis-alertas/{alerta_id}", _("Listo: dura un año más."))
    return _pagina_alerta(request, sesion, actor, alerta_id, cursor, hoja)


@router.post("/mis-alertas/{alerta_id}/canal")
def abrir_canal(
    request: Request, alerta_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDePaso
) -> Response:
    secreto = None
    with hoja:
        secreto = guardar.abrir_canal(sesion, actor, alerta_id)
    return _pagina_alerta(request, sesion, actor, alerta_id, cursor, hoja, secreto)


@router.post("/mis-alertas/{alerta_id}/canal/cerrar")
def cerrar_canal(
    request: Request, alerta_id: UUID, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, hoja: HojaDePaso
) -> Response:
    with hoja:
        guardar.cerrar_canal(sesion, actor, alerta_id)
        return redirigir(f"/mis-alertas/{alerta_id}", _("La dirección ya no sirve."))
    return _pagina_alerta(request, sesion, actor, alerta_id, cursor, hoja)


@router.get("/alertas/{secreto}.atom", dependencies=[Depends(publico)])
def canal(secreto: Annotated[str, Path(max_length=100)], sesion: Sesion) -> Response:
    """The feed of who holds its address: what the alert found, newest first."""
    fila = alerta_del_canal(sesion, secreto)
    hallados, _resto = hallazgos(sesion, fila, CursorPedido(None, ENTRADAS))
    entradas = [
        Entrada(h.objeto_id, h.hallazgo.titulo, h.hallazgo.enlace, h.hallada_en, h.hallazgo.detalle)
        for h in hallados
    ]
    return atom(fila.id, fila.nombre, f"/mis-alertas/{fila.id}", entradas, fila.creado_en)
