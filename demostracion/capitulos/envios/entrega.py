"""Of two orders of the story: who received the first one, and how the other's buyer wants to receive it."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from math import cos, sin

from PIL import Image, ImageDraw
from sqlmodel import Session

from comercio import pedidos_de_compra
from demostracion.capitulos.comercio import HISTORIAS, Historia
from demostracion.capitulos.registro import unidades_demo
from demostracion.elenco import actor
from demostracion.relato import Epoca, Paso, capitulo
from envios import elegir_entrega, envio_por_referencia, probar_entrega
from envios.entrega import (
    DatosDePrueba,
    Eleccion,
    QuienPuede,
    Relacion,
)
from nucleo.archivos import Recibido


def _de(comprador: str, final: str) -> Historia:
    return next(h for h in HISTORIAS if (h.comprador, h.final) == (comprador, final))


@capitulo("envios.entrega")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """A proof with its photo, and a choice while the parcel waits to be collected from the shop."""
    yield Paso(epoca.hoy - timedelta(hours=3), "prueba de entrega", _probar)
    yield Paso(epoca.hoy - timedelta(hours=2), "elección", _elegir)


def _probar(sesion: Session) -> None:
    """The courier's worker keeps what was seen at Luis's door weeks ago."""
    historia = _de("luis", "historia:entrega")
    for pedido in pedidos_de_compra(sesion, historia.compra_id):
        envio = envio_por_referencia(sesion, "pedido", pedido.id)
        assert envio is not None
        datos = DatosDePrueba(
            Relacion.PORTERIA,
            "Portería del edificio (demostración)",
            Decimal("-17.768300"),
            Decimal("-63.195200"),
            8,
            foto=Recibido.de_bytes(dibujo(_paquete)),
            firma=Recibido.de_bytes(dibujo(rubrica)),
        )
        quien = unidades_demo()["mensajeria"].persona
        probar_entrega(sesion, actor(sesion, quien), envio.id, datos)


def _elegir(sesion: Session) -> None:
    """Who bought the cocoa lets somebody else receive it."""
    historia = _de("regulador", "despachado")
    eleccion = Eleccion(recibe=QuienPuede.AUTORIZADO, nombre="Portería (demostración)")
    for pedido in pedidos_de_compra(sesion, historia.compra_id):
        envio = envio_por_referencia(sesion, "pedido", pedido.id)
        assert envio is not None
        elegir_entrega(sesion, actor(sesion, "regulador"), envio.id, eleccion)


def dibujo(trazar: Callable[[ImageDraw.ImageDraw], None]) -> bytes:
    imagen = Image.new("RGB", (640, 480), "#f4efe6")
    trazar(ImageDraw.Draw(imagen))
    salida = io.BytesIO()
    imagen.save(salida, "PNG")
    return salida.getvalue()


def _paquete(lienzo: ImageDraw.ImageDraw) -> None:
    lienzo.rectangle((60, 20, 300, 460), fill="#7a4a2b")
    lienzo.ellipse((262, 236, 286, 260), fill="#d9b44a")
    lienzo.rectangle((300, 300, 540, 460), fill="#c69a63", outline="#7a5a33", width=4)
    lienzo.line((420, 300, 420, 460), fill="#e8d9b8", width=18)


def rubrica(lienzo: ImageDraw.ImageDraw) -> None:
    puntos = [(90 + 9 * n, 260 + round(90 * sin(n / 2.2) * cos(n / 9))) for n in range(52)]
    lienzo.line(puntos, fill="#1b1f3b", width=6, joint="curve")
