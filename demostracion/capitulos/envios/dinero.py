"""What Ana sends to Luis from her wallet: delivered with cash and paid to her, delivered and still owed,
measured heavier than she said, and one that nobody has brought yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from sqlmodel import Session

from demostracion.capitulos.operadores import TRABAJA_EN, id_de_agencia
from demostracion.elenco import actor, asegurar, billetera, id_de_persona, id_de_unidad, persona
from demostracion.relato import Epoca, Paso, capitulo
from empresa_digital.registro import parte_de_persona
from envios import avanzar_demo, envio_de_cotizacion, guardar_cotizacion
from envios.admision import Anuncio, Pesada, admitir, anunciar
from envios.deudas import cerrar_ronda
from envios.tarifas import Bulto, Pedido, cotizacion_guardada
from nucleo.dinero import bs
from nucleo.ids import id_demo

POTOSI, LA_PAZ = "050101", "020101"


@dataclass(frozen=True, slots=True)
class Paquete:
    """What it holds, when it was announced, measured, delivered, and its round closed (days ago)."""

    clave: str
    contenido: str
    anuncia: float
    recibe: float | None = None
    mide_g: int = 1_000
    entrega: float | None = None
    ronda: float | None = None
    cobro: str = "0"


_PAQUETES = (
    Paquete("canasta", "Una canasta de cebolla", 9, recibe=8.5, entrega=6, ronda=5.5, cobro="12.00"),
    Paquete("libros", "Dos libros usados", 4, recibe=3.5, entrega=0.5, cobro="60.00"),
    Paquete("charango", "Un charango con su estuche", 1.4, recibe=0.3, mide_g=2_400),
    Paquete("semillas", "Semillas de haba", 0.1),
)


@capitulo("envios.dinero")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    for p in _PAQUETES:
        for hace, que, hacer in (
            (p.anuncia, "anuncia", _anunciar),
            (p.recibe, "recibe", _recibir),
            (p.entrega, "entrega", _entregar),
            (p.ronda, "ronda", _cerrar),
        ):
            if hace is not None:
                cuando = epoca.hoy - timedelta(days=hace)
                yield Paso(cuando, f"{p.clave}: {que}", partial(hacer, paquete=p))


def _cotizacion(paquete: Paquete) -> UUID:
    return id_demo(f"dinero:{paquete.clave}")


def _envio(sesion: Session, paquete: Paquete) -> UUID:
    envio = envio_de_cotizacion(sesion, _cotizacion(paquete))
    assert envio is not None
    return envio.id


def _anunciar(sesion: Session, paquete: Paquete) -> None:
    bulto, ana, luis = Bulto(1_000, contra_entrega=bs(paquete.cobro)), actor(sesion, "ana"), "luis"
    pedido = Pedido(POTOSI, LA_PAZ, bulto, "ordinario", id_de_unidad("correos"))
    guardar_cotizacion(sesion, ana, pedido, id=_cotizacion(paquete))
    asegurar(sesion, "ana", bs(80))
    anunciar(
        sesion,
        ana,
        Anuncio(
            cotizacion_id=_cotizacion(paquete),
            remitente_unidad_id=None,
            destinatario_parte_id=parte_de_persona(sesion, id_de_persona(luis)).id,
            destinatario_nombre=persona(sesion, luis).nombre_completo,
            destinatario_telefono="",
            destino_referencia="Zona San Pedro, casa de puerta verde frente a la plaza",
            contenido=paquete.contenido,
            cuenta_id=billetera(sesion, "ana"),
        ),
    )


def _recibir(sesion: Session, paquete: Paquete) -> None:
    """As it was weighed: up to what was quoted is the post's at once."""
    cotizado = cotizacion_guardada(sesion, _cotizacion(paquete)).total
    agencia, quien = id_de_agencia(TRABAJA_EN), actor(sesion, "correos")
    admitir(sesion, quien, agencia, _envio(sesion, paquete), Pesada(paquete.mide_g), visto=cotizado)


def _entregar(sesion: Session, paquete: Paquete) -> None:
    avanzar_demo(sesion, _envio(sesion, paquete), "fin")


def _cerrar(sesion: Session, paquete: Paquete) -> None:
    """What the post collected that day goes to who sent it."""
    assert paquete.cobro != "0"
    cerrar_ronda(sesion, actor(sesion, "correos"), id_de_unidad("correos"))
