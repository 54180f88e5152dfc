"""The counter of Potosí: a walk-in, a parcel that was announced, one that waits to be collected."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from demostracion.capitulos.operadores import TRABAJA_EN, id_de_agencia
from demostracion.elenco import actor, id_de_unidad, persona
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import parte_de_persona
from envios import guardar_cotizacion
from envios.admision import (
    Anuncio,
    DelMostrador,
    Franja,
    NuevoRecojo,
    anunciar,
    dias_de_recojo,
    recibir_en_mostrador,
)
from envios.operadores import agencia_por_id
from envios.tarifas import Bulto, Medidas, Pedido, comparar, unica_oferta
from nucleo.ids import id_demo

POTOSI, LA_PAZ, UYUNI = "050101", "020101", "051201"


@capitulo("envios.mostrador")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    yield Paso(hoy - timedelta(hours=5), "potosí: sin anuncio", partial(_sin_anuncio, quien="luis"))
    yield Paso(hoy - timedelta(hours=3), "potosí: anunciado", partial(_anunciado, quien="ana"))
    yield Paso(hoy - timedelta(hours=2), "potosí: recojo", partial(_anunciado, quien="luis", recojo=True))


def _sin_anuncio(sesion: Session, quien: str) -> None:
    """Whoever has no need of an account: their name and telephone, as they say them."""
    de, para = persona(sesion, quien), persona(sesion, "ana")
    bulto, operador = Bulto(2_300, Medidas(40, 30, 20)), id_de_unidad("correos")
    pedido = Pedido(POTOSI, UYUNI, bulto, "ordinario", operador)
    nuevo = DelMostrador(
        servicio="ordinario",
        destino_ine=UYUNI,
        bulto=bulto,
        remitente_nombre=de.nombre_completo,
        remitente_telefono="",
        remitente_documento="",
        destinatario_nombre=para.nombre_completo,
        destinatario_telefono="",
        destino_referencia="Frente a la estación de trenes, portón verde",
        contenido="Repuestos de bicicleta",
    )
    visto = unica_oferta(comparar(sesion, pedido)).cargos.total
    agencia, id = id_de_agencia(TRABAJA_EN), id_demo("mostrador:sin anuncio")
    recibir_en_mostrador(sesion, actor(sesion, "correos"), agencia, nuevo, visto=visto, id=id)


def _anunciado(sesion: Session, quien: str, *, recojo: bool = False) -> None:
    """Paid in cash when the post takes it, over the counter or at the door."""
    operador, servicio = id_de_unidad("correos"), "expreso" if recojo else "ordinario"
    pedido = Pedido(POTOSI, LA_PAZ, Bulto(1_200, recojo=recojo), servicio, operador)
    autor = actor(sesion, quien)
    cotizacion_id = id_demo(f"mostrador:{quien}:{servicio}")
    guardar_cotizacion(sesion, autor, pedido, id=cotizacion_id)
    agencia = agencia_por_id(sesion, id_de_agencia(TRABAJA_EN))
    para = persona(sesion, "ana" if quien != "ana" else "luis")
    donde = None
    if recojo:
        dia = dias_de_recojo(sesion, agencia)[0]
        donde = NuevoRecojo("Calle Junín 40, puerta azul, Potosí", "+59170000010", dia, Franja.MANANA)
    anunciar(
        sesion,
        autor,
        Anuncio(
            cotizacion_id=cotizacion_id,
            remitente_unidad_id=None,
            destinatario_parte_id=parte_de_persona(sesion, para.id).id,
            destinatario_nombre=para.nombre_completo,
            destinatario_telefono="",
            destino_referencia="Zona San Pedro, casa de puerta verde frente a la plaza",
            contenido="Un aguayo",
            recojo=donde,
        ),
    )
