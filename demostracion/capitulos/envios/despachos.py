"""From La Paz to Potosí: a bag that arrived with less than its manifest says, a round with what did arrive,
and another bag on its way.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.operadores import id_de_agencia
from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
from envios import anotar_todos, crear_envio
from envios.despachos import (
    abrir_saca,
    agregar_a_la_hoja,
    cargar,
    cerrar_recepcion,
    cerrar_saca,
    contenido_de_saca,
    despachar,
    meter,
    preparar_despacho,
    preparar_hoja,
    recibir_en_destino,
    salir_a_reparto,
)
from envios.eventos import EventoNuevo, Fuente
from nucleo.ids import id_demo

LLEGAN, FALTAN = 2, 1
DE_LA_SEGUNDA = 3
SALE, LLEGA = "LP-01", "PT-01"
REFERENCIAS = (
    "Zona San Roque, casa celeste junto a la capilla",
    "Calle Bolívar, tercer portón subiendo del mercado",
    "Villa Copacabana, frente a la cancha",
)


@capitulo("envios.despachos")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """However early it is today, the first bag arrived and the second one left."""
    for hace_h, nombre, hacer in (
        (54, "sale la primera", partial(_sale, cual=1, cuantos=LLEGAN + FALTAN)),
        (26, "llega con menos", _llega),
        (6, "sale la segunda", partial(_sale, cual=2, cuantos=DE_LA_SEGUNDA)),
        (3, "sale a reparto", _reparte),
    ):
        yield Paso(epoca.hoy - timedelta(hours=hace_h), nombre, hacer)


def _numeros(sesion: Session, cual: int, cuantos: int) -> list[str]:
    """Parcels of the weavers for Potosí, received at the counter in La Paz."""
    tejidos, correos = id_de_unidad("tejidos"), id_de_unidad("correos")
    quien = actor(sesion, unidades_demo()["tejidos"].persona)
    vende = exigir_facultad(sesion, quien, tejidos, Facultad.VENDER)
    envios = [
        crear_envio(
            sesion,
            vende,
            remitente_parte_id=parte_de_unidad(sesion, tejidos).id,
            destinatario_parte_id=parte_de_persona(sesion, id_de_persona("luis")).id,
            destinatario_nombre="Luis Prueba",
            destinatario_telefono="70012345",
            destino_municipio_ine="050101",
            destino_referencia=REFERENCIAS[n % len(REFERENCIAS)],
            operador_unidad_id=correos,
            peso_g=600 + 150 * n,
            contenido="Tejidos de alpaca",
        )
        for n in range(cuantos)
    ]
    nuevos = [
        EventoNuevo("EMA", e.id, evento_cliente_id=f"demo:{cual}:{n}", agencia_id=id_de_agencia(SALE))
        for n, e in enumerate(envios)
    ]
    anotar_todos(sesion, actor(sesion, "correos"), correos, nuevos, Fuente.PAGINA)
    return [e.numero for e in envios]


def _sale(sesion: Session, cual: int, cuantos: int) -> None:
    carla, camino = actor(sesion, "correos"), (id_de_agencia(SALE), id_de_agencia(LLEGA))
    numeros = _numeros(sesion, cual, cuantos)
    saca, despacho = id_demo(f"saca:{cual}"), id_de_despacho(cual)
    suyo = abrir_saca(sesion, carla, *camino, id=saca)
    for numero in numeros:
        meter(sesion, carla, saca, numero)
    cerrar_saca(sesion, carla, saca, f"BO-{4410 + cual}", 900 * cuantos)
    preparar_despacho(
        sesion, carla, *camino, vehiculo="Bus de las 20:00", conductor="Flota del Sur", id=despacho
    )
    cargar(sesion, carla, despacho, suyo)
    despachar(sesion, carla, despacho)


def id_de_despacho(cual: int) -> UUID:
    return id_demo(f"despacho:{cual}")


def _llega(sesion: Session) -> None:
    """The seal is broken, and one parcel is not there."""
    carla, despacho = actor(sesion, "correos"), id_de_despacho(1)
    saca, numeros = contenido_de_saca(sesion, id_demo("saca:1"))
    recibir_en_destino(sesion, carla, despacho, saca, precinto_intacto=False)
    for numero in numeros[:LLEGAN]:
        recibir_en_destino(sesion, carla, despacho, numero)
    cerrar_recepcion(sesion, carla, despacho)


def _reparte(sesion: Session) -> None:
    carla, hoja = actor(sesion, "correos"), id_demo("hoja-de-ruta:1")
    preparar_hoja(sesion, carla, id_de_agencia(LLEGA), id_de_persona("correos"), id=hoja)
    for numero in contenido_de_saca(sesion, id_demo("saca:1"))[1][:LLEGAN]:
        agregar_a_la_hoja(sesion, carla, hoja, numero)
    salir_a_reparto(sesion, carla, hoja)
