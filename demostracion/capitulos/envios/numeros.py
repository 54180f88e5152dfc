"""A parcel with the operator that may not number S10: the house's number, its guide, the shop's order."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
from envios import Envio, agregar_identificador, avanzar_demo, crear_envio, envio_por_referencia
from envios.seguimiento import rastrear
from nucleo.ids import id_demo

VENDE, LLEVA, RECIBE = "tejidos", "mensajeria", "ana"
GUIA, ORDEN = "MO-2026-0077", "TEJ-0015"
SANTA_CRUZ = "070101"
_REFERENCIA, _ID = "demostracion", id_demo("envios.numeros")


@capitulo("envios.numeros")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    if epoca.hoy - timedelta(days=5) < epoca.inicio + timedelta(days=10):
        return  # the weavers were not there yet
    yield Paso(epoca.hoy - timedelta(days=5), "números: anuncia", _anunciar)
    yield Paso(epoca.hoy - timedelta(days=4), "números: los demás", _numerar)
    yield Paso(epoca.hoy - timedelta(hours=6), "números: viaja", _viajar)


def _anunciar(sesion: Session) -> None:
    unidad = id_de_unidad(VENDE)
    crear_envio(
        sesion,
        exigir_facultad(sesion, actor(sesion, VENDE), unidad, Facultad.VENDER),
        remitente_parte_id=parte_de_unidad(sesion, unidad).id,
        destinatario_parte_id=parte_de_persona(sesion, id_de_persona(RECIBE)).id,
        destinatario_nombre=f"Ana Prueba {ETIQUETA}",
        destinatario_telefono="+59170000011",
        destino_municipio_ine=SANTA_CRUZ,
        destino_referencia="Segundo anillo, portón verde",
        operador_unidad_id=id_de_unidad(LLEVA),
        referencia_tipo=_REFERENCIA,
        referencia_id=_ID,
        peso_g=700,
        contenido="Un poncho",
    )


def _el_envio(sesion: Session) -> Envio:
    envio = envio_por_referencia(sesion, _REFERENCIA, _ID)
    assert envio is not None
    return envio


def _numerar(sesion: Session) -> None:
    envio = _el_envio(sesion)
    agregar_identificador(sesion, actor(sesion, "correos"), envio.id, GUIA)
    agregar_identificador(sesion, actor(sesion, VENDE), envio.id, ORDEN)
    rastrear(sesion, actor(sesion, VENDE), id_de_unidad(VENDE), ORDEN)


def _viajar(sesion: Session) -> None:
    avanzar_demo(sesion, _el_envio(sesion).id, "EDG")
