"""JSON routes of announcing and admitting."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.status import HTTP_201_CREATED

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Parte,
    exigir_facultad,
    exigir_habilitacion,
    parte_de_persona,
    parte_de_unidad,
    parte_tercera,
)
from envios.admision.admitir import admitir
from envios.admision.anunciar import Anuncio, anunciar
from envios.admision.consultas import exigir_admision
from envios.admision.esquemas import AdmisionLeida, EnvioPorAdmitir, EnvioPorCrear, FranqueoPorPagar
from envios.admision.modelos import FilaDeAdmision
from envios.admision.pagar import pagar_franqueo
from envios.admision.recojos import NuevoRecojo
from envios.eventos import Fuente
from envios.items import (
    ActorDeEnvios,
    ActorDePagos,
    EnvioLeido,
    EnvioNoEncontrado,
    Vista,
    crear_envio,
    envio_visible,
    leer_envio,
    partes_de,
    url_de_seguimiento,
    vista_de,
)
from envios.items.modelos import Envio
from envios.portes import PorteLeido, porte_a_la_vista
from envios.tarifas import cotizacion_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, NoEncontrado, respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.textos import gettext as _texto

router = APIRouter(prefix="/api/v1", tags=["envíos"], route_class=RutaIdempotente)


@router.post("/envios", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def anunciar_envio(
    sesion: Sesion, actor: ActorDeEnvios, cuerpo: EnvioPorCrear, response: Response, _: Idempotente
) -> EnvioLeido:
    """Anuncia un envío. Con una cotización guardada, lo anuncia una persona, o quien despacha o vende por una
    unidad, y su franqueo se guarda de la cuenta que diga hasta que el operador lo reciba. Sin cotización, lo
    anuncia quien vende por una unidad vendedora, que acordó el franqueo aparte.
    """
    if cuerpo.cotizacion_id is not None:
        envio = anunciar(sesion, actor, _anuncio(sesion, actor, cuerpo, cuerpo.cotizacion_id))
    else:
        envio = _sin_cotizacion(sesion, actor, cuerpo)
    response.headers["Location"] = f"/api/v1/envios/{envio.id}"
    return leer_envio(envio, vista_de(sesion, actor, envio), partes_de(sesion, [envio]))


def _sin_cotizacion(sesion: Sesion, actor: Actor, cuerpo: EnvioPorCrear) -> Envio:
    if cuerpo.remitente_unidad_id is None or cuerpo.cuenta_id is not None or cuerpo.recojo is not None:
        texto = _texto("Guarde primero una cotización y diga cuál es.")
        raise DatosInvalidos(texto, campos={"cotizacion_id": texto})
    autorizacion = exigir_facultad(sesion, actor, cuerpo.remitente_unidad_id, Facultad.VENDER)
    exigir_habilitacion(sesion, cuerpo.remitente_unidad_id, Habilitacion.VENDEDOR)
    datos = cuerpo.model_dump(
        exclude={
            "remitente_unidad_id",
            "destinatario_persona_id",
            "destinatario_unidad_id",
            "cotizacion_id",
            "cuenta_id",
            "recojo",
        }
    )
    return crear_envio(
        sesion,
        autorizacion,
        remitente_parte_id=parte_de_unidad(sesion, cuerpo.remitente_unidad_id).id,
        destinatario_parte_id=_destinatario(sesion, cuerpo).id,
        **datos,
    )


def _anuncio(sesion: Sesion, actor: Actor, cuerpo: EnvioPorCrear, cotizacion_id: UUID) -> Anuncio:
    cotizacion = cotizacion_de(sesion, actor, cotizacion_id)
    dice = {
        "operador_unidad_id": cotizacion.operador_unidad_id,
        "destino_municipio_ine": cotizacion.destino_ine,
        "peso_g": cotizacion.peso_g,
    }
    texto = _texto("La cotización dice otra cosa: pida otra.")
    campos = {campo: texto for campo, valor in dice.items() if getattr(cuerpo, campo) != valor}
    if campos:
        raise DatosInvalidos(texto, campos=campos)
    return Anuncio(
        cotizacion_id=cotizacion_id,
        remitente_unidad_id=cuerpo.remitente_unidad_id,
        destinatario_parte_id=_destinatario(sesion, cuerpo).id,
        destinatario_nombre=cuerpo.destinatario_nombre,
        destinatario_telefono=cuerpo.destinatario_telefono,
        destino_referencia=cuerpo.destino_referencia,
        contenido=cuerpo.contenido,
        latitud=cuerpo.latitud,
        longitud=cuerpo.longitud,
        cuenta_id=cuerpo.cuenta_id,
        recojo=NuevoRecojo(**cuerpo.recojo.model_dump()) if cuerpo.recojo else None,
    )


def _destinatario(sesion: Sesion, cuerpo: EnvioPorCrear) -> Parte:
    """Who receives. Raises `DatosInvalidos` by field."""
    if cuerpo.destinatario_persona_id and cuerpo.destinatario_unidad_id:
        texto = _texto("Recibe una persona o una unidad, no las dos.")
        raise DatosInvalidos(texto, campos={"destinatario_unidad_id": texto})
    try:
        if cuerpo.destinatario_persona_id:
            return parte_de_persona(sesion, cuerpo.destinatario_persona_id)
        if cuerpo.destinatario_unidad_id:
            return parte_de_unidad(sesion, cuerpo.destinatario_unidad_id)
    except NoEncontrado as error:
        campo = "destinatario_persona_id" if cuerpo.destinatario_persona_id else "destinatario_unidad_id"
        texto = _texto("No existe quien recibe.")
        raise DatosInvalidos(texto, campos={campo: texto}) from error
    return parte_tercera(sesion, cuerpo.destinatario_nombre, cuerpo.destinatario_telefono)


@router.post("/envios/{envio_id}/admision", status_code=HTTP_201_CREATED, responses=respuestas(404, 409))
def admitir_un_envio(
    sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID, cuerpo: EnvioPorAdmitir, _: Idempotente
) -> AdmisionLeida:
    """Recibe un envío anunciado en una agencia, con lo que pesa y mide. Repetirlo da la misma admisión."""
    pesada = cuerpo.pesada()
    fila = admitir(
        sesion,
        actor,
        cuerpo.agencia_id,
        envio_id,
        pesada,
        visto=cuerpo.importe,
        medio=cuerpo.medio,
        fuente=Fuente.API,
    )
    return _leida(sesion, envio_id, fila)


@router.post("/envios/{envio_id}/franqueo/pago", responses=respuestas(404, 409, 503))
def pagar_el_franqueo(
    sesion: Sesion, actor: ActorDePagos, envio_id: UUID, cuerpo: FranqueoPorPagar, _: Idempotente
) -> PorteLeido:
    """Paga de una cuenta el franqueo de un envío que se iba a pagar en el mostrador, para quien lo envía. Se
    guarda hasta que el operador lo reciba. Repetirlo no paga otra vez."""
    pagar_franqueo(sesion, actor, envio_id, cuerpo.cuenta_id, visto=cuerpo.monto)
    return PorteLeido.de(porte_a_la_vista(sesion, actor, envio_id))


@router.get("/envios/{envio_id}/admision", responses=respuestas(404))
def obtener_admision(sesion: Sesion, actor: ActorDeEnvios, envio_id: UUID) -> AdmisionLeida:
    """La constancia de admisión, para quien envía y el operador."""
    envio, vista = envio_visible(sesion, actor, envio_id)
    if vista not in (Vista.REMITENTE, Vista.OPERADOR):
        raise EnvioNoEncontrado()
    return _leida(sesion, envio_id, exigir_admision(sesion, envio))


def _leida(sesion: Sesion, envio_id: UUID, fila: FilaDeAdmision) -> AdmisionLeida:
    envio = sesion.get_one(Envio, envio_id)
    derivado: dict[str, Any] = {"verificacion": url_de_seguimiento(envio) + "/admision"}
    propios = {c: getattr(fila, c) for c in AdmisionLeida.model_fields if c not in derivado}
    return AdmisionLeida(**propios, **derivado)
