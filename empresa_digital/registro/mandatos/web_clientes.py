"""Pages of who is offered mandates, of the clients of an office, and of who serves them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, nombres_de_personas
from empresa_digital.registro.mandatos.aceptar import aceptar_mandato, declinar_mandato
from empresa_digital.registro.mandatos.asignar import asignados, asignar_cliente, gente_de
from empresa_digital.registro.mandatos.clientes import clientes_atendidos, clientes_de
from empresa_digital.registro.mandatos.consultas import cuantos_por_grupo, ofrecidos_a
from empresa_digital.registro.mandatos.errores import MandatoNoEncontrado
from empresa_digital.registro.mandatos.formularios import (
    ASIGNACION,
    RENUNCIA,
    RESPUESTA,
    HojaDeAsignacion,
    HojaDeRenuncia,
    HojaDeRespuesta,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.palabras import FACULTADES, facultades_en_palabras
from empresa_digital.registro.mandatos.revocar import PREAVISO, revocar_mandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.mandatos.visibles import administra, unidad_propia
from empresa_digital.registro.unidades import pagina, unidades_en_lote
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)


# --- What I am offered ------------------------------------------------------------------------------------


@router.get("/mandatos-ofrecidos")
def ver_ofrecidos(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The mandates that wait for my answer, mine or of the units that I administer."""
    return _pagina_ofrecidos(request, sesion, actor)


@router.post("/mandatos-ofrecidos/{mandato_id}/aceptacion")
def aceptar(
    mandato_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        return redirigir("/mis-unidades", _aceptado(aceptar_mandato(sesion, actor, mandato_id)))
    return _pagina_ofrecidos(request, sesion, actor, hoja)


def _aceptado(mandato: Mandato) -> str:
    assert mandato.aceptado_en is not None
    if mandato.valido_desde > mandato.aceptado_en:
        dia = filtro_fecha_hora(mandato.valido_desde)
        return _("Mandato aceptado: vale desde el %(dia)s.") % {"dia": dia}
    if mandato.grupo_firma is not None:
        return _("Mandato aceptado: ya puede proponer y firmar con las demás personas.")
    return _("Mandato aceptado: ya puede actuar.")


@router.post("/mandatos-ofrecidos/{mandato_id}/declinacion")
def declinar(
    mandato_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRespuesta
) -> Response:
    with hoja:
        declinar_mandato(sesion, actor, mandato_id)
        return redirigir("/mandatos-ofrecidos", _("Mandato declinado."))
    return _pagina_ofrecidos(request, sesion, actor, hoja)


def _pagina_ofrecidos(
    request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None
) -> Response:
    filas = ofrecidos_a(sesion, actor)
    ids = {m.unidad_id for m in filas} | {m.apoderado_unidad_id for m in filas if m.apoderado_unidad_id}
    return pagina(
        request,
        "mandatos/ofrecidos.html",
        hoja=hoja,
        filas=filas,
        unidades=unidades_en_lote(sesion, ids),
        facultades=FACULTADES,
        de_a_cuantos=cuantos_por_grupo(sesion, [m.grupo_firma for m in filas if m.grupo_firma]),
        respuesta=RESPUESTA.mostrar(request, enviada=hoja),
    )


# --- The clients of an office -----------------------------------------------------------------------------


@router.get("/mis-clientes")
def ver_mis_clientes(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """The units that I serve through an office, with what I may do for each."""
    return pagina(
        request,
        "mandatos/mis_clientes.html",
        oficinas=clientes_atendidos(sesion, actor),
        facultades_en_palabras=facultades_en_palabras,
    )


@router.get("/mis-unidades/{numero}/clientes")
def ver_clientes(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Who gave a mandate to this unit, and who of it serves them."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.CONSULTAR)
    return pagina(
        request,
        "mandatos/clientes.html",
        unidad=unidad,
        clientes=clientes_de(sesion, unidad.id),
        administra=administra(sesion, actor, unidad),
        facultades_en_palabras=facultades_en_palabras,
    )


@router.get("/mis-unidades/{numero}/clientes/{mandato_id}")
def ver_cliente(
    numero: str, mandato_id: UUID, request: Request, sesion: Sesion, actor: ActorRequerido
) -> Response:
    return _pagina_cliente(request, sesion, actor, numero, mandato_id)


@router.post("/mis-unidades/{numero}/clientes/{mandato_id}/renuncia")
def renunciar(
    numero: str,
    mandato_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeRenuncia,
) -> Response:
    """The office leaves the client, with notice."""
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        _cliente(sesion, unidad.id, mandato_id)
        mandato = revocar_mandato(sesion, actor, mandato_id, hoja.datos.motivo)
        aviso = _("Lo atienden hasta el %(cuando)s. Se avisó al cliente.") % {
            "cuando": filtro_fecha_hora(mandato.revocado_en)
        }
        return redirigir(f"/mis-unidades/{unidad.numero}/clientes", aviso)
    return _pagina_cliente(request, sesion, actor, numero, mandato_id, hoja)


@router.post("/mis-unidades/{numero}/clientes/{mandato_id}/{persona_id}")
def asignar(
    numero: str,
    mandato_id: UUID,
    persona_id: UUID,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeAsignacion,
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    with hoja:
        _cliente(sesion, unidad.id, mandato_id)
        atienden = set(asignados(sesion, [mandato_id]).get(mandato_id, ()))
        quedan = atienden - {persona_id} if hoja.datos.retirar else atienden | {persona_id}
        asignar_cliente(sesion, actor, mandato_id, quedan)
        ruta = f"/mis-unidades/{unidad.numero}/clientes/{mandato_id}"
        aviso = (
            _("Ya no atiende a este cliente.") if hoja.datos.retirar else _("Ahora atiende a este cliente.")
        )
        return redirigir(ruta, aviso)
    return _pagina_cliente(request, sesion, actor, numero, mandato_id, hoja)


def _cliente(sesion: Session, oficina_id: UUID, mandato_id: UUID) -> Any:
    cliente = next((c for c in clientes_de(sesion, oficina_id) if c.mandato_id == mandato_id), None)
    if cliente is None:
        raise MandatoNoEncontrado()
    return cliente


def _pagina_cliente(
    request: Request,
    sesion: Session,
    actor: Actor,
    numero: str,
    mandato_id: UUID,
    hoja: Hoja[Any] | None = None,
) -> Response:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR)
    cliente = _cliente(sesion, unidad.id, mandato_id)
    gente = nombres_de_personas(sesion, gente_de(sesion, unidad.id) | {p.id for p in cliente.atienden})
    return pagina(
        request,
        "mandatos/cliente.html",
        hoja=hoja,
        unidad=unidad,
        cliente=cliente,
        atienden={p.id: p for p in cliente.atienden},
        gente=sorted(gente.items(), key=lambda par: par[1]),
        facultades_en_palabras=facultades_en_palabras,
        preaviso=PREAVISO.days,
        renuncia=RENUNCIA.mostrar(request, enviada=hoja),
        formulario=lambda persona_id: ASIGNACION.mostrar(request, de=str(persona_id), enviada=hoja),
    )
